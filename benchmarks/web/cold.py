"""How soon a frame is usable on a slow machine: python -m benchmarks.web.cold [RUNS]

The seed incident's embed and its page in a fresh Chromium context without a cache, its processor slowed down four
times. Prints medians: first contentful paint, the moment the map is drawn with the incident's features (the frame's own
mark "geomap:drawn"), the milliseconds that scripts, layout and all tasks held the page, its shift of layout, requests.
Wall-clock figures mean little on a busy machine; "over bare" is against a page of the same run with Leaflet alone.
"""

from __future__ import annotations

import shutil
import statistics
import sys

from flask import url_for
from playwright.sync_api import Browser, sync_playwright

from geomap.config import Config
from geomap.web import create_app
from tests.browser.serving import served

RUNS = 7
SLOWDOWN = 4
LIMIT_REQUESTS, LIMIT_SHIFT = 12, 0.02
WATCH = """window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((e) => { window.shifted += e.value; }))
  .observe({ type: "layout-shift", buffered: true });"""
TIMES = """() => ({
  painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
  drawn: performance.getEntriesByName("geomap:drawn")[0]?.startTime ?? NaN,
  loaded: performance.getEntriesByType("navigation")[0].loadEventEnd,
  requests: 1 + performance.getEntriesByType("resource").length,
  shift: window.shifted,
})"""


def bare() -> str:
    """A page that loads Leaflet and makes nothing of it."""
    leaflet = url_for("static", edition="any", path="vendor/leaflet/leaflet.js")
    return (
        f'<!DOCTYPE html><title>bare</title><link rel="icon" href="data:,"><p>bare</p><script src="{leaflet}"></script>'
    )


def load(browser: Browser, url: str) -> dict[str, float]:
    """One cold load of a page: what TIMES says, and the milliseconds that its tasks took."""
    context = browser.new_context(viewport={"width": 640, "height": 420})
    page = context.new_page()
    page.add_init_script(WATCH)
    tools = context.new_cdp_session(page)
    tools.send("Performance.enable")
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.goto(url, wait_until="load")
    page.wait_for_timeout(1_500)
    metrics = {each["name"]: each["value"] for each in tools.send("Performance.getMetrics")["metrics"]}
    times: dict[str, float] = page.evaluate(TIMES)
    context.close()
    return times | {name: 1_000 * metrics[f"{name.title()}Duration"] for name in ("script", "layout", "task")}


def main(runs: int) -> int:
    """Print a line a page; 1 where one asks for too much or the frame moves about."""
    app = create_app(Config.read(), limited=False)
    app.add_url_rule("/bare", "bare", bare)
    client = app.test_client()
    found = client.get("/api/incidents").get_json()["incidents"]
    if not found:
        print("the store is empty: run make setup")
        return 1
    frame, whole = f"/embed/{found[0]['id']}", f"/incidents/{found[0]['id']}"
    client.get(frame)
    client.get(whole)
    rows: dict[str, list[dict[str, float]]] = {"/bare": [], frame: [], whole: []}
    with sync_playwright() as driver, served(app) as site:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(runs):
            for path, loads in rows.items():
                loads.append(load(browser, site + path))
        browser.close()
    middle = {
        path: {key: statistics.median(each[key] for each in loads) for key in loads[0]} for path, loads in rows.items()
    }
    for path, values in middle.items():
        print(f"{path:30}" + "".join(f" {key} {value:.3g}" for key, value in values.items()))
    print(f"tasks over bare: {middle[frame]['task'] / middle['/bare']['task']:.1f}")
    asked = max(middle[frame]["requests"], middle[whole]["requests"])
    return int(asked > LIMIT_REQUESTS or middle[frame]["shift"] > LIMIT_SHIFT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
