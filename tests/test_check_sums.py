"""Totals against their parts: those listed with them, and those that one speaker gives apart from them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.check import check_sums
from geomap.model import Attribution, Claim, Count, Listing, Part, Role, Span, Status, Verdict
from tests.check_cases import Case, cases, misses, read

CASES = list(cases("sums*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_sums_are_checked(case: Case) -> None:
    """Each case yields the findings that it expects, in the order of its text, and no others."""
    _, claims = read(case)
    assert not misses(case, check_sums(claims))


def test_half_of_the_cases_are_traps() -> None:
    """What looks like a sum and is none is as well covered as what is one."""
    assert len(CASES) >= 50
    assert sum(case.trap for case in CASES) * 2 >= len(CASES)


def counted(of: str, count: int, *, report: str = "a", speaker: str = "Ministry", hedge: str | None = None) -> Claim:
    """A count by a speaker in a report; "" is the report itself."""
    chain = ("the report", speaker) if speaker else ("the report",)
    said = Attribution(speaker or "the report", chain)
    id = f"{report}:{of}:{count}:{speaker}"
    return Claim(id, report, Span(0, 5), "quote", Role.COUNT, said, value=Count(count, of, hedge))


ABOARD = (counted("prisoners", 65), counted("crew", 6), counted("accompanying", 3))


def verdicts(*claims: Claim) -> list[tuple[str, str]]:
    return [(str(finding.verdict), finding.reason) for finding in check_sums(claims)]


def test_what_one_speaker_counts_apart_is_added_up() -> None:
    (finding,) = check_sums((counted("aboard", 74), *ABOARD))
    assert (finding.verdict, finding.reason) == (Verdict.AGREES, "65 + 6 + 3 = 74")
    assert finding.parts == tuple(claim.id for claim in ABOARD)


def test_parts_that_exceed_their_total_contradict_it() -> None:
    assert verdicts(counted("aboard", 72), *ABOARD) == [
        ("contradicted", "65 + 6 + 3 = 74, not 72: two fewer than the parts")
    ]


def test_parts_that_fall_short_say_nothing() -> None:
    """Nobody said that those counted are all."""
    assert not verdicts(counted("aboard", 80), *ABOARD)
    assert not verdicts(counted("aboard", 74), *ABOARD[:2])


def test_two_speakers_are_not_added_up() -> None:
    assert not verdicts(counted("aboard", 72, speaker="Governor"), *ABOARD)
    assert not verdicts(counted("aboard", 74, speaker="Governor"), *ABOARD)


def test_what_two_reports_say_themselves_is_not_added_up() -> None:
    own = [replace_report(claim) for claim in ABOARD]
    assert not verdicts(counted("aboard", 74, report="b", speaker=""), *own)


def replace_report(claim: Claim) -> Claim:
    assert isinstance(claim.value, Count)
    return counted(claim.value.of, claim.value.count, speaker="")


def test_one_speaker_in_two_reports_can_only_agree() -> None:
    """Figures change from day to day: an earlier one that does not fit is no contradiction."""
    assert verdicts(counted("aboard", 74, report="b"), *ABOARD) == [("agrees", "65 + 6 + 3 = 74")]
    assert not verdicts(counted("aboard", 72, report="b"), *ABOARD)


def test_a_part_told_twice_differently_is_not_added_up() -> None:
    """Of which aircraft the second crew is, is not said."""
    assert not verdicts(counted("aboard", 72), *ABOARD, counted("crew", 9))


def test_a_total_told_twice_differently_is_not_held_to_one() -> None:
    assert not verdicts(counted("aboard", 72), counted("aboard", 30), *ABOARD)


def test_hedged_figures_are_not_added_up_over_sentences() -> None:
    assert not verdicts(counted("aboard", 72), *ABOARD[:2], counted("accompanying", 3, hedge="about"))
    assert not verdicts(counted("aboard", 72, hedge="about"), *ABOARD)


def test_a_denial_counts_nothing() -> None:
    denied = [replace(each, attribution=replace(each.attribution, status=Status.DENIED)) for each in ABOARD]
    assert not verdicts(counted("aboard", 72), *denied)


def listed(total: int, parts: list[int], *, complete: bool = True, hedge: str | None = None) -> Claim:
    """A total with parts listed under it."""
    listing = Listing(tuple(Part(each, f"{each} people", Span(n, n + 1)) for n, each in enumerate(parts)), complete)
    claim = counted("aboard", total)
    return replace(claim, value=Count(total, "aboard", hedge, listing))


PARTS = st.lists(st.integers(0, 500), min_size=2, max_size=6)


@given(PARTS)
def test_a_total_that_is_the_sum_agrees(parts: list[int]) -> None:
    assert [verdict for verdict, _ in verdicts(listed(sum(parts), parts))] == ["agrees"]


@given(PARTS, st.integers(1, 50), st.booleans())
def test_a_total_that_is_not_the_sum_never_agrees(parts: list[int], off: int, above: bool) -> None:
    total = sum(parts) + (off if above else -off)
    assert [verdict for verdict, _ in verdicts(listed(total, parts))] == ["contradicted"]


@given(PARTS, st.integers(0, 50))
def test_some_of_a_total_never_contradict_it_from_below(parts: list[int], more: int) -> None:
    assert not verdicts(listed(sum(parts) + more, parts, complete=False))


@given(PARTS, st.integers(0, 3000))
def test_a_total_that_is_a_least_is_not_contradicted_from_below(parts: list[int], total: int) -> None:
    found = verdicts(listed(total, parts, hedge="at least"))
    assert "contradicted" not in [verdict for verdict, _ in found]
