"""What a report claims: sites, journeys, distances, times, counts and matters, each with who says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geomap.claims import attribution, counts, dates, events, grammar, localtimes, matters, sites, times
from geomap.claims.distances import distances
from geomap.claims.listings import with_listings
from geomap.claims.locatives import locatives
from geomap.claims.quoted import quoted
from geomap.claims.speakers import canonical
from geomap.model import Analysis, Article, Claim, Resolution

__all__ = ["extract", "quoted"]


def extract(article: Article, analysis: Analysis, resolutions: Sequence[Resolution]) -> tuple[Claim, ...]:
    """Every claim of the report, attributed, in the order of the text.

    A claim that one speaker makes twice is kept where it stands first. An id is made of the report's id, the role and
    the offsets, so that the same report always gives the same ids.
    """
    if not analysis.tokens:
        return ()
    syntax = grammar.read(article, analysis)
    days = tuple(dates.days(article, localtimes.home(article, resolutions)))
    told = events.read(syntax, days)
    placed = sites.sites(syntax, told, resolutions, locatives(article, analysis, resolutions))
    found = [
        *placed,
        *distances(article, analysis, resolutions),
        *times.times(syntax, told, days, resolutions, localtimes.near(placed, resolutions)),
        *with_listings(syntax, counts.counts(syntax, told)),
        *matters.matters(syntax, told),
    ]
    speak = attribution.reader(syntax, analysis)
    attributed = [replace(claim, attribution=speak(claim.span)) for claim in found]
    return tuple(_identified(_distinct(sorted(attributed, key=lambda c: (c.span, c.role, repr(c.value))))))


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    seen: set[object] = set()
    kept = []
    for claim in claims:
        key = (
            claim.role,
            repr(claim.value)
            if claim.subject is None
            else (claim.subject.place.key if claim.subject.place else claim.subject.text),
            claim.reference.place.key if claim.reference and claim.reference.place else None,
            repr(claim.value),
            canonical(claim.attribution.speaker),
            claim.attribution.status,
        )
        if key not in seen:
            seen.add(key)
            kept.append(claim)
    return kept


def _identified(claims: Sequence[Claim]) -> list[Claim]:
    """Claims with their ids; two of one role on the same words are told apart by a number."""
    used: dict[str, int] = {}
    done = []
    for claim in claims:
        name = f"{claim.article}:{claim.role}:{claim.span.start}-{claim.span.end}"
        used[name] = used.get(name, 0) + 1
        done.append(replace(claim, id=name if used[name] == 1 else f"{name}.{used[name]}"))
    return done
