"""Where a report quotes: stretches between quotation marks, also when a mark is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geomap.model import Article, Span

_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two marks, marks included.

    ``opened`` is False where only the closing mark stands (it then begins with its paragraph), ``closed`` is False
    where the mark is never closed in its paragraph: it then ends with the paragraph, and goes on in the next one where
    that opens with a mark again, as newspapers set long quotations.
    """

    span: Span
    opened: bool = True
    closed: bool = True


def quotations(article: Article) -> Iterator[Quotation]:
    """Every quotation in order; marks are paired within a paragraph, so that a missing mark spoils no other."""
    for paragraph in _PARAGRAPH.finditer(article.text, article.body):
        yield from _paired(article.text, paragraph.start(), paragraph.end())


def _paired(text: str, start: int, end: int) -> Iterator[Quotation]:
    open_at: int | None = None
    last = start
    for found in re.compile(r"[“”„«»\"]").finditer(text, start, end):
        mark, at = found[0], found.start()
        if mark == '"' and at > start and text[at - 1].isdigit() and open_at is None:
            continue  # inches
        opens = mark in "“„«" or (mark == '"' and open_at is None and not _closing(text, at, end))
        if opens:
            if open_at is None:
                open_at = at
            continue
        if open_at is not None:
            yield Quotation(Span(open_at, at + 1))
        elif at > last:
            yield Quotation(Span(last, at + 1), opened=False)
        open_at, last = None, at + 1
    if open_at is not None and end > open_at:
        yield Quotation(Span(open_at, end), closed=False)


def _closing(text: str, at: int, end: int) -> bool:
    """Whether a straight mark can only close: a word or a stop before it, a space, a stop or the end after it."""
    before = text[at - 1 : at]
    after = text[at + 1 : at + 2] if at + 1 < end else ""
    return (
        bool(before)
        and not before.isspace()
        and before not in "([—–-"
        and (not after or after.isspace() or after in ".,;:)")
    )
