"""The remote geocoder: asked last, cached, slow, and off after failures."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.exc import GeocoderUnavailable

import geomap.gazetteer
from geomap.config import Config
from geomap.errors import BadInput
from geomap.gazetteer import remote
from geomap.gazetteer.remote import Answer, Cache, RemoteGazetteer
from tests.gazetteer.small import gazetteer

HAMLET = Answer("node/7", "Farhamlet", 31.0, 51.0, "hamlet", "FR", (30.99, 50.99, 31.01, 51.01))

NOMINATIM = [
    {
        "place_id": 1, "licence": "ODbL", "osm_type": "node", "osm_id": 77, "lat": "51.0", "lon": "31.0",
        "class": "place", "type": "hamlet", "place_rank": 20, "importance": 0.1, "addresstype": "hamlet",
        "name": "Farhamlet",
        "display_name": "Farhamlet, Northmark, Freeland", "address": {"hamlet": "Farhamlet", "country_code": "fr"},
        "boundingbox": ["50.99", "51.01", "30.99", "31.01"],
    }
]  # fmt: skip

FEATURES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [31.0, 51.0]},
            "properties": {
                "osm_type": "N", "osm_id": 77, "osm_key": "place", "osm_value": "hamlet", "name": "Farhamlet",
                "countrycode": "FR", "extent": [30.99, 51.01, 31.01, 50.99], "gid": "openstreetmap:venue:77",
                "layer": "locality",
            },
        }
    ],
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        words = parse_qs(parts.query)
        name = (words.get("q") or words.get("text") or [""])[0]
        self.asked.append((name, self.headers["User-Agent"]))
        known = name == "Farhamlet"
        if parts.path.startswith("/nominatim"):
            answer: object = NOMINATIM if known else []
        else:
            answer = FEATURES if known else {"type": "FeatureCollection", "features": []}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Handler.asked = []
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_address[1]}"
    made.shutdown()
    made.server_close()
    thread.join()


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now, self.slept = 100.0, []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Service:
    """A geocoder that knows one hamlet, counts its calls, and fails when told."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.down = False

    def __call__(self, name: str) -> Sequence[Answer]:
        self.asked.append(name)
        if self.down:
            raise GeocoderUnavailable("the line is dead")
        return [HAMLET] if name == "Farhamlet" else []


@pytest.fixture
def local(tmp_path: Path) -> geomap.gazetteer.SqliteGazetteer:
    return geomap.gazetteer.open(gazetteer(tmp_path / "gazetteer.db"))


def made(local: geomap.gazetteer.SqliteGazetteer, tmp_path: Path, ask: Service, clock: Clock) -> RemoteGazetteer:
    cache = Cache(tmp_path / "geocoder.db")
    return RemoteGazetteer(local, ask, name="nominatim", cache=cache, clock=clock, sleep=clock.sleep)


@pytest.mark.parametrize("name", ["nominatim", "photon", "pelias"])
def test_each_service_is_read(local: geomap.gazetteer.SqliteGazetteer, tmp_path: Path, server: str, name: str) -> None:
    """Answers of the three services' shapes become places with an extent; our name is in the request."""
    config = replace(Config.read({}), data=tmp_path, geocoder=name, geocoder_url=f"{server}/{name}")
    known = remote.behind(local, config)
    place = known.candidates("Farhamlet")[0].place
    assert (place.gazetteer, place.name, place.country, place.feature_code) == (name, "Farhamlet", "FR", "PPL")
    assert place.lonlat == (31.0, 51.0)
    assert 1000 < place.footprint.uncertainty_m < 2000
    assert known.place(place.key) == place
    assert "geomap" in Handler.asked[0][1]


def test_local_names_are_never_asked_for(local: geomap.gazetteer.SqliteGazetteer, tmp_path: Path) -> None:
    """What the local gazetteer knows, and what is no name, makes no request."""
    ask = Service()
    known = made(local, tmp_path, ask, Clock())
    assert known.candidates("Old Ford") == local.candidates("Old Ford")
    assert not known.candidates("...")
    assert ask.asked == []
    assert known.place("geonames:3") == local.place("geonames:3")


def test_answers_are_kept(local: geomap.gazetteer.SqliteGazetteer, tmp_path: Path) -> None:
    """Found or not, a name is asked for once, in this process and the next."""
    ask = Service()
    for _ in range(2):
        known = made(local, tmp_path, ask, Clock())
        assert [c.place.name for c in known.candidates("Farhamlet")] == ["Farhamlet"]
        assert not known.candidates("Nosuchplaceatall")
    assert ask.asked == ["Farhamlet", "Nosuchplaceatall"]


def test_one_request_a_second(local: geomap.gazetteer.SqliteGazetteer, tmp_path: Path) -> None:
    """The second request waits for what is left of a second; a cached answer waits for nothing."""
    clock = Clock()
    known = made(local, tmp_path, Service(), clock)
    known.candidates("Farhamlet")
    clock.now += 0.25
    known.candidates("Qwertzuiop")
    known.candidates("Farhamlet")
    assert clock.slept == [0.75]


def test_failures_switch_it_off(
    local: geomap.gazetteer.SqliteGazetteer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """After three in a row nothing is asked again, one line says so, and failures are not kept as answers."""
    ask = Service()
    ask.down = True
    known = made(local, tmp_path, ask, Clock())
    with caplog.at_level(logging.WARNING, "geomap"):
        for number in range(6):
            assert not known.candidates(f"Qwertz{number}uiop")
    assert len(ask.asked) == remote.FAILURES
    assert len(caplog.records) == 1
    again = Service()
    assert made(local, tmp_path, again, Clock()).candidates("Farhamlet")


def test_a_broken_answer_is_a_failure(local: geomap.gazetteer.SqliteGazetteer, tmp_path: Path) -> None:
    """A latitude off the Earth is not passed on."""

    def ask(name: str) -> Sequence[Answer]:
        return [replace(HAMLET, lat=123.0, bounds=None)]

    known = RemoteGazetteer(local, ask, name="photon", cache=Cache(tmp_path / "geocoder.db"), sleep=lambda s: None)
    assert not known.candidates("Farhamlet")


@pytest.mark.parametrize(
    ("name", "said"), [("pelias", "GEOMAP_GEOCODER_URL"), ("gogle", "nominatim, photon or pelias")]
)
def test_a_service_that_there_is_not(name: str, said: str) -> None:
    """The message says what to do."""
    with pytest.raises(BadInput, match=said):
        remote.service(name)


def test_borders_are_the_local_ones(local: geomap.gazetteer.SqliteGazetteer, tmp_path: Path) -> None:
    """The remote one has none of its own."""
    known = made(local, tmp_path, Service(), Clock())
    assert known.border("FR") is None
    assert known.coast("FR") is None
