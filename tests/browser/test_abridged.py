"""The page of very many claims in a browser: what it leaves out comes when opened, linked to, read or filtered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from geomap.config import Config
from geomap.model import Incident, Mentioned
from geomap.render.abridged import LISTED
from geomap.render.document import document
from geomap.web import create_app
from tests import samples
from tests.browser import serving, test_wordings
from tests.browser.conftest import PHONE, Open, until
from tests.web.fakes import Desk, Memory

pytestmark = pytest.mark.browser

COUNT = LISTED + 10


def incident() -> Incident:
    """The sample whose crash site stands on wordings that can be taken apart, with more places than a list has."""
    places = [samples.place(f"Village {n}", 36 + n / 100, 50.0) for n in range(COUNT)]
    return replace(test_wordings.incident(), mentioned=tuple(Mentioned(each, ("north",), ()) for each in places))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("abridged")
    config = Config(data=folder, db="sqlite://", gazetteer=folder / "none.db")
    app = create_app(config, store=Memory(incident()), desk=Desk(), limited=False, many=0)
    with serving.served(app) as address:
        yield f"{address}/incidents/sample"


def key(words: str) -> str:
    """The key of the claim with these words."""
    return next(str(each["key"]) for each in document(incident())["claims"].values() if each["quote"] == words)


def parts(requests: list[str]) -> list[str]:
    """The parts that were asked for."""
    return [urlsplit(url).path.partition("/parts/")[2] for url in requests if "/parts/" in url]


def test_claims_come_when_their_entry_is_opened(open_page: Open, url: str) -> None:
    seen = open_page(url)
    expect(seen.page.locator("#ledger .claim")).to_have_count(0)
    assert parts(seen.requests) == []
    seen.page.locator("#launch-area > summary").press("Enter")
    expect(seen.page.locator("#launch-area blockquote mark")).to_have_text("from the area of Lyptsi")
    assert parts(seen.requests) == ["claims/launch-area"]
    seen.page.locator("#launch-area > summary").press("Enter")
    seen.page.locator("#launch-area > summary").press("Enter")
    assert parts(seen.requests) == ["claims/launch-area"]
    assert seen.complaints == []


def test_an_address_with_a_claim_brings_and_marks_it(open_page: Open, url: str) -> None:
    wanted = key("65 prisoners")
    page = open_page(f"{url}#{wanted}").page
    here = page.locator(".claim.here")
    expect(here).to_have_attribute("data-claim", wanted)
    expect(here).to_be_in_viewport()


def test_a_claim_is_read_in_its_report_which_comes_then(open_page: Open, url: str) -> None:
    seen = open_page(f"{url}#launch-area")
    seen.page.locator("#launch-area").get_by_role("link", name="Read it in the report").click()
    expect(seen.page.locator("mark.here").first).to_be_in_viewport()
    assert parts(seen.requests) == ["claims/launch-area", "report/report-1"]
    seen.page.locator("#reports a.toponym", has_text="Yablonovo").first.click()
    expect(seen.page.locator("#crash-site .claim").first).to_be_visible()


def test_what_is_fetched_speaks_the_language_of_its_page(open_page: Open, url: str) -> None:
    seen = open_page(f"{url}?lang=uk")
    seen.page.locator("#launch-area > summary").press("Enter")
    expect(seen.page.locator("#launch-area").get_by_role("link", name="Прочитати в повідомленні").first).to_be_visible()
    assert [parse_qs(urlsplit(each).query) for each in seen.requests if "/parts/" in each] == [{"lang": ["uk"]}]
    assert seen.complaints == []


def test_a_report_is_opened_by_hand(open_page: Open, url: str) -> None:
    page = open_page(url).page
    page.locator("#reports details.report > summary").nth(1).click()
    expect(page.locator("#report-2")).to_contain_text("lost in the Korochansky district")


def test_a_filter_knows_of_claims_that_are_not_there_yet(open_page: Open, url: str) -> None:
    page = open_page(url).page
    page.locator("#filter-toggle").click()
    page.locator("#filter-panel label", has_text="Ukrainian General Staff").click()
    expect(page.locator("#claims-shown")).to_have_text("1 of 14 claims")
    expect(page.locator("#crash-site")).to_be_hidden()
    expect(page.locator('.leaflet-marker-icon[data-entry="crash-site"]')).to_be_hidden()
    expect(page.locator("#facts details.fact:visible")).to_have_count(1)
    page.locator("#facts details.fact:visible > summary").click()
    expect(page.locator("#facts .claim:visible")).to_have_count(1)


def test_claims_that_come_late_keep_to_the_filter(open_page: Open, url: str) -> None:
    page = open_page(url).page
    page.locator("#filter-toggle").click()
    page.locator("#filter-panel label", has_text="Southern Daily").click()
    page.locator("#crash-site > summary").click()
    expect(page.locator("#crash-site .claim:visible mark")).to_have_text(["in the Korochansky district"])


def test_the_rest_of_a_list_comes_when_asked_for_or_needed(open_page: Open, url: str) -> None:
    page = open_page(url).page
    rows = page.locator("#also-mentioned details.entry")
    expect(rows).to_have_count(LISTED)
    page.locator("#also-mentioned details.rest > summary").click()
    expect(rows).to_have_count(COUNT)
    last = f"mentioned-{COUNT}"
    again = open_page(f"{url}#{last}").page
    expect(again.locator(f"#{last}")).to_be_in_viewport()
    expect(again.locator(f"#{last}")).to_have_attribute("open", "")


def test_a_region_is_taken_apart_and_an_address_keeps_it(open_page: Open, url: str) -> None:
    """The wordings come with the first claim that is taken out; another visit puts back what the address says."""
    seen = open_page(url)
    seen.page.locator("#crash-site > summary").click()
    before = test_wordings.width(seen.page)
    seen.page.locator("#crash-site [data-counts]").first.uncheck()
    until(seen.page, lambda: test_wordings.width(seen.page) > before + 0.01)
    assert parts(seen.requests) == ["claims/crash-site", "wordings"]
    again = open_page(seen.page.url).page
    until(again, lambda: abs(test_wordings.width(again) - test_wordings.width(seen.page)) < 1e-6)
    expect(again.locator("#crash-site [data-counts]").first).not_to_be_checked()


def test_lengths_that_come_late_are_in_the_unit_chosen(open_page: Open, url: str) -> None:
    page = open_page(url).page
    page.locator(".units label", has_text="miles").click()
    page.locator("#crash-site > summary").click()
    page.locator("#crash-site [data-counts]").first.uncheck()
    expect(page.locator("#crash-site [data-region]")).to_contain_text(" mi ")


def test_paper_says_how_much_it_leaves_out(open_page: Open, url: str) -> None:
    page = open_page(url).page
    page.locator("#launch-area > summary").click()
    expect(page.locator("#launch-area .claim")).to_have_count(1)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".printed-claims tbody tr")).to_have_count(1)
    expect(page.locator(".printed-line").first).to_contain_text("13 more claims are in the text version: http")


def test_without_a_script_the_text_is_a_link_away(open_page: Open, url: str) -> None:
    page = open_page(url, script=False).page
    page.locator("#launch-area > summary").click()
    expect(page.locator("#launch-area [data-part] a")).to_have_attribute("href", "/incidents/sample/table")
    page.locator("#reports details.report > summary").first.click()
    expect(page.locator("#report-1 a")).to_have_attribute("href", "/incidents/sample/reports/north")


def test_a_part_that_cannot_be_had_leaves_its_link(open_page: Open, url: str) -> None:
    page = open_page(url).page
    page.context.set_offline(True)
    page.locator("#launch-area > summary").click()
    expect(page.locator("#launch-area [data-part]")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#launch-area").get_by_role("link", name="In the text version")).to_be_visible()
    page.context.set_offline(False)
    page.locator("#launch-area > summary").click()
    page.locator("#launch-area > summary").click()
    expect(page.locator("#launch-area .claim")).to_have_count(1)


def test_what_has_come_passes_axe_on_a_phone(open_page: Open, url: str) -> None:
    page: Page = open_page(f"{url}#crash-site", size=PHONE, lenient=True).page
    expect(page.locator("#crash-site .claim").first).to_be_attached()
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found] == []
