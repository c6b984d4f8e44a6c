"""The language that words for people are in, chosen at the edge: messages, numbers, days and lists by its rules.

A page or a picture is made inside ``with speaking(language)``; whatever words something meanwhile asks here. Nobody
having chosen, it is English, which is what the JSON interfaces and the command line speak. Reading a language's
catalog is the edge's affair (:mod:`geomap.catalogs`): this module opens no file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from gettext import NullTranslations
from typing import Any

MARKS = "latn"
"""Digits are written 0 to 9 in every language, as news sites of the Arab world write them and reports quote them."""
METRES_PER_MILE = 1609.344
LONG_MILES = frozenset({"uk", "ru", "de", "ar"})
"""Languages whose readers know the mile by its name and not by its sign."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface: BCP 47 code, its own name for itself, and whether it is written right to left."""

    code: str
    name: str
    rtl: bool = False
    translations: NullTranslations = field(default_factory=NullTranslations, compare=False, repr=False)

    @property
    def direction(self) -> str:
        """HTML's ``dir``."""
        return "rtl" if self.rtl else "ltr"


ENGLISH = Language("en", "English")
_spoken: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def spoken() -> Language:
    """The language that words are in here and now."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Words are in this language inside the block."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def mark(message: str) -> str:
    """The message itself: written where a table holds it, so that it is found for the catalogs."""
    return message


def mark_in(context: str, message: str) -> str:
    """The same of a message whose translation hangs on where it stands."""
    return message


def say(message: str, **values: object) -> str:
    """The message in the language spoken, with ``%(name)s`` filled in."""
    return spoken().translations.gettext(message) % values


def say_in(context: str, message: str) -> str:
    """A message whose translation hangs on where it stands."""
    return spoken().translations.pgettext(context, message)


def say_many(one: str, many: str, number: int, **values: object) -> str:
    """The form of a message that goes with a number, which it may name as ``%(num)s``."""
    return spoken().translations.ngettext(one, many, number) % {"num": amount(number), **values}


_WORDS = "no one two three four five six seven eight nine".split()


def amount(number: int) -> str:
    """A number of things as text writes it: in English in words below ten, where no gender or case bends them."""
    if spoken() is ENGLISH and 0 <= number < len(_WORDS):
        return _WORDS[number]
    return decimal(number, 0)


def decimal(value: float, digits: int) -> str:
    """A number with its thousands parted and so many decimals."""
    plain = f"{value:,.{digits}f}"
    if spoken() is ENGLISH:
        return plain
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(Decimal(plain.replace(",", "")), pattern, _locale(), numbering_system=MARKS)


def figure(value: float) -> str:
    """A quantity as a reader writes it: 1,500 and 2.5, never 1500.0."""
    return decimal(value, 0 if float(value).is_integer() else 1)


def day(date: dt.date) -> str:
    """A day in full: 24 January 2024."""
    if spoken() is ENGLISH:
        return f"{date.day} {date:%B %Y}"
    from babel.dates import format_date

    return format_date(date, "long", _locale())


def day_short(date: dt.date) -> str:
    """A day of a year that is known: 24 Jan."""
    if spoken() is ENGLISH:
        return f"{date.day} {date:%b}"
    from babel.dates import format_date

    return format_date(date, "d MMM", _locale())


def weekday(date: dt.date) -> str:
    """The name of a day's weekday."""
    if spoken() is ENGLISH:
        return f"{date:%A}"
    from babel.dates import format_date

    return format_date(date, "EEEE", _locale())


_UNITS = {
    "km": "length-kilometer",
    "m": "length-meter",
    "mi": "length-mile",
    "nmi": "length-nautical-mile",
    "ft": "length-foot",
}


def quantity(value: float | str, unit: str) -> str:
    """A length in its unit: "62.6 km", "60 mi". A number given as text keeps its decimals."""
    given = Decimal(str(value).replace(",", ""))
    given = given if given % 1 else given.to_integral_value()  # 60.0 is another plural than 60
    if spoken() is ENGLISH or unit not in _UNITS:
        return f"{value if isinstance(value, str) else figure(value)} {unit}"
    from babel.units import format_unit

    long = unit in ("nmi", "ft") or (unit == "mi" and spoken().code in LONG_MILES)
    pattern = "#,##0" + ("." + "0" * -int(given.as_tuple().exponent) if given % 1 else "")
    return format_unit(given, _UNITS[unit], "long" if long else "short", pattern, _locale(), numbering_system=MARKS)


def joined(items: Sequence[str]) -> str:
    """Items side by side, by commas alone."""
    return ("، " if spoken().code == "ar" else ", ").join(items)


def series(items: Sequence[str]) -> str:
    """Items as a sentence lists them: "a, b and c"."""
    if spoken() is ENGLISH or len(items) < 2:
        return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
    from babel.lists import format_list

    return format_list(list(items), locale=_locale())


def country(code: str, otherwise: str) -> str:
    """A country's name by its ISO 3166 code; ``otherwise`` where Unicode's data has none for it."""
    return str(_locale().territories.get(code) or otherwise)


def language_name(code: str) -> str:
    """A language by its code, as a sentence names it."""
    return str(_locale().languages.get(code, code))


def _locale() -> Any:
    return _babel(spoken().code)


@lru_cache(maxsize=64)
def _babel(code: str) -> Any:
    from babel import Locale

    return Locale.parse(code, sep="-")
