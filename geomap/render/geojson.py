"""An incident as GeoJSON (RFC 7946): the form that every other picture and export is made from."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geomap import plane
from geomap.geodesy import METRES, WGS84
from geomap.model import (
    MEASURED_ROLES,
    Claim,
    Comparison,
    Conflict,
    Finding,
    Incident,
    Mentioned,
    QuotedDistance,
    Role,
    Route,
    Site,
    Status,
)
from geomap.render import wording
from geomap.render.georeference import said, uncertainty
from geomap.render.native import native

DEGREES = 6
"""Decimals written: a tenth of a metre, finer than anything a report says."""

CHECKS = {Role.TIME: "time", Role.COUNT: "sum"}
"""What a check is of that measures no line, by the role of its claim."""

Json = dict[str, Any]


def feature_collection(incident: Incident) -> Json:
    """The incident as a FeatureCollection, with more members: ``incident``, ``conflicts``, ``comparisons``, ``checks``
    (of times and sums) and ``unplaced``.

    Each feature's properties hold ``role``, ``name``, ``status``, ``speaker``, ``speakers``, ``reports``, ``claims``
    (ids) and ``uncertainty_m``; what claims stand for also whether it is ``disputed``. A site is a Point (``part``
    "point") and, where its wording gives one, the region it lies in (``part`` "region"), both with Darwin Core's terms
    for how it was placed and with what it is ``called`` by its wording ("about 40 km south of" its ``name``); a
    distance is the geodesic between its two places, or has no geometry. Polygons wind counterclockwise and nothing
    crosses the antimeridian.
    """
    claims = {claim.id: claim for claim in incident.claims}
    sites = [feature for site in incident.sites for feature in _site(site, said(incident, site, claims), claims)]
    routes = [_route(route) for route in incident.routes]
    checked = [(finding, claims[finding.claim]) for finding in incident.findings]
    distances = [_distance(finding, claim) for finding, claim in checked if claim.role in MEASURED_ROLES]
    placed = {site.place.key for site in incident.sites if site.place}
    mentioned = [_mentioned(each, each.place.key in placed) for each in incident.mentioned]
    against = disputed(incident)
    for feature in (*sites, *routes, *distances):
        feature["properties"]["disputed"] = bool(against.intersection(feature["properties"]["claims"]))
    return {
        "type": "FeatureCollection",
        "features": [feature for feature in (*sites, *routes, *distances, *mentioned) if feature],
        "incident": _head(incident),
        "conflicts": [conflict(each) for each in incident.conflicts],
        "comparisons": [comparison(each) for each in incident.comparisons],
        "checks": [check(finding, claim) for finding, claim in checked if claim.role not in MEASURED_ROLES],
        "unplaced": [{"text": u.text, "report": u.report, "reason": u.reason} for u in incident.unplaced],
    }


def disputed(incident: Incident) -> set[str]:
    """The claims (ids) whose answer has rivals or is denied; wording that several answers share is none of them."""
    sides = [side for each in incident.comparisons for side in each.sides if each.contested or side.denied]
    return {id for side in sides for id in side.claims} - {id for side in sides for id in side.coarser}


def geometry(shape: BaseGeometry) -> Json:
    """A shape as a GeoJSON geometry, rounded and wound as RFC 7946 asks."""
    wound = shapely.orient_polygons(shape) if shape.area else shape
    result: Json = shapely.geometry.mapping(shapely.transform(wound, lambda c: c.round(DEGREES)))
    return result


def conflict(each: Conflict) -> Json:
    """A conflict as the export has it."""
    return {
        "about": each.about,
        "sides": [
            {
                "value": side.value,
                "hedge": side.hedge,
                "speakers": list(side.speakers),
                "origins": list(side.origins),
                "reports": list(side.reports),
                "claims": list(side.claims),
            }
            for side in each.sides
        ],
    }


def comparison(each: Comparison) -> Json:
    """A comparison as the export has it: a conflict's members, and what stands behind and against each side."""
    more = [
        {
            "coarser": list(side.coarser),
            "denied": list(side.denied),
            "unverified": list(side.unverified),
            "support": side.support,
            "backing": [
                {"origin": b.origin, "reports": list(b.reports), "independent": b.independent} for b in side.backing
            ],
        }
        for side in each.sides
    ]
    plain = conflict(Conflict(each.about, each.sides))
    sides = [side | extra for side, extra in zip(plain["sides"], more, strict=True)]
    return {"about": each.about, "contested": each.contested, "sides": sides}


def check(finding: Finding, claim: Claim) -> Json:
    """A checked time or sum as the export has it; ``parts`` are the claims that a total was added up from."""
    return {
        "kind": CHECKS[claim.role],
        "claim": claim.id,
        "quoted": claim.quote,
        "status": str(claim.attribution.status),
        "speaker": claim.attribution.speaker,
        "reports": [claim.article],
        "verdict": str(finding.verdict),
        "reason": finding.reason,
        "parts": list(finding.parts),
    }


def iso(when: dt.date | None) -> str | None:
    """A day or a moment in ISO 8601."""
    return when.isoformat() if when else None


def _head(incident: Incident) -> Json:
    return {
        "id": incident.id,
        "title": incident.title,
        "date": iso(incident.when),
        **({"note": incident.note} if incident.note else {}),
        "reports": [
            {
                "id": article.id,
                "title": article.title,
                "outlet": article.outlet,
                "published": iso(article.published),
                "published_at": iso(article.published_at),
                "updated": iso(article.updated),
                "updated_at": iso(article.updated_at),
                "url": article.url,
            }
            for article in incident.articles
        ],
    }


def _feature(shape: BaseGeometry | None, properties: Json) -> Json:
    return {"type": "Feature", "geometry": geometry(shape) if shape else None, "properties": properties}


def _standing(role: str, name: str, claim: Site | Route) -> Json:
    return {
        "role": role,
        "name": name,
        "status": str(claim.status),
        "speaker": next(iter(claim.speakers), None),
        "speakers": list(claim.speakers),
        "reports": list(claim.reports),
    }


def _site(site: Site, georeference: Mapping[str, str], claims: Mapping[str, Claim]) -> list[Json]:
    """The features of a site; ``georeference`` are the terms of Darwin Core that say how it was placed."""
    shared = _standing(str(site.role), site.name, site) | {
        "uncertainty_m": round(site.footprint.uncertainty_m),
        "method": site.footprint.method,
        "claims": list(site.held),
        "dropped": list(site.dropped),
        "called": wording.called(site.name, claims.get(site.lead)),
        "native": native(site.place) if site.place else "",
        "gid": site.place.geonames_id if site.place else None,
        "coordinateUncertaintyInMeters": uncertainty(site),
        **georeference,
    }
    features = [_feature(Point(site.best), shared | {"part": "point"})]
    if site.footprint.geometry.area:
        area = abs(WGS84.geometry_area_perimeter(site.footprint.geometry)[0]) / 1e6
        features.append(_feature(site.footprint.geometry, shared | {"part": "region", "area_km2": round(area, 1)}))
    return features


def _route(route: Route) -> Json:
    properties = _standing(str(Role.ROUTE), route.name, route)
    properties |= {
        "uncertainty_m": None,
        "distance_km": round(route.distance_m / 1000, 1),
        "claims": list(route.claims),
    }
    return _feature(route.geometry, properties)


def _distance(finding: Finding, claim: Claim) -> Json:
    value, geodesic = claim.value, finding.geodesic
    subject, reference = claim.subject, claim.reference
    line = None
    if geodesic and subject and reference and subject.place and reference.place:
        line = plane.line(*reference.place.lonlat, *subject.place.lonlat)
    properties = {
        "role": str(claim.role),
        "name": _between(claim),
        "status": str(claim.attribution.status),
        "speaker": claim.attribution.speaker,
        "speakers": [claim.attribution.speaker],
        "reports": [claim.article],
        "uncertainty_m": None,
        "claims": [claim.id],
        "quoted": claim.quote,
        "quoted_km": _km(finding.quoted_m),
        "measured_km": _km(geodesic.distance_m) if geodesic else None,
        "azimuth": round(geodesic.azimuth, 2) if geodesic else None,
        "direction": value.direction if isinstance(value, QuotedDistance) else None,
        "percentile": None if finding.percentile is None else round(finding.percentile, 1),
        "verdict": str(finding.verdict),
        "reason": finding.reason,
    }
    return _feature(line, properties)


def _km(metres: float | None) -> float | None:
    return None if metres is None or not math.isfinite(metres) else round(metres / METRES["km"], 3)


def _between(claim: Claim) -> str:
    ends = [end.name for end in (claim.reference, claim.subject) if end]
    return " to ".join(ends) or claim.quote


def _mentioned(mentioned: Mentioned, placed: bool) -> Json:
    place = mentioned.place
    properties = {
        "role": "mentioned",
        "name": mentioned.name or place.name,
        "status": str(Status.REPORTED),
        "speaker": None,
        "speakers": [],
        "reports": list(mentioned.reports),
        "uncertainty_m": round(place.footprint.uncertainty_m),
        "native": native(place),
        "gid": place.geonames_id,
        "place": place.name,
        "country": place.country or None,
        "feature_code": place.feature_code,
        "within": list(place.within),
        "placed": placed,
    }
    # Of these there may be ten thousand: a point needs no shape to be written.
    lon, lat = place.lonlat
    point = {"type": "Point", "coordinates": (round(lon, DEGREES), round(lat, DEGREES))}
    return {"type": "Feature", "geometry": point, "properties": properties}
