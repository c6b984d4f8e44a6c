"""One Chromium for the whole run, and pages that remember what they complained of and what they asked for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from geomap.config import STATIC
from geomap.model import Incident
from geomap.render.page import page as self_contained
from tests import hostile, samples
from tests.browser import serving

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
DESKTOP, PHONE = (1440, 900), (390, 844)
PATIENCE_MS = 60_000
"""How long a condition is waited for before a page counts as stuck; it ends the wait as soon as it holds."""
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Watched:
    """A page with every console error, script error and request of its life."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def hosts(self) -> set[str]:
        """The hosts that were asked for anything; a file or a data URI has none."""
        return {urlsplit(url).netloc for url in self.requests} - {""}


Open = Callable[..., Watched]
Url = Callable[[Incident], str]


def until(page: Page, holds: Callable[[], object]) -> None:
    """Waits for a condition that is asked for from here: a page's own policy lets no script ask for it there."""
    for _ in range(PATIENCE_MS // 30):
        if holds():
            return
        page.wait_for_timeout(30)
    raise AssertionError("it never came to hold")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium from GEOMAP_CHROMIUM or the PATH, or a visible skip."""
    found = os.environ.get("GEOMAP_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no chromium on the PATH: browser tests need one")
    if not (STATIC / "vendor" / "leaflet" / "leaflet.js").exists():
        pytest.skip("static/vendor is not there: run make setup")
    with sync_playwright() as driver:
        try:
            launched = driver.chromium.launch(executable_path=found, args=FLAGS)
        except Error as error:
            pytest.skip(f"{found} does not start: {error.message.splitlines()[0]}")
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens an address at a size and colour scheme and waits until it has loaded.

    ``lenient`` sets the page's policy aside, for a checker that must put a script of its own into it.
    """
    contexts = []

    def opened(
        url: str, *, size: tuple[int, int] = DESKTOP, dark: bool = False, script: bool = True, lenient: bool = False
    ) -> Watched:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            bypass_csp=lenient,
            has_touch=size[0] < 760,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.on(
            "console", lambda m: watched.complaints.append(m.text) if m.type in ("error", "warning") else None
        )
        watched.page.on("pageerror", lambda e: watched.complaints.append(str(e)))
        watched.page.on("request", lambda r: watched.requests.append(r.url))
        watched.page.goto(url)
        return watched

    yield opened
    for context in contexts:
        context.close()


def _file(incident: Incident, folder: Path) -> str:
    path = folder / "page.html"
    path.write_text(self_contained(incident, static=STATIC), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="session")
def sample_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample incident's self-contained page, on disk."""
    return _file(samples.incident(), tmp_path_factory.mktemp("sample"))


@pytest.fixture
def url_of(tmp_path: Path) -> Url:
    """Writes an incident's self-contained page to disk and gives its address."""
    return lambda incident: _file(incident, tmp_path)


@pytest.fixture(scope="session")
def hostile_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The hostile incident's self-contained page, on disk."""
    return _file(hostile.incident(), tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app with the sample incident ("sample") and the hostile one ("hostile")."""
    with serving.served(serving.app(tmp_path_factory.mktemp("app"))) as address:
        yield address
