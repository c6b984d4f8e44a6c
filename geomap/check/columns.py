"""Many quoted distances at once: :func:`check_table` on columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geomap.check.judge import UNCHECKABLE, VERDICTS, Grades, half_precision, judge
from geomap.check.reasons import ROAD, ROAD_FROM_M, SHORT_M, Case, step, straight, template
from geomap.errors import BadInput
from geomap.extent import PER_ROOT_M
from geomap.geodesy import COMPASS, METRES, Array, inverses
from geomap.model import Verdict

FARTHEST_KM: Final = 1_000_000.0
"""A quote beyond this is no distance on Earth; it is not worth measuring."""

FAULTS: Final = (
    "",
    "no distance and no direction to check",
    "the quantity is not a number",
    "the quantity is not finite",
    "a distance cannot be 0 or below",
    "a distance without a unit: add km, mi, nmi, m or ft",
    "unknown unit: use km, mi, nmi, m or ft",
    "unknown direction: use one of the sixteen compass points (n, nne, ne, ...)",
    "a coordinate is missing or not a finite number",
    "a latitude lies beyond 90 degrees",
    "a longitude lies beyond 180 degrees",
    f"longer than {FARTHEST_KM:,.0f} km: no two places on Earth lie so far apart",
)
"""Why a row cannot be checked, by number; 0 is a sound row."""
NOT_A_NUMBER: Final = 2

MILE: Final = METRES["mi"]
_ROSE: Final = {code: i for i, code in enumerate(COMPASS)}
_LETTERS: Final = {code: len(code) for code in COMPASS}
_NAN: Final = float("nan")


@dataclass(frozen=True, slots=True)
class Checks:
    """The findings of :func:`check_table`, one row a quote; numbers are NaN where nothing could be measured.

    ``measured_m`` in metres, ``azimuth`` in degrees from the reference, ``ratio`` measured over quoted,
    ``percentile`` 0 to 100, ``verdict`` an index into :data:`geomap.check.VERDICTS`.
    """

    measured_m: Array
    azimuth: Array
    back_azimuth: Array
    ratio: Array
    percentile: Array
    verdict: Grades
    fault: NDArray[np.uint8]
    quoted_m: Array
    units: Sequence[str]
    directions: Sequence[str]
    turn: Array
    distance: Grades
    direction: Grades
    reach_m: Array

    def verdicts(self) -> list[Verdict]:
        """The verdicts as words."""
        return [VERDICTS[i] for i in self.verdict.tolist()]

    def reasons(self) -> list[str]:
        """The reason of each row."""
        _, first, kind = np.unique(self._kinds(), return_index=True, return_inverse=True)
        templates = [self._template(row) for row in first.tolist()]
        near = self.measured_m < 1000
        return [
            templates[i] % (straight(metres) if short else f"{metres / 1000:.1f} km, {metres / MILE:.1f} mi")
            for i, metres, short in zip(kind.tolist(), self.measured_m.tolist(), near.tolist(), strict=True)
        ]

    def case(self, row: int) -> Case:
        """One row, as its reason is worded from."""
        return Case(
            float(self.measured_m[row]),
            float(self.azimuth[row]),
            float(self.quoted_m[row]),
            self.units[row],
            self.directions[row],
            float(self.turn[row]),
            int(self.distance[row]),
            int(self.direction[row]),
            float(self.reach_m[row]),
        )

    def _template(self, row: int) -> str:
        fault = int(self.fault[row])
        return FAULTS[fault] + "%.0s" if fault else template(self.case(row))

    def _kinds(self) -> NDArray[np.int64]:
        """A number for each row: rows of one number share the template of their reason."""
        with np.errstate(all="ignore"):
            factor = self.quoted_m / self.measured_m
            off = self.direction > 0
            parts: list[tuple[NDArray[Any], int]] = [
                (step(factor), 32),
                (self.distance, 4),
                (np.searchsorted(ROAD, factor), 4),
                ((self.quoted_m > ROAD_FROM_M).astype(int) + (self.quoted_m >= SHORT_M), 4),
                (np.abs(self.measured_m - self.quoted_m) <= self.reach_m, 2),
                (self.reach_m > self.measured_m / 2, 2),
                (np.array([_ROSE.get(code, 16) for code in self.directions]), 17),
                (np.nan_to_num(np.round(self.azimuth / 22.5)).astype(np.int64) % 16, 16),
                (self.direction, 4),
                (np.where(off, np.nan_to_num(np.round(self.turn)), 0).astype(np.int64), 181),
                (np.isnan(self.quoted_m), 2),
                (self.fault, len(FAULTS)),
            ]
        kinds = np.zeros(len(self.fault), dtype=np.int64)
        for values, size in parts:
            kinds = kinds * size + values
        # What would explain a distance that does not fit hangs on its figures: such rows are worded one by one.
        alone = np.flatnonzero(self.distance > 1)
        kinds[alone] = -1 - alone
        return kinds


def check_table(
    quantity: ArrayLike,
    unit: Sequence[str],
    direction: Sequence[str],
    *,
    ref_lat: ArrayLike,
    ref_lon: ArrayLike,
    subj_lat: ArrayLike,
    subj_lon: ArrayLike,
    ref_population: ArrayLike | None = None,
    subj_population: ArrayLike | None = None,
    faults: NDArray[np.uint8] | None = None,
) -> Checks:
    """Check many quotes: degrees, quantities in their own units, codes in lower case.

    A quantity of NaN with a direction checks the direction alone; an empty direction the distance alone. A row that
    cannot be checked gets its reason and never stops the rest. ``faults`` marks rows already known to be broken (an
    index into :data:`FAULTS`). Raises BadInput where columns differ in length.
    """
    number = _column(quantity)
    places = [_column(each) for each in (ref_lon, ref_lat, subj_lon, subj_lat)]
    if any(len(each) != len(number) for each in (*places, unit, direction)):
        raise BadInput("the columns of a table must be of one length")
    fault = _faults(number, unit, direction, places)
    if faults is not None:
        fault = np.where(faults > 0, faults, fault).astype(np.uint8)
    for each in places:
        each[fault > 0] = np.nan
    reach = PER_ROOT_M * (_root(ref_population, len(number)) + _root(subj_population, len(number)))
    return judged(inverses(*places), number, unit, direction, reach_m=reach, fault=fault)


def judged(
    lines: tuple[Array, Array, Array],
    quantity: Array,
    unit: Sequence[str],
    direction: Sequence[str],
    *,
    reach_m: Array,
    fault: NDArray[np.uint8] | None = None,
) -> Checks:
    """Judge lines that are already measured (distance in metres, azimuth and back azimuth in degrees)."""
    measured, azimuth, back = lines
    bad = np.zeros(len(quantity), dtype=np.uint8) if fault is None else fault
    scale = np.array([METRES.get(each, _NAN) for each in unit])
    bearing = np.array([COMPASS.get(each, _NAN) for each in direction])
    letters = np.array([_LETTERS.get(each, 0) for each in direction], dtype=np.intp)
    with np.errstate(all="ignore"):
        quoted = np.where(bad > 0, np.nan, quantity * scale)
        precision = half_precision(quantity) * scale
        found = judge(measured, azimuth, quoted, precision_m=precision, bearing=bearing, letters=letters)
    verdict = np.where(bad > 0, UNCHECKABLE, found.verdict).astype(np.uint8)
    return Checks(
        measured, azimuth, back, found.ratio, found.percentile, verdict, bad, quoted, unit, direction,
        found.turn, found.distance, found.direction, reach_m,
    )  # fmt: skip


def _column(values: ArrayLike) -> Array:
    return np.array(values, dtype=np.float64, ndmin=1)


def _root(population: ArrayLike | None, count: int) -> Array:
    if population is None:
        return np.zeros(count)
    result: Array = np.sqrt(np.nan_to_num(np.maximum(_column(population), 0.0)))
    return result


def _faults(number: Array, unit: Sequence[str], direction: Sequence[str], places: Sequence[Array]) -> NDArray[np.uint8]:
    """The first thing wrong with each row, as an index into FAULTS."""
    no_number = np.isnan(number)
    no_unit, no_way = (np.array([not each for each in column], dtype=bool) for column in (unit, direction))
    strange_unit = np.array([each not in METRES for each in unit], dtype=bool) & ~no_unit
    strange_way = np.array([each not in COMPASS for each in direction], dtype=bool) & ~no_way
    lon = np.maximum(np.abs(places[0]), np.abs(places[2]))
    lat = np.maximum(np.abs(places[1]), np.abs(places[3]))
    scale = np.array([METRES.get(each, 1.0) for each in unit])
    with np.errstate(all="ignore"):
        wrong = [
            no_number & no_way,
            np.zeros(len(number), dtype=bool),
            np.isinf(number),
            number <= 0,
            ~no_number & no_unit,
            ~no_number & strange_unit,
            strange_way,
            ~(np.isfinite(lon) & np.isfinite(lat)),
            lat > 90,
            lon > 180,
            number * scale > FARTHEST_KM * 1000,
        ]
    return np.select(wrong, list(range(1, len(FAULTS))), 0).astype(np.uint8)
