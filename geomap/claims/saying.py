"""Clauses and days that are none of the event's: of saying, and of what is to come."""

from __future__ import annotations

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import classes
from geomap.claims.tellers import tells
from geomap.claims.triggers import lexicon


def is_saying(syntax: Syntax, index: int) -> bool:
    """Whether a day at token ``index`` is when something was said: "said on Sunday", or in a clause of saying."""
    if is_speech(syntax, syntax.clause_of[index]):
        return True
    back = index - 1
    while back >= 0 and syntax.tokens[back].text.lower() in {"on", "late", "early", "earlier", "last"}:
        back -= 1
    return back >= 0 and syntax.tokens[back].pos == "VERB" and is_speech(syntax, back)


def is_conversion(syntax: Syntax, index: int) -> bool:
    """Whether a day stands in the brackets of a converted time: "2:40 a.m. (2110 GMT on Monday)"."""
    start = syntax.tokens[index].start
    text = syntax.article.text[max(0, start - 24) : start]
    opened = text.rfind("(")
    return opened > text.rfind(")") and any(zone in text[opened:].lower() for zone in ("gmt", "utc", "local time"))


def is_speech(syntax: Syntax, clause: int) -> bool:
    """Whether a clause's verb is one of saying."""
    if syntax.tokens[clause].lemma.lower() not in classes("attribution", "verbs") or not tells(syntax, clause):
        return False
    subject = syntax.child(clause, "nsubj", "nsubjpass")
    return subject is None or syntax.tokens[subject].lemma.lower() not in lexicon().nouns


def is_to_come(syntax: Syntax, clause: int) -> bool:
    """Whether a clause tells of what is to come ("will", "is due to", "scheduled to")."""
    for index in (clause, *syntax.ancestors(clause)):
        if syntax.sentence_of[index] != syntax.sentence_of[clause]:
            break
        if syntax.tokens[index].lemma.lower() in {"schedule", "due", "plan", "expect", "set"}:
            return True
        if any(syntax.tokens[c].text.lower() in {"will", "would", "'ll"} for c in syntax.children[index]):
            return True
        if syntax.tokens[index].dep not in {"xcomp", "acomp", "relcl", "advcl", "conj"}:
            break
    return False
