"""The trade-off between false alarms and errors caught: python benchmarks/distances/curve.py [--plot] [--margins]

One dial raises more or fewer alarms. Ours sets the shares of real quotes that the fitted band leaves outside, 1 being
the setting that is shipped: below 1 it multiplies them, above 1 it adds MORE for each whole turn (and shrinks the
15 % that agree by its root). The flat rule's raises its limits .65 and 1.20 to a power and multiplies its 45 degrees.
On calibration.csv each point is fitted on four fifths of the quotes and counted on the rest. Prints a table; --plot
draws docs/images/distances-curve.png (needs matplotlib); --margins says how far ours is above the flat rule and how
sure that is, by drawing the rows again with replacement.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import astuple
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
MORE = Shares(below=0.025, above=0.025, turned=0.0025)
"""What a turn of the dial beyond the setting adds: the same on both sides, as the smallest band for a share of alarms
has it, and a tenth in direction, where an error is gross and caught already. Of the hundred or so splits tried,
the one that catches most on calibration.csv, each fifth judged by the rest."""
FLAT_DIAL = tuple(np.arange(2.4, 0.5, -0.02))
FINE_DIAL = tuple(np.geomspace(0.15, 4.5, 400))
FINE_FLAT = tuple(np.arange(2.6, 0.5, -0.01))
DRAWS = 1000
FOLDS = 5

Alarm = Callable[[Quotes], Array]


def turned_to(dial: float) -> Shares:
    """The shares outside at one setting of the dial."""
    less, more = min(dial, 1.0), max(dial - 1.0, 0.0)
    return Shares(*(less * each + more * extra for each, extra in zip(astuple(ALARM), astuple(MORE), strict=True)))


def fitted(quotes: Quotes, dial: float) -> Alarm:
    """Our rule at one setting of the dial, fitted on some quotes."""
    shares = turned_to(dial)
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


def folds(quotes: Quotes) -> np.ndarray:
    """The fifth that each quote belongs to."""
    return np.random.default_rng(7).permutation(len(quotes.unit)) % FOLDS


def across_folds(quotes: Quotes, dial: float) -> Array:
    """One point of our curve, each fifth of the quotes judged by a rule that has not seen it."""
    fold = folds(quotes)
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


def caught(quotes: Quotes, rules: Sequence[Sequence[Alarm]], draws: Array, limits: Array) -> Array:
    """The most errors (mean of COUNTED, %) that a rule catches at no more than each limit of false alarms, %.

    ``rules`` has the alarms of each setting, one for each fold or one for all; ``draws`` a row for each sample, how
    often each quote is in it. The result has a row for each sample.
    """
    fold = folds(quotes) % len(rules[0])

    def rate(name: str) -> Array:
        here = quotes.unit == name[:2] if name in {"km as mi", "mi as km"} else np.ones(len(quotes.unit), dtype=bool)
        wrong = altered(quotes, name)
        raised = [np.choose(fold[here], [alarm(wrong) for alarm in setting]) for setting in rules]
        result: Array = 100 * draws[:, here] @ np.array(raised, dtype=float).T / draws[:, here].sum(1, keepdims=True)
        return result

    false, right = rate("as quoted"), np.mean([rate(name) for name in COUNTED], axis=0)
    return np.array([np.where(false <= limit, right, 0.0).max(axis=1) for limit in limits]).T


def show_margins(name: str, quotes: Quotes, ours: Sequence[Sequence[Alarm]]) -> None:
    """How far ours is above the flat rule on some quotes at each share of false alarms, and how sure that is."""
    count, limits = len(quotes.unit), np.arange(2.0, 18.01, 0.5)
    drawn = np.random.default_rng(7).multinomial(count, np.full(count, 1 / count), size=DRAWS)
    draws = np.vstack([np.ones(count), drawn])
    theirs = [[flat(power)] for power in FINE_FLAT]
    margins = caught(quotes, ours, draws, limits) - caught(quotes, theirs, draws, limits)
    low, high = np.percentile(margins[1:], (2.5, 97.5), axis=0)
    print(f"{name}: ours above the flat rule at no more than so many false alarms (points; 95 % of draws)")
    for limit, margin, *ends in zip(limits, margins[0], low, high, strict=True):
        print(f" {limit:5.1f}  {margin:6.2f}  ({ends[0]:6.2f} to {ends[1]:6.2f})")


def margins() -> None:
    """The margins on calibration.csv, across folds, and on quoted_dev.csv."""
    known, dev = load(DATA / "calibration.csv"), load(DATA / "quoted_dev.csv")
    parts = [rows(known, folds(known) != i) for i in range(FOLDS)]
    show_margins("calibration.csv", known, [[fitted(part, dial) for part in parts] for dial in FINE_DIAL])
    show_margins("quoted_dev.csv", dev, [[fitted(known, dial)] for dial in FINE_DIAL])


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
    parser.add_argument("--margins", action="store_true")
    args = parser.parse_args()
    found = curves()
    for name, (ours, theirs) in found.items():
        show(name, ours, theirs)
    if args.margins:
        margins()
    if args.plot:
        plot(found)


if __name__ == "__main__":
    main()
