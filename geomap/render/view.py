"""What a map shows when it opens: the places of the event, with the route leading in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from shapely.geometry import shape

from geomap.geodesy import inverse
from geomap.render.geojson import Json

EVENT = ("crash-site", "incident-site")
AROUND = (*EVENT, "launch-area", "exchange-point", "distance", "origin", "destination")
NEARBY_M = 160_000
"""How far from the event something may lie and still be in the opening view: a day's story, not the whole journey."""
WIDEST_M = 60_000
"""A region that is less certain than this counts with its best point, not with its whole outline."""
VAST_M = 250_000
"""A site less certain than this is listed and not drawn: "in Russia" is no place on a map of one incident."""
DEGREE_M = 111_195
"""A degree of latitude, on the sphere that is near enough for a margin."""
LEAST_DEGREES = 0.35
"""The opening view spans at least this much of latitude: about 40 km."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

WORLD: Bounds = (-170.0, -56.0, 170.0, 76.0)
"""What is shown where nothing is placed."""


def view(features: Iterable[Json]) -> Json:
    """``{"event": bounds, "whole": bounds}`` of everything drawn except what is only mentioned.

    ``event`` holds the site that most claims speak for and what lies about it; without a site it is the same as
    ``whole``. Bounds are [west, south, east, north] in degrees, or None where nothing is drawn.
    """
    drawn = [f for f in features if f["geometry"] and f["properties"]["role"] != "mentioned" and not vast(f)]
    whole = _join([_bounds(each) for each in drawn])
    sites = [each for each in drawn if each["properties"]["role"] in EVENT]
    if not sites or whole is None:
        return {"event": whole and widen(whole), "whole": whole and widen(whole)}
    told = max((each["properties"]["claims"] for each in sites), key=len)
    core = _join([_bounds(each) for each in sites if each["properties"]["claims"] == told])
    near = [b for b in (_bounds(f) for f in drawn if f["properties"]["role"] in AROUND) if core and _near(b, core)]
    event = _join([core, *near])
    return {"event": event and widen(event), "whole": widen(whole)}


def vast(feature: Json) -> bool:
    """Whether a site is known so roughly that no point and no outline would tell where it is."""
    properties = feature["properties"]
    return properties["role"] != "mentioned" and (properties.get("uncertainty_m") or 0) > VAST_M


def around(bounds: Sequence[float]) -> Bounds:
    """The bounds with as much again on every side, for whatever shape a screen has."""
    west, south, east, north = bounds
    # A screen shows degrees of longitude narrower by the cosine of the latitude.
    narrow = max(0.1, math.cos(math.radians((south + north) / 2)))
    wide = max(east - west, (north - south) / narrow)
    high = max(north - south, (east - west) * narrow)
    middle, level = (west + east) / 2, (south + north) / 2
    return (
        max(-180.0, middle - 1.25 * wide),
        max(-85.0, level - high),
        min(180.0, middle + 1.25 * wide),
        min(85.0, level + high),
    )


def _bounds(feature: Json) -> Bounds | None:
    properties = feature["properties"]
    rough = (properties.get("uncertainty_m") or 0) > WIDEST_M
    if properties.get("part") == "region" and rough:
        return None
    west, south, east, north = shape(feature["geometry"]).bounds
    if not rough or properties["role"] not in EVENT:
        return west, south, east, north
    # The best point alone would show the event closer than it is known.
    reach = WIDEST_M / DEGREE_M
    wide = reach / max(0.1, math.cos(math.radians((south + north) / 2)))
    return west - wide, south - reach, east + wide, north + reach


def _join(bounds: Iterable[Bounds | None]) -> Bounds | None:
    known = [each for each in bounds if each]
    if not known:
        return None
    west, south, east, north = zip(*known, strict=True)
    return min(west), min(south), max(east), max(north)


def _near(bounds: Bounds | None, core: Bounds) -> bool:
    """Whether every corner lies within NEARBY_M of the middle of the event."""
    if bounds is None:
        return False
    lon, lat = (core[0] + core[2]) / 2, (core[1] + core[3]) / 2
    corners = [(x, y) for x in (bounds[0], bounds[2]) for y in (bounds[1], bounds[3])]
    return all(inverse(lon, lat, x, y).distance_m < NEARBY_M for x, y in corners)


def widen(bounds: Bounds) -> list[float]:
    """The bounds as a list, at least :data:`LEAST_DEGREES` of latitude high."""
    west, south, east, north = bounds
    more = max(0.0, LEAST_DEGREES - (north - south)) / 2
    return [max(-180, west - more), max(-90, south - more), min(180, east + more), min(90, north + more)]
