"""Whose local time a report speaks of: that of the places it names by the time, or of the incident's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from geomap import zones
from geomap.model import EVENT_ROLES, Article, Claim, Kind, LocalZone, Place, Resolution, Span

PLACES = frozenset({Kind.LITERAL, Kind.FACILITY})
"""Kinds of mention that say where something is: "Moscow said" does not."""

Near = Callable[[Span], tuple[LocalZone, ...]]
"""The zones that "local time" may mean in a sentence."""


def near(sites: Sequence[Claim], resolutions: Sequence[Resolution]) -> Near:
    """Zones by sentence: the incident's site there, else the places named there, else those of the whole report.

    A country is named for what it did as often as for where, and may keep many zones: any site tells more.
    """
    events = [c for c in sites if c.role in EVENT_ROLES and c.subject and c.subject.place]
    named = [r for r in resolutions if r.place and r.mention.kind in PLACES]

    def zones_near(sentence: Span) -> tuple[LocalZone, ...]:
        tiers = (
            (c.subject.place for c in events if c.subject and sentence.covers(c.span)),
            (r.place for r in named if sentence.covers(r.mention.span) and not _is_country(r.place)),
            (c.subject.place for c in events if c.subject and not _is_country(c.subject.place)),
            (r.place for r in named if sentence.covers(r.mention.span)),
            (r.place for r in named),
        )
        return next((found for tier in tiers if (found := _zones(tier))), ())

    return zones_near


def _is_country(place: Place | None) -> bool:
    return place is not None and place.feature_code.startswith("PCL")


def home(article: Article, resolutions: Sequence[Resolution]) -> str:
    """The zone that most of the places named keep, for a report that says at what hour it was published; "" else."""
    if article.published_at is None:
        return ""
    kept = Counter(r.place.timezone for r in resolutions if r.place and r.mention.kind in PLACES)
    return next((zone for zone, _ in kept.most_common() if zones.is_known(zone)), "")


def _zones(places: Iterable[Place | None]) -> tuple[LocalZone, ...]:
    """The zones kept at some places, each once."""
    found: dict[str, LocalZone] = {}
    for place in places:
        for zone in zones.kept_at(place) if place else ():
            found.setdefault(zone.zone, zone)
    return tuple(found.values())
