"""What caused it: done by somebody, due to something, blamed on it; nothing where the report leaves it open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.claims.events import Events
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import table, words
from geomap.claims.names import phrase
from geomap.claims.things import claim, named
from geomap.claims.triggers import craft_of
from geomap.model import Claim, Role

_LONGEST = 14
"""Tokens of the longest cause that is quoted."""


def _is_open(syntax: Syntax, index: int) -> bool:
    """Whether the sentence leaves the cause open ("not clear whether", "is being investigated")."""
    sentence = syntax.sentence(index)
    text = syntax.article.quote(sentence.span).lower()
    return any(each in text for each in table("attribution")["notes"]["open"])


def cause(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    lemma = syntax.tokens[verb].lemma.lower()
    if syntax.is_negated(verb) or _is_open(syntax, verb):
        return
    agent = syntax.child(verb, "agent")
    by = syntax.child(agent, "pobj") if agent is not None else None
    if _is_done(syntax, verb, lemma):
        yield _done(syntax, events, verb, by)
    elif lemma in words("matters", "cause", "passive") and by is not None and syntax.is_passive(verb):
        if _about_event(syntax, events, syntax.subject(verb)) or syntax.tokens[verb].dep in {"acl", "advcl"}:
            yield _because(syntax, by)
    elif lemma in words("matters", "cause", "active") and not syntax.is_passive(verb):
        subject, thing = syntax.subject(verb), syntax.child(verb, "dobj")
        if (
            subject is not None
            and syntax.tokens[subject].pos in {"NOUN", "PROPN"}
            and thing is not None
            and _about_event(syntax, events, thing)
        ):
            yield _because(syntax, subject)
    elif lemma in words("matters", "cause", "blaming") and not syntax.is_passive(verb):
        yield from _blamed(syntax, events, verb)
    elif lemma == "be":
        yield from _was_cause(syntax, verb)


def _is_done(syntax: Syntax, verb: int, lemma: str) -> bool:
    following = syntax.tokens[verb + 1].text.lower() if verb + 1 < len(syntax.tokens) else ""
    if f"{lemma} {following}" not in words("matters", "cause", "done") and lemma not in words(
        "matters", "cause", "done"
    ):
        return False
    if lemma in {"bomb", "ram", "torpedo", "sabotage", "hijack"} and not syntax.is_passive(verb):
        return False
    heads = [syntax.subject(verb) if syntax.is_passive(verb) else syntax.child(verb, "dobj")]
    return any(
        head is not None and (craft_of(syntax, head) or syntax.tokens[head].lemma.lower() in {"it"}) for head in heads
    )


def _done(syntax: Syntax, events: Events, verb: int, by: int | None) -> Claim:
    """As in "was shot down by three missiles": the verb with its particle, and by whom or what."""
    last = verb
    if verb + 1 < len(syntax.tokens) and syntax.tokens[verb + 1].text.lower() == "down":
        last = verb + 1
    what = (
        "shot down"
        if syntax.tokens[verb].lemma.lower() in {"down", "shoot", "bring"}
        else syntax.tokens[verb].text.lower()
    )
    if by is not None and by > verb:
        _, end = phrase(syntax, by)
        name = re.sub(
            r" of an? (?:type|kind|sort)$", "", re.sub('[“”"]', "", syntax.text(phrase(syntax, by)[0], end)).strip()
        )
        return claim(syntax, Role.CAUSE, f"{what} by {name}", verb, end)
    if not syntax.is_passive(verb):
        actor = _actor(syntax, verb)
        if actor is not None:
            return claim(syntax, Role.CAUSE, f"{what} by {syntax.text(*phrase(syntax, actor))}", verb, last)
    return claim(syntax, Role.CAUSE, what, verb, last)


def _actor(syntax: Syntax, verb: int) -> int | None:
    """Who did it: the subject, or the one accused of it, unless it is the speaker who denies it."""
    token = syntax.tokens[verb]
    if token.dep == "pcomp":
        above = syntax.tokens[token.head].head
        if syntax.tokens[above].lemma.lower() in {"accuse", "suspect", "blame"}:
            return syntax.child(above, "dobj", "nsubjpass")
        return None
    own = syntax.child(verb, "nsubj")
    return own if own is not None and syntax.tokens[own].pos in {"NOUN", "PROPN"} else None


def _about_event(syntax: Syntax, events: Events, index: int | None) -> bool:
    if index is None:
        return False
    return syntax.tokens[index].lemma.lower() in words("matters", "cause", "not_objects") | {"it", "which", "that"}


def _because(syntax: Syntax, head: int) -> Claim:
    what, first, last = named(syntax, head)
    return claim(syntax, Role.CAUSE, what, first, min(last, first + _LONGEST))


def _blamed(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    """As in "blamed brake failure for the derailment", "blamed the crash on fog"."""
    thing = syntax.child(verb, "dobj")
    if thing is None:
        return
    for child in syntax.children[verb]:
        if (
            syntax.tokens[child].dep == "prep"
            and syntax.tokens[child].lemma == "on"
            and _about_event(syntax, events, thing)
        ):
            cause = syntax.child(child, "pobj")
            if cause is not None:
                yield _because(syntax, cause)
            return
    for_it = any(syntax.tokens[c].dep == "prep" and syntax.tokens[c].lemma == "for" for c in syntax.children[verb])
    if (for_it or syntax.tokens[verb].lemma.lower() == "suspect") and not _about_event(syntax, events, thing):
        yield _because(syntax, thing)


def _was_cause(syntax: Syntax, verb: int) -> Iterator[Claim]:
    """As in "The cause was a gas leak", "A gas leak was the likely cause"."""
    subject, attribute = syntax.child(verb, "nsubj"), syntax.child(verb, "attr")
    blamed = syntax.child(verb, "xcomp")
    if subject is not None and blamed is not None and syntax.tokens[blamed].lemma.lower() == "blame":
        if syntax.tokens[subject].pos in {"NOUN", "PROPN"}:
            yield _because(syntax, subject)
        return
    if subject is None or attribute is None:
        return
    nouns = words("matters", "cause", "cause_nouns")
    if syntax.tokens[subject].lemma.lower() in nouns and syntax.tokens[attribute].pos in {"NOUN", "PROPN"}:
        yield _because(syntax, attribute)
    elif syntax.tokens[attribute].lemma.lower() in nouns and syntax.tokens[subject].pos in {"NOUN", "PROPN"}:
        yield _because(syntax, subject)


def cause_phrase(syntax: Syntax, events: Events, index: int) -> Iterator[Claim]:
    """As in "due to heavy fog", "because of", "as a result of"."""
    text = syntax.article.text[syntax.tokens[index].start :][:24].lower()
    found = next(
        (each for each in table("matters")["cause"]["phrases"] if re.match(re.escape(each) + r"\b", text)), None
    )
    if found is None or _is_open(syntax, index):
        return
    last = syntax.at(syntax.tokens[index].start + len(found) - 1)
    clause = syntax.clause_of[index]
    told = [
        t
        for t in events.by_sentence.get(syntax.sentence_of[index], ())
        if syntax.clause_of[t.index] == clause or t.index < index
    ]
    if not told or any(t.kind == "exchange" for t in told[-1:]):
        return
    head = syntax.child(last, "pobj") or next(
        (
            i
            for i in range(last + 1, min(last + 8, len(syntax.tokens)))
            if syntax.tokens[i].pos in {"NOUN", "PROPN"} and syntax.tokens[i].dep not in {"compound", "nmod"}
        ),
        None,
    )
    if head is not None and head > last:
        yield _because(syntax, head)
