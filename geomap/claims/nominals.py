"""Noun phrases of a sentence, from left to right: the units that subjects are chosen from."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.claims.reading import Reading, kinds_of
from geomap.model import Resolution, Token

_INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})
_UNITS = frozenset(
    {"km", "kms", "kilometer", "kilometers", "kilometre", "kilometres", "mi", "mile", "miles", "metres", "meters"}
)
_PRONOUNS = frozenset(
    {"it", "they", "this", "which", "that", "there", "he", "she", "we", "these", "those", "who", "where"}
)


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun phrase: characters ``start`` to ``end``, its last common noun, and the toponym it holds, if any.

    ``pronoun`` is the pronoun in lower case where it is one. ``first`` and ``last`` are numbers of tokens.
    """

    start: int
    end: int
    first: int
    last: int
    head: str
    mention: Resolution | None
    pronoun: str = ""
    indefinite: bool = False
    dated: bool = False

    @property
    def of_place(self) -> bool:
        """Whether it names or describes a place: a toponym, or "the town"."""
        return self.mention is not None or bool(kinds_of(self.head))


def nominals(reading: Reading, start: int, end: int) -> list[Nominal]:
    """The noun phrases between two characters, in order. "The village of X" is one; "X, Y region" are two."""
    found: list[Nominal] = []
    index, stop = reading.at(start), reading.at(end)
    while index < stop:
        last = _run(reading, index, stop)
        if last is None:
            index += 1
            continue
        one = _nominal(reading, index, last)
        if found and _is_named_by(reading, found[-1], one):
            merged = _nominal(reading, found[-1].first, last)
            found[-1] = merged
        elif not _is_measure(one):
            found.append(one)
        index = last + 1
    return found


def _is_measure(one: Nominal) -> bool:
    """Whether the phrase is itself a number with a unit ("30 miles north-west")."""
    return one.head in _UNITS and one.mention is None


def _run(reading: Reading, index: int, stop: int) -> int | None:
    """The last token of the noun phrase that begins at token ``index``, or None where none does."""
    token = reading.tokens[index]
    if token.text.lower() in _PRONOUNS and token.pos in {"PRON", "DET", "SCONJ", "ADV"}:
        following = reading.tokens[index + 1] if index + 1 < stop else None
        if token.pos != "DET" or following is None or following.pos not in _INSIDE:
            return index
    last = index if _belongs(reading, token) else None
    if token.pos == "DET" or token.tag == "PRP$":
        last = index
    cursor = index + 1
    while last is not None and cursor < stop:
        following = reading.tokens[cursor]
        held = following.start in reading.held
        tied = following.text in {"-", "'s", "’s", "'", "’", "‘"} and following.pos in {"PUNCT", "PART", "ADJ", "NOUN"}
        if not (_belongs(reading, following) or held or tied):
            break
        if _two_names(reading, cursor) or _ends_date(reading, index, cursor):
            break
        last = cursor
        cursor += 1
    return _trimmed(reading, index, last)


def _trimmed(reading: Reading, index: int, last: int | None) -> int | None:
    """The run without adjectives at its end; None for an article or an adjective alone."""
    if last is None:
        return None
    run = range(index, last + 1)
    nouns = [
        i for i in run if reading.tokens[i].pos in {"NOUN", "PROPN", "NUM"} or reading.tokens[i].start in reading.held
    ]
    if nouns:
        return nouns[-1] if reading.tokens[last].pos == "ADJ" else last
    return None if reading.tokens[index].pos == "ADJ" or index == last else last


def _two_names(reading: Reading, cursor: int) -> bool:
    """Whether another toponym begins at ``cursor`` directly after one ended (a misparse, not one phrase)."""
    before, here = reading.tokens[cursor - 1], reading.tokens[cursor]
    ended = any(one.mention.span.end == before.end for one in reading.within(before.start, before.end))
    begins = any(one.mention.span.start == here.start for one in reading.within(here.start, here.end))
    return ended and begins


def _ends_date(reading: Reading, first: int, cursor: int) -> bool:
    """Whether a date ended just before ``cursor``: "On Monday 20 people" holds two phrases."""
    dated = {"DATE", "TIME"}
    if reading.tokens[first].pos == "DET":
        return False
    return reading.tokens[cursor - 1].entity in dated and reading.tokens[cursor].entity not in dated


def _belongs(reading: Reading, token: Token) -> bool:
    return (
        token.pos in _INSIDE
        or token.start in reading.held
        or (
            token.text[:1].isupper()
            and token.pos in {"ADP", "X", "VERB", "INTJ"}
            and token.start > 0
            and bool(token.entity)
        )
    )


def _nominal(reading: Reading, first: int, last: int) -> Nominal:
    tokens = reading.tokens
    start, end = tokens[first].start, tokens[last].end
    mentions = [
        one
        for one in reading.within(start, end)
        if reading.face[one.mention.span.end : one.mention.span.end + 2] != "'s"
    ]
    nouns = [token.text.lower() for token in tokens[first : last + 1] if token.pos == "NOUN"]
    lone = tokens[first].text.lower() if first == last and tokens[first].text.lower() in _PRONOUNS else ""
    named = mentions[-1] if mentions else None
    head = nouns[-1] if nouns else tokens[last].text.lower()
    if named and named.mention.span.end < start + (end - start) // 3 and nouns and not kinds_of(head):
        named = None
    return Nominal(
        start,
        end,
        first,
        last,
        head,
        named if not _is_about_people(tokens[last], named, end) else None,
        lone,
        tokens[first].text.lower() in {"a", "an"},
        tokens[last].entity in {"DATE", "TIME"},
    )


def _is_about_people(last: Token, named: Resolution | None, end: int) -> bool:
    """Whether a toponym only describes the noun that ends the phrase ("Belgorod governor", "Moscow officials")."""
    if named is None or named.mention.span.end >= end:
        return False
    return last.pos == "NOUN" and not kinds_of(last.text.lower()) and last.entity not in {"GPE", "FAC", "LOC"}


def _is_named_by(reading: Reading, before: Nominal, one: Nominal) -> bool:
    """Whether "the village" and "Yablonovo" are one phrase, joined by "of"."""
    gap = reading.face[before.end : one.start].strip()
    if gap != "of" or before.mention is not None or not kinds_of(before.head):
        return False
    return before.last + 2 == one.first and before.head not in {"centre", "center", "capital", "area", "seat"}
