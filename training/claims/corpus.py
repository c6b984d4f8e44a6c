"""Reports of our own with what a careful reader takes from them: files to records (their form: see README.md)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geomap.model import Article, Span

OUTLET = "outlet"
"""The speaker of what the outlet says itself."""


@dataclass(frozen=True)
class Line:
    """One claim as the reader wrote it down; ``span`` is where the words stand that make it."""

    sure: bool
    role: str
    subject: str
    reference: str
    value: str
    speaker: str
    status: str
    span: Span


@dataclass(frozen=True)
class Report:
    article: Article
    lines: tuple[Line, ...]


def reports(folder: Path) -> Iterator[Report]:
    """Every report of a folder, by name."""
    for path in sorted(folder.glob("*.txt")):
        yield read(path.stem, path.read_text("utf-8"))


def read(name: str, source: str) -> Report:
    """One file."""
    head, text, lines = re.split(r"^---\n", source, flags=re.MULTILINE)
    fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    text = text.strip() + "\n"
    article = Article(
        id=name,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        outlet=fields["outlet"],
        published=dt.date.fromisoformat(fields["published"]),
    )
    return Report(article, tuple(_line(line, text) for line in lines.splitlines() if line.strip()))


def _line(line: str, text: str) -> Line:
    sure = not line.startswith("may:")
    role, subject, reference, value, speaker, status, words = (
        part.strip() for part in line.removeprefix("may:").split("|", 6)
    )
    start = text.index(words[1:-1])
    return Line(sure, role, subject, reference, value, speaker, status, Span(start, start + len(words) - 2))
