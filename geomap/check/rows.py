"""The rows of a CSV, some at a time, as columns and as they stood in the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import compress, islice
from typing import Final, NamedTuple, TextIO

CHUNK: Final = 4_000
"""Lines held at a time: few enough to be gone before the garbage collector looks at them twice."""
LONGEST_ROW: Final = 20
"""Lines that one row may run over."""


class Piece(NamedTuple):
    """Some rows by column, each row's text without the end of its line, and the rows with too few or many fields.

    ``torn`` maps the number of such a row to its count of fields; it is cut or filled to the width of the table.
    """

    columns: list[Sequence[str]]
    texts: list[str]
    torn: dict[int, int]


def pieces(infile: TextIO, width: int) -> Iterator[Piece]:
    """The rows of a table below its header that are not blank."""
    lines = iter(infile)
    while some := list(islice(lines, CHUNK)):
        texts = list(map(ended, some))
        piece = _plain(texts, width) or _quoted(some, texts, lines, width)
        if piece.texts:
            yield piece


def ended(line: str) -> str:
    """A line without its end."""
    return line.rstrip("\r\n")


def _plain(texts: list[str], width: int) -> Piece | None:
    """Rows without a quotation mark, all of one width: no reader is needed, and half the time is saved."""
    whole = ",".join(texts)
    if '"' in whole or any(text.count(",") != width - 1 for text in texts) or (width == 1 and "" in texts):
        return None
    fields = whole.split(",")
    return Piece([fields[i::width] for i in range(width)], texts, {})


def _quoted(lines: list[str], texts: list[str], more: Iterator[str], width: int) -> Piece:
    rows = _parsed(lines)
    # Where a field holds the end of a line, or a quotation mark is never closed, rows are not lines.
    if len(rows) != len(lines) or lines[-1].count('"') % 2:
        rows, texts = _joined(lines, more, width)
    texts = list(compress(texts, rows))
    rows = list(filter(None, rows))
    torn = {i: len(row) for i, row in enumerate(rows) if len(row) != width}
    for i in torn:
        rows[i] = (rows[i] + [""] * width)[:width]
        texts[i] = _line(rows[i])
    return Piece(list(zip(*rows, strict=True)), texts, torn)


def _parsed(lines: list[str]) -> list[list[str]]:
    """Lines as rows; none at all where they cannot be read as they stand."""
    try:
        return list(csv.reader(lines))
    except csv.Error:
        return []


def _joined(lines: list[str], more: Iterator[str], width: int) -> tuple[list[list[str]], list[str]]:
    """Rows of one line or several; a quotation mark that nothing closes costs its own line and no other."""
    rows, texts = [], []
    while lines:
        if len(lines) < LONGEST_ROW:
            lines += islice(more, LONGEST_ROW)
        count = next((n for n in range(1, LONGEST_ROW) if "".join(lines[:n]).count('"') % 2 == 0), 1)
        row = _parsed(lines[:count])
        if count > 1 and (len(row) != 1 or len(row[0]) != width):
            count, row = 1, _parsed(lines[:1])
        rows.append(row[0] if row else [])
        texts.append(ended("".join(lines[:count])))
        del lines[:count]
    return rows, texts


def _line(fields: Sequence[str]) -> str:
    """A row as a line of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(fields)
    return text.getvalue()
