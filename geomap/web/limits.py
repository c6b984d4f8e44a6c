"""How often one address may ask for what costs the processor seconds."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

if TYPE_CHECKING:
    from flask.typing import RouteCallable

READINGS = "30 per minute"
"""Texts that are read for one address."""

READING = ("desk.check", "desk.submit", "api.check", "api.geoparse", "api.extract")
"""The views that read a text; they share one allowance."""

LOOKUPS = "120 per minute"
"""Places looked up for one address: one for each pause in typing."""

DRAWINGS = "120 per minute"
"""Files made for one address; those that are kept ready count too."""

DRAWING = ("interchange.export", "interchange.annotated", "interchange.png", "interchange.svg")
"""The views that make files."""


def install(app: Flask) -> None:
    """Keep count for this app's views, in its own memory."""
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", headers_enabled=True)
    limited = limiter.shared_limit(READINGS, scope="reading", exempt_when=_asks_nothing, deduct_when=_was_read)
    for name in READING:
        app.view_functions[name] = cast("RouteCallable", limited(app.view_functions[name]))
    drawing = limiter.shared_limit(DRAWINGS, scope="drawing")
    for name in DRAWING:
        app.view_functions[name] = cast("RouteCallable", drawing(app.view_functions[name]))
    app.view_functions["api.places"] = cast("RouteCallable", limiter.limit(LOOKUPS)(app.view_functions["api.places"]))


def _asks_nothing() -> bool:
    return request.method in ("GET", "HEAD") and not request.args.get("q")


def _was_read(response: Response) -> bool:
    """A form that is sent on to an address is read there."""
    return response.status_code != HTTPStatus.SEE_OTHER
