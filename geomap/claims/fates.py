"""What happened to those counted: killed, injured, missing, rescued, ..."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import classes, table, words
from geomap.claims.numbers import Number

_REACH = 9

_STATES = frozenset({"hostage", "captive"})
"""What "held four clerks hostage" makes of them, where the parse takes the noun for a verb."""

_DYING = frozenset({"die", "perish", "drown", "survive", "suffocate", "asphyxiate", "succumb"})
"""What those counted do themselves."""


@dataclass(frozen=True, slots=True)
class Group:
    """People or things counted: the number, the noun's token (or the number's own) and the last token."""

    number: Number
    noun: int
    last: int


def fate_of(syntax: Syntax, group: Group) -> str:
    """What happened to those counted: by what is done to them, or said right behind or right before them."""
    return (
        _by_participle(syntax, group)
        or _by_description(syntax, group)
        or _by_deed(syntax, group)
        or _by_act(syntax, group)
        or _fate_after(syntax, group)
        or _fate_before(syntax, group)
        or _fate_by_verb(syntax, group)
    )


def _by_participle(syntax: Syntax, group: Group) -> str:
    """As in "two engineers abducted near X have been freed": what the participle right behind them says."""
    behind = group.noun + 1
    if behind >= len(syntax.tokens) or syntax.tokens[behind].dep != "acl" or syntax.tokens[behind].head != group.noun:
        return ""
    fate = classes("counts", "fates").get(syntax.tokens[behind].lemma.lower(), "")
    return fate if syntax.tokens[behind].tag == "VBN" and fate == "abducted" else ""


def _by_description(syntax: Syntax, group: Group) -> str:
    """As in "25 wounded passengers", "two dead soldiers": the dead and the hurt stay so, whatever is told of them."""
    fates = classes("counts", "fates")
    said = (fates.get(syntax.tokens[i].lemma.lower(), "") for i in range(group.number.last + 1, group.noun))
    return next((fate for fate in said if fate in {"killed", "injured"}), "")


def governors(syntax: Syntax, noun: int) -> Iterator[tuple[int, str]]:
    """The verbs that a noun belongs to and how: as "subject", who does it, or as "object", to whom it is done.

    Through "N of them", joined nouns and "are feared to have been"; a participle behind the noun is done to it.
    """
    for child in syntax.children[noun]:
        if syntax.tokens[child].dep == "acl" and syntax.tokens[child].tag == "VBN":
            yield child, "object"
    here = noun
    for _ in range(5):
        token = syntax.tokens[here]
        if token.dep in {"nsubj", "nsubjpass", "dobj", "dative"}:
            break
        if token.dep == "pobj" and syntax.tokens[token.head].text.lower() == "of":
            here = syntax.tokens[token.head].head
        elif token.dep in {"conj", "nummod", "compound"} and token.head != here:
            here = token.head
        else:
            return
    verb, dep = syntax.tokens[here].head, syntax.tokens[here].dep
    if syntax.tokens[verb].lemma.lower() in _STATES and verb == here + 1 and syntax.tokens[verb].head < verb:
        yield syntax.tokens[verb].head, "object"
        return
    yield verb, "subject" if dep == "nsubj" and not syntax.is_passive(verb) else "object"
    for child in syntax.children[verb]:
        raised = syntax.tokens[child].dep == "xcomp" and syntax.child(child, "nsubj", "nsubjpass") is None
        if raised and dep in {"nsubj", "nsubjpass"}:
            yield child, "object" if syntax.is_passive(child) else "subject"


def _by_deed(syntax: Syntax, group: Group) -> str:
    """As in "forced 200 residents to leave", "12 were taken to hospital", "plucked nine from the water"."""
    for verb, part in governors(syntax, group.noun):
        known = deeds().get(syntax.tokens[verb].lemma.lower(), ())
        if not known or syntax.sentence_of[verb] != syntax.sentence_of[group.noun]:
            continue
        first = max(verb, group.last)
        last = min(first + _REACH, syntax.sentence(verb).last)
        comma = next((i for i in range(first + 1, last) if _turns(syntax, i)), last)
        following = {syntax.tokens[i].lemma.lower() for i in range(first + 1, comma)}
        if verb + 1 < group.number.begin:
            following.add(syntax.tokens[verb + 1].lemma.lower())  # "shot dead 13 farmers"
        for deed in known:
            if deed.part == part and (not deed.near or following & deed.near):
                return deed.fate
    return ""


def _turns(syntax: Syntax, index: int) -> bool:
    """Whether what follows speaks of others: a mark, or "and" before the next number ("and one was taken to")."""
    text = syntax.tokens[index].text.lower()
    if text in {",", ";", ":"}:
        return True
    return text == "and" and index + 1 < len(syntax.tokens) and syntax.tokens[index + 1].tag == "CD"


@dataclass(frozen=True, slots=True)
class _Deed:
    """What somebody does, or has done to them, that is a fate where one of the words ``near`` follows."""

    fate: str
    part: str
    near: frozenset[str]


@cache
def deeds() -> Mapping[str, Sequence[_Deed]]:
    """The table of deeds by the verb's lemma."""
    found: dict[str, list[_Deed]] = {}
    for row in table("counts")["deed"]:
        for verb in row["verbs"]:
            found.setdefault(verb, []).append(_Deed(row["fate"], row["part"], frozenset(row["near"])))
    return found


def _by_act(syntax: Syntax, group: Group) -> str:
    """As in "the evacuation of 350 workers", "the deaths of two firefighters"."""
    token = syntax.tokens[group.noun]
    if token.dep != "pobj" or syntax.tokens[token.head].text.lower() != "of":
        return ""
    act = syntax.tokens[syntax.tokens[token.head].head].lemma.lower()
    return classes("counts", "acts").get(act, "")


_PART = re.compile(
    r"[^.;]{0,40}?\b(?:on the spot|at the scene|instantly"
    r"|(?:in|at|on the way to) (?:the |a )?(?:local |district |provincial )?hospital)\b"
)


def is_part(syntax: Syntax, group: Group) -> bool:
    """Whether these are only some of the dead: "fourteen died on the spot and three others at hospital"."""
    text = syntax.article.text[syntax.tokens[group.last].end : syntax.sentence(group.noun).span.end]
    cut = re.split(r"\d|,? and |,? while ", text)[0]
    others = any(
        syntax.tokens[i].text.lower() in {"others", "other", "another"}
        for i in range(max(0, group.number.begin - 1), group.last + 2)
        if i < len(syntax.tokens)
    )
    return bool(_PART.match(cut)) or (others and bool(_PART.match(text)))


def is_to_come(syntax: Syntax, group: Group) -> bool:
    """Whether a fate is only foreseen: "100 people will be dead"; those killed who "will be buried" are dead."""
    return any(_is_foreseen(syntax, verb) for verb, _ in governors(syntax, group.noun))


def _is_foreseen(syntax: Syntax, verb: int) -> bool:
    children = syntax.children[verb]
    will = any(syntax.tokens[c].dep == "aux" and syntax.tokens[c].text.lower() in _WILL for c in children)
    told = (verb, *(c for c in children if syntax.tokens[c].dep in {"acomp", "attr"}))
    return will and any(_fate_word(syntax, each) for each in told)


_WILL = frozenset({"will", "'ll", "’ll", "wo"})


def _fate_word(syntax: Syntax, index: int) -> str:
    token = syntax.tokens[index]
    known = classes("counts", "fates")
    following = [syntax.tokens[i].text.lower() for i in range(index + 1, min(index + 3, len(syntax.tokens)))]
    if following == ["to", "death"] and token.pos == "VERB":
        return "killed"
    return known.get(token.text.lower()) or known.get(token.lemma.lower(), "")


def _fate_after(syntax: Syntax, group: Group) -> str:
    end = min(group.last + 1 + _REACH + 8, syntax.sentence(group.noun).last)
    index, passed = _past_clause(syntax, _past_of(syntax, group.last + 1, end), end), 0
    while index < end and passed < _REACH:
        token = syntax.tokens[index]
        text = token.text.lower()
        if (
            text == ","
            and index + 1 < end
            and syntax.tokens[index + 1].text.lower()
            in {"including", "among", "most", "mostly", "some", "all", "many", "aged", "both"}
        ):
            index = _past_comma(syntax, index + 1, end)
            continue
        if text == "," and index + 1 < end and syntax.tokens[index + 1].text.lower() in {"a", "an"}:
            index, end = _past_comma(syntax, index + 1, end), min(end + 6, syntax.sentence(group.noun).last)
            continue
        fate = _fate_word(syntax, index)
        if fate and not (token.pos in {"NOUN"} and text not in {"dead", "missing", "death"}):
            return "" if _takes_object(syntax, index) else fate
        if text in {"lost"} and index + 2 < end and syntax.tokens[index + 2].lemma.lower() in {"life"}:
            return "killed"
        if text in {"is", "was", "has"} and group.number.value > 1 and _aboard_before(syntax, group, index):
            return ""  # "a submarine with 53 sailors aboard is missing"
        if text in {"suffered", "sustained"}:
            return "injured"
        if text not in words("counts", "passing", "words") and text not in {"on", "board", "aboard", "onboard"}:
            return ""
        if text in {"and"} and index > group.last + 1:
            return ""
        index, passed = index + 1, passed + 1
    return ""


def _aboard_before(syntax: Syntax, group: Group, index: int) -> bool:
    between = {syntax.tokens[i].text.lower() for i in range(group.last + 1, index)}
    return bool(between & {"aboard", "board", "onboard"})


def _past_of(syntax: Syntax, index: int, end: int) -> int:
    """Past "of the 30 passengers" behind a number."""
    if index >= end or syntax.tokens[index].text.lower() != "of":
        return index
    inner = syntax.child(index, "pobj")
    return max(index, syntax.subtree(inner)[-1] if inner is not None else index) + 1 if inner is not None else index


def _past_clause(syntax: Syntax, index: int, end: int) -> int:
    """Past "who worked there" behind a number, where a comma closes it."""
    if index >= end or syntax.tokens[index].text.lower() != "who":
        return index
    comma = next((i for i in range(index, end) if syntax.tokens[i].text == ","), None)
    told = any(_fate_word(syntax, i) for i in range(index, comma or end))
    return index if comma is None or told else comma


def _past_comma(syntax: Syntax, index: int, end: int) -> int:
    while index < end and syntax.tokens[index].text != ",":
        index += 1
    return index + 1


def _takes_object(syntax: Syntax, index: int) -> bool:
    """Whether a verb is active and does it to somebody else ("two gunmen killed 12")."""
    token = syntax.tokens[index]
    if token.pos != "VERB" or token.lemma.lower() in _DYING:
        return False
    return (
        not syntax.is_passive(index)
        and syntax.child(index, "dobj") is not None
        and syntax.child(index, "auxpass") is None
    )


def _fate_before(syntax: Syntax, group: Group) -> str:
    sentence = syntax.sentence(group.number.first)
    start = syntax.tokens[group.number.begin].start
    if re.search(
        r"\b(?:claim|cost|t[ao]k|end)\w*(?: of)? (?:the )?lives of (?:at least )?$",
        syntax.article.text[max(0, start - 40) : start],
    ):
        return "killed"
    for index in range(group.number.begin - 1, max(sentence.first - 1, group.number.begin - 5), -1):
        token = syntax.tokens[index]
        text = token.text.lower()
        fate = _fate_word(syntax, index)
        if fate and token.pos == "VERB" and token.tag in {"VBG", "VBD", "VB", "VBZ", "VBP", "VBN"}:
            if token.lemma.lower() in _DYING | {"flee"} or syntax.is_passive(index):
                return ""
            return fate
        if text in {"claimed", "claiming"} and syntax.tokens[group.noun].lemma.lower() == "life":
            return "killed"
        if text not in {
            "another",
            "the",
            "all",
            "a",
            "total",
            "of",
            "further",
            "as",
            "many",
            "some",
            "also",
            "least",
            "at",
            "than",
            "more",
        }:
            return ""
    return ""


def _fate_by_verb(syntax: Syntax, group: Group) -> str:
    """What the verb says that they belong to: done to them, or done by them where it is dying or surviving."""
    for verb, part in governors(syntax, group.noun):
        lemma = syntax.tokens[verb].lemma.lower()
        if part == "object" or lemma in _DYING:
            fate = classes("counts", "fates").get(lemma, "")
            if fate:
                return fate
        if part == "subject" and lemma in {"be", "remain"} and verb > group.last and not syntax.is_negated(verb):
            said = syntax.child(verb, "acomp", "attr", "oprd")
            if said is not None:
                return classes("counts", "fates").get(syntax.tokens[said].text.lower(), "")
    return ""
