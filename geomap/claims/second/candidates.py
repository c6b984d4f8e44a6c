"""All that may make a claim: toponyms, numbers, people, "nobody", moments and days, whatever the rules made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geomap.claims import counts, sites, times
from geomap.claims.counted import group_of, is_person, only_parts
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import words
from geomap.claims.numbers import Number, numbers
from geomap.claims.rules import FirstReading
from geomap.claims.second.labels import COUNTED, ENDS, FIRED, PLACES, SHOT_DOWN
from geomap.claims.sites import Place
from geomap.model import EVENT_ROLES, Claim, ClockTime, Count, Role

PLACE, NUMBER, ONE, NOBODY, MOMENT, SUM = "place", "number", "one", "nobody", "moment", "sum"
KINDS = (PLACE, NUMBER, ONE, NOBODY, MOMENT, SUM)
COUNTABLE = frozenset({NUMBER, ONE, NOBODY, SUM})


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
    found = list(numbers(read.syntax))
    yield from (_number(read.syntax, number) for number in found)
    yield from _sums(read.syntax, found)
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
        if not counts.may_count(syntax, number) or counts.was_revised(syntax, number) or only_parts(syntax, group):
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


def _sums(syntax: Syntax, found: Sequence[Number]) -> Iterator[Candidate]:
    """People joined by "and", as their sum: "two Italians and a Spaniard", "the pilot and both passengers"."""
    by_noun = {group_of(syntax, number).noun: number for number in found}
    chains: dict[int, tuple[list[int], list[int]]] = {}
    for index, token in enumerate(syntax.tokens):
        if token.dep != "cc" or token.text.lower() not in {"and", "&"} or token.head > index:
            continue
        first = token.head
        while syntax.tokens[first].dep == "conj":
            first = syntax.tokens[first].head
        if first not in chains:
            joined = _joined(syntax, first)
            chains[first] = joined, [_counted(syntax, each, by_noun) for each in joined]
        joined, counted = chains[first]
        if len(joined) > 1 and all(counted) and joined[0] < index < joined[-1]:
            yield _sum(syntax, index, joined, sum(counted), by_noun)


def _joined(syntax: Syntax, index: int) -> list[int]:
    """The heads of all that is joined with a first one, in order."""
    found = [index]
    for each in found:
        found += [child for child in syntax.children[each] if syntax.tokens[child].dep == "conj"]
    return sorted(found)


def _counted(syntax: Syntax, index: int, by_noun: Mapping[int, Number]) -> int:
    """How many people a noun or a name stands for; 0 where it does not say, or stands for none."""
    token, number = syntax.tokens[index], by_noun.get(index)
    alone = number is not None and number.last == index
    if not (alone or token.entity in {"PERSON", "NORP"} or is_person(syntax, index)):
        return 0
    if number:
        return number.value
    if any(syntax.tokens[each].text.lower() == "both" for each in syntax.children[index]):
        return 2
    return int(token.tag in {"NN", "NNP"})


def _sum(syntax: Syntax, index: int, joined: Sequence[int], total: int, by_noun: Mapping[int, Number]) -> Candidate:
    first = min([joined[0], *(child for child in syntax.children[joined[0]] if child < joined[0])])

    def claim(label: str) -> Claim | None:
        if any(each in by_noun and not counts.may_count(syntax, by_noun[each]) for each in joined):
            return None
        return counts.claimed(syntax, first, joined[-1], Count(total, label.removeprefix("count:")))

    return Candidate(SUM, range(index, index + 1), _PEOPLE, claim)


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
    """Words that say that none were: "nobody", "no", "not", "neither", "without", "unhurt"."""
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
    r"(?:\b(?:no(?:body| one|ne|t)?|without|neither|un(?:hurt|injured|harmed|scathed)|zero)|n['’]t)\b",
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
