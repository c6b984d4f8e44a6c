"""Totals against their parts: those listed with them, and those that the same speaker gives elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from geomap.bounds import Bound, bound
from geomap.model import Claim, Count, Finding, Listing, Part, Role, Status, Verdict

ABOUT: Final = 0.1
"""How far "about 200" may lie from 200, as a share."""

RECIPES: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "aboard": (("prisoners", "crew", "accompanying"), ("passengers", "crew"), ("prisoners", "others-aboard")),
    "others-aboard": (("crew", "accompanying"),),
}
"""What is counted, and the counts that together are all of it and that nobody is in twice."""

Range = tuple[float, float]
Counted = tuple[Claim, Count]


def check_sums(claims: Sequence[Claim]) -> tuple[Finding, ...]:
    """A finding for each total whose parts fit it or cannot, in the order of the claims.

    A total is held against the parts listed with it, else against those its speaker gives in the same report, else
    (for agreement alone: figures change from day to day) in other reports. Nothing is said of a total whose parts are
    not said to be all of it and do not exceed it, nor by what was read with less certainty.
    """
    sure = (claim for claim in claims if claim.role is Role.COUNT and claim.sure)
    counted = [(claim, claim.value) for claim in sure if isinstance(claim.value, Count)]
    found = {claim.id: finding for claim, value in counted if (finding := check_listing(claim, value, counted))}
    for each in _by_speaker(counted):
        for finding in _composed(each):
            found.setdefault(finding.claim, finding)
    return tuple(found[claim.id] for claim, _ in counted if claim.id in found)


def check_listing(claim: Claim, value: Count, told: Iterable[Counted] = ()) -> Finding | None:
    """What adding up says of a total listed with its parts; ``told`` are the claims that may be made of those."""
    listing = value.listing
    if listing is None or not listing.parts:
        return None
    ids = tuple(
        other.id
        for part in listing.parts
        for other, theirs in told
        if other.article == claim.article and other.span.overlaps(part.span) and theirs.count == part.count
    )
    judged = _complete(value, listing) if listing.complete else _partial(value, listing)
    return Finding(claim.id, judged[0], judged[1], parts=tuple(dict.fromkeys(ids))) if judged else None


def _complete(value: Count, listing: Listing) -> tuple[Verdict, str] | None:
    """Parts said to be all of it: their sum has to be the total."""
    total, added = reach(value.count, value.hedge), _added(listing.parts)
    summed, sum_ = _sum(part.count for part in listing.parts)
    if summed == value.count:
        return Verdict.AGREES, sum_
    if total[0] <= added[1] and added[0] <= total[1]:
        return Verdict.PLAUSIBLE, f"{sum_}, which “{_said(value)}” leaves room for"
    if bound(value.hedge) is Bound.AT_LEAST and summed < value.count:
        return None  # a list of those known so far
    return Verdict.CONTRADICTED, f"{sum_}, not {value.count}: {_apart(summed, value.count)}"


def _partial(value: Count, listing: Listing) -> tuple[Verdict, str] | None:
    """Parts said to be some of it: none can be more than the total."""
    most = reach(value.count, value.hedge)[1]
    over = [part for part in listing.parts if reach(part.count, part.hedge)[0] > most]
    if over:
        part = over[0]
        return Verdict.CONTRADICTED, f"{part.count} cannot be among {value.count}: a part is more than the whole"
    if _added(listing.parts)[0] <= most:
        return None
    _, sum_ = _sum(part.count for part in listing.parts)
    if listing.apart:
        return Verdict.CONTRADICTED, f"{sum_}, more than {value.count}: a part is more than the whole"
    return Verdict.DOUBTFUL, f"{sum_}, more than {value.count}, unless some are counted twice"


def reach(count: int, hedge: str | None) -> Range:
    """The least and the most that a hedged number may mean."""
    match bound(hedge):
        case Bound.AT_LEAST:
            return count, float("inf")
        case Bound.AT_MOST:
            return 0, count
    spread = count * ABOUT if hedge else 0
    return count - spread, count + spread


def _added(parts: Iterable[Part]) -> Range:
    ranges = [reach(part.count, part.hedge) for part in parts]
    return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def _sum(counts: Iterable[int]) -> tuple[int, str]:
    listed = list(counts)
    return sum(listed), f"{' + '.join(map(str, listed))} = {sum(listed)}"


def _apart(summed: int, total: int) -> str:
    """How a total differs from its sum: "two fewer than the parts"."""
    by = abs(summed - total)
    words = dict(enumerate("one two three four five six seven eight nine".split(), 1)).get(by, str(by))
    return f"{words} {'fewer' if total < summed else 'more'} than the parts"


def _said(value: Count) -> str:
    return f"{value.hedge} {value.count}" if value.hedge else str(value.count)


# --- parts told elsewhere --------------------------------------------------------------------------------------------


def _by_speaker(counted: Iterable[Counted]) -> Iterable[list[Counted]]:
    """What each speaker counts; what a report says itself is a speaker of its own. Denials count nothing."""
    groups: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for claim, value in counted:
        if claim.attribution.status is not Status.DENIED:
            own = len(claim.attribution.chain) < 2
            groups[claim.attribution.speaker, claim.article if own else ""].append((claim, value))
    return groups.values()


def _composed(told: Sequence[Counted]) -> Iterable[Finding]:
    """A finding for each total of one speaker that the same speaker's parts make up, or exceed."""
    seen: set[tuple[str, int]] = set()
    for claim, value in told:
        if value.of not in RECIPES or value.hedge or (value.of, value.count) in seen:
            continue
        own = [each for each in told if each[0].article == claim.article]
        finding = _from_parts(claim, value, own, may_contradict=True) or _from_parts(
            claim, value, told, may_contradict=False
        )
        if finding:
            seen.add((value.of, value.count))
            yield finding


def _from_parts(claim: Claim, value: Count, told: Sequence[Counted], *, may_contradict: bool) -> Finding | None:
    known = _unique(told)
    if value.of not in known:
        return None  # two totals: which one the parts are of is not said
    for recipe in RECIPES[value.of]:
        parts = [known[of] for of in recipe if of in known]
        if len(parts) < 2:
            continue
        summed, sum_ = _sum(part.count for _, part in parts)
        ids = tuple(part.id for part, _ in parts)
        if summed == value.count and len(parts) == len(recipe):
            return Finding(claim.id, Verdict.AGREES, sum_, parts=ids)
        if summed > value.count and may_contradict:
            said = f"{sum_}, not {value.count}: {_apart(summed, value.count)}"
            return Finding(claim.id, Verdict.CONTRADICTED, said, parts=ids)
    return None


def _unique(told: Iterable[Counted]) -> dict[str, Counted]:
    """The counts of which only one exact figure is told, by what is counted."""
    figures: dict[str, list[Counted]] = defaultdict(list)
    for claim, value in told:
        figures[value.of].append((claim, value))
    return {
        of: group[0]
        for of, group in figures.items()
        if len({(v.count, v.hedge) for _, v in group}) == 1 and group[0][1].hedge is None
    }
