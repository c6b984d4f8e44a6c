"""The page of very many claims: what it leaves out, what it knows of that, and what is served when it is wanted."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from geomap.catalogs import NAMES, language
from geomap.config import Config
from geomap.errors import NotFound
from geomap.render.abridged import held, index, shortened
from geomap.render.document import document
from geomap.web import create_app
from tests import hostile, samples
from tests.web.fakes import Desk, Memory


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    config = Config(data=tmp_path, db="sqlite://", gazetteer=tmp_path / "none.db")
    store = Memory(samples.incident(), hostile.renamed(hostile.incident()))
    return create_app(config, store=store, desk=Desk(), limited=False, many=0).test_client()


def test_every_claim_is_held_somewhere_and_only_by_what_shows_it() -> None:
    doc = shortened(document(samples.incident()))
    found = index(doc)
    ids = list(doc["claims"])
    assert {number for numbers in found["claims"].values() for number in numbers} == set(range(len(ids)))
    for name, numbers in found["claims"].items():
        holder = held(doc, name)
        assert [ids[number] for number in numbers] == [*holder["claims"], *holder.get("left", ())]
    assert [doc["reports"][number - 1]["id"] for number in found["reports"]] == [
        claim["report"] for claim in doc["claims"].values()
    ]


def test_what_nothing_is_called_is_not_found() -> None:
    with pytest.raises(NotFound, match="fact-99"):
        held(shortened(document(samples.incident())), "fact-99")


def test_the_document_itself_stays_as_it_is() -> None:
    doc = document(samples.incident())
    before = json.dumps(doc, default=str)
    shortened(doc)
    assert json.dumps(doc, default=str) == before


def test_an_abridged_page_has_no_claims_and_no_report(client: FlaskClient) -> None:
    page = client.get("/incidents/sample").text
    assert "<blockquote" not in page
    assert "It gave no proof" not in page
    assert 'data-part="claims/crash-site"' in page


def test_each_part_that_a_page_names_is_served(client: FlaskClient) -> None:
    """Whatever the page would fetch is there, and all of it together has every quote."""
    page = client.get("/incidents/sample").text
    names = re.findall(r'data-part="([^"]+)"', page)
    answers = {name: client.get(f"/incidents/sample/parts/{name}") for name in names}
    assert {answer.status_code for answer in answers.values()} == {200}
    text = "".join(answer.text for answer in answers.values())
    for claim in document(samples.incident())["claims"].values():
        assert f'data-claim="{claim["key"]}"' in text
    assert "It gave no proof" in text


@pytest.mark.parametrize(
    "name",
    [
        "claims/none",
        "claims",
        "report/report-99",
        "answers/x",
        "others/x",
        "candidates/99",
        "list/secrets",
        "nothing",
        "claims/../crash-site",
        "list/__class__",
    ],
)
def test_any_other_part_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/incidents/sample/parts/{name}").status_code == 404


@pytest.mark.parametrize("code", [code for code in NAMES if code != "en"])
def test_parts_come_in_the_language_of_their_page(client: FlaskClient, code: str) -> None:
    """Its addresses say which, whether the page was asked for in it or took it from the reader."""
    page = client.get("/incidents/sample", headers={"Accept-Language": code}).text
    found = re.search(r'data-parts="([^"]+)"', page)
    assert found
    assert parse_qs(urlsplit(unescape(found[1])).query)["lang"] == [code]
    assert language(code).translations.gettext("In the text version") in page
    address = unescape(found[1]).replace("PART", "claims/crash-site")
    part = client.get(address, headers={"Accept-Language": "en"})
    assert language(code).translations.gettext("Read it in the report") in part.text
    assert part.headers["Content-Language"] == code
    assert "Accept-Language" not in part.headers.get("Vary", "")
    assert "Accept-Language" in client.get("/incidents/sample/parts/claims/crash-site").headers["Vary"]
    report = client.get(address.replace("claims/crash-site", "report/report-1")).text
    assert f"/incidents/sample/reports/north?lang={code}" in report


def test_a_page_that_is_whole_has_no_parts(tmp_path: Path) -> None:
    config = Config(data=tmp_path, db="sqlite://", gazetteer=tmp_path / "none.db")
    client = create_app(config, store=Memory(samples.incident()), desk=Desk(), limited=False).test_client()
    assert "data-part" not in client.get("/incidents/sample").text
    assert client.get("/incidents/sample/parts/claims/crash-site").status_code == 404


def test_the_text_version_stays_complete(client: FlaskClient) -> None:
    text = client.get("/incidents/sample/table").text
    assert text.count("<blockquote") >= len(samples.incident().claims)
    assert "It gave no proof" in text


def test_a_part_is_text_and_never_markup_of_a_report(client: FlaskClient) -> None:
    page = client.get("/incidents/hostile").text
    for name in re.findall(r'data-part="([^"]+)"', page):
        found = client.get(f"/incidents/hostile/parts/{name}")
        assert "<script" not in found.text.lower(), name
        assert not re.search(r"<img|<svg/onload|<iframe", found.text.lower()), name
        assert "Content-Security-Policy" in found.headers
