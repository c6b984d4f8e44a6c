"""Times quoted in several zones against the clocks of the day, and weekdays against the calendar."""

from __future__ import annotations

import pytest

from geomap.check import check_time
from tests.check_cases import Case, cases, misses, read

CASES = list(cases("times*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
def test_times_are_checked(case: Case) -> None:
    """Each case yields the findings that it expects, in the order of its text, and no others."""
    report, claims = read(case)
    found = [finding for claim in claims if (finding := check_time(claim, published=report.published))]
    assert not misses(case, found)
