"""A verdict in words: what was measured, how the quote differs, and what would explain it."""

from __future__ import annotations

import bisect
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geomap.check.judge import CLOSE
from geomap.geodesy import METRES, Array, compass

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
    (8.5, "several times"), (11.8, "about ten times"), (float("inf"), "many times"),
)  # fmt: skip
"""Quoted over measured up to this much, and how that is said of the straight line."""
_LIMITS: Final = [limit for limit, _ in _STEPS]
_WORDS: Final = [words for _, words in _STEPS]

INSIDE: Final = " and inside the band of real quotes"
ROAD: Final = (1.03, 1.6)
"""How much longer than the straight line roads run."""
ROAD_FROM_M: Final = 5000.0
SHORT_M: Final = 20_000.0
"""Shorter quotes more often fall short of the straight line between two centres: the places' own width tells."""
REVERSED: Final = 30
"""Degrees from the opposite direction within which a direction is called reversed."""


class Case(NamedTuple):
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
    return template(case) % straight(case.measured_m)


def step(factor: Array) -> NDArray[np.intp]:
    """Which words say each quoted over measured: rows that share them, their grades and directions share a template."""
    return np.searchsorted(_LIMITS, factor)


def template(case: Case) -> str:
    """The reason with ``%s`` where the length of the straight line goes."""
    said = _distance(case) if case.measured else "the straight line is %s"
    if not case.code:
        return said
    wide = case.reach_m > case.measured_m / 2
    return f"{said}; {_direction(case.code, compass(case.azimuth), case.direction, round(case.turn), wide)}"


def straight(measured_m: float) -> str:
    """A length in kilometres and miles, in metres below one kilometre."""
    if measured_m < 1000:
        return f"{measured_m:.0f} m"
    return f"{measured_m / 1000:.1f} km, {measured_m / 1609.344:.1f} mi"


def _distance(case: Case) -> str:
    factor = case.quoted_m / case.measured_m if case.measured_m else float("inf")
    words = _WORDS[bisect.bisect_left(_LIMITS, factor)]
    said = f"{words} the straight line (%s)" if words else "the straight line is %s"
    if case.distance >= 2:
        return said + _excuse(case, factor)
    if ROAD[0] < factor < ROAD[1] and case.quoted_m > ROAD_FROM_M:
        return said + ", as road distances are" + (INSIDE if case.distance else "")
    if case.distance == 1 and factor < 1:
        return said + _edges(case, ", as quotes this short often are" if case.quoted_m < SHORT_M else "")
    return said


def _excuse(case: Case, factor: float) -> str:
    """What would explain a distance that does not fit: another unit, a digit, the places' own width."""
    slip = _slip(case, factor)
    wide = _edges(case, "")
    return f": {slip}{wide.replace(', yet it', ', and it')}" if slip else wide


def _slip(case: Case, factor: float) -> str:
    for unit in _LIKELY.get(case.unit, ()):
        if abs(case.measured_m / (case.quoted_m / METRES[case.unit] * METRES[unit]) - 1) <= CLOSE:
            return f"fits if {UNIT_NAMES[unit]} were meant"
    for power, words in ((10.0, "a digit too many"), (0.1, "a digit too few")):
        if abs(factor / power - 1) <= CLOSE:
            return f"{words} would explain it"
    return ""


_LIKELY: Final = {"km": ("mi", "nmi", "m"), "mi": ("km", "nmi"), "nmi": ("km", "mi"), "m": ("ft", "km"), "ft": ("m",)}
"""The units that each is mistaken for, likeliest first."""


def _edges(case: Case, otherwise: str) -> str:
    if case.reach_m and abs(case.measured_m - case.quoted_m) <= case.reach_m:
        return ", yet it holds from edge to edge of the places"
    return otherwise


def _direction(code: str, measured: str, grade: int, turn: int, wide: bool) -> str:
    quoted, lies = NAMES[code], NAMES[measured]
    if grade == 0:
        return f"it lies {lies} as quoted" if quoted == lies else f"it lies {lies}, which {quoted} takes in"
    if turn >= 180 - REVERSED:
        return f"the direction is reversed: it lies {lies}, not {quoted}"
    said = f"it lies {lies}, {turn} degrees from {quoted}"
    if grade == 1:
        return said + ", as far as such wording stretches"
    return said + ("; the places are so wide that edges may fit" if wide else "")
