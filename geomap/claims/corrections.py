"""Corrections that a report prints of itself: what it withdraws is no claim of it, what it puts in its place is one.

A correction is read as the sentence that it makes. "An earlier version of this article said 63 people were aboard; it
was 65" stands for "65 people were aboard", built of the note's own characters, so that every claim of it can be traced
to the words printed. The rest of the note is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from geomap.claims.amends import Piece, restated
from geomap.model import Article, Claim, Resolution, Span

Record = TypeVar("Record")

_OURS = r"(?:this|the|our)\s+(?:news\s+)?(?:article|story|report|post|page|piece|dispatch|item|bulletin|live\s?blog)"
_EARLIER = rf"(?:an?|the|our)\s+(?:earlier|previous|original|prior|initial|first)\s+versions?\s+of\s+{_OURS}(?!\s+by\b)"
_LABEL = (
    r"(?:correction|clarification|erratum|corrigendum)s?(?:\s*\([^)\n]{1,40}\)|[-–—,]?\s*\w+\.?\s+\d{1,2}(?:,?\s+\d{4})?)?"
    r"\W{0,3}(?::|—|–|\n)|editors?['’]?s?['’]?\s+note\W{0,3}(?::|—|–|\n)|(?:\w+\s+to\s+correct|corrects)\s"
)
_SAYS = (
    rf"(?:{_EARLIER}\s|this\s+version\s+corrects"
    rf"|{_OURS}\s+(?:has\s+been|was|is)\s+(?:since\s+)?(?:updated|corrected|amended|edited|changed)\b"
    rf"|{_OURS}\s+(?:originally|initially|previously|earlier|incorrectly|wrongly|mistakenly)\s"
    r"|we\s+(?:originally|previously|incorrectly|wrongly|mistakenly)\s+(?:said|reported|stated|wrote|gave))"
)
_NOTE = re.compile(rf"(?:^[ \t]*[(\[*_]*(?:{_LABEL}|{_SAYS})|(?<=[.!?][ \n]){_SAYS})", re.IGNORECASE | re.MULTILINE)
_BREAK = re.compile(r"\n[ \t]*\n")
_CORRECTING = re.compile(rf"correct|amend|clarif|erratum|corrig|{_EARLIER}|misstat|misidentif|wrongly", re.IGNORECASE)
LONGEST = 1_500
"""Characters of the longest note: what runs on is the report."""


@dataclass(frozen=True, slots=True)
class Read:
    """A report as it is to be read: ``article`` with its corrections restated, and where each piece stands in it."""

    article: Article
    pieces: tuple[Piece, ...] = ()
    notes: tuple[Span, ...] = ()


def notes(article: Article) -> tuple[Span, ...]:
    """Where a report corrects or clarifies itself, in the order of the text: its notes at its head and foot.

    Somebody else's correction ("the ministry issued a correction") is part of what is reported, and no note.
    """
    return tuple(_notes(article))


def _notes(article: Article) -> Iterator[Span]:
    text, at = article.text, article.body
    while found := _NOTE.search(text, at):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        close = _BREAK.search(text, max(found.end(), start + 1))
        # The line under a label of its own is the note itself.
        if close and not text[found.end() : close.start()].strip():
            close = _BREAK.search(text, close.end())
        end = min(close.start() if close else len(text), start + LONGEST)
        end = start + len(text[start:end].rstrip())
        if _CORRECTING.search(text, start, end):
            yield Span(start, end)
        at = max(end, found.end())


def read(article: Article) -> Read:
    """The report with each of its corrections as the sentence that it makes, in the same number of characters."""
    found = notes(article)
    if not found:
        return Read(article)
    text = article.text
    pieces: list[Piece] = []
    for note in found:
        made, placed = _written(text, note)
        text = text[: note.start] + made + text[note.end :]
        pieces += placed
    return Read(replace(article, text=text), tuple(pieces), found)


def _written(text: str, note: Span) -> tuple[str, list[Piece]]:
    """What stands in a note's place, padded to its length, and the pieces it is made of, by their place in it."""
    line = ""
    placed: list[Piece] = []
    for statement in restated(text, note):
        made = ""
        mine: list[Piece] = []
        for piece in statement:
            if piece.words:
                mine.append(replace(piece, at=note.start + len(line) + len(made)))
            made += text[piece.source : piece.source + piece.length] if piece.words else piece.glue
        made = f"{made.rstrip(' .;,')}. "
        if len(line) + len(made) <= note.end - note.start:
            line, placed = line + made, placed + mine
    return line.ljust(note.end - note.start), placed


def printed(report: Read, article: Article, found: Sequence[Record]) -> tuple[Record, ...]:
    """Claims or resolutions of the restated report as those of the report as printed."""
    if not report.pieces:
        return tuple(found)
    return tuple(_moved(each, report, article) for each in found)


def _moved(record: Record, report: Read, article: Article) -> Record:
    moved = cast("Record", _respanned(record, report))
    if isinstance(moved, Claim) and moved != record:
        note = next((note for note in report.notes if note.overlaps(moved.span)), moved.context)
        return cast("Record", replace(moved, quote=article.quote(moved.span), context=note))
    if isinstance(moved, Resolution) and moved != record:
        mention = moved.mention
        return cast("Record", replace(moved, mention=replace(mention, surface=article.quote(mention.span))))
    return moved


def _respanned(value: Any, report: Read) -> Any:
    """A record with every span in it where its words are printed."""
    if isinstance(value, Span):
        return _printed(value, report)
    if isinstance(value, tuple):
        return tuple(_respanned(each, report) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for field in fields(value):
        old = getattr(value, field.name)
        new = _respanned(old, report) if field.name not in ("place", "candidates") else old
        if new is not old and new != old:
            changed[field.name] = new
    return replace(value, **changed) if changed else value


def _printed(span: Span, report: Read) -> Span:
    """Where the words of a span are printed: of a sentence put together, the words that correct."""
    note = next((note for note in report.notes if note.overlaps(span)), None)
    if note is None:
        return span
    mine = [each for each in report.pieces if each.at < span.end and span.start < each.at + each.length]
    if not mine:
        return note
    chosen = [each for each in mine if each.corrects] or mine
    starts = [each.source + max(0, span.start - each.at) for each in chosen]
    ends = [each.source + min(each.length, span.end - each.at) for each in chosen]
    return Span(min(starts), max(ends)) if max(ends) > min(starts) else note
