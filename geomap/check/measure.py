"""What is measured for a claim: from centre to centre, edge to edge, or to a border or coast."""

from __future__ import annotations

from dataclasses import dataclass

from shapely import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from geomap import extent
from geomap.geodesy import inverse
from geomap.model import Gazetteer, Geodesic, Place, QuotedDistance
from geomap.plane import Plane


@dataclass(frozen=True, slots=True)
class Measured:
    """The line from the reference to the subject, and what it runs between in words ("" from centre to centre).

    ``geodesic`` is None where there is nothing to measure: ``said`` is then the reason.
    """

    geodesic: Geodesic | None
    said: str = ""
    reach_m: float = 0.0


def measure(quoted: QuotedDistance, reference: Place, subject: Place, gazetteer: Gazetteer) -> Measured:
    """Measure as the wording asks."""
    if quoted.manner in {"border", "coast"}:
        return _to_line(quoted.manner, reference, subject, gazetteer)
    if reference.key == subject.key:
        return Measured(None, "both ends are the same place")
    centres = inverse(*reference.lonlat, *subject.lonlat)
    if quoted.quantity is None:
        return Measured(centres, reach_m=extent.of(reference) + extent.of(subject))
    areas = [place for place in (reference, subject) if extent.is_area(place)]
    if quoted.manner == "edge" or areas:
        return _between_edges(reference, subject, centres, areas if quoted.manner != "edge" else [reference, subject])
    return Measured(centres, reach_m=extent.of(reference) + extent.of(subject))


def _between_edges(reference: Place, subject: Place, centres: Geodesic, edged: list[Place]) -> Measured:
    """From the nearest edge of each place in ``edged``; a place without a shape is a disc."""
    names = " and ".join(place.name for place in edged)
    plane = Plane(*reference.lonlat)
    shapes = [_outline(plane, place, place in edged) for place in (reference, subject)]
    start, end = nearest_points(*shapes)
    if start.equals(end):
        return Measured(
            None, f"{subject.name} and {reference.name} lie one inside the other: there is no gap to measure"
        )
    (lon1, lat1), (lon2, lat2) = (plane.lonlat_of(point) for point in (start, end))
    line = inverse(lon1, lat1, lon2, lat2)
    # The direction is that of the places, not of the two points that happen to be nearest.
    gap = Geodesic(line.distance_m, centres.azimuth, centres.back_azimuth)
    return Measured(gap, f"measured from the edge of {names}")


def _outline(plane: Plane, place: Place, edged: bool) -> BaseGeometry:
    shape = place.footprint.geometry
    if edged and shape.area:
        return plane.project(shape)
    spot = plane.project(Point(*place.lonlat))
    return spot.buffer(extent.of(place), quad_segs=32) if edged else spot


def _to_line(kind: str, reference: Place, subject: Place, gazetteer: Gazetteer) -> Measured:
    """From the nearest point of the border between two countries, or of a country's border or coast."""
    if kind == "coast":
        line = gazetteer.coast(reference.country)
    else:
        other = subject.country if subject.country not in {"", reference.country} else None
        line = gazetteer.border(reference.country, other)
    if line is None or line.is_empty:
        return Measured(None, f"no {kind} of {reference.name} is known")
    plane = Plane(*subject.lonlat)
    near, _ = nearest_points(plane.project(line), Point(0, 0))
    lon, lat = plane.lonlat_of(near)
    words = "border" if kind == "border" else "coast"
    return Measured(inverse(lon, lat, *subject.lonlat), f"measured from the nearest point of the {words}")
