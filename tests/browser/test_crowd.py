"""An incident that names very many places: dots on one canvas that can be picked, found, filtered and listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geomap.config import Config
from geomap.model import Incident, Mentioned
from geomap.render.crowd import LISTED, MANY
from geomap.web import create_app
from tests import samples
from tests.browser import serving
from tests.browser.conftest import Open, Url
from tests.web.fakes import Memory

pytestmark = pytest.mark.browser

COUNT = MANY + 200
ALONE = f"Village {COUNT}"
"""The last place, far from all others, which no page lists by itself; only the report "south" names it."""


def incident() -> Incident:
    found = samples.incident()
    spots = [(30 + (n % 25) / 5, 46 + n // 25 / 10) for n in range(COUNT - 1)] + [(37.9, 50.2)]
    reports = [("north",)] * (COUNT - 1) + [("south",)]
    return replace(
        found,
        mentioned=tuple(
            Mentioned(samples.place(f"Village {n}", lon, lat), told, ())
            for n, ((lon, lat), told) in enumerate(zip(spots, reports, strict=True), 1)
        ),
    )


@pytest.fixture
def page(open_page: Open, url_of: Url) -> Page:
    shown: Page = open_page(url_of(incident())).page
    shown.locator('input[data-layer="mentioned"]').check()
    return shown


def click_on_the_map(page: Page, lon: float, lat: float) -> None:
    at = page.evaluate(
        """([lon, lat]) => {
            const { map } = window.geomap;
            map.setView([lat, lon], 9, { animate: false });
            const box = map.getContainer().getBoundingClientRect();
            const { x, y } = map.latLngToContainerPoint([lat, lon]);
            return [box.left + x, box.top + y];
        }""",
        [lon, lat],
    )
    page.mouse.click(*at)


def test_a_dot_is_picked_by_pointer_and_its_row_is_written(page: Page) -> None:
    row = page.locator("#also-mentioned details.entry", has_text=ALONE)
    expect(row).to_have_count(0)
    click_on_the_map(page, 37.9, 50.2)
    expect(row).to_have_attribute("open", "")
    expect(row).to_contain_text("50.200° N, 37.900° E")


def test_an_unlisted_place_is_found_by_name(page: Page) -> None:
    page.locator("#find").fill(ALONE)
    page.keyboard.press("Enter")
    expect(page.locator("#also-mentioned details.entry", has_text=ALONE)).to_have_attribute("open", "")


def test_all_are_listed_when_asked_for_and_the_keyboard_stays_where_they_begin(page: Page) -> None:
    rows = page.locator("#also-mentioned details.entry")
    expect(rows).to_have_count(LISTED)
    page.get_by_role("button", name="List all here").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(COUNT)
    expect(page.locator("#unlisted")).to_be_hidden()
    expect(rows.nth(LISTED).locator("summary")).to_be_focused()


def test_a_filter_takes_dots_off_the_map_and_rows_written_later(page: Page) -> None:
    shown = "window.geomap.crowd.entries.filter((entry) => !entry.filtered).length"
    page.locator("#filter-toggle").click()
    page.get_by_role("checkbox", name=samples.SOUTH.outlet).check()
    assert page.evaluate(shown) == 1
    page.get_by_role("button", name="List all here").click()
    rows = page.locator("#also-mentioned details.entry")
    expect(rows).to_have_count(COUNT)
    expect(page.locator("#also-mentioned details.entry:visible")).to_have_count(1)


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("crowd")
    config = Config(data=folder, db="sqlite://", gazetteer=folder / "none.db")
    with serving.served(create_app(config, store=Memory(incident()), limited=False)) as address:
        yield f"{address}/embed/sample?layers=mentioned&lat=50.2&lon=37.9&zoom=9"


def test_the_frame_writes_the_card_of_a_dot(open_page: Open, framed: str) -> None:
    seen = open_page(framed)
    page = seen.page
    expect(page.locator("[data-card]", has_text="Village")).to_have_count(0)
    click_on_the_map(page, 37.9, 50.2)
    expect(page.locator("#picked")).to_contain_text(ALONE)
    assert seen.complaints == []
