"""Our own basemap, cut to a view: what lies in static/basemap/ as GeoJSON small enough to ship with a page.

Three levels are stored (tools/basemap.py makes them): 1:10 m in cells of ten degrees, the same simplified, and 1:110 m
for what surrounds the view. Names come from :mod:`geomap.render.names`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

from geomap.errors import NotFound
from geomap.render import names
from geomap.render.stored import Bounds, read, turns

Json = dict[str, Any]

CELL = 10
"""Degrees a side of a cell of the fine level."""
FINE_KM, MID_KM = 2_500.0, 12_000.0
"""A view up to so many kilometres across is drawn from the fine level, up to so many from the middle one."""
DETAILS = (16_000, 8_000, 4_000, 2_000, 1_000)
"""How finely a view is drawn: detail under its width over this is smoothed away. The finest that fits is taken."""
MOST_POINTS = 12_000
"""Points of a view's shapes: about 60 KB of gzipped GeoJSON."""
KM_PER_DEGREE = 111.2
LEAST = 0.1
"""Degrees a side that a view has at least."""
REGIONS_KM = 4_000.0
WIDEST = {"regions": REGIONS_KM, "small_regions": 1_000.0}
"""How many kilometres across a view is at most that shows subdivisions: in wider ones they would be a net."""
SPECK = 6
"""Islands and lakes under so many tolerances across are left out, so that a wide view is not all specks."""
AROUND = 0.1
"""Degrees below which detail of the land outside the view is left out."""


def clip(bounds: Bounds, static: Path) -> dict[str, Json]:
    """What lies within (west, south, east, north) degrees, as FeatureCollections by kind.

    ``land`` and ``lakes`` are polygons; ``coast``, ``rivers``, ``regions``, ``small_regions`` (first-level
    subdivisions) and ``borders`` lines; ``world`` and ``world_borders`` the coarse land and borders outside the bounds;
    ``places`` points with name, native, rank (the zoom level from which there is room for it) and capital;
    ``countries`` and ``region_names`` points with a name, its forms in other languages, a rank, in ``also`` other
    points at which it may stand, and for countries ``iso`` (ISO 3166). Each collection of shapes is a single feature. A
    view across the antimeridian has east above 180 (or below west); longitudes then run on without a break. Callers
    share the result: read it, do not change it.

    Raises :class:`~geomap.errors.NotFound` where ``static`` has no basemap.
    """
    west, south, east, north = bounds
    east += 360 if east < west else 0
    # A single place is no view: give it a little land around.
    wide, high = max(0.0, LEAST - (east - west)) / 2, max(0.0, LEAST - (north - south)) / 2
    south, north = max(south - high, -90), min(north + high, 90)
    return _clip((round(west - wide, 3), round(south, 3), round(east + wide, 3), round(north, 3)), static)


@lru_cache(maxsize=64)
def _clip(bounds: Bounds, static: Path) -> dict[str, Json]:
    folder = static / "basemap"
    box = shapely.box(*bounds)
    shapely.prepare(box)
    whole = {kind: _inside(each, bounds) for kind, each in _layers(bounds, folder).items()}
    for detail in DETAILS:
        tolerance = _width_km(bounds) / KM_PER_DEGREE / detail
        found = {kind: _simplified(each, tolerance) for kind, each in whole.items()}
        if sum(int(shapely.get_num_coordinates(each).sum()) for each in found.values()) <= MOST_POINTS:
            break
    decimals = min(4, max(1, math.ceil(-math.log10(tolerance))))
    found["coast"] = _coast(found.get("land", []), bounds)
    found["world"] = _world(box, folder, "land")
    found["world_borders"] = _world(box, folder, "borders")
    order = ("world", "world_borders", "land", "lakes", "coast", "rivers", "small_regions", "regions", "borders")
    shapes = {
        kind: _collection(found[kind], 2 if kind.startswith("world") else decimals) for kind in order if found.get(kind)
    }
    return shapes | _named(bounds, folder)


def _named(bounds: Bounds, folder: Path) -> dict[str, Json]:
    """What is named; a view that shows no subdivisions names none."""
    found = {"countries": names.countries(bounds, folder), "places": names.places(bounds, folder)}
    if _width_km(bounds) <= REGIONS_KM:
        found["region_names"] = names.regions(bounds, folder)
    return found


def _width_km(bounds: Bounds) -> float:
    west, south, east, north = bounds
    narrow = math.cos(math.radians((south + north) / 2))
    return max((east - west) * narrow, north - south, 0.01) * KM_PER_DEGREE


def _layers(bounds: Bounds, folder: Path) -> dict[str, list[BaseGeometry]]:
    """The stored shapes near the bounds, shifted to run on past the antimeridian."""
    width = _width_km(bounds)
    found: dict[str, list[BaseGeometry]] = {}
    for turn, part in turns(bounds):
        names = _cells(part) if width <= FINE_KM else ["mid" if width <= MID_KM else "world"]
        for name in names:
            for kind, shapes in _stored(folder / f"{name}.json.gz", folder).items():
                if width > WIDEST.get(kind, width):
                    continue
                near = shapes[_touches(shapes, part)]
                found.setdefault(kind, []).extend(_shifted(near, turn))
    return found


def _cells(bounds: Bounds) -> list[str]:
    west, south, east, north = bounds
    columns = range(math.floor(west / CELL) * CELL, min(math.floor(east / CELL) * CELL + 1, 180), CELL)
    rows = range(math.floor(south / CELL) * CELL, min(math.floor(north / CELL) * CELL + 1, 90), CELL)
    return [f"fine/{column:+04d}{row:+03d}" for column in columns for row in rows]


@lru_cache(maxsize=96)
def _stored(path: Path, folder: Path) -> Mapping[str, NDArray[np.object_]]:
    """A stored level or cell: its kinds as arrays of geometries. A cell without a file is open sea."""
    if not path.exists():
        if not (folder / "world.json.gz").exists():
            raise NotFound(f"there is no basemap in {folder}: set GEOMAP_STATIC to geomap's static folder")
        return {}
    document = read(path)
    transform = document["transform"]
    scale, corner = np.array(transform["scale"]), np.array(transform["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + corner for arc in document["arcs"]]
    return {kind: _geometries(each["geometries"], arcs) for kind, each in document["objects"].items()}


def _geometries(items: Iterable[Json], arcs: Sequence[NDArray[np.float64]]) -> NDArray[np.object_]:
    found: list[BaseGeometry] = []
    for item in items:
        if item["type"] == "Polygon":
            shell, *holes = [arcs[ring[0]] for ring in item["arcs"]]
            if len(shell) > 3:
                found.append(Polygon(shell, [hole for hole in holes if len(hole) > 3]))
        elif len(arcs[item["arcs"][0]]) > 1:
            found.append(LineString(arcs[item["arcs"][0]]))
    return np.array(found, dtype=object)


def _touches(shapes: NDArray[np.object_], bounds: Bounds) -> NDArray[np.bool_]:
    west, south, east, north = bounds
    low_x, low_y, high_x, high_y = shapely.bounds(shapes).T
    return np.asarray((low_x <= east) & (high_x >= west) & (low_y <= north) & (high_y >= south))


def _shifted(shapes: NDArray[np.object_], turn: int) -> NDArray[np.object_]:
    return shapely.transform(shapes, lambda points: points + np.array([turn, 0])) if turn else shapes


def _inside(shapes: Sequence[BaseGeometry], bounds: Bounds) -> BaseGeometry:
    """The shapes within the bounds as one geometry, whole again where cells had cut them."""
    cut = shapely.clip_by_rect(np.array(shapes, dtype=object), *bounds)
    cut = cut[~shapely.is_empty(cut)]
    if not len(cut):
        return shapely.GeometryCollection()
    if shapely.get_dimensions(cut[0]) == 1:
        return shapely.line_merge(shapely.union_all(cut, grid_size=0.0001))
    # Clipping may leave a ring that touches itself, which a union refuses.
    broken = ~shapely.is_valid(cut)
    cut[broken] = shapely.make_valid(cut[broken])
    return shapely.union_all(cut, grid_size=0.0001)


def _simplified(whole: BaseGeometry, tolerance: float) -> list[BaseGeometry]:
    thin = shapely.get_parts(shapely.simplify(whole, tolerance))
    if not len(thin):
        return []
    flat = shapely.get_dimensions(thin) == shapely.get_dimensions(thin).max()
    size = np.hypot(*(shapely.bounds(thin)[:, 2:] - shapely.bounds(thin)[:, :2]).T)
    return list(thin[flat & (size > (SPECK if shapely.get_dimensions(whole) == 2 else 1) * tolerance)])


def _coast(land: Sequence[BaseGeometry], bounds: Bounds) -> list[BaseGeometry]:
    """The outlines of the land, without the edges of the view."""
    west, south, east, north = bounds
    lines: list[LineString] = []
    for ring in shapely.get_rings(np.array(land, dtype=object)):
        points = shapely.get_coordinates(ring)
        edge = np.zeros(len(points) - 1, dtype=bool)
        for axis, limit in ((0, west), (0, east), (1, south), (1, north)):
            on = np.abs(points[:, axis] - limit) < 2e-4
            edge |= on[1:] & on[:-1]
        for run in np.split(np.arange(len(edge)), np.flatnonzero(edge)):
            kept = run[~edge[run]]
            if len(kept):
                lines.append(LineString(points[kept[0] : kept[-1] + 2]))
    return list(shapely.get_parts(shapely.line_merge(MultiLineString(lines)))) if lines else []


def _world(box: BaseGeometry, folder: Path, kind: str) -> list[BaseGeometry]:
    """The coarse shapes of a kind outside the view, half a turn to either side of it."""
    west, _, east, _ = box.bounds
    middle = (west + east) / 2
    frame = (middle - 180, -90, middle + 180, 90)
    stored = _stored(folder / "world.json.gz", folder)[kind]
    parts = [part for turn, cut in turns(frame) for part in _shifted(shapely.clip_by_rect(stored, *cut), turn)]
    whole = np.array(parts, dtype=object)
    if kind == "borders":
        whole = shapely.get_parts(shapely.line_merge(shapely.union_all(whole)))
    around = shapely.get_parts(shapely.difference(shapely.simplify(whole, AROUND), box))
    if kind == "borders":
        return [each for each in around if isinstance(each, LineString) and each.length > AROUND]
    return [each for each in around if isinstance(each, Polygon) and each.area > AROUND]


def _collection(shapes: Sequence[BaseGeometry], decimals: int) -> Json:
    """One feature that holds all the shapes."""
    areas = isinstance(shapes[0], Polygon)
    parts = [_rings(each, decimals) if areas else _points(each, decimals) for each in shapes]
    geometry = {"type": "MultiPolygon" if areas else "MultiLineString", "coordinates": parts}
    return {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": geometry}]}


def _rings(polygon: BaseGeometry, decimals: int) -> list[Any]:
    return [_points(ring, decimals) for ring in shapely.get_rings(polygon)]


def _points(line: BaseGeometry, decimals: int) -> list[Any]:
    """Rounded coordinates, each different from the one before; never so few that the shape is none."""
    points = np.round(shapely.get_coordinates(line), decimals)
    kept = points[np.concatenate([[True], np.any(np.diff(points, axis=0) != 0, axis=1)])]
    least = 4 if line.geom_type == "LinearRing" else 2
    return list((kept if len(kept) >= least else points).tolist())
