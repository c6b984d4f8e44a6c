"""Where a report prints another outlet's report whole: which stretch it is, and whose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from geomap.claims.lexicon import longest_first, table
from geomap.claims.speakers import canonical, display, is_outlet
from geomap.model import Article, Span

_PARAGRAPH = re.compile(r"[^\n]+")
_NAME = re.compile(r"[A-Z][\w.’'&-]*(?: (?:of |the |and )?[A-Z][\w.’'&-]*){0,4}")
_DATELINE = re.compile(r"\s*[A-Z][A-Z .'’-]+(?:,[\w .]{2,30})? ?\((?P<name>[^()]{2,30})\) ?[-–—]")


@dataclass(frozen=True, slots=True)
class Copy:
    """A stretch of the report that is another outlet's, from the words that introduce it on."""

    span: Span
    outlet: str


def copies(article: Article) -> Iterator[Copy]:
    """Every stretch printed from elsewhere, in order.

    One begins behind a paragraph that announces it and ends with a colon ("Here is the agency's report in full:"), or
    at a dateline that names an agency in the middle of a report. It ends where the report says so, where it speaks of
    itself by its own name, or with the text.
    """
    paragraphs = list(_PARAGRAPH.finditer(article.text, article.body))
    start, outlet, last = -1, "", ""
    for number, paragraph in enumerate(paragraphs):
        text = paragraph[0]
        if start >= 0 and _ends(text, article.outlet):
            yield Copy(Span(start, paragraph.start()), outlet)
            start = -1
        dateline = _DATELINE.match(text)
        if dateline and number and start < 0 and is_outlet(dateline["name"]):
            start, outlet = paragraph.start(), display(dateline["name"])
        elif start < 0 and _announces(text) and number + 1 < len(paragraphs):
            outlet = _outlet_in(text, article.outlet) or last
            start = paragraph.end() if outlet else -1
        last = _outlet_in(text, article.outlet) or last
    if start >= 0:
        yield Copy(Span(start, len(article.text)), outlet)


@cache
def _announcing() -> re.Pattern[str]:
    words = table("attribution")["copies"]
    things, ways = "|".join(longest_first(words["things"])), "|".join(longest_first(words["announcing"]))
    return re.compile(rf"^(?=.*\b(?:{things})\b)(?=.*\b(?:{ways})\b).*:\s*$", re.IGNORECASE)


def _announces(paragraph: str) -> bool:
    return bool(_announcing().match(paragraph))


@cache
def _closing() -> re.Pattern[str]:
    listed = "|".join(longest_first(table("attribution")["copies"]["closing"]))
    return re.compile(rf"\s*[(\[]?(?:{listed})\b", re.IGNORECASE)


def _ends(paragraph: str, outlet: str) -> bool:
    return bool(_closing().match(paragraph)) or bool(outlet and outlet in paragraph)


def _outlet_in(paragraph: str, own: str) -> str:
    """The last outlet that a paragraph names, other than the report's own."""
    names = [display(found[0]) for found in _NAME.finditer(paragraph)]
    heard = [name for name in names if is_outlet(name) and canonical(name) != canonical(own)]
    return heard[-1] if heard else _named_by_kind(paragraph)


_BEHIND_KIND = re.compile(
    r"\b(?:newspaper|daily|weekly|magazine|broadcaster|agency|website|channel)"
    r" (?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w’'-]*){0,3})"
)


def _named_by_kind(paragraph: str) -> str:
    """The name behind "the newspaper", where nothing in it says that it is an outlet's ("the newspaper La Voz")."""
    found = _BEHIND_KIND.search(paragraph)
    return display(found["name"]) if found else ""
