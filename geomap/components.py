"""Footprints parted into groups that lie so far from one another that no two of different groups can meet."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import shapely
from shapely import STRtree

from geomap.model import Footprint

_DEGREE_M = 110_000.0
"""No degree of latitude is shorter, so that a box of this many metres to the degree is never too small."""


def components(footprints: Mapping[str, Footprint]) -> list[list[str]]:
    """The keys of footprints by group, in their order; a group's members are joined by boxes that overlap.

    A box holds the outline, and round a point or a line its uncertainty as well; one that reaches over the antimeridian
    or a pole goes all the way round.
    """
    boxes: dict[tuple[float, float, float, float], list[str]] = {}
    for key, footprint in footprints.items():
        boxes.setdefault(_box(footprint), []).append(key)
    shapes = shapely.box(*np.array(list(boxes), dtype=float).reshape(-1, 4).T)
    pairs = STRtree(shapes).query(shapes, predicate="intersects")
    root = list(range(len(shapes)))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = node = root[root[node]]
        return node

    for a, b in pairs.T.tolist():
        root[find(a)] = find(b)
    groups: dict[int, list[str]] = {}
    for number, keys in enumerate(boxes.values()):
        groups.setdefault(find(number), []).extend(keys)
    order = {key: number for number, key in enumerate(footprints)}
    return sorted((sorted(group, key=order.__getitem__) for group in groups.values()), key=lambda g: order[g[0]])


def _box(footprint: Footprint) -> tuple[float, float, float, float]:
    west, south, east, north = footprint.geometry.bounds
    if not footprint.geometry.area:
        high = footprint.uncertainty_m / _DEGREE_M
        south, north = south - high, north + high
        least = math.cos(math.radians(min(89.0, max(abs(south), abs(north)))))
        west, east = west - high / least, east + high / least
    if west <= -180 or east >= 180 or south <= -89 or north >= 89:
        west, east = -180.0, 180.0
    return west, max(south, -90.0), east, min(north, 90.0)
