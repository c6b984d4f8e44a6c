"""What the basemap names in a view: countries, first-level regions and towns, each where its name is to stand.

Towns come from GeoNames (tools/places.py), regions from GeoNames and CLDR (tools/regions.py), countries from Natural
Earth (tools/basemap.py). Each has a rank, the zoom level from which there is room for its name.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Point, Polygon

from geomap.render.stored import Bounds, read, turns

Json = dict[str, Any]

MOST_PLACES = 160
MOST_REGIONS = 60
LARGEST_COUNTRIES, LARGEST_TOWNS = 4.5, 3
"""Ranks up to which the whole world is named, wherever a view is."""
WIDER = 2.5
"""A country's name is set where a shape so many times as wide as high has most room."""
LEAST_ROOM = 0.12
"""The share of a view's width that a country has to itself, for it to be named away from its label's own point."""
ROOMS = 3
"""Places that such a name may stand at."""


@lru_cache(maxsize=6)
def _rows(path: Path) -> list[Any]:
    return list(read(path)) if path.exists() else []


@lru_cache(maxsize=2)
def native_names(static: Path) -> dict[tuple[str, int, int], str]:
    """The native names of the world's towns, by name and whole degrees of longitude and latitude."""
    rows = _rows(static / "basemap" / "places.json.gz")
    return {(name, round(lon), round(lat)): native for name, native, lon, lat, *_ in reversed(rows) if native}


def towns(static: Path) -> list[tuple[str, str, float, float]]:
    """The world's towns as the basemap labels them: name, native name, longitude, latitude."""
    return [(name, native, lon, lat) for name, native, lon, lat, *_ in _rows(static / "basemap" / "places.json.gz")]


def places(bounds: Bounds, folder: Path, *, rank: float = math.inf) -> Json:
    """The towns to label, up to a rank, the most important first."""
    rows = [row for row in _rows(folder / "places.json.gz") if row[4] <= rank]
    found = []
    for turn, (west, south, east, north) in turns(bounds):
        for name, native, lon, lat, least, capital in rows:
            if west <= lon <= east and south <= lat <= north:
                properties = {"name": name, "native": native, "rank": least, "capital": bool(capital)}
                found.append(_point(properties, [(lon + turn, lat)]))
    found.sort(key=lambda feature: feature["properties"]["rank"])
    return _collection(found[:MOST_PLACES])


def regions(bounds: Bounds, folder: Path) -> Json:
    """The first-level units with room for their name in the view, the roomiest first."""
    found = []
    for turn, (west, south, east, north) in turns(bounds):
        for _, rank, called, points in _rows(folder / "regions.json.gz"):
            inside = [(lon + turn, lat) for lon, lat in points if west <= lon <= east and south <= lat <= north]
            if inside:
                found.append(_point(_called(called, rank), inside))
    found.sort(key=lambda feature: feature["properties"]["rank"])
    return _collection(found[:MOST_REGIONS])


def countries(bounds: Bounds, folder: Path, *, rank: float = math.inf) -> Json:
    """The countries in the view, up to a rank, in the order in which they are named.

    One whose label's own point lies outside is named in the roomiest parts of what is in the view.
    """
    found = []
    for turn, part in turns(bounds):
        for row, shapes in _outlines(folder / "countries.json.gz"):
            at = _country_at(row, shapes, part, (bounds[2] - bounds[0]) * LEAST_ROOM)
            if at and row["rank"] <= rank:
                called = _called(row["names"], row["rank"]) | {"iso": row["iso"]}
                found.append(_point(called, [(lon + turn, lat) for lon, lat in at]))
    found.sort(key=lambda feature: feature["properties"]["rank"])
    return _collection(found)


@lru_cache(maxsize=16)
def largest(middle: float, static: Path) -> dict[str, Json]:
    """The largest countries and towns of the world, half a turn to either side of a longitude."""
    world = (middle - 180, -85.0, middle + 180, 85.0)
    folder = static / "basemap"
    return {
        "countries": countries(world, folder, rank=LARGEST_COUNTRIES),
        "places": places(world, folder, rank=LARGEST_TOWNS),
    }


def merged(*views: Json) -> Json:
    """The features of several views, each name once, with all the points at which it may stand."""
    found: dict[str, Json] = {}
    for feature in (each for view in views for each in view["features"]):
        name = feature["properties"]["name"]
        here = [feature["geometry"]["coordinates"], *feature["properties"].get("also", ())]
        known = found.setdefault(name, feature)
        others = known["properties"].get("also", [])
        new = [at for at in here if at not in (known["geometry"]["coordinates"], *others)]
        if new:
            found[name] = known | {"properties": known["properties"] | {"also": [*others, *new]}}
    return _collection(list(found.values()))


@lru_cache(maxsize=2)
def _outlines(path: Path) -> tuple[tuple[Json, NDArray[np.object_]], ...]:
    """The countries in their order, each with its rough outline."""
    return tuple((row, shapely.make_valid(np.array([Polygon(ring) for ring in row["areas"]]))) for row in _rows(path))


def _country_at(row: Json, shapes: NDArray[np.object_], part: Bounds, least: float) -> list[tuple[float, float]]:
    """Where a country is named in a part of the world; nowhere if it has less than ``least`` degrees there."""
    west, south, east, north = part
    lon, lat = row["at"]
    if west <= lon <= east and south <= lat <= north:
        return [(lon, lat)]
    here = shapely.get_parts(shapely.make_valid(shapely.clip_by_rect(shapes, *part)))
    here = here[(shapely.get_type_id(here) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(here)]
    return list(_rooms(max(here, key=lambda piece: float(piece.area)), least)) if len(here) else []


def _rooms(shape: Polygon, least: float) -> Iterator[tuple[float, float]]:
    """The middles of the places of a polygon that are roomiest for a name of so many degrees, the roomiest first."""
    narrow = math.cos(math.radians(shape.centroid.y)) / WIDER
    plane: Polygon = shapely.transform(shape, lambda points: points * [narrow, 1])
    for _ in range(ROOMS):
        if plane.is_empty:
            return
        circle = shapely.maximum_inscribed_circle(plane, tolerance=math.sqrt(plane.area) / 50)
        if 2 * circle.length / narrow < least:
            return
        x, y = shapely.get_coordinates(circle)[0].tolist()
        yield x / narrow, y
        plane = cast("Polygon", plane.difference(Point(x, y).buffer(circle.length)))


def _called(known: dict[str, str], rank: float) -> Json:
    """A name in English, and in other languages where it is known."""
    others = {language: name for language, name in known.items() if language != "en"}
    return {"name": known["en"], "names": others, "rank": rank}


def _collection(features: list[Json]) -> Json:
    return {"type": "FeatureCollection", "features": features}


def _point(properties: Json, points: Sequence[tuple[float, float]]) -> Json:
    """A name at the first of the points; it may stand at the others too."""
    first, *others = [[round(lon, 4), round(lat, 4)] for lon, lat in points]
    also = {"also": others} if others else {}
    return {"type": "Feature", "properties": properties | also, "geometry": {"type": "Point", "coordinates": first}}
