"""Totals against their parts: those listed with them, and those that one speaker gives apart from them."""

from __future__ import annotations

import pytest

from geomap.check import check_sums
from tests.check_cases import Case, cases, misses, read

CASES = list(cases("sums*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_sums_are_checked(case: Case) -> None:
    """Each case yields the findings that it expects, in the order of its text, and no others."""
    _, claims = read(case)
    assert not misses(case, check_sums(claims))
