"""What each page of the seed incident weighs and how long the server takes over it: python benchmarks/web/run.py

Weights are bytes as they travel, compressed with brotli: the page itself, and with all that it loads. The first answer
builds what is then kept. Ends with status 1 where a page is above its limit.
"""

from __future__ import annotations

import re
import sys
import time

from flask.testing import FlaskClient

from geomap.config import Config
from geomap.web import create_app

LIMITS_KB = {"/incidents/{id}": 400, "/embed/{id}": 250}
ROUTES = (
    "/",
    "/incidents/{id}",
    "/incidents/{id}/checks",
    "/incidents/{id}/table",
    "/embed/{id}",
    "/check",
    "/api/incidents/{id}",
    "/api/incidents/{id}/claims",
)
BROTLI = {"Accept-Encoding": "br"}


def measure(client: FlaskClient, path: str) -> tuple[int, int, int, float, float]:
    """Bytes of a page, bytes with what it loads, requests, and seconds of the first and the second answer."""
    seconds = []
    for _ in range(2):
        begun = time.perf_counter()
        packed = client.get(path, headers=BROTLI)
        seconds.append(time.perf_counter() - begun)
    page = client.get(path)
    assets = set(re.findall(r'"(/static/[^"]+)"', page.text)) if page.mimetype == "text/html" else set()
    loaded = sum(len(client.get(asset, headers=BROTLI).data) for asset in assets)
    return len(packed.data), len(packed.data) + loaded, 1 + len(assets), seconds[0], seconds[1]


def main() -> int:
    """Print a line a route; 1 where a limit is broken."""
    client = create_app(Config.read(), limited=False).test_client()
    found = client.get("/api/incidents").get_json()["incidents"]
    if not found:
        print("the store is empty: run make setup")
        return 1
    broken = 0
    print(f"{'route':32}{'page KB':>9}{'in all KB':>11}{'requests':>10}{'first ms':>10}{'then ms':>9}")
    for route in ROUTES:
        page, whole, requests, first, then = measure(client, route.format(id=found[0]["id"]))
        print(f"{route:32}{page / 1e3:9.1f}{whole / 1e3:11.1f}{requests:10}{first * 1e3:10.0f}{then * 1e3:9.0f}")
        broken += whole > LIMITS_KB.get(route, 1_000) * 1_000
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
