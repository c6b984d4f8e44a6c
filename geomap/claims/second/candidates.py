"""All that may make a claim: toponyms, numbers, people, "nobody", moments and days, whatever the rules made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from geomap.claims import counts, sites
from geomap.claims.counted import group_of, is_measure, is_person, only_parts, weapon_by, weapon_of
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import table, words
from geomap.claims.links import head_of
from geomap.claims.numbers import Number, numbers
from geomap.claims.positions import site_ties
from geomap.claims.rules import FirstReading
from geomap.claims.second.labels import COUNTED, ENDS, FIRED, PLACES, SHOT_DOWN
from geomap.claims.second.moments import moments
from geomap.claims.sites import Place
from geomap.claims.triggers import craft_of
from geomap.model import EVENT_ROLES, Claim, Count, Role, Token

PLACE, NUMBER, ONE, NOBODY, MOMENT, SUM = "place", "number", "one", "nobody", "moment", "sum"
KINDS = (PLACE, NUMBER, ONE, NOBODY, MOMENT, SUM)


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
    yield from _ordinals(read.syntax)
    yield from _sums(read.syntax, found)
    yield from _ones(read.syntax, _aboard(read.claims))
    yield from _nobodies(read.syntax)
    yield from (_moment(read.syntax, claim) for claim in moments(read))


def _aboard(found: Sequence[Claim]) -> int:
    """How many were aboard, where the report gives one number."""
    said = {each.value.count for each in found if isinstance(each.value, Count) and each.value.of == "aboard"}
    return min(said) if len(said) == 1 else 0


def _places(read: FirstReading) -> Iterator[Candidate]:
    beside = {
        each.reference.span
        for each in read.distances
        if each.reference and each.subject and each.subject.place and each.reference.place
    }
    for place in sites.named(read.syntax, read.resolutions, read.phrases):
        # "Belgorod, 60 miles north of Kharkiv" says nothing of Kharkiv but where Belgorod is.
        merely = place.resolution.mention.span in beside or _is_body(read.syntax, place)
        yield _place(read.syntax, place, [role for role in PLACES if not (merely and role in EVENT_ROLES)])


def _is_body(syntax: Syntax, place: Place) -> bool:
    """Whether a name that no gazetteer has is a body's or a person's, by the parser; not where something is at it."""
    inside = syntax.within(place.resolution.mention.span)
    unknown = place.resolution.place is None and syntax.tokens[inside[-1]].entity in {"ORG", "PERSON", "NORP"}
    return unknown and not _is_where(syntax, head_of(syntax, place.resolution.mention.span))


def _is_where(syntax: Syntax, index: int) -> bool:
    """Whether a name stands where places do: "at Lokopo", "in the hamlet of Huixiopa"."""
    above = syntax.tokens[index].head
    while syntax.tokens[above].dep in {"prep", "pobj"} and syntax.tokens[above].text.lower() not in site_ties():
        above = syntax.tokens[above].head
    return syntax.tokens[index].dep in {"pobj", "appos"} and syntax.tokens[above].text.lower() in site_ties()


def _place(syntax: Syntax, place: Place, roles: Sequence[Role]) -> Candidate:
    words = syntax.within(place.resolution.mention.span)

    def claim(label: str) -> Claim | None:
        if label in ENDS and _is_one_persons(syntax, words.start):
            return None
        return sites.claimed(syntax, sites.end_of(place) if label in ENDS else place, Role(label), place.tie)

    return Candidate(PLACE, words, roles, claim)


def _is_one_persons(syntax: Syntax, index: int) -> bool:
    """Whether a way is that of one among many: "a passenger who was travelling from X", "Ms Yadav was going to X"."""
    subject = syntax.subject(syntax.clause_of[index])
    if subject is None:
        return False
    named = (subject, *syntax.children[subject])
    return any(syntax.tokens[each].lemma.lower() in words("counts", "persons", "travelling") for each in named)


def _number(syntax: Syntax, number: Number) -> Candidate:
    group = group_of(syntax, number)

    def claim(label: str) -> Claim | None:
        of = label.removeprefix("count:")
        if is_measure(syntax, group) or not counts.may_count(syntax, number) or counts.was_revised(syntax, number):
            return None
        if of in {FIRED, SHOT_DOWN}:
            weapon = weapon_of(syntax, group)
            if not weapon:
                return None
            of = f"{weapon}s{of}"
        hedge = "part" if only_parts(syntax, group) else number.hedge
        return counts.claimed(syntax, number.begin, group.last, Count(number.value, of, hedge))

    labels = (*_PEOPLE, f"count:{FIRED}", f"count:{SHOT_DOWN}")
    return Candidate(NUMBER, range(number.first, number.last + 1), labels, claim)


def _ordinals(syntax: Syntax) -> Iterator[Candidate]:
    """How many there are now, by the last one: "a sixth victim has died", "the third and last body"."""
    said: Mapping[str, int] = table("counts")["ordinals"]["words"]
    for index, token in enumerate(syntax.tokens):
        low = token.text.lower()
        value = said.get(low) or (int(low[:-2]) if _ORDINAL.fullmatch(low) else 0)
        if value and syntax.tokens[token.head].lemma.lower() in words("counts", "ordinals", "nouns"):
            yield _last_of(syntax, index, value)


_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")


def _last_of(syntax: Syntax, index: int, count: int) -> Candidate:
    def claim(label: str) -> Claim:
        last = max(index, syntax.tokens[index].head)
        return counts.claimed(syntax, index, last, Count(count, label.removeprefix("count:")))

    return Candidate(NUMBER, range(index, index + 1), _PEOPLE, claim)


def _ones(syntax: Syntax, aboard: int) -> Iterator[Candidate]:
    """Who may be counted without a number: one by a noun or a name ("a guard was killed"), two by "both".

    "Everyone" and "all of them" are as many as the report has ``aboard``; 0 where it gives no number, or more than one.
    """
    together: Mapping[str, int] = table("counts")["together"]
    for index, token in enumerate(syntax.tokens):
        low = token.text.lower()
        if low == "both":
            yield _somebody(syntax, index, 0 if _joins(syntax, index) else 2)
        elif low in _EVERYBODY or (low == "all" and token.dep in _HEADS):
            yield _somebody(syntax, index, aboard)
        elif (
            token.dep in _HEADS
            and low not in _NO_ONES
            and (token.tag == "NN" or low in together or low in _ANOTHER or token.entity == "PERSON" or _is_he(token))
        ):
            numbered = any(syntax.tokens[each].dep == "nummod" for each in syntax.children[index])
            if not numbered:
                alone = 0 if low in words("counts", "persons", "collective") else 1
                yield _somebody(syntax, index, together.get(low, alone), weapon_by(syntax, index))


def _joins(syntax: Syntax, both: int) -> bool:
    """Whether "both" joins two nouns and counts neither: "both passengers and staff"; not "both pilots and a guest"."""
    noun = syntax.tokens[both].head
    other = syntax.child(noun, "conj") if noun > both else None
    return other is not None and syntax.child(other, "det", "nummod", "poss") is None


def _is_he(token: Token) -> bool:
    """Whether an adjective stands for who has it: "a 17-year-old was arrested", "a second had died"."""
    return token.tag == "JJ" and token.dep in {"nsubj", "nsubjpass", "dobj", "pobj"}


def _sums(syntax: Syntax, found: Sequence[Number]) -> Iterator[Candidate]:
    """People joined by "and", as their sum: "two Italians and a Spaniard", "the pilot and both passengers"."""
    groups = [group_of(syntax, number) for number in found]
    by_noun = {group.noun: group.number for group in groups}
    measures = {group.noun for group in groups if is_measure(syntax, group)}

    @cache
    def total(joined: tuple[int, ...]) -> int:
        counted = [_counted(syntax, each, by_noun) for each in joined]
        people = all(counted) and measures.isdisjoint(joined) and _are_people(syntax, joined)
        return sum(counted) if people and len(joined) > 1 else 0

    joined_with = cache(partial(_joined, syntax))
    for index, token in enumerate(syntax.tokens):
        if token.tag != "CC" or token.text.lower() not in {"and", "&"}:
            continue
        for joined in (joined_with(_first_joined(syntax, token.head)), _next_to(syntax, index)):
            if joined and joined[0] < index < joined[-1] and total(joined):
                yield _sum(syntax, index, joined, total(joined), by_noun)
                break


def _next_to(syntax: Syntax, index: int) -> tuple[int, ...]:
    """The nouns right before and behind "and", where the parser joins others: "... at Auan and a man and two boys"."""
    before, tokens = index - 1, syntax.tokens
    sentence = syntax.sentence(index)
    if before < sentence.first:
        return ()
    behind = next((i for i in range(index + 1, min(index + 6, sentence.last)) if tokens[i].pos in {"NOUN", "PROPN"}), 0)
    while behind and behind + 1 < sentence.last and tokens[behind + 1].pos in {"NOUN", "PROPN"}:
        behind += 1
    inside = tokens[index + 1 : behind]
    determined = bool(inside) and (inside[0].pos in {"DET", "NUM"} or inside[0].tag == "PRP$")
    whole = all(token.pos in {"DET", "NUM", "ADJ", "NOUN", "PROPN", "PRON"} for token in inside)
    # "The lorry hit a motorist and two passengers died" says two things.
    apart = tokens[behind].dep.startswith("nsubj") and tokens[behind].head != tokens[before].head
    return (before, behind) if determined and whole and tokens[before].pos == "NOUN" and not apart else ()


def _first_joined(syntax: Syntax, index: int) -> int:
    """The first of all with which a noun is joined."""
    above = syntax.tokens[index].head
    while syntax.tokens[index].dep == "conj" or index in _listed(syntax, above):
        index, above = above, syntax.tokens[above].head
    return index


def _joined(syntax: Syntax, index: int) -> tuple[int, ...]:
    """The heads of all that is joined with a first one, in order."""
    found = [index]
    for each in found:
        found += [child for child in syntax.children[each] if syntax.tokens[child].dep == "conj"]
        found += _listed(syntax, each)
    return tuple(sorted(found + _beside(syntax, found)))


def _listed(syntax: Syntax, index: int) -> list[int]:
    """What the parser takes for another name of a noun and is the next of a list: "a pilot, a medic and two guards"."""
    token = syntax.tokens[index]
    said = token.dep == "attr" and syntax.tokens[token.head].text.lower() in {"is", "was"}  # "he was a nurse, a father"
    if said or token.entity == "PERSON" or not _has_article(syntax, index):
        return []
    return [
        child
        for child in syntax.children[index]
        if syntax.tokens[child].dep == "appos"
        and child > index
        and _has_article(syntax, child)
        and syntax.child(child, "cc") is not None
    ]


def _has_article(syntax: Syntax, index: int) -> bool:
    """Whether a noun brings in somebody new: "a medic", "two guards"."""
    return any(
        syntax.tokens[each].dep == "nummod" or syntax.tokens[each].text.lower() in {"a", "an", "another"}
        for each in syntax.children[index]
    )


def _beside(syntax: Syntax, found: Sequence[int]) -> list[int]:
    """A second subject of one verb behind "and", where the parser joins the two to the verb and not to each other."""
    first, last = syntax.tokens[found[0]], found[-1]
    joint = syntax.child(found[0], "cc")
    if joint is None or joint < found[0] or len(found) > 1 or not first.dep.startswith("nsubj"):
        return []
    return [
        each for each in syntax.children[first.head] if each > max(joint, last) and syntax.tokens[each].dep == first.dep
    ][:1]


def _counted(syntax: Syntax, index: int, by_noun: Mapping[int, Number]) -> int:
    """How many people a noun or a name may stand for; 0 where it does not say, or surely stands for none.

    A noun that no list has may still be somebody ("a deckhand", "two sons"): the network tells.
    """
    token, number = syntax.tokens[index], by_noun.get(index)
    if token.entity in _NO_PERSONS or _is_thing(syntax, index):
        return 0
    if number:
        return number.value
    if any(syntax.tokens[each].text.lower() == "both" for each in syntax.children[index]):
        return 2
    together: Mapping[str, int] = table("counts")["together"]
    return together.get(token.text.lower(), int(token.tag in {"NN", "NNP"}))


def _is_thing(syntax: Syntax, index: int) -> bool:
    lemma = syntax.tokens[index].lemma.lower()
    listed = lemma in words("counts", "persons", "never") or lemma in words("matters", "weapon", "nouns")
    return listed or bool(craft_of(syntax, index))


def _are_people(syntax: Syntax, joined: Sequence[int]) -> bool:
    """Whether one of those joined is surely a person, or a number of them by nothing but the number."""
    return any(
        syntax.tokens[each].entity in {"PERSON", "NORP"} or is_person(syntax, each) or syntax.tokens[each].pos == "NUM"
        for each in joined
    )


_NO_PERSONS = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORG", "PRODUCT"})


def _sum(syntax: Syntax, index: int, joined: Sequence[int], total: int, by_noun: Mapping[int, Number]) -> Candidate:
    first = min([joined[0], *(child for child in syntax.children[joined[0]] if child < joined[0])])

    def claim(label: str) -> Claim | None:
        if any(each in by_noun and not counts.may_count(syntax, by_noun[each]) for each in joined):
            return None
        return counts.claimed(syntax, first, joined[-1], Count(total, label.removeprefix("count:")))

    return Candidate(SUM, range(index, index + 1), _PEOPLE, claim)


_HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "ROOT", "attr", "dative"})
_EVERYBODY = frozenset({"everyone", "everybody"})
_NO_ONES = frozenset({"none", "nobody", "one", "nothing", "board"})
"""Nouns and pronouns that are nobody by themselves: "on board"."""
_ANOTHER = frozenset({"another", "he", "she", "him", "her", "who"})


def _somebody(syntax: Syntax, index: int, count: int, weapon: str = "") -> Candidate:
    def claim(label: str) -> Claim | None:
        of = label.removeprefix("count:")
        if not count:
            return None
        first = min([index, *(c for c in syntax.children[index] if syntax.tokens[c].dep == "det")])
        return counts.claimed(syntax, first, index, Count(count, f"{weapon}s{of}" if weapon else of))

    # One weapon that is fired is the weapon itself, and no number of them.
    labels = (f"count:{SHOT_DOWN}",) if weapon else _PEOPLE
    return Candidate(ONE, range(index, index + 1), labels, claim)


_PEOPLE = tuple(f"count:{of}" for of in COUNTED)


def _nobodies(syntax: Syntax) -> Iterator[Candidate]:
    """Words that say that none were: "nobody", "no", "not", "neither", "without", "unhurt", "safe", "accounted for"."""
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
    r"(?:\b(?:no(?:body| one|ne|t)?|without|neither|un(?:hurt|injured|harmed|scathed|manned|occupied)|uncrewed|zero|nil"
    r"|safe|fine|well(?! as\b)|healthy|alive|empty|good (?:health|spirits|condition)|accounted for|walked away"
    r"|denie[sd])|n['’]t)\b",
    re.IGNORECASE,
)


def _moment(syntax: Syntax, made: Claim) -> Candidate:
    return Candidate(MOMENT, syntax.within(made.span), (str(Role.TIME),), lambda _: made)
