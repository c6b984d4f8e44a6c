"""Days, months and years that a report names, set against the day it was published."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import ZoneInfo

from geomap.claims.lexicon import longest_first, table
from geomap.claims.relatives import feasts, related
from geomap.datelines import dateline_end
from geomap.model import Article, Span

_NEAR = dt.timedelta(days=31)
"""How far from publication a day without a year may lie and still be surely of that year."""


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
    beside: int | None = None
    """The weekday named beside a date whose year is sure: "Wednesday, January 24"."""
    impossible: bool = False
    """Whether the calendar has no such day ("31 February")."""

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
    months = "|".join(longest_first([form for name in names for form in (name.capitalize(), name.upper())]))
    days = "|".join(day.capitalize() for day in table("times")["weekdays"])
    part = r"(?:(?P<part>early|late|midday|mid)[ -](?:on )?)?"
    dated = re.compile(
        rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<month>{months})\.?"
        r"(?: (?P<d2>\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d))?(?:,? (?P<year>(?:1[89]|20)\d\d))?\b"
        r"|\b(?P<iso>\d{4}-\d\d-\d\d)\b"
        r"|(?<![\w./-])(?P<one>\d{1,2})(?P<mark>[/.])(?P<two>\d{1,2})(?P=mark)(?P<whole>(?:19|20)\d\d)\b(?!\.\d)"
        r"|\b(?:[Ii]n|[Ss]ince|of|from|[Dd]uring|[Uu]ntil|[Aa]fter|[Bb]efore) (?P<only>(?:1[89]|20)\d\d)\b"
        r"(?! (?:people|troops|soldiers|homes|hectares))"
    )
    weekday = re.compile(
        rf"{part}\b(?P<last>last )?(?P<name>{days}|today|yesterday|tonight|overnight"
        r"|this (?:morning|afternoon|evening)|last night)\b",
        re.IGNORECASE,
    )
    return dated, weekday


def days(article: Article, zone: str = "") -> Iterator[Day]:
    """Every day, month and year named in the report's text, in order of kind, then of place; last those told by others.

    ``zone`` (an IANA name) is that of the report's places: where it was a day later there when the report came out,
    that day's name is already its own. A weekday beside a date ("Wednesday, January 24") is part of the date.
    """
    dated, weekday = _patterns()
    text = article.text
    told = [found for found in dated.finditer(text, article.body) if not _is_filed(article, found.start())]
    calendar_days = [day for found in told if (day := _calendar(found, article))]
    named = [
        _weekday(found, article.published, _there(article, zone))
        for found in weekday.finditer(text, article.body)
        if found["name"][0].isupper() or table("times")["weekdays"].get(found["name"].lower()) is None
    ]
    pairs = _pairs(text, named, calendar_days)
    paired = set(pairs.values())
    outright = [day for number, day in enumerate(named) if number not in paired]
    for number, day in enumerate(calendar_days):
        outright.append(_with_weekday(article, day, named[pairs[number]]) if number in pairs else day)
    outright += [day for feast in feasts(article) if (day := _on(*feast, article.published))]
    yield from outright
    yield from (Day(span, date) for span, date in related(article, outright))


def _is_filed(article: Article, start: int) -> bool:
    """Whether an offset lies in a dateline: the day there is that of the report, not of what it tells."""
    opening = max(article.text.rfind("\n", 0, start) + 1, article.body)
    return start < dateline_end(article.text, opening)


_BEFORE_DATE = re.compile(r",? (?:the )?|, (?:on )?| \(")
_BEHIND_DATE = re.compile(r", an? | \(")
"""What stands between a weekday and the date that it is part of."""


def _pairs(text: str, named: list[Day], dated: list[Day]) -> dict[int, int]:
    """Which calendar day (by number) has which weekday right beside it."""
    begins = {day.span.start: number for number, day in enumerate(named) if day.weekday is not None}
    ends = {day.span.end: number for number, day in enumerate(named) if day.weekday is not None}
    found: dict[int, int] = {}
    for number, day in enumerate(dated):
        if day.day is None:
            continue
        start, end = day.span.start, day.span.end
        ahead = next((ends[at] for at in range(start - 1, start - 7, -1) if at in ends), None)
        if ahead is not None and _BEFORE_DATE.fullmatch(text[named[ahead].span.end : start]):
            found[number] = ahead
            continue
        behind = next((begins[at] for at in range(end + 1, end + 5) if at in begins), None)
        if behind is not None and _BEHIND_DATE.fullmatch(text[end : named[behind].span.start]):
            found[number] = behind
    return found


def _with_weekday(article: Article, day: Day, named: Day) -> Day:
    """A date with the weekday beside it; that is held against it only where the year is sure."""
    published = article.published
    near = day.date is not None and published is not None and abs(day.date - published) <= _NEAR
    sure = near or (day.date is not None and str(day.date.year) in article.quote(day.span))
    span = Span(min(day.span.start, named.span.start), max(day.span.end, named.span.end))
    return replace(day, span=span, part=named.part, beside=named.weekday if sure else None)


def _there(article: Article, zone: str) -> dt.date | None:
    """The day that it was at the report's places when it came out, where that is later than its own."""
    if not (zone and article.published and article.published_at):
        return article.published
    try:
        there = article.published_at.astimezone(ZoneInfo(zone)).date()
    except OverflowError:  # a moment at the calendar's very end
        return article.published
    return max(there, article.published)


def _weekday(found: re.Match[str], published: dt.date | None, there: dt.date | None) -> Day:
    span, name = Span(*found.span()), found["name"].lower()
    part = (found["part"] or "").lower()
    number = table("times")["weekdays"].get(name)
    if published is None:
        return Day(span, weekday=number, part=part)
    if number is None:
        back = 1 if name in {"yesterday", "last night"} else 0
    elif there and there.weekday() == number and not found["last"]:
        return Day(span, there, weekday=number, part=part)
    else:
        back = (published.weekday() - number) % 7
        if found["last"] and back == 0:
            back = 7
    return Day(span, published - dt.timedelta(days=back), weekday=number, part=part, vague=name == "overnight")


def _calendar(found: re.Match[str], article: Article) -> Day | None:
    span, published = Span(*found.span()), article.published
    if found["iso"]:
        date = _date(*map(int, found["iso"].split("-")))
        return Day(span, date) if date else None
    if found["whole"]:
        date = _in_figures(int(found["one"]), int(found["two"]), int(found["whole"]), published)
        return Day(span, date, month=date.month, year=date.year, day=date.day) if date else None
    if found["only"]:
        return Day(Span(*found.span("only")), year=int(found["only"]))
    word = found["month"].lower()
    day = found["d1"] or found["d2"]
    capitals = found["month"].isupper()  # "MAY" in a heading
    if (capitals or word in {"may", "march"}) and not (day or found["year"]) and not _dated(found):
        return None
    month = table("times")["months"][word]
    year = int(found["year"]) if found["year"] else None
    if not day:
        return Day(span, month=month, year=year or (_year(month, 1, published) if published else None))
    return _on(span, month, int(day), published, year)


def _in_figures(one: int, two: int, year: int, published: dt.date | None) -> dt.date | None:
    """A date in figures alone, "19/12/2020"; where both ways make one, that of the month before publication."""
    ways = {date for date in (_date(year, two, one), _date(year, one, two)) if date}
    near = {date for date in ways if published and dt.timedelta() <= published - date <= _NEAR}
    sure = ways if len(ways) == 1 else near
    return next(iter(sure)) if len(sure) == 1 else None


def _on(span: Span, month: int, day: int, published: dt.date | None, year: int | None = None) -> Day | None:
    """The day of a month; without a year, of the one that publication makes it."""
    if day > calendar.monthrange(year or _LEAP, month)[1]:
        return Day(span, impossible=True) if day <= 31 else None
    inferred = year if year is not None or published is None else _year(month, day, published)
    date = _date(inferred, month, day) if inferred is not None else None
    if inferred is not None and date is None:
        return Day(span, impossible=True)
    return Day(span, date, month=month, year=inferred, day=day)


_LEAP = 2024
"""A year in which February has 29 days, for dates without a year."""


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
