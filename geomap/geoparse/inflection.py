"""Russian and Ukrainian names from the case they stand in to the nominative a gazetteer files them under.

No dictionary: the endings of ``cues/slavic.*.toml`` propose nominatives, and the gazetteer decides which of them is a
name. A word may have several ("Сумах" is of Сумы or of Сума), so a name of several words has every combination.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, product

LONGEST_ENDING = 5
SHORTEST_STEM = 2
"""Letters that must be left before an ending is taken off."""

_VOWELS = frozenset("аеёиоуыэюяіїє")

COMBINATIONS = 64
"""Nominatives tried for one name."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A word that follows an adjective and belongs to the name ("область"): its nominative, and its gender."""

    nominative: str
    gender: str


@dataclass(frozen=True, slots=True)
class Tables:
    """One language's table of cue words, each keyed by the form it is written in, in lower case."""

    endings: Mapping[str, tuple[str, ...]]
    adjectives: Mapping[str, tuple[str, tuple[str, ...]]]
    irregular: Mapping[str, str]
    units: Mapping[str, Unit]
    settlements: frozenset[str]
    facilities: Mapping[str, str]
    names: Mapping[str, str]
    people: Mapping[str, str]
    speech: frozenset[str]
    prepositions: frozenset[str]
    inner: frozenset[str]
    not_names: frozenset[str]


@cache
def tables(language: str) -> Tables:
    """The cue words of "ru" or "uk"."""
    raw = tomllib.loads((files("geomap.geoparse") / "cues" / f"slavic.{language}.toml").read_text(encoding="utf-8"))
    endings = {written: tuple(_plain(made) for made in line.split()) for written, line in raw["endings"].items()}
    shapes = {gender: line.split(" <- ") for gender, line in raw["adjectives"].items()}
    return Tables(
        endings=endings,
        adjectives={gender: (made, tuple(forms.split())) for gender, (made, forms) in shapes.items()},
        irregular=raw["irregular"],
        units={
            form: Unit(nominative, line.split()[0])
            for nominative, line in raw["units"].items()
            for form in line.split()[1:]
        },
        settlements=frozenset(raw["settlements"]["words"].split()),
        facilities={form: kind for kind, line in raw["facilities"].items() for form in line.split()},
        names=raw["names"],
        people={
            stem + ending: country
            for country, line in raw["people"].items()
            for stem in line.split()
            for ending in raw["peoples"]["endings"].split()
        },
        speech=frozenset(raw["speech"].split()),
        prepositions=frozenset(raw["prepositions"].split()),
        inner=frozenset(raw["inner"].split()),
        not_names=frozenset(raw["not_names"].split()),
    )


def nominatives(words: Sequence[str], language: str) -> Iterator[str]:
    """What the words of a name may be in the nominative, the form they are written in first.

    >>> "Нижний Новгород" in nominatives(["Нижнего", "Новгорода"], "ru")
    True
    """
    forms = [tuple(dict.fromkeys(_forms(word, tables(language)))) for word in words]
    yield from (" ".join(each) for each in islice(product(*forms), COMBINATIONS))


def adjective(word: str, gender: str, language: str) -> str | None:
    """An adjective before a noun of ``gender`` (m, f, n, p) in the nominative; None where it does not end as one.

    >>> adjective("Белгородской", "f", "ru"), adjective("Харківській", "f", "uk")
    ('Белгородская', 'Харківська')
    """
    made, written = tables(language).adjectives[gender]
    ending = max((each for each in written if word.lower().endswith(each)), key=len, default=None)
    if ending is None or len(word) - len(ending) < SHORTEST_STEM + 1:
        return None
    return word[: len(word) - len(ending)] + made


def _forms(word: str, table: Tables) -> Iterator[str]:
    """The word itself, then each nominative its endings allow; parts joined by hyphens change at the first alone."""
    yield word
    head, hyphen, tail = word.partition("-")
    if hyphen and tail.partition("-")[0].lower() in table.inner:
        yield from (f"{form}-{tail}" for form in _forms(head, table))
        return
    if hyphen:
        yield from (f"{first}-{rest}" for first in _forms(head, table) for rest in _forms(tail, table))
        return
    lower = word.lower()
    if lower in table.irregular:
        yield _cased(table.irregular[lower], word)
    for size in range(min(LONGEST_ENDING, len(word) - SHORTEST_STEM), 0, -1):
        stem = word[:-size]
        yield from (stem + made for made in table.endings.get(lower[-size:], ()) if _can_follow(stem, made))


def _can_follow(stem: str, ending: str) -> bool:
    """Whether a word can be written so: no soft sign after a vowel, no "й" after anything else."""
    vowel = stem[-1].lower() in _VOWELS
    return not (vowel and ending[:1] in {"ь", "а"}) and not (ending == "й" and not vowel)


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word


def _plain(ending: str) -> str:
    return "" if ending == "-" else ending
