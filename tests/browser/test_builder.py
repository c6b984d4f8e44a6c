"""Choosing how the map stands in somebody's page: the code, the links and the preview follow the choices."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Open, Watched

pytestmark = pytest.mark.browser


@pytest.fixture
def seen(open_page: Open, site: str) -> Watched:
    return open_page(f"{site}/incidents/sample", size=DESKTOP)


def chosen(page: Page) -> dict[str, str]:
    """The choices in the frame's address, which the code and both links agree on."""
    code = page.locator("#embed-code").input_value()
    source = "code => new DOMParser().parseFromString(code, 'text/html').querySelector('iframe').getAttribute('src')"
    link = page.locator("#embed-link").input_value()
    assert page.evaluate(source, code) == link
    asked = parse_qs(urlsplit(page.locator("#embed-oembed").input_value()).query)
    assert asked["url"] == [link]
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


def test_with_nothing_chosen_the_address_is_bare(seen: Watched) -> None:
    assert chosen(seen.page) == {}
    expect(seen.page.locator("#embed-code")).to_have_value(re.compile('width="100%".* sandbox="allow-scripts '))


def test_every_choice_reaches_the_frame(seen: Watched) -> None:
    page = seen.page
    form = page.locator("#builder")
    page.evaluate("window.geomap.map.setView([50.2, 36.4], 9, { animate: false })")
    form.get_by_label("The map as I see it now").check()
    form.get_by_label("Launch area").uncheck()
    form.get_by_label("Theme").select_option("dark")
    form.get_by_label("Lengths").select_option("mi")
    form.get_by_label("It stays as it is now").check()
    form.get_by_label("Medium").check()
    found = chosen(page)
    assert "launch-area" not in found.pop("layers").split(",")
    assert found == {"lat": "50.2", "lon": "36.4", "zoom": "9", "theme": "dark", "units": "mi", "rev": "1"}
    expect(page.locator("#embed-code")).to_have_value(re.compile('width="640" height="360"'))


def test_the_preview_is_the_frame_itself(seen: Watched) -> None:
    page = seen.page
    page.locator("#builder").get_by_label("Small").check()
    page.get_by_role("button", name="Show how it looks").click()
    frame = page.frame_locator("#preview iframe")
    expect(frame.locator(".leaflet-marker-icon").first).to_be_visible()
    page.locator("#builder").get_by_label("Theme").select_option("dark")
    expect(frame.locator("html[data-theme=dark]")).to_be_attached()
    expect(page.locator("#preview iframe")).to_have_css("width", "320px")
    page.get_by_role("button", name="Hide the preview").click()
    expect(page.locator("#preview iframe")).to_have_count(0)
    assert seen.complaints == []


def test_by_keyboard_a_size_of_ones_own_stays_within_reason(seen: Watched) -> None:
    page = seen.page
    page.get_by_label("width").focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("99999")
    expect(page.get_by_label("My own:")).to_be_checked()
    expect(page.locator("#embed-code")).to_have_value(re.compile('width="4000" height="500"'))


def test_the_oembed_address_answers_with_the_same_frame(seen: Watched) -> None:
    page = seen.page
    page.locator("#builder").get_by_label("Theme").select_option("dark")
    answer = page.request.get(page.locator("#embed-oembed").input_value())
    assert "theme=dark" in json.loads(answer.text())["html"]


def test_without_scripts_the_plain_code_is_there(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample", script=False).page
    expect(page.locator("#embed-code")).to_have_value(re.compile('^<iframe src="[^"?]+/embed/sample" '))
    expect(page.locator("#builder")).to_be_hidden()


def test_the_builder_fits_a_phone(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample", size=PHONE).page
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    box = page.locator("#builder").bounding_box()
    assert box
    assert box["x"] + box["width"] <= PHONE[0]
