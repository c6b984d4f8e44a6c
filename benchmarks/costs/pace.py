"""What one of each thing costs: python -m benchmarks.costs.pace

A claim checked, a sentence at the distance desk, the gazetteer opened and asked, columns of geodesics beside pyproj's
own, an incident of a thousand reports saved and loaded, the map drawn as a picture, the incident's page until its pin
can be picked (where there is a Chromium). The best of several turns. Ends with status 1 where a figure is above its
limit in benchmarks/baseline.json.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from geomap import gazetteer, geodesy
from geomap.check import check
from geomap.config import Config
from geomap.desk import Desk
from geomap.model import Gazetteer
from geomap.render.desk import document
from geomap.render.picture import Options, png, svg
from geomap.store import Store
from tests.browser import serving
from tests.places import FewPlaces
from tests.samples import incident
from tests.store import records

BASELINE = Path(__file__).resolve().parents[1] / "baseline.json"
SENTENCE = "Springfield lies 25 miles northeast of Dayton."
NAMES = ("Kharkiv", "Xqzwvkplm", "Belgorod region")
PIN = '.leaflet-marker-icon[data-entry="crash-site"]'


def main() -> int:
    """Print each figure beside its limit."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # not a line for every request of a page
    limits = json.loads(BASELINE.read_text(encoding="utf-8"))["pace"]
    missed = 0
    for name, value in figures():
        missed += value > limits[name]
        above = "  MISSED" if value > limits[name] else ""
        print(f"{name:52s}{value:10.2f}   limit {limits[name]}{above}", flush=True)
    return int(missed > 0)


def figures() -> Iterator[tuple[str, float]]:
    """Each figure's name and value."""
    config = Config.read()
    known = gazetteer.open(config.gazetteer)
    yield "a claim checked, ms", 1e3 * claim_checked(known)
    desk = Desk(config)
    yield "a sentence at the desk, ms", 1e3 * best(lambda: document(SENTENCE, desk.check(SENTENCE)), turns=20)
    yield "the gazetteer opened, ms", 1e3 * best(lambda: gazetteer.open(config.gazetteer).close(), turns=20)
    yield "three names looked up at first, ms", 1e3 * min(first_look_up(config.gazetteer) for _ in range(10))
    yield "columns of geodesics, times pyproj's own", geodesics()
    saved, loaded = stored()
    yield "an incident of 1,000 reports saved, s", saved
    yield "an incident of 1,000 reports loaded, s", loaded
    yield "the map as SVG, s", best(lambda: svg(incident(), Options(), static=config.static), turns=10)
    yield "the map as PNG, s", best(lambda: png(incident(), Options(), static=config.static), turns=10)
    if browser := os.environ.get("GEOMAP_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome"):
        with opened(browser) as (page, address):
            for path in ("/incidents/sample", "/embed/sample"):
                yield f"{path} until its pin shows, s", best(lambda path=path: shown(page, address + path), turns=5)


def best(work: Callable[[], object], *, turns: int) -> float:
    """The least seconds by the clock that ``work`` takes, once it has been done before."""
    work()
    return min(seconds(work) for _ in range(turns))


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def claim_checked(known: Gazetteer) -> float:
    """Of the sample incident's quoted distance, a mean of a hundred."""
    finding = incident().findings[0]
    claim = next(each for each in incident().claims if each.id == finding.claim)
    return best(lambda: [check(claim, FewPlaces(())) for _ in range(100)], turns=10) / 100


def first_look_up(path: Path) -> float:
    fresh = gazetteer.open(path)
    spent = seconds(lambda: [fresh.candidates(name) for name in NAMES])
    fresh.close()
    return spent


def geodesics() -> float:
    """Our columns against pyproj's, turn by turn over the same 60,000 pairs."""
    rng = np.random.default_rng(1)
    ends = [rng.uniform(-180, 180, 60_000), rng.uniform(-90, 90, 60_000)] * 2
    turns = [(seconds(lambda: geodesy.inverses(*ends)), seconds(lambda: geodesy.WGS84.inv(*ends))) for _ in range(8)]
    return min(ours / theirs for ours, theirs in turns)


def stored() -> tuple[float, float]:
    """An SQLite file of its own."""
    big = records.big(1_000)
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/store.db") as store:
        return seconds(lambda: store.save(big)), seconds(lambda: store.load(big.id))


@contextmanager
def opened(browser: str) -> Iterator[tuple[Page, str]]:
    """A page of a browser, and the address of an app with the sample incident."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving.served(serving.app(Path(folder))) as address,
        sync_playwright() as driver,
    ):
        chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        yield chromium.new_page(), address
        chromium.close()


def shown(page: Page, url: str) -> None:
    page.goto(url)
    page.locator(PIN).wait_for()


if __name__ == "__main__":
    sys.exit(main())
