"""Fit the verdict on real quotes: python benchmarks/distances/fit.py writes the package's table.

Three things are fitted, nothing else, and only on calibration.csv:

- a band for measured / quoted whose edges are power laws of the quoted size, each at the level that leaves out the
  given share of real quotes. The slopes are round figures: the narrowest band that keeps the same quotes has an upper
  slope of 0.25 to 0.6 and a lower one of 0.01 to 0.06, as one fifth or another of the quotes is left out, and of these
  the flattest upper one is taken, because it lets the fewest errors in short quotes pass.
- a half-angle for directions: one for points of one and two letters, half of it for the few of three, whose sectors
  are half as wide. Neither the size of the quote nor the unit moves these angles enough to be told from chance.
- the distribution of measured / quoted by size, for the percentile: weighted quantiles at a few sizes.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from quotes import DATA, Quotes, load

from geomap.geodesy import Array

TABLE = Path(__file__).resolve().parents[2] / "geomap" / "calibration.json"
AT_KM = 10.0
"""The size at which a band's level is stated."""
LOWER_SLOPE = 0.02
UPPER_SLOPE = 0.25
SIZES_KM = (5, 10, 20, 40, 80, 160, 320, 640)
LEVELS = (0.1, 0.5, 1, 2.5, 5, 10, 15, 25, 35, 50, 65, 75, 85, 90, 95, 97.5, 99, 99.5, 99.9)


@dataclass(frozen=True)
class Shares:
    """What part of real quotes each edge leaves outside."""

    below: float
    above: float
    turned: float


ALARM = Shares(below=0.0275, above=0.0235, turned=0.01)
"""Outside this band a quote is doubtful. The three shares are the setting: together some 6 % of real quotes."""
OUTER = Shares(below=0.005, above=0.005, turned=0.003)
"""Outside this one (99 %) it is contradicted."""


def lower_edge(quotes: Quotes, share: float) -> dict[str, float]:
    """The edge level * (size / 10 km) ** -slope below which ``share`` of the quotes lie."""
    scaled = quotes.ratio * (quotes.quoted_km / AT_KM) ** LOWER_SLOPE
    return {"level": round(float(np.quantile(scaled, share)), 4), "slope": LOWER_SLOPE}


def upper_edge(quotes: Quotes, share: float) -> dict[str, float]:
    """The edge 1 + level * (size / 10 km) ** -slope above which ``share`` of the quotes lie."""
    scaled = (quotes.ratio - 1) * (quotes.quoted_km / AT_KM) ** UPPER_SLOPE
    return {"level": round(float(np.quantile(scaled, 1 - share)), 4), "slope": UPPER_SLOPE}


def half_angles(quotes: Quotes, share: float) -> list[float]:
    """The half-angle that leaves ``share`` of points of one and two letters outside, and half of it for three."""
    angle = float(np.quantile(quotes.turn[quotes.letters < 3], 1 - share))
    return [round(angle, 1), round(angle, 1), round(angle / 2, 1)]


def quantiles(quotes: Quotes) -> list[list[float]]:
    """Measured / quoted at each level for each size: quotes within a factor of 2.5, the near ones weighing more."""
    rows = []
    for size in SIZES_KM:
        weight = np.maximum(0.0, 1 - np.abs(np.log(quotes.quoted_km / size)) / np.log(2.5))
        rows.append([round(float(r), 4) for r in _weighted(quotes.ratio, weight, np.array(LEVELS) / 100)])
    return rows


def _weighted(values: Array, weight: Array, at: Array) -> Array:
    order = np.argsort(values)
    share = np.cumsum(weight[order]) - weight[order] / 2
    result: Array = np.interp(at, share / weight.sum(), values[order])
    return result


def band(quotes: Quotes, shares: Shares) -> dict[str, object]:
    """One band: the edges for measured / quoted and the half-angles in degrees."""
    return {
        "lower": lower_edge(quotes, shares.below),
        "upper": upper_edge(quotes, shares.above),
        "half_angles": half_angles(quotes, shares.turned),
    }


def table(quotes: Quotes) -> dict[str, object]:
    """Everything the package needs."""
    ninety = [round(float(np.quantile(quotes.turn[quotes.letters == n], 0.9)), 1) for n in (1, 2, 3)]
    return {
        "about": "Fitted by benchmarks/distances/fit.py on real quotes; docs/distances.md says how to read it.",
        "quotes": len(quotes.ratio),
        "agree_half_angles": ninety,
        "alarm": band(quotes, ALARM),
        "outer": band(quotes, OUTER),
        "sizes_km": SIZES_KM,
        "levels": LEVELS,
        "ratios": quantiles(quotes),
    }


def main() -> None:
    """Fit and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quotes", type=Path, nargs="?", default=DATA / "calibration.csv")
    parser.add_argument("--out", type=Path, default=TABLE)
    args = parser.parse_args()
    text = json.dumps(table(load(args.quotes)), indent=1)
    text = re.sub(r"\[[^\[\]]*\]", lambda found: " ".join(found[0].split()), text)
    args.out.write_text(text + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
