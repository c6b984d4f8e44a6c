"""Hours in heads and web pages: kept with their zone, dropped without one, and never invented."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap import read
from geomap.errors import BadRecord, BadReport
from geomap.model import Article
from geomap.moments import stated

UTC = dt.UTC
MOSCOW = dt.timezone(dt.timedelta(hours=3))
TRAIN = "A freight train left the rails near the harbour, the railway said. "


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        ("date: 2024-01-24T14:05+03:00", dt.datetime(2024, 1, 24, 14, 5, tzinfo=MOSCOW), None),
        ("date 2024-01-24 14:05Z", dt.datetime(2024, 1, 24, 14, 5, tzinfo=UTC), None),
        ("Date: 2024-01-24 14:05 GMT", dt.datetime(2024, 1, 24, 14, 5, tzinfo=UTC), None),
        ("date 2024-01-24 14:05 UTC+3", dt.datetime(2024, 1, 24, 14, 5, tzinfo=MOSCOW), None),
        ("date 2024-01-24 14:05:30 +0300", dt.datetime(2024, 1, 24, 14, 5, 30, tzinfo=MOSCOW), None),
        (
            "date: 2024-01-24 14:05 GMT\nupdated: 2024-01-25 01:00Z",
            dt.datetime(2024, 1, 24, 14, 5, tzinfo=UTC),
            dt.datetime(2024, 1, 25, 1, tzinfo=UTC),
        ),
    ],
)
@pytest.mark.parametrize("fenced", [True, False])
def test_a_head_gives_its_hour(head: str, published: dt.datetime, updated: dt.datetime | None, *, fenced: bool) -> None:
    """Day, hour and zone as written, in front matter and on a report's first lines; the day is the zone's own."""
    if fenced:
        head = head.replace("date ", "date: ").replace("Date:", "date:")
    found = read.text(f"---\n{head}\n---\n{TRAIN}" if fenced else f"{head}\n{TRAIN}", id="r")
    assert found.published_at == published
    assert found.published == published.date()
    assert found.updated_at == updated
    assert found.known == (updated or published)
    assert found.hour_known
    assert found.text[found.body :] == TRAIN


@pytest.mark.parametrize(
    "hour",
    ["14:05", "14:05 local time", "14:05 IST", "T14:05", "14:05 +99:00", "14:05:10", "14:05 MSK"],
)
def test_an_hour_without_a_zone_leaves_the_day(hour: str) -> None:
    """Which moment it was is not guessed: zones whose names mean several offsets are none."""
    found = read.text(f"---\ndate: 2024-01-24{'' if hour[0] == 'T' else ' '}{hour}\n---\n{TRAIN}", id="r")
    assert found.published == dt.date(2024, 1, 24)
    assert found.published_at is None
    assert not found.hour_known
    assert found.known == dt.datetime(2024, 1, 24, 23, 59, 59, 999999, tzinfo=UTC)


def test_a_bare_clock_time_behind_a_date_belongs_to_the_report() -> None:
    """The first words of a report may be a time; they are not taken from it."""
    found = read.text("date 2024-01-24 14:05 was when the train left the rails.", id="r")
    assert found.text[found.body :].startswith("14:05 was")


@pytest.mark.parametrize("moment", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "0001-01-01T23:59:00-12:00"])
@pytest.mark.parametrize("fenced", [True, False])
def test_moments_at_the_calendars_ends_are_days(moment: str, *, fenced: bool) -> None:
    """An hour that no other zone has a day for is dropped: setting it to UTC would overflow."""
    found = read.text(f"---\ndate: {moment}\n---\n{TRAIN}" if fenced else f"date: {moment}\n{TRAIN}", id="r")
    assert found.published == dt.date.fromisoformat(moment[:10])
    assert found.published_at is None
    assert found.known is not None


@pytest.mark.parametrize("date", ["2024-02-30T10:00Z", "2024-01-24 25:70Z", "2024-01-24T24:30+03:00", "0000-01-01"])
def test_moments_that_cannot_be_are_refused(date: str) -> None:
    """One line says how to write it."""
    with pytest.raises(BadReport, match="write it as YYYY-MM-DD") as refused:
        read.text(f"date: {date}\n{TRAIN}", id="r")
    assert "\n" not in str(refused.value)


@given(st.datetimes(timezones=st.timezones()), st.sampled_from(["date: {}\nHello.", "---\ndate: {}\n---\nHello."]))
def test_whatever_moment_is_written_is_read_or_reduced_to_its_day(moment: dt.datetime, form: str) -> None:
    """No moment of the calendar raises anything, and none becomes another."""
    written = moment.replace(microsecond=0)
    found = read.text(form.format(written.isoformat()), id="r")
    assert found.published == written.date()
    assert found.published_at is None or found.published_at.isoformat() == written.isoformat()
    assert found.known is not None


def page(head: str) -> str:
    """A web page with that in its head."""
    return f"<html><head><title>Train</title>{head}</head><body><article><p>{TRAIN * 8}</p></article></body></html>"


def linked(**fields: str) -> str:
    """JSON-LD of a news article."""
    body = json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", **fields}]})
    return f'<script type="application/ld+json">{body}</script>'


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        ('<meta property="article:published_time" content="2024-01-24T14:05:00+03:00">', "2024-01-24T11:05", None),
        (
            '<meta property="article:published_time" content="2024-01-24T14:05:00+03:00">'
            '<meta property="article:modified_time" content="2024-01-24T18:05:00+03:00">',
            "2024-01-24T11:05",
            "2024-01-24T15:05",
        ),
        (linked(datePublished="2024-01-24T11:05:00Z"), "2024-01-24T11:05", None),
        (linked(datePublished="2024-01-24T11:05:00Z", dateModified="2024-01-24T11:05:00Z"), "2024-01-24T11:05", None),
        ('<script type="application/ld+json">{"broken</script>', None, None),
        ('<meta property="article:published_time" content="2024-01-24T14:05:00">', None, None),
    ],
)
def test_a_page_gives_its_hours(head: str, published: str | None, updated: str | None) -> None:
    """Open Graph and JSON-LD are read; what they leave open stays open, and a change at publication is none."""

    def moment(text: str | None) -> dt.datetime | None:
        return dt.datetime.fromisoformat(f"{text}+00:00") if text else None

    found = read.html(page(head), id="r")
    assert found.published_at == moment(published)
    assert found.updated_at == moment(updated)


def test_a_page_keeps_its_own_day() -> None:
    """After midnight where the page is made it is its date that counts, though UTC is a day behind."""
    head = '<meta property="article:published_time" content="2024-01-25T01:05:00+03:00">'
    found = read.html(page(linked(datePublished="2024-01-24T22:05:00Z") + head), id="r")
    assert found.published == dt.date(2024, 1, 25)
    assert found.known == dt.datetime(2024, 1, 24, 22, 5, tzinfo=UTC)


def test_a_moment_without_a_zone_makes_no_record() -> None:
    """The record holds what stages rely on."""
    for moment in (dt.datetime(2024, 1, 24), dt.datetime(1, 1, 1, tzinfo=UTC)):
        with pytest.raises(BadRecord):
            Article("r", TRAIN, "", published_at=moment)
    assert stated("") is None
