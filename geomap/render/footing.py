"""What a site's region stands on: each wording's own region, which a reader may take away, and why one is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from shapely.geometry.base import BaseGeometry

from geomap.model import EVENT_ROLES, Claim, Footprint, Incident, Site, Wording
from geomap.plane import Plane
from geomap.render import wording
from geomap.render.geojson import Json, geometry
from geomap.tongue import quantity, say, say_many, series

FINE: Final = 1_000
"""An outline is sent to this part of its own width; only what a reader changes is drawn from it."""
TOUCH_M: Final = 50.0
"""Regions nearer than this are taken to meet."""


def wordings(incident: Incident, site: Site, keys: Mapping[str, str]) -> list[Json]:
    """Each wording's region, for a page that intersects those that count: ``keys`` maps claim ids to element ids.

    ``weight`` is the share that its claims have in their origins' voices; ``best`` the point that stands for it.
    """
    weights = _weights(incident)
    return [
        {
            "claims": [keys[id] for id in each.claims if id in keys],
            "geometry": geometry(_drawn(each.footprint)),
            "best": [round(degrees, 5) for degrees in each.footprint.lonlat],
            "uncertainty_m": round(each.footprint.uncertainty_m),
            "weight": round(sum(weights.get(id, 1.0) for id in each.claims), 4),
        }
        for each in site.wordings
    ]


def reasons(incident: Incident, site: Site) -> dict[str, str]:
    """Why each claim that the region leaves out cannot hold with the rest, by claim id."""
    told = {claim.id: claim for claim in incident.claims}
    held = [each for each in site.wordings if not set(each.claims) & set(site.dropped)]
    left = [each for each in site.wordings if set(each.claims) & set(site.dropped)]
    plane = Plane(*site.best)
    shapes = {id(each): plane.project(_area(each.footprint)) for each in site.wordings}
    rest = plane.project(_area(site.footprint))
    found: dict[str, str] = {}
    for each in left:
        gaps = [(shapes[id(each)].distance(shapes[id(other)]), other) for other in held]
        apart = sorted((g for g in gaps if g[0] > TOUCH_M), key=lambda g: g[1].footprint.uncertainty_m)
        said = _apart(apart, told) if apart else _crowded(shapes[id(each)].distance(rest))
        found |= dict.fromkeys(each.claims, said)
    return {id: found.get(id) or say("it cannot hold together with the rest") for id in site.dropped}


def left_out(incident: Incident, site: Site) -> str:
    """One sentence that names the claims left out, "" where all hold."""
    told = [claim for claim in incident.claims if claim.id in site.dropped]
    if not told:
        return ""
    names = series([f"“{claim.quote}”" for claim in {claim.quote: claim for claim in told}.values()])
    said = say_many(
        "%(num)s claim cannot hold with the rest and is left out: %(quotes)s.",
        "%(num)s claims cannot hold with the rest and are left out: %(quotes)s.",
        len(told),
        quotes=names,
    )
    return wording.capitalized(said)


def _apart(gaps: list[tuple[float, Wording]], told: Mapping[str, Claim]) -> str:
    metres, other = gaps[0]
    quote = next((f"“{told[id].quote}”" for id in other.claims if id in told), say("another claim"))
    said = say("all that it admits lies %(far)s or more from all that %(quote)s admits", far=_km(metres), quote=quote)
    if len(gaps) == 1:
        return said
    others = wording.counted("other wording", len(gaps) - 1)
    return say("%(said)s, and apart from %(others)s", said=said, others=others)


def _crowded(metres: float) -> str:
    far = _km(metres)
    return say("it meets every other wording, but none at the place that all share: that lies %(far)s off", far=far)


def _km(metres: float) -> str:
    return quantity(f"{metres / 1000:,.0f}", "km")


def _weights(incident: Incident) -> dict[str, float]:
    """Each claim's share of its origin's one voice, as the regions were intersected with."""
    said = {id for site in incident.sites for each in site.wordings for id in each.claims}
    events = {claim.id for claim in incident.claims if claim.role in EVENT_ROLES and claim.id in said}
    voices: Iterable[list[str]] = ([id for id in origin.claims if id in events] for origin in incident.origins)
    counts = Counter({id: len(voice) for voice in voices for id in voice})
    return {id: 1 / number for id, number in counts.items()}


def _area(footprint: Footprint) -> BaseGeometry:
    """The footprint as an area: a point or a line is widened by its uncertainty."""
    shape = footprint.geometry
    if shape.area:
        return shape
    plane = Plane(*footprint.lonlat)
    return plane.unproject(plane.project(shape).buffer(footprint.uncertainty_m, quad_segs=24))


def _drawn(footprint: Footprint) -> BaseGeometry:
    shape = _area(footprint)
    west, south, east, north = shape.bounds
    return shape.simplify(max(east - west, north - south) / FINE)
