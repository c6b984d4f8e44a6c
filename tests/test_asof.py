"""What was known when: stops, wordings out by a moment, and an incident set back to one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap import asof
from geomap.errors import BadInput
from geomap.model import Article
from geomap.moments import asked, written
from tests import samples

DAY = dt.date(2024, 3, 12)


def at(hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2024, 3, 12, hour, minute, tzinfo=dt.UTC)


def report(
    id: str, text: str = "A train left the rails.", *, hour: int | None = None, day: dt.date | None = DAY
) -> Article:
    made = samples.article(id, text)
    return replace(made, published=day, published_at=None if hour is None else at(hour))


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2024-03-12T09:30Z", at(9, 30)),
        ("2024-03-12 09:30 GMT", at(9, 30)),
        ("2024-03-12T12:30+03:00", at(9, 30)),
        ("2024-03-12", dt.datetime.combine(DAY, dt.time.max, dt.UTC)),
    ],
)
def test_a_moment_is_asked_for_in_words(words: str, moment: dt.datetime) -> None:
    """A day alone is the end of it, as it is for a report that gives no hour."""
    assert asked(words) == moment
    assert asked(written(moment)) == moment


@pytest.mark.parametrize(
    "words",
    ["", "soon", "2024-03-12 09:30", "2024-13-12", "2024-03-12T25:00Z", "09:30Z", "2024-03-12T09:30 IST", "1" * 999],
)
def test_what_is_no_moment_is_refused_in_one_line(words: str) -> None:
    """The answer says how to write one, and does not repeat a flood of words."""
    with pytest.raises(BadInput, match="YYYY-MM-DDThh:mmZ") as refused:
        asked(words)
    assert len(str(refused.value)) < 200


@given(st.datetimes(dt.datetime(1, 1, 3), dt.datetime(9999, 12, 29), timezones=st.just(dt.UTC)))
def test_a_moment_survives_an_address(moment: dt.datetime) -> None:
    """To the second, which is all that reports give."""
    whole = moment.replace(microsecond=0)
    assert asked(written(whole)) == whole


def test_stops_are_moments_at_which_something_came_out() -> None:
    """Reports of one moment share a stop; a day without an hour ends it; what has no date makes none."""
    first, second, late = report("a", hour=9), report("b", hour=9), report("c")
    changed = replace(report("a", "A train left the rails; two were hurt.", hour=9), updated=DAY, updated_at=at(15))
    found = asof.stops([first, second, late, report("d", day=None), changed])
    assert [(each.moment, each.hour_known, each.new, each.changed) for each in found] == [
        (at(9), True, ("a", "b"), ()),
        (at(15), True, (), ("a",)),
        (dt.datetime.combine(DAY, dt.time.max, dt.UTC), False, ("c",), ()),
    ]


def test_a_report_counts_in_the_wording_of_the_moment() -> None:
    """Before its change the earlier wording is known, whatever order they are stored in."""
    first = report("a", hour=9)
    changed = replace(report("a", "Two were hurt.", hour=9), updated=DAY, updated_at=at(15))
    other = report("b", hour=12)
    wordings = [first, other, changed]
    assert asof.known_at(wordings, at(9)) == (first,)
    assert asof.known_at(wordings, at(14)) == (first, other)
    assert asof.known_at(wordings, at(15)) == (changed, other)
    assert asof.known_at([changed, first], at(14)) == (first,)


def test_of_two_wordings_of_one_moment_the_later_stored_counts() -> None:
    """Outlets often change a report without saying when."""
    first, silent = report("a", hour=9), report("a", "Two were hurt.", hour=9)
    assert asof.known_at([first, silent], at(9)) == (silent,)


def test_a_moment_before_the_first_report_is_refused() -> None:
    """The answer names the first moment there is."""
    with pytest.raises(BadInput, match="the first came out by 2024-03-12T09:00Z"):
        asof.known_at([report("a", hour=9)], at(8))
    with pytest.raises(BadInput, match="no dates"):
        asof.known_at([report("a", day=None)], at(8))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 23)), min_size=1, max_size=8))
def test_later_moments_never_know_fewer_reports(drawn: list[tuple[str, int]]) -> None:
    """What was known stays known, and at each stop something is new."""
    wordings = [report(id, f"Wording {n}.", hour=hour) for n, (id, hour) in enumerate(drawn)]
    before: set[str] = set()
    for stop in asof.stops(wordings):
        now = {each.id for each in asof.known_at(wordings, stop.moment)}
        assert before <= now
        assert now >= {*stop.new, *stop.changed}
        before = now
    assert before == {id for id, _ in drawn}
