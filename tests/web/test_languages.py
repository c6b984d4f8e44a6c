"""The interface in several languages: which one a page is in, what changes with it, and what does not."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient

from geomap.catalogs import NAMES

PAGES = (
    "/",
    "/incidents/sample",
    "/incidents/sample/table",
    "/incidents/sample/checks",
    "/incidents/sample/reports/north",
    "/check?q=Kharkiv+lies+60+miles+north+of+Belgorod",
)
FRAME = "/embed/sample"
OTHERS = [code for code in NAMES if code != "en"]


def asked(path: str, code: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={code}"


def read(client: FlaskClient, path: str, **headers: str) -> tuple[str, Mapping[str, str]]:
    answer = client.get(path, headers={"Accept-Language": headers["accept"]} if headers else {})
    assert answer.status_code == 200, path
    return answer.text, answer.headers


def language(html: str) -> tuple[str, str]:
    """The language and the direction that a page says it has."""
    found = re.search(r'<html lang="([\w-]+)"(?: dir="(\w+)")?', html)
    assert found
    return found[1], found[2] or "ltr"


@pytest.mark.parametrize("path", [*PAGES, FRAME])
@pytest.mark.parametrize("code", OTHERS)
def test_a_page_speaks_the_language_of_its_address(client: FlaskClient, path: str, code: str) -> None:
    html, headers = read(client, asked(path, code))
    assert language(html) == (code, "rtl" if code == "ar" else "ltr")
    assert headers["Content-Language"] == code
    assert "Accept-Language" not in headers.get("Vary", "")
    assert (
        re.sub(r'<script type="application/json" id="messages".*?</script>', "", html, flags=re.DOTALL).count("%(") == 0
    )


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_is_not_asked_speaks_the_readers_language(client: FlaskClient, path: str) -> None:
    html, headers = read(client, path, accept="gsw, de-CH;q=0.9, fr;q=0.5")
    assert language(html)[0] == "de"
    assert "Accept-Language" in headers["Vary"]
    assert language(read(client, asked(path, "fr"), accept="de")[0])[0] == "fr"
    assert language(read(client, path, accept="ja")[0])[0] == "en"
    assert language(read(client, asked(path, "tlh"), accept="uk")[0])[0] == "uk"


def test_a_frame_is_in_the_language_of_the_article_whoever_reads_it(client: FlaskClient) -> None:
    html, headers = read(client, FRAME, accept="de")
    assert language(html)[0] == "en"
    assert "Accept-Language" not in headers.get("Vary", "")
    assert language(read(client, asked(FRAME, "pt"))[0])[0] == "en"
    assert "/incidents/sample?lang=uk" in read(client, asked(FRAME, "uk"))[0]


def test_english_is_the_same_asked_for_or_not(client: FlaskClient) -> None:
    """What a page says in English depends on no header that English readers send."""
    plain, given = read(client, "/incidents/sample/table"), read(client, "/incidents/sample/table", accept="en-US")
    assert plain[0] == given[0]


@pytest.mark.parametrize("path", PAGES)
def test_every_language_is_a_link_away_without_a_script(client: FlaskClient, path: str) -> None:
    html, _ = read(client, asked(path, "fr"))
    links = {code: href for href, code in re.findall(r'<a href="([^"]+)" lang="(\w+)" hreflang="\2">', html)}
    assert set(links) == set(NAMES) - {"fr"}
    for code, href in links.items():
        assert language(read(client, href.replace("&amp;", "&"))[0])[0] == code


def test_search_engines_are_told_of_every_language(client: FlaskClient) -> None:
    html, _ = read(client, "/incidents/sample")
    found = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="(http[^"]+)">', html))
    assert set(found) == {*NAMES, "x-default"}
    assert found["uk"].endswith("/incidents/sample?lang=uk")
    assert found["x-default"].endswith("/incidents/sample")


def test_links_from_page_to_page_keep_the_language(client: FlaskClient) -> None:
    html, _ = read(client, asked("/incidents/sample", "es"))
    for path in ("/incidents/sample/table", "/check", "/"):
        assert f'href="{path}?lang=es"' in html or f'href="http://localhost{path}?lang=es"' in html, path


def test_what_a_report_says_keeps_its_own_language(client: FlaskClient) -> None:
    html, _ = read(client, asked("/incidents/sample", "ar"))
    quotes = re.findall(r"<blockquote[^>]*>", html)
    assert quotes
    assert all('lang="en"' in each for each in quotes)


@pytest.mark.parametrize(
    "path",
    [
        "/api/incidents",
        "/api/incidents/sample",
        "/api/incidents/sample/geojson",
        "/api/incidents/sample/export?format=geojson",
        "/api/incidents/sample/export?format=csv",
        "/api/incidents/sample/annotations",
        "/healthz",
    ],
)
def test_programs_are_answered_in_english(client: FlaskClient, path: str) -> None:
    plain, given = client.get(path), client.get(asked(path, "uk"), headers={"Accept-Language": "uk"})
    assert given.data == plain.data
    assert given.status_code == plain.status_code


def test_what_is_not_here_is_said_in_the_language_asked_for(client: FlaskClient) -> None:
    page = client.get("/incidents/nothing?lang=de", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert language(page.text)[0] == "de"
    assert "Hier ist nichts" in page.text
    problem = client.get("/api/incidents/nothing", headers={"Accept-Language": "de"}).get_json()
    assert problem["detail"] == client.get("/api/incidents/nothing").get_json()["detail"]


def test_an_editor_that_asks_by_oembed_is_given_the_frame_in_that_language(client: FlaskClient) -> None:
    address = "http://localhost/incidents/sample?lang=uk"
    answer = client.get("/oembed", query_string={"url": address}).get_json()
    assert "/embed/sample?lang=uk" in answer["html"]
    assert ": карта" in answer["html"]
    assert "lang" not in client.get("/oembed", query_string={"url": address.partition("?")[0]}).get_json()["html"]


def test_the_code_to_copy_is_of_the_page_in_its_language(client: FlaskClient) -> None:
    html, _ = read(client, asked("/incidents/sample", "de"))
    code = re.search(r'<textarea id="embed-code".*?</textarea>', html, re.DOTALL)
    assert code
    assert "/embed/sample?lang=de" in code[0]
    assert ": Karte" in code[0]


@pytest.mark.parametrize(
    ("code", "words"), [("uk", "Місце катастрофи"), ("ar", "موقع التحطم"), ("de", "Absturzstelle")]
)
def test_a_picture_is_drawn_in_the_language_asked_for(client: FlaskClient, code: str, words: str) -> None:
    drawn = client.get(f"/incidents/sample/map.svg?lang={code}").text
    assert f'lang="{code}"' in drawn
    assert words in drawn
    assert words in client.get(f"/api/incidents/sample/picture?lang={code}").get_json()["alt"]


def test_a_card_shows_the_picture_in_the_language_of_its_page(client: FlaskClient) -> None:
    html, _ = read(client, asked("/incidents/sample", "fr"))
    card = re.search(r'property="og:image" content="([^"]+)"', html)
    assert card
    assert "lang=fr" in card[1]
