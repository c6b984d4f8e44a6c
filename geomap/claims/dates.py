"""Days, months and years that a report names, set against the day it was published."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from geomap.claims.lexicon import table
from geomap.model import Article, Span


@dataclass(frozen=True, slots=True)
class Day:
    """A day as worded; ``date`` is None where the publication day that would settle it is not known.

    ``month`` and ``year`` stand alone where the text names no day. ``weekday`` is 0 for Monday. ``part`` is "early",
    "late" or the part of the day the text adds.
    """

    span: Span
    date: dt.date | None = None
    weekday: int | None = None
    month: int | None = None
    year: int | None = None
    day: int | None = None
    part: str = ""
    vague: bool = False
    """Whether it may be either of two days ("overnight")."""

    def before(self, other: dt.date) -> bool | None:
        """Whether it surely lies before ``other`` (None where that cannot be said)."""
        if self.date:
            return self.date < other
        if self.year and self.year != other.year:
            return self.year < other.year
        if self.year and self.month:
            return self.month < other.month
        return None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names: Mapping[str, int] = table("times")["months"]
    months = "|".join(sorted((n.capitalize() for n in names), key=len, reverse=True))
    days = "|".join(day.capitalize() for day in table("times")["weekdays"])
    part = r"(?:(?P<part>early|late|midday|mid)[ -](?:on )?)?"
    calendar = re.compile(
        rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<month>{months})\.?"
        r"(?: (?P<d2>\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d))?(?:,? (?P<year>(?:1[89]|20)\d\d))?\b"
        r"|\b(?P<iso>\d{4}-\d\d-\d\d)\b"
        r"|\b(?:[Ii]n|[Ss]ince|of|from|[Dd]uring|[Uu]ntil|[Aa]fter|[Bb]efore) (?P<only>(?:1[89]|20)\d\d)\b"
        r"(?! (?:people|troops|soldiers|homes|hectares))"
    )
    weekday = re.compile(
        rf"{part}\b(?P<last>last )?(?P<name>{days}|today|yesterday|tonight|overnight)\b", re.IGNORECASE
    )
    return calendar, weekday


def days(article: Article) -> Iterator[Day]:
    """Every day, month and year named in the report's text, in order of kind, then of place."""
    calendar, weekday = _patterns()
    for found in weekday.finditer(article.text, article.body):
        if found["name"][0].isupper() or found["name"].lower() in {"today", "yesterday", "tonight", "overnight"}:
            yield _weekday(found, article.published)
    for found in calendar.finditer(article.text, article.body):
        day = _calendar(found, article.published)
        if day:
            yield day


def _weekday(found: re.Match[str], published: dt.date | None) -> Day:
    span, name = Span(*found.span()), found["name"].lower()
    part = (found["part"] or "").lower()
    number = table("times")["weekdays"].get(name)
    if published is None:
        return Day(span, weekday=number, part=part)
    if number is None:
        back = 1 if name == "yesterday" else 0
    else:
        back = (published.weekday() - number) % 7
        if found["last"] and back == 0:
            back = 7
    return Day(span, published - dt.timedelta(days=back), weekday=number, part=part, vague=name == "overnight")


def _calendar(found: re.Match[str], published: dt.date | None) -> Day | None:
    span = Span(*found.span())
    if found["iso"]:
        date = _date(*map(int, found["iso"].split("-")))
        return Day(span, date) if date else None
    if found["only"]:
        return Day(Span(*found.span("only")), year=int(found["only"]))
    word = found["month"].lower()
    day = found["d1"] or found["d2"]
    if word in {"may", "march"} and not (day or found["year"]) and not _dated(found):
        return None
    month = table("times")["months"][word]
    year = int(found["year"]) if found["year"] else None
    if not day:
        return Day(span, month=month, year=year or (_year(month, 1, published) if published else None))
    if year is None and published:
        year = _year(month, int(day), published)
    if year is None:
        return Day(span, month=month, day=int(day))
    date = _date(year, month, int(day))
    return Day(span, date, month=month, year=year, day=int(day)) if date else None


def _dated(found: re.Match[str]) -> bool:
    """Whether "May" or "March" stands where only a month can."""
    return bool(
        re.search(
            r"\b(?:in|since|last|early|late|mid|until|of|from)[ -]$",
            found.string[max(0, found.start() - 8) : found.start()],
        )
    )


def _year(month: int, day: int, published: dt.date) -> int:
    """The year of a day without one: the latest that puts it no more than a month after publication."""
    for year in (published.year + 1, published.year):
        date = _date(year, month, day)
        if date and date <= published + dt.timedelta(days=31):
            return year
    return published.year - 1


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
