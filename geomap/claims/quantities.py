"""Numbers with a unit of length, as reports write them: "some 50 km", "1,500-kilometer (930-mile)", "a few miles"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from geomap.claims import figures
from geomap.claims.lexicon import table
from geomap.claims.surface import Ending, any_of, any_of_reversed, ending
from geomap.model import Quantity, Span

FEET_IN_YARD = 3
"""Exact: yards are written out as feet, since a quoted distance has no unit for them."""

METRES = {"km": 1000.0, "mi": 1609.344, "nmi": 1852.0, "m": 1.0, "ft": 0.3048}
"""Metres in one unit (international mile and foot, nautical mile of 1929)."""

_METRIC = frozenset({"km", "m"})
_LOOK_BACK = 40
"""Characters before a number in which its hedge must begin."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its unit, where it stands, and what softens or repeats it.

    ``span`` runs from the hedge to the end of the conversion; ``core`` holds number and unit alone. ``attributive`` is
    true where a hyphen ties the two ("20-kilometre").
    """

    span: Span
    core: Span
    quantity: float
    unit: str
    quantity_to: float | None = None
    hedge: str | None = None
    conversion: Quantity | None = None
    attributive: bool = False


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    hedges = table("distances")["hedges"]
    hedge, number = any_of(hedges["before"]), figures.pattern(_units())
    written = {
        "measured": _measured(number),
        "converted": _converted(number, hedge),
        "bare": rf"(?<![\w.,$£€/^-])(?P<low>{number})(?![\w%])",
        "one": hedge,
        "not_metres": rf"-(?:strong|plus)(?!\w)| {any_of(table('distances')['not_distances']['counted'])}",
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in written.items()}


@cache
def _units() -> str:
    every = [spelling for spellings in table("distances")["units"].values() for spelling in spellings]
    longest = sorted(every, key=lambda spelling: (-len(spelling), spelling))
    return "|".join(re.escape(spelling).replace(r"\ ", " ++") for spelling in longest)


def _measured(number: str) -> str:
    unit, odd = _units(), any_of(table("distances")["hedges"]["after"])
    begins = r"(?<![\w.$£€¥₹₽/^:#])(?<!\d,)(?<![ (]-)(?<!^-)(?<![A-Za-z]-)"
    to = r" to (?:(?:about|around|some|nearly|almost) )?| or (?:even )?|(?(between) and |(?!))"
    more = r"(?:(?:more|further|road|air|straight-line|long|short|whole) ++)?"
    ends = rf"(?: *+\.(?= ?[a-z(,]))?(?![\w²³/^]|-(?:{unit})|'s? (?:drive|flight))"
    return (
        rf"{begins}(?P<between>between )?(?P<low>{number})(?P<odd1> *+-?{odd})?(?:[ -]?(?P<unit1>{unit})(?!\w))?"
        rf"(?:(?P<join>-|–|—| - | – |{to})(?P<high>{number})(?P<odd2> *+-?{odd})?)??"
        rf"(?P<tie> ?-? ?){more}(?P<unit>{unit}){ends}(?P<odd3> (?:or so|or more|or less|or thereabouts)(?!\w))?"
        r"(?P<half> and (?:a half|a quarter)(?! (?:hour|mile|km)))?"
    )


def _converted(number: str, hedge: str) -> str:
    high = rf"(?: *+(?:-|–| to ) *+(?:{number}))?"
    inside = rf"(?:{hedge} *+){{0,2}}(?P<low>{number}){high}[ -]*+(?P<unit>{_units()})(?![\w²])"
    loose = inside.replace("?P<", "?P<o_")
    return (
        rf" *+[(\[] *+(?:i\.e\.,? |or |equal to |= ?)?{inside}[^()\[\]]{{0,40}}[)\]]"
        rf"| *+(?:,? or |/ ?|,? i\.e\. |,? = ?){loose}(?:,(?= (?:from|north|south|east|west|to the|away|off|due|by)))?"
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
    number = figures.number(found["low"]) if found else None
    if found is None or number is None:
        return None
    span = Span(found.start("low"), found.end("low"))
    return Measured(span, span, number.low, unit)


def hedge_before(face: str, position: int, floor: int = 0) -> tuple[int, str | None]:
    """Where the hedge that ends at ``position`` begins, and its words: (position, None) where there is none."""
    start = _hedges().start(face, position, floor)
    if start is None:
        return position, None
    start += len(face[start:position]) - len(face[start:position].lstrip(" "))
    plain = set(table("distances")["hedges"]["plain"])
    said = [one[0].lower() for one in _patterns()["one"].finditer(face, start, position)]
    kept = [" ".join(word.split()) for word in said if word not in plain]
    if kept:
        return start, " ".join(kept)
    return position, None


@cache
def _hedges() -> Ending:
    return ending(rf"(?: *+{any_of_reversed(table('distances')['hedges']['before'])})+", _LOOK_BACK)


def _read(face: str, found: re.Match[str], limit: int) -> Measured | None:
    low = figures.number(found["low"])
    high = figures.number(found["high"]) if found["high"] else None
    unit = _unit(found["unit"])
    if low is None or (found["high"] and high is None) or _is_no_unit(face, found):
        return None
    if found["half"]:
        low = low.more(0.5 if "half" in found["half"].lower() else 0.25)
    factor = FEET_IN_YARD if unit == "yd" else 1
    first = METRES[_unit(found["unit1"])] / METRES[unit] if found["unit1"] and found["high"] else 1.0
    least, most = low.low * factor * first, (high.high if high else low.high) * factor
    if not (math.isfinite(least) and math.isfinite(most)) or _tidy(least) <= 0:
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


def _is_no_unit(face: str, found: re.Match[str]) -> bool:
    """Whether a short unit is none: "5m people" (millions), "the 3M plant", "I'm"."""
    spelt = found["unit"]
    if spelt in {"M", "FT", "Ft", "Mi", "Nm"}:
        return True
    if spelt != "m":
        return False
    return not found["low"][0].isdigit() or bool(_patterns()["not_metres"].match(face, found.end()))


def _conversion(face: str, position: int, limit: int, unit: str, value: float) -> tuple[int, Quantity | None]:
    """The same distance in another system, in brackets or after "or": where it ends and what it says."""
    found = _patterns()["converted"].match(face, position, limit)
    if not found:
        return position, None
    loose = found["low"] is None
    number = figures.number(found["o_low"] if loose else found["low"])
    other = _unit(found["o_unit"] if loose else found["unit"])
    if number is None or _tidy(number.low) <= 0:
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
