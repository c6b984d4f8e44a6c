"""A PMTiles file as the basemap: read as the app starts, served by ranges, credited in words and never in markup."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest

from geomap.config import Config
from geomap.errors import BadInput
from geomap.web import create_app
from geomap.web.tiles import opened
from tests import tilefile
from tests.web.fakes import Desk, Memory


def test_a_range_is_answered_with_these_bytes_and_206(config: Config, store: Memory, tmp_path: Path) -> None:
    path = tilefile.raster(tmp_path / "world.pmtiles")
    client = create_app(replace(config, basemap=path), store=store, desk=Desk(), limited=False).test_client()
    answer = client.get("/basemap.pmtiles", headers={"Range": "bytes=0-126"})
    assert answer.status_code == HTTPStatus.PARTIAL_CONTENT
    assert answer.data == path.read_bytes()[:127]
    assert answer.headers["Content-Range"] == f"bytes 0-126/{path.stat().st_size}"
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Access-Control-Allow-Origin"] == "*", "a sandboxed frame has no origin"
    answer.close()
    beyond = client.get("/basemap.pmtiles", headers={"Range": f"bytes={10**9}-"})
    assert beyond.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    asked = client.options("/basemap.pmtiles", headers={"Origin": "null", "Access-Control-Request-Headers": "range"})
    assert "Range" in asked.headers["Access-Control-Allow-Headers"]


def test_without_one_there_is_no_such_address_and_no_word_of_it(config: Config, store: Memory) -> None:
    client = create_app(config, store=store, desk=Desk(), limited=False).test_client()
    assert client.get("/basemap.pmtiles").status_code == 404
    assert "geomap-tiles" not in client.get("/incidents/sample").text


def test_the_kind_and_the_credit_come_from_the_file(tmp_path: Path) -> None:
    credit = '<a href="https://example.org">Ours</a> &copy; all<script>x</script>'
    found = opened(tilefile.vector(tmp_path / "v.pmtiles", credit))
    assert (found.kind, found.most_zoom) == ("vector", tilefile.DEEPEST)
    assert "<" not in found.attribution
    assert found.attribution.startswith("Ours © all")
    assert opened(tilefile.raster(tmp_path / "r.pmtiles")).kind == "raster"


@pytest.mark.parametrize("damage", [lambda b: b"", lambda b: b"PNG" + b, lambda b: b[:-200], lambda b: b[:50]])
def test_a_damaged_file_is_told_in_one_line_before_anything_is_served(
    config: Config, tmp_path: Path, damage: object
) -> None:
    assert callable(damage)
    path = tilefile.raster(tmp_path / "world.pmtiles")
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(BadInput, match="no whole PMTiles file") as told:
        create_app(replace(config, basemap=path), desk=Desk())
    assert "\n" not in str(told.value)


def test_a_missing_file_is_told_too(config: Config, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        create_app(replace(config, basemap=tmp_path / "none.pmtiles"), desk=Desk())
