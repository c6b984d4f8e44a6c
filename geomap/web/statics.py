"""Our CSS and JavaScript and the vendored libraries, under addresses that change with their content."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, abort, request

SERVED = ("css", "js", "vendor")
"""The folders of static/ that browsers may ask for."""
LIFETIME = 31_536_000
SQUEEZED = frozenset({".css", ".js", ".json", ".svg", ".txt", ".map"})


def install(app: Flask, folder: Path) -> Callable[[str], str]:
    """Serve the folder, and return what turns a path below it into an address.

    The address holds a digest of everything served, so that browsers may keep each file for a year; references from
    one file to another stay relative.
    """
    edition = digest(folder)

    @app.get("/static/<edition>/<path:path>", endpoint="static")
    def serve(edition: str, path: str) -> Response:
        return _answer(folder, path)

    return lambda path: f"/static/{edition}/{path}"


def digest(folder: Path) -> str:
    """A short digest of all that is served."""
    total = hashlib.sha256()
    for name in SERVED:
        for file in sorted((folder / name).rglob("*")):
            if file.is_file():
                total.update(file.relative_to(folder).as_posix().encode())
                total.update(file.read_bytes())
    return total.hexdigest()[:12]


def _answer(folder: Path, path: str) -> Response:
    if "\0" in path:
        abort(404)
    file = (folder / path).resolve()
    inside = any(file.is_relative_to((folder / name).resolve()) for name in SERVED)
    if not inside or not file.is_file():
        abort(404)
    accepted = request.accept_encodings
    coding = next((name for name in ("br", "gzip") if accepted[name] > 0), "") if file.suffix in SQUEEZED else ""
    response = Response(_squeezed(file, coding, file.stat().st_mtime_ns), mimetype=_type(file))
    if coding:
        response.headers["Content-Encoding"] = coding
    if file.suffix in SQUEEZED:
        response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.max_age = LIFETIME
    response.cache_control.immutable = True
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # it returns the response it is called on


def _type(file: Path) -> str:
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


@lru_cache(maxsize=256)
def _squeezed(file: Path, coding: str, changed: int) -> bytes:
    """A file's bytes in a content coding; ``changed`` gives an edited file a new entry."""
    content = file.read_bytes()
    if coding == "br":
        return bytes(brotli.compress(content, quality=10))
    return gzip.compress(content, 9, mtime=0) if coding else content
