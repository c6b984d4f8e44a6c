"""Checks as pages show them: a distance with what was measured, a time or a sum with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geomap.geodesy import bearing, compass
from geomap.model import HARSHNESS, MEASURED_ROLES, Claim, Finding, Incident, QuotedDistance, Role
from geomap.render import wording
from geomap.render.geojson import CHECKS, Json
from geomap.render.restated import restated
from geomap.tongue import mark, say


def row(claim: Claim, finding: Finding) -> Json:
    """What was quoted, what was measured and what that means, with the keys of a view document's distances."""
    names = [end.name for end in (claim.reference, claim.subject) if end]
    return {
        "name": wording.between(names),
        "names": names,
        "quoted": claim.quote,
        "quoted_text": wording.value(claim.value),
        "quoted_km": None if finding.quoted_m is None else wording.kilometres(finding.quoted_m),
        "ends": ends(claim),
        "bearing": quoted_bearing(claim),
    } | measured(finding)


def sums_and_times(incident: Incident) -> list[Json]:
    """The checked times and sums, each with the claims it rests on: the one checked, then the parts of a total."""
    told = {claim.id: claim for claim in incident.claims}
    plain = [f for f in incident.findings if f.claim in told and told[f.claim].role not in MEASURED_ROLES]
    return [
        plain_row(told[finding.claim], finding)
        | {"id": f"check-{number}", "claims": [finding.claim, *finding.parts], "reports": _reports(finding, told)}
        for number, finding in enumerate(plain, 1)
    ]


def _reports(finding: Finding, told: Mapping[str, Claim]) -> list[str]:
    return list(dict.fromkeys(told[id].article for id in (finding.claim, *finding.parts) if id in told))


def plain_row(claim: Claim, finding: Finding) -> Json:
    """A checked time or sum in words."""
    return {
        "kind": CHECKS[claim.role],
        "label": say(LABELS[claim.role]),
        "quoted": " ".join(claim.quote.split()),
        "verdict": str(finding.verdict),
        "verdict_text": wording.verdict(finding.verdict),
        "reason": restated(finding.reason),
    }


def harshest(claims: Iterable[Json]) -> Json | None:
    """The finding among several claims of a document that speaks most against them; None where none was checked."""
    findings = [claim["finding"] for claim in claims if claim["finding"]]
    return max(findings, key=lambda finding: HARSHNESS.index(finding["verdict"]), default=None)


LABELS = {Role.TIME: mark("Time"), Role.COUNT: mark("Sum")}
"""What a check is called that measures no line."""


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
        "verdict_text": wording.verdict(finding.verdict),
        "reason": restated(finding.reason),
        "percentile": None if finding.percentile is None else round(finding.percentile),
        "measured_km": wording.kilometres(line.distance_m) if line else None,
        "azimuth": round(line.azimuth) if line else None,
        "compass": wording.point(compass(line.azimuth)) if line else "",
    }
