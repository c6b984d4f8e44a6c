"""The address holds what a reader has done: links, back and forward, and addresses that make no sense."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, Url, until
from tests.browser.test_filters import choose
from tests.browser.test_wordings import incident as with_wordings

pytestmark = pytest.mark.browser

VIEW = "[geomap.map.getCenter().lat, geomap.map.getCenter().lng, geomap.map.getZoom()]"


def view(page: Page) -> list[float]:
    return [float(number) for number in page.evaluate(VIEW)]


def opened(page: Page) -> str | None:
    found = page.locator("details.entry[open]")
    return found.first.get_attribute("data-entry") if found.count() else None


def test_a_link_shows_all_that_was_done(open_page: Open, url_of: Url) -> None:
    """Pick, filter, units, layers, a claim switched off, time and view: the same page for whoever opens the link."""
    page = open_page(url_of(with_wordings())).page
    page.locator("#crash-site > summary").click()
    page.locator("#crash-site [data-counts]").first.uncheck()
    choose(page, "reported", "claimed")
    page.locator(".units label", has_text="mi").click()
    page.locator('input[data-layer="route"]').uncheck()
    page.get_by_label("Up to").press("ArrowLeft")
    page.evaluate("void geomap.map.setView([50.5, 37.1], 9, {animate: false})")
    until(page, lambda: "view=50.5,37.1,9" in page.url)
    again = open_page(page.url).page
    assert opened(again) == "crash-site"
    assert view(again) == pytest.approx([50.5, 37.1, 9], abs=1e-4)
    for part in ("#claims-shown", "#crash-site [data-region]", "#until-said", "#distance-2 .measure", "#filter-chips"):
        assert again.locator(part).inner_text() == page.locator(part).inner_text(), part
    assert again.locator("#crash-site [data-counts]:not(:checked)").count() == 1
    assert not again.locator('input[data-layer="route"]').is_checked()
    assert again.url == page.url


def test_back_and_forward_retrace_the_steps(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample").page
    page.locator("#origin > summary").click()
    until(page, lambda: "#origin" in page.url and "view=" in page.url)
    choose(page, "Southern Daily")
    page.locator('.leaflet-marker-icon[data-entry="exchange-point"]').focus()
    page.keyboard.press("Enter")
    until(page, lambda: "#exchange-point" in page.url)
    page.go_back()
    until(page, lambda: opened(page) == "origin")
    expect(page.locator("#claims-shown")).to_have_text(re.compile("^8 of 14"))
    page.go_back()
    expect(page.locator("#claims-shown")).to_have_text("14 claims")
    assert opened(page) == "origin"
    page.go_back()
    until(page, lambda: opened(page) is None)
    assert page.url == f"{site}/incidents/sample"
    page.go_forward()
    until(page, lambda: opened(page) == "origin")


def test_panning_replaces_the_step_it_is_part_of(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample").page
    steps = page.evaluate("history.length")
    for _ in range(3):
        page.evaluate("void geomap.map.panBy([40, 0], {animate: false})")
    until(page, lambda: "#view=" in page.url)
    assert page.evaluate("history.length") == steps


def test_an_untouched_page_keeps_its_plain_address(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample").page
    expect(page.locator(".leaflet-marker-icon").first).to_be_visible()
    assert page.url == f"{site}/incidents/sample"


def test_a_query_is_kept(open_page: Open, site: str) -> None:
    """What the server was asked for (a revision, a moment) stays while the reader moves about."""
    page = open_page(f"{site}/incidents/sample?rev=1").page
    page.locator("#origin > summary").click()
    until(page, lambda: page.url.startswith(f"{site}/incidents/sample?rev=1#origin"))


@pytest.mark.parametrize(
    "fragment",
    [
        "nothing-here",
        "view=here,there,9",
        "view=91,0,5",
        "view=,,",
        "layers=none-such&units=parsec&until=yesterday&off=,,x",
        "outlet=Nobody&status=certain",
        "%E0%A4%A",
        "=&=&&",
        "crash-site%22%3E%3Cscript%3Ewindow.pwned=1%3C/script%3E",
        "claim-0",
        "__proto__&constructor=1",
    ],
)
def test_an_address_that_makes_no_sense_is_passed_over(open_page: Open, sample_url: str, fragment: str) -> None:
    plain = open_page(sample_url).page
    seen = open_page(f"{sample_url}#{fragment}")
    expect(seen.page.locator("#claims-shown")).to_have_text("14 claims")
    expect(seen.page.locator('.leaflet-marker-icon[data-entry="crash-site"]')).to_be_visible()
    assert view(seen.page) == pytest.approx(view(plain), abs=1e-6)
    assert opened(seen.page) is None
    assert seen.complaints == []


def test_one_claim_can_be_linked(open_page: Open, sample_url: str) -> None:
    key = open_page(sample_url).page.locator("#crash-site .claim").last.get_attribute("data-claim")
    page = open_page(f"{sample_url}#{key}").page
    expect(page.locator(f'.claim.here[data-claim="{key}"]').first).to_be_in_viewport()
    assert opened(page) == "crash-site"


def test_a_picked_entry_that_the_filters_hide_is_shown_by_clearing_them(open_page: Open, sample_url: str) -> None:
    page = open_page(f"{sample_url}#origin&outlet=Northern+Wire").page
    expect(page.locator("#origin")).to_be_visible()
    expect(page.locator("#claims-shown")).to_have_text("14 claims")


def test_copying_the_link_says_so(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#copied")).to_have_text(re.compile("Link copied|Copy it from the address"))


def test_contents_lead_to_sections_and_leave_the_address_alone(open_page: Open, sample_url: str) -> None:
    page = open_page(f"{sample_url}#outlet=Northern+Wire").page
    page.get_by_label("Sections").get_by_role("link", name="Reports").click()
    expect(page.locator("#reports h2")).to_be_in_viewport()
    assert page.url.endswith("#outlet=Northern+Wire")


def test_a_phone_opens_a_link_where_it_points(open_page: Open, sample_url: str) -> None:
    page = open_page(f"{sample_url}#launch-area&view=50.4,36.6,8", size=PHONE).page
    expect(page.locator("#ledger")).to_have_attribute("data-sheet", "half")
    assert view(page) == pytest.approx([50.4, 36.6, 8], abs=1e-4)
    expect(page.locator("#launch-area > summary")).to_be_in_viewport()
