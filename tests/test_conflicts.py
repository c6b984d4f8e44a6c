"""When claims contradict each other, and when one is only coarser than another."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.compare import Sourcing, compare, conflicts
from geomap.model import (
    Article,
    Attribution,
    Claim,
    ClockTime,
    Comparison,
    Count,
    Footprint,
    Matter,
    Referent,
    Role,
    Span,
    Status,
    Value,
)

from .samples import place

_numbers = itertools.count()


def claim(
    role: Role,
    value: Value | None,
    *,
    report: str = "a",
    speaker: str = "",
    status: Status = Status.CLAIMED,
    subject: Referent | None = None,
) -> Claim:
    return Claim(
        id=f"{report}:{next(_numbers)}",
        article=report,
        span=Span(0, 1),
        quote="x",
        role=role,
        attribution=Attribution(speaker or report, (report, speaker) if speaker else (report,), status=status),
        subject=subject,
        value=value,
    )


def compared(
    claims: Sequence[Claim], located: dict[str, Footprint] | None = None, days: dict[str, dt.date] | None = None
) -> dict[str, Comparison]:
    """Every comparison by what it is about."""
    articles = [
        Article(id, "x", id, published=(days or {}).get(id)) for id in dict.fromkeys(each.article for each in claims)
    ]
    made = compare(claims, located or {}, articles=articles, sourcing=Sourcing(lambda each: each.attribution.speaker))
    return {each.about: each for each in made}


def found(
    *claims: Claim, located: dict[str, Footprint] | None = None, days: dict[str, dt.date] | None = None
) -> dict[str, list[object]]:
    """What is in conflict, with the values of the sides."""
    result = conflicts(compared(claims, located, days).values())
    return {each.about: [side.value for side in each.sides] for each in result}


def time(local: str, hedge: str | None = None, report: str = "a") -> Claim:
    return claim(Role.TIME, ClockTime(local=local, hedge=hedge), report=report)


def count(number: int, hedge: str | None = None, report: str = "a", of: str = "killed") -> Claim:
    return claim(Role.COUNT, Count(number, of, hedge), report=report)


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        (("11:00", "around"), ("11:15", None), True),
        (("11:00", "around"), ("11:10", None), False),
        (("11:00", "around"), ("11:15", "about"), False),
        (("11:00", None), ("11:01", None), False),
        (("11:00", None), ("11:30", None), True),
    ],
)
def test_a_hedged_clock_time_leaves_ten_minutes(
    one: tuple[str, str | None], other: tuple[str, str | None], disagree: bool
) -> None:
    """ "Around 11:00" and 11:15 disagree; "around 11:00" and 11:10 do not."""
    assert bool(found(time(*one), time(*other, report="b"))) is disagree


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        ((2, None), (3, None), True),
        ((24, "at least"), (30, None), False),
        ((24, "at least"), (20, None), True),
        ((200, "about"), (210, None), False),
        ((200, "about"), (260, None), True),
        ((40, "up to"), (35, None), False),
    ],
)
def test_counts_conflict_when_no_number_satisfies_both(
    one: tuple[int, str | None], other: tuple[int, str | None], disagree: bool
) -> None:
    """A hedge leaves room on the side it names."""
    assert bool(found(count(*one), count(*other, report="b"))) is disagree


def test_what_was_read_with_less_certainty_opens_no_dispute() -> None:
    sure, doubtful = count(12, report="a"), replace(count(20, report="b"), sure=False)
    assert found(sure, doubtful) == {}
    assert [side.value for side in compared([sure, doubtful])["count:killed"].sides] == [12, 20]
    assert found(sure, doubtful, count(20, report="c")) == {"count:killed": [12, 20]}
    assert found(sure, doubtful, replace(doubtful, id="c:1", article="c")) == {"count:killed": [12, 20]}


def killed(number: int, report: str, speaker: str = "") -> Claim:
    return claim(Role.COUNT, Count(number, "killed"), report=report, speaker=speaker)


def test_parts_of_a_figure_rival_nobody() -> None:
    """Seven at the mall and two in hospital are nine, whoever gives the nine, and whoever repeats the seven."""
    parts = [killed(7, "a", "fire chief"), killed(2, "a", "fire chief"), killed(7, "a")]
    assert not conflicts(compared([*parts, killed(9, "b", "police")]).values())
    assert conflicts(compared([*parts, killed(10, "b", "police")]).values())
    apart = [killed(7, "a", "fire chief"), killed(2, "a", "mayor")]
    assert conflicts(compared([*apart, killed(9, "b", "police")]).values())


def test_counts_of_different_things_do_not_meet() -> None:
    """Six crew and three passengers are no contradiction."""
    assert not found(count(6, of="crew"), count(3, of="accompanying", report="b"))


def test_what_nobody_asserts_takes_no_side() -> None:
    """What is denied, or what a report calls unverified in its own voice, does not contradict."""
    denied = claim(Role.CARGO, Matter("missiles"), report="b", status=Status.DENIED)
    unverified = claim(Role.CARGO, Matter("grain"), report="c", status=Status.UNVERIFIED)
    assert not found(claim(Role.CARGO, Matter("prisoners of war")), denied, unverified)


def test_what_nobody_could_verify_is_still_said() -> None:
    """A ministry's claim that an outlet could not verify keeps its side."""
    ministry = claim(Role.CARGO, Matter("prisoners of war"), speaker="Ministry", status=Status.UNVERIFIED)
    assert found(ministry, claim(Role.CARGO, Matter("missiles"), report="b", speaker="Staff"))


def test_a_list_in_one_voice_is_no_contradiction() -> None:
    """A ship that carried fuel and grain, in one report, by one speaker."""
    assert not found(claim(Role.CARGO, Matter("fuel")), claim(Role.CARGO, Matter("grain")))


def test_cargo_named_more_closely_is_the_same_cargo() -> None:
    """ "Missiles" and "S-300 missiles" share what matters; prisoners are another thing."""
    sides = found(
        claim(Role.CARGO, Matter("missiles")),
        claim(Role.CARGO, Matter("S-300 missiles"), report="b"),
        claim(Role.CARGO, Matter("prisoners of war"), report="c"),
    )
    assert sides == {"cargo": ["S-300 missiles", "prisoners of war"]}


def test_a_region_that_holds_the_other_place_is_coarser_not_a_conflict() -> None:
    """A village and the region round it agree as a launch area; a place far off does not."""
    spots = {
        "village": Footprint.point(36.42, 50.21, 5_000, "point"),
        "region": Footprint.point(36.5, 49.6, 120_000, "settlements"),
        "far": Footprint.point(30.5, 50.45, 20_000, "point"),
    }
    claims = {
        name: claim(Role.LAUNCH_AREA, None, report=name, subject=Referent(name, None, place(name, 0, 0)))
        for name in spots
    }
    located = {claims[name].id: footprint for name, footprint in spots.items()}
    assert not found(claims["village"], claims["region"], located=located)
    assert found(*claims.values(), located=located) == {"launch-area": ["village", "far"]}


def test_sides_name_their_speakers_origins_and_reports() -> None:
    """Two outlets that repeat one ministry are one origin behind two reports."""
    claims = [
        claim(Role.COUNT, Count(2, "missiles-fired"), report="a", speaker="Ministry"),
        claim(Role.COUNT, Count(2, "missiles-fired"), report="b", speaker="Ministry"),
        claim(Role.COUNT, Count(3, "missiles-fired"), report="c", speaker="Deputy"),
    ]
    (conflict,) = conflicts(compared(claims).values())
    two, three = conflict.sides
    assert (two.value, two.origins, two.reports) == (2, ("Ministry",), ("a", "b"))
    assert (three.value, three.speakers, three.reports) == (3, ("Deputy",), ("c",))


@given(st.lists(st.tuples(st.integers(0, 50), st.sampled_from([None, "about", "at least", "up to"])), max_size=12))
def test_no_claim_is_lost_or_doubled(numbers: list[tuple[int, str | None]]) -> None:
    """Whatever the counts, every claim stands on one side; only a coarser one may stand under several answers."""
    claims = [count(number, hedge, report=str(i)) for i, (number, hedge) in enumerate(numbers)]
    for comparison in compared(claims).values():
        firm = [id for side in comparison.sides for id in side.claims if id not in side.coarser]
        coarse = {id for side in comparison.sides for id in side.coarser}
        assert len(firm) == len(set(firm))
        assert not coarse & set(firm)
        assert coarse | set(firm) == {each.id for each in claims}


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from([None, "about", "at least"])), max_size=8), st.randoms())
def test_the_order_of_reports_changes_no_answer(numbers: list[tuple[int, str | None]], shuffle: Random) -> None:
    """Which counts are rivals does not depend on which report is read first."""
    claims = [count(number, hedge, report=str(i)) for i, (number, hedge) in enumerate(numbers)]
    mixed = list(claims)
    shuffle.shuffle(mixed)
    one, other = compared(claims).get("count:killed"), compared(mixed).get("count:killed")
    assert (one and (one.contested, {frozenset(side.claims) for side in one.sides})) == (
        other and (other.contested, {frozenset(side.claims) for side in other.sides})
    )
