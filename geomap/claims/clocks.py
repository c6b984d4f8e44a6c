"""Clock times as reports write them, and the zones they name: "10:20 a.m. local time (0720 GMT, 2:20 a.m. EST)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from geomap import zones
from geomap.claims.lexicon import longest_first, table
from geomap.model import Article, LocalZone, Resolution, Span, ZonedTime

LOCAL, GMT = "local", "gmt"


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock time as written.

    ``time`` is HH:MM, or as written where it is no time of day (``valid`` is False). ``zone`` is "gmt", "local", an
    abbreviation, or "" where none is named; ``named`` the zone in the report's own words. ``half`` is whether the half
    of the day is certain, ``bare`` whether the words may as well be a number of something else ("by nine").
    """

    span: Span
    time: str
    zone: str
    named: str = ""
    half: bool = True
    valid: bool = True
    bare: bool = False


@cache
def _zone() -> str:
    """A pattern for the name of a zone: abbreviations in capitals, "X time", "UTC+3", "local time"."""
    known = zones.table()
    short = longest_first([*known["abbreviations"], *(n.upper() for n in known["names"] if len(n) < 3)])
    whole = longest_first([n for n in known["names"] if n.endswith(" time")])
    ends = r"(?=\s*(?:[.,;:)\]/(]|$|\b(?:on|and|or)\b))"
    shifted = r"(?:gmt|utc)\s?[+\-−–]\s?\d{1,2}(?::?\d\d)?(?!\d)"
    return (
        rf"(?:{shifted}|(?:gmt|utc|zulu)\b|local time\b|local\b{ends}|(?-i:{'|'.join(short)})\b"
        rf"|(?:{'|'.join(whole)})\b|(?-i:Eastern|Central|Mountain|Pacific)\b{ends}"
        r"|(?-i:[A-Z][\w’'-]{1,20}(?: [A-Z][\w’'-]{1,20}){0,2}) time\b|(?-i:[A-Z]{2,4}T)\b)"
    )


@cache
def _clock() -> re.Pattern[str]:
    named = "|".join(table("times")["named"])
    half = r"(?P<half>[ap])\.?\s?m\b\.?"
    return re.compile(
        r"(?:(?<![\d:.,$£€/-])|(?<=:\d\d/)|(?<=[A-Za-z]/))"
        rf"(?:(?P<h>\d{{1,2}})(?P<sep>[:.h])(?P<m>\d\d)(?P<seconds>:[0-5]\d)?(?![\d:]|\.\d)(?:\s*{half})?"
        rf"|(?P<h2>1[0-2]|0?[1-9])\s?{half.replace('half', 'half2')}"
        rf"|(?P<whole>[01]?\d|2[0-3])h(?!\w)"
        rf"|(?P<mil>\d{{4}})(?=(?:\s*(?:hours|hrs|h)\b|(?-i:Z)\b|\s*\(?{_zone()}))"
        rf"|(?P<clock>1[0-2]|[1-9]) o['’]clock|(?<!\w)(?P<named>{named})\b)"
        rf"(?:(?-i:(?P<z>Z))\b)?(?:\s*(?:hours|hrs|h)\b)?(?:,? (?P<part>{_parts()})\b)?"
        rf"(?:,?\s*\(?(?P<zone>{_zone()}))?",
        re.IGNORECASE,
    )


@cache
def _parts() -> str:
    """A pattern for the part of the day that says which half an hour is of: "in the afternoon"."""
    return "|".join(longest_first(table("times")["spoken"]["parts"]))


@cache
def _spoken() -> re.Pattern[str]:
    """Hours in words: behind minutes ("half past six"), before "o'clock", or before a part of the day."""
    spoken = table("times")["spoken"]
    hour = rf"(?P<hour>{'|'.join(longest_first(spoken['hours']))}|1[0-2]|[1-9])"
    any_hour = rf"(?:{hour}|(?P<named>{'|'.join(table('times')['named'])}))"
    minutes = rf"(?P<minutes>{'|'.join(longest_first(spoken['minutes']))})"
    part = rf"(?P<part>{_parts()})"
    return re.compile(
        rf"\b(?:{minutes} (?:minutes )?(?P<way>past|after|to|before) {any_hour}(?: o['’]clock)?\b(?:,? {part}\b)?"
        rf"|{hour.replace('<hour>', '<hour2>')} (?:o['’]clock\b(?:,? {part.replace('<part>', '<part2>')}\b)?"
        rf"|{part.replace('<part>', '<part3>')}\b))(?:,?\s*\(?(?P<zone>{_zone()}))?",
        re.IGNORECASE,
    )


@cache
def _joint() -> re.Pattern[str]:
    """What may stand between two ways of giving one moment: a day, a date, a bracket, a comma."""
    months = "|".join(longest_first([name.capitalize() for name in table("times")["months"]]))
    day = r"[A-Z][a-z]+day(?: morning| afternoon| evening| night)?"
    date = rf"(?:\d{{1,2}} (?:{months})|(?:{months})\.? \d{{1,2}})(?:,? \d{{4}})?"
    return re.compile(
        rf"(?:,?\s*(?:on |early |late )?(?:{day})?,?\s*(?:{date})?)"
        r"\s*[(\[,;/]?\s*(?:or|and)?\s*[(\[]?\s*"
    )


_LONGEST_JOINT = 48

_RANGE = re.compile(r"(?:\d|\b[ap]\.?m\.?|noon|midnight|time|GMT|hours)\s*(?:to|and|until|till|through|[-–—])\s*$")
"""What stands before the second time of a range: "between 11:00 and"."""

_REACH = 24


def groups(article: Article) -> Iterator[list[Clock]]:
    """Clock times that say one moment, in one zone or in several, in the order of the text."""
    group: list[Clock] = []
    text = article.text
    read = [clock for found in _clock().finditer(text, article.body) if (clock := _read(found))]
    heard = [clock for found in _spoken().finditer(text, article.body) if (clock := _heard(found))]
    for clock in sorted((*_apart(read, heard), *heard), key=lambda each: each.span):
        if group and _goes_on(text, group[-1], clock):
            group.append(clock)
            continue
        if group:
            yield group
        group = [clock]
    if group:
        yield group


def _apart(read: Sequence[Clock], heard: Sequence[Clock]) -> list[Clock]:
    """Clock times in figures that are no part of one in words."""
    taken = {each for clock in heard for each in range(clock.span.start, clock.span.end)}
    return [clock for clock in read if clock.span.start not in taken]


def _heard(found: re.Match[str]) -> Clock | None:
    """A clock time in words; a bare "five to six" is none, unless something says that it is an hour."""
    spoken = table("times")["spoken"]
    noon: str | None = found["named"] and table("times")["named"][found["named"].lower()]
    said = (found["hour"] or found["hour2"] or "").lower()
    hour = int(noon[:2]) if noon else spoken["hours"].get(said) or int(said)
    minute = spoken["minutes"][found["minutes"].lower()] if found["minutes"] else 0
    part = (found["part"] or found["part2"] or found["part3"] or "").lower()
    back = (found["way"] or "").lower() in {"to", "before"}
    if (
        (back or found["way"] == "after")
        and not part
        and not _SURELY_AT.search(found.string, max(0, found.start() - 30), found.start())
    ):
        return None
    hour, certain = (hour, True) if noon else _of_day(hour, part)
    moment = (hour * 60 + (-minute if back else minute)) % (24 * 60)
    named = " ".join((found["zone"] or "").split())
    span = Span(*found.span())
    return Clock(span, zones.clock(moment), _standing_for(named), named, half=certain)


def _of_day(hour: int, part: str) -> tuple[int, bool]:
    """The hour on a clock of 24 that a part of the day makes of one on a clock of 12, and whether that is certain."""
    first = table("times")["spoken"]["parts"].get(part.lower())
    if first is None or not 0 < hour <= 12:
        return hour, False
    if first == 18:  # "ten at night", but "two at night"
        return (hour % 12 + 12 if 6 <= hour < 12 else hour % 12), True
    return hour % 12 + (12 if first else 0), True


_AT = re.compile(
    r"\b(?:at|around|about|gone|was|approximately|after|before|by|from|until|since)(?: (?:about|around|just))?\s+$"
)
"""What stands before an hour where a number alone could be anything."""

_SURELY_AT = re.compile(r"\b(?:at|it was)(?: (?:about|around|just))?\s+$", re.IGNORECASE)
"""What stands before "five to six" where it is no range."""

_UNITS = re.compile(
    r"\s*(?:%|°|per ?cent|p\.?c\.?|kilo|km|met(?:er|re)|m\b|miles?|feet|ft|[a-z]*tonn?es?|[mb]illion|on the|degrees)"
)
"""What stands behind a decimal number: no clock time."""


def _goes_on(text: str, last: Clock, clock: Clock) -> bool:
    between = text[last.span.end : clock.span.start]
    if len(between) >= _LONGEST_JOINT or not _joint().fullmatch(between):
        return False
    return bool(clock.zone) or "(" in between


def _read(found: re.Match[str]) -> Clock | None:
    span, named = Span(*found.span()), "Z" if found["z"] else " ".join((found["zone"] or "").split())
    zone = _standing_for(named)
    if found["named"]:
        return Clock(span, table("times")["named"][found["named"].lower()], zone, named)
    if found["clock"]:
        return Clock(span, f"{int(found['clock']):02d}:00", zone, named, half=False)
    if found["whole"]:
        return _made(span, int(found["whole"]), 0, zone, named, half=True) if _is_told_at(found) else None
    if found["mil"]:
        hour, minute = int(found["mil"][:2]), int(found["mil"][2:])
        return _made(span, hour, minute, zone, named, half=True)
    hour, minute = int(found["h"] or found["h2"]), int(found["m"] or 0)
    half = (found["half"] or found["half2"] or "").lower()
    if not (half or zone or found["part"] or _is_clock(found)):
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif found["part"] and hour <= 12:
        hour, _ = _of_day(hour, found["part"])
    certain = bool(half or found["part"]) or hour > 12 or (found["h"] or "").startswith("0") or hour == 0
    return _made(span, hour, minute, zone, named, half=certain)


def _is_hour(found: re.Match[str]) -> bool:
    """Whether figures parted by a point are a clock time: "at 15.05", not "at 3.40 metres"."""
    text = found.string
    return bool(_AT.search(text, max(0, found.start() - 30), found.start())) and not _UNITS.match(text, found.end())


def _is_clock(found: re.Match[str]) -> bool:
    """Whether figures with nothing behind them are a clock time by how they are parted and by what stands before."""
    return (found["sep"] != "." or _is_hour(found)) and (not found["seconds"] or _is_told_at(found))


def _is_told_at(found: re.Match[str]) -> bool:
    """Whether "at" stands before figures that are as often a duration: "at 13h", not "after 6h" or "in 2:15:30"."""
    return bool(_SURELY_AT.search(found.string, max(0, found.start() - 30), found.start()))


def _made(span: Span, hour: int, minute: int, zone: str, named: str, *, half: bool) -> Clock | None:
    """The time, where it can be one; what no clock shows is kept only where a zone says that a time is meant."""
    valid = minute < 60 and (hour < 24 or (hour == 24 and minute == 0))
    if not valid:
        return Clock(span, f"{hour:02d}:{minute:02d}", zone, named, valid=False) if zone else None
    return Clock(span, f"{hour % 24:02d}:{minute:02d}", zone, named, half)


def _standing_for(named: str) -> str:
    """What a claim's value calls a zone: "gmt", "local", else its abbreviation where it has one."""
    low = named.lower()
    if low in zones.GMT:
        return GMT
    if low.startswith("local"):
        return LOCAL
    short: Mapping[str, str] = table("times")["zones"]
    return short.get(low, named)


def forms(
    article: Article, group: Sequence[Clock], resolutions: Sequence[Resolution], near: Sequence[LocalZone]
) -> tuple[ZonedTime, ...]:
    """A group as one moment given in several zones; nothing where it is not surely that.

    ``near`` are the zones that "local time" may mean there. A range, a list, and a time without a zone behind another
    are no conversion.
    """
    text = article.text
    if len(group) < 2 or _is_range(text, group[0].span.start) or not _is_conversion(text, group):
        return ()
    return tuple(
        ZonedTime(
            clock.time,
            clock.zone if clock.zone in {LOCAL, GMT} else clock.named,
            tuple(near) if clock.zone in {LOCAL, ""} else _named_place(article, clock, resolutions),
            clock.half,
        )
        for clock in group
    )


def _is_range(text: str, start: int) -> bool:
    before = _HEDGED.sub("", text[max(0, start - _REACH) : start])
    return bool(_RANGE.search(before))


_HEDGED = re.compile(r"\b(?:about|around|roughly|approximately|nearly)\s+$", re.IGNORECASE)


def _is_conversion(text: str, group: Sequence[Clock]) -> bool:
    """Whether a group gives each time in a zone of its own, joined as conversions are."""
    if len({clock.zone or LOCAL for clock in group}) < len(group) or any(not clock.zone for clock in group[1:]):
        return False
    joints = [text[a.span.end : b.span.start] for a, b in pairwise(group)]
    opened = False
    for number, joint in enumerate(joints):
        opened = opened or "(" in joint or "[" in joint
        # "10:00 and 11:00 GMT" are two moments; "(0815 GMT and 3:15 EST)" is one.
        if re.search(r"\band\b", joint) and not (opened and number):
            return False
    first = joints[0]
    return bool(group[0].zone) or any(mark in first for mark in "([/")


def _named_place(article: Article, clock: Clock, resolutions: Sequence[Resolution]) -> tuple[LocalZone, ...]:
    """The zones of the place that a zone is named for ("Almaty time"), where the table has no such name."""
    if not clock.named.lower().endswith(" time") or zones.meanings(clock.named):
        return ()
    end = clock.span.end - len(" time")
    at = next((r for r in resolutions if r.place and r.mention.span.end == end), None)
    return zones.kept_at(at.place) if at and at.place else ()
