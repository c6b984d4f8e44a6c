"""Who does the saying where the parse leaves it out: the noun phrase right before the verb; and what is no saying."""

from __future__ import annotations

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import words

_REACH = 16
"""Tokens before a verb within which its teller begins."""


_OBJECTS = frozenset({"them", "him", "us", "me"})
"""Pronouns that can be no subject, whatever the parse makes of them."""


def teller(syntax: Syntax, verb: int) -> int | None:
    """Who a verb of saying has for its subject: by the parse, unless a noun phrase stands between a comma and the verb.

    In "a tunnel caved in near Kitwe, the ministry said" the parse may take the tunnel for the one who says it.
    """
    found = _teller(syntax, verb)
    if found is None or syntax.tokens[found].dep != "csubj":
        return found
    return syntax.child(found, "nsubj")  # "a group calling itself Atlas says": the parse has "calling" say it


def _teller(syntax: Syntax, verb: int) -> int | None:
    own = [c for c in syntax.children[verb] if syntax.tokens[c].dep == "nsubj"]
    if syntax.tokens[verb].tag not in {"VBD", "VBZ", "VBP"}:
        return syntax.subject(verb)
    if not own or syntax.tokens[own[-1]].text.lower() in _OBJECTS:
        found = _beside(syntax, verb) or _between_commas(syntax, verb)
        return found if found is not None else _subject_of_others(syntax, verb)
    nearest = min(own, key=lambda c: abs(c - verb))
    if nearest < verb - 1 and any(syntax.tokens[i].text == "," for i in range(nearest, verb)):
        beside = _beside(syntax, verb)
        return beside if beside is not None else syntax.subject(verb)
    return syntax.subject(verb)


def _subject_of_others(syntax: Syntax, verb: int) -> int | None:
    """The subject that a verb shares, unless it is a pronoun that can be none."""
    subject = syntax.subject(verb)
    if subject is None or syntax.tokens[subject].text.lower() not in _OBJECTS:
        return subject
    return syntax.tokens[verb].head if syntax.tokens[verb].dep == "relcl" else None


def _beside(syntax: Syntax, verb: int) -> int | None:
    """The head of the noun phrase that stands right before the verb, behind a comma or a quotation mark."""
    last = verb - 1
    first = max(syntax.sentence(verb).first, verb - _REACH)
    while last > first and syntax.tokens[last].pos in {"ADV", "AUX"}:
        last -= 1
    return _head(syntax, first, last) if last > first and syntax.tokens[last].text != "," else None


def _between_commas(syntax: Syntax, verb: int) -> int | None:
    """Who speaks in "..., the director, Ana Lopes, said": the head between the commas before the verb."""
    first = max(syntax.sentence(verb).first, verb - _REACH)
    last = verb - 1
    if last <= first or syntax.tokens[last].text != ",":
        return None
    comma = next((i for i in range(last - 1, first - 1, -1) if syntax.tokens[i].text == ","), None)
    return None if comma is None or comma - 1 <= first else _head(syntax, first, comma - 1)


def _head(syntax: Syntax, first: int, last: int) -> int | None:
    """The head of the noun phrase that ends at ``last`` behind a comma or a mark, if it is one of those who speak."""
    start = next((i for i in range(last, first - 1, -1) if syntax.tokens[i].text in {",", "”", '"', "—", "–"}), None)
    if start is None or any(syntax.tokens[i].pos in {"VERB", "AUX", "SCONJ"} for i in range(start + 1, last + 1)):
        return None
    inside = range(start + 1, last + 1)
    heads = [i for i in inside if syntax.tokens[i].pos in {"NOUN", "PROPN"} and speaks(syntax, i)]
    tops = [i for i in heads if syntax.tokens[i].head not in inside]
    if tops:
        return tops[0]
    plain = [i for i in heads if syntax.tokens[syntax.tokens[i].head].pos != "ADP"]
    return plain[-1] if plain else None


def speaks(syntax: Syntax, index: int) -> bool:
    """Whether a noun is of people or bodies that speak, or a name of theirs."""
    token = syntax.tokens[index]
    lemma = token.lemma.lower()
    listed = ("unnamed", "bodies", "offices", "owners")
    return token.entity in {"PERSON", "ORG"} or any(lemma in words("attribution", "speakers", each) for each in listed)


def gives_figure(syntax: Syntax, verb: int) -> bool:
    """Whether "put" or "gave" is of a figure: "put the toll at", "gave a toll of"."""
    thing = syntax.child(verb, "dobj")
    if thing is None:
        return False
    return syntax.tokens[thing].lemma.lower() in words("attribution", "figures", "words")


def tells(syntax: Syntax, verb: int) -> bool:
    """Whether a verb that need not be of saying is one: always for "say", for "find" where a clause follows.

    "Put" and "give" are where a figure follows.
    """
    lemma = syntax.tokens[verb].lemma.lower()
    if lemma in {"put", "give"}:
        return gives_figure(syntax, verb)
    if lemma not in words("attribution", "verbs", "clausal"):
        return True
    told = syntax.child(verb, "ccomp")
    if told is None:
        return False
    return syntax.tokens[told].tag in {"VBD", "VBZ", "VBP"} or syntax.child(told, "aux", "mark") is not None


def left_edge(syntax: Syntax, first: int) -> int:
    """The first token of "state energy company Socar" from its name: what the name is stands right before it."""
    start = syntax.sentence(first).first
    titles = words("attribution", "titles", "words")
    while first > start and (
        syntax.tokens[first - 1].text.lower() in titles
        or (syntax.tokens[first - 1].text == "." and syntax.tokens[first - 2].text.lower() in titles)
    ):
        first -= 1
    before = first - 1
    if before < start or syntax.tokens[before].lemma.lower() not in (
        words("attribution", "speakers", "bodies") | words("attribution", "speakers", "offices")
    ):
        return first
    while before > start and syntax.tokens[before - 1].pos in {"NOUN", "ADJ", "PROPN", "DET"}:
        before -= 1
    return before
