"""What ratio, direction and size can tell at most: python benchmarks/distances/ceiling.py (needs scikit-learn)

A rule that is told the very errors it will be judged on: trees trained to tell real quotes from altered ones, free in
shape but that farther off is never milder. Its margin over the flat rule on calibration.csv, each fifth judged by
trees that have not seen it, beside ours. Size is the measured one, which no error touches: quoted sizes are round, and
an altered one is known by not being so. --roundness adds whether the quantity ends in a 5 or 0, before any error.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from curve import COUNTED, FINE_DIAL, FINE_FLAT, FOLDS, caught, fitted, flat, folds, rows
from quotes import DATA, Quotes, altered, load

from geomap.geodesy import METRES, Array

LIMITS = np.arange(2.0, 18.01, 0.5)
SPANS = ((3, 5), (5, 7), (7, 10), (10, 14), (14, 18))
AS_QUOTED = len(COUNTED)
"""A real quote counts as often as all the errors made of it."""

Score = Callable[[Quotes, Array], Array]


def roundness(quotes: Quotes) -> Array:
    """2 where the quantity ends in a 0, 1 where in a 5, 0 elsewhere."""
    quantity = quotes.quoted_km * 1000 / np.array([METRES[unit] for unit in quotes.unit])
    result: Array = sum((np.abs(quantity / step - np.round(quantity / step)) < 1e-3).astype(float) for step in (5, 10))
    return result


def features(quotes: Quotes, ends: Array) -> Array:
    """Too long, too short, turned (each may only speak against a quote), the size and the roundness."""
    off = np.log(quotes.ratio)
    turned = quotes.turn * np.where(quotes.letters == 3, 2, 1)
    return np.column_stack([np.maximum(off, 0), np.maximum(-off, 0), turned, np.log(quotes.measured_km), ends])


def of_unit(quotes: Quotes, name: str) -> np.ndarray:
    """The rows that an error can be put into."""
    unit = {"km as mi": "km", "mi as km": "mi"}.get(name)
    return quotes.unit == unit if unit else np.ones(len(quotes.unit), dtype=bool)


def told(quotes: Quotes, ends: Array) -> Score:
    """A rule trained on some quotes and every error of COUNTED put into them."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    parts = [features(quotes, ends)]
    parts += [features(altered(quotes, name), ends[of_unit(quotes, name)]) for name in COUNTED]
    weight = np.concatenate(
        [np.full(len(each), len(parts[0]) / len(each) * (1 if i else AS_QUOTED)) for i, each in enumerate(parts)]
    )
    trees = HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.06, max_leaf_nodes=12, min_samples_leaf=60, l2_regularization=1.0,
        monotonic_cst=[1, 1, 1, 0, 0], random_state=1,
    )  # fmt: skip
    wrong = np.repeat([0, 1], [len(parts[0]), sum(map(len, parts[1:]))])
    trees.fit(np.vstack(parts), wrong, sample_weight=weight)
    return lambda of, its_ends: trees.decision_function(features(of, its_ends))


def ceiling(quotes: Quotes, ends: Array) -> Array:
    """The most errors (mean of COUNTED, %) that such rules catch at each of LIMITS."""
    fold = folds(quotes)
    rules = [told(rows(quotes, fold != i), ends[fold != i]) for i in range(FOLDS)]

    def scores(name: str) -> Array:
        keep = of_unit(quotes, name)
        wrong, here = altered(quotes, name), fold[keep]
        every = np.array([rule(wrong, ends[keep]) for rule in rules])
        result: Array = every[here, np.arange(len(here))]
        return result

    real = np.sort(scores("as quoted"))[::-1]
    limits = real[np.floor(LIMITS * len(real) / 100).astype(int)]
    return np.mean([[100 * (each > limit).mean() for limit in limits] for each in map(scores, COUNTED)], axis=0)


def main() -> None:
    """Print both margins for some spans of false alarms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--roundness", action="store_true")
    args = parser.parse_args()
    known = load(DATA / "calibration.csv")
    once = np.ones((1, len(known.unit)))
    theirs = caught(known, [[flat(power)] for power in FINE_FLAT], once, LIMITS)[0]
    parts = [rows(known, folds(known) != i) for i in range(FOLDS)]
    ours = caught(known, [[fitted(part, dial) for part in parts] for dial in FINE_DIAL], once, LIMITS)[0] - theirs
    best = ceiling(known, roundness(known) if args.roundness else np.zeros(len(known.unit))) - theirs
    print("false alarms   ours   told the errors   (points above the flat rule)")
    for low, high in SPANS:
        span = (low <= LIMITS) & (high >= LIMITS)
        print(f" {low:2d} to {high:2d} %    {ours[span].mean():5.2f}   {best[span].mean():5.2f}")


if __name__ == "__main__":
    main()
