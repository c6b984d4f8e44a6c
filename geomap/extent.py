"""How wide a place is, from its population or its footprint, in metres."""

from __future__ import annotations

import math
from typing import Final

from geomap.model import Place

PER_ROOT_M: Final = 10.0
"""Metres of radius for the square root of the inhabitants: 0.7 km for 5,000 people, 5.8 km for 340,000. It is a town
of 3,200 people to the square kilometre, which the built-up area of towns mostly reaches within a factor of two."""
LEAST_M: Final = 300.0
"""A hamlet, an airfield, a crossing: nothing with a name is taken to be smaller."""


def radius(population: float) -> float:
    """The radius of a settlement of that many inhabitants, metres."""
    return max(LEAST_M, PER_ROOT_M * math.sqrt(max(population, 0.0)))


def of(place: Place) -> float:
    """The radius of a place: a settlement's by its population, another's as far as its footprint reaches."""
    if place.feature_code.startswith("PPL") and not place.footprint.geometry.area:
        return radius(place.population)
    return place.footprint.uncertainty_m


def is_area(place: Place) -> bool:
    """Whether a place is a unit or a region rather than a settlement or a spot."""
    return bool(place.footprint.geometry.area) or place.feature_code.startswith(("ADM", "PCL", "RGN", "TERR"))
