"""What changed in an incident from one moment to a later one: reports, claims, regions and conflicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import shapely

from geomap.geodesy import WGS84
from geomap.model import EVENT_ROLES, Claim, Incident, Role, Site

NOTABLE = 0.02
"""A region whose area changed by less than this share is the same region."""


@dataclass(frozen=True, slots=True)
class Resized:
    """A site's region before and after, in square kilometres; None where there was none, or is none any more.

    ``lead`` is the claim by whose wording the site is called.
    """

    role: Role
    name: str
    lead: Claim | None
    before_km2: float | None
    after_km2: float | None


@dataclass(frozen=True, slots=True)
class Since:
    """What is otherwise than it was: reports by id, how many claims, regions, and what conflicts are about."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    claims_added: int
    claims_withdrawn: int
    regions: tuple[Resized, ...]
    opened: tuple[str, ...]
    settled: tuple[str, ...]


def since(before: Incident, after: Incident) -> Since:
    """What changed between two states of one incident.

    The site of the event is compared with itself whatever it is called; other sites by role and place. A conflict is
    opened where nobody contradicted anybody about a thing before, and settled where nobody does any more.
    """
    had = {article.id: article.digest for article in before.articles}
    has = {article.id: article.digest for article in after.articles}
    old, new = _told(before), _told(after)
    about = [each.about for each in before.conflicts], [each.about for each in after.conflicts]
    return Since(
        new=tuple(id for id in has if id not in had),
        changed=tuple(id for id, digest in has.items() if had.get(id, digest) != digest),
        claims_added=len(new - old),
        claims_withdrawn=len(old - new),
        regions=tuple(_resized(before, after)),
        opened=tuple(each for each in about[1] if each not in about[0]),
        settled=tuple(each for each in about[0] if each not in about[1]),
    )


def square_kilometres(site: Site) -> float:
    """The area of a site's region on the ellipsoid in km2; 0 for a point."""
    metres, _ = WGS84.geometry_area_perimeter(shapely.orient_polygons(site.footprint.geometry))
    return abs(metres) / 1e6


def _told(incident: Incident) -> set[tuple[str, str, str, str]]:
    """The claims by report, role, speaker and words: what a report still says after a change is no new claim."""
    return {(each.article, str(each.role), each.attribution.speaker, each.quote) for each in incident.claims}


def _regions(sites: Iterable[Site]) -> dict[tuple[str, str], Site]:
    """The sites by what they are compared by; of several for the event the first, which most claims support."""
    found: dict[tuple[str, str], Site] = {}
    for site in sites:
        key = (
            ("event", "") if site.role in EVENT_ROLES else (str(site.role), site.place.key if site.place else site.name)
        )
        found.setdefault(key, site)
    return found


def _resized(before: Incident, after: Incident) -> Iterable[Resized]:
    had, has = _regions(before.sites), _regions(after.sites)
    told = {claim.id: claim for each in (before, after) for claim in each.claims}
    for key in dict.fromkeys((*has, *had)):
        old, new = had.get(key), has.get(key)
        shown = new or old
        was = square_kilometres(old) if old else None
        now = square_kilometres(new) if new else None
        same = was is not None and now is not None and abs(now - was) <= NOTABLE * max(was, now)
        if shown and not same:
            yield Resized(shown.role, shown.name, told.get(shown.lead), was, now)
