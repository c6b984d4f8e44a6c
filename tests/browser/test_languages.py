"""The interface in other languages, in a real browser: it fits, passes axe, speaks, and Arabic runs from the right."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from geomap.catalogs import NAMES
from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.browser.test_map import named
from tests.browser.test_site import settled, violations

pytestmark = pytest.mark.browser

NARROW = (360, 740)
PAGES = {
    "incidents": "/?",
    "incident": "/incidents/sample?",
    "checks": "/incidents/sample/checks?",
    "text": "/incidents/sample/table?",
    "desk": "/check?q=Belgorod+is+60+miles+north+of+Kharkiv&",
    "embed": "/embed/sample?",
}
OTHERS = [code for code in NAMES if code != "en"]
RIGHT_TO_LEFT = "getComputedStyle(document.body).direction === 'rtl'"


@pytest.mark.parametrize("code", OTHERS)
def test_no_page_runs_out_of_a_narrow_phone(open_page: Open, site: str, code: str) -> None:
    for name, path in PAGES.items():
        seen = open_page(f"{site}{path}lang={code}", size=NARROW)
        settled(seen.page)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= NARROW[0], name
        assert seen.page.evaluate(RIGHT_TO_LEFT) is (code == "ar"), name
        assert seen.complaints == [], name


@pytest.mark.parametrize("code", ["de", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_passes_axe_in_another_language(open_page: Open, site: str, name: str, code: str) -> None:
    page = settled(open_page(f"{site}{PAGES[name]}lang={code}", size=PHONE, dark=True, lenient=True).page)
    assert violations(page) == []
    page = settled(open_page(f"{site}{PAGES[name]}lang={code}", size=DESKTOP, lenient=True).page)
    assert violations(page) == []


def test_regions_and_countries_are_named_in_the_language_of_the_page(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample?lang=uk").page
    near = named(page, 50.0, 36.5, 7)
    assert {"УКРАЇНА", "Сумська область"} <= set(near)
    assert not {"UKRAINE", "Sumy Region"} & set(near)


def test_scripts_speak_the_language_of_their_page(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample?lang=uk", size=DESKTOP).page
    expect(page.locator(".leaflet-control-zoom-in")).to_have_attribute("aria-label", "Наблизити")
    assert "км" in page.locator(".leaflet-control-scale-line").inner_text()
    page.get_by_role("button", name="Виміряти").click()
    expect(page.locator("output.measured")).to_contain_text("Клацніть на карті")


def test_in_arabic_the_ledger_stands_at_the_left_and_the_map_is_not_mirrored(open_page: Open, site: str) -> None:
    page = settled(open_page(f"{site}/incidents/sample?lang=ar", size=DESKTOP).page)
    left = "selector => document.querySelector(selector).getBoundingClientRect().left"
    assert page.evaluate(left, ".ledger") < page.evaluate(left, ".mapside")
    assert page.evaluate(left, ".leaflet-control-zoom") > DESKTOP[0] / 2
    west, east = page.evaluate("[36.2, 37.3].map((lon) => window.geomap.map.latLngToContainerPoint([50.6, lon]).x)")
    assert west < east


def test_words_of_a_report_run_their_own_way_on_an_arabic_page(open_page: Open, site: str) -> None:
    page = settled(open_page(f"{site}/incidents/sample?lang=ar", size=DESKTOP).page)
    page.locator("#crash-site > summary").click()
    quote = page.locator("#crash-site blockquote").first
    assert quote.evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert quote.evaluate("node => node.closest('[lang]').lang") == "en"


def test_the_builder_makes_the_frame_in_another_language(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample", size=DESKTOP).page
    page.locator("#builder").get_by_label("Language").select_option("ar")
    link = page.locator("#embed-link").input_value()
    assert parse_qs(urlsplit(link).query) == {"lang": ["ar"]}
    assert f'src="{link}"' in page.locator("#embed-code").input_value()
    assert "خريطة" in page.locator("#embed-code").input_value()
    assert parse_qs(urlsplit(page.locator("#embed-oembed").input_value()).query)["url"] == [link]
    page.get_by_role("button", name="Show how it looks").click()
    frame = page.frame_locator("#preview iframe")
    expect(frame.locator("html")).to_have_attribute("dir", "rtl")
    expect(frame.locator(".leaflet-marker-icon").first).to_be_visible()


def test_another_language_is_one_link_away(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample/table").page
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("link", name="Karte", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
