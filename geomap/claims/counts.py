"""How many: aboard, killed, injured, missing, captured, fired, and who they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from geomap.claims.aboard import beside_others, is_aboard, says_on_board
from geomap.claims.events import Events
from geomap.claims.fates import Group, fate_of, is_part
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import classes, longest_first, table, words
from geomap.claims.numbers import Number, numbers
from geomap.claims.saying import is_speech
from geomap.claims.things import unattributed
from geomap.claims.triggers import craft_of
from geomap.model import Claim, Count, Role


def counts(syntax: Syntax, events: Events) -> list[Claim]:
    """Every count of the incident, in order."""
    found: list[Claim] = []
    for number in numbers(syntax):
        if not events.belongs(syntax, number.first) or _is_capacity(syntax, number.first):
            continue
        if _only_numbers(syntax, number):
            continue
        toll = _toll(syntax, number)
        if toll:
            found.append(_claim(syntax, number.begin, number.last, Count(number.value, toll, number.hedge)))
            continue
        group = _group(syntax, number)
        for what, value in _read(syntax, group):
            hedge = number.hedge or ("part" if what == "killed" and is_part(syntax, group) else None)
            found.append(_claim(syntax, group.number.begin, group.last, Count(value, what, hedge)))
    return found + list(_zeros(syntax, events))


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


def _claim(syntax: Syntax, first: int, last: int, value: Count) -> Claim:
    return unattributed(syntax, Role.COUNT, syntax.span(first, last), value)


def _group(syntax: Syntax, number: Number) -> Group:
    """The noun that a number counts: by the parse, else the first noun behind it."""
    head = syntax.tokens[number.last].head
    sentence = syntax.sentence(number.first)
    if _crew_of(syntax, number):
        return Group(number, number.last, number.last)
    if syntax.tokens[number.last].dep in {"nummod", "compound", "nmod", "amod"} and number.last < head < min(
        number.last + 9, sentence.last
    ):
        noun = head
        if syntax.tokens[noun].pos in {"NOUN", "PROPN", "ADJ"}:
            return Group(number, noun, noun)
    for index in range(number.last + 1, min(number.last + 7, sentence.last)):
        token = syntax.tokens[index]
        if token.pos in {"NOUN", "PROPN"} and not (
            index + 1 < sentence.last and syntax.tokens[index + 1].pos in {"NOUN"} and token.dep == "compound"
        ):
            return Group(number, index, index)
        if token.pos not in {"ADJ", "PROPN", "NOUN", "PUNCT", "VERB"} or token.text in {",", ".", ";", "(", ")"}:
            break
        if token.pos == "VERB" and token.tag not in {"VBN", "VBG"}:
            break
    return Group(number, number.last, number.last)


def _read(syntax: Syntax, group: Group) -> Iterator[tuple[str, int]]:
    """What a number counts, in words; a number may count two things ("all 74 on board died")."""
    number = group.number
    value = number.value
    lemma = syntax.tokens[group.noun].lemma.lower()
    bare = group.noun == number.last
    if _is_age_or_part(syntax, group):
        return
    if _crew_of(syntax, number):
        yield "crew", value
        return
    start = syntax.tokens[number.begin].start
    if re.search(r"\bbodies of (?:the )?$", syntax.article.text[max(0, start - 14) : start]):
        yield "bodies", value
        return
    fired = _fired(syntax, group, lemma)
    if fired:
        yield fired, value
        return
    own = _own_class(syntax, group, lemma)
    if (own in {"crew", "survivors"} and value == 1) or _tells(syntax, group):
        own = ""
    person = (
        own
        or lemma in words("counts", "persons", "words")
        or bare
        or _nationals(syntax, group)
        or _ends_as_person(syntax, group)
    )
    fate = fate_of(syntax, group)
    if not person and (
        fate not in {"killed", "injured"}
        or lemma in words("counts", "persons", "never")
        or craft_of(syntax, group.noun)
    ):
        return
    aboard = is_aboard(syntax, group)
    every = _is_all(syntax, number)
    parted = fate in {"exchanged", "freed", "abducted"} and own in {"prisoners", "hostages"} and value > 1
    whole = every or parted or _is_whole(syntax, group) or (own == "crew" and _is_the(syntax, number))
    if own and (not fate or whole):
        yield own, value
    elif aboard and not own and (not fate or every or says_on_board(syntax, group)):
        yield ("others-aboard" if beside_others(syntax, group) else "aboard"), value
    told_apart = (
        _is_whole(syntax, group) or _is_subset(syntax, number) or (own in {"killed", "injured"} and fate == own)
    )
    if fate and not told_apart:
        yield fate, value


def _is_age_or_part(syntax: Syntax, group: Group) -> bool:
    after = syntax.article.text[syntax.tokens[group.number.last].end :][:14].lower()
    return bool(
        re.match(
            r"[- ]?(?:[%°]|(?:" + "|".join(table("counts")["units"]["beginnings"]) + r")(?!\w))",
            after,
        )
    ) or _is_subset_only(syntax, group)


def _is_subset_only(syntax: Syntax, group: Group) -> bool:
    """Whether the number only parts those already counted by kind: "including three children"."""
    lemma = syntax.tokens[group.noun].lemma.lower()
    return _is_subset(syntax, group.number) and not _own_class(syntax, group, lemma)


def _is_subset(syntax: Syntax, number: Number) -> bool:
    before = [syntax.tokens[each].text.lower() for each in range(max(0, number.begin - 3), number.begin)]
    return (
        "including" in before
        or before[-2:] == ["among", "them"]
        or _of_those(syntax, number)
        or before[-3:] == ["them", ",", "at"]
    )


def _of_those(syntax: Syntax, number: Number) -> bool:
    """As in "Two of the injured": some of those already counted."""
    after = [
        syntax.tokens[each].text.lower() for each in range(number.last + 1, min(number.last + 4, len(syntax.tokens)))
    ]
    return after[:1] == ["of"] and after[-1] in {"injured", "dead", "wounded", "victims", "killed", "missing"}


def _own_class(syntax: Syntax, group: Group, lemma: str) -> str:
    """What a noun counts by itself: prisoners, crew, hostages, passengers, those who accompany."""
    inside = [syntax.tokens[each].text.lower() for each in range(group.number.last + 1, group.noun + 1)]
    after = [
        syntax.tokens[each].text.lower() for each in range(group.noun + 1, min(group.noun + 3, len(syntax.tokens)))
    ]
    if set(inside) & words("counts", "accompanying", "words"):
        return "accompanying"
    if lemma in words("counts", "captured", "soldiers") and (
        set(inside) & words("counts", "captured", "words") or after[:1] == ["captured"]
    ):
        return "prisoners"
    if (
        lemma in words("counts", "captured", "soldiers")
        and is_aboard(syntax, group)
        and _speaks_of_exchange(syntax, group)
    ):
        return "prisoners"
    if "crew" in inside:
        return "crew"
    found = classes("counts", "nouns").get(lemma, "")
    text = syntax.tokens[group.noun].text.lower()
    if not found and text in {"pows", "pow"}:
        found = "prisoners"
    if found == "passengers" and "other" in inside and _lists_crew(syntax, group):
        return "accompanying"
    return found


def _speaks_of_exchange(syntax: Syntax, group: Group) -> bool:
    span = syntax.sentence(group.noun).span
    text = syntax.article.quote(span).lower()
    return any(phrase in text for phrase in table("counts")["captured"]["exchange"])


def _lists_crew(syntax: Syntax, group: Group) -> bool:
    sentence = syntax.sentence(group.noun)
    return any(syntax.tokens[each].lemma.lower() == "crew" for each in range(sentence.first, group.number.first))


def _nationals(syntax: Syntax, group: Group) -> bool:
    """Whether the noun is a people's name used of persons: "four Ukrainians"."""
    token = syntax.tokens[group.noun]
    return token.entity == "NORP" and token.tag in {"NNPS", "NNS"}


def _crew_of(syntax: Syntax, number: Number) -> bool:
    """As in "a crew of six", "its four-member crew"."""
    before = [syntax.tokens[each].text.lower() for each in range(max(0, number.begin - 2), number.begin)]
    if before == ["crew", "of"]:
        return True
    after = [
        syntax.tokens[each].text.lower() for each in range(number.last + 1, min(number.last + 4, len(syntax.tokens)))
    ]
    return (
        after[:1] == ["-"]
        and len(after) == 3
        and after[1] in {"member", "person", "man", "strong"}
        and after[2] == "crew"
    )


def _is_all(syntax: Syntax, number: Number) -> bool:
    before = {syntax.tokens[each].text.lower() for each in range(max(0, number.begin - 2), number.begin)}
    return "all" in before


def _is_the(syntax: Syntax, number: Number) -> bool:
    return number.begin > 0 and syntax.tokens[number.begin - 1].text.lower() == "the"


def _tells(syntax: Syntax, group: Group) -> bool:
    """Whether those counted are only the ones who say something: "two survivors told the station"."""
    token = syntax.tokens[group.noun]
    return token.dep == "nsubj" and token.head > group.noun and is_speech(syntax, token.head)


def _ends_as_person(syntax: Syntax, group: Group) -> bool:
    """Whether a plural noun is formed as those of persons are ("seamstresses", "climbers")."""
    token = syntax.tokens[group.noun]
    ending = tuple(table("counts")["persons"]["endings"])
    return token.tag == "NNS" and token.text.lower().endswith(ending) and not craft_of(syntax, group.noun)


def _is_whole(syntax: Syntax, group: Group) -> bool:
    """Whether the number is the whole of which another is a part: "two of the six crew members"."""
    before = [syntax.tokens[each].text.lower() for each in range(max(0, group.number.begin - 3), group.number.begin)]
    return before[-2:] in (["of", "the"], ["of", "its"], ["of", "their"], ["among", "the"]) or before[-1:] == ["among"]


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


def _fired(syntax: Syntax, group: Group, lemma: str) -> str:
    """Missiles, shells and the like, where they are said to have been fired or to have struck."""
    if lemma not in words("counts", "fired", "things"):
        return ""
    sentence = syntax.sentence(group.noun)
    plural = f"{lemma}s"
    head = syntax.tokens[syntax.tokens[group.noun].head]
    verb = next((i for i in syntax.ancestors(group.noun) if syntax.tokens[i].pos in {"VERB", "AUX"}), None)
    if (
        verb is not None
        and syntax.tokens[group.noun].dep in {"dobj", "nsubjpass"}
        and syntax.tokens[verb].lemma.lower() in {"shoot", "down", "intercept", "destroy", "bring"}
    ):
        return f"{plural}-shot-down"
    near = {
        syntax.tokens[each].lemma.lower()
        for each in range(max(sentence.first, group.number.begin - 8), min(sentence.last, group.last + 8))
    }
    if (
        near & words("counts", "fired", "verbs")
        or near & words("counts", "fired", "nouns")
        or head.lemma.lower() in words("counts", "fired", "nouns")
    ):
        return f"{plural}-fired"
    return ""


_TOLL = re.compile(
    r"\b(?:toll|number of (?:the |those |people )*(?:who (?:have |had )?(?:been )?)?"
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
    if not found or re.search(r"\bfrom\s+$", before) or (found["fate"] is None and "toll" not in found[0].lower()):
        return ""
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
    for found in _nobody().finditer(syntax.article.text, syntax.article.body):
        first = syntax.at(found.start())
        if first >= len(syntax.tokens) or not events.belongs(syntax, first):
            continue
        what = table("counts")["none"][(found["fate"] or found["noun"] or found["without"]).lower()]
        yield _claim(syntax, first, syntax.at(found.end() - 1), Count(0, what))
