"""A sentence that a stage wrote in English, said again in the language that is spoken.

A reason is found among the forms of :mod:`geomap.render.sentences`, its gaps are read, and the form's message is filled
with the same things written by the language's own rules. So stages, stores and interfaces keep one plain sentence each,
and incidents stored long ago speak every language too. A sentence of no known form stays in English.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Final

from geomap.geoparse.languages import NAMES as LANGUAGES
from geomap.render import wording
from geomap.render.sentences import FORMS, TAILS, TITLES, UNITS
from geomap.render.terms import DIRECTIONS
from geomap.tongue import ENGLISH, amount, decimal, joined, language_name, quantity, say, say_many, series, spoken
from geomap.tongue import day as full_day
from geomap.tongue import weekday as day_of_week

Filled = Callable[[str], str]


def restated(text: str) -> str:
    """The sentence in the language spoken."""
    return text if spoken() is ENGLISH or not text else _restated(text, spoken().code)


@lru_cache(maxsize=20_000)
def _restated(text: str, language: str) -> str:
    """The same, kept ready by language: thousands of names are left out for the same few reasons."""
    return _said(text) or text


def _said(text: str) -> str:
    """The sentence in the language spoken, "" where it is of no known form."""
    for message, form in _FORMS:
        if found := form.fullmatch(text):
            return _fill(message, found.groupdict())
    for message, form in _TAILS:
        if (found := form.search(text)) and (head := _said(text[: found.start()])):
            return head + _fill(message, found.groupdict())
    parts = text.split("; ")
    said = [_said(part) for part in parts] if len(parts) > 1 else []
    return "; ".join(said) if said and all(said) else ""


def _fill(message: str, gaps: Mapping[str, str]) -> str:
    return say(message, **{name: FILLED.get(name, _same)(given) for name, given in gaps.items()})


def _same(text: str) -> str:
    return text


def _lengths(text: str) -> str:
    return joined([quantity(*part.rsplit(" ", 1)) for part in text.split(", ")])


def _length(text: str) -> str:
    return quantity(*text.rsplit(" ", 1))


def _number(text: str) -> str:
    plain = text.replace(",", "")
    return decimal(float(plain), len(plain.partition(".")[2])) if re.fullmatch(r"\d+(\.\d+)?", plain) else text


def _direction(text: str) -> str:
    return say(text)


def _hedged(text: str) -> str:
    hedge, _, count = text.rpartition(" ")
    return f"{wording.hedge(hedge)} {count}" if hedge else count


_SMALL: Final = {word: number for number, word in enumerate("no one two three four five six seven eight nine".split())}


def _by(text: str) -> str:
    return amount(_SMALL[text]) if text in _SMALL else _number(text)


def _day(text: str) -> str:
    return full_day(dt.datetime.strptime(text, "%d %B %Y").date())


_MONDAY: Final = dt.date(2024, 1, 1)
_WEEKDAYS: Final = {f"{_MONDAY + dt.timedelta(n):%A}": _MONDAY + dt.timedelta(n) for n in range(7)}


def _weekday(text: str) -> str:
    return day_of_week(_WEEKDAYS[text])


def _clock(text: str) -> str:
    """A time with its zone ("11:15 at Belgorod (UTC+3)"), or several side by side."""
    *first, last = text.split(" and ") if re.search(r" and \d\d:\d\d ", text) else [text]
    times = [_at(each) for each in chain(*(part.split(", ") for part in first), [last])]
    return series(times)


def _at(text: str) -> str:
    time, _, where = text.partition(" at ")
    name, bracket, zone = where.partition(" (UTC")
    return say("%(time)s at %(place)s", time=time, place=name) + bracket + zone if where else text


def _off(text: str) -> str:
    """How far a time is off: "an hour and 30 minutes"."""
    found = re.findall(r"(an?|\d+) (hour|minute)", text)
    counts = {word: 1 if many in ("a", "an") else int(many) for many, word in found}
    hours, minutes = counts.get("hour", 0), counts.get("minute", 0)
    told = [say_many("%(num)s hour", "%(num)s hours", hours, num=hours)] if hours else []
    told += [say_many("%(num)s minute", "%(num)s minutes", minutes, num=minutes)] if minutes else []
    return series(told)


def _either(text: str) -> str:
    one, either, other = text.partition(" or ")
    return say("%(one)s or %(other)s", one=one, other=other) if either else text


def _language(text: str) -> str:
    code = re.search(r"\((\w+)\)", text)
    return language_name(code[1] if code else _CODES.get(text, text))


_CODES: Final = {name: code for code, name in LANGUAGES.items()}


FILLED: Mapping[str, Filled] = {
    "length": _lengths,
    "given": _length,
    "exact": _length,
    "km": _length,
    "number": _number,
    "total": _number,
    "whole": _number,
    "lies": _direction,
    "quoted": _direction,
    "hedge": wording.hedge,
    "hedged": _hedged,
    "by": _by,
    "day": _day,
    "weekday": _weekday,
    "said": _weekday,
    "here": _clock,
    "there": _clock,
    "off": _off,
    "unit": lambda text: say(UNITS[text]),
    "either": _either,
    "together": lambda text: series(text.split(" and ")),
    "language": _language,
}
"""How what stands in a gap is said; a gap that is not here holds a name, a time or a sum, which stay as they are."""

_FIGURE = r"\d[\d,.]*(?:e[+-]?\d+)?"
_LENGTH = rf"{_FIGURE} (?:km|mi|nmi|m|ft)"
GAPS: Mapping[str, str] = {
    "length": rf"{_LENGTH}(?:, {_LENGTH})?",
    "given": _LENGTH,
    "exact": _LENGTH,
    "km": _LENGTH,
    "number": _FIGURE,
    "total": r"[\d,]+",
    "whole": r"[\d,]+",
    "turn": r"\d+",
    "sum": r"\d+(?: \+ \d+)* = \d+",
    "by": f"{'|'.join(_SMALL)}|\\d+",
    "lies": "|".join(sorted(DIRECTIONS.values(), key=len, reverse=True)),
    "quoted": "|".join(sorted(DIRECTIONS.values(), key=len, reverse=True)),
    "unit": "|".join(UNITS),
    "day": r"\d{1,2} [A-Z][a-z]+ \d{4}",
    "weekday": "|".join(_WEEKDAYS),
    "said": "|".join(_WEEKDAYS),
    "time": r"\d?\d:\d\d",
    "here": r"\d\d:\d\d .+?",
    "there": r"\d\d:\d\d .+?",
    "off": r"(?:(?:an?|\d+) (?:hours?|minutes?)(?: and )?)+?",
    "language": r"[A-Z][a-z]+|a language other than English \([a-z]+\)",
    "hedge": r"[^,;:“”]+?",
    "hedged": r"[^“”]+",
}
"""What each gap may hold; any other holds a name."""


_KINDS = (
    "of the de la el al on upon region district county province state area city town village island islands airport"
    " airfield air base field crossing border regency canton oblast township municipality peninsula river lake sea bay"
    " coast prefecture governorate department territory division commune"
)
_NAME = rf"(?:[^\W\d_a-z]\S*|{'|'.join(_KINDS.split())})"
_PLACE = rf"{_NAME}(?: {_NAME})*"
"""A place's name in a title. One of another kind is a headline, which nobody made here: "Crash in Texas kills four"."""


def _form(message: str, ending: str = "", name: str = ".+?") -> re.Pattern[str]:
    """A form as a pattern whose groups are its gaps; ``name`` is what one that holds a name may hold."""
    parts = re.split(r"%\((\w+)\)s", message)
    texts = [re.escape(part) for part in parts[::2]]
    gaps = [f"(?P<{gap}>{GAPS.get(gap, name)})" for gap in parts[1::2]]
    return re.compile("".join(chain(*zip(texts, [*gaps, ""], strict=True))) + ending, re.DOTALL)


_FORMS: Final = [(message, _form(message, name=_PLACE if message in TITLES else ".+?")) for message in FORMS]
_TAILS: Final = [(message, _form(message, "$")) for message in TAILS]
