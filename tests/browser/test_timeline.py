"""The times that reports quote, stepped through by a slider."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from geomap.model import Role
from tests import samples
from tests.browser.conftest import Open, Url, until

pytestmark = pytest.mark.browser


def test_every_time_is_listed_with_who_says_it(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    rows = page.locator("#times [data-moment]")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("about 11:00")
    expect(rows.first).to_contain_text("08:00 GMT")
    expect(rows.first.locator("rect.span")).to_have_count(1)
    expect(rows.last).to_contain_text("Russian Defence Ministry")
    expect(page.locator("#until-said")).to_have_text("all 2 times")


def test_stepping_back_by_keyboard_fades_what_comes_later(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    slider = page.get_by_label("Up to")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#times .later")).to_contain_text("11:15")
    expect(page.locator("#times .now")).to_contain_text("about 11:00")
    assert "11:00" in (slider.get_attribute("aria-valuetext") or "")
    expect(page.locator('.leaflet-marker-icon[data-entry="crash-site"]')).to_have_class(
        "leaflet-marker-icon feature crash-site reported point leaflet-zoom-animated leaflet-interactive now"
    )
    page.keyboard.press("ArrowRight")
    expect(page.locator("#times .later")).to_have_count(0)


def test_a_time_opens_on_the_words_it_stands_in(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    page.locator("#times summary").first.click()
    expect(page.locator("#times mark").first).to_contain_text("about 11:00 local time")


def test_one_time_is_no_sequence(open_page: Open, url_of: Url) -> None:
    found = samples.incident()
    second = [claim.id for claim in found.claims if claim.role is Role.TIME][1]
    one = replace(
        found, claims=tuple(claim for claim in found.claims if claim.id != second), conflicts=(), comparisons=()
    )
    page = open_page(url_of(one)).page
    expect(page.locator("#times, #until")).to_have_count(0)


def test_the_slider_is_part_of_the_address(open_page: Open, sample_url: str) -> None:
    page = open_page(f"{sample_url}#until=2024-01-24T11:00").page
    expect(page.locator("#times .now")).to_contain_text("about 11:00")
    page.get_by_label("Up to").press("ArrowRight")
    until(page, lambda: "until=2024-01-24T11:15" in page.url)
