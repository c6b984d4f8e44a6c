"""Distance phrases: a number with its unit, the way it runs, its direction, and the place it is measured from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from geomap.claims.directions import Heading, heading_at
from geomap.claims.lexicon import table
from geomap.claims.quantities import Measured, quantities, unitless
from geomap.claims.reading import Reading
from geomap.claims.referents import Reference, reference_at
from geomap.claims.sense import Sense, is_excluded, sense_of
from geomap.claims.surface import any_of
from geomap.claims.tails import Tail, after_reference, tail_at
from geomap.model import QuotedDistance, Referent, Role, Span

_FAR_END = 160
"""Characters before a number in which "the distance from X to Y" may stand."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One distance, length or direction as worded.

    ``span`` runs from the hedge to the end of the reference; ``place_to`` is the far end where the phrase itself names
    it ("from X to Y", "between X and Y"); ``thing`` the thing measured where that is no place ("exclusion zone").
    """

    span: Span
    value: QuotedDistance
    role: Role = Role.DISTANCE
    reference: Reference | None = None
    place_to: Referent | None = None
    thing: Referent | None = None
    bare_direction: bool = False


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    nouns = table("distances")["nouns"]
    adjectives = r"(?:(?!(?:from|of|to|and|in|on|at|off|around)(?!\w))[a-z][\w-]*+ ++){0,2}"
    written = {
        f"noun_{name}": rf"[ -]++{adjectives}(?P<noun>{any_of(nouns[name])})(?!-)"
        for name in ("travel", "flight", "radius")
    }
    written |= {
        "plain_of": r" *+of(?!\w)",
        "to": r" *+to(?= )",
        "onward": r" *+to(?= (?:the )?(?-i:[A-ZÀ-ÞŁŚŞČĐ]))",
        "between": r" *+(?:between|separat(?:es?|ing|ed)|that separates?|which separates?)(?!\w)",
        "away_in": r" *+,? *+(?:in|at|near)(?= )",
        "around": r" *+(?:of|around|from|surrounding|round|about|near|centred on|centered on|along|off)(?!\w)",
        "more": r" *+(?:,? *+(?:and|or|but)(?!\w)|,) *+(?:(?:about|some|around|roughly) ++)?",
        "by_radius": r"(?:radius|circle|perimeter|ring) of *+(?:(?:about|up to|around|some|roughly) *+)?$",
        "within": r"(?:within|inside|outside|in) (?:an?|the|that) *+(?:\w+ )?$",
        "and": r" *+,? *+(?:and|from|to|with)(?!\w)",
        "each_of": r" *+(?:both|either|each of)(?= )",
        "and_from": r" (?:and|or) (?:from )?",
        "crow": r"(?:as the crow flies|in a straight line|by air)[, ]",
        "next": r" *(?:\([^()]*\))? *,? *(?:and|but|or)? *",
        "distance_of": r"(?<!\w)distance (?P<link>between|from)(?!\w)"
        r"|(?<!\w)(?:road|drive|journey|trip|flight|route|highway|railway|line) from(?!\w)",
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in written.items()}


def measured_phrases(reading: Reading) -> list[Phrase]:
    """Every phrase of the report that holds a number with a unit of length, in the order of the text."""
    found: list[Phrase] = []
    waiting: Measured | None = None
    for measured in quantities(reading.face, reading.article.body):
        read = list(_phrases(reading, measured))
        if read and waiting and _goes_with(reading, waiting, read[0]):
            found.append(Phrase(waiting.span, quoted(waiting.span, waiting)))
        waiting = None if read else measured
        found += read
    return _shared(reading, found)


def _goes_with(reading: Reading, one: Measured, following: Phrase) -> bool:
    """Whether a bare number shares the place of the next: "X and Y, 55 km and 60 km south of Z"."""
    gap = reading.face[one.span.end : following.span.start]
    return following.reference is not None and gap.strip() in {"and", "or", "but"} and not is_excluded(reading, one)


def _phrases(reading: Reading, measured: Measured) -> Iterator[Phrase]:
    """The phrase round one number, and those that share its unit ("40 km east of X, 50 northwest of Y")."""
    phrase = _radius(reading, measured) or _with_tail(reading, measured)
    while phrase is not None:
        yield phrase
        yield from _from_each(reading, phrase, measured)
        if phrase.role is not Role.DISTANCE or not phrase.reference:
            return
        phrase = _without_unit(reading, phrase, measured.unit)


def _from_each(reading: Reading, first: Phrase, measured: Measured) -> Iterator[Phrase]:
    """The distance from Y of "20 km from both X and Y": the same number, said of each."""
    if not first.reference or first.span.start != measured.span.start:
        return
    second = _paired_with(reading, first.reference) if _is_each(reading, first, measured) else None
    if second:
        span = Span(first.span.start, second.end)
        yield replace(first, span=span, reference=second, value=replace(first.value, span=span))


def _is_each(reading: Reading, phrase: Phrase, measured: Measured) -> bool:
    """Whether "both" or "either" stands between the number and what it is measured from."""
    named = phrase.reference.referent.span if phrase.reference else None
    words = reading.face[measured.span.end : named.start] if named else ""
    return any(_patterns()["each_of"].match(words, space.start()) for space in re.finditer(" ", words))


def _paired_with(reading: Reading, first: Reference) -> Reference | None:
    """The second place of "X and Y"."""
    joined = _patterns()["and_from"].match(reading.face, first.end)
    second = reference_at(reading, joined.end()) if joined else None
    return second if second and second.named else None


def _without_unit(reading: Reading, last: Phrase, unit: str) -> Phrase | None:
    joined = _patterns()["more"].match(reading.face, last.span.end)
    bare = unitless(reading.face, joined.end(), unit) if joined else None
    heading = heading_at(reading.face, bare.span.end) if bare else None
    if bare is None or heading is None or tail_at(reading.face, bare.span.end).connector != "of":
        return None
    return _with_tail(reading, bare)


def _with_tail(reading: Reading, measured: Measured) -> Phrase | None:
    """The phrase of a number and what follows it; None where the number is no distance and no length."""
    face = reading.face
    travel = _travel_noun(face, measured)
    tail = tail_at(face, travel[1] if travel else measured.span.end)
    tail, reference = _reference(reading, measured, tail)
    sense = Sense.DISTANCE if travel and (reference or tail.heading) else sense_of(reading, measured, tail, reference)
    if sense is Sense.NOTHING:
        return None
    if sense is Sense.LENGTH:
        return Phrase(measured.span, quoted(measured.span, measured), Role.LENGTH)
    late = after_reference(face, reference.end) if reference and reference.end else Tail(tail.end)
    heading = tail.heading or late.heading
    manner = tail.manner or late.manner or (travel[0] if travel else "") or _manner(reading, measured, tail, reference)
    ends = [measured.span.end, reference.end if reference else tail.end]
    if late.manner or (late.heading and not tail.heading):
        ends.append(late.end)
    span = Span(measured.span.start, max(ends))
    phrase = Phrase(span, quoted(span, measured, heading, manner), reference=reference)
    return _apart(reading, phrase) if tail.away == "apart" else _both_ends(reading, phrase, tail)


def quoted(span: Span, measured: Measured, heading: Heading | None = None, manner: str = "") -> QuotedDistance:
    """The value of a phrase."""
    return QuotedDistance(
        span=span,
        quantity=measured.quantity,
        unit=measured.unit,
        quantity_to=measured.quantity_to,
        hedge=measured.hedge,
        direction=heading.code if heading else None,
        conversion=measured.conversion,
        manner=manner,
    )


def _travel_noun(face: str, measured: Measured) -> tuple[str, int] | None:
    """How the distance of "a 20-kilometre drive" or "a 50 km flight" runs, and where the noun ends."""
    for name, manner in (("travel", "road"), ("flight", "air")):
        found = _patterns()[f"noun_{name}"].match(face, measured.span.end)
        if found:
            return ("" if found["noun"].lower() == "distance" else manner), found.end()
    return None


def _reference(reading: Reading, measured: Measured, tail: Tail) -> tuple[Tail, Reference | None]:
    """The reference that the tail leads to; a tail without connector where that leads nowhere."""
    if not tail.connector:
        near = "within" in (measured.hedge or "") or "close as" in (measured.hedge or "")
        found = _patterns()["plain_of" if near else "to"].match(reading.face, tail.end)
        if not found:
            return tail, None
        tail = replace(tail, end=found.end(), connector="of" if near else "to", kind="straight")
    each = _patterns()["each_of"].match(reading.face, tail.end) if tail.connector else None
    reference = reference_at(reading, each.end()) if each else None
    if not (reference and reference.named and _paired_with(reading, reference)):
        reference = reference_at(reading, tail.end)
    loose = tail.kind in {"coast", "border", "straight", "road"} and tail.connector != "of"
    if reference and loose and not (reference.named or reference.head or reference.referent.place):
        reference = None
    if reference and tail.connector == "to" and not (reference.named or reference.head):
        reference = None
    if reference and reference.referent.text.lower() in {"each other", "one another"}:
        return replace(tail, end=reference.end, away="apart", connector="", kind=""), None
    if reference is None and tail.connector not in {"of", "from", "away from"}:
        tail = replace(tail, connector="", kind="")
    return tail, reference


def _manner(reading: Reading, measured: Measured, tail: Tail, reference: Reference | None) -> str:
    if reference and reference.head:
        return reference.head
    if tail.kind in {"edge", "coast", "border", "road"}:
        return tail.kind
    if tail.away in {"offshore", "inland", "out to sea"}:
        return "coast"
    sentence = reading.sentence(measured.span.start)
    floor = max(sentence.span.start if sentence else 0, measured.span.start - _FAR_END)
    lead = reading.face[floor : measured.span.start]
    return "air" if _patterns()["crow"].search(lead) else ""


def _both_ends(reading: Reading, phrase: Phrase, tail: Tail) -> Phrase:
    """The far end, where the words name it: "from X to Y", "50 km between X and Y", "the distance from X to Y is"."""
    face, start = reading.face, phrase.span.start
    if phrase.reference:
        onward = _patterns()["onward"].match(face, phrase.reference.end) if tail.kind == "from" else None
        far = reference_at(reading, onward.end()) if onward and phrase.reference.named else None
        return replace(phrase, place_to=far.referent, span=Span(start, far.end)) if far and far.named else phrase
    inside = _patterns()["away_in"].match(face, tail.end) if tail.away == "away" else None
    there = reference_at(reading, inside.end()) if inside else None
    if there and there.named:
        return replace(phrase, place_to=there.referent, span=Span(start, there.end))
    between = _patterns()["between"].match(face, tail.end)
    if between:
        return _pair(reading, phrase, between.end(), start) or phrase
    sentence = reading.sentence(start)
    floor = max(sentence.span.start if sentence else 0, start - _FAR_END)
    before = list(_patterns()["distance_of"].finditer(face, floor, start))
    if not before:
        return phrase
    reverse = before[-1]["link"] is None or before[-1]["link"].lower() == "from"
    return _pair(reading, phrase, before[-1].end(), before[-1].start(), reverse=reverse) or phrase


def _pair(reading: Reading, phrase: Phrase, position: int, start: int, *, reverse: bool = False) -> Phrase | None:
    """The phrase with the two places named from ``position`` on: subject and reference, or the reverse."""
    first = reference_at(reading, position)
    joined = _patterns()["and"].match(reading.face, first.end) if first else None
    second = reference_at(reading, joined.end()) if joined else None
    if not (first and second and first.named and second.named):
        return None
    near, far = (first, second) if reverse else (second, first)
    span = Span(min(start, phrase.span.start), max(second.end, phrase.span.end))
    return replace(phrase, reference=near, place_to=far.referent, span=span, value=replace(phrase.value, span=span))


def _apart(reading: Reading, phrase: Phrase) -> Phrase:
    """The two places that are said to lie so far apart: the last two toponyms before the number."""
    sentence = reading.sentence(phrase.span.start)
    floor = max(sentence.span.start if sentence else 0, phrase.span.start - _FAR_END)
    named = reading.within(floor, phrase.span.start)
    if len(named) < 2:
        return phrase
    first, second = (reading.referent(0, 1, resolution=one) for one in named[-2:])
    return replace(phrase, place_to=first, reference=Reference(second, phrase.span.end))


def _radius(reading: Reading, measured: Measured) -> Phrase | None:
    """The reach of something round a place: "a 30-km exclusion zone around X", "within a radius of 10 km of X"."""
    face = reading.face
    noun = _patterns()["noun_radius"].match(face, measured.span.end)
    before = _patterns()["by_radius"].search(face, max(0, measured.span.start - 40), measured.span.start)
    if not (noun or before) or is_excluded(reading, measured):
        return None
    cursor = noun.end() if noun else measured.span.end
    joined = _patterns()["around"].match(face, cursor)
    reference = reference_at(reading, joined.end()) if joined else None
    begins = before.start() if before else measured.span.start
    span = Span(begins, max(cursor, reference.end if reference else 0))
    within = _patterns()["within"].search(face, max(0, measured.core.start - 20), measured.core.start)
    thing = None
    if noun and not (within and noun["noun"].lower() in {"radius", "circle", "ring"}):
        thing = Referent(noun["noun"], Span(noun.start("noun"), noun.end("noun")))
    if measured.hedge == "within":
        measured = replace(measured, hedge=None)
    return Phrase(span, quoted(span, measured, manner="radius"), reference=reference, thing=thing)


def _shared(reading: Reading, found: list[Phrase]) -> list[Phrase]:
    """Numbers that share the reference of the next: "60 miles by air but 80 miles by road northeast of X"."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        one, following = shared[index], shared[index + 1]
        if one.role is not Role.DISTANCE or one.reference or one.place_to or not following.reference:
            continue
        if _patterns()["next"].fullmatch(reading.face, one.span.end, max(following.span.start, one.span.end)):
            direction = one.value.direction or following.value.direction
            shared[index] = replace(one, reference=following.reference, value=replace(one.value, direction=direction))
    return shared
