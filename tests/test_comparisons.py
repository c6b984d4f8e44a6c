"""Every question that claims answer: the same answer, coarser wording, rivals, and who stands behind each."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from geomap.compare import Rank, Sourcing, compare, conflicts
from geomap.model import (
    Article,
    Attribution,
    Claim,
    ClockTime,
    Comparison,
    Count,
    Footprint,
    Locative,
    Matter,
    Place,
    QuotedDistance,
    Referent,
    Relation,
    Role,
    Side,
    Site,
    Span,
    Status,
    Value,
)

_numbers = itertools.count()
FIRST, SECOND = dt.date(2031, 5, 14), dt.date(2031, 5, 15)
UNNAMED = {"officials", "sources"}
OUTLETS = {"Agency"}


def told(
    role: Role,
    value: Value | None = None,
    *,
    report: str = "a",
    by: str = "",
    status: Status = Status.CLAIMED,
    subject: Referent | None = None,
    reference: Referent | None = None,
) -> Claim:
    """One claim, in the report's own voice unless somebody says it."""
    chain = (report, by) if by else (report,)
    said = Attribution(by or report, chain, status=status if by else Status.REPORTED)
    return Claim(f"{report}:{next(_numbers)}", report, Span(0, 1), "words", role, said, subject, reference, value)


def rank(claim: Claim) -> Rank:
    speaker = claim.attribution.speaker
    own = len(claim.attribution.chain) < 2
    return Rank.OUTLET if own or speaker in OUTLETS else Rank.UNNAMED if speaker in UNNAMED else Rank.NAMED


def compared(
    *claims: Claim,
    located: dict[str, Footprint] | None = None,
    published: dict[str, dt.date] | None = None,
    day: dt.date | None = None,
    sites: tuple[Site, ...] = (),
) -> dict[str, Comparison]:
    """Every comparison by what it is about."""
    ids = dict.fromkeys(claim.article for claim in claims)
    articles = [Article(id, "x", id, published=(published or {}).get(id)) for id in ids]
    sourcing = Sourcing(lambda each: each.attribution.speaker, rank)
    made = compare(claims, located or {}, articles=articles, sourcing=sourcing, day=day, sites=sites)
    return {each.about: each for each in made}


def killed(number: int, hedge: str | None = None, *, report: str = "a", by: str = "") -> Claim:
    return told(Role.COUNT, Count(number, "killed", hedge), report=report, by=by)


def quoted(km: float | None, direction: str | None = None, hedge: str | None = None) -> QuotedDistance:
    return QuotedDistance(Span(0, 1), km, "km" if km is not None else None, None, hedge, direction)


def town(name: str, lon: float, lat: float) -> Referent:
    place = Place("test", name, name, "PPL", Footprint.point(lon, lat, 2_000, "gazetteer point"))
    return Referent(name, None, place)


EAST, WEST = town("Eastby", 11.0, 50.0), town("Westby", 10.0, 50.0)


def answers(comparison: Comparison) -> list[object]:
    return [side.value for side in comparison.sides]


# --- support --------------------------------------------------------------------------------------------------------


def test_repeating_one_ministry_is_one_origin() -> None:
    """Five outlets that repeat the ministry are one origin with five reports under it."""
    (side,) = compared(*(killed(9, report=each, by="Ministry") for each in "abcde"))["count:killed"].sides
    assert side.support == 1
    assert side.backing[0].reports == tuple("abcde")


def test_agreement_of_independent_origins_is_support() -> None:
    """A ministry and a hospital that say the same are two."""
    (side,) = compared(killed(9, by="Ministry"), killed(9, report="b", by="Hospital"))["count:killed"].sides
    assert side.support == 2


def test_an_outlet_beside_its_source_is_not_another_origin() -> None:
    """A report that says it in its own voice, and an agency, may have it from the ministry."""
    claims = killed(9, by="Ministry"), killed(9, report="b"), killed(9, report="c", by="Agency")
    (side,) = compared(*claims)["count:killed"].sides
    assert [(each.origin, each.independent) for each in side.backing] == [
        ("Ministry", True),
        ("b", False),
        ("Agency", False),
    ]


def test_unnamed_sources_are_not_told_apart() -> None:
    """ "Officials" here and "sources" there count as one, and beside a named body as none."""
    unnamed = killed(9, by="officials"), killed(9, report="b", by="sources")
    assert compared(*unnamed)["count:killed"].sides[0].support == 1
    assert compared(*unnamed, killed(9, report="c", by="Ministry"))["count:killed"].sides[0].support == 1


def test_a_shorter_name_may_be_the_longer_one() -> None:
    """ "Health Ministry" beside "Kyrgyz Health Ministry" adds nothing."""
    claims = killed(9, by="Kyrgyz Health Ministry"), killed(9, report="b", by="Health Ministry")
    assert compared(*claims)["count:killed"].sides[0].support == 1


def test_a_denial_and_a_doubt_support_nothing() -> None:
    """What is denied, or passed on by a report that stands back, is kept beside the answer and not counted."""
    says = told(Role.CARGO, Matter("grain"), by="Ministry")
    denies = told(Role.CARGO, Matter("grain"), report="b", by="Owner", status=Status.DENIED)
    (side,) = compared(says, denies)["cargo"].sides
    assert (side.claims, side.denied, side.support) == ((says.id,), (denies.id,), 1)
    (lone,) = compared(denies)["cargo"].sides
    assert (lone.claims, lone.support, lone.value) == ((), 0, "grain")


# --- the same, coarser, or another answer -----------------------------------------------------------------------------


def test_rougher_wording_is_no_rival_and_no_support() -> None:
    """ "At least nine" allows eleven and does not speak for it."""
    rough, exact = killed(9, "at least", by="Police"), killed(11, report="b", by="Hospital")
    (side,) = compared(rough, exact)["count:killed"].sides
    assert (side.value, side.coarser, side.support) == (11, (rough.id,), 1)


def test_rougher_wording_stands_under_every_answer_that_it_allows() -> None:
    """ "At least nine" allows eleven and twelve, which are rivals."""
    rough = killed(9, "at least", by="Police")
    found = compared(rough, killed(11, report="b", by="Hospital"), killed(12, report="c", by="Ministry"))
    assert found["count:killed"].contested
    assert all(rough.id in side.coarser for side in found["count:killed"].sides)


@pytest.mark.parametrize(
    ("one", "other", "rivals"),
    [
        ("technical fault", "brake failure", False),
        ("engine failure", "brake failure", True),
        ("a fire", "an electrical fire", False),
        ("sabotage", "a broken rail", True),
    ],
)
def test_causes(one: str, other: str, rivals: bool) -> None:
    """A word for any fault leaves open which; two parts that fail are two causes."""
    claims = told(Role.CAUSE, Matter(one), by="Police"), told(Role.CAUSE, Matter(other), report="b", by="Operator")
    assert compared(*claims)["cause"].contested is rivals


@pytest.mark.parametrize(
    ("one", "other", "rivals"),
    [
        ("drones", "UAV", False),
        ("Shahed drone", "unmanned aerial vehicles", False),
        ("uncrewed aerial system", "UAS", False),
        ("an IED", "a roadside bomb", False),
        ("unmanned aircraft system", "drone", False),
        ("drones", "missiles", True),
        ("an unmanned surface vessel", "a drone", True),
    ],
)
def test_weapons_of_several_names(one: str, other: str, rivals: bool) -> None:
    """A drone is an unmanned aerial vehicle; what floats is another thing."""
    claims = told(Role.WEAPON, Matter(one), by="Police"), told(Role.WEAPON, Matter(other), report="b", by="Army")
    assert compared(*claims)["weapon"].contested is rivals


def test_what_one_voice_lists_is_no_contradiction() -> None:
    """Whoever says two of the one also says five of the other: different things, as another report repeats."""
    claims = killed(2, by="Police"), killed(5, by="Police"), killed(5, report="b", by="Hospital")
    assert not compared(*claims)["count:killed"].contested


def test_a_source_that_raises_its_figure_does_not_contradict_itself() -> None:
    """Eight on Wednesday and eleven on Thursday, both by the ministry; another body's eleven makes them rivals."""
    claims = killed(8, by="Ministry"), killed(11, report="b", by="Ministry")
    days = {"a": FIRST, "b": SECOND}
    assert not compared(*claims, published=days)["count:killed"].contested
    assert compared(*claims, killed(11, report="b", by="Hospital"), published=days)["count:killed"].contested
    assert compared(*claims, published={"a": FIRST, "b": FIRST})["count:killed"].contested


def test_two_hundred_answers_are_two_hundred_sides() -> None:
    """Nothing is merged or lost, and the question is contested."""
    claims = [killed(number, report=f"r{number}", by=f"Body {number}") for number in range(200)]
    found = compared(*claims)["count:killed"]
    assert answers(found) == list(range(200))
    assert found.contested


# --- times and days ---------------------------------------------------------------------------------------------------


def moment(local: str | None, date: str | None = None, *, gmt: str | None = None, report: str = "a") -> Claim:
    return told(Role.TIME, ClockTime(local, gmt, (), date), report=report, by=f"Source {report}")


def test_differing_days_conflict() -> None:
    """Two reports that put it on different days contradict each other, under the role of times."""
    claims = moment(None, "2031-05-12"), moment(None, "2031-05-13", report="b")
    found = compared(*claims, published={"a": FIRST, "b": FIRST})
    assert answers(found["time:date"]) == ["2031-05-12", "2031-05-13"]
    (conflict,) = conflicts(found.values())
    assert conflict.about == "time"


def test_a_day_after_the_first_report_is_another_question() -> None:
    """What was reported on Wednesday did not happen on Thursday, whatever a later report says of Thursday."""
    claims = moment(None, "2031-05-14"), moment(None, "2031-05-15", report="b")
    found = compared(*claims, published={"a": FIRST, "b": SECOND})
    assert answers(found["time:date"]) == ["2031-05-14"]
    assert not any(each.contested for each in found.values())


def test_a_clock_time_on_another_day_is_another_question() -> None:
    """16:00 on the day and 09:00 on the day before do not contradict."""
    found = compared(
        moment("16:00", "2031-05-14"), moment("09:00", "2031-05-13", report="b"), day=FIRST, published={"a": FIRST}
    )
    assert {"time", "time:2031-05-13"} <= found.keys()
    assert not found["time"].contested


def test_a_time_in_gmt_is_held_against_local_time() -> None:
    """Where a report gives both, the hours between them are known, and a report that gives GMT alone is compared."""
    both, agrees, differs = (
        moment("11:15", gmt="08:15"),
        moment(None, gmt="08:14", report="b"),
        moment(None, gmt="09:00", report="c"),
    )
    assert not compared(both, agrees)["time"].contested
    assert compared(both, differs)["time"].contested


@pytest.mark.parametrize(("other", "rivals"), [("05:08", False), ("04:50", True)])
def test_shortly_after_leaves_room_after(other: str, rivals: bool) -> None:
    """ "Shortly after 05:00" is not before it."""
    after = told(Role.TIME, ClockTime("05:00", hedge="shortly after"), by="Guard")
    assert compared(after, moment(other, report="b"))["time"].contested is rivals


# --- places, routes, distances ----------------------------------------------------------------------------------------


def spot(lon: float, reach_m: float) -> Footprint:
    return Footprint.point(lon, 50.0, reach_m, "point")


def test_places_of_one_report_are_no_contradiction() -> None:
    """A report that names two origins, one in its own voice, does not contradict itself; two reports do."""
    own = told(Role.ORIGIN, subject=Referent("Eastby"))
    said = told(Role.ORIGIN, subject=Referent("Westby"), by="Harbourmaster")
    other = told(Role.ORIGIN, subject=Referent("Westby"), report="b", by="Harbourmaster")
    far = {own.id: spot(11, 5_000), said.id: spot(10, 5_000), other.id: spot(10, 5_000)}
    assert not compared(own, said, located=far)["origin"].contested
    assert compared(own, other, located=far)["origin"].contested


def test_where_it_happened_is_as_its_regions_settle_it() -> None:
    """The claims that a site holds are one answer; a wider one is coarser, one left out rivals nobody."""
    near = told(Role.CRASH_SITE, Locative(Relation.NEAR), by="Police", subject=Referent("Eastby"))
    wide = told(Role.CRASH_SITE, Locative(Relation.IN), report="b", by="Army", subject=Referent("the region"))
    lost = told(Role.CRASH_SITE, None, report="c", by="Pilot", subject=Referent("Nowhere"))
    located = {near.id: spot(11, 5_000), wide.id: Footprint(Point(11, 50).buffer(1), 120_000, "polygon")}
    site = Site(
        Role.CRASH_SITE,
        "Eastby",
        located[near.id],
        (11, 50),
        Status.CLAIMED,
        ("Police", "Army"),
        ("a", "b"),
        (near.id, wide.id),
    )
    found = compared(near, wide, lost, located=located, sites=(site,))["crash-site"]
    assert answers(found) == ["Eastby", "Nowhere"]
    assert found.sides[0].coarser == (wide.id,)
    assert not found.contested


def test_a_distance_is_compared_with_the_same_pair_only() -> None:
    """Another pair of places is another question; the same pair from the other end is the same."""
    there = told(Role.DISTANCE, quoted(70, "e"), by="Police", subject=EAST, reference=WEST)
    back = told(Role.DISTANCE, quoted(72, "w"), report="b", by="Army", subject=WEST, reference=EAST)
    other = told(Role.DISTANCE, quoted(300), report="c", by="Pilot", subject=EAST, reference=town("Southby", 10, 48))
    found = compared(there, back, other)
    (side,) = found["distance:Westby to Eastby"].sides
    assert set(side.claims) == {there.id, back.id}
    assert answers(found["distance:Southby to Eastby"]) == ["300 km"]


@pytest.mark.parametrize(
    ("one", "other", "rivals"),
    [
        (quoted(70), quoted(72), False),
        (quoted(70), quoted(7), True),
        (quoted(70, "e"), quoted(70, "w"), True),
        (quoted(70, "e"), quoted(None, "ne"), False),
        (quoted(70), quoted(300, None, "less than"), False),
        (quoted(70), quoted(300, None, "more than"), True),
    ],
)
def test_distances_are_reconciled_by_how_exact_quotes_are(
    one: QuotedDistance, other: QuotedDistance, rivals: bool
) -> None:
    """Two figures hold together while one true distance lies within the calibrated band of both."""
    claims = (
        told(Role.DISTANCE, one, by="Police", subject=EAST, reference=WEST),
        told(Role.DISTANCE, other, report="b", by="Army", subject=EAST, reference=WEST),
    )
    assert compared(*claims)["distance:Westby to Eastby"].contested is rivals


def test_unnamed_ends_are_compared_with_nothing() -> None:
    """ "The town" of one report is not that of another."""
    claim = told(Role.DISTANCE, quoted(70), by="Police", subject=Referent("the town"), reference=WEST)
    assert not compared(claim)


def test_ways_between_other_places_are_rivals() -> None:
    """One report has it go to Westby, the other to Southby."""
    claims = (
        told(Role.ROUTE, by="Police", subject=EAST, reference=WEST),
        told(Role.ROUTE, report="b", by="Army", subject=EAST, reference=town("Southby", 10, 48)),
    )
    assert compared(*claims)["route"].contested


# --- invariants -------------------------------------------------------------------------------------------------------

counts = st.builds(
    lambda number, hedge, report, by: killed(number, hedge, report=report, by=by),
    st.integers(0, 20),
    st.sampled_from([None, "about", "at least", "up to"]),
    st.sampled_from("abc"),
    st.sampled_from(["Ministry", "Hospital", "officials", "Agency", ""]),
)


@given(st.lists(counts, min_size=1, max_size=10), st.data())
def test_a_repetition_changes_no_support(claims: list[Claim], data: st.DataObject) -> None:
    """One more report of what an origin has said adds a report to it and nothing to any answer's support."""
    said = data.draw(st.sampled_from(claims))
    by = said.attribution.speaker
    again = told(Role.COUNT, said.value, report="z", by=by)
    before, after = compared(*claims)["count:killed"], compared(*claims, again)["count:killed"]

    def strength(side: Side) -> tuple[object, object, int]:
        return side.value, side.hedge, side.support

    if len(said.attribution.chain) > 1:
        assert sorted(map(repr, map(strength, before.sides))) == sorted(map(repr, map(strength, after.sides)))


def test_nothing_to_compare() -> None:
    """No claims, no questions."""
    assert not compared()
