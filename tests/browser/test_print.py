"""The incident's page on paper."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests import samples
from tests.browser.conftest import Open, Url
from tests.browser.test_filters import choose

pytestmark = pytest.mark.browser

CONTROLS = ".bar, .maptools, .finder, .filterbar, .until, #embed, .switches, .leaflet-control-zoom, #sheet-handle"


def pages(page: Page) -> list[str]:
    return [each.extract_text() for each in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]


def test_paper_has_the_map_the_legend_every_claim_and_no_control(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample").page
    page.emulate_media(media="print")
    table = page.locator(".printed-claims")
    expect(table.locator("tbody tr")).to_have_count(14)
    expect(table).to_contain_text("near Yablonovo")
    expect(page.locator("#map_incident")).to_be_visible()
    expect(page.locator(".legend .layer").first).to_be_visible()
    for control in page.locator(CONTROLS).all():
        expect(control).to_be_hidden()
    expect(page.get_by_text(f"This map as it stands here: {site}/incidents/sample")).to_be_visible()
    expect(page.locator(".credits")).to_be_visible()
    expect(page.locator("h1:visible")).to_have_text("Il-76 crash near Yablonovo")
    page.emulate_media(media="screen")
    expect(page.locator(".printed")).to_have_count(0)
    expect(page.locator("#filter-toggle")).to_be_visible()


def test_a_printed_incident_is_a_few_sheets_with_all_that_it_says(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample", dark=True).page
    sheets = pages(page)
    assert 1 <= len(sheets) <= 4
    assert "Il-76 crash near Yablonovo" in sheets[0]
    whole = " ".join(" ".join(sheets).split())
    for words in (
        "from the area of Lyptsi",
        "Evidence: none provided",
        "Northern Wire",
        "GeoNames",
        "/incidents/sample",
    ):
        assert words in whole, words
    expect(page.locator("html")).not_to_have_attribute("data-theme", "light")
    expect(page.locator(".printed")).to_have_count(0)


def test_the_names_on_a_printed_map_are_text(open_page: Open, site: str) -> None:
    """The map is drawn for the paper, not photographed from the screen; and it is drawn in full."""
    page = open_page(f"{site}/incidents/sample").page
    first = pages(page)[0]
    assert "Lyptsi" in first
    assert "Crash site" in first


def test_paper_holds_what_the_filters_leave(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample").page
    choose(page, "Northern Wire")
    page.emulate_media(media="print")
    expect(page.locator(".printed-claims tbody tr")).to_have_count(6)
    expect(page.get_by_text("What the reports claim: 6 of 14 claims")).to_be_visible()
    expect(page.get_by_text("#outlet=Northern+Wire")).to_be_visible()


def test_many_claims_flow_over_sheets(open_page: Open, url_of: Url) -> None:
    found = samples.incident()
    more = tuple(replace(claim, id=f"{claim.id}:{n}") for n in range(11) for claim in found.claims)
    sheets = pages(open_page(url_of(replace(found, claims=found.claims + more))).page)
    assert 4 <= len(sheets) <= 14
