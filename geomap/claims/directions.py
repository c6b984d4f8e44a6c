"""Compass directions in every dress: "north-east", "NNE", "to the northeast of", "northern outskirts", "due south"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import product

from geomap.claims.lexicon import table
from geomap.claims.surface import Ending, any_of, any_of_reversed, ending
from geomap.model import Span

CODES = ("n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw")
"""The sixteen points, clockwise from north, 22.5 degrees apart."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A direction where it stands: ``span`` from what leads up to it ("to the") to its end.

    ``led`` holds the leading words, lower case; ``adjective`` is true for "northern", "northeasterly"; ``edge`` for a
    direction inside a place ("northern outskirts"); ``part`` for a piece of it ("northern half", "north coast").
    """

    span: Span
    word: Span
    code: str
    led: str = ""
    adjective: bool = False
    edge: bool = False
    part: bool = False


@cache
def _spellings() -> dict[str, str]:
    """Every folded spelling of a point (no hyphens, spaces or stops) and its code."""
    words = table("distances")["directions"]
    names = {code: words[code] for code in "nesw"}
    spelt = {name: code for code, name in names.items()}
    for vertical, flat in product("ns", "ew"):
        both = vertical + flat
        spelt[names[vertical] + names[flat]] = both
        for first in (vertical, flat):
            spelt[names[first] + names[vertical] + names[flat]] = first + both
    return spelt | {code: code for code in CODES}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = table("distances")["directions"]
    endings = "(?:" + "|".join(words["endings"]) + ")"
    vertical, flat = f"(?:{words['n']}|{words['s']})", f"(?:{words['e']}|{words['w']})"
    long = rf"(?:(?:{vertical}|{flat})[- /]?)?(?:{vertical}[- ]?{flat}|{vertical}|{flat})"
    by = rf"(?P<by> ++by ++(?:{vertical}[- ]?{flat}|{vertical}|{flat})(?!\w))?"
    and_ = rf"(?P<and>{vertical} ++and ++{flat}|{flat} ++and ++{vertical})(?!\w)"
    codes = "|".join(sorted((code.upper() for code in CODES), key=len, reverse=True))
    short = rf"(?-i:(?:{codes})(?![\w'&]|\.\w|[- ]\d)|(?:N\.[EW]|S\.[EW]|[NESW])\.(?! [A-Z]))"
    noun = rf"(?: ++(?:and [a-z]+ )?(?:(?P<edge>{any_of(words['edges'])})|(?P<part>{any_of(words['parts'])})))?"
    tail = r"(?: ++(?:in )?direction)?"
    lead = rf"(?P<led>(?:{any_of(words['before'])} *+){{0,3}})"
    return {
        "here": re.compile(
            rf" *+{lead}(?<!\w)(?:{and_}|(?P<long>{long})(?P<ending>{endings})?(?!\w){by}|(?P<short>{short}))"
            rf"{noun}{tail}",
            re.IGNORECASE,
        ),
        "seek": re.compile(rf"(?<!\w)(?:{long}(?:{endings})?(?!\w)|{short})", re.IGNORECASE),
    }


@cache
def _leads() -> Ending:
    return ending(rf"(?: *+{any_of_reversed(table('distances')['directions']['before'])})+", 40)


def heading_at(face: str, position: int) -> Heading | None:
    """The direction that begins at ``position`` of a surface (leading words and spaces allowed), if one does."""
    found = _patterns()["here"].match(face, position)
    if not found:
        return None
    word = found["and"] or found["long"] or found["short"]
    code = _code(word)
    if code is None:
        return None
    begins = found.start("and") if found["and"] else found.start("long") if found["long"] else found.start("short")
    start = position + len(found[0]) - len(found[0].lstrip(" "))
    return Heading(
        span=Span(start, found.end()),
        word=Span(begins, begins + len(word)),
        code=code,
        led=" ".join(found["led"].lower().split()),
        adjective=bool(found["ending"]),
        edge=bool(found["edge"]),
        part=bool(found["part"]),
    )


def headings(face: str, start: int = 0, end: int | None = None) -> list[Heading]:
    """Every direction between ``start`` and ``end``, each with the words that lead up to it."""
    limit = len(face) if end is None else end
    found: list[Heading] = []
    for word in _patterns()["seek"].finditer(face, start, limit):
        if found and word.start() < found[-1].span.end:
            continue
        led = _leads().start(face, word.start(), start)
        heading = heading_at(face, word.start() if led is None else led)
        if heading:
            found.append(heading)
    return found


def _code(word: str) -> str | None:
    """The sixteen-point code of a spelling; "north by east" (11.25 degrees) counts as the point named first."""
    folded = re.sub(r"[-. /]| and ", "", word.lower())
    spelt = _spellings()
    if " and " in word.lower():
        first, second = sorted((spelt[part.strip()] for part in word.lower().split(" and ")), key="nsew".index)
        return first + second
    if folded in spelt:
        return spelt[folded]
    return None


__all__ = ["CODES", "Heading", "heading_at", "headings"]
