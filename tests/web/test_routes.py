"""The pages that people read: what each answers, and how it fails."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from html.parser import HTMLParser

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from geomap.config import STATIC, Config
from geomap.render.assets import BUNDLES
from geomap.web import create_app
from tests import samples
from tests.web.fakes import Desk, Memory

PAGES = ("/", "/incidents/sample", "/incidents/sample/checks", "/incidents/sample/table", "/embed/sample", "/check")


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_html_with_a_language_and_a_title(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert '<html lang="en"' in answer.text
    assert re.search(r"<title>[^<]{5,}</title>", answer.text)


def test_home_lists_the_incidents_with_their_counts(client: FlaskClient) -> None:
    page = client.get("/").text
    assert 'href="/incidents/sample"' in page
    assert "2 reports" in page


def test_home_without_incidents_says_how_to_add_one(config: Config) -> None:
    page = create_app(config, store=Memory(), desk=Desk()).test_client().get("/").text
    assert "geomap ingest" in page


def test_an_incident_links_to_its_other_forms(client: FlaskClient) -> None:
    """The page leads to its text, its checks, its frame and its GeoJSON."""
    page = client.get("/incidents/sample").text
    for part in ("/incidents/sample/table", "/incidents/sample/checks", "/embed/sample", "/api/incidents/sample"):
        assert part in page


@pytest.mark.parametrize(
    "path", ["/incidents/none", "/incidents/none/table", "/embed/none", "/nothing", "/incidents/%00"]
)
def test_what_is_not_here_is_a_page_that_says_so(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "Traceback" not in answer.text


def test_a_sentence_is_checked_on_the_desk(client: FlaskClient) -> None:
    page = client.get("/check", query_string={"q": "It lies 70 km northeast of Belgorod."}).text
    assert "It lies 70 km northeast of Belgorod." in page
    assert "61.7 km" in page


@pytest.mark.parametrize(
    ("sentence", "words"),
    [("binary", "it is binary"), ("y" * 200_000, "200,000 characters")],
)
def test_the_desk_says_what_is_wrong_with_a_sentence(client: FlaskClient, sentence: str, words: str) -> None:
    answer = client.get("/check", query_string={"q": sentence})
    assert answer.status_code == 400
    assert words in answer.text


def test_a_frame_shows_the_revision_it_names(client: FlaskClient, store: Memory) -> None:
    """rev freezes what is shown; without it the newest is."""
    store.held["sample"].append(replace(samples.incident(), title="Corrected title"))
    assert "Corrected title" in client.get("/embed/sample").text
    assert "Corrected title" not in client.get("/embed/sample?rev=1").text
    assert client.get("/embed/sample?rev=9").status_code == 404


def test_a_page_is_fresh_once_its_incident_is_saved_again(client: FlaskClient, store: Memory) -> None:
    client.get("/incidents/sample")
    store.held["sample"].append(replace(samples.incident(), title="Saved again"))
    assert "Saved again" in client.get("/incidents/sample").text


@pytest.mark.parametrize(
    "query",
    [
        "lat=50.6&lon=36.6&zoom=8",
        "layers=crash-site,route",
        "layers=",
        "lang=uk-UA",
        "rev=1",
        "utm_source=x",
        "childId=a-1",
    ],
)
def test_a_frame_takes_the_choices_of_its_address(client: FlaskClient, query: str) -> None:
    assert client.get(f"/embed/sample?{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "lat=91",
        "lat=nan",
        "lon=east",
        "layers=roads",
        "lang=<b>",
        "rev=0",
        "rev=x",
        "theme=red",
        "childId=<>",
    ],
)
def test_a_frame_passes_over_a_choice_that_cannot_be(client: FlaskClient, query: str) -> None:
    """A slip in an address never costs a reader the map; oEmbed hands on only what can be."""
    answer = client.get(f"/embed/sample?{query}")
    assert answer.status_code == 200
    assert "<b>" not in answer.text
    frame = client.get("/oembed", query_string={"url": f"http://localhost/embed/sample?zoom=8&{query}"}).get_json()
    assert 'src="http://localhost/embed/sample?zoom=8"' in frame["html"]


class Scripts(HTMLParser):
    """Collects what a browser would run or load."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.handlers: list[str] = []
        self.loaded: list[str] = []
        self._attributes: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.handlers += [name for name in attributes if name.startswith("on")]
        self.loaded += [
            value
            for name, value in attrs
            if value and name in ("src", "href", "action") and (tag != "a") and value.startswith(("http", "//"))
        ]
        self._attributes = attributes if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        self._attributes = None

    def handle_data(self, data: str) -> None:
        if self._attributes is not None and "src" not in self._attributes and data.strip():
            if self._attributes.get("type") not in ("application/json", "application/ld+json"):
                assert self._attributes.get("nonce")
            self.inline.append(data)


@pytest.mark.parametrize("path", [path.replace("sample", "hostile") for path in PAGES])
def test_words_of_a_report_never_become_markup(client: FlaskClient, path: str) -> None:
    """A title, place or speaker with tags and template marks in it stays text on every page."""
    page = client.get(path).text
    found = Scripts()
    found.feed(page)
    assert "<script>alert(1)" not in page
    assert not found.handlers
    assert not any("alert(2)" in script and "hostile" not in script for script in found.inline)


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_from_this_site_alone(client: FlaskClient, path: str) -> None:
    found = Scripts()
    found.feed(client.get(path).text)
    assert [url for url in found.loaded if not url.startswith("http://localhost/")] == []


def asset(client: FlaskClient) -> str:
    found = re.search(r'src="(/static/[^"]*leaflet\.js)"', client.get("/incidents/sample").text)
    assert found
    return found[1]


@pytest.mark.parametrize(("coding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_assets_travel_compressed_and_are_kept_for_a_year(client: FlaskClient, coding: str, unpack: object) -> None:
    path = asset(client)
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": coding})
    assert packed.headers["Content-Encoding"] == coding
    assert callable(unpack)
    assert unpack(packed.data) == plain.data
    assert "immutable" in packed.headers["Cache-Control"]
    assert client.get(path, headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304


@pytest.mark.skipif(not (STATIC / "vendor").is_dir(), reason="static/vendor is not there: run make setup")
@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_is_its_files_one_after_the_other(client: FlaskClient, name: str) -> None:
    """What a page brings as one is kept for good, said again in no bytes, and finds its images from its own folder."""
    answer = client.get(f"/static/x/{name}")
    places = [answer.text.index(line) for line in map(marked, BUNDLES[name])]
    assert places == sorted(places)
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(f"/static/x/{name}", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    for image in set(re.findall(r"url\((\.\./[^)]+)\)", answer.text)):
        assert client.get(f"/static/x/bundles/{image}").status_code == 200


def marked(path: str) -> str:
    """A line of a file by which it is known."""
    return max((STATIC / path).read_text().splitlines()[:40], key=len).strip()[:200]


@pytest.mark.parametrize(
    "path",
    [
        "basemap/world.json.gz",
        "../geomap/config.py",
        "css/../../pyproject.toml",
        "css",
        "css/none.css",
        "css/%00",
        "%2e%2e/x",
    ],
)
def test_only_what_pages_use_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/x/{path}").status_code == 404


def test_an_unforeseen_error_is_a_page_without_a_traceback(app: Flask, store: Memory) -> None:
    """What nobody planned for is noted in the log, and told to nobody else."""

    def fail(id: str, revision: int | None = None) -> object:
        raise RuntimeError("secret detail")

    store.load = fail  # type: ignore[method-assign, assignment]
    answer = app.test_client().get("/incidents/sample")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "it has been noted" in answer.text
