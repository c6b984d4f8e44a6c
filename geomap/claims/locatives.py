"""Phrases that tie something to a place: "near the southern city of X", "in Y district", "off the coast of Z"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from geomap.claims.lexicon import table
from geomap.claims.reading import Reading
from geomap.claims.surface import any_of
from geomap.model import Analysis, Article, Locative, QuotedDistance, Referent, Relation, Resolution, Span

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
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    relations = table("locatives")["relations"]
    order = ("between", "border", "near", "from", "to", "at", "in")
    return tuple((name, re.compile(rf"(?P<cue>{any_of(relations[name])}) *+$", re.IGNORECASE)) for name in order)


def locatives(article: Article, analysis: Analysis, resolutions: Sequence[Resolution]) -> tuple[LocativePhrase, ...]:
    """Every phrase that ties something to a resolved toponym, in the order of the text; one or none for each toponym.

    A toponym that nothing ties (a subject, a speaker, "Russia's") gives none.
    """
    reading = Reading(article, analysis, resolutions)
    found: list[LocativePhrase] = []
    for one in reading.placed:
        phrase = _tied(reading, one)
        if phrase:
            found.append(phrase)
    return tuple(sorted(found, key=lambda phrase: (phrase.span.start, phrase.span.end)))


def _tied(reading: Reading, one: Resolution) -> LocativePhrase | None:
    """The phrase that ends in one toponym, if a tying word leads up to it."""
    if reading.face[one.mention.span.end : one.mention.span.end + 2] == "'s":
        return None
    start = _phrase_start(reading, one.mention.span.start)
    before = reading.face[max(0, start - REACH) : start]
    end = _noun_end(reading, one.mention.span.end)
    best: tuple[int, str, str] | None = None
    for name, pattern in _cues():
        match = pattern.search(before)
        if match and (best is None or len(match["cue"]) > best[0]):
            best = (len(match["cue"]), name, " ".join(match["cue"].lower().split()))
    if best is None:
        return None
    begins = start - len(before) + (pattern_start(before, best[1]))
    span = Span(begins, max(end, one.mention.span.end))
    relation = _relation(best[1], best[2], one, reading.face[start:end])
    distance = None
    if relation is Relation.BORDER and "border" not in best[2] and "frontier" not in best[2]:
        distance = QuotedDistance(span=span, manner="coast")
    subject = reading.referent(0, 1, resolution=one)
    other = _other(reading, span.end) if relation is Relation.BETWEEN else None
    if other and other.span:
        span = Span(span.start, other.span.end)
    return LocativePhrase(span, Locative(relation, distance), subject, best[2], other)


def _other(reading: Reading, end: int) -> Referent | None:
    """The Y of "between X and Y", whose X ends at ``end``."""
    following = reading.face[end : end + REACH]
    joined = re.match(r"(?:,[^,;.]{0,40},)? ++(?:and|&)(?!\w)", following)
    if not joined:
        return None
    for one in reading.within(end + joined.end(), end + joined.end() + 60):
        return reading.referent(0, 1, resolution=one)
    return None


def pattern_start(before: str, name: str) -> int:
    """Where in ``before`` the tying word of one kind begins."""
    pattern = dict(_cues())[name]
    found = pattern.search(before)
    return found.start("cue") if found else len(before)


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
    if name == "at" or facility or code.startswith(("AIR", "S.")):
        return Relation.AT
    return Relation.IN
