"""Which question a claim answers: its role, and where needed what narrows it.

A clock time on another day is another question, and so is a distance between other places. A day after the first report
was out is not the day of what it reported.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geomap.model import EVENT_ROLES, SITE_ROLES, Article, Claim, ClockTime, Count, QuotedDistance, Referent, Role

DATE = f"{Role.TIME}:date"
"""The day on which it happened."""

ORDER = (Role.CARGO, Role.CAUSE, Role.WEAPON, Role.ORIGIN, Role.DESTINATION, Role.LAUNCH_AREA, Role.EXCHANGE_POINT)
"""Roles that are one question each, in the order in which they are listed."""


@dataclass(slots=True)
class Questions:
    """The claims of an incident by the question they answer; ``reversed`` holds those measured from the other end."""

    by_about: dict[str, list[Claim]] = field(default_factory=dict)
    reversed: set[str] = field(default_factory=set)


def questions(claims: Sequence[Claim], articles: Sequence[Article], day: dt.date | None) -> Questions:
    """Each question with its claims, in the order in which a page lists them; ``day`` is the incident's own.

    Where the incident itself happened is one question, whichever role says it; it comes under the role "event".
    """
    first = min((article.published for article in articles if article.published), default=None)
    told: dict[Role, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.role].append(claim)
    found = Questions()
    for claim in told[Role.TIME]:
        for about in _times(claim, day, first):
            found.by_about.setdefault(about, []).append(claim)
    for claim in told[Role.COUNT]:
        if isinstance(claim.value, Count):
            found.by_about.setdefault(f"{Role.COUNT}:{claim.value.of}", []).append(claim)
    for role in ORDER:
        if told[role]:
            found.by_about[str(role)] = told[role]
    if told[Role.ROUTE]:
        found.by_about[str(Role.ROUTE)] = told[Role.ROUTE]
    _distances(told[Role.DISTANCE], found)
    return found


def events(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that say where the incident happened."""
    return [claim for claim in claims if claim.role in EVENT_ROLES]


def is_place(about: str) -> bool:
    """Whether a question is answered by places, of which an incident may have several."""
    return about in SITE_ROLES or about == Role.ROUTE


def plausible_day(date: str, first: dt.date | None) -> bool:
    """Whether an incident that was first reported on ``first`` can have happened on ``date`` (ISO 8601)."""
    return first is None or date <= first.isoformat()


def _times(claim: Claim, day: dt.date | None, first: dt.date | None) -> Iterable[str]:
    value = claim.value
    if not isinstance(value, ClockTime):
        return
    clock = bool(value.local or value.gmt or value.zones)
    early = bool(value.date) and plausible_day(value.date or "", first)
    if early:
        yield DATE
    if clock and (not value.date or (day and value.date == day.isoformat())):
        yield str(Role.TIME)
    elif value.date and (clock or not early):
        yield f"{Role.TIME}:{value.date}"


def _distances(claims: Iterable[Claim], found: Questions) -> None:
    """A question for each pair of places that somebody gives a distance or a direction between."""
    abouts: dict[tuple[frozenset[str], str], tuple[str, str]] = {}
    for claim in claims:
        start, end = _end(claim.reference), _end(claim.subject)
        if not isinstance(claim.value, QuotedDistance) or not start or not end or start[0] == end[0]:
            continue
        manner = "" if claim.value.manner == "air" else claim.value.manner
        by = f" ({manner.replace('-', ' ')})" if manner else ""
        about, origin = abouts.setdefault(
            (frozenset({start[0], end[0]}), manner), (f"{Role.DISTANCE}:{start[1]} to {end[1]}{by}", start[0])
        )
        if start[0] != origin:
            found.reversed.add(claim.id)
        found.by_about.setdefault(about, []).append(claim)


def _end(referent: Referent | None) -> tuple[str, str] | None:
    """What names one end of a distance: a key that is the same in every report, and the name to show.

    A place that no gazetteer has is known by its name; "the town" and "it" name nothing outside their own sentence.
    """
    if referent is None:
        return None
    named = referent.text[:1].isupper() and referent.text.split(" ")[0].casefold() not in _POINTING
    if referent.place:
        return referent.place.key, referent.text if named else referent.place.name
    return (f"name:{referent.text.casefold()}", referent.text) if named else None


_POINTING = frozenset(
    {"the", "it", "its", "they", "their", "he", "his", "she", "her", "this", "that", "these", "a", "an"}
)
"""Words that begin what only its own report understands."""
