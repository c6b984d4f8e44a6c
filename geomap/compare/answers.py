"""What a claim answers, as a value that can be held against another: an interval, a region, words, a stretch of land.

Every answer knows three things of another of its kind: whether one truth could satisfy both (``agrees``), whether it
only says the same more roughly (``covers``), and how far the two are apart (``gap``), which decides where a wording
belongs that agrees with several. ``breadth`` orders them: the finest wording first.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Protocol, Self

from geomap import geodesy
from geomap.bounds import Bound, bound
from geomap.calibration import calibration
from geomap.model import Claim, ClockTime, Count, Footprint, QuotedDistance
from geomap.zones import minutes

AROUND_MINUTES = 10
"""How far "around 11:00" may lie from 11:00, either way."""
EXACT_MINUTES = 2
"""What a clock time without a hedge still allows."""
ABOUT_SHARE = 0.1
"""How far "about 200" may lie from 200, as a share."""
BAND = 0.8
"""The share of real quotes of a distance that a figure makes room for: two slips the opposite way are one too many."""
COARSER = 2.0
"""A region with this many times the reach of another is a coarser wording of it, where the two may be one place."""

_MANY = ("several", "dozens", "scores", "hundreds", "thousands")
AT_LEAST = frozenset(
    {"part", "at least", "more than", "over", "no fewer than", "no less than", "upwards of", "minimum", *_MANY}
)
AT_MOST = frozenset({"at most", "up to", "fewer than", "less than", "under", "no more than", "as many as", "maximum"})
_LESSER_WORDS = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "on", "the", "to", "was", "were", "with"})
_FAULTS = frozenset(
    {"defect", "failure", "fault", "issue", "malfunction", "mechanical", "problem", "technical", "trouble"}
)
"""Words for a cause that leave open which: "technical fault" allows "brake failure", "engine failure" does not."""


class Answer(Protocol):
    """A value that an answer of the same question can be held against."""

    @property
    def breadth(self) -> float:
        """How much the wording leaves open: comparable among answers of one kind."""
        ...

    def agrees(self, other: Self, /) -> bool:
        """Whether one truth could satisfy both."""
        ...

    def covers(self, other: Self, /) -> bool:
        """Whether this says the same as ``other``, with which it agrees, only more roughly."""
        ...

    def gap(self, other: Self, /) -> float:
        """How far the two lie apart, in a measure of their own."""
        ...


@dataclass(frozen=True, slots=True)
class Interval:
    """A number between two others: a count, the minutes of a day; ``middle`` is the number that was written."""

    low: float
    high: float
    middle: float

    @property
    def breadth(self) -> float:
        return self.high - self.low

    def agrees(self, other: Self) -> bool:
        return self.low <= other.high and other.low <= self.high

    def covers(self, other: Self) -> bool:
        return self.breadth > other.breadth and self.low <= other.middle <= self.high

    def gap(self, other: Self) -> float:
        return abs(self.middle - other.middle)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, in ISO 8601."""

    date: str

    @property
    def breadth(self) -> float:
        return 0.0

    def agrees(self, other: Self) -> bool:
        return self.date == other.date

    def covers(self, other: Self) -> bool:
        return False

    def gap(self, other: Self) -> float:
        return float(self.date != other.date)


_ONE_THING = (
    (re.compile(r"\bun(?:manned|crewed) (?:(?:aerial|air|aircraft) (?:vehicle|system)|aircraft)s?\b"), "drone"),
    (re.compile(r"\b(?:uav|uas)s?\b"), "drone"),
    (re.compile(r"\b(?:improvised explosive device|ied)s?\b"), "bomb"),
    (re.compile(r"\brpgs?\b"), "rocket propelled grenade"),
)
"""Weapons that go by several names: reports that choose another do not contradict one another."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a cause, cargo or weapon names, as word stems: "missiles" and "missile" are one."""

    stems: frozenset[str]

    @property
    def breadth(self) -> float:
        return -float(len(self.stems - _FAULTS))

    def agrees(self, other: Self) -> bool:
        if not (self.stems - _FAULTS and other.stems - _FAULTS):
            return bool(self.stems & _FAULTS and other.stems & _FAULTS)
        return bool(self.stems & other.stems - _FAULTS)

    def covers(self, other: Self) -> bool:
        return self.stems - _FAULTS < other.stems - _FAULTS

    def gap(self, other: Self) -> float:
        return -float(len(self.stems & other.stems))


@dataclass(frozen=True, slots=True)
class Area:
    """A region on the ground; ``point`` stands for it as (longitude, latitude)."""

    footprint: Footprint
    point: tuple[float, float]

    @property
    def breadth(self) -> float:
        return self.footprint.uncertainty_m

    def agrees(self, other: Self) -> bool:
        apart = self.gap(other)
        if apart > self.breadth + other.breadth:
            return False
        return not self._drawn(other) or self.footprint.geometry.intersects(other.footprint.geometry)

    def covers(self, other: Self) -> bool:
        return self.breadth >= COARSER * other.breadth

    def gap(self, other: Self) -> float:
        return geodesy.inverse(*self.point, *other.point).distance_m

    def _drawn(self, other: Self) -> bool:
        """Whether both have an outline: a point's reach is all that is known of it."""
        return bool(self.footprint.geometry.area and other.footprint.geometry.area)


@dataclass(frozen=True, slots=True)
class Leg:
    """A way from one region to another."""

    start: Area
    end: Area

    @property
    def breadth(self) -> float:
        return self.start.breadth + self.end.breadth

    def agrees(self, other: Self) -> bool:
        return self.start.agrees(other.start) and self.end.agrees(other.end)

    def covers(self, other: Self) -> bool:
        return self.breadth >= COARSER * other.breadth

    def gap(self, other: Self) -> float:
        return self.start.gap(other.start) + self.end.gap(other.end)


@dataclass(frozen=True, slots=True)
class Stretch:
    """How far and in which direction one place lies from another: metres, degrees, and the angle left open."""

    length: Interval | None
    azimuth: float | None
    open_angle: float

    @property
    def breadth(self) -> float:
        return self.length.breadth if self.length else math.inf

    def agrees(self, other: Self) -> bool:
        if self.length and other.length and not self.length.agrees(other.length):
            return False
        if self.azimuth is None or other.azimuth is None:
            return True
        return geodesy.angle_between(self.azimuth, other.azimuth) <= self.open_angle + other.open_angle

    def covers(self, other: Self) -> bool:
        if self.length is None:
            return other.length is not None
        return other.length is not None and self.breadth > other.breadth and self.length.covers(other.length)

    def gap(self, other: Self) -> float:
        return self.length.gap(other.length) if self.length and other.length else 0.0


def area(footprint: Footprint) -> Area:
    """A footprint as an answer."""
    return Area(footprint, footprint.lonlat)


def clock(claim: Claim, *, ahead: int | None = None) -> Interval | None:
    """A clock time as minutes of the local day; ``ahead`` is how far local time runs ahead of GMT, in minutes."""
    value = claim.value
    if not isinstance(value, ClockTime) or not (value.local or (value.gmt and ahead is not None)):
        return None
    middle = minutes(value.local) if value.local else (minutes(value.gmt or "0:0") + (ahead or 0)) % 1440
    hedge = value.hedge or ""
    before = EXACT_MINUTES if not hedge or hedge.endswith("after") else AROUND_MINUTES
    after = EXACT_MINUTES if not hedge or hedge.endswith("before") else AROUND_MINUTES
    return Interval(middle - before, middle + after, middle)


def day(claim: Claim) -> Day | None:
    """The day that a time claim gives."""
    return Day(claim.value.date) if isinstance(claim.value, ClockTime) and claim.value.date else None


def count(claim: Claim) -> Interval | None:
    """A count as its least and greatest value: a hedge leaves room on the side it names."""
    value = claim.value
    if not isinstance(value, Count):
        return None
    hedge = (value.hedge or "").lower()
    if hedge in AT_LEAST:
        return Interval(value.count, math.inf, value.count)
    if hedge in AT_MOST:
        return Interval(0, value.count, value.count)
    spread = value.count * ABOUT_SHARE if hedge else 0
    return Interval(value.count - spread, value.count + spread, value.count)


def words(what: str) -> Words | None:
    """The words of a cause, cargo or weapon that carry what it names; a thing of several names has one."""
    plain = what.casefold()
    for names, one in _ONE_THING:
        plain = names.sub(one, plain)
    found = re.findall(r"[^\W_]+", plain)
    stems = frozenset(word.removesuffix("s") for word in found if word not in _LESSER_WORDS)
    return Words(stems) if stems else None


def stretch(quoted: QuotedDistance, *, reverse: bool = False) -> Stretch:
    """A quoted distance as what it may measure: between the calibrated edges, on one side where its hedge is a bound.

    ``reverse`` turns its direction about, for a claim that measures from the other end.
    """
    azimuth, angle = None, 0.0
    if quoted.direction:
        azimuth = (geodesy.bearing(quoted.direction) + 180.0 * reverse) % 360.0
        angle = calibration().agree_half_angles[len(quoted.direction) - 1]
    if quoted.quantity is None or quoted.unit not in geodesy.METRES:
        return Stretch(None, azimuth, angle)
    first = geodesy.metres(quoted.quantity, quoted.unit)
    last = geodesy.metres(quoted.quantity_to or quoted.quantity, quoted.unit)
    low = 0.0 if bound(quoted.hedge) is Bound.AT_MOST else min(calibration().span(first, share=BAND)[0], first)
    high = math.inf if bound(quoted.hedge) is Bound.AT_LEAST else max(calibration().span(last, share=BAND)[1], last)
    return Stretch(Interval(low, high, (first + last) / 2), azimuth, angle)
