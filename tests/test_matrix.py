"""Who says what: the view that pages make of an incident's comparisons."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from geomap.config import STATIC
from geomap.model import Claim, Count, Incident, Role, Status
from geomap.render.document import document
from geomap.render.geojson import feature_collection
from geomap.render.matrix import COLUMNS, FULL_COLUMNS, ROWS
from geomap.render.page import page
from tests import samples
from tests.samples import MINISTRY, NORTH, SOUTH, crowd


@pytest.fixture(scope="module")
def view() -> dict[str, Any]:
    result: dict[str, Any] = document(samples.incident())["matrix"]
    return result


def question(view: dict[str, Any], about: str) -> dict[str, Any]:
    return next(each for each in view["questions"] if each["about"] == about)


def test_every_claim_that_answers_has_its_mark(view: dict[str, Any]) -> None:
    """Each claim of a comparison is behind a mark of its own report, or beside one that says more."""
    incident = samples.incident()
    claims = document(incident)["claims"]
    for compared in incident.comparisons:
        shown = question(view, compared.about)
        for answer, side in zip(shown["answers"], compared.sides, strict=True):
            assert set(answer["marks"]) == {claims[id]["report_key"] for id in side.claims}


def test_what_is_contested_comes_first(view: dict[str, Any]) -> None:
    """A reader looks for disagreements."""
    contested = [each["contested"] for each in view["questions"]]
    assert contested == sorted(contested, reverse=True)
    assert [each["label"] for each in view["questions"][: sum(contested)]] == ["Time", "Cargo"]


def test_a_report_that_gives_another_answer_is_told_from_a_silent_one(view: dict[str, Any]) -> None:
    """Both reports give a time; only one says where it was launched from."""
    time, launch = question(view, "time"), question(view, "launch-area")
    assert set(time["reports"]) == {"report-1", "report-2"}
    assert [set(answer["marks"]) for answer in time["answers"]] == [{"report-1"}, {"report-2"}]
    assert set(launch["reports"]) == {"report-1"}


def test_an_answer_says_how_many_origins_it_has_and_through_whom(view: dict[str, Any]) -> None:
    """The count is of origins, the outlets stand under them."""
    (answer,) = [each for each in question(view, "cargo")["answers"] if each["value"] == "prisoners of war"]
    assert answer["support_text"] == "one origin"
    assert answer["backing"] == [{"origin": MINISTRY, "outlets": ["Northern Wire"], "independent": True}]


def test_denials_are_marked_and_speak_against_an_answer() -> None:
    """An answer that somebody denies is disputed, though nobody gives another."""
    incident = samples.incident()
    (place,) = [each for each in incident.comparisons if each.about == "launch-area"]
    asserted = next(claim for claim in incident.claims if claim.id in place.sides[0].claims)
    denial = replace(
        asserted,
        id="denial",
        article=SOUTH.id,
        attribution=replace(asserted.attribution, status=Status.DENIED),
    )
    denied = replace(place, sides=(replace(place.sides[0], denied=(denial.id,)),))
    doc = document(replace(incident, claims=(*incident.claims, denial), comparisons=(denied,)))
    (answer,) = doc["matrix"]["questions"][0]["answers"]
    assert [mark for mark, _ in answer["marks"]["report-2"]] == ["denies"]
    entry = next(each for each in doc["entries"] if each["id"] == "launch-area")
    assert entry["said"]["against"] == ["it is denied"]


def test_entries_facts_and_conflicts_point_to_their_answers() -> None:
    """What stands in the ledger carries the support of its answer, and what speaks against it."""
    doc = document(samples.incident())
    ids = {answer["id"] for question in doc["matrix"]["questions"] for answer in question["answers"]}
    for shown in (*doc["places"], *doc["facts"], *(side for each in doc["conflicts"] for side in each["sides"])):
        assert shown["said"] is None or shown["said"]["answer"] in ids
    times = [side["said"]["against"] for each in doc["conflicts"] if each["about"] == "time" for side in each["sides"]]
    assert times == [["others say 11:15"], ["others say about 11:00"]]


def test_the_export_has_every_comparison_and_marks_what_is_disputed() -> None:
    """GeoJSON's further member ``comparisons``, and ``disputed`` on what claims stand for."""
    incident = samples.incident()
    found = json.loads(json.dumps(feature_collection(incident)))
    assert [each["about"] for each in found["comparisons"]] == [each.about for each in incident.comparisons]
    assert {each["about"] for each in found["comparisons"] if each["contested"]} == {"time", "cargo"}
    side = next(each for each in found["comparisons"] if each["about"] == "cargo")["sides"][0]
    assert (side["support"], side["backing"][0]["origin"]) == (1, MINISTRY)
    drawn = [f["properties"] for f in found["features"] if f["properties"]["role"] != "mentioned"]
    assert {each["disputed"] for each in drawn} == {False}


def test_many_reports_share_a_column_and_many_answers_a_row() -> None:
    """Of 80 reports with 80 answers, those that tell most have columns; every mark is still on the page once."""
    incident = crowd(80)
    doc = document(incident)
    assert (len(doc["matrix"]["leading"]), len(doc["matrix"]["full"])) == (COLUMNS, FULL_COLUMNS)
    (asked,) = doc["matrix"]["questions"]
    assert len(asked["answers"]) == 80 > ROWS
    html = page(incident, static=STATIC)
    for claim in incident.claims:
        assert html.count(f'href="#said-{doc["claims"][claim.id]["key"]}"') >= 1


def test_an_incident_without_reports_has_no_questions() -> None:
    """Nothing to compare, nothing shown."""
    doc = document(Incident("none", "Nothing", None, ()))
    assert doc["matrix"]["questions"] == []


def test_every_mark_leads_to_words_that_are_on_the_page() -> None:
    """Each quote has the anchor that its mark points to, once."""
    incident = samples.incident()
    html = page(incident, static=STATIC)
    keys = [claim["key"] for claim in document(incident)["claims"].values()]
    assert [key for key in keys if html.count(f'id="said-{key}"') != 1] == []


def test_a_count_without_rivals_is_plain() -> None:
    """A claim added to one report changes no other question."""
    incident = samples.incident()
    more = Claim("more", NORTH.id, incident.claims[0].span, "x", Role.COUNT, incident.claims[0].attribution)
    doc = document(replace(incident, claims=(*incident.claims, replace(more, value=Count(3, "crew")))))
    assert len(doc["matrix"]["questions"]) == len(incident.comparisons)
