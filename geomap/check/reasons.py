"""A verdict in words: what was measured, how the quote differs, and what would explain it."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import Final

from geomap.geodesy import METRES, compass

NAMES: Final = {
    "n": "north", "nne": "north-northeast", "ne": "northeast", "ene": "east-northeast",
    "e": "east", "ese": "east-southeast", "se": "southeast", "sse": "south-southeast",
    "s": "south", "ssw": "south-southwest", "sw": "southwest", "wsw": "west-southwest",
    "w": "west", "wnw": "west-northwest", "nw": "northwest", "nnw": "north-northwest",
}  # fmt: skip
"""Compass codes in words."""
UNIT_NAMES: Final = {"km": "kilometres", "mi": "miles", "nmi": "nautical miles", "m": "metres", "ft": "feet"}

_STEPS: Final = (
    (0.053, "a small part of"), (0.15, "about a tenth of"), (0.22, "about a fifth of"),
    (0.29, "about a quarter of"), (0.415, "about a third of"), (0.57, "about half"),
    (0.71, "a third shorter than"), (0.775, "a quarter shorter than"), (0.845, "a fifth shorter than"),
    (0.94, "a tenth shorter than"), (0.97, "a little shorter than"), (1.03, ""),
    (1.06, "a little longer than"), (1.15, "a tenth longer than"), (1.225, "a fifth longer than"),
    (1.29, "a quarter longer than"), (1.42, "a third longer than"), (1.62, "half as long again as"),
    (1.85, "three quarters longer than"), (2.3, "about twice"), (3.5, "about three times"), (4.5, "about four times"),
    (7.5, "several times"), (14.0, "about ten times"), (float("inf"), "many times"),
)  # fmt: skip
"""Quoted over measured up to this much, and how that is said of the straight line."""
_LIMITS: Final = [limit for limit, _ in _STEPS]
_WORDS: Final = [words for _, words in _STEPS]

ROAD: Final = (1.03, 1.6)
"""How much longer than the straight line roads run."""


@dataclass(frozen=True, slots=True)
class Case:
    """One judged quote: metres, degrees, and the grades of :mod:`geomap.check.judge`.

    ``ratio`` is measured over quoted; ``reach_m`` the radii of both places together, 0 where not known; ``code`` is
    the quoted compass point or "".
    """

    measured_m: float
    azimuth: float
    quoted_m: float
    unit: str
    code: str
    turn: float
    distance: int
    direction: int
    reach_m: float = 0.0

    @property
    def measured(self) -> bool:
        """Whether a distance was quoted, not a direction alone."""
        return self.quoted_m == self.quoted_m  # NaN is not itself


def reason(case: Case) -> str:
    """The reason for a verdict, in words a reader understands."""
    parts = [_distance(case)] if case.measured else [f"the straight line is {straight(case.measured_m)}"]
    if case.code:
        parts.append(_direction(case))
    return "; ".join(parts)


def straight(measured_m: float) -> str:
    """A length in kilometres and miles, in metres below one kilometre."""
    if measured_m < 1000:
        return f"{measured_m:.0f} m"
    return f"{measured_m / 1000:.1f} km, {measured_m / 1609.344:.1f} mi"


def _distance(case: Case) -> str:
    measured = case.measured_m
    factor = case.quoted_m / measured if measured else float("inf")
    words = _WORDS[bisect.bisect_left(_LIMITS, factor)]
    said = (
        f"{words} the straight line ({straight(measured)})" if words else f"the straight line is {straight(measured)}"
    )
    if case.distance >= 2:
        return said + _excuse(case, factor)
    if ROAD[0] < factor < ROAD[1] and case.quoted_m > 5000:
        return said + ", as road distances are"
    if case.distance == 1 and factor < 1:
        return said + _edges(case, ", as quotes this short often are" if case.quoted_m < 20_000 else "")
    return said


def _excuse(case: Case, factor: float) -> str:
    """What would explain a distance that does not fit: another unit, a digit, the places' own width."""
    for unit in _LIKELY.get(case.unit, ()):
        if abs(case.measured_m / (case.quoted_m / METRES[case.unit] * METRES[unit]) - 1) <= 0.15:
            return f": fits if {UNIT_NAMES[unit]} were meant"
    for power, words in ((10.0, "a digit too many"), (0.1, "a digit too few")):
        if abs(factor / power - 1) <= 0.15:
            return f": {words} would explain it"
    return _edges(case, "")


_LIKELY: Final = {"km": ("mi", "nmi", "m"), "mi": ("km", "nmi"), "nmi": ("km", "mi"), "m": ("ft", "km"), "ft": ("m",)}
"""The units that each is mistaken for, likeliest first."""


def _edges(case: Case, otherwise: str) -> str:
    if case.reach_m and abs(case.measured_m - case.quoted_m) <= case.reach_m:
        return ", yet it holds from edge to edge of the places"
    return otherwise


def _direction(case: Case) -> str:
    quoted, lies = NAMES[case.code], NAMES[compass(case.azimuth)]
    if case.direction == 0:
        return f"it lies {lies} as quoted" if quoted == lies else f"it lies {lies}, which {quoted} takes in"
    if case.turn >= 180 - 30:
        return f"the direction is reversed: it lies {lies}, not {quoted}"
    said = f"it lies {lies}, {case.turn:.0f} degrees from {quoted}"
    if case.direction == 1:
        return said + ", as far as such wording stretches"
    return said + ("; the places are so wide that edges may fit" if case.reach_m > case.measured_m / 2 else "")
