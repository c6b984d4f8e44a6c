"""An incident that names ten thousand places: python -m benchmarks.web.many [--peers] [--frames]

Prints processor seconds and page weight; ``--peers`` puts the same points on a Folium map as Markers and as a
MarkerCluster in the same run, ``--frames`` counts the pictures a second that Chromium draws while our page's map is
panned and zoomed with all of them on. Ends with status 1 where our page is above its limit.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import shutil
import statistics
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

import folium
from folium.plugins import MarkerCluster

from geomap.config import STATIC
from geomap.model import Article, Footprint, Incident, Mentioned, Place
from geomap.render import names
from geomap.render.native import SCRIPTS
from geomap.render.page import page

PLACES = 10_000
LIMIT_S, LIMIT_MB = 1.0, 3.0
RUNS = 3
LAYER = 'input[data-layer="mentioned"]'
FRAMES = """(async () => {
  const { map } = window.geomap;
  const times = [];
  const pan = (by) => new Promise((done) => {
    map.once("moveend", done);
    map.panBy(by, { duration: 0.5 });
  });
  const flight = (centre, zoom) => new Promise((done) => {
    map.once("moveend", done);
    map.flyTo(centre, zoom, { duration: 1.5 });
  });
  let on = true;
  let last = performance.now();
  const tick = (now) => { times.push(now - last); last = now; if (on) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  for (const by of [[300, 80], [-200, 160], [-250, -200], [150, -40]]) await pan(by);
  await flight([48, 20], 5);
  await flight([20, 0], 2.5);
  on = false;
  const sorted = times.slice(2).sort((a, b) => a - b);
  return { median: 1000 / sorted[sorted.length >> 1], slow: 1000 / sorted[Math.floor(sorted.length * 0.95)] };
})()"""


def incident(count: int = PLACES) -> Incident:
    """One report that names so many of the world's towns, as the basemap has them, and claims nothing."""
    towns = names.towns(STATIC)[:count]
    text = "Towns of the world."
    article = Article(id="towns", text=text, digest=hashlib.sha256(text.encode()).hexdigest(), outlet="Atlas")
    mentioned = tuple(
        Mentioned(
            Place(
                "supplement",
                f"town-{number}",
                name,
                "PPL",
                Footprint.point(lon, lat, 5_000.0, "gazetteer point"),
                country=_country(native),
                names=(name, native),
            ),
            (article.id,),
            (),
        )
        for number, (name, native, lon, lat) in enumerate(towns)
    )
    return Incident("towns", "Towns of the world", dt.date(2026, 1, 1), (article,), mentioned=mentioned)


def _country(native: str) -> str:
    """One of the countries that write in this script: its names are looked through as its own towns' are."""
    script = unicodedata.name(native[0], "").split()[0] if native else ""
    return next((country for country, known in SCRIPTS.items() if known == script), "")


def ours(found: Incident) -> str:
    """Our page, whole."""
    return page(found, static=STATIC)


def markers(found: Incident) -> str:
    """A Folium Marker for each place."""
    canvas = folium.Map([20, 0], zoom_start=2)
    return _marked(found, canvas, canvas)


def clusters(found: Incident) -> str:
    """Folium's MarkerCluster of the same markers."""
    canvas = folium.Map([20, 0], zoom_start=2)
    cluster = MarkerCluster()  # type: ignore[no-untyped-call]
    cluster.add_to(canvas)
    return _marked(found, canvas, cluster)


def _marked(found: Incident, canvas: folium.Map, into: folium.Map | MarkerCluster) -> str:
    for each in found.mentioned:
        lon, lat = each.place.lonlat
        folium.Marker([lat, lon], tooltip=each.place.name).add_to(into)
    return str(canvas.get_root().render())


def frames(html: str) -> tuple[float, float]:
    """Pictures a second while the map moves: the median, and of the slowest twentieth."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        file = Path(folder) / "page.html"
        file.write_text(html, encoding="utf-8")
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 1280, "height": 800})
        shown.goto(file.as_uri(), timeout=120_000)
        shown.locator(LAYER).check()
        shown.wait_for_timeout(1000)
        rates = [shown.evaluate(FRAMES) for _ in range(RUNS)]
        browser.close()
    return statistics.median(rate["median"] for rate in rates), statistics.median(rate["slow"] for rate in rates)


def main() -> int:
    """Print a line a page; 1 where ours is above a limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--frames", action="store_true")
    asked = parser.parse_args()
    found = incident()
    ours(incident(10))  # what is read once a process: templates, basemap, names
    rows = [("geomap", ours, RUNS)] + ([("Marker", markers, 1), ("MarkerCluster", clusters, 1)] if asked.peers else [])
    seconds, weight = {}, {}
    for name, make, runs in rows:
        spent = []
        for _ in range(runs):
            begun = time.process_time()
            html = make(found)
            spent.append(time.process_time() - begun)
        seconds[name], weight[name] = statistics.median(spent), len(html.encode()) / 1e6
        print(f"{name:14} {seconds[name]:6.2f} s of processor time {weight[name]:6.2f} MB", flush=True)
    if asked.frames:
        print("frames a second while it moves: median {:.0f}, slowest twentieth {:.0f}".format(*frames(ours(found))))
    return int(seconds["geomap"] > LIMIT_S or weight["geomap"] > LIMIT_MB)


if __name__ == "__main__":
    sys.exit(main())
