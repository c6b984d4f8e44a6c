"""When things are said to have happened: the times and days that reports quote, on one axis of local time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from geomap.model import EVENT_ROLES, Claim, ClockTime, Incident, Span
from geomap.render import wording
from geomap.render.geojson import Json
from geomap.tongue import day_short, joined, spoken

AROUND: Final = dt.timedelta(minutes=10)
"""How far "around 11:00" is drawn to either side, and how long "shortly before" and "shortly after" last."""
OPEN: Final = dt.timedelta(hours=1)
"""How far "before" and "after" are drawn; they have no other end."""
DAY: Final = dt.timedelta(days=1)
MARGIN: Final = 0.06
"""The part of the axis that is left free at either end."""
TICKS: Final = 4
"""About how many steps an axis is marked in."""
STEPS: Final = tuple(dt.timedelta(minutes=m) for m in (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14400))
"""Steps that a clock or a calendar is read in."""
BEFORE, AFTER = ("before", "by"), ("after",)
SHORTLY_BEFORE, SHORTLY_AFTER = "shortly before", "shortly after"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as it is drawn: naive local times; ``start`` and ``end`` are what its wording allows."""

    at: dt.datetime
    start: dt.datetime
    end: dt.datetime
    day: bool = False
    """Whether no hour is given."""


@dataclass(frozen=True, slots=True)
class Said:
    """Where each report speaks of an entry of the page (spans with its id, by report), and the entries of the event."""

    spans: Mapping[str, Sequence[tuple[Span, str]]]
    event: list[str]


def moments(incident: Incident, claims: Mapping[str, Json]) -> Json | None:
    """``{"zone", "ticks", "rows"}`` of the times that the claims in ``claims`` (the view document's) quote.

    A row is one answer ("around 11:00 local") with its claims, speakers and outlets and, by ``with``, the entries that
    the same sentences speak of; ``x``, ``from`` and ``to`` are per cent of the axis. Rows come in order of time. None
    where there are fewer than two: one time is no sequence.
    """
    told = [claim for claim in incident.claims if isinstance(claim.value, ClockTime) and claim.id in claims]
    placed = _placed(incident, told)
    if len(placed) < 2:
        return None
    low, high = _span([moment for moment, _ in placed])
    said = _said(incident, claims)
    rows = [_row(moment, mine, claims, said) | _drawn(moment, low, high) for moment, mine in placed]
    return {"zone": _zone_name(incident), "ticks": _ticks(low, high), "rows": rows}


def _placed(incident: Incident, told: Sequence[Claim]) -> list[tuple[Moment, list[Claim]]]:
    """The answers that can be put on the axis, in order of time, each with the claims that give it."""
    zone, offset = _zone(incident), _quoted_offset(told)
    groups: defaultdict[tuple[Moment, str], list[Claim]] = defaultdict(list)
    for claim in told:
        if isinstance(claim.value, ClockTime) and (moment := _moment(claim.value, incident, zone, offset)):
            groups[moment, claim.value.hedge or ""].append(claim)
    return sorted(
        ((moment, mine) for (moment, _), mine in groups.items()),
        key=lambda group: (group[0].at, not group[0].day, group[0].start, group[0].end),
    )


def _zone(incident: Incident) -> ZoneInfo | None:
    """The time zone where it happened, by the place that its site is named for."""
    for site in incident.sites:
        if site.place and site.place.timezone:
            try:
                return ZoneInfo(site.place.timezone)
            except (ZoneInfoNotFoundError, ValueError):
                continue
    return None


def _zone_name(incident: Incident) -> str:
    zone = _zone(incident)
    return zone.key if zone else ""


def _quoted_offset(told: Iterable[Claim]) -> dt.timedelta | None:
    """How far local time is from GMT, where a report quotes one hour in both."""
    for claim in told:
        value = claim.value
        if isinstance(value, ClockTime) and (local := _clock(value.local)) and (gmt := _clock(value.gmt)):
            today = dt.date(2000, 1, 2)
            apart = dt.datetime.combine(today, local) - dt.datetime.combine(today, gmt)
            return (apart + DAY / 2) % DAY - DAY / 2
    return None


def _moment(value: ClockTime, incident: Incident, zone: ZoneInfo | None, offset: dt.timedelta | None) -> Moment | None:
    day = _date(value.date) or incident.when
    if day is None:
        return None
    local, gmt = _clock(value.local), _clock(value.gmt)
    if local is None and gmt is None:
        at = dt.datetime.combine(day, dt.time.min)
        return Moment(at, at, _later(at, DAY), day=True) if value.date else None
    if local is not None:
        at = dt.datetime.combine(day, local)
    elif gmt is not None and zone is not None:
        at = dt.datetime.combine(day, gmt, dt.UTC).astimezone(zone).replace(tzinfo=None)
    elif gmt is not None and offset is not None:
        at = _later(dt.datetime.combine(day, gmt), offset)
    else:
        return None
    return Moment(at, *_allowed(at, (value.hedge or "").lower()))


def _allowed(at: dt.datetime, hedge: str) -> tuple[dt.datetime, dt.datetime]:
    """From when to when a hedge lets a time be."""
    if not hedge:
        return at, at
    if hedge in (*BEFORE, SHORTLY_BEFORE):
        return _later(at, -(AROUND if hedge == SHORTLY_BEFORE else OPEN)), at
    if hedge in (*AFTER, SHORTLY_AFTER):
        return at, _later(at, AROUND if hedge == SHORTLY_AFTER else OPEN)
    return _later(at, -AROUND), _later(at, AROUND)


def _later(at: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """The sum, or the same where the calendar ends before it."""
    try:
        return at + by
    except OverflowError:
        return at


def _clock(text: str | None) -> dt.time | None:
    try:
        return dt.time.fromisoformat(text) if text else None
    except ValueError:
        return None


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


# --- how it is drawn --------------------------------------------------------------------------------------------------


def _span(found: Sequence[Moment]) -> tuple[dt.datetime, dt.datetime]:
    """The ends of the axis: of the hours where any are given, since a day beside them would leave these no room."""
    hours = [each for each in found if not each.day] or list(found)
    low, high = min(each.start for each in hours), max(each.end for each in hours)
    for each in found:
        if each.day and not (each.start < high and low < each.end):
            low, high = min(low, each.start), max(high, each.end)
    least = max(high - low, dt.timedelta(minutes=20))
    return _later(low, -least * MARGIN), _later(high, least * MARGIN)


def _percent(at: dt.datetime, low: dt.datetime, high: dt.datetime) -> float:
    """Per cent of the axis from its left edge: time runs as the language is read."""
    share = min(1.0, max(0.0, (at - low) / (high - low)))
    return round(100 * (1 - share if spoken().rtl else share), 2)


def _drawn(moment: Moment, low: dt.datetime, high: dt.datetime) -> Json:
    start, end = sorted((_percent(moment.start, low, high), _percent(moment.end, low, high)))
    return {"x": _percent(moment.at, low, high), "from": start, "to": end}


def _ticks(low: dt.datetime, high: dt.datetime) -> list[Json]:
    """Round times along the axis, with what is written at them."""
    step = next((each for each in STEPS if each * (TICKS + 1) > high - low), None)
    if step is None:
        step = DAY * (-(-(high - low) // (DAY * TICKS)))
    midnight = dt.datetime.combine(low.date(), dt.time.min)
    first = midnight + step * (-(-(low - midnight) // step))
    ticks = []
    for number in range(2 * TICKS + 2):
        at = _later(first, step * number)
        if at > high or (number and at == first):
            break
        ticks.append({"x": _percent(at, low, high), "label": f"{at:%H:%M}" if step < DAY else day_short(at.date())})
    return ticks


def _row(moment: Moment, mine: Sequence[Claim], claims: Mapping[str, Json], said: Said) -> Json:
    first = mine[0].value
    hedge = (first.hedge or "") if isinstance(first, ClockTime) else ""
    zones = [f"{at} {zone}" for claim in mine if isinstance(claim.value, ClockTime) for zone, at in _zones(claim.value)]
    shown = wording.day(moment.at.date()) if moment.day else f"{moment.at:%H:%M}"
    rows = [claims[claim.id] for claim in mine]
    return {
        "id": f"{moment.at:%Y-%m-%d}" if moment.day else f"{moment.at:%Y-%m-%dT%H:%M}",
        "label": f"{wording.hedge(hedge)} {shown}".strip(),
        "day": "" if moment.day else wording.day(moment.at.date()),
        "open": moment.day,
        "zones": joined(list(dict.fromkeys(zones))),
        "status": rows[0]["status"],
        "speakers": list(dict.fromkeys(row["speaker"] for row in rows if row["speaker"])),
        "outlets": list(dict.fromkeys(row["outlet"] for row in rows)),
        "claims": [row["id"] for row in rows],
        "with": list(dict.fromkeys(entry for claim in mine for entry in _with(claim, said))),
    }


def _zones(value: ClockTime) -> list[tuple[str, str]]:
    return ([("GMT", value.gmt)] if value.gmt else []) + list(value.zones)


def _said(incident: Incident, claims: Mapping[str, Json]) -> Said:
    found: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
    event: dict[str, None] = {}
    for claim in incident.claims:
        if entry := claims.get(claim.id, {}).get("entry"):
            found[claim.article].append((claim.span, entry))
            if claim.role in EVENT_ROLES:
                event[entry] = None
    return Said(found, list(event))


def _with(claim: Claim, said: Said) -> list[str]:
    """The entries that the sentence of a claim speaks of too; a time is the event's where it names none."""
    sentence = claim.context or claim.span
    return [entry for span, entry in said.spans.get(claim.article, ()) if sentence.covers(span)] or said.event
