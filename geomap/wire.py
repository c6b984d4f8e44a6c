"""Records as the JSON that other programs read: mentions and claims, in the shapes that stay put."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geomap.ends import FEW
from geomap.model import (
    SITE_ROLES,
    Claim,
    ClockTime,
    Count,
    Finding,
    Locative,
    Matter,
    QuotedDistance,
    Referent,
    Resolution,
    Value,
)
from geomap.moments import written
from geomap.render.geojson import CHECKS, geometry, iso

if TYPE_CHECKING:
    from geomap.archive import Wording
    from geomap.desk import Check
    from geomap.ends import End, Namesake
    from geomap.store import Summary
    from geomap.versions import Changes

Json = dict[str, Any]

DEGREES = 5
"""Decimals of a coordinate: about a metre."""


def dumps(value: object) -> str:
    """One line of JSON; NaN and infinity are refused, since JSON has neither."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def mention(resolution: Resolution) -> Json:
    """A mention with its place; ``lat``, ``lon``, ``gid`` and ``name`` are null where it was left unresolved."""
    place, span = resolution.place, resolution.mention.span
    lon, lat = place.lonlat if place else (None, None)
    return {
        "start": span.start,
        "end": span.end,
        "text": resolution.mention.surface,
        "kind": str(resolution.mention.kind),
        "lat": _rounded(lat),
        "lon": _rounded(lon),
        "gid": place.geonames_id if place else None,
        "name": place.name if place else None,
        "country": (place.country or None) if place else None,
        "confidence": round(resolution.confidence, 3),
        "reason": resolution.reason or None,
    }


def claim(each: Claim) -> Json:
    """A claim with its quote, offsets, ends, value and attribution."""
    attribution = each.attribution
    return {
        "id": each.id,
        "role": str(each.role),
        "quote": each.quote,
        "start": each.span.start,
        "end": each.span.end,
        "subject": referent(each.subject),
        "reference": referent(each.reference),
        "value": None if each.role in SITE_ROLES else value(each.value),
        "speaker": attribution.speaker,
        "office": attribution.office,
        "chain": list(attribution.chain),
        "status": str(attribution.status),
        "evidence": attribution.evidence,
    }


def referent(each: Referent | None) -> Json | None:
    """What a claim speaks of: its words and, where it was placed, its name and coordinates."""
    if each is None:
        return None
    lon, lat = each.place.lonlat if each.place else (None, None)
    return {
        "text": each.text,
        "name": each.place.name if each.place else None,
        "lat": _rounded(lat),
        "lon": _rounded(lon),
    }


def value(each: Value | None) -> Json | None:
    """What a claim says, by its kind; a :class:`~geomap.model.Locative` is wording, not a value, and is null."""
    match each:
        case QuotedDistance():
            return distance(each)
        case ClockTime():
            return {
                "local": each.local,
                "gmt": each.gmt,
                "zones": dict(each.zones),
                "date": each.date,
                "hedge": each.hedge,
            }
        case Count():
            return {"count": each.count, "of": each.of, "hedge": each.hedge}
        case Matter():
            return {"what": each.what}
        case Locative() | None:
            return None


def distance(each: QuotedDistance) -> Json:
    """A quoted distance; a whole number is written as one."""
    conversion = each.conversion
    return {
        "quantity": _plain(each.quantity),
        "quantity_to": _plain(each.quantity_to),
        "unit": each.unit,
        "direction": each.direction,
        "hedge": each.hedge,
        "conversion": {"quantity": _plain(conversion.quantity), "unit": conversion.unit} if conversion else None,
        "manner": each.manner or None,
    }


def finding(each: Finding) -> Json:
    """What measuring says of a claim: kilometres, degrees, a verdict and its reason.

    Of a time or a sum the figures are null; ``parts``, where there are any, are the claims that a total was added up
    from.
    """
    geodesic = each.geodesic
    parts = {"parts": list(each.parts)} if each.parts else {}
    return parts | {
        "claim": each.claim,
        "quoted_km": None if each.quoted_m is None else round(each.quoted_m / 1000, 3),
        "measured_km": round(geodesic.distance_m / 1000, 3) if geodesic else None,
        "azimuth": round(geodesic.azimuth, 2) if geodesic else None,
        "percentile": None if each.percentile is None else round(each.percentile, 1),
        "verdict": str(each.verdict),
        "reason": each.reason,
    }


def check(each: Check, *, candidates: int = FEW) -> Json:
    """A claim with its finding, what each of its ends may mean, and the region its words make as GeoJSON.

    What is no distance says by its ``kind`` whether it is a time or a sum, and has neither ends nor region.
    """
    kind = {} if each.is_measured else {"kind": CHECKS[each.claim.role]}
    return (
        claim(each.claim)
        | kind
        | {
            "finding": finding(each.finding),
            "ends": {"reference": end(each.reference, candidates), "subject": end(each.subject, candidates)},
            "region": geometry(each.region.geometry) if each.region else None,
        }
    )


def end(each: End | None, candidates: int = FEW) -> Json | None:
    """One end of a checked distance: its words, the key of the place measured, and so many candidates at most."""
    if each is None:
        return None
    return {
        "text": each.words,
        "key": each.place.key if each.place else None,
        "label": each.place.label if each.place else None,
        "chosen": each.chosen,
        "candidates": [candidate(namesake) for namesake in each.namesakes[:candidates]],
        "more": each.more + len(each.namesakes[candidates:]),
    }


def candidate(each: Namesake) -> Json:
    """A place that words may mean, with its distance from the other end."""
    lon, lat = each.place.lonlat
    return {
        "key": each.place.key,
        "label": each.place.label,
        "lat": _rounded(lat),
        "lon": _rounded(lon),
        "away_km": None if each.away_m is None else round(each.away_m / 1000, 3),
    }


def summary(each: Summary) -> Json:
    """An incident of the store, in short."""
    return {
        "id": each.id,
        "title": each.title,
        "date": each.when.isoformat() if each.when else None,
        "reports": each.reports,
        "claims": each.claims,
        "updated": each.updated.isoformat(),
        "revision": each.revision,
    }


def _rounded(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, DEGREES)


def _plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number


def wording(each: Wording) -> Json:
    """One wording of a report, with its claims and what changed since the one before (null for the first)."""
    article = each.article
    return {
        "number": each.number,
        "revision": each.revision,
        "title": article.title,
        "published": iso(article.published),
        "published_at": iso(article.published_at),
        "updated": iso(article.updated),
        "updated_at": iso(article.updated_at),
        "known": written(article.known) if article.known else None,
        "claims": [claim(one) for one in each.claims],
        "changes": _changes(each.changes) if each.changes else None,
    }


def _changes(changes: Changes) -> Json:
    return {
        "added": [claim(one) for one in changes.added],
        "altered": [{"before": claim(one.before), "after": claim(one.after)} for one in changes.altered],
        "withdrawn": [claim(one) for one in changes.withdrawn],
    }
