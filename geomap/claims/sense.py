"""Whether a number with a unit of length is a distance between places, a length, or neither."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from geomap.claims.lexicon import table
from geomap.claims.quantities import Measured
from geomap.claims.reading import Reading
from geomap.claims.surface import Ending, any_of, any_of_reversed, ending

if TYPE_CHECKING:
    from geomap.claims.referents import Reference
    from geomap.claims.tails import Tail

_REACH_WINDOW = 70
"""Characters before a number in which "can hit targets" makes it the reach of a weapon."""


_LEADING = (
    *(
        "of",
        "the",
        "a",
        "an",
        "was",
        "were",
        "is",
        "are",
        "at",
        "from",
        "to",
        "between",
        "about",
        "just",
        "only",
        "over",
    ),
    *("up to", "around", "nearly", "roughly"),
)
"""Words that may stand between what a number is no distance after and the number."""

_UNREAL = 120
"""Characters before a number in which what did not happen is looked for."""


class Sense(Enum):
    """What a number with a unit says."""

    DISTANCE = "distance"
    LENGTH = "length"
    NOTHING = "nothing"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    source = table("distances")
    nots, lengths, nouns = source["not_distances"], source["lengths"], source["nouns"]
    listed = {
        "not_after": rf"[ -]*+{any_of(nots['after'])}",
        "not_after_loose": rf"[ -]++{any_of(nots['after_loose'])}",
        "reach": rf"{any_of(nots['reach'])}",
        "length_after": rf"[ -]*+{any_of(lengths['after'])}",
        "by": r"[ -]*+(?:by|x|×) *+\d",
    }
    words = r"(?:[ -]++[a-z'][\w'-]*+){0,2}?[ -]++"
    listed |= {
        "race_end": rf"(?:the|its) {any_of(nouns['race_ends'])}$",
        "unreal": r"(?:^|[;:\"] *+)had (?!(?:not )?(?:been|it) )[^,;:.]*$"
        r"|(?<!\w)(?:if|unless) [^,;:.]*(?<!\w)had [^,;:.]*$|(?<!\w)would(?: not|n't)? have [^,;:.]{0,40}$",
        "denied": r"(?<!\w)not (?:about |some |around )?$",
        "instead": r"[^.;]{0,80}?,? but (?:rather |only |about |some |around |nearly |more than )?\d",
    }
    listed |= {name: rf"{words}{any_of(nouns[name])}" for name in ("race", "height", "range")}
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in listed.items()}


@cache
def _endings() -> dict[str, Ending]:
    """What may stand directly before a number."""
    source = table("distances")
    nots, lengths = source["not_distances"], source["lengths"]
    lead = rf" *+(?:{any_of_reversed(_LEADING)} )*"
    written = {
        "not_before": f"{lead}{any_of_reversed(nots['before'])}",
        "not_before_loose": f"{lead}{any_of_reversed(nots['before_loose'])}",
        "length_before": f" *+{any_of_reversed(lengths['before'])}",
        "moved": f" *+(?:{any_of_reversed(lengths['moved_by'])} )*{any_of_reversed(lengths['moved'])}",
    }
    return {name: ending(pattern, _REACH_WINDOW) for name, pattern in written.items()}


def _stands_before(name: str, clause: str) -> bool:
    return _endings()[name].start(clause, len(clause)) is not None


def sense_of(reading: Reading, measured: Measured, tail: Tail, reference: Reference | None) -> Sense:
    """What ``measured`` says, from the words directly before and after it and from what its tail ties it to."""
    face, start, end = reading.face, measured.span.start, measured.span.end
    clause = re.split(r"[;:]|(?<!approx)\. |\n", face[max(0, start - _REACH_WINDOW) : start])[-1]
    tied = reference if reference is not None and tail.connector else None
    if _is_no_length(face, end, clause, tail, tied=tied is not None) or _is_unreal(reading, measured):
        return Sense.NOTHING
    if tied is not None and _is_no_far_end(reading, measured, tied, clause):
        return Sense.NOTHING
    moved = _stands_before("moved", clause)
    if tied is not None and not (moved and tail.connector in _MOVED_TO):
        return Sense.DISTANCE
    if _names_a_race(reading, measured, tail):
        return Sense.NOTHING
    if moved or _is_length(face, end, clause):
        return Sense.NOTHING if _is_upright(reading, measured) else Sense.LENGTH
    if _is_loosely_excluded(face, end, clause, tail):
        return Sense.NOTHING
    if tail.away or tail.heading or tail.manner or tail.connector or _separates(reading, measured, tail):
        return Sense.DISTANCE
    return _attributive(reading, measured)


_MOVED_TO = frozenset({"to", "into", "deep into", "past", "beyond", "before"})
"""Connectors behind which what moved so far came somewhere: "advanced 5 km into X"."""


def _is_no_length(face: str, end: int, clause: str, tail: Tail, *, tied: bool) -> bool:
    """Whether the words beside a number say that it is a speed, a height, the reach of a weapon or the like."""
    if _stands_before("not_before", clause) and not (tied and _is_of_place(clause)):
        return True
    found = _patterns()
    return bool(found["not_after"].match(face, end) or (found["reach"].search(clause) and not tail.heading))


def _is_length(face: str, end: int, clause: str) -> bool:
    """Whether the words beside a number say that something is so long."""
    found = _patterns()
    behind = found["length_after"].match(face, end) or found["by"].match(face, end)
    return bool(behind) or _stands_before("length_before", clause)


def _is_loosely_excluded(face: str, end: int, clause: str, tail: Tail) -> bool:
    """Whether the words beside a number that no place is tied to say that it is no distance."""
    before = _stands_before("not_before_loose", clause) and tail.away != "away"
    return before or bool(_patterns()["not_after_loose"].match(face, end))


def _is_no_far_end(reading: Reading, measured: Measured, reference: Reference, clause: str) -> bool:
    """Whether what a number is tied to is no place to measure from: a fall from a roof, what is left of a race."""
    if _leads_to_a_place(reference):
        return False
    last = reading.face[max(0, reference.end - 40) : reference.end]
    if _patterns()["race_end"].search(last):
        return True
    return measured.unit in {"m", "ft"} and _stands_before("not_before_loose", clause)


def _is_unreal(reading: Reading, measured: Measured) -> bool:
    """Whether a number is of what did not happen: "had it fallen 5 km from", "not 40 km but 60"."""
    context, face = reading.context(measured.span), reading.face
    lead = face[max(context.start, measured.span.start - _UNREAL) : measured.span.start]
    if ("had" in lead.lower() or "would" in lead) and _patterns()["unreal"].search(lead):
        return True
    denied = _patterns()["denied"].search(face[max(context.start, measured.core.start - 12) : measured.core.start])
    return bool(denied and _patterns()["instead"].match(face, measured.span.end, context.end))


def _leads_to_a_place(reference: Reference) -> bool:
    return reference.named or bool(reference.head) or reference.referent.place is not None


def is_excluded(reading: Reading, measured: Measured) -> bool:
    """Whether the words right beside a number say that it is a speed, a height, a depth or the like."""
    clause = reading.face[max(0, measured.span.start - _REACH_WINDOW) : measured.span.start]
    found = _patterns()
    beside = (found["not_after"], found["not_after_loose"])
    return _stands_before("not_before", clause) or any(each.match(reading.face, measured.span.end) for each in beside)


def _is_of_place(clause: str) -> bool:
    return bool(re.search(r"(?:stands?|visibility|ranges?) *$", clause))


def _separates(reading: Reading, measured: Measured, tail: Tail) -> bool:
    """Whether two places are named round the number: "50 km between X and Y", "the distance from X to Y is 50 km"."""
    if re.compile(r" *+(?:between|separat|lie between)").match(reading.face, tail.end):
        return True
    sentence = reading.sentence(measured.span.start)
    lead = reading.face[max(sentence.span.start if sentence else 0, measured.span.start - 160) : measured.span.start]
    return bool(re.search(r"(?<!\w)distance (?:between|from) [^.]*(?:is|was|of|at|,) *+$", lead))


def _names_a_race(reading: Reading, measured: Measured, tail: Tail) -> bool:
    return bool(_patterns()["race"].match(reading.face, measured.span.end)) and not tail.connector


def _is_upright(reading: Reading, measured: Measured) -> bool:
    return bool(re.compile(r"[ -]++(?:deep|high|tall)(?!\w)").match(reading.face, measured.span.end))


def _attributive(reading: Reading, measured: Measured) -> Sense:
    """A length for "a 40-mile convoy"; nothing for a 6-foot wall, a 300-km-range missile and a bare number."""
    face, end = reading.face, measured.span.end
    if not _before_a_noun(reading, measured):
        return Sense.NOTHING
    if _patterns()["height"].match(face, end) or _patterns()["range"].match(face, end):
        return Sense.NOTHING
    return Sense.LENGTH


def _before_a_noun(reading: Reading, measured: Measured) -> bool:
    following = reading.at(measured.span.end)
    if following >= len(reading.tokens) or reading.tokens[following].start > measured.span.end + 2:
        return False
    token = reading.tokens[following]
    tied = measured.attributive or not reading.face[measured.core.start : measured.core.end].rstrip(". ").endswith(
        ("s", "feet")
    )
    return (tied and token.pos in {"NOUN", "ADJ", "PROPN", "VERB"} and token.text[:1].isalpha()) or token.text == "-"
