"""A site's region taken apart in the self-contained page: claims that count, edges, and what cannot hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect
from shapely import Point

from geomap.config import STATIC
from geomap.model import Footprint, Incident, Role, Wording
from geomap.render.page import page as self_contained
from tests import samples
from tests.browser.conftest import Open

pytestmark = pytest.mark.browser

ENTRY = 'details.entry[data-entry="crash-site"]'


def incident() -> Incident:
    """The sample's crash site on two wordings that meet, with a third that lies a degree off."""
    found = samples.incident()
    near, inside = (claim.id for claim in found.claims if claim.role is Role.CRASH_SITE)
    off = next(claim.id for claim in found.claims if claim.role is Role.LAUNCH_AREA)
    site = found.sites[0]
    shapes = {near: (37.345, 0.1), inside: (37.2, 0.15), off: (38.9, 0.1)}
    wordings = tuple(
        Wording((id,), Footprint(Point(lon, 50.87).buffer(reach), 80_000 * reach, "near"))
        for id, (lon, reach) in shapes.items()
    )
    both = wordings[0].footprint.geometry.intersection(wordings[1].footprint.geometry)
    made = replace(
        site, wordings=wordings, dropped=(off,), footprint=Footprint(both, 9_000, "intersection"), best=(37.3, 50.87)
    )
    return replace(found, sites=(made, *found.sites[1:]))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("wordings") / "page.html"
    path.write_text(self_contained(incident(), static=STATIC), encoding="utf-8")
    return path.as_uri()


def opened(page: Page) -> Locator:
    page.locator(f"{ENTRY} > summary").click()
    return page.locator(ENTRY)


def claim(entry: Locator, words: str) -> Locator:
    return entry.locator(".claim").filter(has_text=words).first


WIDTH = """() => {
  const bounds = L.latLngBounds([]);
  geomap.layers["crash-site"].eachLayer((each) => { if (each.feature.id === "crash-site.region") bounds.extend(each.getBounds()); });
  return bounds.isValid() ? bounds.getEast() - bounds.getWest() : 0;
}"""  # noqa: E501  (one line reads best)


def width(page: Page) -> float:
    """The region's width on the map, in degrees."""
    return float(page.evaluate(WIDTH))


def test_the_region_follows_the_claims_that_count(open_page: Open, url: str) -> None:
    seen = open_page(url)
    entry = opened(seen.page)
    assert width(seen.page) == pytest.approx(0.105, abs=0.01)
    claim(entry, "in the Korochansky district").get_by_label("Counts towards the region").uncheck()
    assert width(seen.page) == pytest.approx(0.2, abs=0.005)
    expect(entry.locator("[data-region]")).to_contain_text("With 2 of 3 claims counted")
    entry.get_by_role("button", name="Count every claim again").click()
    assert width(seen.page) == pytest.approx(0.105, abs=0.01)
    expect(entry.locator("[data-region]")).to_be_hidden()
    assert seen.complaints == []


def test_with_its_rivals_gone_what_was_left_out_stands(open_page: Open, url: str) -> None:
    """Any combination works: the claim that could not hold makes the region once the others do not count."""
    page = open_page(url).page
    entry = opened(page)
    left = entry.locator(".check.left:visible")
    expect(left).to_have_count(1)
    for words in ("near Yablonovo", "in the Korochansky district"):
        claim(entry, words).get_by_label("Counts towards the region").uncheck()
    expect(left).to_have_count(0)
    assert page.evaluate("geomap.entry('crash-site').lonlat[0]") == pytest.approx(38.9)
    entry.locator(".claim").last.get_by_label("Counts towards the region").uncheck()
    expect(entry.locator("[data-region]")).to_contain_text("nothing to draw")
    expect(page.locator('.leaflet-marker-icon[data-entry="crash-site"]')).to_be_hidden()


def test_what_cannot_hold_is_named_with_its_reason(open_page: Open, url: str) -> None:
    entry = opened(open_page(url).page)
    expect(entry).to_contain_text("One claim cannot hold with the rest and is left out: “from the area of Lyptsi”.")
    expect(entry.locator(".check.left:visible")).to_contain_text("km or more from all that “near Yablonovo” admits")


def test_a_claims_own_region_shows_the_edges_it_made(open_page: Open, url: str) -> None:
    page = open_page(url).page
    button = claim(opened(page), "near Yablonovo").get_by_role("button", name="Show its own region")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("path.wording")).to_have_count(1)
    edges = page.locator("path.wording-edge").count()
    assert edges > 5
    page.keyboard.press("Enter")
    expect(page.locator("path.wording, path.wording-edge")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True])
def test_the_opened_site_passes_axe(open_page: Open, url: str, dark: bool) -> None:
    page = open_page(url, dark=dark, lenient=True).page
    entry = opened(page)
    claim(entry, "near Yablonovo").get_by_label("Counts towards the region").uncheck()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []


def test_the_frame_for_other_pages_goes_without(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/embed/sample").page
    assert page.locator("#wordings, script[src*=polyclip]").count() == 0
