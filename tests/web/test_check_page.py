"""The distance desk's page: what it shows, how it is asked, and what it says where there is nothing to show."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from geomap.config import Config
from geomap.desk import Check
from geomap.ends import choose, ends
from geomap.errors import BadInput
from geomap.model import Candidate, Footprint, Place, Role
from geomap.web import create_app
from geomap.web.check import LONGEST_LINK
from tests import samples
from tests.web import fakes

TEXT = samples.NORTH.text


class Atlas:
    """Forty places of any name, each a degree from the next."""

    def __init__(self, name: str = "Yablonovo") -> None:
        self.places = [
            replace(samples.place(name, 20 + n, 50, id=f"{n}"), within=("Russia", f"Region {n}")) for n in range(40)
        ]

    def candidates(self, name: str) -> Sequence[Candidate]:
        return [Candidate(each, 1.0) for each in self.places]

    def place(self, key: str) -> Place | None:
        return next((each for each in self.places if each.key == key), None)

    def border(self, key: str, other: str | None = None) -> None:
        return None

    coast = border


class Desk:
    """A desk that reads the sample's first distance from any text, and lets either end be chosen."""

    pipeline = fakes.Stages()

    def __init__(self, atlas: Atlas | None = None) -> None:
        self.atlas = atlas or Atlas()
        self.asked: list[tuple[str, str, Mapping[str, str]]] = []

    def check(self, text: str, *, title: str = "", chosen: Mapping[str, str] | None = None) -> Sequence[Check]:
        self.asked.append((text, title, chosen or {}))
        if "nothing" in text:
            return []
        places = {words: self.atlas.place(key) for words, key in (chosen or {}).items()}
        missing = [words for words, place in places.items() if place is None]
        if missing:
            raise BadInput(f"{missing[0]!r} cannot be that: the gazetteer has no such place; choose another")
        found = samples.incident()
        read = next(claim for claim in found.claims if claim.role is Role.DISTANCE)
        claim = choose(read, {words: place for words, place in places.items() if place})
        reference, subject = ends(read, claim, self.atlas)
        region = Footprint.point(37.3, 50.9, 9_000, "near")
        region = replace(region, geometry=region.geometry.buffer(0.2))
        return [Check(claim, found.findings[0], reference, subject, region)]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def client(config: Config, store: fakes.Memory, desk: Desk) -> FlaskClient:
    return create_app(config, store=store, desk=desk, limited=False).test_client()


def asked(client: FlaskClient, **query: str) -> str:
    answer = client.get("/check", query_string={name.replace("__", "."): value for name, value in query.items()})
    assert answer.status_code == 200
    return answer.text


def permalink(page: str) -> str:
    found = re.search(r'<textarea id="permalink"[^>]*>([^<]*)</textarea>', page)
    assert found
    return html.unescape(found[1])


def test_the_empty_desk_asks_for_a_text_and_for_what_it_is_about(client: FlaskClient, desk: Desk) -> None:
    page = asked(client)
    assert 'name="q"' in page
    assert 'name="title"' in page
    assert "leaflet" not in page
    assert desk.asked == []


def test_a_distance_is_marked_where_it_stands_in_the_text(client: FlaskClient) -> None:
    assert "<mark>70 km northeast of Belgorod</mark>" in asked(client, q=TEXT)


def test_each_end_offers_its_forty_namesakes_and_where_they_lie(client: FlaskClient) -> None:
    page = asked(client, q=TEXT)
    selects = re.findall(r'<select[^>]*name="(place\.[^"]+)".*?</select>', page, re.S)
    assert selects == ["place.Belgorod", "place.Yablonovo"]
    assert page.count("<option") == 2 * (1 + 40)
    assert "Yablonovo, Region 7, Russia" in page
    assert "(as the text reads)" in page
    assert re.search(r"\d km off", page)


def test_choosing_a_namesake_measures_it_and_says_so(client: FlaskClient, desk: Desk) -> None:
    key = desk.atlas.places[7].key
    page = asked(client, q=TEXT, place__Yablonovo=key)
    assert desk.asked[-1][2] == {"Yablonovo": key}
    assert f'value="{key}" selected' in page
    assert "as chosen" in page


def test_a_form_is_sent_on_to_the_address_that_shows_it(client: FlaskClient, desk: Desk) -> None:
    form = {"q": " One.\r\nTwo. ", "title": "A  train", "place.Belgorod": "", "place.Yablonovo": "sample:7"}
    answer = client.post("/check", data=form)
    assert answer.status_code == 303
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert query == {"q": ["One.\nTwo."], "title": ["A train"], "place.Yablonovo": ["sample:7"]}
    assert desk.asked == []


def test_the_link_asks_for_every_place_as_measured(client: FlaskClient, desk: Desk) -> None:
    page = asked(client, q=TEXT, title="A plane")
    link = permalink(page)
    query = parse_qs(urlsplit(link).query)
    assert query.keys() == {"q", "title", "place.Belgorod", "place.Yablonovo"}
    assert link.startswith("http://localhost/check?")
    assert query["place.Yablonovo"] == [samples.YABLONOVO.key]


def test_a_text_too_long_for_a_link_is_answered_all_the_same(client: FlaskClient, desk: Desk) -> None:
    long = TEXT + " And so on." * 1_000
    answer = client.post("/check", data={"q": long}, content_type="multipart/form-data")
    assert answer.status_code == 200
    assert "too long for an address" in answer.text
    assert "permalink" not in answer.text
    assert desk.asked[-1][0] == long
    assert "<mark>" in answer.text


def test_the_longest_address_given_out_is_followed(client: FlaskClient) -> None:
    page = asked(client, q=TEXT + "x" * (LONGEST_LINK - 800))
    assert client.get(permalink(page)).status_code == 200


def test_too_long_a_text_is_told_on_the_desk(client: FlaskClient) -> None:
    answer = client.post("/check", data={"q": "y" * 100_001}, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "send at most 100,000" in answer.text
    assert "Check a distance" in answer.text


def test_a_text_without_a_distance_is_told_what_one_is(client: FlaskClient) -> None:
    page = asked(client, q="nothing is said here")
    assert "No distance is quoted there" in page
    assert "leaflet.js" not in page


def test_a_place_that_is_gone_is_said_and_read_again(client: FlaskClient, desk: Desk) -> None:
    """An old link outlives its gazetteer."""
    page = asked(client, q=TEXT, place__Yablonovo="sample:999")
    assert "the gazetteer has no such place" in page
    assert "as the text reads" in page
    assert [places for _, _, places in desk.asked] == [{"Yablonovo": "sample:999"}, {}]


def test_the_plot_says_in_words_what_it_shows(client: FlaskClient) -> None:
    page = asked(client, q=TEXT)
    assert re.search(r'<svg[^>]*role="img" aria-labelledby="distance-plot distance-said"', page)
    assert "The straight line is 0.88 of the quote." in page
    assert "in 100 real quotations of this size" in page


def test_nothing_on_the_desk_is_styled_inline(client: FlaskClient) -> None:
    """The policy forbids it: a browser would drop it."""
    page = asked(client, q=TEXT)
    body = re.sub(r"<script.*?</script>", "", page, flags=re.S)
    assert not re.search(r'\sstyle="', re.sub(r'<div class="folium-map"[^>]*>', "", body))


WORDS = "\"><script>alert(1)</script>${alert(2)}{{7*7}}</textarea>'"


def test_hostile_words_stay_words(config: Config, store: fakes.Memory) -> None:
    client = create_app(config, store=store, desk=Desk(Atlas(WORDS)), limited=False).test_client()
    page = asked(client, q=TEXT + WORDS, title=WORDS)
    assert "<script>alert" not in page
    assert "</textarea>'" not in page
    assert "alert(2)}49" not in html.unescape(page)
    for script in re.findall(r"<script[^>]*>(.*?)</script>", page, re.S):
        assert "</textarea" not in script
        assert "${alert(2)}" not in script or script.lstrip().startswith("{")  # data alone may hold it


@pytest.mark.parametrize("name", ["place.", "place", "_external", "endpoint", "place.\u0000x", "place." + "w" * 5_000])
def test_strange_fields_do_no_harm(client: FlaskClient, name: str) -> None:
    for answer in (
        client.get("/check", query_string={"q": TEXT, name: "sample:7"}),
        client.post("/check", data={"q": TEXT, name: "sample:7"}),
    ):
        assert answer.status_code in (200, 303), name


def test_a_form_sent_on_counts_once_against_the_limit(config: Config, store: fakes.Memory, desk: Desk) -> None:
    client = create_app(config, store=store, desk=desk).test_client()
    for _ in range(25):
        assert client.post("/check", data={"q": TEXT}).status_code == 303
        assert client.get("/check", query_string={"q": TEXT}).status_code == 200


def test_the_api_takes_places_and_gives_candidates_and_the_region(client: FlaskClient, desk: Desk) -> None:
    key = desk.atlas.places[3].key
    answer = client.post("/api/check", json={"text": TEXT, "title": "A plane", "places": {"Yablonovo": key}})
    (row,) = answer.get_json()["checks"]
    assert desk.asked == [(TEXT, "A plane", {"Yablonovo": key})]
    assert row["ends"]["subject"]["key"] == key
    assert row["ends"]["subject"]["chosen"] is True
    assert len(row["ends"]["subject"]["candidates"]) == 10
    assert row["ends"]["subject"]["more"] == 31
    assert row["region"]["type"] == "Polygon"


@pytest.mark.parametrize(("wanted", "given"), [(0, 0), (3, 3), (60, 41)])
def test_the_api_gives_as_many_candidates_as_are_asked_for(client: FlaskClient, wanted: int, given: int) -> None:
    answer = client.post("/api/check", json={"text": TEXT, "candidates": wanted})
    end = answer.get_json()["checks"][0]["ends"]["subject"]
    assert (len(end["candidates"]), end["more"]) == (given, 41 - given)


@pytest.mark.parametrize("wanted", [-1, 61, "many", 2.5])
def test_the_api_refuses_a_number_of_candidates_that_cannot_be(client: FlaskClient, wanted: object) -> None:
    answer = client.post("/api/check", json={"text": TEXT, "candidates": wanted})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


@pytest.mark.parametrize(
    ("places", "status"), [({"Yablonovo": "sample:999"}, 400), ({"Yablonovo": 7}, 422), (["x"], 422), ({"": "x"}, 422)]
)
def test_the_api_refuses_a_choice_that_cannot_be(client: FlaskClient, places: object, status: int) -> None:
    answer = client.post("/api/check", json={"text": TEXT, "places": places})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_pages_are_documented_where_they_are_asked_for() -> None:
    """The names of the address's parts stand in the documentation."""
    words = (Path(__file__).parents[2] / "docs" / "distances.md").read_text("utf8")
    for name in ("`q`", "`title`", "`place.WORDS`"):
        assert name in words
