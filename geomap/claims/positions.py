"""Names that can only be places, from where they stand in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import table, words
from geomap.model import Kind, Mention, Resolution, Span


@cache
def site_ties() -> frozenset[str]:
    """Prepositions that put something in a place."""
    ties = table("events")["sites"]
    return frozenset({*ties["at"], *ties["in"], *ties["near"], *ties["between"]})


def is_definite(syntax: Syntax, index: int) -> bool:
    """Whether a noun has "the" before it."""
    return any(syntax.tokens[child].text.lower() == "the" for child in syntax.children[index])


_ROAD = re.compile(r"[A-Z]{1,3}-?\d+[A-Z]?")
_ZONE = re.compile(r"[A-Z]{2,3}[SD]?T")
"""Names with a preposition before them that are no places: "on the N4", "at 1 pm AWST"."""


def unrecognised(syntax: Syntax, resolutions: Sequence[Resolution]) -> Iterator[Resolution]:
    """Names that stand where only a place can, though nobody took them for one ("ran aground near Nosy Boraha")."""
    taken = {
        i for each in resolutions for i in syntax.within(each.mention.span) if each.mention.kind is not Kind.EMBEDDED
    }
    for index, token in enumerate(syntax.tokens):
        if not _is_name(syntax, index) or token.entity == "TIME" or index in taken or token.text.lower() in _calendar():
            continue
        if _ROAD.fullmatch(token.text) or _ZONE.fullmatch(token.text):
            continue
        if not _tied(syntax, index):
            continue
        first = index
        while _joins(syntax, first - 1, index):
            first -= 1
        if first - 1 in taken and syntax.tokens[first - 1].pos == "PROPN":
            continue
        if token.lemma.lower() in words("attribution", "speakers", "offices"):
            continue
        if taken & set(range(first, index + 1)) or not syntax.tokens[first].text[:1].isupper():
            continue
        yield unplaced(syntax, syntax.span(first, _numbered(syntax, index)))


def _numbered(syntax: Syntax, index: int) -> int:
    """Where a name ends that a number follows: the "17" of "Route 17"."""
    behind = index + 1
    follows = behind < syntax.sentence(index).last and syntax.tokens[behind].pos == "NUM"
    return behind if follows and syntax.tokens[behind].head == index else index


def unplaced(syntax: Syntax, span: Span) -> Resolution:
    """The resolution of a name that is in no gazetteer."""
    mention = Mention(syntax.article.id, span, syntax.article.quote(span), Kind.LITERAL, "position")
    return Resolution(mention, None, (), 0.0, "position", "not in the gazetteer")


def _is_name(syntax: Syntax, index: int) -> bool:
    """Whether a token ends a name: a proper noun, or "camp" and the like behind one."""
    token = syntax.tokens[index]
    if token.pos == "PROPN":
        return True
    facility = token.pos == "NOUN" and token.lemma.lower() in words("events", "places", "facilities")
    return facility and index > 0 and syntax.tokens[index - 1].pos == "PROPN" and syntax.tokens[index - 1].head == index


@cache
def _calendar() -> frozenset[str]:
    times = table("times")
    return frozenset({*times["weekdays"], *times["months"], *times["zones"]})


def _joins(syntax: Syntax, before: int, last: int) -> bool:
    """Whether the token before a name belongs to it."""
    if before < 0 or before <= syntax.tokens[last].head < last:
        return False
    token = syntax.tokens[before]
    return (token.pos == "PROPN" and token.head > before) or (
        token.text == "-" and token.end == syntax.tokens[before + 1].start
    )


def _tied(syntax: Syntax, index: int) -> bool:
    """Whether a name hangs on a preposition of place, or on a verb of leaving or reaching."""
    token = syntax.tokens[index]
    movement = table("events")["movement"]
    upper = syntax.tokens[token.head]
    if token.dep == "dobj":
        return upper.lemma.lower() in {*movement["leaving"], *movement["reaching"]}
    if token.dep == "conj" and upper.pos == "PROPN":
        return _tied(syntax, token.head)
    if token.dep != "pobj":
        return False
    if upper.text.lower() == "of":
        return syntax.tokens[upper.head].lemma.lower() in words("events", "places", "parts") | words(
            "events", "places", "compass"
        )
    if upper.text.lower() == "on":
        return is_definite(syntax, index) or syntax.tokens[token.head + 1].text in {"Mount", "Mt", "Lake", "Cape"}
    return upper.text.lower() in (site_ties() | {*movement["to"], *movement["from"]}) - {"by", "over", "on"}
