"""Boundary GeoJSON: a polygon for each subdivision that it can be matched to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape as as_shape
from shapely.geometry.base import BaseGeometry

from geomap.errors import GazetteerError
from geomap.gazetteer import measure
from geomap.gazetteer.designators import core
from geomap.gazetteer.names import variants

NAMES = (
    "shapeName",
    "name_en",
    "NAME_EN",
    "name",
    "NAME",
    "NAME_2",
    "NAME_1",
    "ADM2_EN",
    "ADM1_EN",
    "VARNAME_1",
    "VARNAME_2",
)
"""Properties that name the unit, in the order they are tried (geoBoundaries, Natural Earth, GADM, OCHA)."""

_IDS = ("geonameid", "geonames_id", "gn_id", "GEONAMEID")
_CODES = ("iso_3166_2", "shapeISO", "ISO_1", "iso", "ISO3166-2", "HASC_1")


@dataclass(frozen=True, slots=True)
class Boundary:
    """A polygon, what its source calls it, and how the unit may be known."""

    number: int
    shape: BaseGeometry
    names: tuple[str, ...]
    code: str
    geonameid: int | None


def read(path: Path) -> Iterator[Boundary]:
    """The polygons of a FeatureCollection.

    Raises :class:`~geomap.errors.GazetteerError` with the line where the file is no JSON, or the number of the feature
    that has no polygon on the Earth.
    """
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise GazetteerError(f"{path.name} line {error.lineno}: {error.msg}; the gazetteer is as it was") from error
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path} cannot be read as text ({error})") from error
    if not isinstance(whole, dict) or whole.get("type") != "FeatureCollection":
        raise GazetteerError(f"{path.name} is no GeoJSON FeatureCollection; the gazetteer is as it was")
    for number, feature in enumerate(whole.get("features") or (), 1):
        try:
            shape = shapely.make_valid(as_shape(feature["geometry"]))
            properties: dict[str, Any] = feature["properties"] or {}
            west, south, east, north = shape.bounds
        except (KeyError, TypeError, ValueError, AttributeError, ShapelyError) as error:
            raise GazetteerError(f"{path.name} feature {number}: no polygon; the gazetteer is as it was") from error
        if not shape.area or not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise GazetteerError(f"{path.name} feature {number}: no polygon on the Earth; the gazetteer is as it was")
        yield _boundary(number, shape, properties)


def _boundary(number: int, shape: BaseGeometry, properties: dict[str, Any]) -> Boundary:
    names = tuple(dict.fromkeys(str(properties[key]) for key in NAMES if properties.get(key)))
    code = next((str(properties[key]) for key in _CODES if properties.get(key)), "")
    identifier = next((str(properties[key]) for key in _IDS if properties.get(key)), "")
    return Boundary(number, shape, names, code, int(identifier) if identifier.isdecimal() else None)


def attach(db: sqlite3.Connection, boundaries: Iterable[Boundary]) -> tuple[int, tuple[str, ...]]:
    """Give each matched subdivision its polygon; how many, and what could not be matched."""
    done, unmatched = 0, []
    for boundary in boundaries:
        unit = _match(db, boundary)
        if unit is None:
            unmatched.append(" / ".join(boundary.names) or boundary.code or f"feature {boundary.number}")
            continue
        number, lon, lat = unit
        if not shapely.intersects_xy(boundary.shape, lon, lat):
            inside = shapely.point_on_surface(boundary.shape)
            lon, lat = inside.x, inside.y
        reach = measure.circle(boundary.shape, (lon, lat))[2]
        db.execute(
            "UPDATE place SET shape = ?, lon = ?, lat = ?, uncertainty = ?, method = 'boundary' WHERE id = ?",
            (shapely.to_wkb(boundary.shape), lon, lat, reach, number),
        )
        done += 1
    return done, tuple(unmatched)


def _match(db: sqlite3.Connection, boundary: Boundary) -> tuple[int, float, float] | None:
    """The unit meant: by id, else the one of that code or name whose point lies in the polygon or nearest to it."""
    columns = "SELECT p.id, p.lon, p.lat, p.uncertainty FROM place p"
    units = "(p.code LIKE 'ADM%' OR p.code LIKE 'PCL%')"
    if boundary.geonameid is not None:
        found = db.execute(f"{columns} WHERE p.id = ?", (boundary.geonameid,)).fetchone()
        if found:
            return tuple(found[:3])
    for text in (boundary.code, *boundary.names):
        keys = _keys(text)
        if not keys:
            continue
        marks = ",".join("?" * len(keys))
        query = f"{columns} JOIN name n ON n.place = p.id WHERE {units} AND n.fold IN ({marks}) GROUP BY p.id"
        best = _nearest(boundary.shape, db.execute(query, keys).fetchall())
        if best is not None:
            return best
    return None


def _keys(text: str) -> Sequence[str]:
    keys = variants(text)
    return tuple(dict.fromkeys((*keys, *(core(key, "region", "district") for key in keys))))


def _nearest(shape: BaseGeometry, units: Sequence[tuple[int, float, float, float]]) -> tuple[int, float, float] | None:
    """Of the units of a name, the one that the polygon holds, else one that may reach into it."""
    centre = shape.centroid
    ranked = []
    for number, lon, lat, reach in units:
        away = measure.metres(centre.x, centre.y, lon, lat)
        held = bool(shapely.intersects_xy(shape, lon, lat))
        if held or away <= reach:
            ranked.append((not held, abs(reach - measure.circle(shape, (lon, lat))[2]), number, lon, lat))
    return min(ranked)[2:] if ranked else None
