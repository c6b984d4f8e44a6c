"""Who says what, in a browser: the table's heads, its marks and their quotes, wide and narrow, by keyboard."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests import samples
from tests.browser.conftest import DESKTOP, PHONE, Open, Url, until

pytestmark = pytest.mark.browser


def test_a_mark_leads_to_the_words_it_stands_for(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    row = page.locator("#who tbody.contested tr").first
    expect(row.get_by_role("rowheader")).to_contain_text("about 11:00")
    mark = row.get_by_role("link", name="says so")
    mark.scroll_into_view_if_needed()
    mark.click()
    expect(page.locator("#reports mark.here").first).to_be_visible()
    expect(page.locator("#reports mark.here").first).to_contain_text("11:00")


def test_the_table_is_read_by_keyboard_alone(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    table = page.get_by_role("region", name="Who says what")
    table.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#who tbody') !== null")
    page.keyboard.press("Enter")
    expect(page.locator("#reports mark.here").first).to_be_visible()


def test_on_a_phone_the_answers_stay_while_the_reports_scroll(open_page: Open, url_of: Url) -> None:
    page = open_page(url_of(samples.crowd(30)), size=PHONE).page
    page.locator("#sheet-handle").click()
    page.locator("#sheet-handle").click()
    table = page.get_by_role("region", name="Who says what")
    table.scroll_into_view_if_needed()
    head = page.locator("#who tbody th").first
    left = head.bounding_box()
    table.evaluate("node => { node.scrollLeft = 150 }")
    until(page, lambda: table.evaluate("node => node.scrollLeft") > 100)
    moved = head.bounding_box()
    assert left
    assert moved
    assert abs(left["x"] - moved["x"]) < 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_reports_without_a_column_are_listed_where_they_speak(open_page: Open, url_of: Url) -> None:
    page = open_page(url_of(samples.crowd(30))).page
    expect(page.locator("#who thead")).to_contain_text("18 others")
    expect(page.locator("#who")).to_contain_text("20 more answers")
    page.locator("#who .more-answers summary").click()
    expect(page.locator("#who .more-answers li")).to_have_count(20)


def test_without_script_every_mark_has_its_anchor(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample/table", script=False).page
    links = page.locator("#who td a").evaluate_all("all => all.map((each) => each.getAttribute('href'))")
    assert links
    assert [link for link in links if page.locator(f'[id="{link[1:]}"]').count() != 1] == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("dark", [False, True])
def test_the_table_passes_axe(open_page: Open, site: str, size: tuple[int, int], dark: bool) -> None:
    page = open_page(f"{site}/incidents/sample/table", size=size, dark=dark, lenient=True).page
    expect(page.locator("#who")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
