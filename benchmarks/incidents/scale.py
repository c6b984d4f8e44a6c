"""What many reports of one incident cost: python -m benchmarks.incidents.scale [--reports 10 30 100 300 1000]

Reads the reports of benchmarks.incidents.many, puts the first 10, 30, ... of them together, and saves, loads and
renders the largest incident. Reading is so much a report; what must not grow faster than n log n is putting together,
so the exponent of its cost over all sizes is printed (n log n from 10 to 1,000 is 1.24). Times are processor seconds,
memory is the process's peak. Ends with status 1 where a figure is above its limit in benchmarks/baseline.json.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.incidents import many
from geomap import read
from geomap.config import STATIC, Config
from geomap.desk import Desk
from geomap.model import Incident
from geomap.pipeline import Pipeline, Reading
from geomap.render.document import document
from geomap.render.page import page
from geomap.store import Store
from geomap.web import create_app

BASELINE = Path(__file__).resolve().parents[1] / "baseline.json"
SIZES = (10, 30, 100, 300, 1000)
T = TypeVar("T")

TURNS = 3
"""The least of so many turns counts for small incidents, which are over before a clock is sure of itself."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each figure beside its limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=SIZES)
    sizes = sorted(parser.parse_args(arguments).reports)
    limits = json.loads(BASELINE.read_text(encoding="utf-8"))["scale"]
    missed = 0
    for name, value in figures(Desk(Config.read()).pipeline, sizes):
        limit = limits.get(name)
        above = limit is not None and value > limit
        missed += above
        print(f"{name:44s}{value:10.2f}{'' if limit is None else f'   limit {limit}'}{'  MISSED' if above else ''}")
    return int(missed > 0)


def figures(pipeline: Pipeline, sizes: Sequence[int]) -> Iterator[tuple[str, float]]:
    """Each figure's name and value."""
    five = read.reports([many.SEED])
    pipeline.incident(five, id="warm")
    yield "five reports, end to end, s", min(taken(lambda: pipeline.incident(five, id="five"))[0] for _ in range(TURNS))
    seconds, readings = taken(lambda: [pipeline.read(article) for article in many.reports(sizes[-1])])
    yield "reading, ms a report", 1e3 * seconds / sizes[-1]
    yield "claims", float(sum(len(each.claims) for each in readings))
    costs = []
    for size in sizes:
        seconds, incident = assembled(pipeline, readings[:size])
        costs.append(seconds)
        yield f"putting {size:,} together, s", seconds
    yield "putting together, exponent", exponent(sizes, costs)
    yield "peak when put together, MB", peak()
    yield from kept(incident)


def assembled(pipeline: Pipeline, readings: Sequence[Reading]) -> tuple[float, Incident]:
    """The least seconds that putting readings together takes, and the incident."""
    return min((taken(lambda: pipeline.assemble(readings, id="many")) for _ in range(TURNS)), key=lambda turn: turn[0])


def kept(incident: Incident) -> Iterator[tuple[str, float]]:
    """What saving, loading and rendering an incident takes."""
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/many.sqlite") as store:
        yield "saving, s", taken(lambda: store.save(incident))[0]
        yield "loading, s", taken(lambda: store.load(incident.id))[0]
    yield "the document, s", taken(lambda: document(incident))[0]
    seconds, html = taken(lambda: page(incident, static=STATIC))
    yield "the page, s", seconds
    yield "the page, MB", len(html) / 1e6
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/many.sqlite") as store:
        store.save(incident)
        site = create_app(Config.read(), store=store, limited=False).test_client()
        yield "the page as served, MB", len(site.get(f"/incidents/{incident.id}").data) / 1e6
    yield "peak at the end, MB", peak()


def exponent(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """The slope of cost over size, both as logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def taken(work: Callable[[], T]) -> tuple[float, T]:
    """The processor seconds that ``work`` takes, and what it gives."""
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    sys.exit(main())
