"""The frame in another origin, in small, middling and large: nothing cut off, nothing covered, all of it usable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from flask import Flask
from markupsafe import escape
from playwright.sync_api import Frame, Locator, expect

from geomap.config import Config
from geomap.web import create_app
from tests import samples
from tests.browser.conftest import Open
from tests.browser.serving import served
from tests.web.fakes import Desk, Memory

pytestmark = pytest.mark.browser

HEARD = 'window.heard = []; addEventListener("message", (event) => window.heard.push(event.data));'
SAID = ("h1", ".back a", ".leaflet-control-attribution")
CONTROLS = (".leaflet-control-zoom", ".maptools", ".legend", ".leaflet-control-scale")
SIZES = {(320, 240): 360, (640, 360): 422, (1200, 800): 640}
"""Width and height of a frame in pixels, and the height that it asks for at that width."""


@pytest.fixture(scope="module")
def frame_of_long_title(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an embed whose title needs the whole of a narrow frame."""
    folder = tmp_path_factory.mktemp("sizes")
    incident = replace(samples.incident(), title="Transport aircraft down near Yablonovo, Belgorod region")
    config = Config(data=folder, db="sqlite://", gazetteer=folder / "none.db")
    with served(create_app(config, store=Memory(incident), desk=Desk(), limited=False)) as site:
        yield f"{site}/embed/{incident.id}?childId=map-1"


@pytest.fixture(params=[None, "allow-scripts"], ids=["open", "sandboxed"])
def paper(request: pytest.FixtureRequest, frame_of_long_title: str) -> Iterator[str]:
    """The address of an article that gives the frame just the size in the query, and keeps what it hears of it."""
    limits = "" if request.param is None else f' sandbox="{request.param}"'

    def article(width: int, height: int) -> str:
        return (
            '<!DOCTYPE html><html lang="en"><title>An article</title><link rel="icon" href="data:,">'
            f'<script>{HEARD}</script><iframe src="{escape(frame_of_long_title)}" title="Map" '
            f'width="{width}" height="{height}" style="border: 0"{limits}></iframe>'
        )

    app = Flask("sizes")
    app.add_url_rule("/<int:width>/<int:height>", "article", article)
    with served(app) as address:
        yield address


def box_of(found: Locator) -> dict[str, float]:
    """Where it stands within its own frame, in pixels."""
    box: dict[str, float] = found.evaluate("(e) => e.getBoundingClientRect().toJSON()")
    return box


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["right"] <= other["left"]
        or other["right"] <= one["left"]
        or one["bottom"] <= other["top"]
        or other["bottom"] <= one["top"]
    )


def inside(box: dict[str, float], size: tuple[int, int]) -> bool:
    return box["left"] >= 0 and box["top"] >= 0 and box["right"] <= size[0] and box["bottom"] <= size[1]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Width and height of the frame, in pixels."""
    asked: tuple[int, int] = request.param
    return asked


@pytest.fixture
def frame(paper: str, open_page: Open, size: tuple[int, int]) -> Frame:
    """The embedded map at that size, drawn."""
    width, height = size
    watched = open_page(f"{paper}/{width}/{height}", size=(1280, 900))
    found = watched.page.frames[1]
    expect(found.locator("div.feature.crash-site.point")).to_be_visible()
    expect(found.locator("path.feature").first).to_be_attached()
    assert found.evaluate("[innerWidth, innerHeight]") == [width, height]
    return found


def test_nothing_is_cut_off_or_covered(frame: Frame, size: tuple[int, int]) -> None:
    """The site is on the map; title, link back and attribution are whole, and no control lies on them or another."""
    width, _ = size
    assert frame.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)") <= width
    assert inside(box_of(frame.locator("div.feature.crash-site.point")), size)
    boxes = {each: box_of(frame.locator(each)) for each in (*SAID, *CONTROLS)}
    assert [each for each, box in boxes.items() if not inside(box, size)] == []
    assert [pair for pair in combinations(boxes, 2) if not apart(boxes[pair[0]], boxes[pair[1]])] == []
    for link in (".back a", ".leaflet-control-attribution a >> nth=0"):
        frame.locator(link).click(trial=True)  # fails where anything lies over it


def test_the_legend_opens_switches_layers_and_closes(frame: Frame, size: tuple[int, int]) -> None:
    legend, site = frame.locator(".legend"), frame.locator("div.feature.crash-site.point")
    legend.locator("summary").click()
    box = box_of(legend)
    assert inside(box, size)
    assert apart(box, box_of(frame.locator(".leaflet-control-attribution")))
    switch = legend.locator('[data-layer="crash-site"]')
    switch.uncheck()
    expect(site).to_have_count(0)
    switch.check()
    expect(site).to_have_count(1)
    legend.locator("input").last.click()
    legend.locator("summary").click()
    expect(switch).to_be_hidden()


def test_what_is_picked_is_read_and_closed(frame: Frame, size: tuple[int, int]) -> None:
    """A card stays within the frame and off the attribution; where there is room, its place is not behind it."""
    card, credit = frame.locator("#picked"), box_of(frame.locator(".leaflet-control-attribution"))
    places = frame.locator("div.feature.point").all()
    assert len(places) > 1
    for place in places:
        place.focus()
        place.press("Enter")
        expect(card).to_be_visible()
        box = box_of(card)
        assert inside(box, size)
        assert apart(box, credit)
        if size[0] > 320:
            place.click(trial=True, position={"x": 14, "y": 14})
        card.locator("[data-close]").click()
        expect(card).to_be_hidden()


def test_it_asks_for_the_height_that_its_width_needs(frame: Frame, size: tuple[int, int]) -> None:
    """In AMP's shape, as an object, and in Pym's, as a string that names the frame."""
    height = SIZES[size]
    wanted: list[Any] = [
        {"sentinel": "amp", "type": "embed-size", "height": height},
        f"pymxPYMxmap-1xPYMxheightxPYMx{height}",
    ]
    frame.page.wait_for_function("window.heard.length >= 2")
    heard = frame.page.evaluate("window.heard")
    assert [each for each in wanted if each not in heard] == []
    assert [each for each in heard if each not in wanted] == []
