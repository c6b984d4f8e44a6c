"""What a report claims: sites, journeys, distances, times, counts and matters, each with who says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from geomap.claims import rules
from geomap.claims.holders import held
from geomap.claims.listings import with_listings
from geomap.claims.quoted import quoted
from geomap.claims.rules import FirstReading
from geomap.claims.second import SecondReader
from geomap.claims.speakers import canonical
from geomap.model import Analysis, Article, Claim, Resolution

__all__ = ["Extractor", "extract", "quoted"]

Weigh = Callable[[FirstReading], Sequence[Claim]]
"""A report as the rules read it to its claims, attributed; distances and lengths are no part of it."""


class Extractor:
    """Takes every claim of a report: the rules read it first, a second reader completes what they found."""

    def __init__(self, second: Weigh | None) -> None:
        """Without a second reader what the rules found stands."""
        self._weigh = second or ruled

    def __call__(self, article: Article, analysis: Analysis, resolutions: Sequence[Resolution]) -> tuple[Claim, ...]:
        """Every claim of the report, attributed, in the order of the text.

        A claim that one speaker makes twice is kept where it stands first. An id is made of the report's id, the role
        and the offsets, so that the same report always gives the same ids.
        """
        if not analysis.tokens:
            return ()
        first = rules.read(article, analysis, resolutions)
        found = [*with_listings(first.syntax, self._weigh(first)), *_attributed(first, first.distances)]
        found = held(article, found, resolutions)
        return tuple(_identified(_distinct(sorted(found, key=lambda c: (c.span, c.role, repr(c.value))))))


def ruled(first: FirstReading) -> list[Claim]:
    """The claims that the rules found, told by whom they name."""
    return _attributed(first, first.claims)


def _attributed(first: FirstReading, found: Sequence[Claim]) -> list[Claim]:
    return [replace(claim, attribution=first.speech.attribution(claim.span)) for claim in found]


extract = Extractor(SecondReader())
"""The default: with the second reader that comes with geomap; its weights load on first use."""


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
