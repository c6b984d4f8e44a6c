"""The point-radius method: how far the truth may lie from a georeferenced point.

Formulas of Georeferencing Best Practices (Chapman & Wieczorek 2020) and the MaNIS guidelines (2001) before it. All
arguments of one call are in one unit, and so is the result. ``apart`` is the sum of what is uncertain before any
wording is read: datum, source, measurement and the extent of the feature. ``precision`` is the whole precision of the
quoted distance, of which half counts.
"""

from __future__ import annotations

import math

from pyproj import Geod

from geomap.geodesy import WGS84

HALF_ANGLES = {1: 45.0, 2: 22.5, 3: 11.25, 4: 5.625}
"""The guides' half-angles for headings of one letter (N) to four (NbE), degrees."""

UNKNOWN_DATUM_M = 5359.0
"""What coordinates on a datum that nobody names may be off, anywhere on Earth (Best Practices 2020). News carries
none: places come from gazetteers on WGS84, so geomap adds it nowhere."""


def coordinate_precision(lat: float, degrees: float, *, ellipsoid: Geod = WGS84) -> float:
    """The diagonal, in metres, of a cell of ``degrees`` by ``degrees`` at a latitude."""
    return math.hypot(*cell(lat, degrees, ellipsoid=ellipsoid))


def cell(lat: float, degrees: float, *, ellipsoid: Geod = WGS84) -> tuple[float, float]:
    """Height and width in metres of a cell of ``degrees``: p pi M / 180 and p pi N cos(lat) / 180."""
    e2 = ellipsoid.f * (2 - ellipsoid.f)
    sine = math.sin(math.radians(lat))
    n = ellipsoid.a / math.sqrt(1 - e2 * sine**2)
    m = ellipsoid.a * (1 - e2) / (1 - e2 * sine**2) ** 1.5
    return math.radians(degrees) * m, math.radians(degrees) * n * math.cos(math.radians(lat))


def at_feature(apart: float, coordinates: float = 0.0) -> float:
    """A named place only: "Bakersfield"."""
    return apart + coordinates


def at_distance(apart: float, offset: float, precision: float, coordinates: float = 0.0) -> float:
    """A distance without a direction: "5 mi from Bakersfield"."""
    return apart + precision / 2 + offset + coordinates


def along_path(apart: float, precision: float, coordinates: float = 0.0) -> float:
    """A distance along a road or river: "13 mi E (by road) Bakersfield"."""
    return apart + precision / 2 + coordinates


def orthogonal(apart: float, precision: float, coordinates: float = 0.0) -> float:
    """Two distances at a right angle: "2 mi E and 3 mi N of Bakersfield"."""
    return apart + precision / 2 * math.sqrt(2) + coordinates


def at_heading(apart: float, offset: float, precision: float, half_angle: float, coordinates: float = 0.0) -> float:
    """A distance at a heading: "10 mi E of Bakersfield"; ``half_angle`` in degrees (:data:`HALF_ANGLES`)."""
    reach = apart + precision / 2
    angle = math.radians(half_angle)
    across, along = offset * math.sin(angle), offset + reach - offset * math.cos(angle)
    return math.hypot(along, across) + coordinates


def displaced(lon: float, lat: float, east_m: float, north_m: float, *, ellipsoid: Geod = WGS84) -> tuple[float, float]:
    """The guides' corrected centre: a point moved by metres east and north at the scale of its own latitude.

    Good to some tens of metres over 20 km; regions themselves follow the geodesic.
    """
    height, width = cell(lat, 1.0, ellipsoid=ellipsoid)
    return lon + east_m / width, lat + north_m / height
