"""Phrases that tie something to a place: "near the southern city of X", "in Y district", "off the coast of Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from geomap.claims.courses import phrases
from geomap.claims.descriptions import SUBJECTS
from geomap.claims.lexicon import table
from geomap.claims.reading import Reading
from geomap.claims.surface import Ending, any_of, any_of_reversed, ending
from geomap.model import Analysis, Article, Kind, Locative, QuotedDistance, Referent, Relation, Resolution, Role, Span

_BORDER = re.compile(r"border|frontier")

REACH = 90
"""Characters before a name in which the words that tie something to it are looked for."""


_NO_PLACE = frozenset({"area", "zone", "centre", "center", "downtown", "division"})
"""Nouns of the type lists that, before "of", say where near a place rather than what it is."""


@dataclass(frozen=True, slots=True)
class LocativePhrase:
    """Words that tie something to a place.

    ``span`` runs from the tie ("near the southern city of") to the end of the name; ``subject`` is the place named;
    ``other`` the second place of "between X and Y" (a claim made from this carries it as its reference). ``cue`` is the
    tying word itself in lower case, so that "from X" and "to X" can be told from "in X".
    """

    span: Span
    locative: Locative
    subject: Referent
    cue: str = ""
    other: Referent | None = None


@cache
def _cues() -> tuple[tuple[str, Ending], ...]:
    relations = table("locatives")["relations"]
    order = ("between", "border", "near", "from", "to", "at", "in")
    return tuple((name, ending(f" *+{any_of_reversed(relations[name])}", REACH)) for name in order)


def locatives(article: Article, analysis: Analysis, resolutions: Sequence[Resolution]) -> tuple[LocativePhrase, ...]:
    """Every phrase that ties something to a recognised toponym, in the order of the text; at most one a toponym.

    A toponym that nothing ties (a subject, a speaker, "Russia's") gives none. Where a distance or a direction is
    measured from it, the phrase is that ("70 km northeast of X", relation offset, cue "of").
    """
    reading = Reading(article, analysis, resolutions)
    measured = {phrase.subject.span: phrase for phrase in _offsets(reading)}
    found: list[LocativePhrase] = []
    last: LocativePhrase | None = None
    for one in reading.placed:
        last = measured.get(one.mention.span) or _tied(reading, one) or (last and _joined_to(reading, last, one))
        if last:
            found.append(last)
    return tuple(sorted(found, key=lambda phrase: (phrase.span.start, phrase.span.end)))


def _joined_to(reading: Reading, last: LocativePhrase, one: Resolution) -> LocativePhrase | None:
    """What ties Y in "near X and Y": the tie of the X before it. Its span is its own noun phrase."""
    start, end = one.mention.span.start, one.mention.span.end
    relation, before = last.locative.relation, last.subject.span
    if relation in {Relation.OFFSET, Relation.BETWEEN} or before is None or start < last.span.end:
        return None
    rows = _ROW.fullmatch(reading.face, last.span.end, start)
    if not rows or reading.face[end : end + 2] == "'s" or one.mention.kind is Kind.DEMONYM:
        return None
    if (rows["comma"] and not _leads_to_and(reading, one)) or _begins_clause(reading, end):
        return None
    span = Span(start, max(_noun_end(reading, end), end))
    if relation not in {Relation.NEAR, Relation.BORDER}:
        relation = _relation("in", last.cue, one, reading.face[start : span.end])
    distance = last.locative.distance and replace(last.locative.distance, span=span)
    return LocativePhrase(span, Locative(relation, distance), reading.referent(0, 1, resolution=one), last.cue)


def _begins_clause(reading: Reading, end: int) -> bool:
    """Whether a name before a verb is its subject: "fire broke out in X and Y sent help" puts no fire in Y."""
    verb = reading.at(end)
    if verb >= len(reading.tokens) or reading.tokens[verb].tag not in {"VBD", "VBZ", "VBP", "MD"}:
        return False
    head = verb if reading.tokens[verb].dep not in {"aux", "auxpass"} else reading.tokens[verb].head
    lead = range(max(0, verb - 60), verb)
    return not any(reading.tokens[i].head == head and reading.tokens[i].dep in SUBJECTS for i in lead)


def _leads_to_and(reading: Reading, one: Resolution) -> bool:
    """Whether a name after a comma is one of a row ("in X, Y and Z") and not what the name before lies in."""
    following = _AND.match(reading.face, one.mention.span.end)
    if not following or not reading.within(following.end(), following.end() + 1):
        return False
    place = one.place
    return place is not None and not place.feature_code.startswith(("ADM", "PCL"))


_ROW = re.compile(r"(?:(?P<comma>, )|,? (?:and|or) )(?:in |near |at )?(?:the )?(?:(?:[a-z]+ ){1,2}of )?")
_AND = re.compile(r"(?:, (?:the )?[^\W\d_][\w-]*)*,? (?:and|or) (?:the )?(?:(?:[a-z]+ ){1,2}of )?")


def _offsets(reading: Reading) -> Iterator[LocativePhrase]:
    """The distances and directions that are measured from a toponym; how long a drive takes says too little."""
    for phrase in phrases(reading):
        reference = phrase.reference
        if reference is None or phrase.thing or phrase.place_to or phrase.value.manner == "travel-time":
            continue
        if phrase.role is Role.DISTANCE and reference.referent.span is not None:
            yield LocativePhrase(phrase.span, Locative(Relation.OFFSET, phrase.value), reference.referent, "of")


def _tied(reading: Reading, one: Resolution) -> LocativePhrase | None:
    """The phrase that ends in one toponym, if a tying word leads up to it."""
    end = one.mention.span.end
    rim = _rim(reading, end)
    if rim is None and (reading.face[end : end + 2] == "'s" or one.mention.kind is Kind.DEMONYM):
        return None
    start = _phrase_start(reading, one.mention.span.start)
    tie = _tie(reading, start)
    if way := _way(reading, end):
        ends = [reading.referent(0, 1, resolution=each) for each in (one, way[0])]
        _, cue, begins = tie or ("", "", start)
        return LocativePhrase(Span(begins, way[1]), Locative(Relation.BETWEEN), ends[0], cue, ends[1])
    tie = _joined_ends(reading, start) or tie
    if tie is None or (tie[0] == "between" and _is_of_parties(reading, one, tie[2])):
        return None
    kind, cue, begins = tie
    span = Span(begins, rim[1] if rim else max(_noun_end(reading, end), end))
    relation = _relation(kind, cue, one, reading.face[start : span.end])
    if rim and kind not in {"from", "to", "between"}:
        relation = Relation.NEAR if rim[0] == "edge" else Relation.BORDER
    coast = relation is Relation.BORDER and ((rim and rim[0] == "coast") or not (rim or _BORDER.search(cue)))
    other = _other(reading, span.end) if relation is Relation.BETWEEN else None
    if other and other.span:
        span = Span(span.start, other.span.end)
    distance = QuotedDistance(span=span, manner="coast") if coast else None
    return LocativePhrase(span, Locative(relation, distance), reading.referent(0, 1, resolution=one), cue, other)


def _tie(reading: Reading, position: int) -> tuple[str, str, int] | None:
    """The longest tying word that ends at ``position``: its kind, the word, and where it begins."""
    starts = [(start, kind) for kind, cue in _cues() if (start := cue.start(reading.face, position)) is not None]
    if not starts:
        return None
    begins, kind = min(starts, key=lambda each: each[0])
    return kind, " ".join(reading.face[begins:position].lower().split()), begins


def _joined_ends(reading: Reading, position: int) -> tuple[str, str, int] | None:
    """What ties the first of the places that a way joins: "the line linking X and Y", "a road that connects X to Y"."""
    found = _joining().search(reading.face, max(0, position - REACH), position)
    return ("between", found["verb"].lower(), found.start("verb")) if found else None


@cache
def _joining() -> re.Pattern[str]:
    verbs = any_of([form for verb in table("locatives")["links"]["joining"] for form in (f"{verb}s", f"{verb}ing")])
    ways = any_of(table("locatives")["relations"]["ways"])
    return re.compile(rf"\b{ways} (?P<verb>(?:(?:that|which) )?{verbs}) $", re.IGNORECASE)


def _is_of_parties(reading: Reading, one: Resolution, begins: int) -> bool:
    """Whether "between" parts those who meet and says nothing of where: "a collision between the X and the Y"."""
    party = one.place is None or one.place.feature_code.startswith("PCL")
    return party and bool(_meetings().search(reading.face, max(0, begins - REACH), begins))


@cache
def _meetings() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(table('locatives')['relations']['meetings'])} *$", re.IGNORECASE)


def _rim(reading: Reading, end: int) -> tuple[str, int] | None:
    """The border, coast or edge that follows a name ("X's border", "the Ukrainian border"), and where it ends."""
    following = reading.face[end : end + REACH]
    for kind, pattern in _rims():
        if found := pattern.match(following):
            return kind, end + found.end()
    return None


@cache
def _rims() -> tuple[tuple[str, re.Pattern[str]], ...]:
    relations = table("locatives")["relations"]
    lead = (
        r"(?:'s?)?(?: (?!near|the|and|of|on|in|at|to|from|close|with|along|over|by|or|but|as)[a-z]+(?:-[a-z]+)?){0,2}? "
    )
    tail = rf"(?! {any_of(relations['no_rims'])})"
    return tuple(
        (kind, re.compile(lead + any_of(relations[f"{kind}_heads"]) + tail, re.IGNORECASE))
        for kind in ("border", "coast", "edge")
    )


def _other(reading: Reading, end: int) -> Referent | None:
    """The Y of "between X and Y" or "linking X to Y", whose X ends at ``end``."""
    following = reading.face[end : end + REACH]
    joined = re.match(r"(?:,[^,;.]{0,40},)? ++(?:and|&|to|with)(?!\w)", following)
    if not joined:
        return None
    first = end + joined.end()
    one = next(iter(reading.within(first, first + 60)), None)
    beside = one and _BESIDE.fullmatch(reading.face, first, one.mention.span.start)
    return reading.referent(0, 1, resolution=one) if one and beside else None


_BESIDE = re.compile(r" (?:(?!(?:in|at|on|near|from|by|of) )[\w'’-]+ (?:of )?){0,5}")
"""What may stand before the second of two places: "the southern town of"."""


def _way(reading: Reading, end: int) -> tuple[Resolution, int] | None:
    """The place at the other end of a way whose first end's name ends there, and where the words for it end.

    "The Kaduna-Kachia road" runs between the two.
    """
    if reading.face[end : end + 1] not in _DASHES:
        return None
    other = next(iter(reading.within(end + 1, end + 2)), None)
    found = other and _ways().match(reading.face, other.mention.span.end)
    return (other, found.end()) if other and found else None


_DASHES = frozenset("-–—")


@cache
def _ways() -> re.Pattern[str]:
    return re.compile(rf" (?:[\w-]+ )?{any_of(table('locatives')['relations']['ways'])}", re.IGNORECASE)


def _phrase_start(reading: Reading, position: int) -> int:
    """Where the noun phrase that ends in the name at ``position`` begins: "the southern city of" is read over."""
    first = reading.at(position)
    begin = first
    while begin > 0 and reading.tokens[begin - 1].end >= reading.tokens[begin].start - 1:
        token = reading.tokens[begin - 1]
        possessive = reading.face[token.end : token.end + 2] == "'s"
        if token.pos == "PROPN" and token.text[:1].isupper() and begin != first and not possessive:
            break
        if (
            token.pos in {"DET", "ADJ", "NOUN", "NUM", "PROPN"}
            or token.text in {"-", "'s", "’s"}
            or (token.text.lower() == "of" and begin > 1 and _is_place_noun(reading, begin - 2))
        ):
            begin -= 1
        else:
            break
    return reading.tokens[begin].start if begin < len(reading.tokens) else position


def _is_place_noun(reading: Reading, index: int) -> bool:
    types = table("locatives")["types"]
    word = reading.tokens[index].text.lower()
    if word in _NO_PLACE:
        return False
    return any(word in types[kind] for kind in ("PPL", "ADM", "PCL", "AIR", "facility"))


def _noun_end(reading: Reading, end: int) -> int:
    """The end of a type noun that follows the name: "Korochansky district", "Chkalovsky air field"."""
    types = table("locatives")["types"]
    nouns = any_of([*types["ADM"], *types["PPL"], *types["AIR"], *types["facility"]])
    found = re.compile(rf" {nouns}", re.IGNORECASE).match(reading.face, end)
    return found.end() if found else end


def _relation(name: str, cue: str, one: Resolution, words: str) -> Relation:
    """What a tie says: "in" and "at" by the kind of place, as reports use them alike."""
    if name in {"near", "between", "border"}:
        return Relation(name)
    facility = any(noun in words.lower() for noun in table("locatives")["types"]["facility"])
    code = one.place.feature_code if one.place else ""
    if facility or code.startswith("AIR") or (name == "at" and not (cue == "on" and code.startswith(("ADM", "PCL")))):
        return Relation.AT
    return Relation.IN
