"""Where a picture's map lies: Web Mercator (EPSG:3857), as on the page, fitted to what the picture is to show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TILE = 256
"""Pixels that the world is wide at zoom 0, by the convention of web maps."""
HIGHEST = 85.0
"""Degrees of latitude at which the map ends."""
CLOSEST = 12.0
EQUATOR_M = 40_075_016.686
"""Metres round the equator of WGS84, whose semi-major axis is the sphere of Web Mercator."""


@dataclass(frozen=True, slots=True)
class Room:
    """Units at each edge that belong to captions, legend and credits."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """A window of ``width`` x ``height`` units on a world ``world`` units wide; ``west``, ``north`` is its corner."""

    width: float
    height: float
    world: float
    west: float
    north: float

    @property
    def zoom(self) -> float:
        """The zoom level of web maps that has this scale."""
        return math.log2(self.world / TILE)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north in degrees; east may lie above 180."""
        return (
            360 * self.west / self.world - 180,
            _latitude((self.north + self.height) / self.world),
            360 * (self.west + self.width) / self.world - 180,
            _latitude(self.north / self.world),
        )

    @property
    def metres(self) -> float:
        """Metres that a unit is long in the middle of the window."""
        latitude = _latitude((self.north + self.height / 2) / self.world)
        return EQUATOR_M * math.cos(math.radians(latitude)) / self.world

    def points(self, lonlat: Sequence[Sequence[float]] | NDArray[np.float64]) -> NDArray[np.float64]:
        """Positions (n, 2) in the window, in units from its top left corner, of (n, 2) degrees."""
        degrees = np.asarray(lonlat, dtype=float).reshape(-1, 2)
        x, y = _plane(degrees)
        return np.column_stack([x * self.world - self.west, y * self.world - self.north])


def fit(bounds: Sequence[float], width: float, height: float, room: Room) -> Frame:
    """The window of that size that shows the bounds (west, south, east, north) in what ``room`` leaves free."""
    west, south, east, north = bounds
    (left, right), (bottom, top) = _plane(np.array([[west, south], [east, north]]))
    inner_width, inner_height = width - room.left - room.right, height - room.top - room.bottom
    world = min(inner_width / max(right - left, 1e-9), inner_height / max(bottom - top, 1e-9))
    world = min(max(world, width), TILE * 2**CLOSEST)
    return Frame(
        width,
        height,
        world,
        (left + right) / 2 * world - room.left - inner_width / 2,
        (top + bottom) / 2 * world - room.top - inner_height / 2,
    )


def _plane(degrees: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fractions of the world's width from its left and top edge."""
    latitude = np.radians(np.clip(degrees[:, 1], -HIGHEST, HIGHEST))
    return (degrees[:, 0] + 180) / 360, 0.5 - np.log(np.tan(np.pi / 4 + latitude / 2)) / (2 * np.pi)


def _latitude(y: float) -> float:
    return max(-HIGHEST, min(HIGHEST, math.degrees(2 * math.atan(math.exp((1 - 2 * y) * math.pi)) - math.pi / 2)))
