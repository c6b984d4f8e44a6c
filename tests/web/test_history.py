"""What was known when over HTTP: pages set back to a moment, a report's page and versions, and bad moments."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geomap.config import Config
from geomap.model import Article, Claim, Count, Incident
from geomap.web import create_app
from tests import samples
from tests.web.fakes import Desk, Memory

MORNING = dt.datetime(2024, 1, 24, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=3)))
NOON = MORNING + dt.timedelta(hours=3)
EVENING = MORNING + dt.timedelta(hours=9)


def timed() -> tuple[Incident, Incident]:
    """The sample incident with hours, and again after its first report came back changed."""
    found = samples.incident()
    first, second = (
        replace(article, published=hour.date(), published_at=hour)
        for article, hour in zip(found.articles, (MORNING, NOON), strict=True)
    )
    before = replace(found, articles=(first, second))
    note = "\n\nCorrection: an earlier version of this article said 63 people were aboard; it was 65."
    changed = replace(
        first, text=first.text + note, digest="changed", title="Changed", updated=EVENING.date(), updated_at=EVENING
    )
    return before, replace(before, articles=(changed, second), claims=_recounted(found.claims, first))


def _recounted(claims: tuple[Claim, ...], article: Article) -> tuple[Claim, ...]:
    """The claims with one count of that report put one higher, and one other claim of it withdrawn."""
    mine = [claim for claim in claims if claim.article == article.id]
    count = next(claim for claim in mine if isinstance(claim.value, Count))
    assert isinstance(count.value, Count)
    higher = replace(count, value=replace(count.value, count=count.value.count + 1))
    gone = next(claim for claim in reversed(mine) if claim != count)
    return tuple(higher if claim == count else claim for claim in claims if claim != gone)


@pytest.fixture
def app(config: Config) -> Flask:
    """The app over that incident in two revisions, and the sample, whose reports have a day alone."""
    before, after = timed()
    store = Memory(replace(before, id="timed"), samples.incident())
    store.held["timed"].append(replace(after, id="timed"))
    return create_app(config, store=store, desk=Desk(), limited=False)


@pytest.fixture
def first(app: Flask) -> str:
    """The id of the report that came back changed."""
    assert app
    return samples.incident().articles[0].id


def test_a_page_steps_through_its_moments(client: FlaskClient) -> None:
    """Each moment with its address; the last is the page itself, without one."""
    page = client.get("/incidents/timed").text
    urls = re.findall(r'data-url="([^"]*)"', page)
    assert urls == [
        "/incidents/timed?at=2024-01-24T06:00Z",
        "/incidents/timed?at=2024-01-24T09:00Z",
        "/incidents/timed",
    ]
    assert "24 January 2024, 18:00 (UTC+3)" in page
    assert 'type="range"' in page
    assert re.search(r'<select [^>]*name="at"', page)


@pytest.mark.parametrize(
    "path", ["/incidents/timed", "/incidents/timed/table", "/embed/timed", "/incidents/timed/checks"]
)
def test_a_page_set_back_holds_only_what_was_known(client: FlaskClient, path: str) -> None:
    """The second report is not there before noon, on any page."""
    second = samples.incident().articles[1]
    assert second.outlet in client.get(path).text
    page = client.get(path, query_string={"at": "2024-01-24T06:30Z"})
    assert page.status_code == 200
    assert second.outlet not in page.text


def test_moments_between_two_stops_are_one_state(client: FlaskClient) -> None:
    """However exactly a moment is asked for, it is answered with the stop before it."""
    answers = [
        client.get("/api/incidents/timed", query_string={"at": f"2024-01-24T06:{minute}Z"}) for minute in (10, 50)
    ]
    assert answers[0].get_json() == answers[1].get_json()
    assert len(answers[0].get_json()["incident"]["reports"]) == 1


def test_the_api_is_set_back_too(client: FlaskClient, first: str) -> None:
    """GeoJSON and claims; the reports carry their hours."""
    whole = client.get("/api/incidents/timed").get_json()["incident"]["reports"]
    assert [each["published_at"] for each in whole] == ["2024-01-24T09:00:00+03:00", "2024-01-24T12:00:00+03:00"]
    assert whole[0]["updated_at"] == "2024-01-24T18:00:00+03:00"
    rows = client.get("/api/incidents/timed/claims", query_string={"at": "2024-01-24T06:00Z"}).get_json()["claims"]
    assert {each["report"] for each in rows} == {first}


@pytest.mark.parametrize("path", ["/incidents/timed", "/incidents/timed/table", "/embed/timed", "/api/incidents/timed"])
@pytest.mark.parametrize(
    "at", ["soon", "2024-01-23", "2024-01-24T05:59Z", "2024-01-24T10:00", "9" * 50, "2024-01-24T10:00 Moscow time"]
)
def test_a_moment_that_cannot_be_is_one_clear_error(client: FlaskClient, path: str, at: str) -> None:
    """No moment, one without a zone, and one before the first report: 400, and what to do."""
    answer = client.get(path, query_string={"at": at})
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
    assert "no moment" in answer.text or "no report was out" in answer.text


@pytest.mark.parametrize("rev", ["x", "0", "-1", "1.5", "9" * 30, "²"])
def test_a_revision_that_cannot_be_is_one_clear_error(client: FlaskClient, rev: str) -> None:
    """A number from 1, and nothing else."""
    assert client.get("/incidents/timed", query_string={"rev": rev}).status_code == 400


def test_one_moment_leaves_nothing_to_step_through(client: FlaskClient) -> None:
    """The page says so, and that the reports give no hour; there is no slider."""
    page = client.get("/incidents/sample").text
    assert "All 2 reports are of one day (24 January 2024, no hour given)" in page
    assert 'id="asof-range"' not in page


def test_a_report_has_a_page_with_its_versions(client: FlaskClient, first: str) -> None:
    """The newest is shown; each is at ``?version=N``; what changed stands in ins and del, with words for it too."""
    page = client.get(f"/incidents/timed/reports/{first}").text
    assert '<span aria-current="page">Version 2</span>' in page
    assert f"/incidents/timed/reports/{first}?version=1" in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "[added: " in page
    assert "What it corrects" in page
    old = client.get(f"/incidents/timed/reports/{first}?version=1").text
    assert '<span aria-current="page">Version 1</span>' in old
    assert "What changed from" not in old
    assert "What it corrects" not in old


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("timed/reports/none", 404),
        ("none/reports/a", 404),
        ("timed/reports/{}?version=3", 404),
        ("timed/reports/{}?version=x", 400),
    ],
)
def test_reports_and_versions_that_are_not_there(client: FlaskClient, first: str, address: str, status: int) -> None:
    assert client.get("/incidents/" + address.format(first)).status_code == status


def test_the_ledger_leads_to_the_report_and_says_that_it_changed(client: FlaskClient, first: str) -> None:
    """Where a report has been changed its entry says so."""
    page = client.get("/incidents/timed").text
    assert f'href="/incidents/timed/reports/{first}"' in page
    assert page.count("changed since first published</a>") == 1


def test_the_api_has_the_versions(client: FlaskClient, first: str) -> None:
    """Both wordings with their claims, and what changed in the second."""
    found = client.get(f"/api/incidents/timed/reports/{first}/versions").get_json()
    one, two = found["versions"]
    assert (one["number"], one["changes"], one["known"]) == (1, None, "2024-01-24T06:00Z")
    assert (two["revision"], two["known"]) == (2, "2024-01-24T15:00Z")
    assert len(two["changes"]["altered"]) == 1
    assert len(two["changes"]["withdrawn"]) == 1
    assert client.get("/api/incidents/timed/reports/none/versions").status_code == 404


def test_a_live_frame_says_what_was_corrected_and_a_frozen_one_does_not(client: FlaskClient) -> None:
    """One line with when and what; a frame of a revision or a moment stays as it was."""
    line = "Corrected 24 January 2024, 18:00 (UTC+3)"
    assert line in client.get("/embed/timed").text
    assert line in client.get("/incidents/timed").text
    for query in ("rev=1", "rev=2", "at=2024-01-24T06:30Z"):
        assert "data-corrected" not in client.get(f"/embed/timed?{query}").text
    assert "data-corrected" not in client.get("/embed/sample").text


def test_a_frozen_frame_keeps_the_first_wording(client: FlaskClient) -> None:
    """What came later is not in it, not even in its link back."""
    page = client.get("/embed/timed?rev=1").text
    assert re.search(r'href="[^"]*/incidents/timed\?rev=1"', page)


def test_a_note_on_the_whole_of_it_is_on_every_page(config: Config) -> None:
    """Markup in it is text."""
    told = replace(samples.incident(), note="Invented <b>example</b>")
    client = create_app(config, store=Memory(told), desk=Desk(), limited=False).test_client()
    for path in ("/incidents/sample", "/incidents/sample/table", "/embed/sample", "/incidents/sample/reports/north"):
        page = client.get(path).text
        assert "Invented &lt;b&gt;example" in page, path
        assert "Invented <b>" not in page, path
    assert client.get("/api/incidents/sample").get_json()["incident"]["note"] == told.note


def test_a_page_set_back_is_framed_as_it_is(client: FlaskClient) -> None:
    """What it offers for other sites, by hand and through oEmbed, keeps its moment."""
    answer = client.get("/incidents/timed", query_string={"at": "2024-01-24T06:30Z", "rev": "2"})
    assert re.search(r"/embed/timed\?rev=2&amp;at=2024-01-24T06:30Z", answer.text)
    discovered = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', answer.text)
    assert discovered
    offered = client.get(discovered[1].replace("&amp;", "&")).get_json()["html"]
    assert re.search(r"/embed/timed\?(?:rev=2&amp;)?at=2024-01-24T06%3A30Z", offered)
