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


def install(app: Flask) -> None:
    """Keep count for this app's views, in its own memory."""
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", headers_enabled=True)
    limited = limiter.shared_limit(READINGS, scope="reading", exempt_when=_asks_nothing, deduct_when=_was_read)
    for name in READING:
        app.view_functions[name] = cast("RouteCallable", limited(app.view_functions[name]))


def _asks_nothing() -> bool:
    return request.method in ("GET", "HEAD") and not request.args.get("q")


def _was_read(response: Response) -> bool:
    """A form that is sent on to an address is read there."""
    return response.status_code != HTTPStatus.SEE_OTHER
