"""What a place name hangs on in its sentence: the prepositions above it, and the verbs and nouns they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import words
from geomap.model import Span


@dataclass(frozen=True, slots=True)
class Link:
    """One step up from a place: ``word`` is the token reached, ``tie`` the preposition that led there ("" for none).

    ``role`` is how the last noun hangs on it: "prep", "subject" or "object". ``through`` are the nouns passed.
    """

    word: int
    tie: str
    role: str
    through: tuple[int, ...] = ()
    near: str = ""
    """The tie nearest to the place."""
    direct: bool = True
    """Whether the tie is the place's own: no noun but parts of places stands between."""


def head_of(syntax: Syntax, span: Span) -> int:
    """The token of a name that the others hang on."""
    inside = syntax.within(span)
    return next(
        (i for i in inside if syntax.tokens[i].head not in inside or syntax.tokens[i].head == i),
        inside[0] if inside else 0,
    )


def links(syntax: Syntax, span: Span) -> Iterator[Link]:
    """What the name in ``span`` hangs on, nearest first, up to the first finite verb that is no description of place."""
    here = head_of(syntax, span)
    tie = near = ""
    direct = True
    through: list[int] = []
    for _ in range(14):
        token = syntax.tokens[here]
        above = token.head
        if above == here:
            return
        upper = syntax.tokens[above]
        if token.dep in {"prep", "agent"} or (token.dep == "pobj" and upper.pos in {"ADP", "ADV", "SCONJ", "VERB"}):
            if token.dep == "pobj":
                word = upper.text.lower()
                described = above != here and syntax.tokens[upper.head].lemma.lower() in words(
                    "events", "places", "parts"
                )
                if word == "of" and syntax.tokens[upper.head].lemma.lower() in words("events", "places", "compass"):
                    word = "near"
                elif word == "of" and (described or syntax.tokens[upper.head].pos == "ADV"):
                    word = ""
                direct = direct and not (tie and word) or not tie
                tie = word or tie
                near = near or word
                here = above
                continue
            if upper.pos in {"VERB", "AUX"}:
                yield Link(above, tie, "prep", tuple(through), near, direct)
                if upper.dep in {"acl", "relcl"} and upper.lemma.lower() in words("events", "places", "located"):
                    here = upper.head
                    through.append(here)
                    continue
                return
            yield Link(above, tie, "prep", tuple(through), near, direct)
            through.append(above)
            here = above
            continue
        if token.dep in {"nsubj", "nsubjpass", "csubj"}:
            yield Link(above, tie, "subject", tuple(through), near, direct)
            return
        if token.dep in {"dobj", "dative", "attr", "oprd", "npadvmod"}:
            yield Link(above, tie, "object", tuple(through), near, direct)
            if upper.pos in {"VERB", "AUX"}:
                return
        if token.pos == "ADV" and upper.pos in {"VERB", "AUX"}:
            yield Link(above, tie, "prep", tuple(through), near, direct)
            return
        if token.dep in {"poss"} and here in syntax.within(span):
            return
        if token.dep in {"acl", "relcl", "advcl", "ccomp", "conj", "ROOT", "parataxis"} and token.pos in {
            "VERB",
            "AUX",
        }:
            return
        if upper.pos in {"NOUN", "PROPN"} and token.dep in {"compound", "nmod"} and above not in syntax.within(span):
            yield Link(above, tie or "compound", "prep", tuple(through), near, direct)
        here = above
