"""What happened to those counted: killed, injured, missing, rescued, ..."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import classes, words
from geomap.claims.numbers import Number

_REACH = 9


@dataclass(frozen=True, slots=True)
class Group:
    """People or things counted: the number, the noun's token (or the number's own) and the last token."""

    number: Number
    noun: int
    last: int


def fate_of(syntax: Syntax, group: Group) -> str:
    """What happened to those counted: said right behind them, right before them, or by the verb they belong to."""
    return (
        _driven(syntax, group)
        or _fate_after(syntax, group)
        or _fate_before(syntax, group)
        or _fate_by_verb(syntax, group)
    )


def _driven(syntax: Syntax, group: Group) -> str:
    """As in "forced 200 residents to leave", "drove 12,000 from their homes", "300 people were told to leave"."""
    verbs, homes = words("counts", "driven", "before"), words("counts", "driven", "after")
    for verb in (syntax.tokens[group.noun].head, *syntax.ancestors(syntax.tokens[group.noun].head)):
        if syntax.tokens[verb].pos != "VERB" or syntax.sentence_of[verb] != syntax.sentence_of[group.noun]:
            continue
        if syntax.tokens[verb].lemma.lower() in verbs:
            last = min(max(verb, group.last) + _REACH, syntax.sentence(verb).last)
            following = {syntax.tokens[i].lemma.lower() for i in range(max(verb, group.last) + 1, last)}
            subject = syntax.subject(verb)
            done = syntax.is_passive(verb) or (subject is not None and group.noun > verb)
            return "evacuated" if following & homes and done else ""
    return ""


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


def _fate_word(syntax: Syntax, index: int) -> str:
    token = syntax.tokens[index]
    known = classes("counts", "fates")
    following = [syntax.tokens[i].text.lower() for i in range(index + 1, min(index + 3, len(syntax.tokens)))]
    if following == ["to", "death"] and token.pos == "VERB":
        return "killed"
    if token.lemma.lower() in words("counts", "saved", "verbs") and token.pos == "VERB":
        near = syntax.article.text[token.end : token.end + 28].lower()
        if any(re.search(rf"^(?: \w+){{0,2}} {word}\b", near) for word in words("counts", "saved", "words")):
            return "rescued"
    return known.get(token.text.lower()) or known.get(token.lemma.lower(), "")


def _fate_after(syntax: Syntax, group: Group) -> str:
    end = min(group.last + 1 + _REACH + 8, syntax.sentence(group.noun).last)
    index, passed = _past_of(syntax, group.last + 1, end), 0
    while index < end and passed < _REACH:
        token = syntax.tokens[index]
        text = token.text.lower()
        if (
            text == ","
            and index + 1 < end
            and syntax.tokens[index + 1].text.lower() in {"including", "among", "most", "mostly", "some", "all", "many"}
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


def _past_comma(syntax: Syntax, index: int, end: int) -> int:
    while index < end and syntax.tokens[index].text != ",":
        index += 1
    return index + 1


def _takes_object(syntax: Syntax, index: int) -> bool:
    """Whether a verb is active and does it to somebody else ("two gunmen killed 12")."""
    token = syntax.tokens[index]
    if token.pos != "VERB" or token.lemma.lower() in {"die", "perish", "drown", "survive"}:
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
            if token.lemma.lower() in {"die", "perish", "drown", "survive", "flee"} or syntax.is_passive(index):
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
    token = syntax.tokens[group.noun]
    if token.head == group.noun:
        return ""
    verb = token.head
    if syntax.tokens[verb].pos not in {"VERB", "AUX"}:
        return ""
    lemma = syntax.tokens[verb].lemma.lower()
    fate = classes("counts", "fates").get(lemma, "")
    if token.dep == "nsubjpass" or (token.dep == "nsubj" and lemma in {"die", "perish", "drown", "survive"}):
        return fate
    if token.dep == "dobj" and fate and not syntax.is_passive(verb):
        return fate
    return ""
