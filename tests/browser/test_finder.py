"""Finding a place by name, in the incident and beyond it; and what was rejected, shown on the map and left again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from geomap.config import Config
from geomap.model import Candidate, Gazetteer, Incident, Unplaced
from geomap.web import create_app
from tests import samples
from tests.browser import serving
from tests.browser.conftest import PHONE, Open, Url, until
from tests.web.fakes import Memory

pytestmark = pytest.mark.browser


def incident() -> Incident:
    """The sample with native and other names, and a name that could be either of two places."""
    found = samples.incident()
    native = replace(samples.KHARKIV, names=("Харків", "Charkiw"))
    mentioned = tuple(replace(m, place=native) if m.place == samples.KHARKIV else m for m in found.mentioned)
    resolutions = tuple(
        replace(r, mention=replace(r.mention, surface="Kharkov"), place=native) if r.place == samples.KHARKIV else r
        for r in found.resolutions
    )
    farm = samples.place("Dobry Kut", 34.1, 49.2, country="UA", id="one")
    other = replace(
        samples.place("Dobry Kut", 37.9, 51.1, id="two"), population=1_240, within=("Russia", "Belgorod region")
    )
    lost = Unplaced(
        "Dobry Kut",
        "north",
        "Dobry Kut is ambiguous: it may be Dobry Kut or Dobry Kut",
        found.unplaced[0].span,
        (Candidate(farm, 0.5, ("its main name",)), Candidate(other, 0.48, ("its main name",))),
    )
    return replace(found, mentioned=mentioned, resolutions=resolutions, unplaced=(lost,))


@pytest.fixture
def url(url_of: Url) -> str:
    return url_of(incident())


@pytest.fixture(scope="module")
def site(gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample served with the gazetteer that set-up built."""
    assert gazetteer
    folder: Path = tmp_path_factory.mktemp("finder")
    config = Config(data=folder, db="sqlite://", gazetteer=Config.read().gazetteer)
    with serving.served(create_app(config, store=Memory(samples.incident()), limited=False)) as address:
        yield address


def options(page: Page) -> list[str]:
    return page.locator("#found [role=option] .name").all_inner_texts()


def near(page: Page, lat: float, lon: float, metres: int = 25_000) -> bool:
    return bool(page.evaluate(f"geomap.map.getCenter().distanceTo([{lat}, {lon}]) < {metres}"))


@pytest.mark.parametrize("typed", ["kharkiv", "ХАРК", "Kharkov", "khark"])
def test_a_place_is_found_in_any_script_and_spelling(open_page: Open, url: str, typed: str) -> None:
    page = open_page(url).page
    page.get_by_role("combobox", name="Find a place").fill(typed)
    assert options(page)[0] == "Kharkiv"


def test_enter_goes_to_the_first_and_opens_it(open_page: Open, url: str) -> None:
    page = open_page(url).page
    field = page.get_by_role("combobox", name="Find a place")
    field.fill("lyp")
    field.press("Enter")
    until(page, lambda: near(page, 50.209, 36.421))
    expect(page.locator("#launch-area[open]")).to_have_count(1)
    assert "#launch-area" in page.url


def test_the_list_is_walked_with_arrows_and_left_with_escape(open_page: Open, url: str) -> None:
    page = open_page(url).page
    field = page.get_by_role("combobox", name="Find a place")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.fill("b")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert len(options(page)) > 1
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(page.locator("#found-1")).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "found-1")
    field.press("Escape")
    expect(page.locator("#found")).to_be_hidden()
    expect(field).to_be_focused()
    field.press("Escape")
    expect(field).to_have_value("")


def test_what_is_not_there_is_said(open_page: Open, url: str) -> None:
    seen = open_page(url)
    seen.page.get_by_role("combobox", name="Find a place").fill("Qqqq")
    expect(seen.page.locator("#find-said")).to_have_text("No place of that name")
    assert seen.hosts() == set()


def test_a_server_offers_places_beyond_the_incident(open_page: Open, site: str) -> None:
    seen = open_page(f"{site}/incidents/sample")
    page = seen.page
    field = page.get_by_role("combobox", name="Find a place")
    field.fill("Voronezh")
    expect(page.locator("#found .beyond .name").first).to_contain_text("Voronezh")
    page.locator("#found .beyond", has_text="Воронеж").first.click()
    expect(page.locator("#pinned .said")).to_contain_text("from the gazetteer")
    until(page, lambda: near(page, 51.67, 39.2, 200_000))
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".feature.pin")).to_have_count(0)
    assert seen.complaints == []
    assert seen.hosts() == {site.removeprefix("http://")}


def test_a_gazetteer_that_is_not_there_leaves_the_incidents_own(open_page: Open, tmp_path: Path) -> None:
    config = Config(data=tmp_path, db="sqlite://", gazetteer=tmp_path / "none.db")
    app = create_app(config, store=Memory(samples.incident()), limited=False)
    with serving.served(app) as address:
        page = open_page(f"{address}/incidents/sample").page
        page.get_by_role("combobox", name="Find a place").fill("Lyptsi")
        expect(page.locator("#find-said")).to_contain_text("the gazetteer cannot be asked now")
        assert options(page) == ["Lyptsi"]


def test_a_rejected_candidate_is_one_click_away_and_leads_back(open_page: Open, url: str) -> None:
    page = open_page(url).page
    tray = page.locator("#unplaced")
    expect(tray.locator(".category")).to_have_text("Could be several places")
    tray.get_by_text("2 rejected candidates").click()
    second = tray.locator("li.candidate").last
    expect(second).to_contain_text("settlement, Belgorod region, Russia; population 1,240")
    expect(second).to_contain_text("Rejected: no surer than its namesakes")
    second.get_by_role("button", name="Show Dobry Kut on the map").press("Enter")
    expect(page.locator(".feature.pin")).to_be_visible()
    until(page, lambda: near(page, 51.1, 37.9))
    page.locator(".feature.pin").press("Enter")
    expect(second.get_by_role("button")).to_be_focused()
    expect(second).to_be_in_viewport()


def test_the_tray_and_the_pin_pass_axe(open_page: Open, url: str) -> None:
    page = open_page(url, lenient=True).page
    page.get_by_text("2 rejected candidates").click()
    page.locator("[data-pin]").first.click()
    page.get_by_role("combobox", name="Find a place").fill("b")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []


def test_a_phone_shows_a_candidate_with_the_list_half_down(open_page: Open, url: str) -> None:
    page = open_page(url, size=PHONE).page
    page.locator("#sheet-handle").tap()
    page.locator("#sheet-handle").tap()
    page.get_by_text("2 rejected candidates").tap()
    page.locator("[data-pin]").first.tap()
    expect(page.locator("#ledger")).to_have_attribute("data-sheet", "half")
    expect(page.locator("#pinned")).to_be_visible()
