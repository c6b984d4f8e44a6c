"""What stands behind an answer: the origins that give it, and which of them are shown to be independent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from geomap.model import Backing, Claim, Status

OriginOf = Callable[[Claim], str]
"""Names the origin that a claim goes back to."""


class Rank(IntEnum):
    """What is known of a speaker, best first; an answer's origins of the best rank there is count as independent."""

    NAMED = 0
    """A person or body that can be told from every other."""
    UNNAMED = 1
    """ "Officials", "sources", a country: perhaps the very body that another report names."""
    OUTLET = 2
    """An outlet or agency, in its own voice or quoted: perhaps passing on what a source told it."""


def _named(claim: Claim) -> Rank:
    return Rank.OUTLET if own_voice(claim) else Rank.NAMED


@dataclass(frozen=True, slots=True)
class Sourcing:
    """Where claims go back to, and what is known of who that is."""

    origin_of: OriginOf
    rank_of: Callable[[Claim], Rank] = _named


def own_voice(claim: Claim) -> bool:
    """Whether the report says it itself, rather than somebody in it."""
    return len(claim.attribution.chain) < 2


def asserted(claim: Claim) -> bool:
    """Whether somebody stands behind a claim; what a ministry says and nobody could verify, the ministry still says."""
    status = claim.attribution.status
    return status != Status.DENIED and not (status == Status.UNVERIFIED and own_voice(claim))


def backing(claims: Sequence[Claim], sourcing: Sourcing) -> tuple[Backing, ...]:
    """The origins of claims that give one answer, the independent ones first and of those the most repeated.

    Only origins of the best rank count: an outlet beside a ministry may have it from the ministry. Unnamed origins
    count as one, since nothing tells them apart; a name that is part of another's does not count beside it.
    """
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[sourcing.origin_of(claim)].append(claim)
    ranks = {origin: min(sourcing.rank_of(claim) for claim in group) for origin, group in groups.items()}
    counted = _independent(ranks)
    found = [
        Backing(origin, tuple(dict.fromkeys(claim.article for claim in group)), origin in counted)
        for origin, group in groups.items()
    ]
    return tuple(sorted(found, key=lambda each: (not each.independent, -len(each.reports))))


def _independent(ranks: Mapping[str, Rank]) -> set[str]:
    best = min(ranks.values(), default=Rank.NAMED)
    names = {origin: frozenset(origin.casefold().split()) for origin, rank in ranks.items() if rank == best}
    if best == Rank.UNNAMED:
        return set(list(names)[:1])
    # "Health Ministry" beside "Kyrgyz Health Ministry": the shorter name may be the longer one's.
    return {name for name, parts in names.items() if not any(parts < others for others in names.values())}
