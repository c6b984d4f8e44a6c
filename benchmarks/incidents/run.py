"""How well whole incidents are read: python -m benchmarks.incidents.run [--json] [--errors] [--write] [--only SLUG]

Reads every report of tests/cases/incidents, puts each incident together, and holds both against a careful reader's
reading. Prints, for development and (where there is any) holdout apart: precision and recall of role and value for
sites, distances, times, counts and matters (cause, cargo, weapon); recall with the speaker; hedges, dates, zones and
the ends of distances; conflicts missed and conflicts that are none; and leaks, claims of the background taken for the
incident's.

--errors lists what went wrong in the development incidents (never in the holdout). --json prints the figures for
programs. A figure below its floor in benchmarks/baseline.json ends the run with status 1; --write sets the floors.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.incidents import gold, score
from benchmarks.incidents.score import NAMES, Tally
from geomap import claims, read
from geomap.config import Config
from geomap.desk import Desk
from geomap.pipeline import Pipeline

BASELINE = Path(__file__).resolve().parents[1] / "baseline.json"
PARTS = ("development", "holdout")
RATES = (
    "recognised",
    "placed",
    "site placed",
    "speaker",
    "status",
    "hedge",
    "date",
    "gmt",
    "conversion",
    "subject",
    "reference",
    "verdict",
)
SLACK = 3.0
"""Percentage points that a floor is set below what was measured: a case or two of a small set."""

Figures = dict[str, float | int | None]


@dataclass(slots=True)
class Outcome:
    """Tallies of both parts and what it took."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {part: Tally() for part in PARTS})
    reports: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    incidents: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    seconds: float = 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--errors", action="store_true", help="list the errors of the development incidents")
    parser.add_argument("--write", action="store_true", help="set the floors in benchmarks/baseline.json")
    parser.add_argument("--only", metavar="SLUG", help="one incident; no floors")
    parser.add_argument("--rules", action="store_true", help="read claims by the rules alone; no floors")
    options = parser.parse_args()
    pipeline = Desk(Config.read()).pipeline
    if options.rules:
        pipeline = replace(pipeline, extract=claims.Extractor(None))
    outcome = measure(pipeline, only=options.only)
    figures = {part: summary(outcome, part) for part in PARTS if outcome.reports[part]}
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        show(figures, outcome.seconds)
    if options.errors:
        for kind, text in sorted(outcome.tallies["development"].errors):
            print(f"{kind}\n    {text}")
    if options.only or options.rules:
        return 0
    return write(figures) if options.write else hold(figures)


def measure(pipeline: Pipeline, *, only: str | None = None) -> Outcome:
    """Every incident through the pipeline, scored."""
    outcome = Outcome()
    begun = time.perf_counter()
    for each in gold.incidents():
        if only and each.slug != only:
            continue
        part = "holdout" if each.holdout else "development"
        outcome.incidents[part] += 1
        outcome.reports[part] += len(each.paths)
        outcome.tallies[part].add(one(pipeline, each))
    outcome.seconds = time.perf_counter() - begun
    return outcome


def one(pipeline: Pipeline, each: gold.Gold) -> Tally:
    """One incident and its reports."""
    readings = [pipeline.read(article) for article in read.reports(each.paths)]
    made = pipeline.assemble(readings, id=each.slug)
    findings = {finding.claim: finding for finding in made.findings}
    tally = score.incident(each, made)
    for reading in readings:
        tally.add(score.report(score.Case(each, reading.article, reading.claims, findings, reading.resolutions)))
    return tally


def summary(outcome: Outcome, part: str) -> Figures:
    """The figures of one part: percentages, and counts where the name says so."""
    tally = outcome.tallies[part]
    figures: Figures = {"incidents (n)": outcome.incidents[part], "reports (n)": outcome.reports[part]}
    for name in NAMES:
        figures[f"{name} asked (n)"] = tally.figures[f"{name} met"] + tally.figures[f"{name} missed"]
        figures[f"{name} precision"] = tally.share(f"{name} claims right", f"{name} claims wrong")
        figures[f"{name} recall"] = tally.share(f"{name} met", f"{name} missed")
        spoken, asked = tally.figures[f"{name} met with speaker"], figures[f"{name} asked (n)"]
        figures[f"{name} recall with speaker"] = round(100 * spoken / asked, 1) if asked else None
    for rate in RATES:
        figures[f"{rate} right"] = tally.share(f"{rate} right", f"{rate} wrong")
    figures["main site right"] = tally.share("main site right", "main site wrong")
    figures["conflicts found"] = tally.share("conflict right", "conflict wrong")
    figures["conflicts spurious (n)"] = tally.figures["conflicts spurious"]
    figures["conflicts missed (n)"] = tally.figures["conflict wrong"]
    figures["leaks (n)"] = tally.figures["leaks"]
    return figures


def show(figures: dict[str, Figures], seconds: float) -> None:
    """The figures as a table, one column a part."""
    print(f"{'':34}" + "".join(f"{part:>14}" for part in figures))
    for name in next(iter(figures.values())):
        cells = (figures[part][name] for part in figures)
        print(f"{name:34}" + "".join(f"{'-' if cell is None else cell:>14}" for cell in cells))
    print(f"read and put together in {seconds:.1f} s")


def hold(figures: dict[str, Figures]) -> int:
    """Compare with the floors; 1 where one is missed. Names with "(n)" are ceilings, others floors."""
    floors = json.loads(BASELINE.read_text("utf-8")).get("incidents", {})
    missed = 0
    for part, limits in floors.items():
        if part not in figures:
            print(f"{part}: no incidents to hold to its floors")
            continue
        for name, limit in limits.items():
            value = figures.get(part, {}).get(name)
            if value is None or (value > limit if name.endswith("(n)") else value < limit):
                print(f"{part}: {name} is {value}, its limit {limit}", file=sys.stderr)
                missed += 1
    return 1 if missed else 0


def write(figures: dict[str, Figures]) -> int:
    """Set the floors a little below what was measured, and the ceilings at it."""
    floors = {
        part: {
            name: value if name.endswith("(n)") else max(0.0, round(value - SLACK, 1))
            for name, value in measured.items()
            if value is not None and (not name.endswith("(n)") or name.startswith(("conflicts", "leaks")))
        }
        for part, measured in figures.items()
    }
    baseline = json.loads(BASELINE.read_text("utf-8")) | {"incidents": floors}
    BASELINE.write_text(json.dumps(baseline, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
