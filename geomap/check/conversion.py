"""The conversion that a report gives in brackets, checked on its own: "1,500 km (930 miles)"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from geomap.check.judge import half_precision
from geomap.geodesy import convert

ROUNDED: Final = 0.05
"""Reports round a conversion; one within this part of the exact figure holds ("50 km (30 miles)" is 31.1)."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """Whether a conversion holds, the exact figure in its unit, and that in words."""

    holds: bool
    exact: float
    reason: str


def check_conversion(quantity: float, unit: str, converted: float, to: str) -> Conversion:
    """Check that ``quantity`` of ``unit`` is ``converted`` of ``to``, as far as both numbers are given.

    It holds where it is off by no more than half the precision of either number, or 5 %. Raises BadInput for an unknown
    unit.
    """
    exact = convert(quantity, unit, to)
    given, made = (float(half_precision(np.array([each]))[0]) for each in (quantity, converted))
    slack = max(made, convert(given, unit, to), ROUNDED * exact)
    holds = abs(converted - exact) <= slack
    said = f"{quantity:,.6g} {unit} is {exact:,.4g} {to}"
    verdict = f"the conversion to {converted:,.6g} holds" if holds else f"not {converted:,.6g}"
    return Conversion(holds, exact, f"{said}: {verdict}" if holds else f"{said}, {verdict}")
