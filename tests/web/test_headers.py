"""Security headers, on every route there is and on every way it can answer."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from geomap.config import Config
from geomap.web import create_app
from tests.web.fakes import Desk, Memory

VALUES = {"id": "sample", "edition": "x", "path": "css/page.css", "report": "a", "name": "claims/crash-site"}


def addresses(app: Flask) -> list[str]:
    """An address for every route that answers GET, and some that none does."""
    with app.test_request_context():
        found = [
            app.url_for(rule.endpoint, **{name: VALUES[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if rule.methods and "GET" in rule.methods
        ]
    return [
        *found,
        "/nothing",
        "/api/nothing",
        "/incidents/none",
        "/check?q=binary",
        "/oembed?url=x",
        "/api/incidents/-",
    ]


def policy(answer: TestResponse) -> dict[str, list[str]]:
    """The Content-Security-Policy as directives."""
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


def test_every_answer_has_the_security_headers(app: Flask, client: FlaskClient) -> None:
    """No route, and no error, is without them; none sets a cookie."""
    paths = addresses(app)
    assert len(paths) > 15
    for path in paths:
        answer = client.get(path)
        directives = policy(answer)
        assert directives["default-src"] == ["'none'"], path
        assert directives["base-uri"] == ["'none'"], path
        text = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in text, path
        assert "http" not in text, path
        assert "*" not in text.partition("frame-ancestors")[0], path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin", path
        assert "Set-Cookie" not in answer.headers, path
        assert answer.headers["Cache-Control"], path


def test_only_the_frame_may_be_framed(app: Flask, client: FlaskClient) -> None:
    for path in addresses(app):
        answer = client.get(path)
        framed = path.startswith("/embed/")
        assert policy(answer)["frame-ancestors"] == (["*"] if framed else ["'none'"]), path
        assert answer.headers.get("X-Frame-Options") == (None if framed else "DENY"), path


def test_posts_and_wrong_methods_have_them_too(client: FlaskClient) -> None:
    answers = [
        client.post("/api/check", json={"text": "a"}),
        client.post("/api/check", data="x"),
        client.post("/"),
        client.delete("/embed/sample"),
    ]
    assert [answer.status_code for answer in answers] == [200, 415, 405, 405]
    for answer in answers:
        assert "frame-ancestors" in policy(answer)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_each_answer_has_a_nonce_of_its_own(client: FlaskClient) -> None:
    """The one inline script of a page carries the nonce that its header names."""
    seen = set()
    for _ in range(3):
        answer = client.get("/incidents/sample")
        nonce = (
            next(v for v in policy(answer)["script-src"] if v.startswith("'nonce-")).removeprefix("'nonce-").rstrip("'")
        )
        assert f'nonce="{nonce}"' in answer.text
        seen.add(nonce)
    assert len(seen) == 3


def test_who_may_frame_is_a_setting(config: Config, store: Memory) -> None:
    mine = replace(config, frame_ancestors="https://paper.example 'self'")
    answer = create_app(mine, store=store, desk=Desk()).test_client().get("/embed/sample")
    assert policy(answer)["frame-ancestors"] == ["https://paper.example", "'self'"]


def test_tiles_are_allowed_as_images_where_they_are_switched_on(config: Config, store: Memory) -> None:
    """Switching OpenStreetMap on opens img-src for its tiles, and nothing else."""
    answer = (
        create_app(replace(config, osm_tiles=True), store=store, desk=Desk()).test_client().get("/incidents/sample")
    )
    directives = policy(answer)
    assert "https://tile.openstreetmap.org" in directives.pop("img-src")
    assert "http" not in str(directives)


def test_one_address_may_not_read_without_end(config: Config, store: Memory) -> None:
    """Readings share an allowance; pages that read nothing do not use it up."""
    client = create_app(config, store=store, desk=Desk()).test_client()
    for _ in range(3):
        assert client.get("/check").status_code == 200
    codes = [client.post("/api/check", json={"text": "a"}).status_code for _ in range(29)]
    codes.append(client.get("/check?q=a").status_code)
    assert set(codes) == {200}
    refused = client.post("/api/extract", json={"text": "a"})
    assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
    assert int(refused.headers["Retry-After"]) <= 60
    assert client.get("/check?q=a").status_code == 429
    assert client.get("/incidents/sample").status_code == 200


def test_other_sites_may_read_but_not_send(client: FlaskClient) -> None:
    assert client.get("/api/incidents").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.post("/api/check", json={"text": "a"}).headers
    assert "Access-Control-Allow-Origin" not in client.get("/incidents/sample").headers
