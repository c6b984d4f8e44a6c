"""Hulls and the circles round them, for footprints made from other places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

_WGS84 = Geod(ellps="WGS84")


def metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """The geodesic between two points in degrees, in metres."""
    return float(_WGS84.inv(lon, lat, other_lon, other_lat)[2])


def hull(points: Sequence[tuple[float, float]]) -> BaseGeometry | None:
    """The convex hull of at least three (lon, lat) that span an area; None for fewer.

    Points either side of the antimeridian are taken on the side that has more of them.
    """
    if len(points) < 3:
        return None
    lons = [lon for lon, _ in points]
    if max(lons) - min(lons) > 180:
        east = sum(lon > 0 for lon in lons) * 2 >= len(lons)
        points = [point for point in points if (point[0] > 0) == east]
    shape = shapely.convex_hull(shapely.LineString(np.array(points)))
    return shape if shape.geom_type == "Polygon" and shape.area > 0 else None


def circle(shape: BaseGeometry, centre: tuple[float, float] | None = None) -> tuple[float, float, float]:
    """Longitude and latitude of the centre (the centroid where none is given), and the metres that hold all of it."""
    lon, lat = centre or (shape.centroid.x, shape.centroid.y)
    outer = shapely.get_coordinates(shapely.convex_hull(shape))
    reach = _WGS84.inv([lon] * len(outer), [lat] * len(outer), outer[:, 0], outer[:, 1])[2]
    return lon, lat, float(max(reach))


def reach(shape: BaseGeometry, centre: tuple[float, float]) -> float:
    """The metres from a centre to the farthest point of a shape that may lie on both sides of the antimeridian."""
    points = shapely.get_coordinates(shape)
    lons, lats = np.full(len(points), centre[0]), np.full(len(points), centre[1])
    return float(max(_WGS84.inv(lons, lats, points[:, 0], points[:, 1])[2]))
