"""A basemap of one's own under the incident's page and the sandboxed frame, from this site alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from geomap.config import Config
from geomap.web import create_app
from tests import samples, tilefile
from tests.browser import serving
from tests.browser.conftest import Open, Watched, until
from tests.web.fakes import Desk, Memory

pytestmark = pytest.mark.browser

PAINTED = """() => [...document.querySelectorAll(".leaflet-basemap-pane .leaflet-tile")].some((tile) => {
  if (!tile.width) return false;
  const glass = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  glass.drawImage(tile, -9, -9);
  const [r, g, b, a] = glass.getImageData(0, 0, 1, 1).data;
  return a === 255 && WANTED;
})"""
EARTH = "[r, g, b].join() === '226,223,218'"
"""The land of protomaps-leaflet's light colours; where it finds none its ground is a neutral grey."""


def app(folder: Path, make: Callable[[Path], Path]) -> Flask:
    path = make(folder / "world.pmtiles")
    config = Config(data=folder, db="sqlite://", gazetteer=folder / "none.db", basemap=path)
    return create_app(config, store=Memory(samples.incident()), desk=Desk(), limited=False)


@pytest.mark.parametrize(
    ("make", "wanted"),
    [(tilefile.raster, f"[r, g, b].join() === '{','.join(map(str, tilefile.RED))}'"), (tilefile.vector, EARTH)],
    ids=["raster", "vector"],
)
@pytest.mark.parametrize("page", ["incidents", "embed"])
def test_the_file_is_drawn_and_credited_and_nobody_else_is_asked(
    open_page: Open, tmp_path: Path, make: Callable[[Path], Path], wanted: str, page: str
) -> None:
    with serving.served(app(tmp_path, make)) as site:
        seen: Watched = open_page(f"{site}/{page}/sample")
        painted = PAINTED.replace("WANTED", wanted)
        until(seen.page, lambda: seen.page.evaluate(painted))
        assert "Basemap: Our own tiles." in seen.page.locator(".leaflet-control-attribution").inner_text()
        assert seen.complaints == []
        assert seen.hosts() == {urlsplit(site).netloc}


def test_a_sandboxed_frame_draws_it_as_well(open_page: Open, tmp_path: Path) -> None:
    with serving.served(app(tmp_path, tilefile.raster)) as site:
        paper = Flask("paper")
        frame = f'<iframe src="{site}/embed/sample" title="Map" width="600" height="400" sandbox="allow-scripts">'
        paper.add_url_rule("/", "article", lambda: f'<!DOCTYPE html><link rel="icon" href="data:,">{frame}</iframe>')
        with serving.served(paper) as article:
            seen = open_page(article)
            red = f"[r, g, b].join() === '{','.join(map(str, tilefile.RED))}'"
            painted = PAINTED.replace("WANTED", red)
            until(seen.page, lambda: seen.page.frames[1].evaluate(painted))
            assert seen.complaints == []
