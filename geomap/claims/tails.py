"""What follows a number and its unit, up to the place it is measured from: manner, "away", direction, connector."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from geomap.claims.directions import Heading, heading_at
from geomap.claims.lexicon import table
from geomap.claims.surface import any_of

_PIECES = 6
"""More pieces than a tail ever has; a bound for the loop that reads it."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The words after a number: ``end`` is where they end, ``connector`` the word before the reference ("of", "off").

    ``kind`` groups connectors by what of the reference is meant (straight, coast, border, edge, road); ``away`` holds
    "away", "apart", "offshore" and the like.
    """

    end: int
    heading: Heading | None = None
    manner: str = ""
    away: str = ""
    connector: str = ""
    kind: str = ""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    source = table("distances")
    written = {f"manner_{name}": rf"(?:,? ++| ?\(|-){any_of(source['manners'][name])}\)?,?" for name in ("road", "air")}
    written |= {f"to_{name}": rf"[ -]*+{any_of(words)}(?= |$)" for name, words in source["connectors"].items()}
    written["away"] = (
        r" *+(?P<away>away|apart|distant|distance|afield|offshore|inland|out to sea|further)(?! (?:with|by a))(?!\w)"
    )
    written["bracket"] = r" *+\([^()]{1,60}\)"
    written["of"] = r"\.? *+,? *+(?:of|from)(?!\w)"
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in written.items()}


def tail_at(face: str, position: int) -> Tail:
    """What follows a number that ends at ``position`` of a surface."""
    tail = Tail(position)
    for _ in range(_PIECES):
        step = _step(face, tail)
        if step is None:
            return tail
        tail = step
        if tail.connector:
            return tail
    return tail


def _step(face: str, tail: Tail) -> Tail | None:
    """One more piece of a tail, or None where it is complete."""
    patterns = _patterns()
    if tail.heading and (found := patterns["of"].match(face, tail.end)):
        return replace(tail, end=found.end(), connector="of", kind="straight")
    for kind in ("coast", "border", "edge", "road", "from", "straight"):
        if found := patterns[f"to_{kind}"].match(face, tail.end):
            return replace(tail, end=found.end(), connector=found[0].strip(" -").lower(), kind=kind)
    if way := _manner(face, tail.end):
        return replace(tail, end=way[1], manner=tail.manner or way[0])
    if tail.heading is None and (heading := heading_at(face, tail.end)) and not heading.part:
        return replace(tail, end=heading.span.end, heading=heading)
    if found := patterns["away"].match(face, tail.end):
        return replace(tail, end=found.end(), away=found["away"].lower())
    if tail.heading and (found := patterns["bracket"].match(face, tail.end)):
        return replace(tail, end=found.end())
    return None


def _manner(face: str, position: int) -> tuple[str, int] | None:
    for kind in ("road", "air"):
        if found := _patterns()[f"manner_{kind}"].match(face, position):
            return kind, found.end()
    return None


def after_reference(face: str, position: int) -> Tail:
    """What may still follow the reference: "20 km from X, to the north", "95 km from X by road"."""
    tail = Tail(position)
    comma = re.compile(r",? *+").match(face, position)
    heading = heading_at(face, comma.end() if comma else position)
    leads_on = heading and (heading.part or _patterns()["of"].match(face, heading.span.end))
    if heading and heading.led in {"to the", "in a", "to its"} and not leads_on:
        tail = replace(tail, end=heading.span.end, heading=heading)
    if way := _manner(face, tail.end):
        tail = replace(tail, manner=way[0], end=way[1] - (face[way[1] - 1] == ","))
    return tail
