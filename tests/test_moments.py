"""The times that reports quote, put on one axis."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import ClockTime, Incident, Role
from geomap.render.document import document
from tests import samples


def told(*times: ClockTime, when: dt.date | None = dt.date(2024, 1, 24), zone: str = "") -> Incident:
    """The sample incident whose reports quote these times and no other."""
    found = samples.incident()
    clock = next(claim for claim in found.claims if claim.role is Role.TIME)
    claims = tuple(replace(clock, id=f"{clock.id}:{n}", value=time) for n, time in enumerate(times))
    others = tuple(claim for claim in found.claims if claim.role is not Role.TIME)
    site = replace(found.sites[0], place=replace(samples.YABLONOVO, timezone=zone))
    return replace(
        found,
        when=when,
        claims=others + claims,
        sites=(site, *found.sites[1:]),
        conflicts=(),
        comparisons=(),
        origins=(),
    )


def moments(*times: ClockTime, **given: Any) -> dict[str, Any]:
    made: dict[str, Any] | None = document(told(*times, **given))["moments"]
    assert made is not None
    return made


def test_times_come_in_order_with_who_says_them() -> None:
    rows = moments(ClockTime(local="11:15", date="2024-01-24"), ClockTime(local="09:40", date="2024-01-24"))["rows"]
    assert [row["label"] for row in rows] == ["09:40", "11:15"]
    assert [row["id"] for row in rows] == ["2024-01-24T09:40", "2024-01-24T11:15"]
    assert rows[0]["outlets"] == ["Northern Wire"]
    assert rows[0]["x"] < rows[1]["x"]


def test_reports_that_give_the_same_time_share_a_row() -> None:
    rows = moments(*[ClockTime(local="11:00")] * 2, ClockTime(local="11:00", hedge="around"))["rows"]
    assert sorted(len(row["claims"]) for row in rows) == [1, 2]


@pytest.mark.parametrize(
    ("hedge", "before", "after"),
    [
        (None, 0, 0),
        ("around", 10, 10),
        ("shortly before", 10, 0),
        ("shortly after", 0, 10),
        ("before", 60, 0),
        ("after", 0, 60),
    ],
)
def test_a_bar_is_as_wide_as_the_wording_allows(hedge: str | None, before: int, after: int) -> None:
    """Minutes to either side of the time, on the scale that two plain times give."""
    rows = moments(ClockTime(local="08:00"), ClockTime(local="12:00", hedge=hedge), ClockTime(local="16:00"))["rows"]
    first, row, last = rows
    minute = (last["x"] - first["x"]) / (8 * 60)
    assert row["x"] - row["from"] == pytest.approx(before * minute, abs=0.03)
    assert row["to"] - row["x"] == pytest.approx(after * minute, abs=0.03)


def test_a_day_without_an_hour_is_as_wide_as_the_axis_it_holds() -> None:
    day, *hours = moments(ClockTime(date="2024-01-24"), ClockTime(local="11:00"), ClockTime(local="11:30"))["rows"]
    assert (day["open"], day["label"], day["from"], day["to"]) == (True, "24 January 2024", 0, 100)
    assert hours[1]["x"] - hours[0]["x"] > 50, "the hours keep their room"


def test_gmt_becomes_local_time_by_the_zone_of_the_place_on_that_day() -> None:
    winter = moments(ClockTime(gmt="08:00", date="2024-01-24"), ClockTime(local="10:30"), zone="Europe/Kyiv")
    assert [row["label"] for row in winter["rows"]] == ["10:00", "10:30"]
    summer = moments(
        ClockTime(gmt="08:00", date="2024-07-24"), ClockTime(local="10:30", date="2024-07-24"), zone="Europe/Kyiv"
    )
    assert [row["label"] for row in summer["rows"]] == ["10:30", "11:00"]
    assert winter["zone"] == "Europe/Kyiv"


def test_without_a_zone_the_hour_that_a_report_gives_in_both_tells() -> None:
    rows = moments(ClockTime(local="11:00", gmt="08:00"), ClockTime(gmt="09:30"))["rows"]
    assert [row["label"] for row in rows] == ["11:00", "12:30"]


def test_a_time_of_a_day_that_nobody_names_is_left_out() -> None:
    assert document(told(ClockTime(local="11:00"), ClockTime(local="12:00"), when=None))["moments"] is None


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../etc/passwd", "Europe/Kyiv"])
@pytest.mark.parametrize(
    "time",
    [
        ClockTime(local="25:70"),
        ClockTime(local="24:00"),
        ClockTime(gmt="00:00", date="0001-01-01"),
        ClockTime(local="23:59", date="9999-12-31", hedge="after"),
        ClockTime(local="00:00", date="0001-01-01", hedge="before"),
        ClockTime(date="2024-02-31"),
        ClockTime(),
    ],
    ids=str,
)
def test_a_time_that_cannot_be_or_lies_at_the_calendars_ends_breaks_nothing(time: ClockTime, zone: str) -> None:
    rows = moments(time, ClockTime(local="11:00"), ClockTime(local="12:00"), zone=zone)["rows"]
    assert {"11:00", "12:00"} <= {row["label"] for row in rows}
    assert all(0 <= row["from"] <= row["x"] <= row["to"] <= 100 for row in rows if not row["open"])


def test_a_time_names_what_its_sentence_speaks_of_and_else_the_event() -> None:
    first, second = document(samples.incident())["moments"]["rows"]
    assert first["with"] == ["crash-site", "distance"]
    assert second["with"] == ["origin", "destination", "route", "crash-site"]
    alone = document(told(ClockTime(local="11:00"), ClockTime(local="12:00")))["moments"]["rows"]
    assert all("crash-site" in row["with"] for row in alone)


CLOCK = st.times().map(lambda at: f"{at:%H:%M}")
DAY = st.dates(dt.date(1, 1, 2), dt.date(9999, 12, 30)).map(dt.date.isoformat)
HEDGE = st.sampled_from([None, "around", "before", "after", "by", "shortly before", "shortly after", "about"])
TIME = st.builds(ClockTime, local=CLOCK, date=DAY, hedge=HEDGE) | st.builds(ClockTime, date=DAY)


@given(st.lists(TIME, min_size=2, max_size=6, unique=True))
def test_any_times_lie_on_the_axis_in_their_order_with_few_ticks(times: list[ClockTime]) -> None:
    made = document(told(*times))["moments"]
    rows = made["rows"] if made else []
    assert all(0 <= row["from"] <= row["to"] <= 100 and 0 <= row["x"] <= 100 for row in rows)
    clocks = [row["x"] for row in rows if not row["open"]]
    assert clocks == sorted(clocks)
    assert made is None or (len(made["ticks"]) <= 10 and all(0 <= tick["x"] <= 100 for tick in made["ticks"]))
