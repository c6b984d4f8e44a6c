"""Numbers with a unit of length, as reports write them: "some 50 km", "two and a half miles", "1,500-kilometer (930-mile)"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from geomap.claims.lexicon import table
from geomap.claims.surface import any_of, phrase
from geomap.model import Quantity, Span

FEET_IN_YARD = 3
"""Exact: yards are written out as feet, since a quoted distance has no unit for them."""

METRES = {"km": 1000.0, "mi": 1609.344, "nmi": 1852.0, "m": 1.0, "ft": 0.3048}
"""Metres in one unit (international mile and foot, nautical mile of 1929)."""

_METRIC = frozenset({"km", "m"})
_VULGAR = {
    "½": 1 / 2,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "¼": 1 / 4,
    "¾": 3 / 4,
    "⅛": 1 / 8,
    "⅜": 3 / 8,
    "⅝": 5 / 8,
    "⅞": 7 / 8,
    "⅕": 1 / 5,
}
_FIGURES = re.compile(
    r"(?:(?P<whole>\d[\d,.·]*(?: \d{3}(?!\d))*(?:e\+?\d+)?)(?!/))?"
    r"(?:(?: - | )?(?P<part>\d/\d+|[½⅓⅔¼¾⅛⅜⅝⅞⅕]))?(?P<rest>(?: .*)?)"
)
_LOOK_BACK = 40
"""Characters before a number in which its hedge must begin."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its unit, where it stands, and what softens or repeats it.

    ``span`` runs from the hedge to the end of the conversion; ``core`` holds number and unit alone. ``attributive`` is
    true for "20-kilometre" and "20 km" alike wherever a hyphen ties number and unit.
    """

    span: Span
    core: Span
    quantity: float
    unit: str
    quantity_to: float | None = None
    hedge: str | None = None
    conversion: Quantity | None = None
    attributive: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    low: float
    high: float
    vague: str = ""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    vulgar = "[" + "".join(_VULGAR) + "]"
    digits = (
        r"(?:\d{1,3}(?:,\d{3})++(?:\.\d++)?|\d{1,3}(?: \d{3})++(?![\d,])|\d{1,12}[.,·]\d{1,6}+|\d{1,12}+)"
        rf"(?:e[+-]?\d{{1,2}})?(?:[ -]?{vulgar}|[ -]\d/\d{{1,2}})?|\d/\d{{1,2}}|{vulgar}"
    )
    words = _number_words()
    part = r"(?:three[ -]quarters?|one[ -]half|a[ -]half|half|a[ -]quarter|a[ -]third|two[ -]thirds)"
    joined = r"(?: ++of ++an?(?![\w])| ++and ++(?=an? ++\w*(?:hundred|thousand))|(?<=hundred)(?: ++and)? ++|[ -]++)"
    spelt = rf"(?:{words}(?:[ -]++and[ -]++{part}(?![\w])| ++of(?= ++(?:an? ++)?(?:{_unit_words()}))|{joined}(?={words}|{part})(?:{words}|{part}))*+)"
    number = rf"(?:(?:{digits})(?:[- ]++(?:hundred|thousand|million|dozen)(?![\w])| ++and ++an? ++(?:half|quarter)(?![\w]))?|{spelt})"
    return {
        "number": re.compile(number, re.IGNORECASE),
        "measured": re.compile(_measured(number), re.IGNORECASE),
        "converted": re.compile(_converted(number), re.IGNORECASE),
        "bare": re.compile(rf"(?<![\w.,$£€/^-])(?P<low>{number})(?![\w%])", re.IGNORECASE),
        "hedge": re.compile(rf"(?:{any_of(table('distances')['hedges']['before'])} *+)+$", re.IGNORECASE),
        "one": re.compile(any_of(table("distances")["hedges"]["before"]), re.IGNORECASE),
    }


def _unit_words() -> str:
    every = [spelling for spellings in table("distances")["units"].values() for spelling in spellings]
    return "|".join(re.escape(spelling).replace(r"\ ", " ++") for spelling in sorted(every, key=lambda u: -len(u)))


def _number_words() -> str:
    source = table("distances")
    named = [*source["numbers"], *source["multiples"], *source["fractions"], *source["vague"]]
    return "(?:(?<![\\w])(?:" + "|".join([*sorted(named, key=lambda w: -len(w)), "an?"]) + ")(?![\\w]))"


def _measured(number: str) -> str:
    unit, odd = _unit_words(), any_of(table("distances")["hedges"]["after"])
    ends = rf"(?: *+\.(?= ?[a-z(,]))?(?![\w²³/^]|-(?:{unit})|'s? (?:drive|flight))"
    currency = r"(?<![\w.$£€¥₹₽/^:#])(?<!\d,)(?<![ (]-)(?<!^-)(?<![A-Za-z]-)"
    return (
        rf"{currency}(?P<between>between ++)?(?P<low>{number})(?P<odd1> *+-?{odd})?"
        rf"(?:[ -]?(?P<unit1>{unit})(?![\w]))?"
        rf"(?:(?P<join>-|–|—| - | – | ++to ++(?:about ++|around ++|some ++|nearly ++|almost ++)?| ++or ++(?:even ++)?|(?(between) ++and ++|(?!)))(?P<high>{number})(?P<odd2> *+-?{odd})?)??"
        rf"(?P<tie>[ ]*+-?[ ]*+)(?:(?:more|further|road|air|straight-line|long|short|whole) ++)?(?P<unit>{unit}){ends}(?P<odd3> ++(?:or so|or more|or less|or thereabouts)(?![\w]))?"
        rf"(?P<half> ++and ++(?:a half|a quarter)(?! (?:hour|mile|km)))?"
    )


def _converted(number: str) -> str:
    unit, hedge = _unit_words(), any_of(table("distances")["hedges"]["before"])
    inside = rf"(?:{hedge} *+){{0,2}}(?P<low>{number})(?: *+(?:-|–| to ) *+(?P<high>{number}))?[ -]*+(?P<unit>{unit})(?![\w²])"
    plain = inside.replace("?P<", "?P<o_")
    return (
        rf" *+[(\[] *+(?:i\.e\.,? |or |equal to |= ?)?{inside}[^()\[\]]{{0,40}}[)\]]"
        rf"| *+(?:,? or |/ ?|,? i\.e\. |,? = ?){plain}(?:,(?= (?:from|north|south|east|west|to the|away|off|due|by)))?"
    )


def quantities(face: str, start: int = 0, end: int | None = None) -> Iterator[Measured]:
    """Every number with a unit of length in ``face`` (a :func:`~geomap.claims.surface.surface`), in order.

    Conversions belong to the number before them and are not given again. Numbers of square or cubic units, of speed per
    unit and of money have no unit of length directly after them, and are not given.
    """
    limit = len(face) if end is None else end
    position = start
    while found := _patterns()["measured"].search(face, position, limit):
        measured = _read(face, found, limit)
        if measured is None:
            position = found.start("low") + 1
            while position < found.end() and face[position - 1].isalnum() and face[position].isalnum():
                position += 1
            continue
        yield measured
        position = measured.span.end


def unitless(face: str, start: int, unit: str) -> Measured | None:
    """The bare number at ``start``, in a unit named before: the "50" of "40 km east of X, 50 northwest of Y"."""
    found = _patterns()["bare"].match(face, start)
    number = _value(found["low"]) if found else None
    if found is None or number is None:
        return None
    span = Span(found.start("low"), found.end("low"))
    return Measured(span, span, number.low, unit)


def hedge_before(face: str, position: int, floor: int = 0) -> tuple[int, str | None]:
    """Where the hedge that ends at ``position`` begins, and its words: (position, None) where there is none."""
    lead = max(floor, position - _LOOK_BACK)
    found = _patterns()["hedge"].search(face[lead:position].rstrip(" "))
    if not found:
        return position, None
    plain = set(table("distances")["hedges"]["plain"])
    said = [one[0].lower() for one in _patterns()["one"].finditer(found[0])]
    kept = [" ".join(word.split()) for word in said if word not in plain]
    if kept:
        return lead + found.start(), " ".join(kept)
    return position, None


def _read(face: str, found: re.Match[str], limit: int) -> Measured | None:
    low = _value(found["low"])
    high = _value(found["high"]) if found["high"] else None
    unit = _unit(found["unit"])
    if low is None or (found["high"] and high is None) or _is_money_or_people(face, found):
        return None
    if found["half"]:
        more = 0.5 if "half" in found["half"].lower() else 0.25
        low = _Number(low.low + more, low.high + more, low.vague)
    factor = FEET_IN_YARD if unit == "yd" else 1
    first = METRES[_unit(found["unit1"])] / METRES[unit] if found["unit1"] and found["high"] else 1.0
    least, most = low.low * factor * first, (high.high if high else low.high) * factor
    if not (math.isfinite(least) and math.isfinite(most)):
        return None
    start = found.start("between") if found["between"] and found["high"] else found.start("low")
    begins, hedge = hedge_before(face, start)
    suffix = next((found[name].strip(" -").lower() for name in ("odd1", "odd2", "odd3") if found[name]), None)
    finish, conversion = _conversion(face, found.end(), limit, "ft" if unit == "yd" else unit, least)
    return Measured(
        span=Span(begins, finish),
        core=Span(start, found.end()),
        quantity=_tidy(least),
        unit="ft" if unit == "yd" else unit,
        quantity_to=_tidy(most) if most > least else None,
        hedge=" ".join(word for word in (hedge, low.vague or None, suffix) if word) or None,
        conversion=conversion,
        attributive="-" in found["tie"],
    )


def _tidy(value: float) -> float:
    """Six decimals are finer than any report; "a third of a mile" keeps no tail of binary digits."""
    return round(value, 6)


def _unit(spelling: str) -> str:
    spelt = " ".join(spelling.split())
    for code, spellings in table("distances")["units"].items():
        if spelt in spellings or spelt.lower() in spellings:
            return str(code)
    return "m"


def _is_money_or_people(face: str, found: re.Match[str]) -> bool:
    """Whether a short unit is no unit: "5m people" (millions), "the 3M plant", "I'm"."""
    spelt = found["unit"]
    if spelt == "M" or spelt in {"FT", "Ft", "Mi", "Nm"}:
        return True
    if spelt != "m" or not found["low"][0].isdigit():
        return spelt == "m"
    following = re.match(
        r"(?:-(?:strong|plus)| (?:people|euros|dollars|pounds|barrels|tonnes|tons|users|residents|jobs|votes|viewers|shares|refugees|customers|households|homes|ha|and f))\b",
        face[found.end() :][:30],
    )
    return following is not None


def _value(words: str) -> _Number | None:
    """What a number's words mean, or None where they make no number."""
    text = " ".join(words.lower().replace("-", " - ").split())
    figure = re.match(r"[\d½⅓⅔¼¾⅛⅜⅝⅞⅕]", text)
    if not figure:
        return _spelt(text.replace(" - ", " ").split())
    read = _FIGURES.fullmatch(text)
    if read is None:
        return None
    value = _decimal(read["whole"]) + _fraction(read["part"])
    rest = [word for word in read["rest"].split() if word != "-"]
    if not rest:
        return _Number(value, value)
    if rest[0] == "and":
        more = 0.5 if rest[-1] == "half" else 0.25
        return _Number(value + more, value + more)
    factor = table("distances")["multiples"].get(rest[0])
    return _Number(value * factor, value * factor) if factor else None


def _decimal(figures: str | None) -> float:
    """Digits with English thousands marks; a comma before any but three digits is a decimal comma."""
    if not figures:
        return 0.0
    plain = figures.strip().replace("·", ".")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    return float(plain.replace(" ", "").replace(",", "."))


def _fraction(part: str | None) -> float:
    if not part:
        return 0.0
    if part in _VULGAR:
        return _VULGAR[part]
    above, below = part.split("/")
    return int(above) / int(below) if int(below) else 0.0


def _spelt(words: list[str]) -> _Number | None:
    """A number in words: small numbers add up, "hundred" and "dozen" multiply, fractions multiply or, after "and", add."""
    source = table("distances")
    total, low, high = 0.0, None, 0.0
    vague, adds = "", False
    for word in words:
        if word in source["vague"]:
            low, high = map(float, source["vague"][word])
            vague = _vague_words(words, word)
        elif word in source["numbers"]:
            step = source["numbers"][word]
            if low is not None and not adds and (low % 10 or not 0 < step < 10 or low < 20) and low % 100:
                return None
            low = (low or 0.0) + step
            high = low
        elif word in source["multiples"]:
            factor = source["multiples"][word]
            low, high = (1.0 if low is None else low) * factor, (1.0 if low is None else high) * factor
            if factor >= 1000:
                total, low, high = total + low, None, 0.0
        elif word in source["fractions"]:
            part = source["fractions"][word]
            low, high = (
                (low + part, high + part)
                if adds and low is not None
                else ((low if low is not None else 1.0) * part, (high if low is not None else 1.0) * part)
            )
        elif word in {"a", "an"} and low is None:
            low = high = 1.0
        adds = word == "and" or (adds and word in {"a", "an", "three", "one", "two"})
    if low is None:
        return _Number(total, total) if total else None
    return _Number(total + low, total + high, vague)


def _vague_words(words: list[str], word: str) -> str:
    where = words.index(word)
    start = where - 1 if where and words[where - 1] in {"a", "an"} else where
    return " ".join([*words[start : where + 1], *(["of"] if words[where + 1 : where + 2] == ["of"] else [])])


def _conversion(face: str, position: int, limit: int, unit: str, value: float) -> tuple[int, Quantity | None]:
    """The same distance in another system, in brackets or after "or": where it ends and what it says."""
    found = _patterns()["converted"].match(face, position, limit)
    if not found:
        return position, None
    loose = found["low"] is None
    number = _value(found["o_low"] if loose else found["low"])
    other = _unit(found["o_unit"] if loose else found["unit"])
    if number is None:
        return position, None
    factor = FEET_IN_YARD if other == "yd" else 1
    other = "ft" if other == "yd" else other
    same_system = (unit in _METRIC) == (other in _METRIC) and "nmi" not in (unit, other)
    if same_system or unit == other:
        return position, None
    ratio = number.low * factor * METRES[other] / (value * METRES[unit]) if value else 0.0
    if loose and not 0.5 < ratio < 2:
        return position, None
    return found.end(), Quantity(_tidy(number.low * factor), other)


def cue(words: str) -> re.Pattern[str]:
    """One cue phrase as a compiled pattern."""
    return re.compile(phrase(words), re.IGNORECASE)
