"""What the files of static/basemap/ have in common: how they are read, and where the antimeridian cuts a view."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

Bounds = tuple[float, float, float, float]
"""West, south, east and north in degrees; longitudes run on past 180."""


def read(path: Path) -> Any:
    """The document in a file of gzipped JSON."""
    return json.loads(gzip.decompress(path.read_bytes()))


def turns(bounds: Bounds) -> list[tuple[int, Bounds]]:
    """The bounds cut at the antimeridian: for each part the whole turns to shift by, and the part in -180..180."""
    west, south, east, north = bounds
    found = []
    for turn in (-360, 0, 360):
        low, high = max(west, turn - 180), min(east, turn + 180)
        if low < high:
            found.append((turn, (low - turn, south, high - turn, north)))
    return found
