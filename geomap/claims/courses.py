"""Phrases without a number: directions alone ("northeast of X") and travelling times ("an hour's drive from X")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from geomap.claims.directions import Heading, headings
from geomap.claims.lexicon import table
from geomap.claims.phrases import Phrase, measured_phrases
from geomap.claims.quantities import hedge_before
from geomap.claims.reading import Reading
from geomap.claims.referents import Reference, reference_at
from geomap.claims.surface import any_of
from geomap.claims.tails import Tail, tail_at
from geomap.model import QuotedDistance, Span

_LOOK_BACK = 30
"""Characters before a direction in which a number with its unit ends."""


def _units() -> list[str]:
    return [spelling for spellings in table("distances")["units"].values() for spelling in spellings]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    source, links = table("distances"), table("locatives")["links"]
    times = source["times"]
    nouns = [*source["nouns"]["travel"], *source["nouns"]["flight"], *times["nouns"]]
    noun, way = any_of(nouns), any_of(times["ways"])
    copulas, participles, hedges = any_of(links["copulas"]), any_of(links["participles"]), any_of(times["hedges"])
    written = {
        "of": r" *+of(?!\w)",
        "of_or_from": r"\.? *+,? *+(?:of|from)(?!\w)",
        "article": r"(?<!to )(?<!of )the $",
        "time": rf"(?<![\w.-])(?P<hedge>{any_of(times['hedges'])} ++)?"
        rf"(?:(?:{times['digits']}|{any_of(times['numbers'])})[ -]++{any_of(times['units'])}(?:'s?|s')?"
        rf"(?P<noun>(?:[ -]++[a-z]+)?[ -]++{noun}|(?=(?: ++away)?,? ++{way})|(?= ++{any_of(times['onward'])}))"
        rf"|(?:an?|the) (?:short|long|quick|brief) {noun})(?P<way>,? ++{way})?",
        "stands": rf"(?:(?:{copulas}|{participles}) (?:{hedges} )*|[,(–—] *)(?:an? )?$",
        "unread": rf"(?:\d|(?<!\w)(?:nan|inf|infinity)(?!\w)) ?-?{any_of(_units())} *+$",
        "unit_before": r"(?:miles?|km|kilomet(?:er|re)s?|kms|knots|metres|meters|feet) *+$",
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in written.items()}


def phrases(reading: Reading) -> list[Phrase]:
    """Every distance, length, direction and travelling time in the report, in the order of the text."""
    found = measured_phrases(reading)
    for read in (_travel_times, _directions):
        found = _merged(found, read(reading))
    return found


def _merged(found: list[Phrase], more: Iterator[Phrase]) -> list[Phrase]:
    """Both lists in the order of the text, without those of the second that overlap one of the first."""
    starts = [phrase.span.start for phrase in found]
    kept = []
    for phrase in more:
        after = bisect_right(starts, phrase.span.start)
        if not any(near.span.overlaps(phrase.span) for near in found[max(0, after - 1) : after + 1]):
            kept.append(phrase)
    return sorted([*found, *kept], key=lambda phrase: phrase.span.start)


def _travel_times(reading: Reading) -> Iterator[Phrase]:
    """Distances that no map can check, kept with the manner travel-time."""
    for found in _patterns()["time"].finditer(reading.face, reading.article.body):
        tail = tail_at(reading.face, found.end())
        reference = reference_at(reading, tail.end) if tail.connector else None
        if _patterns()["unit_before"].search(reading.face[max(0, found.start() - 20) : found.start()]):
            continue
        if not (_ends_at_place(found, reference) if reference else _stands_alone(reading, found, tail)):
            continue
        span = Span(found.start(), reference.end if reference else tail.end)
        hedge = " ".join((found["hedge"] or "").lower().split()) or None
        direction = tail.heading.code if tail.heading else None
        value = QuotedDistance(span=span, hedge=hedge, direction=direction, manner="travel-time")
        yield Phrase(span, value, reference=reference)


def _ends_at_place(found: re.Match[str], reference: Reference) -> bool:
    travels = bool(found["noun"] or found["way"] or not any(figure in found[0] for figure in "0123456789"))
    return (
        bool(reference.referent.place) or (reference.named and travels) or bool(found["noun"] and found["noun"].strip())
    )


def _stands_alone(reading: Reading, found: re.Match[str], tail: Tail) -> bool:
    """Whether a travelling time says how far off something is, but not from where: "is two hours away by road"."""
    way = bool(found["way"] or tail.manner)
    if not (
        (tail.away == "away" and (found["noun"] or way))
        or (way and not found["noun"])
        or (found["noun"] and tail.heading)
    ):
        return False
    lead = reading.face[max(0, found.start() - 40) : found.start()]
    return bool(_patterns()["stands"].search(lead))


def _directions(reading: Reading) -> Iterator[Phrase]:
    """Directions alone: "northeast of the city of X", "on the northern outskirts of X"."""
    for heading in headings(reading.face, reading.article.body):
        phrase = _direction(reading, heading) if _may_stand_alone(reading, heading) else None
        if phrase:
            yield phrase


def _may_stand_alone(reading: Reading, heading: Heading) -> bool:
    """Whether a direction may be measured from a place: not "the south of X", "West Virginia", "the northern half"."""
    face = reading.face
    if heading.edge:
        return True
    if heading.part or heading.adjective:
        return False
    if heading.led.split(" ")[0] in {"in", "on", "from", "towards", "toward"} or heading.led == "to its":
        return False
    word = face[heading.word.start : heading.word.end]
    sentence = reading.sentence(heading.span.start)
    opens = sentence is not None and heading.span.start - sentence.span.start < 3
    if word[0].isupper() and len(word) > 3 and not opens:
        return False
    return bool(heading.led) or not _patterns()["article"].search(
        face[max(0, heading.span.start - 8) : heading.span.start]
    )


def _direction(reading: Reading, heading: Heading) -> Phrase | None:
    pattern = _patterns()["of_or_from" if heading.led.endswith("to the") else "of"]
    joined = pattern.match(reading.face, heading.span.end)
    reference = reference_at(reading, joined.end()) if joined else None
    if reference is None or not (reference.named or reference.referent.place):
        return None
    # "-60 km north of X" is a distance that cannot be, and not the direction alone.
    if _patterns()["unread"].search(reading.face, max(0, heading.span.start - _LOOK_BACK), heading.span.start):
        return None
    start, hedge = hedge_before(reading.face, heading.span.start, reading.article.body)
    span = Span(start if hedge else heading.span.start, reference.end)
    manner = "edge" if heading.edge else reference.head
    value = QuotedDistance(span=span, hedge=hedge, direction=heading.code, manner=manner)
    return Phrase(span, value, reference=reference, bare_direction=True)
