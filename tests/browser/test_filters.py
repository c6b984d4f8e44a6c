"""Filters of the incident's page: what passes, what follows on the map and in regions, and how the page says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from geomap.model import Comparison
from tests import samples
from tests.browser.conftest import DESKTOP, PHONE, Open, Url, until
from tests.browser.test_wordings import incident as with_wordings
from tests.browser.test_wordings import width

pytestmark = pytest.mark.browser


def choose(page: Page, *labels: str) -> None:
    """Ticks options in the panel of filters."""
    toggle = page.locator("#filter-toggle")
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    for label in labels:
        page.locator("#filter-panel label", has_text=label).first.locator("input").check()


def shown(page: Page) -> str:
    return page.locator("#claims-shown").inner_text()


def test_an_outlet_leaves_its_own_claims_entries_and_reports(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    assert shown(page) == "14 claims"
    choose(page, "Northern Wire")
    assert shown(page) == "6 of 14 claims"
    for entry in ("crash-site", "launch-area", "distance"):
        expect(page.locator(f"#{entry}")).to_be_visible()
    for entry in ("origin", "route", "distance-2"):
        expect(page.locator(f"#{entry}")).to_be_hidden()
        expect(page.locator(f'#map_incident [data-entry="{entry}"]').first).to_be_hidden()
    expect(page.locator("#reports .report:visible")).to_have_count(1)
    expect(page.locator("#crash-site .claim:not([hidden])")).to_have_count(1)


def test_options_of_one_facet_add_up_and_facets_narrow_each_other(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    choose(page, "Russian Defence Ministry")
    ministry = int(shown(page).split()[0])
    choose(page, "Ukrainian General Staff")
    both = int(shown(page).split()[0])
    assert both == ministry + 1
    choose(page, "Cargo")
    assert shown(page) == "2 of 14 claims"
    expect(page.locator("#places")).to_be_hidden()
    expect(page.locator('.sections a[href="#places"]')).to_be_hidden()


def test_what_is_left_is_said_politely_and_one_button_clears_all(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    said = page.locator("output#claims-shown")
    assert said.evaluate("node => node.closest('[hidden]')") is None
    choose(page, "Southern Daily", "claimed")
    page.get_by_role("button", name="Clear all").click()
    expect(said).to_have_text("14 claims")
    expect(page.locator("details.entry[hidden], .claim[hidden]")).to_have_count(0)
    expect(page.locator("#filter-toggle")).to_be_focused()


def test_a_chip_takes_its_filter_away(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    choose(page, "Northern Wire")
    page.get_by_role("button", name="Remove the filter Northern Wire").click()
    assert shown(page) == "14 claims"


def test_filters_that_nothing_passes_say_so(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    choose(page, "Northern Wire", "Ukrainian General Staff")
    assert shown(page) == "0 of 14 claims"
    expect(page.locator("#nothing-left")).to_be_visible()


def test_a_region_stands_on_the_claims_that_pass(open_page: Open, url_of: Url) -> None:
    """The region of the outlet that says "near Yablonovo" alone is that wording's own."""
    page = open_page(url_of(with_wordings())).page
    whole = width(page)
    choose(page, "Northern Wire")
    until(page, lambda: width(page) > whole + 0.05)
    page.locator("#filter-clear").click()
    until(page, lambda: abs(width(page) - whole) < 0.01)


def test_columns_of_the_comparison_follow_the_outlets(open_page: Open, url_of: Url) -> None:
    found = samples.incident()
    compared = tuple(Comparison(each.about, each.sides, contested=True) for each in found.conflicts)
    page = open_page(url_of(replace(found, comparisons=compared))).page
    columns = page.locator("#who thead th[data-outlet]")
    assert columns.count() >= 2
    choose(page, "Northern Wire")
    expect(page.locator("#who thead th[data-outlet]:visible")).to_have_count(1)


def test_filters_by_keyboard_alone(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    page.locator("#filter-toggle").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "of 14" in shown(page)
    page.keyboard.press("Escape")
    expect(page.locator("#filter-toggle")).to_be_focused()
    expect(page.locator("#filter-panel")).to_be_hidden()


def test_filtering_hostile_names_does_nothing_else(open_page: Open, hostile_url: str) -> None:
    seen = open_page(hostile_url)
    page = seen.page
    page.locator("#filter-toggle").click()
    for box in page.locator("#filter-panel input").all()[:4]:
        box.check()
    assert page.evaluate("window.pwned") is None
    assert seen.complaints == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_open_panel_passes_axe(open_page: Open, sample_url: str, size: tuple[int, int], dark: bool) -> None:
    page = open_page(sample_url, size=size, dark=dark, lenient=True).page
    if size == PHONE:
        page.locator("#sheet-handle").tap()
        page.locator("#sheet-handle").tap()
    choose(page, "Northern Wire")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
