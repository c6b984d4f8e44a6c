"""How well claims are read: python -m benchmarks.claims.run [--write] [--show]

Precision and recall, in percent, of role + value + speaker over the case files in tests/cases/claims: those the rules
were made with ("cases"), and those of its folder heldout, written by others and never tuned to ("held out"; said to be
missing where there are none), by both readers and by the rules alone, with their speakers and whoever says it. --show
lists what is wrong and missed among the former; what the held-out files get wrong stays unseen. A figure below its
floor in benchmarks/baseline.json ends the run with status 1; --write sets the floors.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from geomap import claims, gazetteer
from geomap.config import Config
from geomap.geoparse import recognize, resolve
from geomap.model import Analysis, Resolution
from geomap.parse import SpacyParser
from tests.claim_cases import HELD_OUT, Case, Score, cases, score, whoever_says_it

ROOT = Path(__file__).resolve().parents[2]
BASELINE = ROOT / "benchmarks" / "baseline.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="set the floors in benchmarks/baseline.json")
    parser.add_argument("--show", action="store_true", help="list what is wrong and missed among the cases")
    options = parser.parse_args()
    known = ready(cases())
    rules = claims.Extractor(None)
    measured = {"cases": measure(known, claims.extract), "cases, rules alone": measure(known, rules)}
    if unseen := ready(cases(folder=HELD_OUT)):
        whoever = [(whoever_says_it(case), analysis, found) for case, analysis, found in unseen]
        measured["held out"] = measure(unseen, claims.extract)
        measured["held out, whoever says it"] = measure(whoever, claims.extract)
        measured["held out, rules alone"] = measure(unseen, rules)
        measured["held out, rules, whoever"] = measure(whoever, rules)
    else:
        print(f"held out: no cases in {HELD_OUT.relative_to(ROOT)}; nothing is said of unseen reports")
    figures: dict[str, float] = {}
    for name, result in measured.items():
        figures[f"{name}: precision"] = round(100 * result.precision, 1)
        figures[f"{name}: recall"] = round(100 * result.recall, 1)
        print(f"{name}: {result.right} right, {len(result.wrong)} wrong, {len(result.missed)} missed,")
        print(f"  {len(result.sprung)} traps sprung, {len(result.status)} with another status")
    if options.show:
        print("\n".join(f"  {line}" for line in (*measured["cases"].wrong, "missed:", *measured["cases"].missed)))
    return hold(figures, write=options.write)


Ready = tuple[Case, Analysis, Sequence[Resolution]]
"""A case as far as claims are read from it."""


def ready(those: Iterable[Case]) -> list[Ready]:
    """Cases of one kind, parsed and geoparsed by the real stages."""
    places, parse = gazetteer.open(Config.read().gazetteer), SpacyParser()
    made = []
    for case in those:
        analysis = parse(case.article)
        mentions = recognize.recognize(case.article, analysis, places)
        made.append((case, analysis, resolve.resolve(case.article, analysis, mentions, places)))
    return made


def measure(those: Sequence[Ready], extract: claims.Extractor) -> Score:
    """All cases of one kind, read in one way."""
    total = Score()
    for case, analysis, resolutions in those:
        total.add(score(case, extract(case.article, analysis, resolutions)))
    return total


def hold(figures: dict[str, float], *, write: bool) -> int:
    """Set the floors a point below the figures, or compare with them: 1 where one is missed."""
    baseline = json.loads(BASELINE.read_text("utf-8"))
    if write:
        baseline["claims"] = {name: round(value - 1, 1) for name, value in figures.items()}
        BASELINE.write_text(json.dumps(baseline, indent=2) + "\n", "utf-8")
    floors = baseline.get("claims", {})
    missed = 0
    for name, value in figures.items():
        floor = floors.get(name, 0.0)
        missed += value < floor
        print(f"{name:34} {value:6.1f}   floor {floor:.1f}{'   BELOW' if value < floor else ''}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
