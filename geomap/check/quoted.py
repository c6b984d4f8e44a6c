"""What a claim itself quotes that can be held against something."""

from __future__ import annotations

from geomap.model import Claim, ClockTime, Count


def holds_a_check(claim: Claim) -> bool:
    """Whether a claim quotes a time in several zones, a weekday beside a date, or a total with its parts."""
    match claim.value:
        case ClockTime():
            return bool(claim.value.quoted) or claim.value.weekday is not None
        case Count():
            return claim.value.listing is not None
    return False
