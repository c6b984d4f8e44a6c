"""Causes told as what went wrong: "the brakes failed", "it struck a tree", "under the weight of snow", "was lit"."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.claims.causes import is_open
from geomap.claims.events import Events
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import words
from geomap.claims.names import phrase
from geomap.claims.positions import is_definite
from geomap.claims.scenes import trigger_at
from geomap.claims.things import claim, named
from geomap.claims.triggers import craft_of
from geomap.model import Claim, Role


def mishap(syntax: Syntax, events: Events, index: int) -> Iterator[Claim]:
    """The cause told by the verb, preposition or adverb at token ``index``, if it tells one."""
    token = syntax.tokens[index]
    if not events.family:
        return
    if token.text.lower() in words("matters", "mishap", "manner"):
        yield from _on_purpose(syntax, index)
    elif token.text.lower() == "under":
        yield from _weighed_down(syntax, events, index)
    elif token.tag.startswith("VB") and not syntax.is_negated(index):
        if trigger_at(syntax, events, index) is None:
            yield from _failed(syntax, index)
        yield from _struck(syntax, events, index)


def _failed(syntax: Syntax, verb: int) -> Iterator[Claim]:
    """As in "its brakes failed", "after a tyre burst"."""
    subject, lemma = syntax.child(verb, "nsubj", "nsubjpass"), syntax.tokens[verb].lemma.lower()
    if subject is None or subject > verb or lemma not in words("matters", "mishap", "fails"):
        return
    if syntax.tokens[subject].lemma.lower() in words("matters", "mishap", "parts") and _explains(syntax, verb):
        what, first, last = named(syntax, subject)
        yield claim(syntax, Role.CAUSE, f"{what} {syntax.text(last + 1, verb)}", first, verb)


def _explains(syntax: Syntax, verb: int) -> bool:
    """Whether a failure is given as a reason: behind "after" or "because", or found or suspected by somebody."""
    opened = {syntax.tokens[c].text.lower() for c in syntax.children[verb]}
    sentence = syntax.sentence(verb)
    before = {syntax.tokens[i].lemma.lower() for i in range(sentence.first, verb)}
    found = before & (words("matters", "cause", "pointers") | words("matters", "mishap", "finding"))
    found |= {syntax.tokens[i].lemma.lower() for i in range(verb, sentence.last)} & words(
        "matters", "mishap", "finding"
    )
    return not is_open(syntax, verb) and bool(found or opened & {"after", "because", "since"})


def _struck(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    """As in "three died when it struck a tree": what a craft hit, told of a mishap that is known otherwise."""
    thing = syntax.child(verb, "dobj")
    if thing is None or syntax.tokens[verb].lemma.lower() not in words("matters", "mishap", "hits"):
        return
    subject = syntax.subject(verb)
    if subject is None or not (craft_of(syntax, subject) or syntax.tokens[subject].text.lower() in _STANDING_FOR):
        return
    if syntax.tokens[thing].lemma.lower() not in words("matters", "mishap", "obstacles"):
        return
    known = syntax.tokens[subject].text.lower() in _STANDING_FOR or is_definite(syntax, subject)
    if known and events.family == "crash":
        last = phrase(syntax, thing)[1]
        yield claim(syntax, Role.CAUSE, syntax.text(verb, last), verb, last)


_STANDING_FOR = frozenset({"it", "which", "that", "they"})


def _weighed_down(syntax: Syntax, events: Events, preposition: int) -> Iterator[Claim]:
    """As in "the roof fell in under heavy snow", "collapsed under the weight of the crowd"."""
    thing = syntax.child(preposition, "pobj")
    if events.family != "collapse" or thing is None:
        return
    if syntax.tokens[thing].lemma.lower() in words("matters", "mishap", "burdens"):
        what, first, last = named(syntax, thing)
        yield claim(syntax, Role.CAUSE, what, first, last)


def _on_purpose(syntax: Syntax, adverb: int) -> Iterator[Claim]:
    """As in "the fire was deliberately lit"."""
    verb = adverb + 1
    if verb < len(syntax.tokens) and syntax.tokens[verb].text.lower() in words("matters", "mishap", "made"):
        yield claim(syntax, Role.CAUSE, syntax.text(adverb, verb), adverb, verb)
