"""Pages and API of an incident whose reports convert times and add up numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geomap.config import Config
from geomap.desk import Check
from geomap.model import Finding, Incident, Role, Verdict
from geomap.web import create_app
from tests import samples
from tests.web.fakes import Desk, Memory

WORDS = "65 + 6 = 71, not <b>72</b>: one fewer than the parts"


def checked() -> Incident:
    """The sample incident with a time that agrees and a sum that does not."""
    incident = samples.incident()
    (time, *_), (count, *_) = (
        [each.id for each in incident.claims if each.role is role] for role in (Role.TIME, Role.COUNT)
    )
    findings = (
        Finding(time, Verdict.AGREES, "11:00 at Yablonovo (UTC+3) is 08:00 GMT, as quoted"),
        Finding(count, Verdict.CONTRADICTED, WORDS, parts=(count,)),
    )
    return replace(incident, findings=(*incident.findings, *findings))


class PlainDesk(Desk):
    """A desk that finds the times and sums of that incident in any text."""

    def check(self, text: str, **_: object) -> Sequence[Check]:
        incident = checked()
        told = {claim.id: claim for claim in incident.claims}
        return [Check(told[f.claim], f) for f in incident.findings if told[f.claim].role in (Role.TIME, Role.COUNT)]


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    config = Config(data=tmp_path, db="sqlite://", gazetteer=tmp_path / "none.db")
    return create_app(config, store=Memory(checked()), desk=PlainDesk(), limited=False).test_client()


@pytest.mark.parametrize("path", ["/incidents/sample/checks", "/incidents/sample/table"])
def test_the_pages_list_sums_and_times(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert "Sums and times checked" in page
    assert "11:00 at Yablonovo (UTC+3) is 08:00 GMT, as quoted" in page
    assert "not &lt;b&gt;72&lt;/b&gt;" in page


def test_the_ledger_says_it_beside_the_claim(client: FlaskClient) -> None:
    page = client.get("/incidents/sample").text
    assert "not &lt;b&gt;72&lt;/b&gt;" in page
    assert '<span class="verdict contradicted">contradicted</span>' in page


def test_the_api_has_them_with_their_claims_and_as_a_member(client: FlaskClient) -> None:
    claims = client.get("/api/incidents/sample/claims").get_json()["claims"]
    (sum_,) = (each for each in claims if each["finding"] and each["finding"].get("parts"))
    assert (sum_["role"], sum_["finding"]["verdict"]) == ("count", "contradicted")
    assert [each["kind"] for each in client.get("/api/incidents/sample").get_json(force=True)["checks"]] == [
        "time",
        "sum",
    ]


def test_a_text_of_times_and_sums_needs_no_map(client: FlaskClient) -> None:
    page = client.get("/check?q=whatever").text
    assert "One time and one sum found" in page
    assert 'id="check-2"' in page
    assert "leaflet.js" not in page


def test_the_api_of_the_desk_marks_their_kind(client: FlaskClient) -> None:
    found = client.post("/api/check", json={"text": "whatever"}).get_json()["checks"]
    assert [each["kind"] for each in found] == ["time", "sum"]
    assert found[1]["finding"]["parts"]
    assert found[1]["ends"] == {"reference": None, "subject": None}
