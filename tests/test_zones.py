"""What the names of time zones stand for, held against the time zone database itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from geomap import zones
from tests.samples import place

NUMBERED = {
    *"AFT AMT ART AZT BDT BOT BRT BTT CLST CLT COT ECT GET GST ICT IRDT IRST MMT MYT NPT".split(),
    *"PET PHT SGT SLST TRT UYT UZT VET".split(),
}
"""Abbreviations in use for zones that the database names by their offset alone ("+08")."""


def listed() -> Iterator[tuple[str, str, str]]:
    for short, meanings in zones.table()["abbreviations"].items():
        for offset, zone in meanings:
            yield short, offset, zone


@pytest.mark.parametrize(("short", "offset", "zone"), list(listed()), ids=str)
def test_every_abbreviation_has_an_offset_that_its_zone_kept(short: str, offset: str, zone: str) -> None:
    """On some day since 2000 the zone's clocks stood at that offset, under that name where the database has names."""
    meaning = next(each for each in zones.meanings(short) if each.zone == zone and shown(each.offset) == offset)
    days = (dt.datetime(year, month, 15, 12) for year in range(2000, 2027) for month in (1, 7))
    kept = {(at.tzname(), at.utcoffset()) for at in (day.replace(tzinfo=ZoneInfo(zone)) for day in days)}
    named = {name for name, on in kept if on == meaning.offset}
    assert named, f"{zone} never stood at {offset}"
    others = {"AST", "BST", "EDT", "EST", "MST", "NST", "SST"}  # of two meanings, one is not the database's
    assert short in named or short in NUMBERED | others


def shown(offset: dt.timedelta | None) -> str:
    assert offset is not None
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


@pytest.mark.parametrize("zone", sorted(set(zones.table()["names"].values())))
def test_every_name_is_of_a_zone_that_exists(zone: str) -> None:
    assert zones.is_known(zone)


@pytest.mark.parametrize("zone", sorted({z for listed in zones.table()["besides"].values() for z in listed}))
def test_every_further_zone_exists(zone: str) -> None:
    assert zones.is_known(zone)


@pytest.mark.parametrize(
    ("name", "hours"),
    [("GMT", 0), ("utc", 0), ("Z", 0), ("UTC+3", 3), ("GMT−5", -5), ("utc+05:30", 5.5), ("GMT + 8", 8)],
)
def test_offsets_are_read(name: str, hours: float) -> None:
    (meaning,) = zones.meanings(name)
    assert meaning.offset == dt.timedelta(hours=hours)


@pytest.mark.parametrize("name", ["XST", "UTC+25", "UTC+3:75", "", "Springfield time", "est now"])
def test_what_is_no_zone_stands_for_nothing(name: str) -> None:
    assert zones.meanings(name) == ()


def test_a_country_keeps_all_of_its_zones() -> None:
    """ "Local time" in Australia may be any of them; in Japan there is one."""
    australia = zones.kept_at(place("Australia", 134.0, -25.0, code="PCLI", country="AU"))
    assert {each.zone for each in australia} >= {"Australia/Perth", "Australia/Sydney"}
    japan = zones.kept_at(place("Japan", 138.0, 36.0, code="PCLI", country="JP"))
    assert [each.zone for each in japan] == ["Asia/Tokyo"]


def test_a_town_keeps_its_own_zone_whatever_its_state_does() -> None:
    state = replace(
        place("Texas", -99.0, 31.0, code="ADM1", country="US"), timezone="America/Chicago", admin=("US", "US.TX")
    )
    town = replace(state, name="El Paso", feature_code="PPL", timezone="America/Denver")
    assert [each.zone for each in zones.kept_at(state)] == ["America/Chicago", "America/Denver"]
    assert [each.zone for each in zones.kept_at(town)] == ["America/Denver"]


def test_a_place_without_a_zone_keeps_none() -> None:
    assert zones.kept_at(place("Nowhere", 0.0, 0.0)) == ()
    assert zones.kept_at(replace(place("Nowhere", 0.0, 0.0), timezone="Mars/Olympus")) == ()
