"""What the second reader can say of a word: one label for each role, and for counts one for what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from geomap.model import Claim, Count, Role

PLACES = (
    Role.INCIDENT_SITE,
    Role.CRASH_SITE,
    Role.ORIGIN,
    Role.DESTINATION,
    Role.LAUNCH_AREA,
    Role.EXCHANGE_POINT,
)
ENDS = frozenset({Role.ORIGIN, Role.DESTINATION})
MATTERS = (Role.CAUSE, Role.CARGO, Role.WEAPON)
KILLED = "killed"
FATES = (
    KILLED, "injured", "missing", "rescued", "evacuated", "hospitalized", "trapped", "arrested", "abducted",
    "captured", "freed", "exchanged", "survived", "homeless",
)  # fmt: skip
"""What befell people who are counted."""
COUNTED = (
    *FATES, "hostages", "prisoners", "crew", "passengers", "aboard", "accompanying", "survivors", "bodies",
    "casualties",
)  # fmt: skip
"""What people are counted as: what befell them, or who they are."""
FIRED, SHOT_DOWN = "-fired", "-shot-down"
"""What stands behind the weapons that are counted: "drones-shot-down"."""

LABELS = (*PLACES, Role.TIME, *MATTERS, *(f"count:{of}" for of in (*COUNTED, FIRED, SHOT_DOWN)))


@cache
def numbers() -> Mapping[str, int]:
    """Each label's number."""
    return {str(label): number for number, label in enumerate(LABELS)}


def label(claim: Claim) -> str:
    """The label of a claim; "" for those that the second reader has nothing to say of (distances, lengths, routes)."""
    if isinstance(claim.value, Count):
        return counted(claim.value.of)
    return str(claim.role) if claim.role in (*PLACES, Role.TIME, *MATTERS) else ""


def counted(of: str) -> str:
    """The label of what is counted; "" for what has none."""
    of = next((ending for ending in (FIRED, SHOT_DOWN) if of.endswith(ending)), of)
    found = f"count:{of}"
    return found if found in numbers() else ""
