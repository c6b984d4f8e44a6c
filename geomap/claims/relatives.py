"""Days told by other days, and by the names of feasts: "nine days ago", "the evening before", "Christmas Day"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from geomap.claims.lexicon import longest_first, table
from geomap.model import Article, Span

if TYPE_CHECKING:
    from geomap.claims.dates import Day

_PART = r"(?:day|morning|afternoon|evening|night)"
_ALONE = r"(?=\s*(?:[.,;:()—–]|$)|\s+(?:in|at|on|from|by|near|and|but|to|when|as|with|after|while|had|was|were)\b)"
"""What stands behind "the day before" where it is no "the day before the vote"."""


@cache
def _related() -> re.Pattern[str]:
    numbers = "|".join(longest_first(table("times")["spoken"]["hours"]))
    return re.compile(
        rf"\b(?:(?P<number>an?|{numbers}|\d{{1,2}}) days? (?:(?P<ago>ago)|(?P<back>earlier|previously)"
        r"|(?P<on>later)(?! than)"
        rf"|(?P<back2>before){_ALONE}|(?P<on2>after(?:wards)?){_ALONE})"
        rf"|the {_PART} (?:(?P<back3>before){_ALONE}|(?P<on3>after){_ALONE})"
        rf"|the (?:(?P<back4>previous|preceding)|(?P<on4>next|following)) {_PART})\b",
        re.IGNORECASE,
    )


@cache
def _feasts() -> re.Pattern[str]:
    names = "|".join(longest_first(table("times")["feasts"]))
    return re.compile(rf"\b(?P<name>{names})\b(?: (?:morning|afternoon|evening|night))?", re.IGNORECASE)


def feasts(article: Article) -> Iterator[tuple[Span, int, int]]:
    """Feasts of a fixed day that the report names: where, month and day."""
    for found in _feasts().finditer(article.text, article.body):
        month, day = table("times")["feasts"][found["name"].lower()]
        yield Span(*found.span()), month, day


def related(article: Article, known: Sequence[Day]) -> Iterator[tuple[Span, dt.date]]:
    """Days counted from the day of publication ("ago") or from the last day named before them, else that one too.

    Days to come are left out; ``known`` are the days that the report names outright.
    """
    published = article.published
    if published is None:
        return
    dated = sorted((day.span.end, day.date) for day in known if day.date and not day.vague and day.date <= published)
    last, passed = (0, published), 0
    for found in _related().finditer(article.text, article.body):
        while passed < len(dated) and dated[passed][0] <= found.start():
            last, passed = max(last, dated[passed]), passed + 1
        start = published if found["ago"] else last[1]
        date = start + dt.timedelta(days=_steps(found))
        if date <= published:
            yield Span(*found.span()), date
            last = (found.end(), date)


def _steps(found: re.Match[str]) -> int:
    """How many days on, or back."""
    said = (found["number"] or "a").lower()
    number = 1 if said in {"a", "an"} else table("times")["spoken"]["hours"].get(said) or int(said)
    return number if any(found[name] for name in ("on", "on2", "on3", "on4")) else -number
