"""One quoted distance among real quotes of its size, as the numbers of a small drawing."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from geomap.calibration import calibration
from geomap.geodesy import Array
from geomap.render.geojson import Json
from geomap.tongue import decimal, mark, say

WIDTH, HEIGHT = 320, 112
LEFT, RIGHT = 10, 310
TOP, FLOOR = 26, 86
"""User units of the drawing: the curve stands on FLOOR and reaches TOP."""
MOST: Final = 2.0
"""Measured over quoted at the right edge; what lies beyond is marked there."""
STEP: Final = 0.02
SPREAD: Final = 0.035
"""Standard deviation of the smoothing: the table has nineteen quantiles, between which it would show steps."""
TICKS: Final = ((0.5, mark("half")), (1.0, mark("as quoted")), (1.5, mark("half more")))


def plot(quoted_m: float, measured_m: float) -> Json:
    """The curve of measured over quoted among real quotes of ``quoted_m`` metres, with one of ``measured_m`` marked.

    ``curve`` and ``band`` are path data (``band`` is what passes as plausible or better), ``mark`` where this quote
    stands; ``low`` and ``high`` are the band's edges as ratios, ``below`` the quotes in a hundred whose straight line
    is shorter against what they quote.
    """
    km, ratio = quoted_m / 1000, measured_m / quoted_m
    low, high = _band(km)
    below = float(calibration().percentile(np.array([km]), np.array([ratio]))[0])
    # Sizes a tenth apart share a curve: nobody sees the difference.
    size = round(km, 2 - int(np.floor(np.log10(km))) - 1) if km >= 1 else 1.0
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": RIGHT,
        "top": TOP,
        "floor": FLOOR,
        "curve": _path(size, 0.0, MOST),
        "band": _path(size, low, high),
        "mark": round(_x(min(ratio, MOST)), 1),
        "anchor": "start" if ratio < 0.35 else "end" if ratio > MOST - 0.35 else "middle",
        "beyond": ratio > MOST,
        "ticks": [{"x": _x(at), "text": say(text)} for at, text in TICKS],
        "said": _said(ratio),
        "low": decimal(low, 2),
        "high": decimal(high, 2),
        "below": _share(below),
    }


def _said(ratio: float) -> str:
    if ratio < MOST:
        return say("%(share)s of the quote", share=decimal(ratio, 2))
    return say("%(times)s times the quote", times=decimal(ratio, 0 if ratio >= 10 else 1))


def _share(percentile: float) -> str:
    """A percentile as a count in a hundred; the ends of the table are no nobody and no everybody."""
    if percentile < 0.5:
        return say("fewer than 1")
    return say("more than 99") if percentile > 99.5 else f"{percentile:.0f}"


def _band(km: float) -> tuple[float, float]:
    alarm, size = calibration().alarm, np.array([km])
    return float(alarm.lower.at(size)[0]), 1 + float(alarm.upper.at(size)[0])


def _x(ratio: float) -> float:
    return LEFT + (RIGHT - LEFT) * ratio / MOST


@lru_cache(maxsize=256)
def _density(km: float) -> tuple[Array, Array]:
    """How many quotes of that size measure each part of what they quote; the highest is 1."""
    edges = np.arange(0.0, MOST + 3 * SPREAD + STEP, STEP)
    counts = np.diff(calibration().percentile(np.full(edges.shape, km), edges))
    reach = np.arange(-3 * SPREAD, 3 * SPREAD + STEP, STEP)
    smooth = np.convolve(counts, np.exp(-(reach**2) / (2 * SPREAD**2)), mode="same")
    return edges[:-1] + STEP / 2, smooth / smooth.max()


@lru_cache(maxsize=256)
def _path(km: float, start: float, end: float) -> str:
    """The area under the curve between two ratios."""
    at, height = _density(km)
    inside = at[(at > start) & (at < min(end, MOST))]
    points = np.concatenate([[start], inside, [min(end, MOST)]])
    tops = FLOOR - (FLOOR - TOP) * np.interp(points, at, height)
    line = "L".join(f"{_x(x):.1f} {y:.1f}" for x, y in zip(points.tolist(), tops.tolist(), strict=True))
    return f"M{_x(start):.1f} {FLOOR}L{line}L{_x(min(end, MOST)):.1f} {FLOOR}Z"
