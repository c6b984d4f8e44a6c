"""What a text says of any subject that can be checked by itself: converted times, weekdays beside dates, sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geomap.claims import attribution, dates, grammar, localtimes
from geomap.claims.clocks import groups
from geomap.claims.dates import Day
from geomap.claims.grammar import Syntax
from geomap.claims.listings import totals
from geomap.claims.things import unattributed
from geomap.claims.times import DaysNamed, clock_claim, dated, halves
from geomap.model import Analysis, Article, Claim, ClockTime, Resolution, Role, Span


def quoted(article: Article, analysis: Analysis, resolutions: Sequence[Resolution]) -> tuple[Claim, ...]:
    """Every time given in several zones, every weekday beside a date, every total with its parts, in their order.

    They need not be of the report's incident: these are claims to check, not to build an incident from.
    """
    if not analysis.tokens:
        return ()
    syntax = grammar.read(article, analysis)
    days = tuple(dates.days(article, localtimes.home(article, resolutions)))
    speak = attribution.reader(syntax, analysis)
    found = sorted((*_times(syntax, days, resolutions), *totals(syntax)), key=lambda claim: claim.span)
    return tuple(
        replace(
            claim, id=f"{article.id}:{claim.role}:{claim.span.start}-{claim.span.end}", attribution=speak(claim.span)
        )
        for claim in found
    )


def _times(syntax: Syntax, days: Sequence[Day], resolutions: Sequence[Resolution]) -> Iterator[Claim]:
    near = localtimes.near((), resolutions)
    calendar = DaysNamed(syntax, days)
    told: set[Span] = set()
    found = list(groups(syntax.article))
    for group, local in zip(found, halves(syntax, found), strict=True):
        claim = clock_claim(syntax, group, resolutions, near, local)
        if isinstance(claim.value, ClockTime) and claim.value.quoted:
            named = calendar.of(group)
            told |= {named.span} if named else set()
            yield dated(claim, named, None)
    for day in days:
        if day.beside is not None and day.date and day.span not in told:
            value = ClockTime(date=day.date.isoformat(), weekday=day.beside)
            yield unattributed(syntax, Role.TIME, day.span, value)
