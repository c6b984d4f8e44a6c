"""The verdict: measured against quoted, on columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geomap.calibration import Band, calibration
from geomap.geodesy import Array, angles_between
from geomap.model import Verdict

VERDICTS: Final = (
    Verdict.AGREES,
    Verdict.PLAUSIBLE,
    Verdict.DOUBTFUL,
    Verdict.CONTRADICTED,
    Verdict.UNCHECKABLE,
)
"""From mild to harsh: a grade is an index into this."""
UNCHECKABLE: Final = 4
CLOSE: Final = 0.15
"""Measured within this part of quoted agrees (design, section 4)."""

Grades = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Judged:
    """What measuring says of each row; NaN or grade 0 where a row has no distance or no direction to judge."""

    ratio: Array
    percentile: Array
    turn: Array
    distance: Grades
    direction: Grades

    @property
    def verdict(self) -> Grades:
        """The harsher of the two grades."""
        return np.maximum(self.distance, self.direction)


def half_precision(quantity: Array) -> Array:
    """Half the precision that a number is given to, in its own unit.

    Georeferencing Best Practices 2020, section 3.4.4: 10.5 is given to halves, 10.25 to quarters, 10.1 to tenths; a
    whole number to a tenth of its size's power of ten, but to no less than one: 15 and 30 to 1, 140 to 10, 2000 to 100.
    """
    magnitude = 10.0 ** np.maximum(np.floor(np.log10(np.maximum(quantity, 1.0))) - 1, 0)
    part = quantity % 1.0
    tenths = np.abs(part * 10 - np.round(part * 10)) < 1e-6
    steps = np.select([part == 0, part == 0.5, part % 0.25 == 0, tenths], [magnitude, 0.5, 0.25, 0.1], 0.01)
    result: Array = steps / 2
    return result


def judge(
    measured_m: Array, azimuth: Array, quoted_m: Array, *, precision_m: Array, bearing: Array, letters: NDArray[np.intp]
) -> Judged:
    """Grade columns. ``quoted_m`` is NaN where only a direction is quoted, ``bearing`` where only a distance is.

    ``precision_m`` is half the precision of the quoted number; ``letters`` counts those of the compass code (1 to 3).
    """
    table = calibration()
    ratio = measured_m / quoted_m
    turn = angles_between(azimuth, bearing)
    slack = np.maximum(CLOSE, precision_m / quoted_m)
    distance = (np.abs(ratio - 1) > slack).astype(np.uint8)
    direction = (turn > _by_letters(table.agree_half_angles, letters)).astype(np.uint8)
    quoted_km = quoted_m / 1000
    for band in (table.alarm, table.outer):
        low, high = _edges(band, quoted_km)
        distance += (ratio < np.minimum(low, 1 - slack)) | (ratio > np.maximum(high, 1 + slack))
        direction += turn > _by_letters(band.half_angles, letters)
    return Judged(ratio, table.percentile(quoted_km, ratio), turn, distance, direction)


def _edges(band: Band, quoted_km: Array) -> tuple[Array, Array]:
    return band.lower.at(quoted_km), 1 + band.upper.at(quoted_km)


def _by_letters(angles: tuple[float, float, float], letters: NDArray[np.intp]) -> Array:
    return np.array([np.inf, *angles])[letters]
