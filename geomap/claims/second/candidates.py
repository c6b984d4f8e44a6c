"""All that may make a claim: toponyms, numbers, people, "nobody", moments and days, whatever the rules made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from geomap.claims import counts, sites, times
from geomap.claims.counted import group_of, is_person
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import words
from geomap.claims.numbers import Number, numbers
from geomap.claims.rules import FirstReading
from geomap.claims.second.labels import COUNTED, ENDS, FIRED, PLACES, SHOT_DOWN
from geomap.claims.sites import Place
from geomap.model import EVENT_ROLES, Claim, ClockTime, Count, Role

PLACE, NUMBER, ONE, NOBODY, MOMENT = "place", "number", "one", "nobody", "moment"
KINDS = (PLACE, NUMBER, ONE, NOBODY, MOMENT)
COUNTABLE = frozenset({NUMBER, ONE, NOBODY})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may make a claim: their tokens, the labels they can have, and the claim that each label makes."""

    kind: str
    tokens: range
    labels: Sequence[str]
    claim: Callable[[str], Claim | None]


def candidates(read: FirstReading) -> Iterator[Candidate]:
    """Every candidate of a report, kind by kind.

    The network is told of all of them, and was trained so: those that can make no claim say so when they are asked.
    """
    yield from _places(read)
    yield from (_number(read.syntax, number) for number in numbers(read.syntax))
    yield from _ones(read.syntax)
    yield from _nobodies(read.syntax)
    yield from _moments(read)


def _places(read: FirstReading) -> Iterator[Candidate]:
    beside = {
        each.reference.span
        for each in read.distances
        if each.reference and each.subject and each.subject.place and each.reference.place
    }
    for place in sites.named(read.syntax, read.resolutions, read.phrases):
        # "Belgorod, 60 miles north of Kharkiv" says nothing of Kharkiv but where Belgorod is.
        merely = place.resolution.mention.span in beside or not _is_place(read.syntax, place)
        yield _place(read.syntax, place, [role for role in PLACES if not (merely and role in EVENT_ROLES)])


def _is_place(syntax: Syntax, place: Place) -> bool:
    """Whether a name is surely a place's: the gazetteer has it, or the parser takes it for one."""
    words = syntax.within(place.resolution.mention.span)
    return place.resolution.place is not None or syntax.tokens[words[-1]].entity in {"GPE", "LOC", "FAC"}


def _place(syntax: Syntax, place: Place, roles: Sequence[Role]) -> Candidate:
    words = syntax.within(place.resolution.mention.span)

    def claim(label: str) -> Claim | None:
        if label in ENDS and _is_one_persons(syntax, words.start):
            return None
        return sites.claimed(syntax, place, Role(label), place.tie)

    return Candidate(PLACE, words, roles, claim)


def _is_one_persons(syntax: Syntax, index: int) -> bool:
    """Whether a way is that of one among many: "a passenger who was travelling from X", "Ms Yadav was going to X"."""
    subject = syntax.subject(syntax.clause_of[index])
    if subject is None:
        return False
    token = syntax.tokens[subject]
    return token.entity == "PERSON" or (token.tag == "NN" and is_person(syntax, subject))


def _number(syntax: Syntax, number: Number) -> Candidate:
    group = group_of(syntax, number)

    def claim(label: str) -> Claim | None:
        of = label.removeprefix("count:")
        if not counts.may_count(syntax, number):
            return None
        if of in {FIRED, SHOT_DOWN}:
            weapon = syntax.tokens[group.noun].lemma.lower()
            if weapon not in words("matters", "weapon", "nouns"):
                return None
            of = f"{weapon}s{of}"
        return counts.claimed(syntax, number.begin, group.last, Count(number.value, of, number.hedge))

    labels = (*_PEOPLE, f"count:{FIRED}", f"count:{SHOT_DOWN}")
    return Candidate(NUMBER, range(number.first, number.last + 1), labels, claim)


def _ones(syntax: Syntax) -> Iterator[Candidate]:
    """Who may be counted without a number: one by a noun or a name ("a guard was killed"), two by "both"."""
    for index, token in enumerate(syntax.tokens):
        low = token.text.lower()
        if low == "both":
            yield _somebody(syntax, index, 2)
        elif (
            token.dep in _HEADS
            and low not in _NOBODY
            and (token.tag == "NN" or low in _ANOTHER or token.entity == "PERSON")
        ):
            numbered = any(syntax.tokens[each].dep == "nummod" for each in syntax.children[index])
            if not numbered:
                yield _somebody(syntax, index, 1)


_HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "ROOT", "attr", "dative"})
_NOBODY = frozenset({"none", "nobody", "one", "nothing"})
_ANOTHER = frozenset({"another", "he", "she", "him", "her", "who"})


def _somebody(syntax: Syntax, index: int, count: int) -> Candidate:
    def claim(label: str) -> Claim:
        first = min([index, *(c for c in syntax.children[index] if syntax.tokens[c].dep == "det")])
        return counts.claimed(syntax, first, index, Count(count, label.removeprefix("count:")))

    return Candidate(ONE, range(index, index + 1), _PEOPLE, claim)


_PEOPLE = tuple(f"count:{of}" for of in COUNTED)


def _nobodies(syntax: Syntax) -> Iterator[Candidate]:
    """Words that say that none were: "nobody", "no", "without", "unhurt"."""
    for found in _NOTHING.finditer(syntax.article.text, syntax.article.body):
        index = syntax.at(found.start())
        if index < len(syntax.tokens):

            def claim(label: str, index: int = index) -> Claim | None:
                if _NO_FEWER.match(syntax.article.text, syntax.tokens[index].end):
                    return None
                return counts.claimed(syntax, index, index, Count(0, label.removeprefix("count:")))

            yield Candidate(NOBODY, range(index, index + 1), _PEOPLE, claim)


_NO_FEWER = re.compile(r" (?:fewer|less|more|longer)\b")
_NOTHING = re.compile(
    r"\b(?:no(?:body| one|ne)?|without|un(?:hurt|injured|harmed|scathed)|zero)\b",
    re.IGNORECASE,
)


def _moments(read: FirstReading) -> Iterator[Candidate]:
    syntax = read.syntax
    clocks = times.clock_claims(syntax, read.events, read.days, read.resolutions, read.near)
    made = [claim for _, claim in clocks]
    made += [claim for day in read.days if not day.vague and (claim := times.day_claim(syntax, day))]
    yield from (_moment(syntax, claim) for claim in made)


def _moment(syntax: Syntax, made: Claim) -> Candidate:
    def claim(_: str) -> Claim | None:
        late = isinstance(made.value, ClockTime) and made.value.local and times.is_aftermath(syntax, span.start)
        return None if late else made

    span = syntax.within(made.span)
    return Candidate(MOMENT, span, (str(Role.TIME),), claim)
