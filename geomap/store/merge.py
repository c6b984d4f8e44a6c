"""New reports among those that an incident has: what is new, what was there, and what came back changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from geomap.model import Article


@dataclass(frozen=True, slots=True)
class Merged:
    """The reports of an incident after new ones came in, in order of first arrival.

    ``added`` are new to it; ``repeated`` are word for word what it has; ``changed`` came back under the outlet
    and address of one it has, whose place and id they take. The earlier wording stays in earlier revisions.
    """

    articles: tuple[Article, ...]
    added: tuple[Article, ...] = ()
    repeated: tuple[Article, ...] = ()
    changed: tuple[Article, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether the incident needs to be read anew."""
        return bool(self.added or self.changed)


def merge(held: Iterable[Article], incoming: Iterable[Article]) -> Merged:
    """``incoming`` reports among the ``held``; a newcomer whose id another report has is given a numbered one."""
    result = {article.id: article for article in held}
    digests = {article.digest: article.id for article in result.values()}
    addresses = {_address(article): article.id for article in result.values() if article.url}
    added: dict[str, Article] = {}
    changed: dict[str, Article] = {}
    repeated = []
    for article in incoming:
        if article.digest in digests:
            repeated.append(article)
            continue
        known = addresses.get(_address(article)) if article.url else None
        filed = replace(article, id=known or _free(article.id, result))
        result[filed.id] = filed
        (added if known is None or known in added else changed)[filed.id] = filed
        digests[filed.digest] = filed.id
        if filed.url:
            addresses[_address(filed)] = filed.id
    return Merged(tuple(result.values()), tuple(added.values()), tuple(repeated), tuple(changed.values()))


def successive(
    held: Iterable[Article], incoming: Iterable[Article], *, earlier: Collection[str] = ()
) -> Iterator[tuple[Article, ...]]:
    """The reports of an incident as they came to be: one state more for each further wording of a report.

    Wordings of one report (one outlet and address) follow one another by when they were known where all say so, else
    as they come; one older than the wording held is filed before it. ``earlier`` are the digests of wordings that the
    incident had before: they are not filed again. Yields one state at least.
    """
    now = tuple(held)
    standing = {article.digest for article in now}
    mine = {_address(article): article for article in now if article.url}
    chains: dict[tuple[str, str], list[Article]] = defaultdict(list)
    for article in incoming:
        if article.digest not in earlier or article.digest in standing:
            # A report without an address is itself alone, whatever else comes in.
            chains[_address(article) if article.url else ("", article.digest)].append(article)
    waves: list[list[Article]] = [[]]
    for address, chain in chains.items():
        for step, article in enumerate(_in_order(mine.get(address), chain)):
            if step == len(waves):
                waves.append([])
            waves[step].append(article)
    for wave in waves:
        now = merge(now, wave).articles
        yield now


def _in_order(held: Article | None, chain: list[Article]) -> list[Article]:
    """The wordings to file, the earliest first; the one held is filed again where an older one comes before it."""
    found = {article.digest: article for article in ([held] if held else []) + chain}
    wordings = list(found.values())
    dated = [(article.known, article) for article in wordings if article.known]
    if len(dated) == len(wordings):
        wordings = [article for _, article in sorted(dated, key=lambda each: each[0])]
    return wordings[1:] if held and wordings[0].digest == held.digest else wordings


def _address(article: Article) -> tuple[str, str]:
    return article.outlet.casefold(), article.url


def _free(id: str, taken: dict[str, Article]) -> str:
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    return free
