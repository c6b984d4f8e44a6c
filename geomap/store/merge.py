"""New reports among those that an incident has: what is new, what was there, and what came back changed."""

from __future__ import annotations

from collections.abc import Iterable
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


def _address(article: Article) -> tuple[str, str]:
    return article.outlet.casefold(), article.url


def _free(id: str, taken: dict[str, Article]) -> str:
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    return free
