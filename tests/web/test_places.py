"""Places by name over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geomap.config import Config
from geomap.web import create_app
from geomap.web.limits import LOOKUPS
from tests.gazetteer import small
from tests.web.fakes import Desk, Memory


def asked(folder: Path, *, limited: bool = False) -> FlaskClient:
    config = Config(data=folder, db="sqlite://", gazetteer=small.gazetteer(folder / "small.db"))
    return create_app(config, store=Memory(), desk=Desk(), limited=limited).test_client()


@pytest.mark.parametrize("q", ["ol", "Old Fo", "OLD FORD", "old%20fo"])
def test_a_place_is_found_by_how_its_name_starts(tmp_path: Path, q: str) -> None:
    answer = asked(tmp_path).get(f"/api/places?q={q}")
    [place] = answer.get_json()["places"]
    assert (place["name"], place["lat"], place["lon"]) == ("Old Ford", 50.6, 30.6)
    assert (place["kind"], place["within"], place["population"]) == ("settlement", "Northmark region, Freeland", 600)


def test_a_name_that_starts_none_is_read_as_one_misspelt(tmp_path: Path) -> None:
    assert [p["name"] for p in asked(tmp_path).get("/api/places?q=Old+Frd").get_json()["places"]] == ["Old Ford"]


@pytest.mark.parametrize("q", ["zzzz", "...", "%00", "'; DROP TABLE place; --", "\u202e"])
def test_what_is_no_name_finds_nothing(tmp_path: Path, q: str) -> None:
    answer = asked(tmp_path).get("/api/places", query_string={"q": q})
    assert (answer.status_code, answer.get_json()) == (200, {"places": []})


@pytest.mark.parametrize("query", ["", "?q=", f"?q={'a' * 101}", "?q=a&limit=0", "?q=a&limit=11", "?q=a&limit=many"])
def test_bad_use_is_a_problem(tmp_path: Path, query: str) -> None:
    answer = asked(tmp_path).get(f"/api/places{query}")
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"


def test_without_a_gazetteer_the_problem_says_what_to_do(client: FlaskClient) -> None:
    answer = client.get("/api/places?q=a")
    assert answer.status_code == 404
    assert "make setup" in answer.get_json()["detail"]
    assert "none.db" not in answer.text, "where files lie is nobody's business"
    assert answer.content_type == "application/problem+json"


def test_one_address_may_look_up_only_so_often(tmp_path: Path) -> None:
    client = asked(tmp_path, limited=True)
    most = int(LOOKUPS.split()[0])
    answers = [client.get("/api/places?q=ol").status_code for _ in range(most + 1)]
    assert answers == [200] * most + [429]


def test_the_incidents_page_asks_here_and_a_page_that_stands_alone_does_not(client: FlaskClient) -> None:
    assert 'data-places="/api/places"' in client.get("/incidents/sample").text
