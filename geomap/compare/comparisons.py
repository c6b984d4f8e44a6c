"""Every question that claims of an incident answer, with its rival answers."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations

from geomap.compare import answers
from geomap.compare.answers import Answer, Area
from geomap.compare.questions import DATE, Questions, events, is_place, questions
from geomap.compare.sides import Gathered, Read, gather, made
from geomap.compare.support import Sourcing, asserted, own_voice
from geomap.model import (
    Article,
    Claim,
    ClockTime,
    Comparison,
    Conflict,
    Count,
    Footprint,
    Matter,
    QuotedDistance,
    Referent,
    Role,
    Site,
)
from geomap.zones import minutes


@dataclass(slots=True)
class _Desk:
    """What answers are read with: the footprints of claims, each taken as an area once."""

    located: Mapping[str, Footprint]
    sourcing: Sourcing
    published: Mapping[str, dt.date | None]
    areas: dict[int, Area] = field(default_factory=dict)

    def area(self, footprint: Footprint | None) -> Area | None:
        if footprint is None:
            return None
        known = self.areas.get(id(footprint))
        if known is None:
            known = self.areas[id(footprint)] = answers.area(footprint)
        return known

    def place(self, referent: Referent | None) -> Area | None:
        return self.area(referent.place.footprint) if referent and referent.place else None


def compare(
    claims: Sequence[Claim],
    located: Mapping[str, Footprint],
    *,
    articles: Sequence[Article],
    sourcing: Sourcing,
    day: dt.date | None = None,
    sites: Sequence[Site] = (),
) -> tuple[Comparison, ...]:
    """Every question with its sides, where the incident happened first.

    ``located`` holds the footprint of each claim that has one, by claim id; ``day`` is when the incident happened;
    ``sites`` are where, as settled by intersecting regions: the claims that each holds are one answer.
    """
    desk = _Desk(located, sourcing, {article.id: article.published for article in articles})
    asked = questions(claims, articles, day)
    found = [_event(events(claims), sites, desk)]
    for about, group in asked.by_about.items():
        sides = gather(group, _reader(about, group, asked, desk))
        found.append(_comparison(about, sides, contested=_contested(about, sides, desk), desk=desk))
    return tuple(each for each in found if each)


def conflicts(comparisons: Iterable[Comparison]) -> tuple[Conflict, ...]:
    """The contested comparisons with the answers that somebody asserts; about a role, or ``count:`` and what."""
    return tuple(
        Conflict(_role(each.about), tuple(side for side in each.sides if side.claims))
        for each in comparisons
        if each.contested
    )


def _role(about: str) -> str:
    return about if about.startswith(f"{Role.COUNT}:") else about.partition(":")[0]


def _comparison(about: str, sides: Sequence[Gathered], *, contested: bool, desk: _Desk) -> Comparison:
    return Comparison(about, tuple(made(side, desk.sourcing, dated=about == DATE) for side in sides), contested)


def _event(claims: Sequence[Claim], sites: Sequence[Site], desk: _Desk) -> Comparison | None:
    """Where the incident happened. What its regions leave out, and what has none, is an answer that rivals nobody."""
    if not claims:
        return None
    told = {claim.id: claim for claim in claims}
    settled = [[told[id] for id in site.held] for site in sites]
    held = {claim.id for group in settled for claim in group}

    def read(claim: Claim) -> Answer | None:
        free = claim.id not in held and asserted(claim)
        return None if free else desk.area(desk.located.get(claim.id))

    sides = gather(claims, read, settled=settled)
    reports = Counter(report for group in settled for report in {claim.article for claim in group if asserted(claim)})
    lone = [group for group in settled if any(asserted(claim) for claim in group)]
    role = sites[0].role if sites else max((claim.role for claim in claims), key=lambda role: role == Role.CRASH_SITE)
    # Of two places that one report names, both may be right: an incident may have more than one.
    contested = len(lone) > 1 and max(reports.values(), default=0) < 2
    return _comparison(str(role), sides, contested=contested, desk=desk)


def _reader(about: str, claims: Sequence[Claim], asked: Questions, desk: _Desk) -> Read:
    """What reads the answers to one question."""
    if about == DATE:
        return answers.day
    role = about.partition(":")[0]
    if role == Role.TIME:
        return partial(answers.clock, ahead=_ahead(claims))
    if role == Role.COUNT:
        return answers.count
    if role == Role.DISTANCE:
        return lambda claim: _stretch(claim, asked)
    if role == Role.ROUTE:
        return lambda claim: _leg(claim, desk)
    if is_place(role):
        return lambda claim: desk.area(desk.located.get(claim.id))
    return lambda claim: answers.words(claim.value.what) if isinstance(claim.value, Matter) else None


def _stretch(claim: Claim, asked: Questions) -> Answer | None:
    value = claim.value
    return answers.stretch(value, reverse=claim.id in asked.reversed) if isinstance(value, QuotedDistance) else None


def _leg(claim: Claim, desk: _Desk) -> Answer | None:
    start, end = desk.place(claim.subject), desk.place(claim.reference)
    return answers.Leg(start, end) if start and end else None


def _ahead(claims: Iterable[Claim]) -> int | None:
    """How far local time runs ahead of GMT, in minutes, as most claims that give both have it."""
    given = [claim.value for claim in claims if isinstance(claim.value, ClockTime)]
    found = Counter(
        (minutes(value.local) - minutes(value.gmt) + 720) % 1440 - 720 for value in given if value.local and value.gmt
    )
    return found.most_common(1)[0][0] if found else None


# --- rivals ----------------------------------------------------------------------------------------------------------


def _contested(about: str, sides: Sequence[Gathered], desk: _Desk) -> bool:
    """Whether two of the sides cannot both hold, and no one voice gives both; an unsure one, or a part, rivals none."""
    parts = _parts(sides, desk) if about.startswith(f"{Role.COUNT}:") else frozenset()
    standing = [_Stance.of(side, desk) for side in sides if side.answer is not None and _is_sure(side, parts)]
    return any(_rivals(a, b, about) for a, b in combinations(standing, 2))


def _parts(sides: Iterable[Gathered], desk: _Desk) -> frozenset[str]:
    """The counts that are parts of another: what one voice gives in one report that together is somebody's figure.

    "Seven died at the mall, two in hospital" rivals nobody's nine.
    """
    told = [claim for side in sides for claim in _given(side) if _figure(claim)]
    voices: dict[tuple[str, str], set[int]] = defaultdict(set)
    for claim in told:
        voices[claim.article, desk.sourcing.origin_of(claim)].add(_figure(claim))
    figures = {figure for voice in voices.values() for figure in voice}
    parts = {
        (report, part)
        for (report, _), voice in voices.items()
        if len(voice) <= _MANY
        for size in (2, 3)
        for summed in combinations(sorted(voice), size)
        if sum(summed) in figures
        for part in summed
    }
    return frozenset(claim.id for claim in told if (claim.article, _figure(claim)) in parts)


_MANY = 12
"""Figures of one voice in one report; of more, some add up to anything."""


def _figure(claim: Claim) -> int:
    return claim.value.count if isinstance(claim.value, Count) else 0


def _given(side: Gathered) -> list[Claim]:
    """All that asserts a side, also in a wider wording."""
    return [claim for wording in (*side.firm, *side.loose) for claim in wording.claims]


def _is_sure(side: Gathered, parts: Set[str]) -> bool:
    """Whether an answer was read for sure, also in a wider wording: in one claim, or in more than one report.

    Claims of ``parts`` do not count.
    """
    claims = [claim for claim in _given(side) if claim.id not in parts]
    return any(claim.sure for claim in claims) or len({claim.article for claim in claims}) > 1


@dataclass(frozen=True, slots=True)
class _Stance:
    """Who gives an answer, where and when."""

    voices: frozenset[tuple[str, str]]
    origins: frozenset[str]
    reports: frozenset[str]
    own: frozenset[str]
    days: frozenset[dt.date | None]

    @classmethod
    def of(cls, side: Gathered, desk: _Desk) -> _Stance:
        voices = frozenset((claim.article, desk.sourcing.origin_of(claim)) for claim in side.claims)
        return cls(
            voices,
            frozenset(origin for _, origin in voices),
            frozenset(report for report, _ in voices),
            frozenset(claim.article for claim in side.claims if own_voice(claim)),
            frozenset(desk.published.get(report) for report, _ in voices),
        )


def _rivals(a: _Stance, b: _Stance, about: str) -> bool:
    """Whether two answers are given against each other.

    They are not where everybody who gives the one gives the other as well, in the same report: that is a list. Nor
    where one source alone is behind both on different days: it has revised its figure. Nor where a report itself gives
    the one beside the other, if it speaks of days and places, or if nobody else speaks: a part beside its whole.
    """
    if a.voices <= b.voices or b.voices <= a.voices:
        return False
    if about.startswith(f"{Role.COUNT}:") and len(a.origins) == 1 and a.origins == b.origins and not a.days & b.days:
        return False
    beside = bool(a.own & b.reports or b.own & a.reports)
    alone = a.reports == b.reports and len(a.reports) == 1
    return not (beside and (alone or about == DATE or is_place(about)))
