"""The site's pages in a real browser: no complaint, no other host, accessible; and the map in other people's pages."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open

pytestmark = pytest.mark.browser

PAGES = {
    "incidents": "/",
    "incident": "/incidents/sample",
    "checks": "/incidents/sample/checks",
    "text": "/incidents/sample/table",
    "desk": "/check?q=Belgorod+is+60+miles+north+of+Kharkiv",
    "embed": "/embed/sample",
    "missing": "/incidents/nothing",
}


def settled(page: Page) -> Page:
    page.wait_for_load_state("load")
    page.wait_for_timeout(100)
    return page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_without_complaint_from_its_own_host_alone(open_page: Open, site: str, name: str) -> None:
    seen = open_page(site + PAGES[name])
    settled(seen.page)
    expect(seen.page.locator("h1")).to_be_visible()
    assert [text for text in seen.complaints if "404" not in text or name != "missing"] == []
    assert seen.hosts() == {site.removeprefix("http://")}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_little(open_page: Open, site: str, name: str) -> None:
    """Each request costs a reader on a phone a round trip: twelve at most, the page itself among them."""
    seen = open_page(site + PAGES[name])
    settled(seen.page)
    assert len([url for url in seen.requests if url.startswith("http")]) <= 12


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_dark_phone_and_passes_axe(open_page: Open, site: str, name: str) -> None:
    page = settled(open_page(site + PAGES[name], size=PHONE, dark=True, lenient=True).page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert violations(page) == []


@pytest.mark.parametrize("name", ["incident", "checks", "text"])
def test_a_page_passes_axe_on_a_light_desk(open_page: Open, site: str, name: str) -> None:
    page = settled(open_page(site + PAGES[name], lenient=True).page)
    for summary in page.locator("details:not([open]) > summary").all()[:3]:
        summary.click()
    assert violations(page) == []


def test_hostile_text_does_nothing_on_any_page(open_page: Open, site: str) -> None:
    for path in ("/", "/incidents/hostile", "/incidents/hostile/checks", "/incidents/hostile/table", "/embed/hostile"):
        seen = open_page(site + path)
        settled(seen.page)
        assert seen.page.evaluate("window.pwned") is None, path
        assert seen.complaints == [], path


def test_the_code_to_copy_is_safe_to_paste(open_page: Open, site: str) -> None:
    """A hostile title stays an attribute in somebody else's page too."""
    page = open_page(f"{site}/incidents/hostile").page
    code = page.locator("#embed-code").input_value()
    page.set_content(code)
    assert page.locator("script, img").count() == 0
    assert "<script>" in (page.locator("iframe").get_attribute("title") or "")


def test_a_line_and_its_row_pick_each_other(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample/checks").page
    page.get_by_role("link", name="about 60 mi north").click()
    expect(page.locator("path.feature.distance.picked")).to_have_count(1)
    expect(page.locator("tr#distance-2")).to_have_class("picked")
    page.locator("path.feature.distance").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("tr.picked")).to_have_count(1)


def test_the_text_twin_says_what_the_map_says_without_script(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample/table", script=False).page
    for words in ("Lyptsi", "61.7 km", "plausible", "Dobry Kut", "Northern Wire", "none provided", "11:15"):
        expect(page.get_by_text(words).first).to_be_visible()


def test_picking_in_the_embed_shows_the_sentences_on_the_map(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/embed/sample").page
    page.locator('.leaflet-marker-icon[data-entry="crash-site"]').click()
    expect(page.locator("#picked mark").first).to_have_text("near Yablonovo")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#picked")).to_be_hidden()


def test_the_embed_shows_what_its_address_asks_for(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/embed/sample?lat=50.2&lon=36.4&zoom=9&layers=launch-area,route&theme=dark").page
    assert page.evaluate("[geomap.map.getZoom(), geomap.map.getCenter().lat]") == pytest.approx([9, 50.2], abs=0.01)
    expect(page.locator("#map_incident .feature.launch-area").first).to_be_visible()
    expect(page.locator("#map_incident .feature.crash-site")).to_have_count(0)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_embed_sets_no_cookie_and_links_back(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/embed/sample").page
    assert page.context.cookies() == []
    expect(page.get_by_role("link", name="Sources and checks")).to_have_attribute("href", f"{site}/incidents/sample")


@pytest.mark.parametrize(("path", "most"), [("/incidents/sample", 250_000), ("/embed/sample", 250_000)])
def test_a_page_is_light(open_page: Open, site: str, path: str, most: int) -> None:
    """Bytes as they travel, compressed, until it can be picked; and few requests."""
    page = open_page(site + path).page
    expect(page.locator('.leaflet-marker-icon[data-entry="crash-site"]')).to_be_visible()
    entries = "['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))"
    sizes = page.evaluate(f"{entries}.map(each => each.transferSize)")
    assert sum(sizes) < most
    assert len(sizes) <= (14 if "embed" in path else 32)
