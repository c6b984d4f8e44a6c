"""Names to candidates: the gazetteer behind short forms and demonyms, asked once a name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from geomap.geoparse.cues import Alias, aliases, cues, demonyms
from geomap.model import Candidate, Gazetteer, Place

_MOST = 120
"""Candidates kept for a name; the rest fit worse than all of these."""

WHOLE = 0.97
"""A name fit from here on is the place's own name as a whole, or an everyday form of it."""

_NOTED = 3.5
"""A place of this weight that bears a name as a whole leaves no part of it to another: Mexico City is in no Mexico."""

_LEAST = {"PCL": 6.5, "CON": 8.0, "ADM1": 5.5, "ADM2": 4.3, "BLD": 4.5}
_PER_REACH = 2.0
_PARTED = ("ADM1", "ADM2", "PCL", "RGN", "CONT")
"""What is named by its parts: "East Texas"."""


class Atlas:
    """A gazetteer as the geoparser sees it. One is made for a report, or shared between the reports of a run."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._found: dict[str, tuple[Candidate, ...]] = {}

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """What ``name`` may mean, as it is written: short forms first, then the gazetteer."""
        if name not in self._found:
            self._found[name] = tuple(self._look_up(name))[:_MOST]
        return self._found[name]

    def demonym(self, words: Sequence[str]) -> tuple[Candidate, ...]:
        """The place whose people ``words`` name: "Ukrainians" -> Ukraine."""
        meaning = demonym_of(words)
        if meaning is None:
            return ()
        if meaning.code:
            return tuple(self._aliased(meaning))
        return self.candidates(meaning.name)[:5]

    def _look_up(self, name: str) -> Sequence[Candidate]:
        if not any(letter.isalpha() for letter in name):
            return ()
        alias = aliases().get(name) or aliases().get(name.replace(". ", "."))
        if alias:
            found = self._aliased(alias)
            if found:
                return found
        found = [c for c in self._gazetteer.candidates(name) if not _code(c)]
        if any(not _partly(c) and c.score >= WHOLE and weight(c.place) >= _NOTED for c in found):
            return [c for c in found if not _partly(c)]
        if any(c.score >= WHOLE for c in found):
            return [c for c in found if c.score >= WHOLE or not _partly(c)]
        return found

    def _aliased(self, alias: Alias) -> list[Candidate]:
        """The one place of that country and kind, as a list; empty where the gazetteer lacks it."""
        found = [
            replace(c, score=1.0, evidence=("an abbreviation or everyday name",))
            for c in self._gazetteer.candidates(alias.name)
            if (not alias.country or c.place.country == alias.country)
            and c.place.feature_code.startswith(alias.code[:3])
        ]
        return found[:1]


def _partly(candidate: Candidate) -> bool:
    """Whether only a part of the name fits: "Africa" for Southern Africa."""
    return any(evidence.startswith(("fits ", "does not fit ")) for evidence in candidate.evidence)


def mended(candidate: Candidate) -> bool:
    """Whether the gazetteer had to read the name as another one, or as made from one."""
    return any(" read as " in evidence or " made from" in evidence for evidence in candidate.evidence)


def _code(candidate: Candidate) -> bool:
    """Whether an airport answers to its code alone: reports do not name airports so."""
    return candidate.score <= 0.5 and candidate.place.feature_code.startswith("AIR")


def demonym_of(words: Sequence[str]) -> Alias | None:
    """What the demonym table holds for these words, singular or plural; None where it has none."""
    table = demonyms()
    key = tuple(words)
    if key in table:
        return table[key]
    if key and key[-1].endswith("s"):
        return table.get((*key[:-1], key[-1][:-1]))
    return None


def core(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without the word that says what it is, and the feature codes that word asks for.

    >>> core("Belgorod border region")
    ('Belgorod', ('ADM1', 'RGN'))
    """
    table = cues()
    parts = name.replace("-", " - ").split()
    for size in (3, 2, 1):
        if len(parts) <= size:
            continue
        tail = tuple(part.lower() for part in parts[-size:])
        if tail in table.designators:
            rest = parts[:-size]
            while len(rest) > 1 and rest[-1].lower() in table.between:
                rest.pop()
            return " ".join(rest).replace(" - ", "-"), table.designators[tail]
    head = parts[0].lower() if parts else ""
    if len(parts) > 1 and (head,) in table.designators:
        rest = parts[2:] if parts[1].lower() == "of" and len(parts) > 2 else parts[1:]
        return " ".join(rest).replace(" - ", "-"), table.designators[(head,)]
    if len(parts) > 1 and head in table.directions:
        return " ".join(parts[1:]).replace(" - ", "-"), _PARTED
    return name, ()


def weight(place: Place) -> float:
    """How large a place is, as a logarithm: of its population, of its reach where it has none, never below 2.

    A unit whose population is not known still outweighs a hamlet. A river of 600 km stands beside a city of 300,000.
    """
    code = place.feature_code
    least = _LEAST.get(code, _LEAST.get(code[:3], 2.0))
    if not code.startswith(("PPL", "ADM", "PCL")):
        least = max(least, _PER_REACH * math.log10(max(1.0, place.footprint.uncertainty_m / 1000)))
    return max(least, math.log10(place.population + 1))
