"""Days and moments as reports state them and as people ask for them, and nothing more: an hour needs its zone."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from geomap.errors import BadInput
from geomap.model import DAY, MOST_DAYS

CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?"
ZONE = r"(?:Z(?![a-z])|(?:UTC|GMT)(?:[ ]?[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}(?::?\d{2}(?::\d{2})?)?)"
"""A zone that means one offset everywhere: EST, IST or BST mean several, and are none."""

_DAY = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_MOMENT = re.compile(
    rf"{_DAY}(?:(?:[T ]|[ ]+)(?P<clock>{CLOCK})[ ]*(?P<zone>{ZONE})?(?:[ ]+[A-Za-z ]{{1,30}})?)?", re.IGNORECASE
)
_OFFSET = re.compile(
    r"(?:Z|UTC|GMT)?[ ]?(?:(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?(?::(?P<seconds>\d{2}))?)?",
    re.IGNORECASE,
)
LONGEST = 40
"""Characters of the longest form of a moment."""

_FARTHEST = dt.timedelta(hours=15)
"""No zone is farther from UTC (Kiribati's is 14 hours)."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A day, and the moment with its zone where that is stated too."""

    day: dt.date
    moment: dt.datetime | None = None


def stated(value: object) -> Stated | None:
    """The day, and the moment if its zone is given, in a date, a time or words such as "2024-01-24 14:05 GMT".

    None for nothing. The day is that of the zone stated. Raises ValueError for a value that is no date, and for a day
    or an hour that no calendar and no clock has.
    """
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return Stated(value.date(), _sound(value))
    if isinstance(value, dt.date):
        return Stated(value)
    if isinstance(value, str):
        return _written(value.strip())
    raise ValueError(f"{value!r:.60} is not a date")


def asked(text: str) -> dt.datetime:
    """The moment (UTC) that a person asks for; a day alone stands for its end.

    Raises :class:`~geomap.errors.BadInput` for words that are no moment, and for an hour without its zone.
    """
    try:
        found = stated(text.strip())
    except ValueError:
        found = None
    if found is None or (found.moment is None and ":" in text):
        raise BadInput(
            f"{text:.60} is no moment; write a day as YYYY-MM-DD, or an hour with its zone as YYYY-MM-DDThh:mmZ"
        )
    return found.moment.astimezone(dt.UTC) if found.moment else dt.datetime.combine(found.day, dt.time.max, dt.UTC)


def written(moment: dt.datetime) -> str:
    """A moment (UTC) in the form that addresses carry and :func:`asked` reads: the day alone where it is its end."""
    if moment.timetz() == dt.time.max.replace(tzinfo=dt.UTC):
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds" if moment.second else "minutes").replace("+00:00", "Z")


def _written(text: str) -> Stated | None:
    found = _MOMENT.fullmatch(text)
    if found is None and len(text) > LONGEST:
        raise ValueError("that is too long for a date")  # fromisoformat takes any number of digits
    if found is None:
        return stated(dt.datetime.fromisoformat(text))
    day = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    if not found["clock"]:
        return Stated(day)
    hour, minute, *second = found["clock"].replace(",", ".").split(":")
    time = dt.time(int(hour), int(minute), int(float(second[0])) if second else 0)
    zone = _zone(found["zone"] or "")
    return Stated(day, _sound(dt.datetime.combine(day, time, zone)) if zone else None)


def _zone(text: str) -> dt.timezone | None:
    found = _OFFSET.fullmatch(text) if text else None
    if found is None:
        return None
    hours, minutes, seconds = (int(found[part] or 0) for part in ("hours", "minutes", "seconds"))
    offset = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if offset > _FARTHEST:
        return None
    return dt.timezone(-offset if found["sign"] == "-" else offset)


def _sound(moment: dt.datetime) -> dt.datetime | None:
    """The moment to the second, None for one without a zone or so near the calendar's ends that a zone has no day."""
    if moment.tzinfo is None or not DAY <= moment.replace(tzinfo=None) - dt.datetime.min <= MOST_DAYS:
        return None
    return moment.replace(microsecond=0)
