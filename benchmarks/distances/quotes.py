"""The quoted distances that the check is fitted and measured on, as columns, and the errors it should catch."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geomap.geodesy import COMPASS, METRES, Array, angles_between, inverses

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "distances"
"""Where the quotes lie where they lie at all: beside the repository, never in it."""


@dataclass(frozen=True)
class Quotes:
    """One row a quote: what was quoted (km, unit, compass azimuth, letters of the code) and what is measured."""

    quoted_km: Array
    unit: np.ndarray
    bearing: Array
    letters: np.ndarray
    measured_km: Array
    azimuth: Array

    @property
    def ratio(self) -> Array:
        """Measured over quoted."""
        return self.measured_km / self.quoted_km

    @property
    def turn(self) -> Array:
        """The angle between the quoted and the measured direction, degrees."""
        return angles_between(self.azimuth, self.bearing % 360)


def load(path: Path) -> Quotes:
    """The rows of a table of quotes."""
    with path.open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))

    def column(name: str) -> Array:
        return np.array([float(row[name].replace(",", "")) for row in rows])

    distance, azimuth, _ = inverses(*(column(name) for name in ("ref_lon", "ref_lat", "subj_lon", "subj_lat")))
    codes = [row["direction"] for row in rows]
    return Quotes(
        column("quoted_km"),
        np.array([row["unit"] for row in rows]),
        np.array([COMPASS[code] for code in codes]),
        np.array([len(code) for code in codes]),
        distance / 1000,
        azimuth,
    )


def altered(quotes: Quotes, name: str) -> Quotes:
    """The same quotes with one error put in; km as mi and mi as km keep only the rows of that unit."""
    mile = METRES["mi"] / 1000
    factor, degrees, unit = {
        "as quoted": (1.0, 0, ""),
        "halved": (0.5, 0, ""),
        "doubled": (2.0, 0, ""),
        "ten times": (10.0, 0, ""),
        "km as mi": (mile, 0, "km"),
        "mi as km": (1 / mile, 0, "mi"),
        "reversed": (1.0, 180, ""),
        "quarter turn": (1.0, 90, ""),
    }[name]
    keep = quotes.unit == unit if unit else np.ones(len(quotes.unit), dtype=bool)
    return Quotes(
        quotes.quoted_km[keep] * factor,
        quotes.unit[keep],
        quotes.bearing[keep] + degrees,
        quotes.letters[keep],
        quotes.measured_km[keep],
        quotes.azimuth[keep],
    )


ERRORS = ("halved", "doubled", "ten times", "km as mi", "mi as km", "reversed", "quarter turn")
"""The errors put in, in the order of the report."""
