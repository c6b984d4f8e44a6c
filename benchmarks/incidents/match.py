"""Whether a claim is what a line of a reading asks for."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.incidents.gold import Line, Spot, clock, counted, hedge_kind, plain, quoted, shares
from geomap.claims.speakers import REPORT, canonical, is_outlet
from geomap.geodesy import inverse
from geomap.model import (
    EVENT_ROLES,
    SITE_ROLES,
    Claim,
    ClockTime,
    Count,
    Matter,
    Place,
    QuotedDistance,
    Referent,
    Role,
    Status,
)

Spots = Mapping[str, Spot]


def meets(line: Line, claim: Claim, spots: Spots) -> bool:
    """Role and value (of a distance its numbers alone; its ends are asked of :func:`ends`)."""
    if not _same_role(line.role, claim.role):
        return False
    match claim.value:
        case QuotedDistance():
            return _same_distance(line.field(0), claim.value)
        case Count(count=number, of=of):
            wanted, what, _ = counted(line.field(0))
            return (wanted is None or number == wanted) and of in what
        case ClockTime():
            return _same_time(clock(line.field(0)), claim.value)
        case Matter(what=what):
            return shares(what, line.choices(0))
    if claim.role is Role.ROUTE:
        return at(line, 0, claim.subject, spots) and at(line, 1, claim.reference, spots)
    return at(line, 0, claim.subject, spots)


def springs(line: Line, claim: Claim, spots: Spots) -> bool:
    """Whether a claim is the background that a ``never:`` line names."""
    if line.role == "site" or claim.role in SITE_ROLES:
        named = claim.subject is not None and any(_named(name, claim.subject) for name in line.choices(0))
        return named and claim.role in SITE_ROLES and (line.role == "site" or _same_role(line.role, claim.role))
    return meets(line, claim, spots)


def ends(line: Line, claim: Claim, spots: Spots) -> tuple[bool, bool]:
    """Whether a distance's subject and its reference are right; an end that is not asked for is."""
    subject = not line.field(1) or at(line, 1, claim.subject, spots)
    return subject, not line.field(2) or at(line, 2, claim.reference, spots)


def details(line: Line, claim: Claim) -> dict[str, bool]:
    """Hedge, date, other zones and conversion, where the line gives them."""
    match claim.value:
        case Count(hedge=hedge):
            return {"hedge": counted(line.field(0))[2] == hedge_kind(hedge)}
        case ClockTime(hedge=hedge, gmt=gmt, date=date):
            asked = clock(line.field(0))
            found = {"hedge": asked["hedge"] == hedge_kind(hedge)}
            found |= {"gmt": asked["gmt"] == gmt} if "gmt" in asked else {}
            return found | ({"date": asked["date"] == date} if "date" in asked and "local" in asked else {})
        case QuotedDistance(hedge=hedge, conversion=other):
            want = quoted(line.field(0))
            found = {"hedge": want.hedge == hedge_kind(hedge)}
            if want.conversion:
                found["conversion"] = other is not None and (other.quantity, other.unit) == want.conversion
            return found
    return {}


def speaker(line: Line, claim: Claim) -> bool | None:
    """Whether the speaker is right; None where the line asks for none."""
    wanted = line.choices(_voice(line))
    return any(_same_speaker(name, claim) for name in wanted) if wanted else None


def _voice(line: Line) -> int:
    return {"distance": 3, "length": 3, "route": 2}.get(line.role, 1)


def status(line: Line, claim: Claim) -> bool | None:
    """Whether the status is right: where a line gives none, what somebody says is claimed or confirmed."""
    wanted = () if line.role in {"distance", "length", "route"} else line.choices(2)
    voices = line.choices(_voice(line))
    if not wanted and voices and "report" not in voices:
        wanted = (str(Status.CLAIMED), str(Status.CONFIRMED))
        wanted += (str(Status.REPORTED),) if is_outlet(claim.attribution.speaker) else ()
    elif not wanted and voices == ("report",):
        wanted = (str(Status.REPORTED),)
    return str(claim.attribution.status) in wanted if wanted else None


def holds(claim: Claim, spots: Spots) -> bool:
    """Whether a site claim is a wider unit that holds one of the incident's places: coarse, not wrong."""
    place = claim.subject.place if claim.subject else None
    if place is None or not place.feature_code.startswith(("ADM", "PCL")):
        return False
    return any(_covers(place, spot) for spot in spots.values())


def unplaced(claim: Claim, spots: Spots) -> bool:
    """Whether a claim names a place of the incident that gazetteers list, and has none."""
    subject = claim.subject
    if subject is None or subject.place is not None:
        return False
    if any(not spot.listed and _named(spot.name, subject) for spot in spots.values()):
        return False
    return any(spot.listed and _named(spot.name, subject) for spot in spots.values())


def at(line: Line, index: int, referent: Referent | None, spots: Spots) -> bool:
    """Whether a referent is one of the places that a field names."""
    return referent is not None and any(_is(name, referent, spots) for name in line.choices(index))


def _is(name: str, referent: Referent, spots: Spots) -> bool:
    spot = spots.get(name)
    if spot is None:
        return _named(name, referent)
    if referent.place is None:
        return not spot.listed and _named(name, referent)
    return inverse(spot.lon, spot.lat, *referent.place.lonlat).distance_m <= spot.tolerance_m


def _named(name: str, referent: Referent) -> bool:
    words = f" {plain(name)} "
    place = referent.place
    return words in f" {plain(referent.text)} " or (place is not None and words.strip() == plain(place.name))


def _covers(place: Place, spot: Spot) -> bool:
    return inverse(spot.lon, spot.lat, *place.lonlat).distance_m <= place.footprint.uncertainty_m


def _same_role(wanted: str, role: Role) -> bool:
    events = {str(each) for each in EVENT_ROLES}
    return wanted == role or (wanted in events and role in EVENT_ROLES)


def _same_distance(text: str, value: QuotedDistance) -> bool:
    want = quoted(text)
    quantity = abs((value.quantity or 0) - want.quantity) < 0.01 * want.quantity
    return quantity and value.unit == want.unit and value.direction == want.direction


def _same_time(asked: dict[str, str], value: ClockTime) -> bool:
    if "local" not in asked:
        return value.local is None and value.gmt is None and value.date == asked["date"]
    return asked["local"] in {value.local, *dict(value.zones).values()}


def _same_speaker(name: str, claim: Claim) -> bool:
    found = claim.attribution.speaker
    own = claim.attribution.chain[0] if claim.attribution.chain else REPORT
    if name == "report":
        return found in {REPORT, own, ""}
    if canonical(name) == canonical(found):
        return True
    a, b = f" {plain(name)} ", f" {plain(found)} "
    return bool(b.strip()) and (a in b or b in a)
