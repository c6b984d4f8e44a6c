"""Words that say what a name names: "region", "district", "Lake", "air field", "city of".

The words are data (``designators.toml``); a place's feature code tells whether a word fits it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from geomap.gazetteer.names import fold


@dataclass(frozen=True, slots=True)
class Designator:
    """One class of words. ``fits`` are feature codes, best first, a trailing ``*`` standing for any ending."""

    name: str
    fits: tuple[str, ...]
    otherwise: float

    def fit(self, feature_code: str) -> float:
        """How well a place of that feature code answers to the word: 1 for the best, ``otherwise`` for none."""
        for rank, pattern in enumerate(self.fits):
            if feature_code == pattern or (pattern.endswith("*") and feature_code.startswith(pattern[:-1])):
                return max(0.8, 1.0 - 0.03 * rank)
        return self.otherwise


@dataclass(frozen=True, slots=True)
class Reading:
    """A folded name read as a core and the words about it: "belgorod region" is ``belgorod``, a region."""

    core: str
    words: str
    designator: Designator


@lru_cache(maxsize=20_000)
def readings(folded: str) -> tuple[Reading, ...]:
    """Every way to take a designator off a folded name, the longest words first.

    >>> [(r.core, r.designator.name) for r in readings("belgorod region")]
    [('belgorod', 'region')]
    """
    words = folded.split()
    after, before = _tables()
    found: list[Reading] = []
    for size in range(min(4, len(words) - 1), 0, -1):
        tail, head = " ".join(words[-size:]), " ".join(words[:size])
        found += [Reading(" ".join(words[:-size]), tail, d) for d in after.get(tail, ())]
        found += [Reading(" ".join(words[size:]), head, d) for d in before.get(head, ())]
    return tuple(found)


def core(folded: str, *classes: str) -> str:
    """The name without its designator of one of ``classes`` (any where none is named); itself where it has none."""
    for reading in readings(folded):
        if (not classes or reading.designator.name in classes) and len(reading.core) > 1:
            return reading.core
    return folded


@cache
def _tables() -> tuple[dict[str, tuple[Designator, ...]], dict[str, tuple[Designator, ...]]]:
    table = tomllib.loads(files(__package__).joinpath("designators.toml").read_text(encoding="utf-8"))
    after: dict[str, tuple[Designator, ...]] = {}
    before: dict[str, tuple[Designator, ...]] = {}
    for name, entry in table.items():
        designator = Designator(name, tuple(entry["fits"]), float(entry["otherwise"]))
        for side, words in ((after, entry["after"]), (before, entry["before"])):
            for word in words:
                key = fold(word)
                side[key] = (*side.get(key, ()), designator)
    return after, before
