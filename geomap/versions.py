"""Two wordings of one report, side by side: what it claims now and did not, what it withdrew, which words changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from geomap.model import Article, Claim, Count, Locative, QuotedDistance, Referent, Span, Value

NEVERMIND = Span(0, 1)
"""Stands for every span where words alone are compared."""

ALIKE = 0.4
"""Sentences that share less than this of their words are different sentences, not one that was changed."""

ISLAND = 3
"""Words kept between two changes that are fewer than this count as changed with them."""

LONGEST = 600
"""Words of the longest run of sentences that is compared word by word; a longer one is shown as a whole."""


@dataclass(frozen=True, slots=True)
class Altered:
    """One thing that a report says otherwise than before."""

    before: Claim
    after: Claim


class Edit(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that share a fate; a blank line within them parts paragraphs."""

    edit: Edit
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two wordings: claims, and the words of the body in the order they are read."""

    added: tuple[Claim, ...] = ()
    altered: tuple[Altered, ...] = ()
    withdrawn: tuple[Claim, ...] = ()
    runs: tuple[Run, ...] = ()
    title: tuple[str, str] | None = None
    """The titles, where they differ."""

    @property
    def claims(self) -> bool:
        """Whether any claim came, went or changed."""
        return bool(self.added or self.altered or self.withdrawn)


def compare(before: tuple[Article, Sequence[Claim]], after: tuple[Article, Sequence[Claim]]) -> Changes:
    """What changed from one wording of a report, with its claims, to another.

    Claims that say the same of the same in the same voice are one, wherever they stand. What is left is matched by
    role, subject and speaker, then by role and speaker, then by role where either wording has one such claim: those
    are altered.
    """
    (old, old_claims), (new, new_claims) = before, after
    gone, come = _unmatched(old_claims, new_claims)
    altered: list[Altered] = []
    for key in (_subject_key, _speaker_key, _role_key):
        gone, come, pairs = _paired(gone, come, key, alone=key is _role_key)
        altered += pairs
    altered.sort(key=lambda pair: pair.after.span)
    return Changes(
        added=tuple(come),
        altered=tuple(altered),
        withdrawn=tuple(gone),
        runs=tuple(words(old.text[old.body :], new.text[new.body :])),
        title=(old.title, new.title) if old.title != new.title else None,
    )


def _unmatched(old: Iterable[Claim], new: Iterable[Claim]) -> tuple[list[Claim], list[Claim]]:
    """The claims that only one of the wordings makes."""
    had, has = Counter(map(_whole_key, old)), Counter(map(_whole_key, new))
    both = had & has
    return _beyond(old, both.copy()), _beyond(new, both.copy())


def _beyond(claims: Iterable[Claim], matched: Counter[Hashable]) -> list[Claim]:
    left = []
    for claim in claims:
        key = _whole_key(claim)
        if matched[key]:
            matched[key] -= 1
        else:
            left.append(claim)
    return left


def _paired(
    gone: Sequence[Claim], come: Sequence[Claim], key: Callable[[Claim], Hashable], *, alone: bool
) -> tuple[list[Claim], list[Claim], list[Altered]]:
    """Claims of one key taken together in their order; with ``alone``, only where neither side has a choice."""
    waiting: dict[Hashable, list[Claim]] = {}
    for claim in come:
        waiting.setdefault(key(claim), []).append(claim)
    had = Counter(key(claim) for claim in gone)
    pairs = []
    left = []
    for claim in gone:
        mine = waiting.get(key(claim), [])
        if mine and not (alone and (len(mine) > 1 or had[key(claim)] > 1)):
            pairs.append(Altered(claim, mine.pop(0)))
        else:
            left.append(claim)
    taken = {id(pair.after) for pair in pairs}
    return left, [claim for claim in come if id(claim) not in taken], pairs


def _whole_key(claim: Claim) -> Hashable:
    return (
        _role_key(claim),
        _named(claim.subject),
        _named(claim.reference),
        _spanless(claim.value),
        claim.attribution.speaker.casefold(),
        claim.attribution.status,
    )


def _subject_key(claim: Claim) -> Hashable:
    return _role_key(claim), _named(claim.subject), claim.attribution.speaker.casefold()


def _speaker_key(claim: Claim) -> Hashable:
    return _role_key(claim), claim.attribution.speaker.casefold()


def _role_key(claim: Claim) -> Hashable:
    return claim.role, claim.value.of if isinstance(claim.value, Count) else ""


def _named(referent: Referent | None) -> str:
    if referent is None:
        return ""
    return referent.place.key if referent.place else referent.text.casefold()


def _spanless(value: Value | None) -> Value | None:
    match value:
        case QuotedDistance():
            return replace(value, span=NEVERMIND)
        case Locative(distance=QuotedDistance() as distance):
            return replace(value, distance=replace(distance, span=NEVERMIND))
    return value


# --- words -----------------------------------------------------------------------------------------------------------

_SENTENCE = re.compile(r"\s*\n\s*\n\s*|[^\s](?:.(?!\n\s*\n))*?(?:[.!?]+[\"”')\]]*(?=\s|$)|(?=\s*\n\s*\n)|$)", re.DOTALL)
_WORD = re.compile(r"\s+|[^\W_]+|\W|_")


def words(old: str, new: str) -> Iterator[Run]:
    """The words of two texts as one text with what was removed and what was added, by sentences and words within."""
    a, b = _sentences(old), _sentences(new)
    merged: list[Run] = []
    for edit, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if edit == "equal":
            _add(merged, Edit.KEPT, "".join(b[k:m]))
        else:
            for run in _within("".join(a[i:j]), "".join(b[k:m])):
                _add(merged, run.edit, run.text)
    yield from merged


def _sentences(text: str) -> list[str]:
    """A text cut at the ends of its sentences and at blank lines; nothing of it is left out but the space between."""
    return [
        "\n\n" if not found[0].strip() else " ".join(found[0].split()) + " "
        for found in _SENTENCE.finditer(text.strip())
    ]


def _within(old: str, new: str) -> Iterator[Run]:
    """The words that changed where sentences did; sentences that have little in common are changed as a whole."""
    a, b = _WORD.findall(old), _WORD.findall(new)
    if not a or not b or max(len(a), len(b)) > LONGEST or not _alike(a, b):
        yield from (run for run in (Run(Edit.REMOVED, old), Run(Edit.ADDED, new)) if run.text)
        return
    out, into = "", ""
    for edit, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        lone = edit == "equal" and k > 0 and m < len(b) and sum(word.isalnum() for word in b[k:m]) < ISLAND
        if edit != "equal" or (lone and (out or into)):
            # A word or two that both happen to have between changes would only make them hard to read.
            out, into = out + "".join(a[i:j]), into + "".join(b[k:m])
            continue
        yield from _changed(out, into)
        out, into = "", ""
        yield Run(Edit.KEPT, "".join(b[k:m]))
    yield from _changed(out, into)


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two runs of words, without what stands between them, have enough in common."""
    old, new = ([word for word in each if word.isalnum()] for each in (a, b))
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE


def _changed(out: str, into: str) -> Iterator[Run]:
    """Words taken out and words put in, less the space that both end in."""
    tail = ""
    if out and into and out[-1] == into[-1] == " ":
        out, into, tail = out[:-1], into[:-1], " "
    for edit, text in ((Edit.REMOVED, out), (Edit.ADDED, into), (Edit.KEPT, tail)):
        if text:
            yield Run(edit, text)


def _add(runs: list[Run], edit: Edit, text: str) -> None:
    """A run at the end, joined to the last of its kind."""
    if runs and runs[-1].edit is edit:
        runs[-1] = Run(edit, runs[-1].text + text)
    elif text:
        runs.append(Run(edit, text))
