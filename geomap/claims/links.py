"""What a place name hangs on in its sentence: the prepositions above it, and the verbs and nouns they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import words
from geomap.model import Span

_STEPS = 14
"""Steps up from a name after which nothing says any more where it stands."""

_VERBS = frozenset({"VERB", "AUX"})
_OBJECTS = frozenset({"dobj", "dative", "attr", "oprd", "npadvmod"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_CLAUSES = frozenset({"acl", "relcl", "advcl", "ccomp", "conj", "ROOT", "parataxis"})


@dataclass(frozen=True, slots=True)
class Link:
    """One step up from a place: ``word`` is the token reached, ``tie`` the preposition that led there ("" for none).

    ``role`` is how the last noun hangs on it: "prep", "subject" or "object". ``through`` are the nouns passed. ``near``
    is the tie nearest to the place; ``direct`` is whether ``tie`` is the place's own, with no noun but parts of places
    between.
    """

    word: int
    tie: str = ""
    role: str = "prep"
    through: tuple[int, ...] = ()
    near: str = ""
    direct: bool = True


def head_of(syntax: Syntax, span: Span) -> int:
    """The token of a name that the others hang on."""
    inside = syntax.within(span)
    return syntax.head(inside) if inside else 0


def links(syntax: Syntax, span: Span) -> Iterator[Link]:
    """What the name in ``span`` hangs on, nearest first, up to a verb that does not say where it lies."""
    inside = syntax.within(span)
    here = Link(head_of(syntax, span))
    for _ in range(_STEPS):
        token = syntax.tokens[here.word]
        upper = syntax.tokens[token.head]
        if token.head == here.word or (token.dep == "poss" and here.word in inside):
            return
        placed = token.dep == "pobj" or (token.dep == "pcomp" and token.pos == "PROPN")
        if placed and upper.pos in {"ADP", "ADV", "SCONJ", "VERB"}:
            here = _tied(syntax, here, token.head)
            continue
        if token.dep in _OBJECTS and _joins_ends(syntax, token.head):
            way = upper.head
            here = replace(here, word=way, tie="between", near=here.near or "between", through=(*here.through, way))
            continue
        above, ends = _above(syntax, here, token.head not in inside)
        if above is not None:
            yield above
        if ends:
            return
        here = _onward(syntax, above or replace(here, word=token.head), token.dep)


def _joins_ends(syntax: Syntax, verb: int) -> bool:
    """Whether a verb says of a way what lies at its ends: "the line linking Lagos and Ibadan"."""
    token = syntax.tokens[verb]
    return token.dep in {"acl", "relcl"} and token.lemma.lower() in words("locatives", "links", "joining")


def _tied(syntax: Syntax, here: Link, preposition: int) -> Link:
    """One step up to a preposition; "of" behind a part of a place adds nothing, behind a direction it says near."""
    word = syntax.tokens[preposition].text.lower()
    head = syntax.tokens[syntax.tokens[preposition].head]
    if word == "of" and head.lemma.lower() in words("events", "places", "compass"):
        word = "near"
    elif syntax.tokens[preposition].dep == "agent":
        word = "agent"
    elif word == "of" and (
        head.lemma.lower() in words("events", "places", "shares") or head.lemma.lower() in _kinds() or head.pos == "ADV"
    ):
        word = ""
    passed = all(_is_bare_kind(syntax, each) for each in here.through)
    direct = not here.tie or (here.direct and (not word or passed))
    return replace(here, word=preposition, tie=word or here.tie, near=here.near or word, direct=direct)


def _is_bare_kind(syntax: Syntax, index: int) -> bool:
    """Whether a noun is a facility or a part of a place without a name of its own ("from the base at Malbork")."""
    named = any(syntax.tokens[child].pos == "PROPN" for child in syntax.children[index] if child < index)
    return syntax.tokens[index].lemma.lower() in _kinds() and not named


def _kinds() -> frozenset[str]:
    """Nouns behind which "of" goes on naming the place: parts of places, and facilities."""
    return words("events", "places", "parts") | words("events", "places", "facilities")


def _above(syntax: Syntax, here: Link, leaves: bool) -> tuple[Link | None, bool]:
    """The link to the word above, if it says anything, and whether the way ends there."""
    token = syntax.tokens[here.word]
    upper = syntax.tokens[token.head]
    above = replace(here, word=token.head)
    verbal = upper.pos in _VERBS
    if token.dep in {"prep", "agent"}:
        located = upper.dep in {"acl", "relcl"} and upper.lemma.lower() in words("events", "places", "located")
        if upper.lemma.lower() in {"hostage", "captive"} and verbal and upper.head < token.head:
            return replace(above, word=upper.head), True  # "held four clerks hostage in"
        return above, verbal and not located
    if token.dep in _SUBJECTS:
        return replace(above, role="subject"), True
    if token.dep in _OBJECTS and (off := _particle(syntax, here.word)):
        return replace(above, tie=off, near=here.near or off), True
    if token.dep in _OBJECTS:
        return replace(above, role="object"), verbal
    if token.dep == "acomp" and verbal:
        return above, True  # "became stuck in ice off"
    if token.pos == "ADV" and verbal:
        return above, True
    if token.dep in _CLAUSES and token.pos in _VERBS:
        return None, True
    if upper.pos in {"NOUN", "PROPN"} and token.dep in {"compound", "nmod"} and leaves:
        part = upper.lemma.lower() in words("events", "places", "parts")
        return (None if part else replace(above, tie=here.tie or "compound")), False
    return None, False


def _particle(syntax: Syntax, index: int) -> str:
    """The "off" of "crashed off X", where the parse takes it for a part of the verb, else ""."""
    first = syntax.subtree(index)[0]
    before = syntax.tokens[first - 1] if first else None
    return "off" if before is not None and before.text.lower() == "off" and before.dep == "prt" else ""


def _onward(syntax: Syntax, here: Link, dep: str) -> Link:
    """Where the way goes on: from a noun passed, or from the noun that "located near" describes."""
    token = syntax.tokens[here.word]
    if dep not in {"prep", "agent"}:
        return replace(here, role="prep")
    if token.pos in _VERBS:
        return replace(here, word=token.head, through=(*here.through, token.head), role="prep")
    return replace(here, through=(*here.through, here.word), role="prep")
