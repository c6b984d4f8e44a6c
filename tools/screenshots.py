"""Take the pictures in docs/images/ from a running site: ``python tools/screenshots.py ADDRESS INCIDENT``.

For maintainers: needs requirements-dev.txt and a Chromium on the PATH (or named in GEOMAP_CHROMIUM).
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
DESK, PHONE, FRAME, PHONE_FRAME = (1440, 900), (390, 844), (720, 460), (360, 480)
TALL, TALL_PHONE = (1280, 1560), (390, 1900)
SETTLE_MS = 1_500


def nothing(page: Page) -> None:
    """The page as it opens."""


def pick(page: Page) -> None:
    """The crash site picked on the map."""
    page.locator('.leaflet-marker-icon[data-entry="crash-site"]').click()


def whole(page: Page) -> None:
    """The view of the whole route."""
    page.get_by_role("button", name="Whole route").click()


def distance(page: Page) -> None:
    """The first quoted distance opened in the ledger."""
    page.locator("#distance > summary").click()


def region(page: Page) -> None:
    """The crash site with its sharpest wordings taken out, and the region of another drawn by itself."""
    page.locator("#crash-site > summary").click()
    page.locator("#crash-site details.rest > summary").click()
    for words in ("near Yablonovo", "near the village of Yablonovo"):
        claim(page, words).locator("[data-counts]").click()
    claim(page, "northeast of Belgorod").locator("[data-outline]").click()


def filters(page: Page) -> None:
    """The claims of one speaker alone."""
    page.locator("#filter-toggle").click()
    page.locator("#filter-panel label", has_text="Vyacheslav Gladkov").click()
    page.locator("#filter-toggle").click()


def times(page: Page) -> None:
    """The times that reports quote, up to the hour that is told first."""
    page.locator("#until").press("ArrowLeft")
    page.locator("#times").evaluate("node => node.scrollIntoView()")


def matrix(page: Page) -> None:
    """Who says what, on the sheet pulled up."""
    for _ in range(2):
        page.locator("#sheet-handle").tap()
        page.wait_for_timeout(SETTLE_MS)
    page.locator("#who").evaluate("node => node.scrollIntoView()")


def tray(page: Page) -> None:
    """A candidate that was rejected, shown on the map."""
    page.locator("#unplaced .rest summary").last.click()
    page.locator("#unplaced [data-pin][data-name='Niu-York']").click()


def claim(page: Page, words: str) -> Locator:
    """The claim on the crash site that has these words."""
    return page.locator("#crash-site .claim", has=page.locator("mark", has_text=words)).first


def changed(page: Page) -> None:
    """What changed from one version of a report to the next."""
    page.locator("#changes").scroll_into_view_if_needed()


SENTENCE = "/check?q=Belgorod+is+about+60+miles+north+of+Kharkiv."
NAMESAKE = "/check?q=Springfield+lies+25+miles+northeast+of+Dayton.&place.Springfield=geonames:4409896"

SHOTS: tuple[tuple[str, str, tuple[int, int], str, Callable[[Page], None]], ...] = (
    ("incident-desktop-light", "/incidents/{id}", DESK, "light", nothing),
    ("incident-desktop-dark", "/incidents/{id}", DESK, "dark", pick),
    ("incident-desktop-route", "/incidents/{id}", DESK, "light", whole),
    ("incident-desktop-distance", "/incidents/{id}", DESK, "light", distance),
    ("incident-phone-light", "/incidents/{id}", PHONE, "light", nothing),
    ("incident-phone-dark", "/incidents/{id}", PHONE, "dark", pick),
    ("incident-desktop-region", "/incidents/{id}", DESK, "light", region),
    ("incident-desktop-filters", "/incidents/{id}", DESK, "light", filters),
    ("incident-desktop-times", "/incidents/{id}", DESK, "dark", times),
    ("incident-desktop-tray", "/incidents/{id}", DESK, "light", tray),
    ("incident-phone-matrix", "/incidents/{id}", PHONE, "light", matrix),
    ("desk-desktop-light", SENTENCE, TALL, "light", nothing),
    ("desk-desktop-dark", NAMESAKE, TALL, "dark", nothing),
    ("desk-phone-light", SENTENCE, TALL_PHONE, "light", nothing),
    ("checks-desktop-light", "/incidents/{id}/checks", DESK, "light", nothing),
    ("text-phone-light", "/incidents/{id}/table", PHONE, "light", nothing),
    ("asof-desktop-light", "/incidents/derailment-edane-example?at=2025-09-17T11:10Z", DESK, "light", nothing),
    (
        "versions-desktop-light",
        "/incidents/derailment-edane-example/reports/03-klar-river-post",
        TALL,
        "light",
        changed,
    ),
    ("embed-desktop-light", "/embed/{id}", FRAME, "light", nothing),
    ("embed-phone-light", "/embed/{id}", PHONE_FRAME, "light", nothing),
    ("incident-desktop-arabic", "/incidents/{id}?lang=ar", DESK, "light", nothing),
    ("incident-phone-german", "/incidents/{id}?lang=de", PHONE, "dark", nothing),
    ("embed-phone-ukrainian", "/embed/{id}?lang=uk", PHONE_FRAME, "light", nothing),
)
"""Name, address, size, colour scheme and what to do before the picture is taken."""

DRAWN = (
    ("picture-light", "/incidents/{id}/map.png"),
    ("picture-dark", "/incidents/{id}/map.png?theme=dark&width=640&height=640"),
)
"""Name and address of the pictures that the server draws itself."""


def shoot(browser: Browser, address: str, size: tuple[int, int], scheme: str, act: Callable[[Page], None]) -> bytes:
    """One picture of one page."""
    phone = size in (PHONE, PHONE_FRAME, TALL_PHONE)
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=phone,
        is_mobile=phone,
        device_scale_factor=2 if phone else 1,
    )
    page = context.new_page()
    page.goto(address)
    act(page)
    page.wait_for_timeout(SETTLE_MS)
    picture = page.screenshot()
    context.close()
    return picture


def main() -> None:
    """Take them all and say where they are."""
    if len(sys.argv) != 3:
        raise SystemExit("python tools/screenshots.py ADDRESS INCIDENT")
    site, incident = sys.argv[1].rstrip("/"), sys.argv[2]
    chromium = os.environ.get("GEOMAP_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, path, size, scheme, act in SHOTS:
            picture = shoot(browser, site + path.format(id=incident), size, scheme, act)
            (IMAGES / f"{name}.png").write_bytes(picture)
        asker = browser.new_context().request
        for name, path in DRAWN:
            (IMAGES / f"{name}.png").write_bytes(asker.get(site + path.format(id=incident)).body())
        browser.close()
    print(f"{len(SHOTS) + len(DRAWN)} pictures in {IMAGES}")


if __name__ == "__main__":
    main()
