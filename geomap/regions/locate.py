"""Wording becomes a region: "near X", "in Z district", "70 km northeast of X", "between X and Y", "on the border of X".

The shape is drawn in the azimuthal-equidistant plane of what it is measured from and taken back to the globe. Its
uncertainty is that of the point-radius method: the smallest circle round its centre that holds the whole.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from geomap import extent
from geomap.bounds import Bound, bound
from geomap.calibration import calibration
from geomap.geodesy import bearing, direct, inverse, metres, midpoint
from geomap.model import THERE, Claim, Footprint, Gazetteer, Locative, Place, QuotedDistance, Relation
from geomap.plane import Plane
from geomap.regions import shapes
from geomap.regions.near import border, near, outer

HALF_ANGLES: Final = {1: 38.0, 2: 31.0, 3: 17.0}
"""Degrees either side of a compass point of one, two or three letters that hold 95 % of real quotes: measured, and
narrower for N and wider for NNE than the guides' 45, 22.5 and 11.25 that :mod:`geomap.regions.pointradius` keeps."""
FARTHEST_M: Final = 20_003_931.0
"""From pole to pole: no two places lie farther apart."""
LEAST_M: Final = 1.0
"""No region is narrower, however short the distance that is quoted."""
LONG_LINE: Final = 3_000
"""Vertices from which a border or coast is simplified to a tenth of the strip's width before it is widened."""
HULL_M: Final = 10_000.0
"""What lies outside the settlements of a unit and still in it, where its shape is drawn from them."""


def locate(claim: Claim, gazetteer: Gazetteer) -> Footprint | None:
    """The region of a site claim; None where its words name no place that is known, nor what holds it.

    The claim's subject is the place its wording names; ``reference`` is the second place of "between X and Y", or the
    neighbour of "the border of X with Y".
    """
    place = claim.subject.place if claim.subject else None
    second = claim.reference.place if claim.reference else None
    place = place or second
    locative = claim.value if isinstance(claim.value, Locative) else Locative(Relation.AT)
    if place is None and claim.subject and claim.subject.within and locative.relation in THERE:
        return _held(claim.subject.within)
    if place is None or (locative.distance and beyond(locative.distance)):
        return None
    if locative.relation is Relation.BETWEEN:
        return (
            between(place, second) if second and second.key != place.key else footprint(Locative(Relation.NEAR), place)
        )
    if locative.relation is Relation.BORDER:
        line = _line(locative, place, second if second and second.key != place.key else None, gazetteer)
        return (
            along(line, _some(locative.distance), border(place))
            if line is not None
            else footprint(Locative(Relation.NEAR), place)
        )
    return footprint(locative, place)


def beyond(distance: QuotedDistance) -> bool:
    """Whether a distance is longer than any on Earth, so that no region is as far."""
    longest = distance.quantity_to or distance.quantity
    return longest is not None and distance.unit is not None and metres(longest, distance.unit) > FARTHEST_M


def _some(distance: QuotedDistance | None) -> QuotedDistance | None:
    """The distance, but None for that of "0 km from Odesa": there is no ring of no radius."""
    return distance if distance and (distance.quantity != 0 or distance.quantity_to) else None


def footprint(locative: Locative, place: Place) -> Footprint:
    """The region that a wording makes of one place: AT, IN, NEAR or OFFSET; at no distance is AT.

    Raises BadInput for an unknown unit or direction in the wording.
    """
    if locative.relation is Relation.NEAR:
        return _near(place)
    if locative.relation is Relation.OFFSET and (distance := _some(locative.distance)):
        return _offset(place, distance)
    if locative.relation is Relation.IN or extent.is_area(place):
        return _within(place)
    return place.footprint


def _within(place: Place) -> Footprint:
    """Everything that may lie in a place."""
    own = place.footprint
    lon, lat = own.lonlat
    plane = Plane(lon, lat)
    if not own.geometry.area:
        return _made(plane, shapes.disc(max(own.uncertainty_m, extent.of(place))), "in: circle")
    if own.method in ("polygon", "boundary"):
        return own
    return _made(plane, shapes.widened(plane.project(own.geometry), HULL_M), f"in: {own.method}, widened")


def _held(holder: Place) -> Footprint:
    """Anywhere in what holds a place that no gazetteer has."""
    whole = _within(holder)
    return replace(whole, method=f"held: {whole.method}")


def _near(place: Place) -> Footprint:
    plane = Plane(*place.lonlat)
    reach = near(place)
    return _made(plane, _round(plane, place, reach), f"near: within {reach / 1000:.3g} km of its edge")


def _round(plane: Plane, place: Place, reach: float) -> BaseGeometry:
    """Everything within ``reach`` metres of the edge of a place."""
    if place.footprint.geometry.area:
        return shapes.widened(plane.project(place.footprint.geometry), reach)
    return shapes.disc(max(extent.of(place), place.footprint.uncertainty_m) + reach)


def _offset(place: Place, distance: QuotedDistance) -> Footprint:
    """A distance, a direction or both from a place."""
    plane = Plane(*place.lonlat)
    size = extent.of(place)
    low, high = _reach(distance, fallback=size + outer(place))
    if distance.direction is None:
        shape = _around(plane, place, low, high) if extent.is_area(place) else shapes.ring(low, high)
        return _made(plane, shape, "distance only: annulus")
    if extent.is_area(place):  # measured from its edge or its middle: nobody says which
        low, high = max(0.0, low - size), high + size
    azimuth = bearing(distance.direction)
    shape = shapes.sector(low, high, azimuth, HALF_ANGLES[len(distance.direction)])
    if distance.quantity is None:
        return _made(plane, shape, "direction only: sector")
    centre = direct(plane.lon, plane.lat, azimuth, _middle(distance))
    return _made(plane, shape, "distance and direction: annular sector", centre)


def _around(plane: Plane, place: Place, low: float, high: float) -> BaseGeometry:
    """Distances from a place that has an area, be they from its edge or from its middle."""
    whole = _round(plane, place, high)
    if place.footprint.geometry.area:
        own = plane.project(place.footprint.geometry)
        return whole.difference(own.intersection(shapes.disc(low))) if low > 0 else whole
    return whole.difference(shapes.disc(min(low, extent.of(place)))) if low > 0 else whole


def _middle(distance: QuotedDistance) -> float:
    """The quoted distance in metres, the middle of a range."""
    assert distance.quantity is not None
    assert distance.unit is not None
    return metres((distance.quantity + (distance.quantity_to or distance.quantity)) / 2, distance.unit)


def _reach(distance: QuotedDistance, *, fallback: float) -> tuple[float, float]:
    """The least and the most metres that a wording admits: where 95 % of real quotes of that size measure.

    A hedge like "about" moves nothing; "within 5 km" and a radius take in all that is nearer, "more than 5 km" what
    lies up to twice as far.
    """
    if distance.quantity is None or distance.unit is None:
        return 0.0, fallback
    ends = sorted(
        metres(each, distance.unit) for each in (distance.quantity, distance.quantity_to or distance.quantity)
    )
    low, high = calibration().span(ends[0])[0], calibration().span(ends[1])[1]
    kind = bound(distance.hedge)
    if kind is Bound.AT_MOST or distance.manner == "radius":
        return 0.0, high
    if kind is Bound.AT_LEAST:
        high = max(high, 2 * ends[1])
    return low, min(max(high, LEAST_M), FARTHEST_M)


def between(first: Place, second: Place) -> Footprint:
    """Between two places: a strip round the geodesic, inside the circle round its middle that touches both.

    Centre and radius are the rule of the Georeferencing Quick Reference Guide: the midpoint, and half the distance.
    """
    line = inverse(*first.lonlat, *second.lonlat)
    middle = midpoint(*first.lonlat, *second.lonlat)
    plane = Plane(*middle)
    half = max(line.distance_m / 2, 1.0)
    ends = plane.xy(*np.array([first.lonlat, second.lonlat]).T)
    strip = shapes.widened(LineString(ends), max(half / 2, extent.of(first), extent.of(second)))
    return _made(plane, strip.intersection(shapes.disc(half)), "between: strip", middle)


def along(line: BaseGeometry, distance: QuotedDistance | None, reach_m: float) -> Footprint:
    """On, near or at a distance from a border or a coast; the side is not known.

    Without a distance the strip reaches ``reach_m`` metres to either side.
    """
    low, high = _reach(distance, fallback=reach_m) if distance else (0.0, reach_m)
    return _strip(line, low, high)


@lru_cache(maxsize=64)
def _strip(line: BaseGeometry, low: float, high: float) -> Footprint:
    """What lies between two distances of a line; kept, since reports of one incident name the same few borders."""
    middle = line.interpolate(0.5, normalized=True)
    plane = Plane(middle.x, middle.y)
    # A hundredth of the width is far below what such words tell; a coast of fjords takes seconds to widen even so.
    flat = plane.project(line)
    flat = flat.simplify(high / (10 if shapely.get_num_coordinates(flat) > LONG_LINE else 100))
    shape = shapes.widened(flat, high)
    if low > 0:
        shape = shape.difference(shapes.widened(flat, low))
    return _made(plane, shape, "border or coast: strip")


def _line(locative: Locative, place: Place, other: Place | None, gazetteer: Gazetteer) -> BaseGeometry | None:
    """The border or coast that a wording names, near the place where that is smaller than a country."""
    coast = locative.distance is not None and locative.distance.manner == "coast"
    if not place.country:
        return None
    line = (
        gazetteer.coast(place.country) if coast else gazetteer.border(place.country, other.country if other else None)
    )
    if line is None or line.is_empty:
        return None
    if place.feature_code.startswith("PCL"):
        return line
    # The border of a town or a province: the part of the country's border that lies near it, or else its own outline.
    plane = Plane(*place.lonlat)
    part = plane.project(line).intersection(_round(plane, place, near(place) + border(place)))
    if not part.is_empty:
        return plane.unproject(part)
    return place.footprint.geometry.boundary if place.footprint.geometry.area else None


def _made(plane: Plane, shape: BaseGeometry, method: str, centre: tuple[float, float] | None = None) -> Footprint:
    """A footprint from a shape of the plane; ``centre`` stands for it, else the plane's own where the shape has it."""
    if centre is None:
        inside = shape if shape.covers(Point(0, 0)) else None
        centre = (plane.lon, plane.lat) if inside else _point_of(plane, shape)
    return Footprint(plane.unproject(shape), shapes.holds(plane, shape, *centre), method, centre)


def _point_of(plane: Plane, shape: BaseGeometry) -> tuple[float, float]:
    middle = shape.centroid if shape.covers(shape.centroid) else shape.representative_point()
    lon, lat = plane.lonlat(np.array(middle.coords))[0].tolist()
    return lon, lat
