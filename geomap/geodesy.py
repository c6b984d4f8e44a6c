"""Geodesics on WGS84, units and compass points: pure functions, one pair or whole arrays.

Coordinates are (longitude, latitude) in degrees, lengths metres, azimuths degrees clockwise from north in [0, 360).
Geodesics are Karney's (pyproj.Geod, GeographicLib): good to some nanometres, at any distance and at the poles.
Local planes for shapely, and lines and shapes cut at the antimeridian, are in :mod:`geomap.plane`.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

from geomap.errors import BadInput
from geomap.model import Geodesic

Array = NDArray[np.float64]

WGS84: Final = Geod(ellps="WGS84")
EARTH_RADIUS_M: Final = 6_371_008.8
"""Mean radius of the ellipsoid (2a + b) / 3, for areas and estimates only; never for a distance."""
HALF_TURN_M: Final = 20_003_931.459
"""From pole to pole: no two places are farther apart along a geodesic (half the WGS84 meridian)."""

METRES: Final[dict[str, float]] = {"km": 1000.0, "mi": 1609.344, "nmi": 1852.0, "m": 1.0, "ft": 0.3048}
"""Metres in a unit. Mile and foot: international yard and pound agreement, 1959; nautical mile: First International
Extraordinary Hydrographic Conference, Monaco 1929; both as in NIST SP 811, appendix B. All are exact."""

COMPASS: Final[dict[str, float]] = {
    code: 22.5 * i for i, code in enumerate("n nne ne ene e ese se sse s ssw sw wsw w wnw nw nnw".split())
}
"""The sixteen compass points in degrees."""
_POINTS: Final = tuple(COMPASS)


def metres(quantity: float, unit: str) -> float:
    """A quantity in metres. Raises BadInput for a unit that is not one of km, mi, nmi, m, ft."""
    try:
        return quantity * METRES[unit]
    except KeyError:
        raise BadInput(f"unknown unit {unit!r}: use one of {', '.join(METRES)}") from None


def convert(quantity: float, unit: str, to: str) -> float:
    """A quantity of ``unit`` in ``to``. Raises BadInput for an unknown unit."""
    return metres(quantity, unit) / metres(1.0, to)


def bearing(code: str) -> float:
    """The azimuth of a compass code in degrees. Raises BadInput for a code that is not one of the sixteen."""
    try:
        return COMPASS[code]
    except KeyError:
        raise BadInput(f"unknown direction {code!r}: use one of {', '.join(COMPASS)}") from None


def compass(azimuth: float) -> str:
    """The compass point nearest to an azimuth in degrees."""
    return _POINTS[round(azimuth / 22.5) % 16]


def angle_between(a: float, b: float) -> float:
    """The angle between two azimuths, 0 to 180 degrees."""
    return abs((a - b + 180.0) % 360.0 - 180.0)


def angles_between(a: Array, b: Array) -> Array:
    """The angles between azimuths, element by element, 0 to 180 degrees."""
    result: Array = np.abs((a - b + 180.0) % 360.0 - 180.0)
    return result


def inverse(lon1: float, lat1: float, lon2: float, lat2: float) -> Geodesic:
    """The geodesic from the first point to the second.

    ``back_azimuth`` is the direction from the second point to the first, taken at the second. Longitudes may run past
    180. Raises BadInput for a coordinate that is not finite or a latitude beyond 90.
    """
    for lon, lat in ((lon1, lat1), (lon2, lat2)):
        require_lonlat(lon, lat)
    azimuth, back, distance = WGS84.inv(lon1, lat1, lon2, lat2)
    return Geodesic(distance, azimuth % 360.0, back % 360.0)


def require_lonlat(lon: float, lat: float) -> None:
    """Raises BadInput unless both are finite and the latitude lies within 90."""
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise BadInput(f"a coordinate must be a finite number of degrees, not longitude {lon}, latitude {lat}")
    if not -90.0 <= lat <= 90.0:
        raise BadInput(f"latitude must lie between -90 and 90, not {lat:g}")


def inverses(lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike) -> tuple[Array, Array, Array]:
    """Geodesics of many pairs: distances in metres, azimuths and back azimuths in [0, 360), of the broadcast shape.

    Single numbers come back as arrays of one. A pair with a coordinate that is not finite or a latitude beyond 90
    gives NaN; nothing is raised for it.
    """
    x1, y1, x2, y2 = _rows(lon1, lat1, lon2, lat2)
    azimuth, back, distance = WGS84.inv(x1, y1, x2, y2)
    for angle in (azimuth, back):
        np.add(angle, 360.0, out=angle, where=angle < 0.0)
    return distance, azimuth, back


def direct(lon: float, lat: float, azimuth: float, distance_m: float) -> tuple[float, float]:
    """The point (longitude, latitude) reached from a point along an azimuth. Raises BadInput as :func:`inverse`."""
    require_lonlat(lon, lat)
    x, y, _ = WGS84.fwd(lon, lat, azimuth, distance_m)
    return x, y


def directs(lon: ArrayLike, lat: ArrayLike, azimuth: ArrayLike, distance_m: ArrayLike) -> tuple[Array, Array]:
    """The points reached from many points: longitudes in [-180, 180] and latitudes, of the broadcast shape."""
    x0, y0, angle, reach = _rows(lon, lat, azimuth, distance_m)
    x, y, _ = WGS84.fwd(x0, y0, angle, reach)
    return x, y


def _rows(*columns: ArrayLike) -> tuple[Array, ...]:
    return np.broadcast_arrays(*(np.atleast_1d(np.asarray(column, dtype=np.float64)) for column in columns))


def midpoint(lon1: float, lat1: float, lon2: float, lat2: float) -> tuple[float, float]:
    """The point half way along the geodesic."""
    line = inverse(lon1, lat1, lon2, lat2)
    return direct(lon1, lat1, line.azimuth, line.distance_m / 2)
