"""Discs, rings and sectors in a plane centred on what they are measured from, in metres."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geomap.geodesy import Array
from geomap.plane import EDGE_M, Plane

SAG_M = 15.0
"""A chord strays at most this far from the arc it stands for."""


def arc(radius: float, start: float, end: float) -> Array:
    """Points of an arc round the origin from one azimuth to another (clockwise, degrees), on it to the millimetre.

    Chords are shorter than :data:`geomap.plane.EDGE_M`, so that none is cut off its arc later.
    """
    step = min(0.98 * EDGE_M, math.sqrt(8 * radius * SAG_M), radius / 5)
    count = max(3, math.ceil(math.radians(end - start) * radius / step) + 1)
    angle = np.radians(np.linspace(start, end, count))
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


def disc(radius: float) -> Polygon:
    """Everything within ``radius`` metres of the centre."""
    return Polygon(arc(radius, 0.0, 360.0))


def ring(inner: float, outer: float) -> Polygon:
    """Everything between two distances from the centre."""
    return Polygon(arc(outer, 0.0, 360.0), [arc(inner, 0.0, 360.0)] if inner > 0 else [])


def sector(inner: float, outer: float, bearing: float, half_angle: float) -> Polygon:
    """Everything between two distances, and within ``half_angle`` degrees of an azimuth."""
    far = arc(outer, bearing - half_angle, bearing + half_angle)
    near = arc(inner, bearing - half_angle, bearing + half_angle)[::-1] if inner > 0 else np.zeros((1, 2))
    return Polygon(np.vstack([far, near]))


def widened(shape: BaseGeometry, metres: float) -> BaseGeometry:
    """A shape and everything within ``metres`` of it."""
    quarter = max(8, math.ceil(math.pi / 2 * metres / math.sqrt(8 * metres * SAG_M))) if metres > 0 else 8
    return shape.buffer(metres, quad_segs=quarter)


def holds(plane: Plane, shape: BaseGeometry, lon: float, lat: float) -> float:
    """The radius in metres of the smallest circle round a point that holds a shape of the plane; at least 1 m."""
    middle = Point(*plane.xy(np.array([lon]), np.array([lat]))[0])
    if (plane.lon, plane.lat) == (lon, lat):
        reach = np.hypot(*shapely.get_coordinates(shape).T)
        return max(1.0, float(reach.max()))
    return max(1.0, float(shapely.hausdorff_distance(middle, shape)))
