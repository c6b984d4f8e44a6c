"""Bytes as text: UTF-8 and what a byte-order mark says for certain, older encodings by a guess."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from geomap.errors import BadReport

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMATS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3": "a database",
}
_LIKELY = ["cp1251", "cp1252", "koi8_r"]
"""The older encodings that reports come in; others are tried where none of these fits."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 100_000


def decode(data: bytes, name: str) -> str:
    """The text in ``data``, line endings and invisible characters kept, without its byte-order mark.

    Raises :class:`~geomap.errors.BadReport`, naming ``name``, for what is not text.
    """
    for magic, what in _FORMATS.items():
        if data.startswith(magic):
            raise BadReport(f"{name}: it is {what}, not text; save the report as plain text in UTF-8")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _text(data[len(mark) :], encoding, name)
    if b"\0" in data:
        raise BadReport(f"{name}: it is binary data, not text; save the report as plain text in UTF-8")
    try:
        found = data.decode("utf-8")
    except UnicodeDecodeError:
        found = _guess(data, name)
    if len(_CONTROL.findall(found[:_SAMPLE])) * 100 > min(len(found), _SAMPLE):
        raise BadReport(f"{name}: it is binary data, not text; save the report as plain text in UTF-8")
    return found


def _guess(data: bytes, name: str) -> str:
    sample = data[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_LIKELY).best() or from_bytes(sample).best()
    if best is None:
        raise BadReport(f"{name}: its encoding is not known; save the report as plain text in UTF-8")
    return _text(data, best.encoding, name)


def _text(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"byte {error.start:,}"
        raise BadReport(f"{name}: it is not sound {encoding} at {where}; save the report again as UTF-8") from error
