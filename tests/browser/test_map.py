"""The incident's page in a real browser: view, pick, switch, measure, by pointer and by keyboard, on desk and phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, until

pytestmark = pytest.mark.browser

LAYERS = ["crash-site", "launch-area", "exchange-point", "route", "origin", "destination", "distance"]


def symbol(page: Page, entry: str) -> str:
    return f'.leaflet-marker-icon[data-entry="{entry}"]'


def opened(page: Page) -> str | None:
    """The entry that the ledger has open."""
    found = page.locator("details.entry[open]")
    return found.first.get_attribute("data-entry") if found.count() else None


def zoom(page: Page) -> float:
    return float(page.evaluate("geomap.map.getZoom()"))


def test_a_page_from_disk_loads_without_complaint_or_request(open_page: Open, sample_url: str) -> None:
    seen = open_page(sample_url)
    expect(seen.page.locator("#map_incident .leaflet-marker-icon").first).to_be_visible()
    assert seen.complaints == []
    assert seen.hosts() == set()


@pytest.mark.parametrize("dark", [False, True])
def test_the_basemap_takes_the_scheme_of_the_system(open_page: Open, sample_url: str, dark: bool) -> None:
    seen = open_page(sample_url, dark=dark)
    land = seen.page.evaluate("geomap.colour('--land')")
    assert (land == "#1b2026") is dark


def test_the_reader_may_choose_the_other_scheme(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


def test_every_layer_switches_off_and_on(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    for layer in LAYERS:
        drawn = page.locator(f"#map_incident .feature.{layer}")
        box = page.locator(f'input[data-layer="{layer}"]')
        count = drawn.count()
        assert count > 0, layer
        box.uncheck()
        expect(drawn).to_have_count(0)
        box.check()
        expect(drawn).to_have_count(count)


def test_places_only_mentioned_are_off_until_asked_for_and_do_not_move_the_view(
    open_page: Open, sample_url: str
) -> None:
    page = open_page(sample_url).page
    before = zoom(page)
    expect(page.locator("#map_incident .feature.mentioned")).to_have_count(0)
    page.locator('input[data-layer="mentioned"]').check()
    expect(page.locator("#map_incident .feature.mentioned")).to_have_count(3)
    assert zoom(page) == before


def test_picking_the_crash_site_shows_its_sentences_marked(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    page.locator(symbol(page, "crash-site")).click()
    entry = page.locator("#crash-site")
    expect(entry.locator("blockquote")).to_have_count(2)
    expect(entry.locator("blockquote mark").first).to_have_text("near Yablonovo")
    expect(entry.locator("cite").first).to_have_text("Northern Wire")
    expect(entry).to_contain_text("Russian Defence Ministry")
    expect(entry.locator("blockquote").first).to_be_in_viewport()
    assert page.url.endswith("#crash-site")


def test_picking_in_the_ledger_flies_the_map_there(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    page.locator("#origin summary").click()
    until(page, lambda: page.evaluate("geomap.map.getCenter().distanceTo([55.878, 38.062]) < 30000"))
    assert "picked" in (page.locator(symbol(page, "origin")).get_attribute("class") or "")


def test_an_address_with_an_entry_opens_it(open_page: Open, sample_url: str) -> None:
    page = open_page(f"{sample_url}#launch-area").page
    assert opened(page) == "launch-area"
    expect(page.locator("#launch-area .evidence")).to_contain_text("none provided")


def test_a_claim_can_be_read_in_its_report_and_a_toponym_leads_back(open_page: Open, sample_url: str) -> None:
    page = open_page(f"{sample_url}#launch-area").page
    page.locator("#launch-area").get_by_role("link", name="Read it in the report").click()
    here = page.locator("mark.here").first
    expect(here).to_be_in_viewport()
    assert "from the area of" in "".join(page.locator("mark.here").all_text_contents())
    page.locator("#reports a.toponym", has_text="Yablonovo").first.click()
    assert opened(page) == "crash-site"


def test_the_whole_route_and_back_to_the_event(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    event = zoom(page)
    page.get_by_role("button", name="Whole route").click()
    until(page, lambda: page.evaluate(f"geomap.map.getZoom() < {event - 1}"))
    page.get_by_role("button", name="Event").click()
    until(page, lambda: page.evaluate(f"Math.abs(geomap.map.getZoom() - {event}) < 0.3"))


def test_the_measure_tool_gives_the_geodesic(open_page: Open, sample_url: str) -> None:
    """Kharkiv to Belgorod on the ellipsoid is 72.95 km at 18.5 degrees."""
    page = open_page(sample_url).page
    page.get_by_role("button", name="Measure").click()
    for lat, lon in ((49.982, 36.255), (50.603, 36.581)):
        x, y = page.evaluate(f"(p => [p.x, p.y])(geomap.map.latLngToContainerPoint([{lat}, {lon}]))")
        page.locator("#map_incident").click(position={"x": x, "y": y})
    text = page.locator("#measured").inner_text()
    km, azimuth = re.search(r"([\d.]+) km \([\d.]+ mi\), azimuth ([\d.]+)", text).groups()  # type: ignore[union-attr]
    assert float(km) == pytest.approx(72.95, abs=0.4)
    assert float(azimuth) == pytest.approx(18.5, abs=0.4)
    page.keyboard.press("Escape")
    expect(page.locator("#measured")).to_be_hidden()


def test_measuring_by_keyboard(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    page.get_by_role("button", name="Measure").press("Enter")
    page.keyboard.press("Enter")
    page.evaluate("void geomap.map.panBy([100, 0], {animate: false})")
    page.keyboard.press("Enter")
    expect(page.locator("#measured")).to_contain_text("azimuth 89.")


def test_miles_everywhere_at_a_click(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    page.locator(".units label", has_text="miles").click()
    expect(page.locator("#distance-2 .measure")).to_contain_text("45.3 mi")
    expect(page.locator(".leaflet-control-scale-line")).to_contain_text("mi")


def test_a_picked_distance_is_drawn_as_quoted_beside_as_measured(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    page.locator("#distance-2 summary").click()
    expect(page.locator("path.ghost")).to_have_count(1)
    expect(page.locator("#distance-2")).to_contain_text("plausible")


def test_keyboard_alone_reaches_picks_and_leaves(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    page.locator("#map_incident").focus()
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        entry = page.evaluate("document.activeElement.dataset.entry || ''")
        seen += [entry] if entry else []
    assert {"crash-site", "launch-area", "route", "distance"} <= set(seen)
    page.locator(symbol(page, "crash-site")).focus()
    page.keyboard.press("Enter")
    assert opened(page) == "crash-site"
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.entry") == "crash-site"


def test_focus_is_visible_on_everything_that_takes_it(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url).page
    for _ in range(40):
        page.keyboard.press("Tab")
        style = page.evaluate(
            """() => { const n = document.activeElement;
            const s = getComputedStyle(n.matches('.units input') ? n.nextElementSibling : n);
            return [n.tagName, s.outlineStyle, parseFloat(s.outlineWidth), s.strokeWidth]; }"""
        )
        assert (style[1] != "none" and style[2] >= 2) or (style[0] == "path" and style[3] == "5px"), style


def test_a_phone_gets_a_sheet_that_pulls_up(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url, size=PHONE).page
    ledger = page.locator("#ledger")
    expect(ledger).to_have_attribute("data-sheet", "low")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.locator(symbol(page, "crash-site")).tap()
    expect(ledger).to_have_attribute("data-sheet", "half")
    expect(page.locator("#crash-site blockquote").first).to_be_in_viewport()
    page.locator("#sheet-handle").tap()
    expect(ledger).to_have_attribute("data-sheet", "full")


def test_the_sheet_follows_the_finger(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url, size=PHONE).page
    box = page.locator("#sheet-handle").bounding_box()
    assert box is not None
    page.mouse.move(200, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(200, 120, steps=5)
    page.mouse.up()
    expect(page.locator("#ledger")).to_have_attribute("data-sheet", "full")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_without_script_the_ledger_still_reads(open_page: Open, sample_url: str, size: tuple[int, int]) -> None:
    page = open_page(sample_url, script=False, size=size).page
    expect(page.get_by_role("heading", name="Il-76 crash near Yablonovo")).to_be_visible()
    page.locator("#crash-site summary").click()
    expect(page.locator("#crash-site blockquote").first).to_be_visible()
    page.locator("#reports summary").last.scroll_into_view_if_needed()
    expect(page.locator("#reports summary").last).to_be_in_viewport()


def test_hostile_text_is_shown_and_does_nothing(open_page: Open, hostile_url: str) -> None:
    seen = open_page(hostile_url)
    page = seen.page
    page.locator('input[data-layer="mentioned"]').check()
    for entry in ("crash-site", "launch-area"):
        page.locator(symbol(page, entry)).click()
    for summary in page.locator("#distances summary, #conflicts summary, #reports summary").all():
        summary.click()
    assert page.evaluate("window.pwned") is None
    assert seen.complaints == []
    assert seen.hosts() == set()
    expect(page.locator("h1")).to_contain_text("<script>window.pwned=1</script>")


def named(page: Page, lat: float, lon: float, level: float) -> list[str]:
    """What the map names when it is moved there, in the order in which the names were given room."""
    page.evaluate(f"void geomap.map.setView([{lat}, {lon}], {level}, {{animate: false}})")
    page.evaluate("geomap.written = null; geomap.relabel()")
    until(page, lambda: page.evaluate("geomap.written"))
    found: list[str] = page.evaluate("geomap.written")
    return found


def test_the_world_is_named_from_its_large_countries_down(open_page: Open, sample_url: str) -> None:
    """Germany and France have room where Belgium has none; no region and no small town is named."""
    page = open_page(sample_url).page
    world = named(page, 20, 20, 2)
    assert {"GERMANY", "FRANCE", "EGYPT", "NIGERIA", "INDIA"} <= set(world)
    assert not {"BELGIUM", "Kharkiv Region", "Korocha"} & set(world)
    assert "BELGIUM" in named(page, 50, 5, 5)


def test_regions_are_named_once_there_is_room_after_the_incident_and_its_towns(
    open_page: Open, sample_url: str
) -> None:
    page = open_page(sample_url).page
    near = named(page, 50.0, 36.5, 7)
    assert {"Sumy Region", "Poltava Region"} <= set(near)
    places = [name for name in ("Yablonovo", "Poltava", "Sumy Region") if name in near]
    assert places == sorted(places, key=near.index)
    assert {"RUSSIA", "UKRAINE"} <= set(near)
    assert "Sumy Region" not in named(page, 50.0, 36.5, 4)
