"""A basemap of one's own: a PMTiles file in place of ours, served by ranges of bytes, drawn by the page's scripts."""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, request, send_file
from pmtiles.tile import (
    Compression,
    HeaderDict,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_header,
)

from geomap.errors import BadInput
from geomap.web import links

HEADER_BYTES = 127
MOST_METADATA = 4_000_000
RASTER = (TileType.PNG, TileType.JPEG, TileType.WEBP, TileType.AVIF)
SCRIPTS = {"vector": "vendor/protomaps-leaflet/protomaps-leaflet.js", "raster": "vendor/pmtiles/pmtiles.js"}
"""What draws each kind of tiles, below static/; a page loads it only where there is such a file."""

BROKEN = (ValueError, KeyError, IndexError, EOFError, zlib.error, MagicNumberNotFound, SpecVersionUnsupported)
"""What the reader raises of a file that is damaged or something else."""

tiles = Blueprint("tiles", __name__)


@dataclass(frozen=True, slots=True)
class Tiles:
    """What a page must know of the file: ``attribution`` is plain text, zoom levels are those it has tiles for."""

    path: Path
    kind: str
    attribution: str
    least_zoom: int
    most_zoom: int

    @property
    def script(self) -> str:
        """What draws it, below static/."""
        return SCRIPTS[self.kind]


def opened(path: Path) -> Tiles:
    """The file, its header and metadata read. Raises :class:`~geomap.errors.BadInput` where it is none."""
    try:
        header, metadata = _read(path)
    except OSError as error:
        raise BadInput(f"the basemap {path} cannot be read ({error.strerror or error}): give a PMTiles file") from error
    except BROKEN as error:
        raise BadInput(f"the basemap {path} is no whole PMTiles file of version 3: give another, or none") from error
    kind = "vector" if header["tile_type"] == TileType.MVT else "raster" if header["tile_type"] in RASTER else ""
    if not kind or header["tile_compression"] not in (Compression.NONE, Compression.GZIP):
        raise BadInput(f"the basemap {path} holds tiles that browsers cannot draw: MVT, PNG, JPEG, WebP or AVIF can be")
    return Tiles(path, kind, _plain(metadata.get("attribution")), header["min_zoom"], header["max_zoom"])


def _read(path: Path) -> tuple[HeaderDict, Mapping[str, object]]:
    """Header and metadata; the file must be as long as its header says."""
    with path.open("rb") as file:
        header = deserialize_header(file.read(HEADER_BYTES))
        if header["tile_data_offset"] + header["tile_data_length"] > file.seek(0, os.SEEK_END):
            raise ValueError("the file ends before its tiles do")
        file.seek(header["metadata_offset"])
        packed = file.read(min(header["metadata_length"], MOST_METADATA))
    gzipped = header["internal_compression"] == Compression.GZIP
    metadata = json.loads(gzip.decompress(packed) if gzipped else packed)
    return header, metadata if isinstance(metadata, dict) else {}


def _plain(attribution: object) -> str:
    """Attribution as text: files bring it as HTML, which is not ours to run."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", str(attribution or ""))).split())[:200]


@tiles.route("/basemap.pmtiles", methods=["GET", "OPTIONS"], provide_automatic_options=False)
def show() -> Response:
    """The file, whole or by ranges; a sandboxed frame, which has no origin, may ask for it and read it as well."""
    path = links.config().basemap
    if path is None:
        abort(404)
    if request.method == "OPTIONS":
        response = Response(status=HTTPStatus.NO_CONTENT)
        response.headers["Access-Control-Allow-Headers"] = "Range, If-Match"
    else:
        response = make_response(send_file(path.resolve(), mimetype="application/vnd.pmtiles", conditional=True))
        response.headers["Access-Control-Expose-Headers"] = "Content-Range, ETag"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
