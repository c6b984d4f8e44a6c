"""The geoparser's tables: cue words, demonyms, and short forms that stand for one place."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's cue words; phrases are tuples of lower-case words unless said otherwise."""

    designators: dict[tuple[str, ...], tuple[str, ...]]
    after: frozenset[tuple[str, ...]]
    after_capital: frozenset[tuple[str, ...]]
    after_opens: frozenset[str]
    before: frozenset[tuple[str, ...]]
    between: frozenset[str]
    joining: frozenset[str]
    ways: frozenset[str]
    directions: frozenset[str]
    introduces: frozenset[tuple[str, ...]]
    appositions: frozenset[str]
    titles: frozenset[str]
    not_names: frozenset[str]
    locatives: frozenset[str]
    never: frozenset[str]
    never_last: frozenset[str]
    alone: frozenset[str]
    times: frozenset[str]
    never_shape: re.Pattern[str]
    craft: frozenset[str]
    person_titles: frozenset[str]
    speech: frozenset[tuple[str, ...]]
    governs: frozenset[str]
    objects: frozenset[str]
    bodies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name to look up instead, and what the place must be."""

    name: str
    country: str = ""
    code: str = ""


@cache
def cues(language: str = "en") -> Cues:
    """The cue words of a language (English is the one there is)."""
    table = tomllib.loads(_text(f"{language}.toml"))
    spans, recognize, metonymy = table["spans"], table["recognize"], table["metonymy"]
    return Cues(
        designators={_phrase(word): tuple(codes) for word, codes in table["designators"].items()},
        after=_phrases(spans["after"]),
        after_capital=_phrases(spans["after_capital"]),
        after_opens=frozenset(phrase.split()[0].lower() for phrase in (*spans["after"], *spans["after_capital"])),
        before=_phrases(spans["before"]),
        between=frozenset(spans["between"]),
        joining=frozenset(spans["joining"]),
        ways=frozenset(spans["ways"]),
        directions=frozenset(spans["directions"]),
        introduces=_phrases(spans["introduces"]),
        appositions=frozenset(spans["appositions"]),
        titles=frozenset(spans["titles"]),
        not_names=frozenset(spans["not_names"]),
        locatives=frozenset(recognize["locatives"]),
        never=frozenset([*recognize["never"], *recognize["times"]]),
        never_last=frozenset(recognize["never_last"]),
        alone=frozenset(recognize["alone"]),
        times=frozenset(recognize["times"]),
        never_shape=re.compile("|".join(recognize["never_shape"])),
        craft=frozenset(recognize["craft"]),
        person_titles=frozenset(recognize["person_titles"]),
        speech=_phrases(metonymy["verbs"]),
        governs=frozenset(metonymy["nouns"]),
        objects=frozenset(metonymy["objects"]),
        bodies=frozenset(metonymy["bodies"]),
    )


@cache
def demonyms() -> dict[tuple[str, ...], Alias]:
    """Word(s) for the people or manner of a place -> the place to look up."""
    return {
        tuple(row["word"].split()): Alias(row["place"], row["country"], "PCLI" if row["country"] else "")
        for row in _rows("demonyms.csv")
    }


@cache
def aliases() -> dict[str, Alias]:
    """Abbreviations and everyday names, as written -> what to look up."""
    return {row["name"]: Alias(row["meaning"], row["country"], row["code"]) for row in _rows("aliases.csv")}


def _phrase(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _phrases(entries: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(_phrase(entry) for entry in entries)


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(name).splitlines()))


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
