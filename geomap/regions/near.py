"""How far "near" and "north of" reach: by the prominence of the place they are said of.

Both reaches are the place's own radius and a term in the square root of its population. On calibration.csv
three quarters of the quotes from a place of 30,000 people or more measure at most 0.11 km for the root of each
inhabitant (0.118, 0.109, 0.110 and 0.111 for places from 30,000, 100,000, 300,000 and 1,000,000), and 95 % at most
0.32 (0.32, 0.37, 0.33, 0.29). As far as three quarters of writers still measure from a place, it is taken to be a place
one can be "near" to; as far as nineteen in twenty do, one that "north of" can be said of. That is a rule of ours: the
quotes say where writers name a distance, not where they write "near".

A village of 1,000 is near within 4 to 6 km, a town of 30,000 within 21 km, a city of 340,000 within 70 km.
"""

from __future__ import annotations

import math
from typing import Final

from geomap import extent
from geomap.model import Place

NEAR_PER_ROOT_M: Final = 110.0
WITHIN_SIGHT_PER_ROOT_M: Final = 320.0
NEAR_LEAST_M: Final = 3_000.0
NEAR_MOST_M: Final = 150_000.0
"""Of the term in the population alone: no city makes a place 150 km off "near"."""
AREA_SHARE: Final = 0.25
"""Near a place that has a shape, or whose people are not counted: within a quarter of its own radius round it."""
BORDER_SHARE: Final = 0.1
BORDER_M: Final = (20_000.0, 75_000.0)
"""How far from a border or a coast "near" and "along" it reach where no distance is given: a tenth of the country's own
radius, within these ends. A choice of ours: reports from abroad say "near the border with" a country of 700 km of what
lies 50 km from it."""


def near(place: Place) -> float:
    """How far from the edge of a place "near" it reaches, metres."""
    return _reach(place, NEAR_PER_ROOT_M, NEAR_LEAST_M, NEAR_MOST_M)


def outer(place: Place) -> float:
    """How far from the edge of a place "north of" it reaches where no distance is given, metres."""
    return _reach(place, WITHIN_SIGHT_PER_ROOT_M, 4 * NEAR_LEAST_M, 3 * NEAR_MOST_M)


def border(place: Place) -> float:
    """How far from the border or coast of a place "near" it reaches, metres."""
    return min(BORDER_M[1], max(BORDER_M[0], BORDER_SHARE * extent.of(place)))


def _reach(place: Place, per_root: float, least: float, most: float) -> float:
    if extent.is_area(place):
        return min(most, max(least, AREA_SHARE * extent.of(place) * per_root / NEAR_PER_ROOT_M))
    return min(most, max(least, per_root * math.sqrt(place.population)))
