"""How records read on a page: labels, values, lengths and dates in plain English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from geomap.model import (
    Article,
    ClockTime,
    Conflict,
    Count,
    Footprint,
    Incident,
    Locative,
    Matter,
    QuotedDistance,
    Relation,
    Role,
    Value,
    Verdict,
)

ROLES = {
    Role.INCIDENT_SITE: "Incident site",
    Role.CRASH_SITE: "Crash site",
    Role.ORIGIN: "Origin",
    Role.DESTINATION: "Destination",
    Role.LAUNCH_AREA: "Launch area",
    Role.EXCHANGE_POINT: "Exchange point",
    Role.ROUTE: "Route",
    Role.DISTANCE: "Quoted distance",
    Role.LENGTH: "Quoted length",
    Role.TIME: "Time",
    Role.COUNT: "Number",
    Role.CAUSE: "Cause",
    Role.CARGO: "Cargo",
    Role.WEAPON: "Weapon",
}

VERDICTS = {
    Verdict.AGREES: "agrees",
    Verdict.PLAUSIBLE: "plausible",
    Verdict.DOUBTFUL: "doubtful",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.UNCHECKABLE: "cannot be checked",
}

RELATIONS = {
    Relation.AT: "at",
    Relation.IN: "in",
    Relation.NEAR: "near",
    Relation.OFFSET: "from",
    Relation.BETWEEN: "between",
    Relation.BORDER: "on the border of",
}

_POINTS = "north northeast east southeast south southwest west northwest".split()
_EIGHT = dict(zip("n ne e se s sw w nw".split(), _POINTS, strict=True))
_HALF = {
    "nne": "north-northeast",
    "ene": "east-northeast",
    "ese": "east-southeast",
    "sse": "south-southeast",
    "ssw": "south-southwest",
    "wsw": "west-southwest",
    "wnw": "west-northwest",
    "nnw": "north-northwest",
}
DIRECTIONS = _EIGHT | _HALF

MANNERS = {
    "road": "by road",
    "air": "by air",
    "radius": "in radius",
    "edge": "from its edge",
    "border": "from the border",
    "coast": "from the coast",
    "travel-time": "of travel",
}

PLACE_KINDS = {
    "PPLC": "capital",
    "PPLA": "regional capital",
    "PPLA2": "district seat",
    "ADM1": "region",
    "ADM2": "district",
    "ADM3": "district",
    "PCLI": "country",
    "AIRB": "air base",
    "AIRF": "airfield",
    "AIRP": "airport",
    "CRSG": "crossing",
    "PEN": "peninsula",
    "ISL": "island",
    "MT": "mountain",
    "SEA": "sea",
}
"""GeoNames feature codes as words; a prefix serves where the code itself is not listed (PPL* is a settlement)."""

OWN_VOICE = "the report"
"""The speaker of what a report says itself."""

COORDINATE_DECIMALS = 3
"""A thousandth of a degree is about 100 m: finer than any report's words support."""


def number(value: float) -> str:
    """A quantity as a reader writes it: 1,500 and 2.5, never 1500.0."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def kilometres(metres: float) -> float:
    """Metres as kilometres, to the metre: a page rounds what it shows, in the unit it shows it in."""
    return round(metres / 1000, 3)


def day(when: dt.date | None) -> str:
    """A date as 24 January 2024, "" where there is none."""
    return f"{when.day} {when:%B %Y}" if when else ""


def hour(moment: dt.datetime) -> str:
    """A moment of its own day as 14:05 (UTC+3)."""
    return f"{moment:%H:%M} ({zone(moment)})"


def zone(moment: dt.datetime) -> str:
    """A moment's zone as UTC, UTC+3 or UTC+5:30."""
    minutes = round((moment.utcoffset() or dt.timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" if not minutes else f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def published(article: Article) -> str:
    """When a report came out: 24 January 2024, with 14:05 (UTC+3) where the report gives the hour."""
    told = day(article.published)
    return f"{told}, {hour(article.published_at)}" if article.published_at else told


def updated(article: Article) -> str:
    """When a report was last changed, the day left out where it is that of publication; "" for a report unchanged."""
    if article.updated is None:
        return ""
    told = "" if article.updated == article.published and article.updated_at else day(article.updated)
    at = hour(article.updated_at) if article.updated_at else ""
    return ", ".join(part for part in (told, at) if part)


def coordinates(lon: float, lat: float) -> str:
    """A position as 50.873° N, 37.345° E."""
    north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    return f"{abs(lat):.{COORDINATE_DECIMALS}f}° {north}, {abs(lon):.{COORDINATE_DECIMALS}f}° {east}"


def place_kind(code: str) -> str:
    """What a GeoNames feature code calls the place."""
    return PLACE_KINDS.get(code) or ("settlement" if code.startswith("PPL") else "")


def about(question: str) -> str:
    """What a question is about, as a heading: "Time", "Missiles fired", "Distance, Belgorod to Yablonovo"."""
    head, _, rest = question.partition(":")
    if head == Role.DISTANCE and rest:
        return f"Distance, {rest}"
    if head == Role.TIME and rest:
        return "Date" if rest == "date" else f"Time on {iso_day(rest)}"
    return words(rest or head).capitalize()


def dispute(conflict: Conflict) -> str:
    """What a conflict is over, in a sentence: "the time", "the number of missiles fired"."""
    head, _, rest = conflict.about.partition(":")
    number = "the number aboard" if rest == "aboard" else f"the number of {words(rest)}"
    return number if head == Role.COUNT and rest else f"the {words(rest or head)}"


def support(origins: int) -> str:
    """How many independent origins an answer has, in words."""
    if not origins:
        return "nobody vouches for it"
    return "one origin" if origins == 1 else count(origins, "independent origin")


def iso_day(date: str) -> str:
    """An ISO 8601 date as a reader writes it."""
    return day(dt.date.fromisoformat(date))


def plain(value: str | float) -> str:
    """An answer as text: a count with its thousands parted."""
    return value if isinstance(value, str) else number(value)


METHODS = {
    "intersection": "where all these wordings meet",
    "in": "the extent of the place named",
    "near": "near the place named",
    "distance only": "everything at that distance",
    "direction only": "everything in that direction",
    "distance and direction": "what lies at that distance in that direction",
    "between": "a strip between the two places",
    "border or coast": "a strip along the border or coast",
    "polygon": "its boundary",
    "boundary": "its boundary",
    "boundary: estimated": "its boundary, in part guessed from its settlements",
    "point": "the position that the gazetteer has",
    "gazetteer point": "the position that the gazetteer has",
}
"""What a footprint's method, or the part of it before a colon, means to a reader."""


def method(name: str) -> str:
    """How a footprint was made, in words."""
    return METHODS.get(name) or METHODS.get(name.partition(":")[0], name)


def words(slug: str) -> str:
    """A hyphenated name as words."""
    return slug.replace("-", " ")


def distance(quoted: QuotedDistance) -> str:
    """A quoted distance in one form: "about 60 mi north", "30 to 40 km", "northeast"."""
    parts = [quoted.hedge or ""]
    if quoted.quantity is not None:
        to = f" to {number(quoted.quantity_to)}" if quoted.quantity_to is not None else ""
        parts.append(f"{number(quoted.quantity)}{to} {quoted.unit}")
    parts.append(DIRECTIONS.get(quoted.direction or "", ""))
    if quoted.conversion:
        parts.append(f"({number(quoted.conversion.quantity)} {quoted.conversion.unit})")
    if quoted.manner:
        parts.append(MANNERS.get(quoted.manner, quoted.manner))
    return " ".join(part for part in parts if part)


def clock(time: ClockTime) -> str:
    """A quoted time with every zone it was given in."""
    parts = [f"{time.local} local" if time.local else "", f"{time.gmt} GMT" if time.gmt else ""]
    parts += [f"{when} {zone}" for zone, when in time.zones]
    hedge = f"{time.hedge} " if time.hedge else ""
    return hedge + ", ".join(part for part in parts if part)


def value(given: Value | None) -> str:
    """What a claim says, in few words; "" for a plain place."""
    match given:
        case QuotedDistance():
            return distance(given)
        case ClockTime():
            return clock(given)
        case Count():
            return " ".join(part for part in (given.hedge or "", number(given.count), words(given.of)) if part)
        case Matter():
            return given.what
        case Locative(relation=Relation.OFFSET, distance=QuotedDistance() as offset):
            return distance(offset)
        case Locative():
            return RELATIONS[given.relation]
        case None:
            return ""


def reach(footprint: Footprint) -> float:
    """How far the truth may lie from the best point, in kilometres: whole ones from 10 up."""
    km = footprint.uncertainty_m / 1000
    return round(km) if km >= 10 else round(km, 1)


_NUMBERS = "no one two three four five six seven eight nine".split()


def count(amount: int, noun: str, plural: str = "") -> str:
    """An amount with its noun: "one report", "five reports", "12 reports"."""
    shown = _NUMBERS[amount] if amount < len(_NUMBERS) else f"{amount:,}"
    return f"{shown} {noun if amount == 1 else plural or noun + 's'}"


def series(items: Sequence[str]) -> str:
    """Items as a sentence lists them: "a, b and c"."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def summary(incident: Incident) -> str:
    """The incident in three sentences: how many reports on how many sources, what they disagree over, what is lost."""
    sources = f", resting on {count(len(incident.origins), 'source')}" if incident.origins else ""
    sentences = [f"{count(len(incident.articles), 'report')}{sources}.".capitalize()]
    if incident.conflicts:
        over = dict.fromkeys(dispute(each) for each in incident.conflicts)
        sentences.append(f"They disagree over {series(list(over))}.")
    elif len(incident.articles) > 1:
        sentences.append("They do not contradict one another.")
    if lost := {each.text for each in incident.unplaced if each.span}:
        sentences.append(f"{count(len(lost), 'name').capitalize()} could not be put on the map.")
    if unread := {each.report for each in incident.unplaced if not each.span}:
        sentences.append(f"{count(len(unread), 'report').capitalize()} could not be read in full.")
    return " ".join(sentences)
