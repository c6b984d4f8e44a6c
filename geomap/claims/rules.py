"""The first reading of a report, by rules: what it claims, and all that a second reading needs to know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geomap.claims import attribution, counts, dates, events, grammar, localtimes, matters, sites, times
from geomap.claims.attribution import Speech
from geomap.claims.dates import Day
from geomap.claims.events import Events
from geomap.claims.grammar import Syntax
from geomap.claims.localtimes import Near
from geomap.claims.locatives import LocativePhrase, locatives
from geomap.model import Analysis, Article, Claim, Resolution


@dataclass(frozen=True, slots=True)
class FirstReading:
    """A report as the rules read it; ``claims`` are not attributed yet, and hold no distances."""

    syntax: Syntax
    events: Events
    days: Sequence[Day]
    resolutions: Sequence[Resolution]
    phrases: Sequence[LocativePhrase]
    near: Near
    speech: Speech
    claims: Sequence[Claim]


def read(article: Article, analysis: Analysis, resolutions: Sequence[Resolution]) -> FirstReading:
    """Read a report that has words by the rules."""
    syntax = grammar.read(article, analysis)
    days = tuple(dates.days(article, localtimes.home(article, resolutions)))
    told = events.read(syntax, days)
    phrases = locatives(article, analysis, resolutions)
    placed = sites.sites(syntax, told, resolutions, phrases)
    near = localtimes.near(placed, resolutions)
    found = (
        *placed,
        *times.times(syntax, told, days, resolutions, near),
        *counts.counts(syntax, told),
        *matters.matters(syntax, told),
    )
    return FirstReading(syntax, told, days, resolutions, phrases, near, attribution.speech(syntax, analysis), found)
