"""Our CSS and JavaScript and the vendored libraries, under addresses that change with their content."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, abort, request

from geomap.render.assets import BUNDLES

SERVED = ("css", "js", "vendor")
"""The folders of static/ that browsers may ask for."""
LIFETIME = 31_536_000
_RELATIVE = re.compile(r"url\((images/)")
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
    total = hashlib.sha256(repr(BUNDLES).encode())
    for name in SERVED:
        for file in sorted((folder / name).rglob("*")):
            if file.is_file():
                total.update(file.relative_to(folder).as_posix().encode())
                total.update(file.read_bytes())
    return total.hexdigest()[:12]


def _answer(folder: Path, path: str) -> Response:
    files = tuple(_file(folder, part) for part in BUNDLES.get(path, (path,)))
    changed = max(file.stat().st_mtime_ns for file in files)
    accepted = request.accept_encodings
    squeezed = files[0].suffix in SQUEEZED
    coding = next((name for name in ("br", "gzip") if accepted[name] > 0), "") if squeezed else ""
    response = Response(_squeezed(folder, files, coding, changed), mimetype=_type(files[0]))
    if coding:
        response.headers["Content-Encoding"] = coding
    if squeezed:
        response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.max_age = LIFETIME
    response.cache_control.immutable = True
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # it returns the response it is called on


def _file(folder: Path, path: str) -> Path:
    """The file of a path that may be asked for; anything else is not found."""
    if "\0" in path:
        abort(404)
    file = (folder / path).resolve()
    inside = any(file.is_relative_to((folder / name).resolve()) for name in SERVED)
    if not inside or not file.is_file():
        abort(404)
    return file


def _joined(folder: Path, files: Sequence[Path]) -> bytes:
    """The files one after the other; a style sheet finds its images from where the bundle stands."""
    if len(files) == 1:
        return files[0].read_bytes()
    parts = []
    for file in files:
        home = file.parent.relative_to(folder.resolve()).as_posix()
        text = file.read_text(encoding="utf-8")
        parts.append(_RELATIVE.sub(rf"url(../{home}/\1", text) if file.suffix == ".css" else text)
    return "\n".join(parts).encode()


def _type(file: Path) -> str:
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


@lru_cache(maxsize=256)
def _squeezed(folder: Path, files: tuple[Path, ...], coding: str, changed: int) -> bytes:
    """The bytes of a file or a bundle in a content coding; ``changed`` gives an edited one a new entry."""
    content = _joined(folder, files)
    if coding == "br":
        return bytes(brotli.compress(content, quality=10))
    return gzip.compress(content, 9, mtime=0) if coding else content
