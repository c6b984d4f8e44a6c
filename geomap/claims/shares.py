"""One distance for each of several places: "X and Y, 45 km and 60 km south of Z", "respectively 10, 20 and 30 km"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from geomap.claims import figures
from geomap.claims.phrases import Phrase
from geomap.claims.reading import Reading
from geomap.model import QuotedDistance, Referent, Role, Span

Said = tuple[Phrase, Referent | None]
"""A phrase with its subject."""

_REACH = 80
"""Characters before a number in which a list of numbers that share its unit must begin."""

_NAMES = re.compile(r"(?:,|,? and| &) (?:the )?(?:[a-z]+ of )?")
_SAME = re.compile(r",? (?:and|&) (?:about |some |around |roughly )?|, ")


@cache
def _listed() -> re.Pattern[str]:
    number = figures.pattern("")
    return re.compile(rf"(?<![\w.,$£€-])(?P<listed>(?:{number})(?:, (?:{number}))*)(?:,? and ){{1}}$", re.IGNORECASE)


def with_listed(reading: Reading, found: Sequence[Phrase]) -> list[Phrase]:
    """``found`` with the numbers whose unit stands once at the end of "respectively 10, 20 and 30 km south of Z"."""
    every: list[Phrase] = []
    for phrase in found:
        every += [*_before(reading, phrase), phrase]
    return every


def _before(reading: Reading, phrase: Phrase) -> list[Phrase]:
    value = phrase.value
    if (
        phrase.role is not Role.DISTANCE
        or value.quantity is None
        or not phrase.reference
        or not _respective(reading, phrase)
    ):
        return []
    start = phrase.span.start
    lead = max(0, start - _REACH)
    listed = _listed().search(reading.face[lead:start])
    if not listed:
        return []
    made, at = [], lead + listed.start("listed")
    for part in listed["listed"].split(", "):
        number = figures.number(part)
        if number is not None:
            span = Span(at, at + len(part))
            made.append(replace(phrase, span=span, value=_as(value, number.low, span)))
        at += len(part) + 2
    return made


def _as(value: QuotedDistance, quantity: float, span: Span) -> QuotedDistance:
    return replace(value, span=span, quantity=quantity, quantity_to=None, conversion=None)


def _respective(reading: Reading, phrase: Phrase) -> bool:
    context = reading.context(phrase.span)
    return "respectively" in reading.face[max(context.start, phrase.span.start - _REACH) : phrase.span.end + 20].lower()


def shared_out(reading: Reading, found: Sequence[Said]) -> list[Said]:
    """``found`` with each of as many numbers as there are places said of its own place, in their order."""
    done = list(found)
    first = 0
    while first < len(done):
        last = first
        while last + 1 < len(done) and _goes_on(reading, done[last][0], done[last + 1][0]):
            last += 1
        if last > first and done[first][1] is not None:
            places = _row(reading, done[first][1], last - first + 1)
            for index, place in enumerate(places):
                done[first + index] = (done[first + index][0], place)
        first = last + 1
    return done


def _goes_on(reading: Reading, one: Phrase, following: Phrase) -> bool:
    """Whether two numbers in a row share one reference and direction."""
    if one.span.end > following.span.start or not (one.reference and following.reference):
        return False
    if one.reference.referent != following.reference.referent or one.value.direction != following.value.direction:
        return False
    gap = reading.face[one.span.end : following.span.start]
    return one.value.manner == following.value.manner and bool(_SAME.fullmatch(gap))


def _row(reading: Reading, subject: Referent | None, count: int) -> list[Referent]:
    """The ``count`` places named in a row that ends (or begins) with ``subject``; empty where there are not as many."""
    if subject is None or subject.span is None:
        return []
    near = reading.within(max(0, subject.span.start - 120), subject.span.end + 120)
    here = next((i for i, one in enumerate(near) if one.mention.span == subject.span), None)
    if here is None:
        return []
    first = last = here
    while first > 0 and _joined(reading, near[first - 1].mention.span, near[first].mention.span):
        first -= 1
    while last + 1 < len(near) and _joined(reading, near[last].mention.span, near[last + 1].mention.span):
        last += 1
    row = near[first : last + 1]
    return [reading.referent(0, 1, resolution=one) for one in row] if len(row) == count else []


def _joined(reading: Reading, one: Span, other: Span) -> bool:
    return one.end <= other.start and bool(_NAMES.fullmatch(reading.face[one.end : other.start]))
