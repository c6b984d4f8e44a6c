"""How well and how fast place names are found and resolved, on the development sets beside the repository.

    python -m benchmarks.geoparse.run [--corpora LGL TR-News GWN TUD] [--kinds KIND,...] [--write]
                                      [--quick] [--peers] [--speed] [--many REPORTS] [--plots FOLDER]
                                      [--weights FOLDER] [--figures FILE.json]

Scores with ../shared/tools/score_geoparse.py. Prints recognition, resolution and end-to-end figures beside the peers'
(theirs over each whole corpus, ours over its development part), a reliability table of the confidence and the errors by
kind. --peers scores spaCy's small model, geotext and flashgeotext on the same reports; --speed and --many say how fast
we are beside them and at length; --plots writes the pictures of docs/geoparsing.md. --quick takes every fourth report,
and holds no floors. --weights scores another network than geomap's own, and holds none either; --figures writes the
figures as JSON. --write sets the floors in benchmarks/baseline.json; without it a figure below its floor ends the
run with exit code 1.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.geoparse import peers, speed
from geomap import gazetteer
from geomap.config import Config
from geomap.geoparse.recognize import Recognizer, recognize
from geomap.geoparse.resolve import resolve
from geomap.geoparse.tagger import OnnxTagger
from geomap.model import Article, Resolution

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
BASELINE = ROOT / "benchmarks" / "baseline.json"
PLACES = "literal,metonymic,facility"
CORPORA = {
    "LGL": (("lgl_dev",), f"{PLACES},demonym"),
    "TR-News": (("trnews_dev",), f"{PLACES},demonym"),
    "GWN": (("gwn_dev",), f"{PLACES},demonym"),
    "TUD": (("tudloc_train", "tudloc_val"), PLACES),
}
"""Each corpus: its files, and the kinds that its annotators counted as toponyms."""
PEERS = {
    "best published output, rescored": (51.0, 62.5, 59.6, None),
    "spaCy-small + most populous namesake": (47.6, 67.9, 60.4, 72.2),
}
"""End-to-end F1 within 161 km over each whole corpus."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpora", nargs="+", default=list(CORPORA), choices=list(CORPORA))
    parser.add_argument("--kinds", help="score these kinds on every corpus instead of the corpus's own")
    parser.add_argument("--write", action="store_true")
    for flag in ("--speed", "--quick", "--peers"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--many", type=int, metavar="REPORTS")
    parser.add_argument("--plots", type=Path, metavar="FOLDER")
    parser.add_argument("--weights", type=Path, metavar="FOLDER")
    parser.add_argument("--figures", type=Path, metavar="FILE.json")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("no ../shared beside the repository: nothing to score against", file=sys.stderr)
        return 1
    places = gazetteer.open(Config.read().gazetteer)
    corpora = {name: documents(name, 4 if options.quick else 1) for name in options.corpora}
    scores = scored(corpora, places, options)
    if options.speed or options.many:
        timed([document["text"] for document in documents("LGL", 4 if options.quick else 1)], places, options)
    if options.figures:
        options.figures.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    return 0 if options.quick or options.weights else floors(scores, write=options.write)


def documents(name: str, every: int) -> list[dict[str, Any]]:
    return [json.loads(line) for file in CORPORA[name][0] for line in lines(file)][::every]


def scored(
    corpora: dict[str, list[dict[str, Any]]], places: gazetteer.SqliteGazetteer, options: argparse.Namespace
) -> dict[str, dict[str, float]]:
    """Score us, and the peers where asked; print it, and draw it where asked."""
    scorer = load_scorer()
    find = Recognizer(OnnxTagger(options.weights)) if options.weights else recognize
    figures: dict[str, dict[str, float]] = {}
    answered: list[tuple[float, bool]] = []
    wrong: Counter[str] = Counter()
    for name, gold in corpora.items():
        kinds = options.kinds or CORPORA[name][1]
        predicted = [prediction(document, geoparse(document, places, find), kinds) for document in gold]
        figures[name] = summary(scorer.score(gold, predicted))
        answered += list(judged(scorer, gold, predicted))
        wrong += errors(scorer, gold, predicted)
    show(figures)
    others = beside(scorer, corpora, places) if options.peers else {}
    reliability(answered)
    print("\nerrors by kind")
    for kind, count in wrong.most_common():
        print(f"{kind:40s}{count:7d}")
    if options.plots:
        from benchmarks.geoparse import plots

        plots.draw(options.plots, {"geomap": figures} | others, answered, wrong)
    return figures


def beside(
    scorer: ModuleType, corpora: dict[str, list[dict[str, Any]]], places: gazetteer.SqliteGazetteer
) -> dict[str, dict[str, dict[str, float]]]:
    """The peers' scores on the same reports, printed."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for peer, find in peers.finders().items():
        found[peer] = {
            name: summary(scorer.score(gold, [peers.predict(document, find, places) for document in gold]))
            for name, gold in corpora.items()
        }
        print(f"\n{peer} + most populous namesake, same reports")
        rows(found[peer])
    return found


def errors(scorer: ModuleType, gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> Counter[str]:
    """How often each thing goes wrong."""
    counted: Counter[str] = Counter()
    for document, answer in zip(gold, predicted, strict=True):
        pairs = list(scorer.match(document["mentions"], answer["mentions"], False))
        counted["missed names"] += len(document["mentions"]) - len(pairs)
        counted["found where there is none"] += len(answer["mentions"]) - len(pairs)
        for i, j in pairs:
            true, ours = document["mentions"][i], answer["mentions"][j]
            if true["lat"] is None:
                continue
            if ours["lat"] is None:
                counted["found, not resolved"] += 1
            elif (away := scorer.hav(true["lat"], true["lon"], ours["lat"], ours["lon"])) > 161:
                counted["another place, over 1,000 km off" if away > 1000 else "another place, 161-1,000 km off"] += 1
    return counted


def timed(texts: list[str], places: gazetteer.SqliteGazetteer, options: argparse.Namespace) -> None:
    threads = min(4, os.cpu_count() or 1)

    def run(text: str) -> object:
        return geoparse({"id": "timed", "text": text}, places)

    if options.many:
        speed.at_length(texts, run, reports=options.many, threads=threads)
    if options.speed:
        speed.in_turn(texts, run, threads=threads)


def load_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_geoparse", SHARED / "tools" / "score_geoparse.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(file: str) -> list[str]:
    return (SHARED / "data" / "geoparse" / f"{file}.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n")


def geoparse(
    document: dict[str, Any], places: gazetteer.SqliteGazetteer, find: Recognizer = recognize
) -> Sequence[Resolution]:
    text = document["text"]
    article = Article(str(document["id"]), text, hashlib.sha256(text.encode()).hexdigest())
    return resolve(article, None, find(article, None, places), places)


def prediction(document: dict[str, Any], resolutions: Sequence[Resolution], kinds: str) -> dict[str, Any]:
    mentions = []
    for each in resolutions:
        if each.mention.kind.value in kinds.split(","):
            lon, lat = each.place.lonlat if each.place else (None, None)
            gid = each.place.geonames_id if each.place else None
            span = each.mention.span
            mentions.append(
                {"start": span.start, "end": span.end, "lat": lat, "lon": lon, "gid": gid, "sure": each.confidence}
            )
    return {"id": str(document["id"]), "mentions": mentions}


def summary(scored: dict[str, Any]) -> dict[str, float]:
    return {
        "recognition": scored["rec_overlap"]["F1"],
        "recognition exact": scored["rec_exact"]["F1"],
        "resolution": scored["res"]["acc161"],
        "end to end": scored["e2e161"]["F1"],
    }


def show(figures: dict[str, dict[str, float]]) -> None:
    print(f"{'ours (development part)':38s}" + "".join(f"{name:>9s}" for name in figures))
    rows(figures)
    for peer, scores in PEERS.items():
        row = dict(zip(CORPORA, scores, strict=True))
        shown = (f"{row[name]:9.1f}" if row[name] is not None else f"{'-':>9s}" for name in figures)
        print(f"{'end to end, ' + peer:38.38s}" + "".join(shown))


def rows(figures: dict[str, dict[str, float]]) -> None:
    for kind in ("recognition", "recognition exact", "resolution", "end to end"):
        print(f"{kind:38s}" + "".join(f"{figures[name][kind]:9.1f}" for name in figures))


def judged(
    scorer: ModuleType, gold: list[dict[str, Any]], predicted: list[dict[str, Any]]
) -> Iterator[tuple[float, bool]]:
    """For every answer that matches a toponym with coordinates: its confidence, and whether it lies within 161 km."""
    for document, answer in zip(gold, predicted, strict=True):
        for i, j in scorer.match(document["mentions"], answer["mentions"], False):
            true, ours = document["mentions"][i], answer["mentions"][j]
            if true["lat"] is not None and ours["lat"] is not None:
                yield ours["sure"], scorer.hav(true["lat"], true["lon"], ours["lat"], ours["lon"]) <= 161


def reliability(answered: list[tuple[float, bool]]) -> None:
    print("\nconfidence    answers   right")
    for low in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99):
        high = {0.9: 0.99, 0.99: 1.01}.get(low, low + 0.1)
        held = [right for sure, right in answered if low <= sure < high]
        if held:
            print(f"{low:.2f}-{min(high, 1):.2f} {len(held):12d} {100 * sum(held) / len(held):7.1f}")


def floors(figures: dict[str, dict[str, float]], *, write: bool) -> int:
    """Hold the figures against the floors, or set these half a point below them."""
    held = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    if write:
        held["geoparse"] = {
            name: {kind: round(value - 0.5, 1) for kind, value in row.items()} for name, row in figures.items()
        }
        BASELINE.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
        return 0
    low = [
        f"{name} {kind}: {row[kind]} is below the floor of {floor}"
        for name, row in figures.items()
        for kind, floor in held.get("geoparse", {}).get(name, {}).items()
        if row[kind] < floor
    ]
    print("\n".join(low))
    return 1 if low else 0


if __name__ == "__main__":
    raise SystemExit(main())
