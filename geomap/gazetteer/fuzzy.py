"""Misspelt names, found within a small edit distance.

A name with one slip in it (a letter wrong, missing, added, or two swapped) keeps one of its two halves whole. So each
name is filed under its halves; a misspelt one is looked up by its own, and what comes back is measured.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from geomap.gazetteer.schema import Name, Row

SHORTEST = 5
"""Shorter names have too many neighbours for a slip to be told from another name."""

LONGEST = 40
LONG = 9
"""From this length on two slips are forgiven."""


def halves(folded: str) -> tuple[int, int]:
    """The two hashes that a name is filed under."""
    middle = len(folded) // 2
    return _hash(0, len(folded), folded[:middle]), _hash(1, len(folded), folded[middle:])


def halves_of(rows: Iterable[Row]) -> Iterator[tuple[int, str]]:
    """What to file of each place: its main names, and all its names where it is large or a unit."""
    for row in rows:
        large = row.population >= 15_000 or not row.code.startswith("PPL")
        for key, kind in (row.folds or {}).items():
            wanted = kind in (Name.MAIN, Name.FORM) or (large and kind in (Name.ALTERNATE, Name.CORE))
            if wanted and SHORTEST <= len(key) <= LONGEST and key.isascii():
                for half in halves(key):
                    yield half, key


def probes(folded: str) -> Iterator[int]:
    """The hashes under which a name within reach of ``folded`` may be filed."""
    size, reach = len(folded), 2 if len(folded) >= LONG else 1
    for length in range(size - reach, size + reach + 1):
        middle = length // 2
        if middle:
            yield _hash(0, length, folded[:middle])
            yield _hash(1, length, folded[-(length - middle) :])


def swapped(folded: str) -> Iterator[str]:
    """The name with the letters about its middle swapped, which would break both halves."""
    for at in range(max(0, len(folded) // 2 - 2), min(len(folded) - 1, len(folded) // 2 + 2)):
        yield folded[:at] + folded[at + 1] + folded[at] + folded[at + 2 :]


def nearest(folded: str, known: Iterable[str]) -> dict[str, int]:
    """Those of ``known`` within reach, with their distance (a swap counts as one), the nearest kind only."""
    reach = 2 if len(folded) >= LONG else 1
    found = {name: OSA.distance(folded, name, score_cutoff=reach) for name in set(known)}
    best = min(found.values(), default=reach + 1)
    return {name: distance for name, distance in found.items() if distance <= reach and distance == best}


def _hash(half: int, length: int, text: str) -> int:
    return zlib.crc32(f"{half}{length}{text}".encode())
