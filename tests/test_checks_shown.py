"""Sums and times, from the report to every place they are shown: findings, GeoJSON, pages, desk, wire, terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from geomap import read, terminal, wire
from geomap.cli import cli
from geomap.config import Config
from geomap.desk import Desk
from geomap.model import Article, Gazetteer, Incident, Verdict
from geomap.pipeline import Pipeline
from geomap.render import desk as desk_view
from geomap.render.document import document
from geomap.render.geojson import feature_collection

REPORTS = {
    "first": "A cargo plane crashed near Belgorod at 10:20 a.m. local time (0720 GMT) on Wednesday, January 24, "
    "killing all 74 people on board, the transport ministry said. The plane was carrying 65 prisoners.",
    "second": "A cargo plane crashed near Belgorod around 10:00 local time (0800 GMT) on Wednesday, January 24. There "
    "were 73 people on board: 65 prisoners, six crew and three guards.",
}
TEXT = (
    "There were 72 people on board: 65 prisoners, six crew and three guards. "
    "The tug left Minsk at 11:15 local time (0915 GMT) on Friday, 5 May 2023. "
    "Belgorod is about 60 miles north of Kharkiv."
)


@pytest.fixture(scope="module")
def incident(gazetteer: Gazetteer) -> Incident:
    """Two reports of one crash, one of which converts and adds up wrongly."""
    articles = [reported(id, text) for id, text in REPORTS.items()]
    return Pipeline(gazetteer=gazetteer).incident(articles, id="crash")


def reported(id: str, text: str) -> Article:
    return read.text(f"date 2024-01-24 {text}", id=id)


@pytest.fixture(scope="module")
def desk(gazetteer: Gazetteer) -> Desk:
    """A desk over the gazetteer that set-up built."""
    assert gazetteer
    return Desk(Config.read())


def test_the_incident_has_a_finding_for_each(incident: Incident) -> None:
    told = {claim.id: claim for claim in incident.claims}
    found = {(told[f.claim].article, str(told[f.claim].role)): f for f in incident.findings}
    assert found["first", "time"].verdict is Verdict.AGREES
    assert "10:20 at Belgorod (UTC+3) is 07:20 GMT" in found["first", "time"].reason
    assert found["second", "time"].verdict is Verdict.CONTRADICTED
    assert found["second", "count"].reason == "65 + 6 + 3 = 74, not 73: one fewer than the parts"
    assert {told[id].article for id in found["second", "count"].parts} == {"second"}


def test_the_export_has_them_as_a_member_and_not_as_features(incident: Incident) -> None:
    collection = json.loads(json.dumps(feature_collection(incident)))
    assert [(each["kind"], each["verdict"], each["reports"]) for each in collection["checks"]] == [
        ("time", "agrees", ["first"]),
        ("time", "contradicted", ["second"]),
        ("sum", "contradicted", ["second"]),
    ]
    assert {f["properties"]["role"] for f in collection["features"]}.isdisjoint({"time", "count"})


def test_the_page_has_them_beside_their_claims(incident: Incident) -> None:
    doc = document(incident)
    assert [(c["id"], c["label"], c["verdict"]) for c in doc["checks"]] == [
        ("check-1", "Time", "agrees"),
        ("check-2", "Time", "contradicted"),
        ("check-3", "Sum", "contradicted"),
    ]
    for check in doc["checks"]:
        assert doc["claims"][check["claims"][0]]["finding"]["reason"] == check["reason"]
    (sum_,) = (fact for fact in doc["facts"] if fact["value"] == "73 aboard")
    assert sum_["finding"]["verdict"] == "contradicted"


def test_one_line_counts_them(incident: Incident) -> None:
    assert "3 times and sums checked" in terminal.account(incident)


def test_the_desk_checks_whatever_a_text_holds(desk: Desk) -> None:
    """In the order of the text, of an incident or not."""
    checks = desk.check(TEXT)
    assert [(str(c.claim.role), str(c.finding.verdict)) for c in checks] == [
        ("count", "contradicted"),
        ("time", "contradicted"),
        ("distance", "plausible"),
    ]


def test_the_desks_page_marks_each_and_counts_them(desk: Desk) -> None:
    doc = desk_view.document(TEXT, desk.check(TEXT))
    assert doc["found"] == "One distance, one time and one sum"
    assert [each["id"] for each in (*doc["distances"], *doc["checks"])] == ["distance", "check-1", "check-2"]
    assert {run["entry"] for run in doc["text"] if "entry" in run} == {"distance", "check-1", "check-2"}


def test_the_wire_marks_what_is_no_distance(desk: Desk) -> None:
    """A distance's shape is as it was; a time or a sum says which it is."""
    sum_, time, distance = (wire.check(each) for each in desk.check(TEXT))
    assert (sum_["kind"], time["kind"]) == ("sum", "time")
    assert "kind" not in distance
    assert "parts" not in distance["finding"]
    assert sum_["finding"]["measured_km"] is None
    assert sum_["ends"] == {"reference": None, "subject": None}


def test_the_command_prints_them(desk: Desk) -> None:
    said = terminal.checks(desk.check(TEXT))
    assert "CONTRADICTED: 65 + 6 + 3 = 74, not 72: two fewer than the parts" in said
    assert "CONTRADICTED: 5 May 2023 was a Friday, as said; 11:15 at Minsk (UTC+3) is 08:15 GMT, not 09:15" in said


def test_a_text_that_holds_nothing_is_told_so(desk: Desk) -> None:
    assert terminal.checks(desk.check("Nothing of the kind is said here.")).startswith("no distance is quoted here")


def test_extraction_keeps_its_shape(tmp_path: Path) -> None:
    """What checks are made from is no part of what a claim says."""
    source = tmp_path / "reports.jsonl"
    source.write_text(json.dumps({"id": "a", "text": REPORTS["second"]}) + "\n", encoding="utf8")
    result = CliRunner().invoke(cli, ["extract", str(source)])
    claims: list[dict[str, Any]] = json.loads(result.output)["claims"]
    time, *_ = (claim["value"] for claim in claims if claim["role"] == "time")
    assert set(time) == {"local", "gmt", "zones", "date", "hedge"}
    aboard, *_ = (claim["value"] for claim in claims if claim["role"] == "count")
    assert set(aboard) == {"count", "of", "hedge"}
