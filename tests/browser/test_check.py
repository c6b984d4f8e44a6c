"""The distance desk in a real browser: by keyboard alone, by link, without script, in both schemes and sizes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from geomap.config import Config
from geomap.model import Gazetteer
from geomap.web import create_app
from tests.browser import serving
from tests.browser.conftest import PHONE, Open
from tests.web.fakes import Memory

pytestmark = pytest.mark.browser

DESK = (1280, 900)
SENTENCE = "/check?q=Springfield+lies+25+miles+northeast+of+Dayton."


@pytest.fixture(scope="module")
def site(gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app with the gazetteer that set-up built, and no incident."""
    assert gazetteer
    folder: Path = tmp_path_factory.mktemp("desk")
    config = Config(data=folder, db="sqlite://", gazetteer=Config.read().gazetteer)
    with serving.served(create_app(config, store=Memory(), limited=False)) as address:
        yield address


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def verdict(page: Page) -> str:
    return page.locator("#distance .verdict").inner_text()


def test_a_sentence_is_checked_by_keyboard_alone(open_page: Open, site: str) -> None:
    """Type, tab to the button, tab on to a place, choose another, and measure again: no pointer."""
    seen = open_page(f"{site}/check", size=DESK)
    page = seen.page
    page.locator("main").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("Springfield lies 25 miles northeast of Dayton.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Check")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#distance .verdict")).to_have_text("agrees")
    place = page.get_by_label("To Springfield", exact=True)
    for _ in range(40):
        page.keyboard.press("Tab")
        if place.evaluate("node => node === document.activeElement"):
            break
    expect(place).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Measure with these places")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#distance .where").filter(has_text="as chosen")).to_be_visible()
    assert seen.complaints == []


def test_another_namesake_moves_the_line_and_the_verdict(open_page: Open, site: str) -> None:
    seen = open_page(site + SENTENCE, size=DESK)
    page = seen.page
    near = page.locator("path.feature.distance.line").get_attribute("d")
    page.get_by_label("To Springfield", exact=True).select_option("geonames:4409896")
    page.get_by_role("button", name="Measure with these places").click()
    expect(page.locator("#distance .verdict")).to_have_text("contradicted")
    expect(page.locator("#distance .where").filter(has_text="as chosen")).to_contain_text("Missouri")
    assert page.locator("path.feature.distance.line").get_attribute("d") != near
    assert "place.Springfield=geonames" in page.url
    assert seen.complaints == []
    assert seen.hosts() == {site.removeprefix("http://")}


def test_the_link_shows_it_all_again(open_page: Open, site: str) -> None:
    page = open_page(f"{site}{SENTENCE}&place.Springfield=geonames:4409896", size=DESK).page
    link = page.locator("#permalink").input_value()
    again = open_page(link, size=DESK).page
    for part in ("#distance h3", "#distance .reason", "#distance figcaption", ".given"):
        assert again.locator(part).inner_text() == page.locator(part).inner_text(), part
    assert again.locator("#permalink").input_value() == link


def test_the_desk_works_without_script(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/check", size=DESK, script=False).page
    page.get_by_label("Sentence or report").fill("It is about 60 miles north of Kharkiv.")
    page.get_by_label("What it is about").fill("Belgorod")
    page.get_by_role("button", name="Check").click()
    assert verdict(page) == "plausible"
    page.get_by_label("From Kharkiv", exact=True).select_option(index=1)
    page.get_by_role("button", name="Measure with these places").click()
    expect(page.get_by_text("as chosen")).to_be_visible()
    expect(page.locator("#distance svg[role=img]")).to_be_visible()


def test_the_map_has_the_line_the_quote_and_the_region(open_page: Open, site: str) -> None:
    page = open_page(site + SENTENCE, size=DESK).page
    for part in ("path.feature.distance.line", "path.feature.distance.region", "path.ghost"):
        expect(page.locator(part)).to_have_count(1)
    order = page.locator("path.feature.distance").evaluate_all("nodes => nodes.map(n => n.classList.contains('line'))")
    assert order == [False, True]


def test_of_several_distances_the_picked_one_shows_its_region(open_page: Open, site: str) -> None:
    text = "Belgorod+is+60+miles+north+of+Kharkiv.+Yablonovo+lies+70+km+northeast+of+Belgorod."
    page = open_page(f"{site}/check?q={text}", size=DESK).page
    regions = page.locator("path.feature.distance.region:visible")
    expect(regions).to_have_count(0)
    page.locator("#distance-2 h3 a").click()
    expect(regions).to_have_count(1)
    expect(page.locator("#distance-2")).to_have_class("result picked")


def test_hostile_text_does_nothing(open_page: Open, site: str) -> None:
    words = "%3Cscript%3Ewindow.pwned%3D1%3C%2Fscript%3E%24%7Bwindow.pwned%3D1%7D"
    query = f"q={words}+Belgorod+is+60+miles+north+of+Kharkiv.&title={words}&place.{words}=geonames:1"
    seen = open_page(f"{site}/check?{query}", size=DESK)
    assert seen.page.evaluate("window.pwned") is None
    assert seen.complaints == []


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("dark", [False, True])
def test_the_desk_fits_and_passes_axe(open_page: Open, site: str, size: tuple[int, int], dark: bool) -> None:
    page = open_page(site + SENTENCE + "+It+is+an+hour's+drive+from+Nowhere.", size=size, dark=dark, lenient=True).page
    expect(page.locator(".leaflet-container")).to_be_visible()
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert violations(page) == []
