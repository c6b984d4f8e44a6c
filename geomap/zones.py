"""Time zones as reports name them: what "EST", "UTC+3", "Moscow time" and a place's local time stand for.

Offsets come from the IANA time zone database (the system's, else the ``tzdata`` package's), through ``zoneinfo``; what
abbreviations stand for from ``zones.toml``.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from geomap.model import LocalZone, Place

GMT = frozenset({"gmt", "utc", "zulu", "z"})
"""Names of the zone that all others are counted from."""

_SHIFTED = re.compile(r"(?:gmt|utc)\s?(?P<sign>[+\-−–])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?", re.IGNORECASE)
_WIDEST_HOURS = 14


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a zone's name may stand for: a fixed ``offset``, or (None) whatever ``zone`` keeps on the day.

    ``zone`` is an IANA name, "" where the offset is all there is; ``place`` the place whose clocks are meant.
    """

    zone: str
    offset: dt.timedelta | None = None
    place: str = ""


@cache
def table() -> Mapping[str, Any]:
    """The data file: ``abbreviations``, ``names`` and ``besides``."""
    return tomllib.loads((files("geomap") / "zones.toml").read_text("utf-8"))


def meanings(name: str) -> tuple[Meaning, ...]:
    """Everything that a zone's name may stand for, the likeliest first; nothing for a name that is not known."""
    said = " ".join(name.split())
    if said.lower() in GMT:
        return (Meaning("", dt.timedelta(0)),)
    if shifted := _SHIFTED.fullmatch(said):
        return _shifted(shifted)
    if zone := table()["names"].get(said.lower()):
        return (Meaning(zone),)
    listed = table()["abbreviations"].get(said.upper(), ())
    return tuple(Meaning(zone, _offset(offset)) for offset, zone in listed)


def kept_at(place: Place) -> tuple[LocalZone, ...]:
    """The zones by which time may be told at a place, its own first; a country's are all of its zones."""
    first = place.admin[1] if len(place.admin) > 1 else ""
    if place.feature_code.startswith("PCL"):
        kept = _countries().get(place.country, ())
    else:
        besides = table()["besides"]
        # A town's own zone is known; its province's other zones matter only to the province as a whole.
        wide = place.feature_code.startswith("ADM1") or first.startswith("UA.")
        kept = (place.timezone, *besides.get(place.timezone, ()), *(besides.get(first, ()) if wide else ()))
    return tuple(LocalZone(zone, place.name) for zone in dict.fromkeys(kept) if is_known(zone))


@cache
def is_known(zone: str) -> bool:
    """Whether the database has a zone of that name."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def minutes(time: str) -> int:
    """HH:MM as minutes of the day."""
    hours, rest = time.split(":")
    return int(hours) * 60 + int(rest)


def clock(minutes: int) -> str:
    """Minutes of the day as HH:MM."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _shifted(found: re.Match[str]) -> tuple[Meaning, ...]:
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if hours > _WIDEST_HOURS or minutes >= 60:
        return ()
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return (Meaning("", offset if found["sign"] == "+" else -offset),)


def _offset(text: str) -> dt.timedelta:
    hours, minutes = map(int, text[1:].split(":"))
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return -offset if text[0] == "-" else offset


@cache
def _countries() -> Mapping[str, tuple[str, ...]]:
    """The zones of each country, as the database's own table lists them."""
    found: dict[str, tuple[str, ...]] = {}
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found[country] = (*found.get(country, ()), zone)
    return found
