"""How many: aboard, killed, injured, missing, captured, fired, and who they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from geomap.claims.counted import counted, group_of
from geomap.claims.events import Events
from geomap.claims.fates import is_part, is_to_come
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import longest_first, table, words
from geomap.claims.numbers import Number, numbers
from geomap.claims.things import unattributed
from geomap.model import Claim, Count, Role


def counts(syntax: Syntax, events: Events) -> list[Claim]:
    """Every count of the incident, in order."""
    found: list[Claim] = []
    for number in numbers(syntax):
        if not (events.belongs(syntax, number.first) and may_count(syntax, number)):
            continue
        toll = _toll(syntax, number)
        if toll:
            found.append(claimed(syntax, number.begin, number.last, Count(number.value, toll, number.hedge)))
            continue
        group = group_of(syntax, number)
        for what in counted(syntax, group):
            if what in _BEFALLS and is_to_come(syntax, group):
                continue
            hedge = number.hedge or ("part" if what == "killed" and is_part(syntax, group) else None)
            found.append(claimed(syntax, number.begin, group.last, Count(number.value, what, hedge)))
    return found + list(_zeros(syntax, events))


_BEFALLS = frozenset({"killed", "injured", "missing"})
"""What nobody plans: told of what will be, it is a fear."""


def may_count(syntax: Syntax, number: Number) -> bool:
    """Whether a number may be one of those whom the incident befell: no name, no age, not what a craft could hold."""
    return not (_is_capacity(syntax, number.first) or _only_numbers(syntax, number))


def was_revised(syntax: Syntax, number: Number) -> bool:
    """Whether a number is one that the report says is no longer it: "has risen from 38 to 52"."""
    before = syntax.tokens[number.begin - 1].text.lower() if number.begin else ""
    behind = [token.text.lower() for token in syntax.tokens[number.last + 1 : number.last + 3]]
    return before == "from" and behind[:1] == ["to"] and behind[-1][:1].isalnum()


def _only_numbers(syntax: Syntax, number: Number) -> bool:
    """Whether a number only names a thing ("Station 19"), or says an age ("a woman of 70")."""
    if number.first == 0:
        return False
    before = syntax.tokens[number.first - 1]
    if before.text[:1].isupper() and before.text.lower() in words("counts", "numbered", "words"):
        return number.first - 1 > syntax.sentence(number.first).first
    if before.text.lower() != "of" or number.first < 2:
        return False
    whose = syntax.tokens[number.first - 2]
    return whose.tag == "NN" and whose.lemma.lower() in {"man", "woman", "boy", "girl", "child", "person", "teenager"}


def claimed(syntax: Syntax, first: int, last: int, value: Count) -> Claim:
    """The claim of a number in the words from token ``first`` to ``last``."""
    return unattributed(syntax, Role.COUNT, syntax.span(first, last), value)


@cache
def _capacity() -> re.Pattern[str]:
    listed = longest_first([*table("counts")["capacity"]["phrases"], "designed to", "rated for", "certified for"])
    return re.compile(r"\b(?:" + "|".join(map(re.escape, listed)) + r")\b[^.;]*$", re.IGNORECASE)


def _is_capacity(syntax: Syntax, index: int) -> bool:
    sentence = syntax.sentence(index)
    before = syntax.article.text[
        max(sentence.span.start, syntax.tokens[index].start - 120) : syntax.tokens[index].start
    ]
    return bool(_capacity().search(before))


_TOLL = re.compile(
    r"\b(?:toll|number (?P<in>on board|aboard)|number of (?:the |those |people )*"
    r"(?:(?:who|known|confirmed|believed|feared|to|have|had|been|are|were) )*"
    r"(?P<fate>dead|deaths|fatalities|killed|injured|wounded|missing|died|drowned|perished)?)\b"
    r"[^.;]{0,100}?"
    r"\b(?:to|at|of|reached|reaches|is|was|hit|passed|exceeded|topped|stands)\s+(?:[a-z]+\s+){0,3}$",
    re.IGNORECASE,
)


def _toll(syntax: Syntax, number: Number) -> str:
    """What a toll counts: "the death toll rose to 15", "put the number of injured at six"; "" where there is none."""
    start = syntax.tokens[number.first].start
    before = syntax.article.text[max(syntax.sentence(number.first).span.start, start - 150) : start]
    found = _TOLL.search(before)
    if (
        not found
        or re.search(r"\bfrom\s+$", before)
        or (not (found["fate"] or found["in"]) and "toll" not in found[0].lower())
    ):
        return ""
    if found["in"]:
        return "aboard"
    what: str = table("counts")["none"].get((found["fate"] or "dead").lower(), "killed")
    return what


@cache
def _nobody() -> re.Pattern[str]:
    zero = table("counts")["zero"]
    people, fates = "|".join(zero["people"]), "|".join(zero["fates"])
    had, said = "|".join(zero["had"]), "|".join(zero["said"])
    return re.compile(
        rf"\b(?:no ?one|nobody|none(?: of (?:them|the [\w ]{{3,30}}?))?|no (?:{people}))(?: else)? (?:{had})"
        rf"(?: (?:{said}))*(?: to have been)? (?P<fate>{fates})\b"
        rf"|\bno (?:(?:immediate|reports?|of|any) )*(?P<noun>{'|'.join(zero['nouns'])})\b"
        rf"|\bwithout (?P<without>{'|'.join(zero['nouns'])})\b",
        re.IGNORECASE,
    )


def _zeros(syntax: Syntax, events: Events) -> Iterator[Claim]:
    """As in "Nobody was hurt", "no casualties"."""
    for first, last, what in nobodies(syntax):
        if events.belongs(syntax, first):
            yield claimed(syntax, first, last, Count(0, what))


def nobodies(syntax: Syntax) -> Iterator[tuple[int, int, str]]:
    """Wherever the report says that none were hurt, dead or missing: first and last token, and what is counted."""
    for found in _nobody().finditer(syntax.article.text, syntax.article.body):
        first = syntax.at(found.start())
        if first < len(syntax.tokens):
            word = (found["fate"] or found["noun"] or found["without"]).lower()
            yield first, syntax.at(found.end() - 1), table("counts")["none"][word]
