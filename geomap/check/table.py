"""``geomap check --table``: a CSV of quoted distances in, the same rows with their verdicts out, as a stream."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, islice
from pathlib import Path
from typing import Final, NamedTuple, TextIO

import numpy as np
from numpy.typing import NDArray

from geomap.check.columns import NOT_A_NUMBER, Checks, check_table
from geomap.check.judge import UNCHECKABLE
from geomap.check.reasons import NAMES, UNIT_NAMES
from geomap.errors import BadInput
from geomap.geodesy import Array

COLUMNS: Final = ("quantity", "unit", "direction", "ref_lat", "ref_lon", "subj_lat", "subj_lon")
OPTIONAL: Final = ("ref_population", "subj_population")
ADDED: Final = ("measured_km", "azimuth", "ratio", "percentile", "verdict", "reason")
CHUNK: Final = 4_000
"""Rows held at a time: few enough to be gone before the garbage collector looks at them twice."""
LONGEST_ROW: Final = 20
"""Lines that one row may run over."""

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[,'’\u00a0\u202f ]\d{3})+(?:\.\d+)?")
_NAN: Final = float("nan")

DIRECTIONS: Final = {"": ""} | {code: code for code in NAMES} | {code.upper(): code for code in NAMES}
UNITS: Final = {"": ""} | {
    spelling: unit
    for unit, name in UNIT_NAMES.items()
    for spelling in (unit, name, name.removesuffix("s"), name.replace("metre", "meter"))
} | {"kilometer": "km", "meter": "m", "foot": "ft", "nm": "nmi", "kms": "km", "mile": "mi"}  # fmt: skip


def check_csv(infile: Path | TextIO, outfile: Path | TextIO) -> None:
    """Check every row of a CSV and write it back with measured_km, azimuth, ratio, percentile, verdict and reason.

    Reads and writes in pieces, so that a table may be of any length. A broken row comes back ``uncheckable`` with its
    reason. Raises BadInput, one line, for a file that cannot be read, an empty table or a missing column.
    """
    if isinstance(infile, Path):
        try:
            file = infile.open(encoding="utf-8-sig", newline="")
        except OSError as error:
            raise BadInput(f"cannot read {infile}: {error.strerror or error}; give a CSV file") from error
        with file:
            return check_csv(file, outfile)
    if isinstance(outfile, Path):
        with outfile.open("w", encoding="utf8", newline="") as file:
            return check_csv(infile, file)
    return _stream(infile, outfile)


def _stream(infile: TextIO, outfile: TextIO) -> None:
    try:
        header = next((line for line in infile if line.strip()), None)
        if header is None:
            raise BadInput(f"the table is empty: it needs a first line with the columns {', '.join(COLUMNS)}")
        names = [name.strip().lower() for name in next(csv.reader([header]))]
        missing = [name for name in COLUMNS if name not in names]
        if missing:
            raise BadInput(f"the table has no column {', '.join(missing)}: it needs {', '.join(COLUMNS)}")
        pieces = _pieces(infile, len(names))
        first = next(pieces, None)
        if first is None:
            raise BadInput("the table has no rows below its first line")
        where = {str(name): names.index(name) for name in (*COLUMNS, *OPTIONAL) if name in names}
        outfile.write(_ended(header) + f",{','.join(ADDED)}\n")
        for piece in chain([first], pieces):
            outfile.writelines(_checked(piece, where, len(names)))
    except UnicodeDecodeError as error:
        raise BadInput("the table is not UTF-8 text: save it as a UTF-8 CSV") from error


class Piece(NamedTuple):
    """Some rows as fields, and as they stood in the file without the ends of their lines."""

    fields: list[list[str]]
    texts: list[str]


def _pieces(infile: TextIO, width: int) -> Iterator[Piece]:
    """The rows that are not blank, some at a time."""
    lines = iter(infile)
    while piece := list(islice(lines, CHUNK)):
        fields = _parsed(piece)
        texts = list(map(_ended, piece))
        # Where a field holds the end of a line, or a quotation mark is never closed, rows are not lines.
        if len(fields) != len(piece) or piece[-1].count('"') % 2:
            fields, texts = _joined(piece, lines, width)
        if not all(fields):
            texts = list(compress(texts, fields))
            fields = list(filter(None, fields))
        if fields:
            yield Piece(fields, texts)


def _parsed(lines: list[str]) -> list[list[str]]:
    """Lines as rows; none at all where they cannot be read as they stand."""
    try:
        return list(csv.reader(lines))
    except csv.Error:
        return []


def _joined(lines: list[str], more: Iterator[str], width: int) -> Piece:
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
        texts.append(_ended("".join(lines[:count])))
        del lines[:count]
    return Piece(rows, texts)


def _ended(line: str) -> str:
    return line.rstrip("\r\n")


def _checked(piece: Piece, where: dict[str, int], width: int) -> Iterator[str]:
    """The rows as lines, with what was found added."""
    rows, texts = piece
    torn = {i: len(row) for i, row in enumerate(rows) if len(row) != width}
    for i in torn:
        rows[i] = (rows[i] + [""] * width)[:width]
        texts[i] = _line(rows[i])
    fields = list(zip(*rows, strict=True))
    checks = _check({name: fields[at] for name, at in where.items()})
    reasons = checks.reasons()
    for i, count in torn.items():
        checks.verdict[i] = UNCHECKABLE
        reasons[i] = f"the row has {count} columns where the table has {width}"
    for text, figures, verdict, reason in zip(texts, _figures(checks, torn), checks.verdicts(), reasons, strict=True):
        yield f'{text},{figures},{verdict},"{reason}"\n'


def _line(fields: Sequence[str]) -> str:
    """A row as a line of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(fields)
    return text.getvalue()


def _check(columns: dict[str, Sequence[str]]) -> Checks:
    quantity, faults = _numbers(columns["quantity"])
    places = {name: _numbers(columns[name])[0] for name in COLUMNS[3:]}
    people = {name: _numbers(columns[name])[0] for name in OPTIONAL if name in columns}
    units = _codes(columns["unit"], UNITS)
    directions = _codes(columns["direction"], DIRECTIONS)
    return check_table(quantity, units, directions, **places, faults=faults, **people)


def _codes(texts: Sequence[str], known: dict[str, str]) -> list[str]:
    """Codes as the check takes them; what is not known stays as it is, to be reported."""
    return [known[text] if text in known else _code(text, known) for text in texts]


def _code(text: str, known: dict[str, str]) -> str:
    plain = re.sub(r"[\s.-]", "", text.lower())
    return known.get(plain) or next((code for code, name in NAMES.items() if name.replace("-", "") == plain), plain)


def _numbers(texts: Sequence[str]) -> tuple[Array, NDArray[np.uint8]]:
    """A column of numbers, NaN where empty or unreadable, and the fault of each."""
    faults = np.zeros(len(texts), dtype=np.uint8)
    try:
        values = np.array(list(map(float, texts)))
    except ValueError:
        values = np.array([_number(text) for text in texts])
    for i in np.flatnonzero(np.isnan(values)).tolist():
        if texts[i].strip():
            faults[i] = NOT_A_NUMBER
    return values, faults


def _number(text: str) -> float:
    """A number as people write it, with thousands marks; NaN where it is none."""
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[^\d.+-]", "", text)
    try:
        return float(text)
    except ValueError:
        return _NAN


def _figures(checks: Checks, torn: Iterable[int]) -> Iterator[str]:
    """measured_km, azimuth, ratio and percentile as fields; empty where nothing was measured."""
    columns = [checks.measured_m / 1000, checks.azimuth, checks.ratio, checks.percentile]
    for column in columns:
        column[list(torn)] = np.nan
    for km, azimuth, ratio, percentile in zip(*(column.tolist() for column in columns), strict=True):
        figures = f"{km:.3f},{azimuth:.2f},{ratio:.4g},{percentile:.1f}"
        yield figures.replace("nan", "") if "nan" in figures else figures
