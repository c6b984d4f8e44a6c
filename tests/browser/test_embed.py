"""The frame in an article of another origin: sandboxed or not, at three sizes, and how tall it asks to be."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from markupsafe import escape
from playwright.sync_api import Frame

from tests.browser.conftest import Open, Watched, until
from tests.browser.serving import served

pytestmark = pytest.mark.browser

HEARD = """
window.heard = [];
window.addEventListener("message", (event) => {
  window.heard.push(event.data);
  const frame = document.querySelector("iframe");
  const asked = event.source === frame.contentWindow && event.data.type === "embed-size";
  if (asked) frame.style.height = event.data.height + "px";
});
"""


def newspaper(frame: str, sandbox: str | None) -> Flask:
    """Somebody's article with a frame in it, which is given the height that it asks for."""
    limits = "" if sandbox is None else f' sandbox="{sandbox}"'
    page = (
        '<!DOCTYPE html><html lang="en"><title>An article</title><link rel="icon" href="data:,">'
        f"<p>Words before.</p><script>{HEARD}</script>"
        f'<iframe src="{escape(frame)}" title="Map" width="100%" height="300" loading="lazy"{limits}></iframe>'
    )
    paper = Flask("newspaper")
    paper.add_url_rule("/", "article", lambda: page)
    return paper


def map_of(watched: Watched) -> Frame:
    """The embedded map, once it is drawn."""
    frame = watched.page.frames[1]
    frame.wait_for_selector(".leaflet-marker-icon", state="visible")
    return frame


@pytest.mark.parametrize(
    ("sandbox", "size"),
    [
        (None, (1280, 800)),
        ("allow-scripts", (1280, 800)),
        ("allow-scripts", (640, 800)),
        ("allow-scripts", (360, 740)),
        ("allow-scripts allow-popups", (640, 800)),
    ],
    ids=str,
)
def test_the_frame_works_in_another_sites_page(
    site: str, open_page: Open, sandbox: str | None, size: tuple[int, int]
) -> None:
    """It draws, complains of nothing, asks only geomap, and sets no cookie, sandboxed or not."""
    with served(newspaper(f"{site}/embed/sample", sandbox)) as paper:
        watched = open_page(paper, size=size)
        map_of(watched)
        watched.page.wait_for_load_state("load")
        assert watched.complaints == []
        assert watched.hosts() == {urlsplit(site).netloc, urlsplit(paper).netloc}
        assert watched.page.context.cookies() == []


@pytest.mark.parametrize("sandbox", [None, "allow-scripts"], ids=str)
def test_the_frame_gets_the_height_it_asks_for(site: str, open_page: Open, sandbox: str | None) -> None:
    """It asks as AMP and as Pym do, by the same number; and does not ask for ever more once it has it."""
    with served(newspaper(f"{site}/embed/sample?childId=map-1", sandbox)) as paper:
        watched = open_page(paper)
        map_of(watched)
        watched.page.wait_for_function("window.heard.length >= 2")
        watched.page.wait_for_timeout(200)
        heard = watched.page.evaluate("window.heard")
        heights = {each["height"] for each in heard if isinstance(each, dict) and each["sentinel"] == "amp"}
        assert len(heights) == 1
        (height,) = heights
        assert f"pymxPYMxmap-1xPYMxheightxPYMx{height}" in heard
        box = watched.page.locator("iframe").bounding_box()
        assert box
        assert box["height"] == pytest.approx(height, abs=6)


def test_no_other_page_can_be_framed(site: str, open_page: Open) -> None:
    with served(newspaper(f"{site}/incidents/sample", None)) as paper:
        watched = open_page(paper)
        refusal = re.compile("frame-ancestors|X-Frame-Options")
        until(watched.page, lambda: any(refusal.search(each) for each in watched.complaints))
