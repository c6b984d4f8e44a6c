"""What stands between a distance and what it is said of, and is neither: a depth, a time of day, who says so."""

from __future__ import annotations

import re
from functools import cache

from geomap.claims.lexicon import table
from geomap.claims.reading import Reading
from geomap.claims.surface import any_of

_LONGEST_SPEAKER = 60
_WINDOW = 160
"""Characters before a distance in which its asides stand."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    cues = table("distances")["asides"]
    sayings, sources = any_of(cues["sayings"]), any_of(cues["sources"])
    speaker = rf"[^,;.:()\"]{{1,{_LONGEST_SPEAKER}}}?"
    zone = rf"(?-i: ?(?:{'|'.join(cues['zones'])}))(?!\w)"
    clock = rf"(?<![\w.,:]){cues['clock']}"
    half = cues["half_of_day"]
    told = rf"{clock}(?: ?(?:hours|hrs)(?!\w))?(?:{half}?{zone}|{half})|(?<![\w.,:])\d{{1,2}}:\d\d(?![\w:])"
    hours = rf"(?:between {clock}{half}?(?:{zone})? and (?:{told})|{told})"
    return {
        "depth": re.compile(
            r",? (?:at|from|to) (?:an?|the) (?:depth|altitude|elevation|height) of (?:[^,;.]|[.,](?=\d)){1,60},? *$"
            r"|,? \d[\d.,]* ?(?:km|kilomet[a-z]+|miles?|m|met[a-z]+|feet|ft) (?:below|beneath|under|deep)(?!\w)"
            r"[^,;.]{0,40},? *$",
            re.I,
        ),
        "hour": re.compile(rf"(?:(?:^|,? +){any_of(cues['leads'])})*(?:^|,? +){hours}(?: \([^()]*\))?,? *$", re.I),
        "speaker": re.compile(rf"(?:^|, ){speaker} {sayings}(?: that)?,? *$", re.I),
        "said_by": re.compile(rf"(?:, {sayings} (?!that(?!\w))|(?:^|, ){sources} ){speaker}, *$", re.I),
        "after": re.compile(rf", (?:{speaker} {sayings}|(?:{sayings}|{sources}) {speaker})(?=, )", re.I),
    }


def before_asides(reading: Reading, floor: int, start: int) -> int:
    """Where the words end that a distance at ``start`` may be said of; ``floor`` is where its sentence begins.

    "said the mayor of X, 20 km ..." stays: a name among the speaker's words may be what the distance is said of.
    """
    end = start
    while (found := _last(reading, max(floor, end - _WINDOW), end)) is not None:
        end = found
    return end


def _last(reading: Reading, floor: int, end: int) -> int | None:
    """Where the aside that ends at ``end`` begins."""
    words = reading.face[floor:end]
    for name in ("depth", "hour", "speaker", "said_by"):
        found = _patterns()[name].search(words)
        if found is None or (name == "said_by" and _names_place(reading, floor + found.start(), end)):
            continue
        if found.start() < len(words.rstrip(" ,")):
            return floor + found.start()
    return None


def _names_place(reading: Reading, start: int, end: int) -> bool:
    return any(one.place is not None for one in reading.within(start, end))


def after_saying(reading: Reading, position: int, end: int) -> int:
    """Where the sentence goes on behind ", the governor said" at ``position``; ``position`` without such words."""
    found = _patterns()["after"].match(reading.face, position, end)
    return found.end() if found else position
