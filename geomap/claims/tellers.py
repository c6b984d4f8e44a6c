"""Who does the saying where the parse leaves it out: the noun phrase right before the verb; and what is no saying."""

from __future__ import annotations

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import words

_REACH = 16
"""Tokens before a verb within which its teller begins."""


def teller_before(syntax: Syntax, verb: int) -> int | None:
    """Who speaks in "..., the director, Ana Lopes, said": the head between the commas before a verb of saying."""
    sentence = syntax.sentence(verb)
    first = max(sentence.first, verb - _REACH)
    last = verb - 1
    if last <= first:
        return None
    if syntax.tokens[last].text != ",":
        return _head(syntax, first, last)
    comma = next((i for i in range(last - 1, first - 1, -1) if syntax.tokens[i].text == ","), None)
    if comma is None or comma - 1 <= first:
        return None
    return _head(syntax, first, comma - 1)


def _head(syntax: Syntax, first: int, last: int) -> int | None:
    """The head of the noun phrase that ends at ``last`` behind a comma, if it is one of those who speak."""
    start = next((i for i in range(last, first - 1, -1) if syntax.tokens[i].text == ","), None)
    if start is None or any(syntax.tokens[i].pos in {"VERB", "AUX", "ADP"} for i in range(start + 1, last + 1)):
        return None
    heads = [i for i in range(start + 1, last + 1) if syntax.tokens[i].pos in {"NOUN", "PROPN"} and speaks(syntax, i)]
    inside = range(start + 1, last + 1)
    tops = [i for i in heads if syntax.tokens[i].head not in inside]
    return tops[0] if tops else heads[-1] if heads else None


def speaks(syntax: Syntax, index: int) -> bool:
    """Whether a noun is of people or bodies that speak, or a name of theirs."""
    token = syntax.tokens[index]
    lemma = token.lemma.lower()
    listed = ("unnamed", "bodies", "offices")
    return token.entity in {"PERSON", "ORG"} or any(lemma in words("attribution", "speakers", each) for each in listed)


def gives_figure(syntax: Syntax, verb: int) -> bool:
    """Whether "put" or "gave" is of a figure: "put the toll at", "gave a toll of"."""
    thing = syntax.child(verb, "dobj")
    if thing is None:
        return False
    return syntax.tokens[thing].lemma.lower() in words("attribution", "figures", "words")


def left_edge(syntax: Syntax, first: int) -> int:
    """The first token of "state energy company Socar" from its name: what the name is stands right before it."""
    before = first - 1
    start = syntax.sentence(first).first
    if before < start or syntax.tokens[before].lemma.lower() not in (
        words("attribution", "speakers", "bodies") | words("attribution", "speakers", "offices")
    ):
        return first
    while before > start and syntax.tokens[before - 1].pos in {"NOUN", "ADJ", "PROPN", "DET"}:
        before -= 1
    return before
