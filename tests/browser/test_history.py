"""What was known when, in a browser: the slider by pointer and keyboard, without scripts, and a report's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from geomap.config import Config
from geomap.web import create_app
from tests import samples
from tests.browser import serving
from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.web.fakes import Desk, Memory
from tests.web.test_history import timed

pytestmark = pytest.mark.browser

HALF_A_PIXEL = 180 / (
    256 * 2**9
)  # degrees of longitude at zoom 9: Leaflet puts a map on whole pixels when it is resized
FIRST = samples.incident().articles[0].id


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over an incident of three moments, and the sample, whose reports are of one day."""
    before, after = (replace(each, id="timed") for each in timed())
    store = Memory(before, samples.incident())
    store.held["timed"].append(after)
    folder = tmp_path_factory.mktemp("history")
    config = Config(data=folder, db="sqlite://", gazetteer=folder / "none.db")
    with serving.served(create_app(config, store=store, desk=Desk(), limited=False)) as url:
        yield url


def expect_view(page: Page, lat: float, lon: float, zoom: int) -> None:
    """The address has the view to the digit, and the map shows it."""
    assert f"view={lat},{lon},{zoom}" in page.evaluate("location.hash")
    shown = page.evaluate("[geomap.map.getCenter().lat, geomap.map.getCenter().lng, geomap.map.getZoom()]")
    assert shown == pytest.approx([lat, lon, zoom], abs=1.01 * HALF_A_PIXEL)


def slide(page: Page, key: str) -> None:
    """One press of a key on the slider, and the page that it leads to."""
    page.get_by_role("slider", name="As known at").press(key)


def test_the_slider_steps_back_and_keeps_view_and_entry(open_page: Open, address: str) -> None:
    """The stop before holds what was known then; the map shows the same place, the same entry is open."""
    watched = open_page(f"{address}/incidents/timed")
    page = watched.page
    page.locator("#crash-site > summary").click()
    page.wait_for_url("**#crash-site&view=*")  # the map has flown to the entry: it would fly on from another view
    page.evaluate("void geomap.map.setView([50.5, 37.1], 9, {animate: false})")
    slide(page, "Home")
    page.wait_for_url("**/incidents/timed?at=2024-01-24T06:00Z#*")
    expect(page.locator("#asof-said")).to_have_text("24 January 2024, 09:00 (UTC+3)")
    expect(page.get_by_text("Stop 1 of 3")).to_be_visible()
    expect(page.locator("#crash-site")).to_have_attribute("open", "")
    expect_view(page, 50.5, 37.1, 9)
    page.get_by_role("link", name="Show all that is known").click()
    page.wait_for_url(f"{address}/incidents/timed#*")
    expect_view(page, 50.5, 37.1, 9)
    assert watched.complaints == []


def test_the_slider_goes_by_keyboard_alone(open_page: Open, address: str) -> None:
    """Arrow keys step, the moment is said as it changes, and the focus is on the slider again on the next page."""
    page = open_page(f"{address}/incidents/timed").page
    slider = page.get_by_role("slider", name="As known at")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "24 January 2024, 12:00 (UTC+3)")
    page.wait_for_url("**?at=2024-01-24T09:00Z#*")
    expect(page.get_by_role("slider", name="As known at")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**?at=2024-01-24T06:00Z#*")
    expect(page.get_by_role("slider", name="As known at")).to_be_focused()
    page.keyboard.press("End")
    page.wait_for_url(f"{address}/incidents/timed#*")


def test_going_back_shows_what_the_page_is_about(open_page: Open, address: str) -> None:
    """The browser's back button: slider and words are those of the page it goes back to."""
    page = open_page(f"{address}/incidents/timed").page
    slide(page, "Home")
    page.wait_for_url("**?at=2024-01-24T06:00Z#*")
    page.go_back()
    page.wait_for_url(lambda url: "at=" not in url)
    expect(page.locator("#asof-said")).to_have_text("24 January 2024, 18:00 (UTC+3)")
    expect(page.get_by_role("slider", name="As known at")).to_have_value("2")


def test_the_text_version_has_the_slider_too(open_page: Open, address: str) -> None:
    """It stays in text."""
    page = open_page(f"{address}/incidents/timed/table").page
    slide(page, "Home")
    page.wait_for_url("**/incidents/timed/table?at=2024-01-24T06:00Z#*")


@pytest.mark.parametrize("path", ["/incidents/timed", "/incidents/timed/table"])
def test_without_scripts_a_list_and_a_button_do_the_same(open_page: Open, address: str, path: str) -> None:
    """A plain form; the slider, which would do nothing, is not shown."""
    page = open_page(f"{address}{path}", script=False).page
    expect(page.locator("#asof-range")).to_be_hidden()
    page.get_by_label("As known at").and_(page.locator("select")).select_option(label="24 January 2024, 09:00 (UTC+3)")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**?at=2024-01-24T06*00Z")
    expect(page.locator("#asof-choice")).to_have_value("2024-01-24T06:00Z")


def test_one_moment_has_no_slider(open_page: Open, address: str) -> None:
    """It says why."""
    page = open_page(f"{address}/incidents/sample").page
    expect(page.get_by_text("no hour given): there are no earlier states")).to_be_attached()
    expect(page.get_by_role("slider", name="As known at")).to_have_count(0)


def test_a_frame_can_be_set_back(open_page: Open, address: str) -> None:
    """It says at what; a live one says what was corrected."""
    expect(open_page(f"{address}/embed/timed?at=2024-01-24T06:30Z").page.locator("[data-at]")).to_be_visible()
    expect(open_page(f"{address}/embed/timed").page.locator("[data-corrected]")).to_be_visible()


def test_the_ledger_leads_to_the_report_and_its_versions(open_page: Open, address: str) -> None:
    """From the report's entry to its page, to its first version, and back to the map."""
    page = open_page(f"{address}/incidents/timed").page
    page.locator("details.report").first.locator("summary").click()
    page.get_by_role("link", name="changed since first published").click()
    page.get_by_role("link", name="Version 1").click()
    page.wait_for_url("**version=1")
    expect(page.get_by_text("Version 1", exact=True)).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Map", exact=True).click()
    page.wait_for_url("**/incidents/timed")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", [f"/incidents/timed/reports/{FIRST}", "/incidents/timed?at=2024-01-24T09:00Z"])
def test_the_pages_are_accessible(
    open_page: Open, address: str, path: str, *, size: tuple[int, int], dark: bool
) -> None:
    """No fault that axe finds, at either width, light and dark; and nothing runs out of the page sideways."""
    page = open_page(f"{address}{path}", size=size, dark=dark, lenient=True).page
    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in faults] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
