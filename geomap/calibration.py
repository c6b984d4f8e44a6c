"""What real quotes look like: the fitted table ``calibration.json``, and the bands and percentiles read from it.

Fitted by ``benchmarks/distances/fit.py``. A band's edges for measured / quoted are power laws of the quoted size:
``level * (size / 10 km) ** -slope`` below and ``1 + level * (size / 10 km) ** -slope`` above.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np

from geomap.geodesy import Array

FITTED_KM: Final = (1.0, 2000.0)
"""Sizes beyond these take the edges of the nearest of the two: no quote so short or long was there to fit."""
LEAST_KM: Final = 0.001
"""A metre: what is quoted as less, "0 km" among it, is looked up as that much."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge of a band."""

    level: float
    slope: float

    def at(self, quoted_km: Array) -> Array:
        """The power law at each size."""
        result: Array = self.level * (np.clip(quoted_km, *FITTED_KM) / 10.0) ** -self.slope
        return result


@dataclass(frozen=True, slots=True)
class Band:
    """Within these edges and half-angles (for compass points of one, two and three letters) a quote passes."""

    lower: Edge
    upper: Edge
    half_angles: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The whole table. ``ratios[i][j]`` is the quantile ``levels[j]`` (%) of measured / quoted at ``sizes_km[i]``."""

    agree_half_angles: tuple[float, float, float]
    alarm: Band
    outer: Band
    sizes_km: tuple[float, ...]
    levels: Array
    ratios: Array

    def percentile(self, quoted_km: Array, ratio: Array) -> Array:
        """The place of each ratio among real quotes of its size, 0 to 100; NaN stays NaN.

        Between two sizes the places among either are averaged by the logarithm of the size.
        """
        at = np.interp(np.log(np.maximum(quoted_km, LEAST_KM)), np.log(self.sizes_km), np.arange(len(self.sizes_km)))
        result = np.full(at.shape, np.nan)
        for i in range(len(self.sizes_km) - 1):
            rows = (at >= i) & (at < i + 1) if i < len(self.sizes_km) - 2 else at >= i
            if rows.any():
                far = at[rows] - i
                result[rows] = (1 - far) * self._place(i, ratio[rows]) + far * self._place(i + 1, ratio[rows])
        return result

    def span(self, quoted_m: float, *, share: float = 0.95) -> tuple[float, float]:
        """The metres between which that share of real quotes of this size measure: as much left out above as below."""
        size = np.interp(np.log(max(quoted_m / 1000, LEAST_KM)), np.log(self.sizes_km), np.arange(len(self.sizes_km)))
        tails = np.array([(1 - share) / 2, (1 + share) / 2]) * 100
        edges = np.array([np.interp(tails, self.levels, row) for row in self.ratios])
        low, high = (float(np.interp(size, np.arange(len(edges)), column)) for column in edges.T)
        return quoted_m * low, quoted_m * high

    def _place(self, size: int, ratio: Array) -> Array:
        # Beyond the table's last quantiles the place runs out to 0 at ratio 0 and to 100 at ratio 10.
        ends = np.concatenate([[0.0], self.ratios[size], [10.0]])
        result: Array = np.interp(ratio, ends, np.concatenate([[0.0], self.levels, [100.0]]))
        return result


@cache
def calibration() -> Calibration:
    """The table as shipped."""
    raw = json.loads(files("geomap").joinpath("calibration.json").read_text(encoding="utf8"))
    bands = {
        name: Band(Edge(**raw[name]["lower"]), Edge(**raw[name]["upper"]), tuple(raw[name]["half_angles"]))
        for name in ("alarm", "outer")
    }
    return Calibration(
        tuple(raw["agree_half_angles"]),
        bands["alarm"],
        bands["outer"],
        tuple(raw["sizes_km"]),
        np.array(raw["levels"]),
        np.array(raw["ratios"]),
    )
