"""oEmbed: discovery, sizes, both formats, and addresses that other people's pages can use."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from geomap.config import Config
from geomap.web import create_app
from tests.web.fakes import Desk, Memory

PAGE = "http://localhost/incidents/sample"


def ask(client: FlaskClient, **query: str) -> dict[str, Any]:
    answer = client.get("/oembed", query_string=query)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def test_an_incidents_page_is_answered_with_its_frame(client: FlaskClient) -> None:
    found = ask(client, url=PAGE)
    assert (found["version"], found["type"]) == ("1.0", "rich")
    assert found["title"] == "Il-76 crash near Yablonovo"
    assert 'src="http://localhost/embed/sample"' in found["html"]
    assert 'loading="lazy"' in found["html"]
    assert f'width="{found["width"]}" height="{found["height"]}"' in found["html"]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_page_says_where_its_frame_is_found(client: FlaskClient, form: str) -> None:
    """Discovery by Link header in both formats, and by <link> in the page."""
    page = client.get("/incidents/sample")
    header = next(link for link in page.headers.getlist("Link") if f"{form}+oembed" in link)
    address = header[1 : header.index(">")]
    assert client.get(address).status_code == 200
    assert re.search(r'<link rel="alternate" type="application/json\+oembed" href="http://localhost/oembed', page.text)


def test_the_limits_of_a_consumer_are_kept(client: FlaskClient) -> None:
    small = ask(client, url=PAGE, maxwidth="300", maxheight="200")
    assert (small["width"], small["height"]) == (300, 200)
    large = ask(client, url=PAGE, maxwidth="5000", maxheight="5000")
    assert (large["width"], large["height"]) == (800, 520)


def test_the_choices_of_an_address_go_on_to_the_frame(client: FlaskClient) -> None:
    found = ask(client, url="http://localhost/embed/sample?lat=50.6&zoom=8&rev=1&utm_source=mail")
    assert "/embed/sample?lat=50.6&amp;zoom=8&amp;rev=1" in found["html"]
    assert "utm" not in found["html"]


def test_xml_says_the_same(client: FlaskClient) -> None:
    answer = client.get("/oembed", query_string={"url": PAGE, "format": "xml"})
    assert answer.mimetype == "text/xml"
    root = ET.fromstring(answer.data)
    same = {name: str(value) for name, value in ask(client, url=PAGE).items()}
    assert {child.tag: child.text for child in root} == same


def test_a_title_cannot_break_out_of_the_frames_code(client: FlaskClient) -> None:
    assert "<script" not in ask(client, url="http://localhost/incidents/hostile")["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 422),
        ({"url": "http://elsewhere.example/incidents/sample"}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": "http://localhost/incidents/none"}, 404),
        ({"url": "http://localhost/check"}, 404),
        ({"url": "http://[::1/incidents/sample"}, 404),
        ({"url": PAGE, "format": "yaml"}, 501),
        ({"url": PAGE, "maxwidth": "0"}, 422),
    ],
)
def test_what_cannot_be_embedded_is_refused_as_the_standard_says(
    client: FlaskClient, query: dict[str, str], status: int
) -> None:
    answer = client.get("/oembed", query_string=query)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_addresses_for_others_are_https_unless_this_machine_serves_itself(client: FlaskClient) -> None:
    page = "https://maps.example/incidents/sample"
    answer = client.get("/oembed", query_string={"url": page}, headers={"Host": "maps.example"})
    assert 'src="https://maps.example/embed/sample"' in answer.get_json()["html"]
    for host in ("127.0.0.1:8000", "localhost:8000", "[::1]:8000"):
        found = client.get("/incidents/sample", headers={"Host": host}).text
        assert f"http://{host}/embed/sample" in found


def test_the_public_address_is_a_setting(config: Config, store: Memory) -> None:
    app = create_app(replace(config, base_url="https://maps.example/"), store=store, desk=Desk())
    found = app.test_client().get("/oembed", query_string={"url": "https://maps.example/incidents/sample"}).get_json()
    assert 'src="https://maps.example/embed/sample"' in found["html"]
    assert found["provider_url"] == "https://maps.example/"
