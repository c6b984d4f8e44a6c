"""What a number counts: by the noun behind it, by where those counted were, and by what happened to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from geomap.claims.aboard import beside_others, is_aboard, says_on_board
from geomap.claims.fates import Group, fate_of, governors
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import classes, table, words
from geomap.claims.numbers import Number
from geomap.claims.saying import is_speech
from geomap.claims.triggers import craft_of


def group_of(syntax: Syntax, number: Number) -> Group:
    """The noun that a number counts: by the parse, else the first noun behind it."""
    head = syntax.tokens[number.last].head
    sentence = syntax.sentence(number.first)
    if _crew_of(syntax, number):
        return Group(number, number.last, number.last)
    if syntax.tokens[number.last].dep in {"nummod", "compound", "nmod", "amod"} and number.last < head < min(
        number.last + 9, sentence.last
    ):
        noun = head
        while syntax.tokens[noun].dep == "compound" and noun < syntax.tokens[noun].head < sentence.last:
            noun = syntax.tokens[noun].head  # "31 attack drones"
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


def counted(syntax: Syntax, group: Group) -> Iterator[str]:
    """What a number counts, in words; one may count two things ("all 74 on board died")."""
    if is_measure(syntax, group) or _is_subset_only(syntax, group):
        return
    for rule in _THINGS:
        what = rule(syntax, group)
        if what:
            yield what
            return
    yield from _people(syntax, group)


def _people(syntax: Syntax, group: Group) -> Iterator[str]:
    """Who they are and what happened to them; the kind of people alone only where nothing did, or to all of them."""
    own, fate = _own(syntax, group), fate_of(syntax, group)
    if not (own or _is_person(syntax, group) or _can_only_be_people(syntax, group, fate)):
        return
    every = _is_all(syntax, group.number)
    if own:
        if not fate or every or _is_whole_kind(syntax, group, own, fate):
            yield own
    elif is_aboard(syntax, group) and (not fate or every or says_on_board(syntax, group)):
        yield "others-aboard" if beside_others(syntax, group) else "aboard"
    if fate and not _is_told_apart(syntax, group, own, fate):
        yield fate


def _own(syntax: Syntax, group: Group) -> str:
    """The kind of people that the noun itself says, unless it says nothing of how many there were."""
    own = _own_class(syntax, group, _lemma(syntax, group))
    alone = own in {"crew", "survivors"} and group.number.value == 1
    return "" if alone or _tells(syntax, group) else own


def _is_person(syntax: Syntax, group: Group) -> bool:
    return group.noun == group.number.last or is_person(syntax, group.noun) or _nationals(syntax, group)


def _can_only_be_people(syntax: Syntax, group: Group, fate: str) -> bool:
    """Whether what happened to a thing that nobody listed happens to people alone."""
    never = _lemma(syntax, group) in words("counts", "persons", "never") or craft_of(syntax, group.noun)
    return fate in _OF_PEOPLE and not never


_OF_PEOPLE = frozenset({"killed", "injured", "hostages", "abducted", "arrested", "hospitalized"})


def _is_whole_kind(syntax: Syntax, group: Group, own: str, fate: str) -> bool:
    """Whether all of a kind are meant, not some of them: "the six crew", "exchanged 40 prisoners"."""
    if fate in {"exchanged", "freed", "abducted"} and own in {"prisoners", "hostages"} and group.number.value > 1:
        return True
    return _is_whole(syntax, group) or (own == "crew" and _is_the(syntax, group.number))


def _is_told_apart(syntax: Syntax, group: Group, own: str, fate: str) -> bool:
    """Whether a fate is told of others, or of some already counted."""
    subset = _is_subset(syntax, group.number) and not (fate == "killed" and _of_those(syntax, group.number))
    return _is_whole(syntax, group) or subset or own == "bodies" or (own in {"killed", "injured"} and fate == own)


def _lemma(syntax: Syntax, group: Group) -> str:
    return syntax.tokens[group.noun].lemma.lower()


def _bodies_of(syntax: Syntax, group: Group) -> str:
    """As in "the bodies of nine migrants"."""
    start = syntax.tokens[group.number.begin].start
    return "bodies" if re.search(r"\bbodies of (?:the )?$", syntax.article.text[max(0, start - 14) : start]) else ""


def _crew_number(syntax: Syntax, group: Group) -> str:
    return "crew" if _crew_of(syntax, group.number) else ""


@cache
def _measures() -> re.Pattern[str]:
    units = "|".join(table("counts")["units"]["beginnings"])
    return re.compile(rf"[- ]?(?:[%°]|(?:{units})(?!\w))", re.IGNORECASE)


def is_measure(syntax: Syntax, group: Group) -> bool:
    """Whether the number is an age, a length, a share or the like."""
    end = syntax.tokens[group.number.last].end
    return bool(_measures().match(syntax.article.text[end : end + 14]))


def only_parts(syntax: Syntax, group: Group) -> bool:
    """Whether a number only says how many of those already counted were of a kind, or badly hurt."""
    return _is_subset(syntax, group.number) and not _own_class(syntax, group, _lemma(syntax, group))


def _is_subset_only(syntax: Syntax, group: Group) -> bool:
    """Whether the number only parts those already counted by kind: "including three children"."""
    return only_parts(syntax, group) and not _of_those(syntax, group.number)


def _is_subset(syntax: Syntax, number: Number) -> bool:
    before = [syntax.tokens[each].text.lower() for each in range(max(0, number.begin - 3), number.begin)]
    return (
        "including" in before
        or before[-2:] == ["among", "them"]
        or _of_those(syntax, number)
        or before[-3:] == ["them", ",", "at"]
        or _is_degree(syntax, number)
        or _is_included(syntax, number)
    )


def _is_included(syntax: Syntax, number: Number) -> bool:
    """As in "the dead included eleven women and three children"; a toll that includes 57 killed says how many were."""
    for above in (number.last, *syntax.ancestors(number.last)):
        token = syntax.tokens[above]
        if token.dep == "dobj" and syntax.tokens[token.head].lemma.lower() == "include":
            told = syntax.child(token.head, "nsubj")
            of_those = told is not None and syntax.tokens[told].lemma.lower() in words("counts", "wholes", "words")
            return of_those and not any(syntax.tokens[c].dep in {"acl", "relcl"} for c in syntax.children[above])
        if token.pos in {"VERB", "AUX"}:
            return False
    return False


def _is_degree(syntax: Syntax, number: Number) -> bool:
    """As in "31 injured, four of them seriously": how badly some of those counted were."""
    tail = syntax.tokens[number.last + 1 : number.last + 4]
    words_after = [token.text.lower() for token in tail]
    return words_after[:2] in (["of", "them"], ["of", "whom"]) and tail[-1].pos == "ADV"


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


def is_person(syntax: Syntax, noun: int) -> bool:
    """Whether a noun is of persons: by the table, or a plural formed as theirs are ("seamstresses", "climbers")."""
    token = syntax.tokens[noun]
    if token.lemma.lower() in words("counts", "persons", "words"):
        return True
    ending = tuple(table("counts")["persons"]["endings"])
    thing = token.lemma.lower() in words("counts", "persons", "never") or craft_of(syntax, noun)
    return token.tag == "NNS" and token.text.lower().endswith(ending) and not thing


def _is_whole(syntax: Syntax, group: Group) -> bool:
    """Whether the number is the whole of which another is a part: "two of the six crew members"."""
    before = [syntax.tokens[each].text.lower() for each in range(max(0, group.number.begin - 3), group.number.begin)]
    return before[-2:] in (["of", "the"], ["of", "its"], ["of", "their"], ["among", "the"]) or before[-1:] == ["among"]


def _fired(syntax: Syntax, group: Group) -> str:
    """Missiles, shells and the like that are said to have been fired, to have struck, or to have been stopped."""
    lemma = _lemma(syntax, group)
    if lemma not in words("counts", "fired", "things"):
        return ""
    if any(
        part == "object" and syntax.tokens[verb].lemma.lower() in words("counts", "fired", "stopping")
        for verb, part in governors(syntax, group.noun)
    ):
        return f"{lemma}s-shot-down"
    sentence, head = syntax.sentence(group.noun), syntax.tokens[group.noun].head
    first, last = max(sentence.first, group.number.begin - 8), min(sentence.last, group.last + 8)
    near = {syntax.tokens[each].lemma.lower() for each in (*range(first, last), head)}
    nouns = words("counts", "fired", "nouns")
    return f"{lemma}s-fired" if near & (words("counts", "fired", "verbs") | nouns) else ""


def weapon_of(syntax: Syntax, group: Group) -> str:
    """The weapon that a number counts: by its noun, or where that is left out by the one it is of; "" if none.

    Of "8 of the missiles" it is the one behind, else the last one told before, in this sentence or the last: "19 drones
    were launched, of which air defences brought down 15".
    """
    if group.noun != group.number.last:
        return weapon_by(syntax, group.noun)
    here = syntax.sentence_of[group.noun]
    own, last = syntax.sentences[here], syntax.sentences[max(0, here - 1)]
    tokens = syntax.tokens
    behind = group.noun + 1
    of = range(behind + 1, min(behind + 5, own.last)) if behind < own.last and tokens[behind].text == "of" else ()
    things = words("counts", "fired", "things")
    around = (*of, *range(group.noun - 1, last.first - 1, -1))
    return next((weapon for each in around if (weapon := weapon_by(syntax, each)) in things), "")


def weapon_by(syntax: Syntax, noun: int) -> str:
    """The weapon that a noun is, "drone" for "unmanned aircraft"; "" if none."""
    token = syntax.tokens[noun]
    lemma = token.lemma.lower()
    if token.pos not in {"NOUN", "PROPN"}:
        return ""
    if lemma in {"vehicle", "aircraft", "plane"}:
        inside = range(max(syntax.sentence(noun).first, noun - 3), noun)
        return "drone" if any(syntax.tokens[each].text.lower() == "unmanned" for each in inside) else ""
    if lemma in {"uav", "uavs"}:
        return "drone"
    return lemma if lemma in words("counts", "fired", "things") or lemma in words("matters", "weapon", "nouns") else ""


_THINGS: tuple[Callable[[Syntax, Group], str], ...] = (_crew_number, _bodies_of, _fired)
"""What is counted whatever happened to it, in the order in which it is tried."""
