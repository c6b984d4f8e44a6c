"""Shapes between the globe and a local plane, right at the antimeridian and the poles.

A :class:`Plane` is the azimuthal-equidistant projection on the ellipsoid: distances and directions from its centre are
those of the geodesics (x = s sin azimuth, y = s cos azimuth), so that shapely may measure there in metres. Within
100 km of the centre a planar distance between two other points is at most 3 m off.

On the way back a shape that crosses the antimeridian is cut into parts, and one that holds a pole is closed along it,
as RFC 7946 section 3.1.9 asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, MultiLineString, MultiPoint, Point, Polygon, box
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from geomap.geodesy import Array, directs, inverse, inverses, require_lonlat

EDGE_M = 5_000.0
"""Longest edge of a shape when it goes back to the globe: a straight edge in degrees then strays at most some 3 m from
the line it stands for below 70 degrees of latitude."""
_TURN = {"shape": 10.0, "line": 2.0}
"""Edges that turn through more degrees of longitude than this pass close to a pole and are halved again. A shape's
chords are left alone sooner: what halves them lies on the chord and not on the arc."""


@dataclass(frozen=True, slots=True)
class Plane:
    """The azimuthal-equidistant plane centred on (``lon``, ``lat``); x runs east and y north there, in metres."""

    lon: float
    lat: float

    def __post_init__(self) -> None:
        require_lonlat(self.lon, self.lat)

    def xy(self, lons: Array, lats: Array) -> Array:
        """Points on the globe as an (n, 2) array of metres."""
        distance, azimuth, _ = inverses(self.lon, self.lat, lons, lats)
        angle = np.radians(azimuth)
        return np.column_stack([distance * np.sin(angle), distance * np.cos(angle)])

    def lonlat(self, xy: Array) -> Array:
        """Points of the plane as an (n, 2) array of longitude and latitude."""
        azimuth = np.degrees(np.arctan2(xy[:, 0], xy[:, 1]))
        return np.column_stack(directs(self.lon, self.lat, azimuth, np.hypot(xy[:, 0], xy[:, 1])))

    def lonlat_of(self, point: Point) -> tuple[float, float]:
        """One point of the plane in degrees."""
        lon, lat = self.lonlat(np.array([[point.x, point.y]]))[0].tolist()
        return lon, lat

    def project(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in degrees as one in metres; parts that only the antimeridian divides are joined again."""
        west, _, east, _ = shape.bounds
        if shape.area and west == -180.0 and east == 180.0:
            # Whole bands round a pole have a seam: in halves they are plain shapes, and a hair's breadth joins them.
            halves = [shape.intersection(box(w, -90, w + 180, 90)) for w in (-180, 0)]
            flat = unary_union([self._flat(half).buffer(0.01, join_style="mitre") for half in halves])
            return flat.buffer(-0.01, join_style="mitre")
        return self._flat(shape)

    def _flat(self, shape: BaseGeometry) -> BaseGeometry:
        dense = shapely.segmentize(shape, 0.1) if shape.length else shape
        flat = shapely.transform(dense, lambda c: self.xy(c[:, 0], c[:, 1]))
        return flat if flat.is_valid else shapely.make_valid(flat)

    def unproject(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape in metres as one in degrees, its edges cut to :data:`EDGE_M` and at the antimeridian."""
        if isinstance(shape, Point):
            return Point(*self.lonlat(np.array(shape.coords))[0])
        if isinstance(shape, LineString):
            return _into_world(LineString(self._track(np.array(shape.coords))))
        if isinstance(shape, Polygon):
            holes = unary_union([self._patch(np.array(ring.coords)) for ring in shape.interiors])
            return self._patch(np.array(shape.exterior.coords)).difference(holes)
        parts: Iterable[BaseGeometry] = getattr(shape, "geoms", ())
        return _gather([self.unproject(part) for part in parts])

    def _track(self, xy: Array) -> Array:
        """Vertices in degrees, dense, their longitudes unwrapped so that no step is longer than half a turn."""
        step = min(EDGE_M, max(1.0, float(np.hypot(*np.diff(xy, axis=0).T).sum()) / 8))
        xy = np.array(shapely.segmentize(LineString(xy), step).coords)
        points = self.lonlat(xy)
        for _ in range(12):
            jump = np.abs((np.diff(points[:, 0]) + 180.0) % 360.0 - 180.0)
            wide = np.flatnonzero(jump > _TURN["shape"])
            if not len(wide):
                break
            xy = np.insert(xy, wide + 1, (xy[wide] + xy[wide + 1]) / 2, axis=0)
            points = self.lonlat(xy)
        points[:, 0] = np.unwrap(points[:, 0], period=360.0)
        return points

    def _patch(self, ring: Array) -> BaseGeometry:
        """What a ring of the plane encloses, in degrees."""
        track = self._track(ring)
        inside = Polygon(ring)
        poles = [90.0 * s for s in (1, -1) if inside.covers(Point(*self.xy(np.zeros(1), np.array([90.0 * s]))[0]))]
        turn = track[-1, 0] - track[0, 0]
        if len(poles) == 1 and abs(turn) > 180.0:
            track = np.vstack([track, [track[-1, 0], poles[0]], [track[0, 0], poles[0]]])
        patch = _into_world(shapely.make_valid(Polygon(track)))
        # Beyond both poles the ring encloses what is left out.
        return box(-180, -90, 180, 90).difference(patch) if len(poles) == 2 else patch


def line(lon1: float, lat1: float, lon2: float, lat2: float, *, step_m: float = 25_000.0) -> BaseGeometry:
    """The geodesic between two points as a line of vertices at most ``step_m`` metres apart.

    A LineString, or a MultiLineString cut where it crosses the antimeridian or a pole.
    """
    geodesic = inverse(lon1, lat1, lon2, lat2)
    reach = geodesic.distance_m
    count = max(2, int(np.ceil(reach / step_m)) + 1)
    along = np.linspace(0.0, reach, count)
    for _ in range(16):
        lons, lats = directs(lon1, lat1, geodesic.azimuth, along)
        wide = np.flatnonzero(np.abs((np.diff(lons) + 180.0) % 360.0 - 180.0) > _TURN["line"])
        if not len(wide):
            break
        along = np.insert(along, wide + 1, (along[wide] + along[wide + 1]) / 2)
    lons[-1], lats[-1] = lon2, lat2
    lons[0], lats[0] = lon1, lat1
    # A meridian within rounding of the antimeridian would otherwise lie on both of its sides.
    turned = np.unwrap(lons, period=360.0).round(9)
    return _into_world(_cut_at_pole(np.column_stack([turned, lats])))


def _cut_at_pole(track: Array) -> BaseGeometry:
    """One line, or two that end at the pole where the track runs over it."""
    over = np.flatnonzero(np.abs(np.diff(track[:, 0])) > 90.0)
    if not len(over):
        return LineString(track)
    cut = int(over[0]) + 1
    pole = 90.0 if track[cut, 1] > 0 else -90.0
    before = np.vstack([track[:cut], [track[cut - 1, 0], pole]])
    after = np.vstack([[track[cut, 0], pole], track[cut:]])
    return MultiLineString([before, after])


def _into_world(shape: BaseGeometry) -> BaseGeometry:
    """A shape with unwrapped longitudes, cut at the antimeridian and moved between -180 and 180."""
    west, _, east, _ = shape.bounds if not shape.is_empty else (0, 0, 0, 0)
    if west >= -180 and east <= 180:
        return shape
    parts = []
    for turn in range(int(np.floor((west + 180) / 360)), int(np.floor((east + 180) / 360)) + 1):
        band = shape.intersection(box(360 * turn - 180, -90, 360 * turn + 180, 90))
        parts.append(translate(band, xoff=-360.0 * turn))
    return _gather(parts)


def _gather(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """Shapes as one: polygons where there are any, else lines, else points."""
    simple = [part for shape in shapes for part in getattr(shape, "geoms", [shape]) if not part.is_empty]
    polygons = [part for part in simple if isinstance(part, Polygon)]
    if polygons:
        return unary_union(polygons)
    lines = [part for part in simple if isinstance(part, LineString) and part.length]
    if lines:
        return lines[0] if len(lines) == 1 else MultiLineString(lines)
    points = [part for part in simple if isinstance(part, Point)]
    return points[0] if len(points) == 1 else MultiPoint(points)
