"""Distance phrases: a number with its unit, the way it runs, its direction, and the place it is measured from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from geomap.claims.directions import Heading, heading_at, headings
from geomap.claims.lexicon import table
from geomap.claims.quantities import Measured, hedge_before, quantities, unitless
from geomap.claims.reading import Reading
from geomap.claims.referents import Reference, reference_at
from geomap.claims.sense import Sense, sense_of
from geomap.claims.surface import any_of
from geomap.model import QuotedDistance, Referent, Role, Span


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
    apart: bool = False
    bare_direction: bool = False


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a number and its unit, up to the place it is measured from."""

    end: int
    heading: Heading | None = None
    manner: str = ""
    away: str = ""
    connector: str = ""
    kind: str = ""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    source = table("distances")
    manners, connectors, nouns = source["manners"], source["connectors"], source["nouns"]
    named = {f"manner_{name}": rf"(?:,? ++| ?\(|-){any_of(manners[name])}\)?,?" for name in ("road", "air")}
    named |= {f"to_{name}": rf"[ -]*+{any_of(words)}(?= |$)" for name, words in connectors.items()}
    adjectives = r"(?:(?!(?:from|of|to|and|in|on|at|off|around)(?!\w))[a-z][\w-]*+ ++){0,2}"
    named |= {
        f"noun_{name}": rf"[ -]++{adjectives}(?P<noun>{any_of(nouns[name])})(?!-)"
        for name in ("travel", "flight", "radius")
    }
    compiled = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in named.items()}
    return compiled | {
        "away": re.compile(
            r" *+(?P<away>away|apart|distant|distance|afield|offshore|inland|out to sea|further)(?! (?:with|by a))(?!\w)",
            re.I,
        ),
        "bracket": re.compile(r" *+\([^()]{1,60}\)"),
        "of": re.compile(r"\.? *+,? *+(?:of|from)(?!\w)", re.I),
        "plain_of": re.compile(r" *+of(?!\w)", re.I),
        "to": re.compile(r" *+to(?= )", re.I),
        "between": re.compile(r" *+(?:between|separat(?:es?|ing|ed)|that separates?|which separates?)(?!\w)", re.I),
        "around": re.compile(
            r" *+(?:of|around|from|surrounding|round|about|near|centred on|centered on|along|off)(?!\w)", re.I
        ),
        "join": re.compile(r" *+(?:,? ++(?:and|or|but|to)(?!\w)| *+,)? *+", re.I),
        "more": re.compile(r" *+(?:,? ++(?:and|or|but)(?!\w)|,) *+(?:about ++|some ++|around ++|roughly ++)?", re.I),
        "by_radius": re.compile(
            r"(?:radius|circle|perimeter|ring) of *+(?:(?:about|up to|around|some|roughly) *+)?$", re.I
        ),
        "and": re.compile(r" *+,? ++(?:and|from|to|with)(?!\w)", re.I),
        "distance_of": re.compile(
            r"(?<!\w)distance (?P<link>between|from)(?!\w)|(?<!\w)(?P<way>(?:road|drive|journey|trip|flight|route|highway|railway|line) from)(?!\w)",
            re.I,
        ),
    }


def phrases(reading: Reading) -> list[Phrase]:
    """Every distance, length and direction in the report, in the order of the text."""
    found = list(_measured_phrases(reading))
    found = _shared(reading, found)
    taken = [phrase.span for phrase in found]
    found += [each for each in _travel_times(reading) if not any(each.span.overlaps(span) for span in taken)]
    taken = [phrase.span for phrase in found]
    found += [each for each in _directions(reading) if not any(each.span.overlaps(span) for span in taken)]
    return sorted(found, key=lambda phrase: phrase.span.start)


def tail_at(face: str, position: int) -> Tail:
    """What follows a number that ends at ``position``: manner, "away", direction, and the word before the reference."""
    tail = Tail(position)
    for _ in range(6):
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
    for kind in ("coast", "border", "edge", "from", "straight"):
        found = patterns[f"to_{kind}"].match(face, tail.end)
        if found:
            word = found[0].strip(" -").lower()
            return replace(tail, end=found.end(), connector=word, kind=kind)
    for kind in ("road", "air"):
        if found := patterns[f"manner_{kind}"].match(face, tail.end):
            return replace(tail, end=found.end(), manner=tail.manner or kind)
    if tail.heading is None and (heading := heading_at(face, tail.end)) and not heading.part:
        return replace(tail, end=heading.span.end, heading=heading)
    if found := patterns["away"].match(face, tail.end):
        return replace(tail, end=found.end(), away=found["away"].lower())
    if tail.heading and (found := patterns["bracket"].match(face, tail.end)):
        return replace(tail, end=found.end())
    return None


def _measured_phrases(reading: Reading) -> Iterator[Phrase]:
    face = reading.face
    for measured in quantities(face, reading.article.body):
        yield from _phrase_of(reading, measured)


def _phrase_of(reading: Reading, measured: Measured) -> Iterator[Phrase]:
    """The phrase round one number, and those that share its unit ("40 km east of X, 50 northwest of Y")."""
    first = _radius(reading, measured) or _with_tail(reading, measured)
    if first is None:
        return
    yield first
    last = first
    while last.role is Role.DISTANCE and last.reference and last.value.quantity is not None:
        follow = _without_unit(reading, last, measured.unit)
        if follow is None:
            return
        yield follow
        last = follow


def _without_unit(reading: Reading, last: Phrase, unit: str) -> Phrase | None:
    joined = _patterns()["more"].match(reading.face, last.span.end)
    bare = unitless(reading.face, joined.end(), unit) if joined else None
    if bare is None:
        return None
    heading = heading_at(reading.face, bare.span.end)
    if not heading or not _patterns()["of"].match(reading.face, heading.span.end):
        return None
    return _with_tail(reading, bare)


def _with_tail(reading: Reading, measured: Measured) -> Phrase | None:
    face = reading.face
    travel = _travel_noun(face, measured)
    tail = tail_at(face, travel[1] if travel else measured.span.end)
    tail, reference = _reference(reading, measured, tail)
    sense = Sense.DISTANCE if travel and (reference or tail.heading) else sense_of(reading, measured, tail, reference)
    if sense is Sense.NOTHING:
        return None
    if sense is Sense.LENGTH:
        span = Span(measured.span.start, measured.span.end)
        return Phrase(span, _value(span, measured, None, ""), Role.LENGTH)
    manner = tail.manner or (travel[0] if travel else "") or _manner(tail, reference)
    end = max(measured.span.end, reference.end if reference else tail.end)
    heading = tail.heading or _late_heading(reading, measured, reference)
    if heading and reference and heading.span.start >= reference.end:
        end = heading.span.end
    span = Span(measured.span.start, end)
    phrase = Phrase(span, _value(span, measured, heading, manner), reference=reference, apart=tail.away == "apart")
    return _both_ends(reading, phrase, measured, tail)


def _value(span: Span, measured: Measured, heading: Heading | None, manner: str) -> QuotedDistance:
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
    """ "a 20-kilometre drive", "a 50 km flight": how the distance runs, and where the noun ends."""
    for name, manner in (("travel", "road"), ("flight", "air")):
        found = _patterns()[f"noun_{name}"].match(face, measured.span.end)
        if found:
            return ("" if found["noun"].lower() == "distance" else manner), found.end()
    return None


def _reference(reading: Reading, measured: Measured, tail: Tail) -> tuple[Tail, Reference | None]:
    """The reference that the tail leads to; a tail without one where its connector leads nowhere."""
    face = reading.face
    if not tail.connector:
        near = "within" in (measured.hedge or "") or "close as" in (measured.hedge or "")
        found = _patterns()["plain_of"].match(face, tail.end) if near else _patterns()["to"].match(face, tail.end)
        if not found:
            return tail, None
        tail = replace(tail, end=found.end(), connector="of" if near else "to", kind="straight")
    reference = reference_at(reading, tail.end)
    loose = tail.kind in {"coast", "border", "straight"} and tail.connector != "of"
    if reference and loose and not (reference.named or reference.head or reference.referent.place):
        reference = None
    if reference and tail.connector == "to" and not reference.named:
        reference = None
    if reference is None and tail.connector not in {"of", "from", "away from"}:
        tail = replace(tail, connector="", kind="")
    return tail, reference


def _manner(tail: Tail, reference: Reference | None) -> str:
    head = reference.head if reference else ""
    if head:
        return head
    if tail.kind in {"edge", "coast", "border"}:
        return tail.kind
    if tail.away in {"offshore", "inland", "out to sea"}:
        return "coast"
    return ""


def _late_heading(reading: Reading, measured: Measured, reference: Reference | None) -> Heading | None:
    """A direction after the reference: "20 km from Paris, to the north", "75 km from Kabul in a northerly direction"."""
    if reference is None:
        return None
    found = heading_at(
        reading.face,
        re.compile(r",? ").match(reading.face, reference.end).end()  # type: ignore[union-attr]
        if re.compile(r",? ").match(reading.face, reference.end)
        else reference.end,
    )
    if (
        found
        and found.led in {"to the", "in a", "to its"}
        and not found.part
        and not _patterns()["of"].match(reading.face, found.span.end)
    ):
        return found
    return None


def _both_ends(reading: Reading, phrase: Phrase, measured: Measured, tail: Tail) -> Phrase:
    """The far end, where the words name it too: "from X to Y", "50 km between X and Y", "the distance from X to Y is"."""
    face = reading.face
    if phrase.reference and tail.kind == "from" and phrase.reference.named:
        onward = re.compile(r" *+to(?= (?:the )?[^\W\d_a-z])").match(face, phrase.reference.end)
        far = reference_at(reading, onward.end()) if onward else None
        if far and far.named:
            return replace(phrase, place_to=far.referent, span=Span(phrase.span.start, far.end))
    between = _patterns()["between"].match(face, tail.end) if phrase.reference is None else None
    if between:
        return _pair(reading, phrase, between.end(), phrase.span.start) or phrase
    sentence = reading.sentence(measured.span.start)
    floor = max(sentence.span.start if sentence else 0, measured.span.start - 160)
    before = list(_patterns()["distance_of"].finditer(face, floor, measured.span.start))
    if phrase.reference is None and before:
        return (
            _pair(reading, phrase, before[-1].end(), before[-1].start(), reverse=before[-1]["link"] != "between")
            or phrase
        )
    return phrase


def _pair(reading: Reading, phrase: Phrase, position: int, start: int, *, reverse: bool = False) -> Phrase | None:
    first = reference_at(reading, position)
    joined = _patterns()["and"].match(reading.face, first.end) if first else None
    second = reference_at(reading, joined.end()) if joined else None
    if not (first and second and first.named and second.named):
        return None
    near, far = (first, second) if reverse else (second, first)
    span = Span(min(start, phrase.span.start), max(second.end, phrase.span.end))
    return replace(phrase, reference=near, place_to=far.referent, span=span, value=replace(phrase.value, span=span))


def _radius(reading: Reading, measured: Measured) -> Phrase | None:
    """ "a 30-km exclusion zone around X", "within a radius of 10 km of X": the reach of something round a place."""
    face = reading.face
    noun = _patterns()["noun_radius"].match(face, measured.span.end)
    before = _patterns()["by_radius"].search(face, max(0, measured.span.start - 40), measured.span.start)
    if not noun and not before:
        return None
    cursor = noun.end() if noun else measured.span.end
    joined = _patterns()["around"].match(face, cursor)
    reference = reference_at(reading, joined.end()) if joined else None
    start = before.start() if before else measured.span.start
    span = Span(start, max(cursor, reference.end if reference else 0))
    within = re.search(
        r"(?:within|inside|outside|in) (?:an?|the|that) *+(?:\w+ )?$", face[max(0, start - 20) : start], re.I
    )
    thing = None
    if noun and not (within and "radius" in noun["noun"].lower()):
        thing = Referent(noun["noun"], Span(noun.start("noun"), noun.end("noun")))
    return Phrase(span, _value(span, measured, None, "radius"), reference=reference, thing=thing)


def _shared(reading: Reading, found: list[Phrase]) -> list[Phrase]:
    """Numbers that share the reference of the next: "60 miles by air but 80 miles by road northeast of X"."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        one, following = shared[index], shared[index + 1]
        if one.role is Role.DISTANCE and one.reference is None and following.reference and one.place_to is None:
            between = reading.face[one.span.end : following.span.start]
            if re.fullmatch(r" *(?:\([^()]*\))? *,? *(?:and|but|or)? *", between) and not one.apart:
                direction = one.value.direction or following.value.direction
                shared[index] = replace(
                    one, reference=following.reference, value=replace(one.value, direction=direction)
                )
    return shared


@cache
def _travel_pattern() -> re.Pattern[str]:
    nouns = table("distances")["nouns"]
    noun = any_of([*nouns["travel"], *nouns["flight"], "stroll", "bus ride", "boat ride", "train ride"])
    number = r"(?:\d++(?:\.\d+)?(?:(?:-| to |–)\d++)?|an?(?: half| short| long| few| couple of)?|half an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|forty-five|several|a few|a couple of|one-and-a-half|two-and-a-half)"
    time = r"(?:hour|hours|hr|hrs|minute|minutes|min|mins|day|days|week)"
    way = r"(?:by (?:car|road|train|boat|bus|ferry|air|plane|helicopter|rail)|on foot)"
    return re.compile(
        rf"(?<![\w.-])(?P<hedge>(?:about|around|some|roughly|approximately|less than|more than|just|nearly|under|over|within) ++)?"
        rf"(?:{number}[ -]++{time}(?:'s?|s')?(?P<noun>(?:[ -]++[a-z]+)? ++{noun}|(?=,? ++{way})|(?= ++(?:north|south|east|west|from|outside|away)))|(?P<short>(?:an?|the) (?:short|long|quick|brief) {noun}))"
        rf"(?P<way>,? ++{way})?",
        re.IGNORECASE,
    )


def _travel_times(reading: Reading) -> Iterator[Phrase]:
    """ "an hour's drive from X": a distance that no map can check, kept with the manner travel-time."""
    for found in _travel_pattern().finditer(reading.face, reading.article.body):
        tail = tail_at(reading.face, found.end())
        reference = reference_at(reading, tail.end) if tail.connector else None
        if reference is None:
            continue
        if not (found["noun"] or found["short"] or found["way"] or reference.referent.place):
            continue
        if not (reference.named or reference.referent.place or found["noun"]):
            continue
        span = Span(found.start(), reference.end)
        hedge = " ".join((found["hedge"] or "").lower().split()) or None
        direction = tail.heading.code if tail.heading else None
        value = QuotedDistance(span=span, hedge=hedge, direction=direction, manner="travel-time")
        yield Phrase(span, value, reference=reference)


def _directions(reading: Reading) -> Iterator[Phrase]:
    """A direction alone: "northeast of the city of X", "on the northern outskirts of X"."""
    face = reading.face
    for heading in headings(face, reading.article.body):
        phrase = _direction(reading, heading)
        if phrase:
            yield phrase


def _direction(reading: Reading, heading: Heading) -> Phrase | None:
    face = reading.face
    word = face[heading.word.start : heading.word.end]
    joined = _patterns()["plain_of" if not heading.led.endswith("to the") else "of"].match(face, heading.span.end)
    of_part = (
        heading.led in {"in the", "on the", "from the", "towards the", "toward the", "to its"} and not heading.edge
    )
    named_so = word[0].isupper() and len(word) > 3 and not _opens_sentence(reading, heading)
    article = re.search(r"(?<!to )(?<!of )the $", face[max(0, heading.span.start - 8) : heading.span.start], re.I)
    if not joined or heading.part or of_part or named_so or (heading.adjective and not heading.edge):
        return None
    if article and not heading.edge and not heading.led:
        return None
    reference = reference_at(reading, joined.end())
    if reference is None or not (reference.named or reference.referent.place):
        return None
    start, hedge = hedge_before(face, heading.span.start, reading.article.body)
    manner = "edge" if heading.edge else reference.head
    span = Span(start if hedge else heading.span.start, reference.end)
    value = QuotedDistance(span=span, hedge=hedge, direction=heading.code, manner=manner)
    return Phrase(span, value, reference=reference, bare_direction=True)


def _opens_sentence(reading: Reading, heading: Heading) -> bool:
    sentence = reading.sentence(heading.span.start)
    return sentence is not None and heading.span.start - sentence.span.start < 3
