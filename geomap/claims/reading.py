"""One report made ready for reading: its words and its resolved toponyms by offset, and the names in its text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from geomap.claims.lexicon import table
from geomap.claims.surface import surface
from geomap.model import Analysis, Article, Entity, Kind, Place, Referent, Resolution, Sentence, Span, Token

JOINERS = frozenset(
    "de del della di da do dos das du des la le les los las el al der den dem die das van von ten ter zu zum zur am an"
    " auf im in ob bei unter sur sous en et y e i na nad pod pri upon on under by the of o".split()
)
"""Small words that may stand inside a name, between two capitalised words ("Wörth an der Donau")."""

_WEAK_JOINERS = frozenset("in on by the of an i e under".split())
"""Joiners that are English words too: they join only inside a recognised name, or before a foreign article."""

_ARTICLES = frozenset("der den dem die das la le les".split())


@dataclass(frozen=True)
class Reading:
    """A report, its parse and its resolved toponyms, indexed by character offset. Built once for each report."""

    article: Article
    analysis: Analysis
    resolutions: Sequence[Resolution]

    @cached_property
    def face(self) -> str:
        """The text in the form that patterns are matched against (:func:`~geomap.claims.surface.surface`)."""
        return surface(self.article.text)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return self.analysis.tokens

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.analysis.tokens]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.analysis.sentences]

    @cached_property
    def placed(self) -> list[Resolution]:
        """The toponyms in order; names inside a person's or an organisation's are left out."""
        kept = [one for one in self.resolutions if one.mention.kind is not Kind.EMBEDDED]
        return sorted(kept, key=lambda one: (one.mention.span.start, -one.mention.span.end))

    @cached_property
    def _placed_starts(self) -> list[int]:
        return [one.mention.span.start for one in self.placed]

    @cached_property
    def described(self) -> dict[str, Resolution]:
        """Descriptions that the report itself ties to a name ("X, Ukraine's second-largest city", "the capital, Y")."""
        found: dict[str, Resolution] = {}
        for one in self.placed:
            span = one.mention.span
            after = _DESCRIBED_AFTER.match(self.face[span.end : span.end + 80])
            before = _DESCRIBED_BEFORE.search(self.face[max(0, span.start - 80) : span.start])
            for words in (found_words["words"] for found_words in (after, before) if found_words):
                if kinds_of(words.split()[-1].lower()):
                    found.setdefault(description(words), one)
        return found

    def at(self, offset: int) -> int:
        """The number of the token that holds ``offset``, else of the next one (``len(tokens)`` past the end)."""
        found = bisect_right(self._starts, offset) - 1
        if found < 0 or self.tokens[found].end <= offset:
            found += 1
        return found

    def sentence(self, offset: int) -> Sentence | None:
        """The sentence that holds ``offset``, else the last one that begins before it."""
        found = bisect_right(self._sentence_starts, offset) - 1
        return self.analysis.sentences[found] if found >= 0 else None

    def sentence_number(self, offset: int) -> int:
        """The number of that sentence, -1 before the first."""
        return bisect_right(self._sentence_starts, offset) - 1

    def within(self, start: int, end: int) -> list[Resolution]:
        """The toponyms that overlap ``start`` up to ``end``, in order."""
        first = max(0, bisect_left(self._placed_starts, start) - 3)
        found = []
        for one in self.placed[first:]:
            if one.mention.span.start >= end:
                break
            if one.mention.span.end > start:
                found.append(one)
        return found

    @cached_property
    def _entity_starts(self) -> list[int]:
        return [one.span.start for one in self._entities]

    @cached_property
    def _entities(self) -> list[Entity]:
        return sorted(self.analysis.entities, key=lambda one: one.span)

    @cached_property
    def held(self) -> frozenset[int]:
        """The starts of the tokens that lie within a toponym."""
        starts, found = self._starts, set[int]()
        for one in self.placed:
            found.update(
                starts[bisect_left(starts, one.mention.span.start) : bisect_left(starts, one.mention.span.end)]
            )
        return frozenset(found)

    def entities(self, start: int, end: int) -> list[Entity]:
        """The entities that begin from ``start`` up to and including ``end``."""
        return self._entities[bisect_left(self._entity_starts, start) : bisect_right(self._entity_starts, end)]

    def context(self, span: Span) -> Span:
        """The sentence round ``span``: several where the parser cut it in the middle."""
        first, last = self.sentence(span.start), self.sentence(span.end - 1)
        if first is None or last is None:
            return span
        return Span(min(first.span.start, span.start), max(last.span.end, span.end))

    def name_end(self, position: int) -> int:
        """Where the name that begins at ``position`` ends: capitalised words and the small words that join them.

        ``position`` itself where no capitalised word begins there.
        """
        end = at = position
        while word := _WORD.match(self.face, at):
            text = word["word"]
            if text[0] == "'" and at and self.face[at - 1].isalnum():
                break
            if _is_capitalised(text):
                end = word.end("word")
                if word["possessive"]:
                    break
            elif end == position or not (word["hyphen"] or text.lower() in JOINERS) or not self._goes_on(word, end):
                break
            at = word.end()
        return end

    def _goes_on(self, joiner: re.Match[str], end: int) -> bool:
        """Whether a joining word is followed by more of the name (so far up to ``end``), and is no preposition."""
        following = _WORD.match(self.face, joiner.end())
        chain = [joiner["word"].lower()]
        while following and not _is_capitalised(following["word"]):
            if not (following["hyphen"] or following["word"].lower() in JOINERS) or len(chain) > 3:
                return False
            chain.append(following["word"].lower())
            following = _WORD.match(self.face, following.end())
        if not following:
            return False
        generic = self.face[max(0, end - 20) : end].rpartition(" ")[2].lower() in table("locatives")["types"]["generic"]
        if generic and chain[0] == "of":
            return True
        if joiner["hyphen"] or chain[0] not in _WEAK_JOINERS or chain[-1] in _ARTICLES:
            return True
        return any(
            one.mention.span.start < joiner.start() and one.mention.span.end > joiner.end()
            for one in self.within(joiner.start(), joiner.end() + 1)
        )

    def referent(self, start: int, end: int, *, resolution: Resolution | None = None) -> Referent:
        """The words from ``start`` to ``end``, or a toponym's own, with the place meant."""
        if resolution is not None:
            span = resolution.mention.span
            return Referent(self.article.quote(span), span, resolution.place)
        span = Span(start, end)
        return Referent(" ".join(self.article.quote(span).split()), span, None)

    def paragraph_mentions(self, end: int) -> Iterator[Resolution]:
        """The toponyms that end before ``end``, the nearest first."""
        last = bisect_left(self._placed_starts, end)
        for one in reversed(self.placed[:last]):
            if one.mention.span.end <= end:
                yield one


_OWNER = r"(?:[A-Z][\w.]*+(?: [A-Z]\w*+)?'s|[Tt]he)"
_DESCRIBED_AFTER = re.compile(rf", *+(?P<words>{_OWNER}(?: [\w-]++){{1,4}}?)(?=[.,;)]|$)")
_DESCRIBED_BEFORE = re.compile(rf"(?<!\w)(?P<words>{_OWNER}(?: (?!of )[\w-]++){{1,4}}),? $")

_WORD = re.compile(
    r"(?:(?P<hyphen>(?<=\w)-)| ?+)"
    r"(?P<word>'?(?:St|Ste|Mt|Ft|Sts|Pt|[A-Z])\.(?![a-z])(?:[A-Z]\.)*|'?\w(?:[\w·.]*\w)?(?:'(?!s\b)\w+)*)"
    r"(?P<possessive>'s?(?!\w))?"
)


def _is_capitalised(word: str) -> bool:
    """Whether a word is written as a name is: its first letter is a capital or has no case; or it is Dutch "'t"."""
    first = next((letter for letter in word if letter.isalpha()), "")
    return bool(first) and (first.isupper() or not (first.islower() or first.isupper()) or word in {"'t", "'s"})


def description(words: str) -> str:
    """A description as a key: lower case, without an article."""
    return re.sub(r"^(?:the|an?) ", "", " ".join(words.lower().replace("\u2019", "'").split()))


@cache
def kinds_of(noun: str) -> frozenset[str]:
    """The kinds of place (PPL, ADM, PCL, AIR) that a common noun says something is."""
    types = table("locatives")["types"]
    return frozenset(kind for kind in ("PPL", "ADM", "PCL", "AIR") if noun in types[kind])


def is_kind(place: Place, kinds: frozenset[str]) -> bool:
    """Whether the gazetteer files ``place`` under one of ``kinds``."""
    return any(place.feature_code.startswith(kind) for kind in kinds)
