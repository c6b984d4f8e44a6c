"""A picture as PNG: the SVG drawn by resvg, with its description as text inside the file."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from resvg_py import svg_to_bytes

from geomap.catalogs import nearest
from geomap.errors import GeomapError
from geomap.model import Incident
from geomap.render.document import document
from geomap.render.picture import lettering
from geomap.render.picture.alt import alt
from geomap.render.picture.draw import drawn
from geomap.render.picture.options import Options
from geomap.tongue import ENGLISH, speaking

_HEAD = 33
"""Bytes of a PNG's signature and its first chunk, IHDR."""


def png(incident: Incident, options: Options, *, static: Path) -> bytes:
    """The picture as PNG, the same bytes for the same incident, options and static folder.

    It holds ``Title``, ``Description`` (the alternative text) and ``Software`` as international text (PNG, 11.3.3.4).
    Raises :class:`~geomap.errors.NotFound` where ``static`` lacks style sheet, basemap or font.
    """
    with speaking(nearest(options.lang) or ENGLISH):
        doc = document(incident)
        image = raster(drawn(doc, options, static=static), static)
        words = {"Title": doc["title"], "Description": alt(doc), "Software": "geomap"}
    return image[:_HEAD] + b"".join(_text(*each) for each in words.items()) + image[_HEAD:]


def raster(svg: str, static: Path) -> bytes:
    """An SVG as PNG with our own font alone: a machine's fonts would make each draw another picture."""
    try:
        return svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=lettering.files(static),
            font_family=lettering.FAMILY,
            sans_serif_family=lettering.FAMILY,
        )
    except ValueError as error:
        raise GeomapError(f"the picture could not be drawn: {' '.join(str(error).split())[:200]}") from error


def _text(keyword: str, words: str) -> bytes:
    """An iTXt chunk: keyword, no compression, no language, the text in UTF-8."""
    body = b"iTXt" + keyword.encode("latin-1") + b"\0\0\0\0\0" + words.replace("\0", "").encode("utf-8", "replace")
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
