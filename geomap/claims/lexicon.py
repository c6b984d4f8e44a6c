"""The tables of cue words, read once from the package's own data files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGE = "en"


@cache
def table(concern: str) -> Mapping[str, Any]:
    """The cue table of one concern ("events", "counts", ...), as its TOML file holds it."""
    source = files("geomap.claims") / "cues" / f"{concern}.{LANGUAGE}.toml"
    return tomllib.loads(source.read_text("utf-8"))


@cache
def words(concern: str, *path: str) -> frozenset[str]:
    """The list of words under ``path`` in a table, as a set."""
    found: Any = table(concern)
    for key in path:
        found = found[key]
    return frozenset(found)


@cache
def classes(concern: str, *path: str) -> Mapping[str, str]:
    """A table of lists turned round: each word, and the key it is listed under (the first one wins)."""
    found: Any = table(concern)
    for key in path:
        found = found[key]
    turned: dict[str, str] = {}
    for name, listed in found.items():
        for word in listed:
            turned.setdefault(word, name)
    return turned


def longest_first(phrases: Iterable[str]) -> list[str]:
    """Phrases in the order in which they are tried: the longest first, then by the alphabet."""
    return sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
