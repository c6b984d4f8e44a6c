"""The API: what it answers, in which shape it fails, and that its OpenAPI document tells the truth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from geomap.config import Config
from geomap.web import create_app
from tests import samples
from tests.web.fakes import Desk, Memory


def test_incidents_are_listed(client: FlaskClient) -> None:
    found = client.get("/api/incidents").get_json()["incidents"]
    assert found[0]["id"] == "sample"
    assert (found[0]["reports"], found[0]["revision"], found[0]["date"]) == (2, 1, "2024-01-24")


def test_an_incident_is_geojson_that_is_sent_once(client: FlaskClient) -> None:
    answer = client.get("/api/incidents/sample")
    assert answer.mimetype == "application/geo+json"
    assert answer.get_json(force=True)["type"] == "FeatureCollection"
    again = client.get("/api/incidents/sample", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_claims_name_their_report_and_their_finding(client: FlaskClient) -> None:
    rows = client.get("/api/incidents/sample/claims").get_json()["claims"]
    assert len(rows) == len(samples.incident().claims)
    distance = next(row for row in rows if row["role"] == "distance" and row["finding"])
    assert distance["report"] in ("north", "south")
    assert distance["finding"]["verdict"] == "agrees"


def test_a_sentence_is_checked(client: FlaskClient) -> None:
    found = client.post("/api/check", json={"text": "70 km northeast of Belgorod"}).get_json()["checks"]
    assert found[0]["value"]["quantity"] == 70
    assert found[0]["finding"]["verdict"] == "agrees"


def test_a_text_is_geoparsed_for_the_kinds_asked_for(client: FlaskClient) -> None:
    every = client.post("/api/geoparse", json={"id": "a", "text": "Belgorod"}).get_json()
    assert every["id"] == "a"
    some = client.post("/api/geoparse", json={"text": "Belgorod", "kinds": ["metonymic"]}).get_json()
    assert {each["kind"] for each in some["mentions"]} < {each["kind"] for each in every["mentions"]}


def test_a_text_is_read_for_its_claims(client: FlaskClient) -> None:
    found = client.post("/api/extract", json={"id": "b", "text": "Something happened."}).get_json()
    assert found["id"] == "b"
    assert found["claims"][0].keys() >= {"role", "quote", "start", "end", "subject", "value", "speaker", "chain"}


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/api/check", {}, 422, "text: Missing data"),
        ("/api/check", {"text": ""}, 422, "text: Length"),
        ("/api/check", {"text": "binary"}, 422, "it is binary"),
        ("/api/check", {"text": 5}, 422, "text: Not a valid string"),
        ("/api/check", [1], 422, "Invalid input"),
        ("/api/geoparse", {"text": "a", "kinds": ["x"]}, 422, "kinds: Must be one of"),
        ("/api/extract", {"text": "a" * 100_001}, 422, "text: Length"),
    ],
)
def test_a_text_that_cannot_be_read_is_told_in_one_line(
    client: FlaskClient, path: str, body: object, status: int, words: str
) -> None:
    answer = client.post(path, json=body)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    problem = answer.get_json(force=True)
    assert words in problem["detail"]
    assert "\n" not in problem["detail"]


@pytest.mark.parametrize("path", ["/api/check", "/api/geoparse", "/api/extract"])
def test_json_nested_beyond_reason_is_refused(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data="[" * 100_000, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_one_shape_of_error(client: FlaskClient) -> None:
    """Problem details (RFC 9457), whatever went wrong."""
    answers = [
        client.get("/api/incidents/none"),
        client.get("/api/nothing"),
        client.delete("/api/incidents"),
        client.post("/api/check", data="{", content_type="application/json"),
        client.post("/api/check", data="a=b"),
        client.post("/api/check", data="x" * 1_100_000, content_type="application/json"),
        client.get("/api/incidents/sample?rev=0"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 405, 400, 415, 413, 422]
    for answer in answers:
        problem = answer.get_json(force=True)
        assert answer.mimetype == "application/problem+json"
        assert problem.keys() >= {"type", "title", "status", "detail"}
        assert problem["status"] == answer.status_code


def test_health_follows_the_store(client: FlaskClient, store: Memory) -> None:
    """A broken store is unhealthy, and its place on the disk is nobody's business."""
    assert client.get("/healthz").get_json() == {"status": "ok", "incidents": 2}
    store.broken = True
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "secret" not in answer.text


def test_the_document_names_every_route_of_the_api(app: Flask, client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    routes = {
        rule.rule.replace("<id>", "{id}").replace("<report>", "{report}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/api/", "/oembed")) or rule.rule.endswith((".png", ".svg"))
    }
    assert document["paths"].keys() == routes - {"/api/openapi.json"} | {"/healthz"}
    for path in document["paths"].values():
        for operation in path.values():
            errors = {code: each for code, each in operation["responses"].items() if code >= "400"}
            assert errors
            assert all("application/problem+json" in each["content"] for each in errors.values())


CHECKS = {
    # 413 refuses what is too large before it is looked at.
    "negative_data_rejection": {"expected-statuses": ["4xx"]},
    # What a schema cannot say: that a text is binary, or an address is of another site.
    "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404", "422", "501"]},
    # oEmbed wants 501 for a format that is not had.
    "not_a_server_error": {"expected-statuses": ["2xx", "3xx", "4xx", "501"]},
}


def documented() -> Any:
    """The API as its document describes it; no more than a store in memory stands behind it."""
    config = Config(data=Path(), db="sqlite://", gazetteer=Path("none.db"))
    app = create_app(config, store=Memory(samples.incident()), desk=Desk(), limited=False)
    rules = SchemathesisConfig.from_dict({"checks": CHECKS})
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app, config=rules)


@documented().parametrize()
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_answers_are_as_the_document_says(case: Any) -> None:
    """Whatever is sent, the status, type and body are ones the document names, and nothing fails unforeseen."""
    case.call_and_validate(headers={"Accept-Encoding": "identity"})  # its WSGI client unpacks nothing
