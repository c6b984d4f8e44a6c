"""Reports as JSON Lines: one object with id, text and perhaps a title on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from geomap.errors import BadReport
from geomap.model import Article
from geomap.read.article import MAX_REPORT, article, text
from geomap.read.heads import Head

_ESCAPED = 6
"""Bytes that one character takes at most in JSON (a \\uXXXX escape)."""

_ROOM = 100_000
"""Bytes left for the other fields of a line."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that holds no report: its number from 1, and why in one line."""

    number: int
    message: str


def lines(stream: IO[bytes] | IO[str], *, max_report: int = MAX_REPORT) -> Iterator[Article | BadLine]:
    """The report on each line of ``stream``, or why there is none; blank lines are passed over.

    A line is an object with ``id`` (a string or whole number), ``text`` and optionally ``title``. Hand over a binary
    stream: then even a line that is not UTF-8 is only a :class:`BadLine`. A line too long is skipped without being
    held in memory. An empty text is a report without words, since its id still wants an answer.
    """
    for number, line in _split(stream, _ESCAPED * max_report + _ROOM):
        if line is None:
            yield BadLine(number, f"the line is too long; a report has at most {max_report:,} characters")
        elif line.strip():
            yield _article(number, line, max_report)


def _split(stream: IO[bytes] | IO[str], limit: int) -> Iterator[tuple[int, bytes | str | None]]:
    """Each line with its number, None for one longer than ``limit``."""
    number = 0
    while line := stream.readline(limit):
        number += 1
        whole = _ended(line) or len(line) < limit
        yield number, line if whole else None
        while not whole:
            rest = stream.readline(limit)
            whole = _ended(rest) or len(rest) < limit


def _ended(line: bytes | str) -> bool:
    return line.endswith(b"\n") if isinstance(line, bytes) else line.endswith("\n")


def _article(number: int, line: bytes | str, max_report: int) -> Article | BadLine:
    try:
        fields = json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line.lstrip("\ufeff"))
    except UnicodeDecodeError:
        return BadLine(number, "the line is not UTF-8; save the file again as UTF-8")
    except (ValueError, RecursionError) as error:
        return BadLine(number, f"the line is not JSON ({str(error)[:80]}); write one object on each line")
    if problem := _problem(fields):
        return BadLine(number, problem)
    id, content, title = str(fields["id"]), fields["text"], fields.get("title") or ""
    if not content.strip():
        return article(content, id, Head(title=title))
    try:
        return text(content, id=id, title=title, max_report=max_report)
    except BadReport as error:
        return BadLine(number, str(error))


def _problem(fields: Any) -> str:
    if not isinstance(fields, dict):
        return 'the line is not an object; write {"id": ..., "text": ...}'
    id = fields.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int) or id == "":
        return 'the field "id" is missing or neither words nor a number'
    if not isinstance(fields.get("text"), str):
        return 'the field "text" is missing or not a string'
    if not isinstance(fields.get("title") or "", str):
        return 'the field "title" is not a string'
    return ""
