"""The basemap below a picture, in the order and colours of static/js/basemap.js.

What lies outside the view (``world``) is left out: a picture is not moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geomap.render.geojson import Json
from geomap.render.picture.drawing import Element, add, path
from geomap.render.picture.frame import Frame

AREAS = {"land": "land", "lakes": "water"}
LINES: Mapping[str, tuple[str, float, str]] = {
    "rivers": ("river", 1, ""),
    "coast": ("coast", 0.8, ""),
    "small_regions": ("region", 0.6, "3 3"),
    "regions": ("region", 0.9, "5 3"),
    "borders": ("border", 1.5, ""),
}
"""Colour, width and dashes."""
ORDER = ("land", "lakes", "rivers", "coast", "small_regions", "regions", "borders")


def ground(parent: Element, base: Mapping[str, Json], frame: Frame, colours: Mapping[str, str]) -> None:
    """Draw water, land, lakes, rivers, coasts and borders."""
    add(parent, "rect", width=frame.width, height=frame.height, fill=colours["water"])
    for kind in ORDER:
        if kind not in base:
            continue
        lines = [frame.points(line) for line in _lines(base[kind], areas=kind in AREAS)]
        data = path(lines, closed=kind in AREAS)
        if kind in AREAS:
            colour = colours[AREAS[kind]]
            add(parent, "path", d=data, fill=colour, fill_rule="evenodd", stroke=colour, stroke_width=0.5)
        else:
            name, width, dashes = LINES[kind]
            drawn = add(parent, "path", d=data, fill="none", stroke=colours[name], stroke_width=width)
            if dashes:
                drawn.set("stroke-dasharray", dashes)


def _lines(collection: Json, *, areas: bool) -> Iterator[NDArray[np.float64]]:
    """The rings or lines of a collection, each (n, 2) in degrees."""
    for feature in collection["features"]:
        parts: list[Any] = feature["geometry"]["coordinates"]
        for part in parts:
            for line in part if areas else [part]:
                yield np.array(line, dtype=float)
