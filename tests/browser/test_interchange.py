"""What leaves the page: pictures as Chromium draws them, data blocks under the page's policy, frames in a notebook."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from geomap.config import STATIC
from geomap.model import Incident
from geomap.render.picture import Options, svg
from geomap.render.picture.raster import raster
from tests import hostile, samples
from tests.browser.conftest import Open, until

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("id", ["sample", "hostile"])
def test_data_for_search_engines_breaks_nothing(open_page: Open, site: str, id: str) -> None:
    """The block is there, is JSON, runs nothing, and the page's policy has no complaint of it."""
    watched = open_page(f"{site}/incidents/{id}")
    until(watched.page, lambda: watched.page.locator(".leaflet-marker-icon").count())
    (block,) = watched.page.locator('script[type="application/ld+json"]').all_text_contents()
    assert json.loads(block)
    assert watched.complaints == []
    assert watched.page.evaluate("window.pwned") is None


def test_every_file_can_be_reached_by_keyboard_and_saved(open_page: Open, site: str) -> None:
    page = open_page(f"{site}/incidents/sample").page
    link = page.locator("#downloads a", has_text="KML")
    link.focus()
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename == "sample-r1.kml"
    assert "<kml" in Path(saved.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("id", ["sample", "hostile"])
def test_an_svg_opened_by_itself_asks_for_nothing_and_runs_nothing(open_page: Open, site: str, id: str) -> None:
    address = f"{site}/incidents/{id}/map.svg"
    watched = open_page(address)
    assert watched.page.locator("svg > title").text_content() == watched.page.title()
    assert watched.page.evaluate("window.pwned") is None
    assert {url for url in watched.requests if not url.endswith("/favicon.ico")} == {address}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_chromium_draws_a_picture_as_we_do(open_page: Open, tmp_path: Path, theme: str) -> None:
    """Two renderers that share no code agree on everything but the edges of letters, which are left out here."""
    drawing = svg(samples.incident(), Options(800, 420, theme), static=STATIC)
    bare = re.sub(r"<text.*?</text>", "", drawing, flags=re.DOTALL)
    file = tmp_path / "map.svg"
    file.write_text(bare, encoding="utf-8")
    theirs = open_page(file.as_uri(), size=(800, 420)).page.screenshot()
    ours = raster(bare, STATIC)
    first, second = (np.asarray(Image.open(io.BytesIO(each)).convert("RGB"), dtype=float) for each in (theirs, ours))
    assert first.shape == second.shape
    assert np.abs(first - second).mean() < 3, "of 255"
    assert (np.abs(first - second).max(axis=2) > 64).mean() < 0.02


@pytest.mark.parametrize("incident", [samples.incident(), hostile.incident()], ids=["sample", "hostile"])
def test_a_notebook_shows_the_map_in_a_frame_that_reaches_nothing(
    open_page: Open, tmp_path: Path, incident: Incident
) -> None:
    """What a cell puts out, in a page that stands for the notebook."""
    page = tmp_path / "notebook.html"
    html = f'<!DOCTYPE html><meta charset="utf-8"><title>Notebook</title>{incident._repr_html_()}'
    page.write_text(html, encoding="utf-8")
    watched = open_page(page.as_uri())
    frame = watched.page.frames[1]
    frame.wait_for_selector(".leaflet-marker-icon", state="visible")
    assert watched.hosts() == set()
    assert watched.page.evaluate("window.pwned") is None
    assert watched.page.locator("iframe").get_attribute("title") == incident.title
