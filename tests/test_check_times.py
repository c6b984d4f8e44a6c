"""Times quoted in several zones against the clocks of the day, and weekdays against the calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geomap.check import check_time
from geomap.claims import dates
from geomap.model import Attribution, Claim, ClockTime, LocalZone, Role, Span, Verdict, ZonedTime
from tests.check_cases import Case, cases, misses, read
from tests.samples import article

CASES = list(cases("times*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_times_are_checked(case: Case) -> None:
    """Each case yields the findings that it expects, in the order of its text, and no others."""
    report, claims = read(case)
    found = [finding for claim in claims if (finding := check_time(claim, published=report.published))]
    assert not misses(case, found)


def test_half_of_the_cases_are_traps() -> None:
    """What looks like a conversion and is none is as well covered as what is one."""
    assert len(CASES) >= 60
    assert sum(case.trap for case in CASES) * 2 >= len(CASES)


ZONES = st.sampled_from(
    ["Europe/Moscow", "America/New_York", "Asia/Kolkata", "Australia/Adelaide", "Europe/London", "Asia/Kathmandu"]
)
MOMENTS = st.datetimes(dt.datetime(2005, 1, 2), dt.datetime(2026, 12, 30))


def told(moment: dt.datetime, zone: str, *, off: int = 0, hedge: str | None = None) -> Claim:
    """A claim of a moment (UTC) by the clocks of a zone and in GMT, the latter shifted by ``off`` minutes."""
    local = moment.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone))
    gmt = moment + dt.timedelta(minutes=off)
    quoted = (ZonedTime(f"{local:%H:%M}", "local", (LocalZone(zone, "Place"),)), ZonedTime(f"{gmt:%H:%M}", "gmt"))
    return clock(ClockTime(date=local.date().isoformat(), hedge=hedge, quoted=quoted))


def clock(value: ClockTime) -> Claim:
    return Claim("a:time:0-5", "a", Span(0, 5), "quote", Role.TIME, Attribution("A"), value=value)


@given(MOMENTS, ZONES)
def test_a_conversion_made_by_the_clocks_agrees(moment: dt.datetime, zone: str) -> None:
    finding = check_time(told(moment, zone))
    assert finding
    assert finding.verdict is Verdict.AGREES


@given(MOMENTS, ZONES, st.sampled_from([-60, 60, 30, -180, 720]))
def test_a_conversion_that_is_off_never_agrees(moment: dt.datetime, zone: str, off: int) -> None:
    """Save in the hour that clocks show twice, when either is right."""
    local = moment.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone))
    assume(local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset())
    finding = check_time(told(moment, zone, off=off))
    assert finding
    assert finding.verdict is Verdict.CONTRADICTED


@given(MOMENTS, ZONES, st.integers(-10, 10))
def test_about_means_ten_minutes_either_way(moment: dt.datetime, zone: str, off: int) -> None:
    finding = check_time(told(moment, zone, off=off, hedge="around"))
    assert finding
    assert finding.verdict is Verdict.AGREES


@given(st.text(max_size=6), st.text(max_size=6), st.dates().map(dt.date.isoformat) | st.none())
def test_no_time_and_no_zone_breaks_it(time: str, zone: str, date: str | None) -> None:
    """Whatever a report writes, it is judged or left alone."""
    value = ClockTime(date=date, quoted=(ZonedTime(time, zone), ZonedTime("08:15", "gmt")), weekday=2)
    finding = check_time(clock(value))
    assert finding
    assert finding.reason


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
def test_the_calendars_ends_are_days_too(date: str) -> None:
    zone = (LocalZone("Pacific/Kiritimati", "Kiritimati"), LocalZone("Pacific/Pago_Pago", "Pago Pago"))
    value = ClockTime(date=date, quoted=(ZonedTime("00:30", "local", zone), ZonedTime("23:30", "gmt")))
    assert check_time(clock(value)) is not None


def test_the_day_of_publication_stands_in_for_one_not_named() -> None:
    """In summer 21:40 in New York is 01:40 GMT; a report of December says it of winter."""
    zone = (LocalZone("America/New_York", "New York"),)
    value = ClockTime(quoted=(ZonedTime("21:40", "local", zone), ZonedTime("01:40", "gmt")))
    summer, winter = (check_time(clock(value), published=dt.date(2022, month, 20)) for month in (7, 12))
    assert summer is not None
    assert winter is not None
    assert (summer.verdict, winter.verdict) == (Verdict.AGREES, Verdict.CONTRADICTED)


def test_the_place_of_the_incident_stands_in_for_one_not_named() -> None:
    """Where a report names no place by the time, the zones of the incident's other reports serve."""
    value = ClockTime(date="2024-01-24", quoted=(ZonedTime("11:15", "local"), ZonedTime("08:15", "gmt")))
    alone, placed = (
        check_time(clock(value), elsewhere=zones) for zones in ((), (LocalZone("Europe/Moscow", "Belgorod"),))
    )
    assert alone is not None
    assert placed is not None
    assert (alone.verdict, placed.verdict) == (Verdict.UNCHECKABLE, Verdict.AGREES)


@pytest.mark.parametrize(
    ("published_at", "day"),
    [("2024-01-23T22:30:00-05:00", "2024-01-24"), ("2024-01-23T09:30:00-05:00", "2024-01-17")],
)
def test_a_weekday_is_the_places_own(published_at: str, day: str) -> None:
    """At half past ten on Tuesday night in New York it is Wednesday where the report's places are."""
    at = dt.datetime.fromisoformat(published_at)
    report = replace(article("a", "It fell on Wednesday.", published=at.date()), published_at=at)
    assert [each.date and each.date.isoformat() for each in dates.days(report, "Europe/Moscow")] == [day]


@pytest.mark.parametrize("words", ["31 February 2024", "February 30", "April 31, 2023"])
def test_a_day_that_cannot_be_is_not_made_another(words: str) -> None:
    """Neither a date of its own, nor the day of publication in its place."""
    (day,) = dates.days(article("a", f"It fell on {words}.", published=dt.date(2024, 3, 2)))
    assert day.impossible
    assert day.date is None
