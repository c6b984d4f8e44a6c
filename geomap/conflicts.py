"""Where claims of one incident cannot all be true.

Two answers conflict when no value satisfies both within what their wording allows: a hedged clock time leaves ten
minutes either way, "at least 20" leaves everything above, a region inside a region is coarser wording. Only what
somebody asserts takes a side: "it is not clear whether" does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from geomap import geodesy
from geomap.model import Claim, ClockTime, Conflict, Count, Footprint, Matter, Role, Side, Status

AROUND_MINUTES = 10
"""How far "around 11:00" may lie from 11:00, either way."""

EXACT_MINUTES = 2
"""What a clock time without a hedge still allows."""

ABOUT_SHARE = 0.1
"""How far "about 200" may lie from 200, as a share."""

AT_LEAST = frozenset(
    {"part", "at least", "more than", "over", "no fewer than", "no less than", "upwards of", "minimum"}
)
AT_MOST = frozenset({"at most", "up to", "fewer than", "less than", "under", "no more than", "as many as", "maximum"})
_LESSER_WORDS = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "on", "the", "to", "was", "were", "with"})

OriginOf = Callable[[Claim], str]
"""Names the origin that a claim goes back to."""

Answer = TypeVar("Answer")


def conflicts(
    claims: Sequence[Claim], located: Mapping[str, Footprint], *, origin_of: OriginOf
) -> tuple[Conflict, ...]:
    """Every conflict among ``claims``, in the order of the roles.

    ``located`` holds the footprint of each claim that has one, by claim id. Where the incident itself happened is
    settled by intersecting regions, and is left out here.
    """
    asserted = [claim for claim in claims if _asserted(claim)]
    found: list[Conflict | None] = [_over(Role.TIME, _of(asserted, Role.TIME), _interval, _overlap, origin_of)]
    counts = _of(asserted, Role.COUNT)
    for what in dict.fromkeys(claim.value.of for claim in counts if isinstance(claim.value, Count)):
        group = [claim for claim in counts if isinstance(claim.value, Count) and claim.value.of == what]
        found.append(_over(f"count:{what}", group, _range, _overlap, origin_of))
    for role in (Role.CARGO, Role.CAUSE, Role.WEAPON):
        found.append(_over(role, _of(asserted, role), _content_words, _share_a_word, origin_of))
    for role in (Role.ORIGIN, Role.DESTINATION, Role.LAUNCH_AREA, Role.EXCHANGE_POINT):
        found.append(_over(role, _of(asserted, role), lambda claim: located.get(claim.id), compatible, origin_of))
    return tuple(each for each in found if each)


def compatible(a: Footprint, b: Footprint) -> bool:
    """Whether two footprints may be of one place: the shapes meet, or their points lie within both uncertainties."""
    if a.geometry.intersects(b.geometry):
        return True
    return geodesy.inverse(*a.lonlat, *b.lonlat).distance_m <= a.uncertainty_m + b.uncertainty_m


def side(claims: Sequence[Claim], *, origin_of: OriginOf) -> Side:
    """The claims that give one answer, as a side: the answer in the words of its most precise claim."""
    plain = next((claim for claim in claims if not _hedge(claim)), claims[0])
    return Side(
        value=shown(plain),
        hedge=_hedge(plain),
        speakers=tuple(dict.fromkeys(claim.attribution.speaker for claim in claims)),
        origins=tuple(dict.fromkeys(origin_of(claim) for claim in claims)),
        reports=tuple(dict.fromkeys(claim.article for claim in claims)),
        claims=tuple(claim.id for claim in claims),
    )


def shown(claim: Claim) -> str | int | float:
    """A claim's answer as a reader would write it: "11:15", 3, "prisoners of war", "Lyptsi"."""
    match claim.value:
        case ClockTime(local=local, gmt=gmt, date=date):
            return local or (f"{gmt} GMT" if gmt else None) or date or claim.quote
        case Count(count=number):
            return number
        case Matter(what=what):
            return what
    return claim.subject.text if claim.subject else claim.quote


def _asserted(claim: Claim) -> bool:
    """Whether somebody stands behind a claim; what a ministry says and nobody could verify, the ministry still says."""
    own_voice = len(claim.attribution.chain) < 2
    status = claim.attribution.status
    return status != Status.DENIED and not (status == Status.UNVERIFIED and own_voice)


def _of(claims: Sequence[Claim], role: Role) -> list[Claim]:
    return [claim for claim in claims if claim.role == role]


def _over(
    about: str,
    claims: Sequence[Claim],
    answer: Callable[[Claim], Answer | None],
    agree: Callable[[Answer, Answer], bool],
    origin_of: OriginOf,
) -> Conflict | None:
    """The conflict among claims over one thing, if there is one.

    Claims of one answer are taken together first, so that the cost grows with the number of different answers.
    """
    groups: dict[str, tuple[Answer, list[Claim]]] = {}
    for claim in claims:
        given = answer(claim)
        if given is not None:
            groups.setdefault(str((shown(claim), _hedge(claim))), (given, []))[1].append(claim)
    sides: list[list[tuple[Answer, list[Claim]]]] = []
    for group in groups.values():
        home = next((each for each in sides if all(agree(group[0], other) for other, _ in each)), None)
        if home is None:
            sides.append([group])
        else:
            home.append(group)
    merged = [[claim for _, group in each for claim in group] for each in sides]
    if len(merged) < 2 or _one_voice(merged, origin_of):
        return None
    return Conflict(str(about), tuple(side(each, origin_of=origin_of) for each in merged))


def _one_voice(sides: Sequence[Sequence[Claim]], origin_of: OriginOf) -> bool:
    """Whether every side is given by the same one report and origin: a list of things, not a disagreement."""
    voices = [{(claim.article, origin_of(claim)) for claim in side} for side in sides]
    return all(a == b for a, b in pairwise(voices)) and len(voices[0]) == 1


def _hedge(claim: Claim) -> str | None:
    return claim.value.hedge if isinstance(claim.value, ClockTime | Count) else None


def _interval(claim: Claim) -> tuple[float, float] | None:
    """A clock time as minutes of the day in one zone, earliest to latest."""
    value = claim.value
    if not isinstance(value, ClockTime) or not value.local:
        return None
    hours, minutes = value.local.split(":")
    middle = int(hours) * 60 + int(minutes)
    spread = AROUND_MINUTES if value.hedge else EXACT_MINUTES
    return middle - spread, middle + spread


def _range(claim: Claim) -> tuple[float, float] | None:
    """A count as its least and greatest value."""
    value = claim.value
    if not isinstance(value, Count):
        return None
    hedge = (value.hedge or "").lower()
    if hedge in AT_LEAST:
        return value.count, float("inf")
    if hedge in AT_MOST:
        return 0, value.count
    spread = value.count * ABOUT_SHARE if hedge else 0
    return value.count - spread, value.count + spread


def _overlap(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _content_words(claim: Claim) -> frozenset[str] | None:
    """What a cause, cargo or weapon names, as word stems: "missiles" and "missile" are one."""
    if not isinstance(claim.value, Matter):
        return None
    words = re.findall(r"[^\W_]+", claim.value.what.casefold())
    return frozenset(word.removesuffix("s") for word in words if word not in _LESSER_WORDS) or None


def _share_a_word(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a & b)
