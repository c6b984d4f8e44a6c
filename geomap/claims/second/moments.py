"""Moments that the rules leave alone, since their words may as well mean other things; the network tells them apart.

Hours that are numbers alone ("by nine", "at 0250"), moments counted from the last clock time ("half an hour later"),
and parts of a day that another sentence names ("at dawn", "that night", "the 14th").
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from geomap import zones
from geomap.claims import times
from geomap.claims.clocks import Clock, groups
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import longest_first, table, words
from geomap.claims.rules import FirstReading
from geomap.claims.things import unattributed
from geomap.model import Claim, ClockTime, Role, Span, Value


def moments(read: FirstReading) -> Iterator[Claim]:
    """Every moment and day of a report as a claim: those of the rules and those that they leave alone."""
    syntax = read.syntax
    sure = {clock.span for group in groups(syntax.article) for clock in group}
    taken = {at for span in sure for at in range(span.start, span.end)}
    besides = [[clock] for clock in _bare(syntax) if taken.isdisjoint(range(clock.span.start, clock.span.end))]
    clocks = list(times.clock_claims(syntax, read.events, read.days, read.resolutions, read.near, besides=besides))
    days = [claim for day in read.days if not day.vague and (claim := times.day_claim(syntax, day))]
    yield from (claim for _, claim in clocks)
    yield from _counted(syntax, [(first.start, claim.value) for first, claim in clocks if first in sure])
    yield from (*days, *_parts(read, days))


def _bare(syntax: Syntax) -> Iterator[Clock]:
    """Hours that say neither "o'clock" nor which half of the day: "at nine", "by 0710", "15.31", "half ten"."""
    spoken = table("times")["spoken"]["hours"]
    for found in _hour().finditer(syntax.article.text, syntax.article.body):
        form = found.lastgroup or ""
        said, start = found[form].lower(), found.start(form)
        if _is_of_more(syntax, syntax.at(found.end() - 1)):
            continue
        if form in {"hour", "half"}:
            hour, minute = spoken.get(said) or int(said), 30 if form == "half" else 0
            start -= len("half ") if form == "half" else 0
        else:
            hour, minute = int(said[:-2].rstrip(".")), int(said[-2:])
        sure = form == "four" or hour > 12 or said.startswith("0")
        yield Clock(Span(start, found.end()), zones.clock(hour * 60 + minute), "", half=sure, bare=True)


@cache
def _hour() -> re.Pattern[str]:
    spoken = longest_first(table("times")["spoken"]["hours"])
    hours = rf"(?:{'|'.join(spoken)}|1[0-2]|[1-9])"
    before = "|".join(longest_first(words("times", "spoken", "before", "words")))
    return re.compile(
        rf"(?:\b(?:{before}) (?:(?:just|about|around|only) )?"
        rf"(?:(?P<four>(?:[01]\d|2[0-3])[0-5]\d)|half (?P<half>{hours})|(?P<hour>{hours}))"
        r"|(?<![\w.,:$£€-])(?P<dotted>(?:[01]?\d|2[0-3])\.[0-5]\d))(?![\w:%/]|[.,]\d|[-–]\w)",
        re.IGNORECASE,
    )


def _is_of_more(syntax: Syntax, index: int) -> bool:
    """Whether a number counts the word behind it or is part of a larger figure: "at two sites", "by 10 per cent"."""
    if index + 1 >= len(syntax.tokens):
        return False
    token, behind = syntax.tokens[index], syntax.tokens[index + 1]
    counts = token.dep in {"nummod", "compound", "quantmod", "amod", "nmod"} and token.head > index
    return counts or behind.pos in {"NOUN", "NUM", "SYM"} or behind.text in {"%", "°", "per"}


def _counted(syntax: Syntax, hours: Sequence[tuple[int, Value | None]]) -> Iterator[Claim]:
    """Moments counted from the last clock time before them: "half an hour later", "twenty minutes earlier".

    ``hours`` are those that are surely times, by offset. One past midnight is left out where their day is not told.
    """
    known = sorted((at, hour.local, hour.date) for at, hour in hours if isinstance(hour, ClockTime) and hour.local)
    for found in _later().finditer(syntax.article.text, syntax.article.body):
        before = bisect_right(known, (found.start(),))
        minutes = _minutes(found)
        if not (before and minutes) or syntax.at(found.start()) >= len(syntax.tokens):
            continue
        _, last, date = known[before - 1]
        days, moment = divmod(zones.minutes(last) + minutes, 24 * 60)
        if days and not date:
            continue
        local = zones.clock(moment)
        day = (dt.date.fromisoformat(date) + dt.timedelta(days=days)).isoformat() if date else None
        known.insert(before, (found.start(), local, day))
        hedge = "about" if found["hedge"] else None
        value = ClockTime(local, date=day if days else None, hedge=hedge)
        yield unattributed(syntax, Role.TIME, Span(*found.span()), value)


@cache
def _later() -> re.Pattern[str]:
    said = table("counts")["numbers"]
    tens, ones = ([word for word, number in said.items() if fits(number)] for fits in (_is_ten, _is_one))
    number = rf"(?:\d{{1,3}}|(?:{'|'.join(tens)})[- ](?:{'|'.join(ones)})|an?|{'|'.join(longest_first(said))})"
    counted = table("times")["counted"]
    loose = [hedge for hedge, means in table("counts")["hedges"].items() if means == "about"]
    return re.compile(
        rf"(?<![\w.,-])(?<!\band )(?<!\bof )(?:(?P<hedge>{'|'.join(longest_first(loose))}) )?"
        r"(?:(?P<half>half an hour)|(?P<quarter>a quarter of an hour)"
        rf"|(?P<minutes>{number}) minutes?"
        rf"|(?P<hours>{number}) hours?(?: and (?:(?P<more>{number}) minutes|(?P<half2>a half)))?)"
        rf" (?:(?P<on>{'|'.join(longest_first(counted['on']))})|(?:{'|'.join(longest_first(counted['back']))}))\b",
        re.IGNORECASE,
    )


def _is_ten(number: int) -> bool:
    return 20 <= number <= 90


def _is_one(number: int) -> bool:
    return 1 <= number <= 9


def _minutes(found: re.Match[str]) -> int:
    """How many minutes on, or back."""
    said = table("counts")["numbers"]

    def number(name: str) -> int:
        parts = re.split(r"[- ]", (found[name] or "0").lower())
        return sum(int(part) if part.isdigit() else said.get(part, 1) for part in parts)

    fixed = 30 if found["half"] or found["half2"] else 15 if found["quarter"] else 0
    minutes = number("hours") * 60 + number("more") + number("minutes") + fixed
    return minutes if found["on"] else -minutes


def _parts(read: FirstReading, days: Sequence[Claim]) -> Iterator[Claim]:
    """Parts of a day in sentences that name none: of the last day named before them, else of the event's, else today's.

    A day of a month alone ("the 14th") is the last one before publication.
    """
    syntax, published = read.syntax, read.syntax.article.published
    if published is None:
        return
    named = {claim.context for claim in days}
    told = sorted((claim.span.start, _date(claim)) for claim in days)
    own = read.events.date or published
    for found in _part().finditer(syntax.article.text, syntax.article.body):
        index = syntax.at(found.start())
        if index >= len(syntax.tokens):
            continue
        if found["day"]:
            behind = syntax.at(found.end() - 1) + 1
            other = behind < len(syntax.tokens) and syntax.tokens[behind].pos in {"NOUN", "PROPN", "ADJ"}
            date = None if other else _last(int(found["day"]), published)
        else:
            before = bisect_right(told, (found.start(), ""))
            date = dt.date.fromisoformat(told[before - 1][1]) if before else own
        made = unattributed(syntax, Role.TIME, Span(*found.span()), ClockTime(date=date.isoformat() if date else None))
        if date and made.context not in named:
            yield made


def _date(claim: Claim) -> str:
    return (claim.value.date if isinstance(claim.value, ClockTime) else None) or ""


@cache
def _part() -> re.Pattern[str]:
    listed = "|".join(longest_first(words("times", "undated", "phrases")))
    return re.compile(rf"\b(?:{listed}|the (?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th))\b(?!-)", re.IGNORECASE)


def _last(day: int, published: dt.date) -> dt.date | None:
    """The last day of that number, up to the day of publication."""
    first = published.replace(day=1)
    for month in (first, (first - dt.timedelta(days=1)).replace(day=1)):
        if day <= calendar.monthrange(month.year, month.month)[1] and month.replace(day=day) <= published:
            return month.replace(day=day)
    return None
