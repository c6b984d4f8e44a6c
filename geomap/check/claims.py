"""One claim, or one quote, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress
from typing import Final

import numpy as np

from geomap.bounds import Bound, bound
from geomap.calibration import calibration
from geomap.check.columns import Checks, check_table, judged
from geomap.check.conversion import check_conversion
from geomap.check.judge import UNCHECKABLE, VERDICTS
from geomap.check.measure import Measured, measure
from geomap.check.reasons import straight
from geomap.geodesy import METRES, metres
from geomap.model import Claim, Finding, Gazetteer, Geodesic, Place, QuotedDistance, Referent, Role, Verdict

NAMESAKES: Final = 40
"""Namesakes tried at most, for a place whose distance does not fit."""
SAME_NAME: Final = 0.9
"""Candidates whose name fits at least so well are namesakes."""
LEAST_M: Final = 1_000.0
"""Shorter quotes than this say nothing of two centres that lie wider apart than the places reach."""


def check(claim: Claim, gazetteer: Gazetteer) -> Finding:
    """What measuring says of a quoted distance: verdict, percentile among real quotes, and the reason in words.

    A claim that cannot be measured (a length, a travelling time, a place nobody knows) is ``uncheckable`` with its
    reason. A conversion in brackets is checked whatever else can be.
    """
    quoted = claim.value
    if not isinstance(quoted, QuotedDistance):
        return Finding(claim.id, Verdict.UNCHECKABLE, "the claim quotes no distance and no direction")
    why, subject, reference = _ends(claim, quoted)
    if subject is None or reference is None:
        found = Finding(claim.id, Verdict.UNCHECKABLE, why, quoted_m=_metres(quoted))
    else:
        found = _between(claim, quoted, reference, subject, gazetteer)
    if quoted.conversion and quoted.quantity is not None and quoted.unit:
        made = check_conversion(quoted.quantity, quoted.unit, quoted.conversion.quantity, quoted.conversion.unit)
        found = replace(found, reason=f"{found.reason}; {made.reason}")
    return found


def check_distance(
    quantity: float | None,
    unit: str | None,
    direction: str | None,
    *,
    reference: tuple[float, float],
    subject: tuple[float, float],
    reference_population: float = 0,
    subject_population: float = 0,
) -> Finding:
    """Check one quote between two points, (longitude, latitude) in degrees: "60 mi n" of ``reference``.

    ``unit`` is one of km, mi, nmi, m, ft and ``direction`` a compass code; without a quantity the direction alone is
    checked, without a direction the distance. What cannot be checked comes back ``uncheckable`` with its reason.
    """
    checks = check_table(
        [float("nan") if quantity is None else quantity],
        [unit or ""],
        [direction or ""],
        ref_lon=[reference[0]],
        ref_lat=[reference[1]],
        subj_lon=[subject[0]],
        subj_lat=[subject[1]],
        ref_population=[reference_population],
        subj_population=[subject_population],
    )
    return _finding("", checks)


def _finding(id: str, checks: Checks, said: str = "") -> Finding:
    """The first row of a table as a finding."""
    grade = int(checks.verdict[0])
    line = None
    if grade != UNCHECKABLE:
        line = Geodesic(*(float(each[0]) for each in (checks.measured_m, checks.azimuth, checks.back_azimuth)))
    percentile, quoted = float(checks.percentile[0]), float(checks.quoted_m[0])
    return Finding(
        id,
        VERDICTS[grade],
        "; ".join(filter(None, (checks.reasons()[0], said))),
        line,
        None if np.isnan(percentile) else round(percentile, 1),
        None if np.isnan(quoted) else quoted,
    )


def _ends(claim: Claim, quoted: QuotedDistance) -> tuple[str, Place | None, Place | None]:
    """Why there is nothing to measure between, or the two places."""
    if claim.role is Role.LENGTH:
        return "a length, not a distance between two places", None, None
    if quoted.manner == "travel-time":
        return "a travelling time is no distance: it hangs on road, vehicle and stops", None, None
    subject, reference = (each.place if each else None for each in (claim.subject, claim.reference))
    if quoted.manner == "radius" and subject is None:
        return "a radius round a place: there is no second place to measure to", None, None
    if quoted.manner in {"border", "coast"} and reference and not subject:
        return f"{_called(claim.subject)} is no place that could be found", None, None
    for end, what in ((claim.subject, subject), (claim.reference, reference)):
        if what is None:
            return f"{_called(end)} is no place that could be found", subject, reference
    return "", subject, reference


def _called(end: Referent | None) -> str:
    return f"“{end.text}”" if end and end.text else "the other end"


def _metres(quoted: QuotedDistance) -> float | None:
    return metres(quoted.quantity, quoted.unit) if quoted.quantity is not None and quoted.unit else None


def _between(claim: Claim, quoted: QuotedDistance, reference: Place, subject: Place, gazetteer: Gazetteer) -> Finding:
    """The finding for two known places."""
    measured = measure(quoted, reference, subject, gazetteer)
    size = _metres(quoted)
    if measured.geodesic is None:
        return Finding(claim.id, Verdict.UNCHECKABLE, measured.said, quoted_m=size)
    if size is not None and size < min(LEAST_M, measured.reach_m):
        why = f"shorter than the places reach ({straight(measured.reach_m)} together): no two points to measure between"
        return Finding(claim.id, Verdict.UNCHECKABLE, why, measured.geodesic, quoted_m=size)
    found = _judged(claim.id, quoted, measured)
    if found.verdict not in {Verdict.DOUBTFUL, Verdict.CONTRADICTED}:
        return found
    other = _namesake(claim, quoted, reference, subject, gazetteer)
    return replace(found, reason=f"{found.reason}; {other}") if other else found


def _judged(id: str, quoted: QuotedDistance, measured: Measured) -> Finding:
    """The finding for a measured line: a range or bound is met anywhere inside it, and missed from its nearest end."""
    line = measured.geodesic
    assert line is not None
    quantity, said = _nearest(quoted, line.distance_m)
    lines = tuple(np.array([each]) for each in (line.distance_m, line.azimuth, line.back_azimuth))
    checks = judged(
        (lines[0], lines[1], lines[2]),
        np.array([quantity]),
        [quoted.unit or ""],
        [quoted.direction or ""],
        reach_m=np.array([measured.reach_m]),
    )
    found = _finding(id, checks, "; ".join(filter(None, (said, measured.said))))
    if not said:
        return found
    size = _metres(quoted)
    assert size is not None
    place = calibration().percentile(np.array([size / 1000]), np.array([line.distance_m / size]))
    verdict = Verdict.PLAUSIBLE if found.verdict is Verdict.AGREES and "though" in said else found.verdict
    return replace(found, verdict=verdict, quoted_m=size, percentile=round(float(place[0]), 1))


def _nearest(quoted: QuotedDistance, measured_m: float) -> tuple[float, str]:
    """The quantity to judge by, in the quote's unit, and what is to be said where a range or bound is met."""
    if quoted.quantity is None or quoted.unit is None:
        return float("nan"), ""
    measured = measured_m / METRES[quoted.unit]
    low, high = sorted((quoted.quantity, quoted.quantity_to or quoted.quantity))
    kind = Bound.AT_MOST if quoted.manner == "radius" else bound(quoted.hedge)
    if kind is Bound.AT_MOST and measured <= high:
        return measured, f"{quoted.hedge or 'within'} that, as quoted" + (
            "" if measured > high / 2 else ", though far less"
        )
    if kind is Bound.AT_LEAST and measured >= low:
        return measured, f"{quoted.hedge} that, as quoted" + ("" if measured < 2 * high else ", though far more")
    if low < high and low <= measured <= high:
        return measured, "inside the range quoted"
    return (low if measured < low else high), ""


def _namesake(claim: Claim, quoted: QuotedDistance, reference: Place, subject: Place, gazetteer: Gazetteer) -> str:
    """The words "fits the other Yablonovo (...)" where another place of the name of either end fits the quote."""
    for end, this, is_subject in ((claim.subject, subject, True), (claim.reference, reference, False)):
        names = dict.fromkeys(filter(None, (this.name, end.text if end else "")))
        found = [each.place for name in names for each in gazetteer.candidates(name) if each.score >= SAME_NAME]
        others = [
            other
            for other in dict.fromkeys(found[:NAMESAKES])
            if not (other.key == this.key or other.lies_in(this) or this.lies_in(other))
        ]
        pairs = ((reference, other) if is_subject else (other, subject) for other in others)
        fits = _agree(quoted, [measure(quoted, *pair, gazetteer) for pair in pairs])
        if other := next(compress(others, fits), None):
            return f"fits the other {other.name}" + (f" ({', '.join(other.within[-2:])})" if other.within else "")
    return ""


def _agree(quoted: QuotedDistance, lines: Sequence[Measured]) -> list[bool]:
    """Whether each line agrees with the quote, all judged at once: forty namesakes take no longer than one."""
    known = [(each.geodesic, _nearest(quoted, each.geodesic.distance_m)) for each in lines if each.geodesic]
    if not known:
        return [False] * len(lines)
    checks = judged(
        (
            np.array([line.distance_m for line, _ in known]),
            np.array([line.azimuth for line, _ in known]),
            np.array([line.back_azimuth for line, _ in known]),
        ),
        np.array([quantity for _, (quantity, _) in known]),
        [quoted.unit or ""] * len(known),
        [quoted.direction or ""] * len(known),
        reach_m=np.array([each.reach_m for each in lines if each.geodesic]),
    )
    agreed = iter(
        verdict is Verdict.AGREES and "though" not in said
        for verdict, (_, (_, said)) in zip(checks.verdicts(), known, strict=True)
    )
    return [each.geodesic is not None and next(agreed) for each in lines]
