"""Pictures of the figures, for docs/geoparsing.md."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt

Scores = dict[str, dict[str, dict[str, float]]]
COLOURS = ("#0b6e75", "#c9731f", "#8a8f98", "#b9a44c")
BINS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99, 1.001)


def draw(folder: Path, scores: Scores, answered: list[tuple[float, bool]], wrong: Counter[str]) -> None:
    """Write three PNGs into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    mpl.use("Agg")
    plt.rcParams.update({"font.size": 10, "axes.spines.top": False, "axes.spines.right": False})
    _bars(scores, folder / "geoparsing-f1.png")
    _curve(answered, folder / "geoparsing-confidence.png")
    _errors(wrong, folder / "geoparsing-errors.png")


def _bars(scores: Scores, path: Path) -> None:
    figure, axes = plt.subplots(figsize=(7, 3.4))
    corpora = list(next(iter(scores.values())))
    width = 0.8 / len(scores)
    for number, (name, of) in enumerate(scores.items()):
        at = [i + (number - (len(scores) - 1) / 2) * width for i in range(len(corpora))]
        bars = axes.bar(at, [of[corpus]["end to end"] for corpus in corpora], width * 0.92, label=name,
                        color=COLOURS[number % len(COLOURS)])  # fmt: skip
        axes.bar_label(bars, fmt="%.0f", fontsize=8, padding=1)
    axes.set_xticks(range(len(corpora)), corpora)
    axes.set_ylim(0, 100)
    axes.set_ylabel("F1 within 161 km")
    axes.set_title("End to end, the same development reports", loc="left", fontsize=10)
    axes.legend(frameon=False, ncols=len(scores), loc="upper left", fontsize=8)
    _save(figure, path)


def _curve(answered: list[tuple[float, bool]], path: Path) -> None:
    figure, axes = plt.subplots(figsize=(4.6, 4))
    points = []
    for low, high in pairwise(BINS):
        held = [(sure, right) for sure, right in answered if low <= sure < high]
        if held:
            points.append((sum(s for s, _ in held) / len(held), sum(r for _, r in held) / len(held), len(held)))
    axes.plot([0.4, 1], [0.4, 1], color="#8a8f98", linestyle="--", linewidth=1, label="as sure as right")
    axes.plot([p[0] for p in points], [p[1] for p in points], "o-", color=COLOURS[0], label="geomap")
    for sure, right, count in points:
        axes.annotate(str(count), (sure, right), xytext=(4, -11), textcoords="offset points", fontsize=8)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share within 161 km")
    axes.set_ylim(0.4, 1.02)
    axes.legend(frameon=False, fontsize=8)
    _save(figure, path)


def _errors(wrong: Counter[str], path: Path) -> None:
    figure, axes = plt.subplots(figsize=(6.6, 2.4))
    ordered = wrong.most_common()[::-1]
    bars = axes.barh([kind for kind, _ in ordered], [count for _, count in ordered], color=COLOURS[0])
    axes.bar_label(bars, fontsize=8, padding=2)
    axes.set_xlabel("on the development reports together")
    _save(figure, path)


def _save(figure: plt.Figure, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, dpi=130)
    plt.close(figure)
