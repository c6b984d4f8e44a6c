"""What a tagger says of each word of a report, and which of its words may be trusted."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geomap.geoparse.words import Word
from geomap.model import Entity, Span

LABELS = {
    "GPE": "LOC", "LOC": "LOC", "FAC": "LOC",
    "PERSON": "PER", "PER": "PER",
    "ORG": "ORG",
    "NORP": "NORP",
    "PRODUCT": "OTH", "EVENT": "OTH", "WORK_OF_ART": "OTH", "LAW": "OTH", "OTH": "OTH",
}  # fmt: skip
"""OntoNotes' labels, and a four-way tagger's, as the rules know them; other labels (dates, numbers) are left out."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Words ``first`` up to but not including ``last``, under one label."""

    first: int
    last: int
    label: str

    @property
    def size(self) -> int:
        """How many words it has."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Labels:
    """The tagger's spans over a report's words; ``at`` holds, for each word, the span it lies in."""

    spans: tuple[Labelled, ...]
    at: tuple[Labelled | None, ...]
    surnames: frozenset[str]

    def label(self, index: int) -> str:
        """The label of a word, "" outside every span."""
        span = self.at[index]
        return span.label if span else ""

    def around(self, first: int, last: int) -> Labelled | None:
        """The span that covers these words and more besides."""
        span = self.at[first]
        if span and span.first <= first and span.last >= last and span.size > last - first:
            return span
        return None


def label(words: Sequence[Word], entities: Iterable[Entity]) -> Labels:
    """The entities as spans of words, their articles ("the") and possessives left off."""
    starts = [word.start for word in words]
    spans: list[Labelled] = []
    at: list[Labelled | None] = [None] * len(words)
    for entity in entities:
        known = LABELS.get(entity.label)
        if known is None:
            continue
        first, last = _cover(words, starts, entity.span)
        while first < last and words[first].lower in {"the", "a", "an"}:
            first += 1
        if first < last:
            spans.append(Labelled(first, last, known))
            at[first:last] = [spans[-1]] * (last - first)
    return Labels(tuple(spans), tuple(at), _surnames(words, spans))


def _cover(words: Sequence[Word], starts: Sequence[int], span: Span) -> tuple[int, int]:
    first = bisect_left(starts, span.start)
    if first and words[first - 1].end > span.start:
        first -= 1
    return first, bisect_left(starts, span.end, first)


def _surnames(words: Sequence[Word], spans: Iterable[Labelled]) -> frozenset[str]:
    """The last words of persons named with two words or more: such a word alone is that person again."""
    return frozenset(words[s.last - 1].text for s in spans if s.label == "PER" and s.size > 1)


def votes(words: Sequence[Word], labels: Labels) -> dict[str, tuple[int, int]]:
    """For each word that opens a place: how often the tagger took it for one, and how often the word stands there."""
    places = Counter(words[span.first].text for span in labels.spans if span.label == "LOC")
    seen = Counter(word.text for word in words if word.text in places)
    return {word: (places[word], seen[word]) for word in places}
