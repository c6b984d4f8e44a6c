"""An incident's files, pictures and annotations over HTTP, and what other sites read of its page."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from geomap.config import STATIC, Config
from geomap.model import Finding, Role, Verdict
from geomap.render.export import FORMATS
from geomap.web import create_app
from tests import samples
from tests.web.fakes import Desk, Memory, hostile

pytestmark = pytest.mark.skipif(
    not (STATIC / "vendor" / "@expo-google-fonts").is_dir(), reason="static/vendor is not there: run make setup"
)

Json = dict[str, Any]


class Head(HTMLParser):
    """The meta elements of a page, and its JSON-LD."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.data: list[str] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.meta[found.get("property") or found.get("name", "")] = found.get("content", "")
        self._inside = tag == "script" and found.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.data.append(data)
            self._inside = False


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_served_as_a_file_that_is_sent_once(client: FlaskClient, form: str) -> None:
    answer = client.get(f"/api/incidents/sample/export?format={form}")
    assert answer.status_code == 200
    assert answer.content_type == FORMATS[form].media_type
    name = f'attachment; filename="sample-r1.{FORMATS[form].ending}"'
    assert answer.headers["Content-Disposition"] == name
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(f"/api/incidents/sample/export?format={form}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("page", ["/incidents/sample", "/incidents/sample/table"])
def test_pages_link_to_every_file(client: FlaskClient, page: str) -> None:
    addresses = re.findall(r'href="(/api/incidents/sample/export\?format=\w+)"', client.get(page).text)
    assert [each.rpartition("=")[2] for each in addresses] == list(FORMATS)
    assert {client.get(each).status_code for each in addresses} == {200}


def test_a_page_offers_no_file_that_cannot_be_made(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra library its format is not linked."""
    monkeypatch.setitem(FORMATS, "gpkg", replace(FORMATS["gpkg"], needs="a_library_that_is_not_there"))
    page = client.get("/incidents/sample").text
    assert "format=gpkg" not in page
    assert "format=geoparquet" in page


def test_a_revision_keeps_its_files(store: Memory, client: FlaskClient) -> None:
    """What is asked for by its number is what it was, and may be kept; what is not is as it is now."""
    store.held["sample"].append(replace(samples.incident(), title="Corrected"))
    old = client.get("/api/incidents/sample/export?format=geojson&rev=1")
    new = client.get("/api/incidents/sample/export?format=geojson")
    assert old.get_json(force=True)["incident"]["title"] == samples.incident().title
    assert new.get_json(force=True)["incident"]["title"] == "Corrected"
    assert "sample-r2.geojson" in new.headers["Content-Disposition"]
    assert "max-age" in old.headers["Cache-Control"]
    assert new.headers["Cache-Control"] == "no-cache"
    assert client.get("/api/incidents/sample/export?rev=3").status_code == 404


def test_an_incident_set_back_to_a_moment_has_its_own_files(client: FlaskClient) -> None:
    """The page's links lead to that state; a file is named for it, and a picture says which it is."""
    page = client.get("/incidents/sample?at=2024-01-25").text
    (address,) = re.findall(r'href="(/api/incidents/sample/export\?format=svg[^"]*)"', page)
    answer = client.get(address.replace("&amp;", "&"))
    assert answer.headers["Content-Disposition"].endswith('filename="sample-r1-20240124T2359Z.svg"')
    assert "as known on 24 January 2024, 23:59 UTC" in answer.text
    card = Head(page).meta["og:image"]
    assert "at=" in card
    assert client.get(card).status_code == 200
    early = client.get("/incidents/sample/map.png?at=1990-01-01")
    assert (early.status_code, early.content_type) == (400, "application/problem+json")


def test_annotations_are_served_where_their_ids_say(client: FlaskClient) -> None:
    answer = client.get("/api/incidents/sample/annotations")
    assert answer.content_type == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    document = answer.get_json(force=True)
    assert document["id"] == "http://localhost/api/incidents/sample/annotations"
    assert all(each["id"].startswith(document["id"] + "#") for each in document["first"]["items"])


def test_a_picture_is_served_at_the_size_asked_for(client: FlaskClient) -> None:
    answer = client.get("/incidents/sample/map.png?width=300&height=200&theme=dark")
    assert answer.content_type == "image/png"
    assert Image.open(io.BytesIO(answer.data)).size == (300, 200)
    drawing = client.get("/incidents/sample/map.svg?lang=uk")
    assert drawing.content_type.startswith("image/svg+xml")
    assert drawing.data.startswith(b"<?xml")
    assert "default-src 'none'" in drawing.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "query", ["width=4097", "height=119", "width=x", "theme=neon", 'lang="><script>', "rev=0", "width=" + "9" * 400]
)
def test_a_picture_that_cannot_be_drawn_is_a_problem_in_one_line(client: FlaskClient, query: str) -> None:
    for form in ("png", "svg"):
        answer = client.get(f"/incidents/sample/map.{form}?{query}")
        assert answer.status_code == 422
        assert answer.content_type == "application/problem+json"
        assert query.partition("=")[0] in answer.get_json()["detail"]
    missing = client.get("/incidents/none/map.png")
    assert (missing.status_code, missing.content_type) == (404, "application/problem+json")


def test_a_picture_is_told_in_words(client: FlaskClient) -> None:
    told: Json = client.get("/api/incidents/sample/picture?width=600&height=400&theme=dark").get_json()
    assert (told["width"], told["height"], told["revision"]) == (600, 400, 1)
    assert "Crash site: Yablonovo" in told["alt"]
    for form in ("png", "svg"):
        answer = client.get(told[form])
        assert answer.status_code == 200
        assert told["alt"].encode() in answer.data


# --- what other sites read of the page -------------------------------------------------------------------------------


def test_a_page_has_a_card(client: FlaskClient) -> None:
    """Open Graph and Twitter: title, summary, and a picture of the revision shown, with its size and its words."""
    meta = Head(client.get("/incidents/sample").text).meta
    assert meta["og:title"] == meta["twitter:title"] == samples.incident().title
    assert "two reports" in meta["og:description"].lower()
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    assert meta["twitter:card"] == "summary_large_image"
    assert 0 < len(meta["og:image:alt"]) <= 420
    assert "rev=1" in meta["og:image"]
    picture = client.get(meta["og:image"])
    assert Image.open(io.BytesIO(picture.data)).size == (1200, 630)


def test_a_card_is_https_everywhere_but_on_this_machine(client: FlaskClient) -> None:
    here = Head(client.get("/incidents/sample").text).meta
    there = Head(client.get("/incidents/sample", base_url="http://maps.example").text).meta
    assert here["og:image"].startswith("http://localhost/")
    assert there["og:image"].startswith("https://maps.example/incidents/sample/map.png?")
    assert there["og:url"] == "https://maps.example/incidents/sample"


def test_checks_are_published_as_reviews(config: Config, store: Memory) -> None:
    """Under the publisher's name, each with an address that leads to it on the page."""
    named = replace(config, publisher="The Example Desk", base_url="https://maps.example")
    ours = "https://maps.example/incidents/sample"
    incident = samples.incident()
    time = next(claim for claim in incident.claims if claim.role is Role.TIME)
    checked = Finding(time.id, Verdict.CONTRADICTED, "an hour off")
    store.held["sample"] = [replace(incident, findings=(*incident.findings, checked))]
    client = create_app(named, store=store, desk=Desk(), limited=False).test_client()
    (data,) = Head(client.get("/incidents/sample").text).data
    by_page: dict[str, list[str]] = {}
    for each in json.loads(data):
        assert each["@type"] == "ClaimReview"
        assert each["author"] == {
            "@type": "Organization",
            "name": "The Example Desk",
            "url": "https://maps.example/",
        }
        address, _, fragment = each["url"].partition("#")
        assert f'id="{fragment}"' in client.get(address.removeprefix("https://maps.example")).text
        by_page.setdefault(address, []).append(each["reviewRating"]["ratingExplanation"])
    assert by_page.keys() == {ours, f"{ours}/checks"}
    assert by_page[f"{ours}/checks"] == ["an hour off"]


def test_a_publisher_without_a_name_is_its_host(client: FlaskClient) -> None:
    (data,) = Head(client.get("/incidents/sample", base_url="http://maps.example").text).data
    assert {each["author"]["name"] for each in json.loads(data)} == {"maps.example"}


def test_hostile_words_stay_in_their_data(app: Flask, store: Memory) -> None:
    """A title or a reason that would close the script, an attribute or the comment stays what it is."""
    words = "</script><script>alert(1)</script><!--"
    found = hostile()
    findings = tuple(replace(each, reason=words) for each in found.findings)
    store.held["hostile"] = [replace(found, findings=findings)]
    page = app.test_client().get("/incidents/hostile").text
    assert "<script>alert" not in page
    head = Head(page)
    (data,) = head.data
    assert json.loads(data)[0]["reviewRating"]["ratingExplanation"] == words
    assert head.meta["og:title"] == found.title


# --- oEmbed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "size"),
    [({}, (1200, 630)), ({"maxwidth": "600"}, (600, 315)), ({"maxwidth": "9999", "maxheight": "315"}, (600, 315))],
)
def test_a_thumbnail_keeps_the_limits_and_its_proportions(
    client: FlaskClient, limits: dict[str, str], size: tuple[int, int]
) -> None:
    query = {"url": "http://localhost/incidents/sample", **limits}
    found = client.get("/oembed", query_string=query).get_json()
    assert (found["thumbnail_width"], found["thumbnail_height"]) == size
    assert Image.open(io.BytesIO(client.get(found["thumbnail_url"]).data)).size == size


def test_a_thumbnail_too_small_to_read_is_left_out(client: FlaskClient) -> None:
    query = {"url": "http://localhost/incidents/sample", "maxwidth": "100"}
    assert "thumbnail_url" not in client.get("/oembed", query_string=query).get_json()


def test_a_thumbnail_is_of_the_revision_that_the_frame_shows(client: FlaskClient) -> None:
    query = {"url": "http://localhost/embed/sample?rev=1&zoom=8"}
    address = client.get("/oembed", query_string=query).get_json()["thumbnail_url"]
    assert "rev=1" in address
    assert client.get(address).status_code == 200
