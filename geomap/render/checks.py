"""One checked distance as a page shows it, for checks that belong to no incident."""

from __future__ import annotations

from geomap.geodesy import bearing, compass
from geomap.model import Claim, Finding, QuotedDistance
from geomap.render import wording
from geomap.render.geojson import Json


def row(claim: Claim, finding: Finding) -> Json:
    """What was quoted, what was measured and what that means, with the keys of a view document's distances."""
    names = [end.place.name if end.place else end.text for end in (claim.reference, claim.subject) if end]
    return {
        "name": " to ".join(names),
        "quoted": claim.quote,
        "quoted_text": wording.value(claim.value),
        "quoted_km": None if finding.quoted_m is None else wording.kilometres(finding.quoted_m),
        "ends": ends(claim),
        "bearing": quoted_bearing(claim),
    } | measured(finding)


def ends(claim: Claim) -> list[Json]:
    """The places measured between, from the reference to the subject; fewer than two where one is not known."""
    return [
        {"name": end.place.name, "lonlat": list(end.place.lonlat), "where": wording.coordinates(*end.place.lonlat)}
        for end in (claim.reference, claim.subject)
        if end and end.place
    ]


def quoted_bearing(claim: Claim) -> float | None:
    """The azimuth in degrees of the direction that a distance is quoted with."""
    value = claim.value
    return bearing(value.direction) if isinstance(value, QuotedDistance) and value.direction else None


def measured(finding: Finding) -> Json:
    """The finding alone: verdict and reason, and the geodesic in kilometres, degrees and compass points."""
    line = finding.geodesic
    return {
        "verdict": str(finding.verdict),
        "verdict_text": wording.VERDICTS[finding.verdict],
        "reason": finding.reason,
        "percentile": None if finding.percentile is None else round(finding.percentile),
        "measured_km": wording.kilometres(line.distance_m) if line else None,
        "azimuth": round(line.azimuth) if line else None,
        "compass": compass(line.azimuth).upper() if line else "",
    }
