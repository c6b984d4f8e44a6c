"""Hatching as lines of its own: a pattern would be drawn from a tile, which blurs where it is turned."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geomap.render.picture.drawing import path

STEP = 8.0
WIDE = 10.0
"""Units between the lines of a hatching, and of a cross-hatching."""


def hatched(area: BaseGeometry) -> str:
    """Path data of lines that fall from left to right, as on the page."""
    return path(_inside(area, _slanted(area, STEP, -1)), closed=False)


def crossed(area: BaseGeometry) -> str:
    """Path data of lines both ways."""
    lines = np.concatenate([_slanted(area, WIDE, 1), _slanted(area, WIDE, -1)])
    return path(_inside(area, lines), closed=False)


def dotted(area: BaseGeometry) -> str:
    """Path data of dots: strokes without length, which round ends make visible."""
    west, north, east, south = area.bounds
    x, y = np.meshgrid(_steps(west, east, STEP), _steps(north, south, STEP))
    shapely.prepare(area)
    inside = shapely.contains_xy(area, x, y)
    return "".join(f"M{a:g} {b:g}h0" for a, b in zip(x[inside].tolist(), y[inside].tolist(), strict=True))


PATTERNS: Mapping[str, Callable[[BaseGeometry], str]] = {"hatch": hatched, "cross": crossed, "dots": dotted}


def _slanted(area: BaseGeometry, step: float, slope: int) -> NDArray[np.object_]:
    """Lines at 45 degrees over an area's bounds, ``step`` apart; they run on from one area to the next."""
    west, north, east, south = area.bounds
    apart = step * np.sqrt(2)
    # y runs down: a line that rises keeps x + y, one that falls keeps y - x.
    kept = _steps(west + north, east + south, apart) if slope > 0 else _steps(north - east, south - west, apart)
    ends = [np.column_stack([np.full(kept.shape, x), kept - slope * x]) for x in (west, east)]
    return np.asarray(shapely.linestrings(np.stack(ends, axis=1)))


def _steps(low: float, high: float, step: float) -> NDArray[np.float64]:
    return np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step


def _inside(area: BaseGeometry, lines: NDArray[np.object_]) -> list[NDArray[np.float64]]:
    shapely.prepare(area)
    cut = shapely.get_parts(shapely.intersection(lines, area))
    cut = cut[shapely.get_type_id(cut) == shapely.GeometryType.LINESTRING]
    return [shapely.get_coordinates(line) for line in cut]
