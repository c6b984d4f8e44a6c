"""The trade-off between false alarms and errors caught: python benchmarks/distances/curve.py [--plot]

One dial widens or narrows everything at once. Ours multiplies the shares of real quotes that the fitted band leaves
outside (and, where it narrows, shrinks the 15 % that agree by the root of it); the flat rule's raises its limits
.65 and 1.20 to a power and multiplies its 45 degrees. On calibration.csv each point is fitted on four fifths of the
quotes and counted on the rest. Prints a table; --plot draws docs/images/distances-curve.png (needs matplotlib).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fit import ALARM, Shares, half_angles, lower_edge, upper_edge
from quotes import DATA, Quotes, altered, load

from geomap.calibration import FITTED_KM
from geomap.geodesy import Array

IMAGE = Path(__file__).resolve().parents[2] / "docs" / "images" / "distances-curve.png"
COUNTED = ("halved", "doubled", "km as mi", "mi as km", "quarter turn")
"""The errors averaged: those that a rule may miss. Ten times and reversed are caught by all of these."""
DIAL = (0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0, 1.15, 1.3, 1.5, 1.7, 2.0, 2.3, 2.6, 3.0)
FLAT_DIAL = tuple(np.arange(2.4, 0.5, -0.02))
FOLDS = 5

Alarm = Callable[[Quotes], Array]


def fitted(quotes: Quotes, dial: float) -> Alarm:
    """Our rule at one setting of the dial, fitted on some quotes."""
    shares = Shares(ALARM.below * dial, ALARM.above * dial, ALARM.turned * dial)
    low, high = lower_edge(quotes, shares.below), upper_edge(quotes, shares.above)
    angles = np.array([np.inf, *half_angles(quotes, shares.turned)])
    close = 0.15 / max(1.0, dial) ** 0.5

    def alarm(of: Quotes) -> Array:
        size = np.clip(of.quoted_km, *FITTED_KM) / 10
        below = np.minimum(low["level"] * size ** -low["slope"], 1 - close)
        above = np.maximum(1 + high["level"] * size ** -high["slope"], 1 + close)
        return (of.ratio < below) | (of.ratio > above) | (of.turn > angles[of.letters])

    return alarm


def flat(power: float) -> Alarm:
    """The flat rule, widened or narrowed."""
    return lambda of: (of.ratio < 0.65**power) | (of.ratio > 1.2**power) | (of.turn > 45 * power)


def point(quotes: Quotes, alarm: Alarm) -> Array:
    """Share of alarms in percent: on the quotes as they are, then on each error of COUNTED."""
    return np.array([100 * alarm(altered(quotes, name)).mean() for name in ("as quoted", *COUNTED)])


def rows(quotes: Quotes, keep: Array) -> Quotes:
    """Some of the quotes."""
    return Quotes(*(getattr(quotes, name)[keep] for name in Quotes.__dataclass_fields__))


def across_folds(quotes: Quotes, dial: float) -> Array:
    """One point of our curve, each fifth of the quotes judged by a rule that has not seen it."""
    fold = np.random.default_rng(7).permutation(len(quotes.ratio)) % FOLDS
    parts = [point(rows(quotes, fold == i), fitted(rows(quotes, fold != i), dial)) for i in range(FOLDS)]
    return np.mean(parts, axis=0)


def curves() -> dict[str, tuple[Array, Array]]:
    """Ours and the flat rule's points, on calibration.csv (across folds) and on quoted_dev.csv."""
    known, dev = load(DATA / "calibration.csv"), load(DATA / "quoted_dev.csv")
    return {
        "calibration.csv, fitted on other quotes": (
            np.array([across_folds(known, dial) for dial in DIAL]),
            np.array([point(known, flat(power)) for power in FLAT_DIAL]),
        ),
        "quoted_dev.csv": (
            np.array([point(dev, fitted(known, dial)) for dial in DIAL]),
            np.array([point(dev, flat(power)) for power in FLAT_DIAL]),
        ),
    }


def show(name: str, ours: Array, theirs: Array) -> None:
    """One curve as a table, the flat rule's catch read at our share of false alarms."""
    print(f"{name}\n dial  false  ours   flat   (errors caught, mean of {', '.join(COUNTED)}, %)")
    for dial, each in zip(DIAL, ours, strict=True):
        other = np.interp(each[0], theirs[:, 0], theirs[:, 1:].mean(axis=1))
        print(f" {dial:4.2f}  {each[0]:5.1f}  {each[1:].mean():5.2f}  {other:5.2f}  {np.round(each[1:], 1)}")


def plot(found: dict[str, tuple[Array, Array]]) -> None:
    """Both curves, ours with the setting that is shipped marked."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.6, 4.4), layout="constrained")
    for axes, (name, (ours, theirs)) in zip(figure.subplots(1, 2, sharey=True), found.items(), strict=True):
        axes.plot(theirs[:, 0], theirs[:, 1:].mean(axis=1), color="#9a6324", linestyle="--", label="flat rule")
        axes.plot(ours[:, 0], ours[:, 1:].mean(axis=1), color="#0b5d7a", label="geomap")
        mark = ours[DIAL.index(1.0)]
        axes.plot(mark[0], mark[1:].mean(), "o", color="#0b5d7a", label="as shipped")
        axes.set(title=name, xlabel="false alarms, % of real quotes", xlim=(0, 16), ylim=(60, 100))
        axes.grid(alpha=0.3)
    figure.axes[0].set_ylabel("errors caught, % (mean of five kinds)")
    figure.axes[0].legend(loc="lower right")
    IMAGE.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(IMAGE, dpi=110)


def main() -> None:
    """Print the curves, and draw them on request."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plot", action="store_true")
    found = curves()
    for name, (ours, theirs) in found.items():
        show(name, ours, theirs)
    if parser.parse_args().plot:
        plot(found)


if __name__ == "__main__":
    main()
