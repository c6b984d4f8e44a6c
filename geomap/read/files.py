"""Reports in files and directories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from geomap.errors import BadReport
from geomap.model import Article
from geomap.read.article import MAX_REPORT, html, text
from geomap.read.decode import decode
from geomap.read.seed import MANIFEST, reports_beside, seed

PAGES = frozenset({".html", ".htm", ".xhtml"})
"""The endings of files read as web pages; every other file is read as text."""

_BYTES = 4
"""Bytes that one character takes at most."""


def reports(paths: Sequence[str | Path], *, max_report: int = MAX_REPORT) -> tuple[Article, ...]:
    """Every report in ``paths``: files as given, directories by their ``*.txt``, ``*.md`` and ``*.html`` in order.

    A directory with an ``incident.toml`` is a seed incident and gives the digests that it lists. README files in a
    directory are not reports. An article's id is its file's name without ending; a second file of that name gets a
    number. Raises :class:`~geomap.errors.BadReport` for the first file that cannot be read.
    """
    if not paths:
        raise BadReport("no report was named; give files or a directory of *.txt, *.md or *.html")
    return _numbered(report(file, max_report=max_report) for path in paths for file in _files(Path(path)))


def report(path: str | Path, *, max_report: int = MAX_REPORT) -> Article:
    """The report in one file of at most ``max_report`` characters.

    Raises :class:`~geomap.errors.BadReport` for a file that is missing, unreadable, empty, binary or too large.
    """
    file = Path(path)
    content = decode(_read(file, _BYTES * max_report), str(file))
    read = html if file.suffix.lower() in PAGES else text
    return read(content, id=file.stem, where=str(file), max_report=max_report)


def _files(path: Path) -> tuple[Path, ...]:
    try:
        if not path.is_dir():
            return (path,)
        if (path / MANIFEST).is_file():
            return seed(path).paths
        found = reports_beside(path)
    except OSError as error:
        raise BadReport(f"{path}: {_why(error)}") from error
    if not found:
        raise BadReport(f"{path}: this directory holds no reports; put *.txt, *.md or *.html files in it")
    return found


def _read(file: Path, limit: int) -> bytes:
    try:
        size = file.stat().st_size
        if size <= limit:
            with file.open("rb") as stream:
                data = stream.read(limit + 1)
            if len(data) <= limit:
                return data
            size = len(data)
    except OSError as error:
        raise BadReport(f"{file}: {_why(error)}") from error
    except ValueError as error:
        raise BadReport(f"{str(file)!r}: this cannot be a file's name; check it") from error
    raise BadReport(
        f"{file}: {size / 1e6:,.1f} MB are more than one report of {limit // _BYTES:,} characters can have; "
        "split it, or raise GEOMAP_MAX_REPORT"
    )


def _why(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file; check the name"
        case PermissionError():
            return "it may not be read; change its permissions"
        case _:
            return f"it cannot be read ({error.strerror or error}); check the file"


def _numbered(articles: Iterator[Article]) -> tuple[Article, ...]:
    """The same articles under ids of their own: a, a-2, a-3."""
    taken: dict[str, Article] = {}
    for one in articles:
        id, number = one.id, 1
        while id in taken:
            number += 1
            id = f"{one.id}-{number}"
        taken[id] = one if id == one.id else replace(one, id=id)
    return tuple(taken.values())
