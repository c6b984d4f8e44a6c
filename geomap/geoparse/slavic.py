"""Finding the place names in Russian and Ukrainian reports.

In Russian a tagger proposes names; in both languages the words about them do ("область", "село", "аэропорт") and the
gazetteer, asked for the nominative of what stands in the text. A mention's span is what is written, its ``lemma`` what
to look up. There is no tagger of Ukrainian: there a name needs a preposition, a designator or a large place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geomap.geoparse.atlas import Atlas, mended, weight
from geomap.geoparse.inflection import Tables, adjective, nominatives, tables
from geomap.geoparse.labels import Labels, label
from geomap.geoparse.russian import RussianTagger
from geomap.geoparse.words import Word, words
from geomap.model import Analysis, Article, Candidate, Gazetteer, Kind, Mention, Span

RECOGNIZER = "slavic-1"
LONGEST_NAME = 3
"""Words in the longest name that is looked for without a tagger's word for it."""

LONGEST_RUN = 6
"""Capitalised words in a row that are looked at; more is no name, whatever proposes it."""

LARGE, SMALL = 5.0, 3.0
"""Weights (log10 of a population) that a name needs by itself, and after a preposition."""

AS_WRITTEN = 1.0
"""How much smaller a place may be that bears the name as it is written and still be preferred to another nominative."""

WELL = 0.85
"""The least fit of a name that counts as the gazetteer's own."""

SHORTEST = 3
"""Letters in the shortest name that needs no cue: "По" and "Ош" are words too."""

_SKY = re.compile(r"(?:с?ьк|ск)(?:ий|ая|ое|а|е|і|ій|ої|у|ой|ую)$")
"""How the adjective of a place ends."""

_JOINS = frozenset({"и", "та", "і", "й"})

Tag = Callable[[Article], Analysis]


@dataclass(frozen=True, slots=True)
class Found:
    """Words ``first`` up to but not including ``last``, taken for a name; ``source`` says what proposed them."""

    first: int
    last: int
    source: str
    lemma: str
    kind: Kind = Kind.LITERAL


class SlavicRecognizer:
    """Finds the place names of a report in ``language`` ("ru" or "uk"), with a tagger's help where there is one."""

    def __init__(self, language: str, tag: Tag | None = None) -> None:
        self.language = language
        self._tag = tag

    def __call__(
        self, article: Article, analysis: Analysis | None, gazetteer: Gazetteer | Atlas
    ) -> tuple[Mention, ...]:
        """Every place name of ``article`` in the order of the text, without overlaps; ``analysis`` is not used."""
        atlas = gazetteer if isinstance(gazetteer, Atlas) else Atlas(gazetteer)
        text = words(article.text, article.body)
        labels = label(text, self._tag(article).entities if self._tag else ())
        found = _Search(text, labels, atlas, self.language).all()
        return tuple(_mention(article, text, each) for each in found)


RECOGNIZERS: Mapping[str, SlavicRecognizer] = {
    "ru": SlavicRecognizer("ru", RussianTagger()),
    "uk": SlavicRecognizer("uk"),
}
"""The languages read besides English, by their ISO 639-1 codes."""


def _mention(article: Article, text: tuple[Word, ...], found: Found) -> Mention:
    span = Span(text[found.first].start, text[found.last - 1].end)
    return Mention(article.id, span, article.quote(span), found.kind, f"{RECOGNIZER}:{found.source}", found.lemma)


class _Search:
    """One report's search: what an earlier rule took, a later one leaves alone."""

    def __init__(self, text: tuple[Word, ...], labels: Labels, atlas: Atlas, language: str) -> None:
        self.text, self.labels, self.atlas, self.language = text, labels, atlas, language
        self.table: Tables = tables(language)
        self.taken: list[Found | None] = [None] * len(text)
        self.known: dict[tuple[str, ...], tuple[str, float]] = {}

    def all(self) -> list[Found]:
        """What every rule finds, in the order of the text."""
        for rule in (self._units, self._facilities, self._people, self._tagged, self._settlements, self._listed):
            rule()
        return list(dict.fromkeys(found for found in self.taken if found))

    # --- the rules ---------------------------------------------------------------------------------------------------

    def _units(self) -> None:
        """An adjective and the unit it names: "в Корочанском районе", "Курской и Белгородской областей"."""
        for index, word in enumerate(self.text):
            unit = self.table.units.get(word.lower)
            if unit is None or index == 0 or not word.joined:
                continue
            at, last = index - 1, index + 1
            while at >= 0 and (made := self._adjective(at, unit.gender)):
                self._take(at, last, "designator", self._unit(made, unit.nominative))
                if at < 2 or not self.text[at].joined or self.text[at - 1].lower not in _JOINS:
                    break
                at, last = at - 2, at - 1

    def _unit(self, made: str, designator: str) -> str:
        """The name of a unit: as a whole where that is known, else that of the seat it is made from."""
        whole = f"{made} {designator}"
        seat = f"{_SKY.sub('', made)} {designator}"
        known = (name for name in (self.table.names.get(whole.lower(), whole), seat) if self._weight(name))
        return next(known, whole)

    def _adjective(self, index: int, gender: str) -> str | None:
        word = self.text[index]
        return adjective(word.text, gender, self.language) if word.capital else None

    def _facilities(self) -> None:
        for index, word in enumerate(self.text[:-1]):
            kind = self.table.facilities.get(word.lower)
            following = self.text[index + 1]
            if kind and following.capital and (following.joined or following.start - word.end <= len(" «")):
                name, _ = self._best((following.text,))
                self._take(index, index + 2, "facility", f"{name or following.text} {kind}", Kind.FACILITY)

    def _people(self) -> None:
        for index, word in enumerate(self.text):
            country = self.table.people.get(word.lower)
            if country and self.labels.label(index) != "PER":
                lemma = self.table.names.get(country.lower(), country)
                self._take(index, index + 1, "people", lemma, Kind.DEMONYM)

    def _tagged(self) -> None:
        for span in self.labels.spans:
            first, last = span.first, span.last
            while first < last and not self.text[first].capital:
                first += 1
            if span.label == "LOC" and 0 < last - first <= LONGEST_RUN:
                lemma, _ = self._best(self._words(first, last))
                self._take(first, last, "tagger", lemma, self._kind(last))

    def _settlements(self) -> None:
        """A name after the word that says it is a settlement, known or not: "в селе Липцы"."""
        for index, word in enumerate(self.text[:-1]):
            if word.lower in self.table.settlements and self.text[index + 1].capital and self._near(index + 1):
                self._longest(index + 1, "settlement", least=0.0, required=True)

    def _listed(self) -> None:
        """Names of the gazetteer."""
        for index, word in enumerate(self.text):
            if not word.capital or len(word.text) < SHORTEST - word.text.isupper() or self._is_other(index):
                continue
            cued = self._cued(index)
            self._longest(index, "gazetteer", least=SMALL if cued else LARGE, cued=cued)

    # --- what the rules ask ------------------------------------------------------------------------------------------

    def _near(self, index: int) -> bool:
        """Whether a space alone, or an abbreviation's full stop, parts a word from the one before it."""
        return self.text[index].joined or self.text[index].start - self.text[index - 1].end <= len(". ")

    def _cued(self, index: int) -> bool:
        """Whether a preposition stands before the word, or a name that it is joined to by "and"."""
        if index == 0 or not self.text[index].joined:
            return False
        before = self.text[index - 1]
        joined = index > 1 and before.joined and before.lower in _JOINS and self.taken[index - 2] is not None
        return joined or before.lower in self.table.prepositions

    def _is_other(self, index: int) -> bool:
        """Whether a word belongs to a person or an organisation, or opens a sentence without being a name."""
        word = self.text[index]
        return self.labels.label(index) in {"PER", "ORG"} or word.lower in self.table.not_names

    def _longest(self, first: int, source: str, *, least: float, cued: bool = True, required: bool = False) -> None:
        """Take the longest name from ``first`` on that the gazetteer knows and that weighs ``least`` or more."""
        run = self._run(first)
        for last in range(min(run, first + LONGEST_NAME), first, -1):
            if last < run and self.text[last].hyphen:
                continue
            lemma, heavy = self._best(self._words(first, last))
            if lemma and heavy >= least and (cued or self._stands_alone(first, last, lemma)):
                self._take(first, last, source, lemma, self._kind(last))
                return
        if required:
            self._take(first, run, source, "")

    def _run(self, first: int) -> int:
        """Where the capitalised words from ``first`` on end; a run longer than any name is cut."""
        last = first + 1
        while last < min(len(self.text), first + LONGEST_RUN) and self.text[last].joined and self._continues(last):
            last += 1
        return last

    def _continues(self, index: int) -> bool:
        word = self.text[index]
        follows = index + 1 < len(self.text) and self.text[index + 1].hyphen
        return word.capital or (word.hyphen and follows and word.lower in self.table.inner)

    def _stands_alone(self, first: int, last: int, lemma: str) -> bool:
        """Whether no other name is joined to these words, as a person's is; a sentence opens in the nominative."""
        written = " ".join(self._words(first, last))
        if self.text[first].opens and lemma != self.table.names.get(written.lower(), written):
            return False
        before = first > 0 and self.text[first].joined and self.text[first - 1].capital
        before = before and len(self.text[first - 1].text) >= SHORTEST and self.taken[first - 1] is None
        before = before and self.text[first - 1].lower not in self.table.not_names
        return not before and self._run(first) == last

    def _words(self, first: int, last: int) -> tuple[str, ...]:
        """The words of a name, those joined by hyphens as one."""
        parts: list[str] = []
        for word in self.text[first:last]:
            if word.hyphen and parts:
                parts[-1] += f"-{word.text}"
            else:
                parts.append(word.text)
        return tuple(parts)

    def _best(self, parts: tuple[str, ...]) -> tuple[str, float]:
        """The nominative that names the largest place, and its weight; "" and 0 where the gazetteer knows none."""
        if parts not in self.known:
            self.known[parts] = self._choose(parts)
        return self.known[parts]

    def _choose(self, parts: tuple[str, ...]) -> tuple[str, float]:
        best, chosen, heavy = 0.0, "", 0.0
        for number, form in enumerate(nominatives(parts, self.language)):
            lemma = self.table.names.get(form.lower(), form)
            found = self._weight(lemma)
            value = found + (AS_WRITTEN if number == 0 else 0.0)
            if found and value > best:
                best, chosen, heavy = value, lemma, found
        return chosen, heavy

    def _weight(self, name: str) -> float:
        """The weight of the largest place that bears the name; an adjective alone names no region."""
        alone = " " not in name and bool(_SKY.search(name))
        found = (c for c in self.atlas.candidates(name) if _fits(c))
        return max((weight(c.place) * c.score for c in found if not (alone and _is_unit(c))), default=0.0)

    def _kind(self, last: int) -> Kind:
        """Metonymic where the name itself speaks: "Москва заявила"."""
        speaks = last < len(self.text) and self.text[last].joined and self.text[last].lower in self.table.speech
        return Kind.METONYMIC if speaks else Kind.LITERAL

    def _take(self, first: int, last: int, source: str, lemma: str, kind: Kind = Kind.LITERAL) -> None:
        if not any(self.taken[first:last]):
            self.taken[first:last] = [Found(first, last, source, lemma, kind)] * (last - first)


def _is_unit(candidate: Candidate) -> bool:
    return candidate.place.feature_code.startswith("ADM")


def _fits(candidate: Candidate) -> bool:
    return candidate.score >= WELL and not mended(candidate)
