"""Errors over HTTP: problem details (RFC 9457) for programs, a page for people."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from apiflask import APIFlask, HTTPError
from flask import Response, current_app, json, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from geomap.errors import (
    BadInput,
    BadReport,
    GazetteerError,
    GeomapError,
    NotFound,
    RemoteError,
    StoreError,
)
from geomap.tongue import ENGLISH, mark, say, speaking, spoken
from geomap.web import languages, links

STATUS: dict[type[GeomapError], int] = {
    BadReport: 422,
    BadInput: 400,
    NotFound: 404,
    GazetteerError: 503,
    StoreError: 503,
    RemoteError: 502,
    GeomapError: 500,
}
"""The status of each of our errors, the more special before the more general."""

PROGRAMS = ("/api/", "/oembed", "/healthz")
FILES = ("/map.png", "/map.svg")
"""Where problem details are answered; people read the rest."""

WORDS = {
    400: mark("That request cannot be read; see that its body is JSON as it should be."),
    404: mark("There is nothing at this address; the list of incidents shows what there is."),
    405: mark("This address does not take that kind of request."),
    413: mark("That is more than is read at once; send less, or use the command line."),
    415: mark("Send JSON, with Content-Type: application/json."),
    429: mark("That was too many requests at once; wait a minute and try again."),
    500: mark("Something went wrong here; it has been noted."),
    502: mark("A service that this one asks did not answer; try again later."),
    503: mark("What this needs cannot be read just now; try again later."),
}
"""What is said where the error itself has no words fit for everyone."""


def install(app: APIFlask) -> None:
    """Answer every error in one of the two shapes."""
    app.register_error_handler(GeomapError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(HTTPError, _validation)


def _ours(error: GeomapError) -> Response:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # Our own words may name files of this machine: they are for its log.
        current_app.logger.error("%s %s: %s", request.method, request.path, error)
        return problem(status, WORDS[status])
    return problem(status, str(error))


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    response = problem(status, WORDS.get(status) or error.description or HTTPStatus(status).phrase)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    if error.response is not None:  # a redirect that routing asked for
        return make_response(error.response)
    return response


def _validation(error: HTTPError) -> Response:
    """What APIFlask finds wrong with a request: the first complaint in words, all of them as ``errors``."""
    complaints = list(_complaints(error.detail))
    if not complaints:
        return problem(
            error.status_code, WORDS.get(error.status_code, error.message or "The request cannot be answered.")
        )
    where, words = complaints[0]
    named = f"{where}: " if where else ""
    return problem(error.status_code, f"{named}{words}", errors=[{"where": w, "detail": d} for w, d in complaints])


def _complaints(detail: Any) -> Iterator[tuple[str, str]]:
    """(field, message) pairs of a validation's nested dictionary: location, field, then messages."""
    for fields in detail.values() if isinstance(detail, dict) else ():
        for field, messages in fields.items() if isinstance(fields, dict) else [("", fields)]:
            for message in _messages(messages):
                yield "" if field == "_schema" else str(field), message


def _messages(nested: Any) -> Iterator[str]:
    """The messages of one field, those of its items among them."""
    for each in nested.values() if isinstance(nested, dict) else nested if isinstance(nested, list) else [nested]:
        if isinstance(each, str):
            yield each
        else:
            yield from _messages(each)


def problem(status: int, detail: str, **members: object) -> Response:
    """The answer to a request that failed, in the shape that its reader expects."""
    phrase = HTTPStatus(status).phrase
    line = " ".join(detail.split())
    if request.path.startswith(PROGRAMS) or request.path.endswith(FILES):
        document = {"type": "about:blank", "title": phrase, "status": status, "detail": line, **members}
        response = make_response(json.dumps(document, ensure_ascii=False, sort_keys=False), status)
        response.content_type = "application/problem+json"
        return response
    with speaking(languages.wanted()):
        general = say(WORDS[status]) if status in WORDS else phrase
        told = {"problem": line} if spoken() is ENGLISH else {"problem": general, "detail": _more(line, status)}
        return languages.labelled(
            make_response(render_template("error.html", status=status, urls=links.bar(), **told), status)
        )


def _more(line: str, status: int) -> str:
    """What an error says beyond what is said of its kind: it is worded for programs and people alike, in English."""
    return "" if line == WORDS.get(status) else line
