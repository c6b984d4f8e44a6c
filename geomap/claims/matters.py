"""What was carried, what it was done with, and what caused it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.claims.events import Events
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import classes, table, words
from geomap.claims.sites import PENDING
from geomap.claims.triggers import craft_of
from geomap.claims.names import phrase
from geomap.model import Claim, Matter, Role

_LONGEST = 14
"""Tokens of the longest cause that is quoted."""

_FOR_MODEL = re.compile(
    r"^(?P<what>[\w\- ]+?) (?:for|of|from) (?:the |its |a |[\w’']+['’]s )?(?P<model>[A-Z][A-Za-z]*-?\d+\w*)\b"
)


def matters(syntax: Syntax, events: Events) -> list[Claim]:
    """Every cargo, weapon and cause claimed of the incident."""
    found: list[Claim] = []
    for index, token in enumerate(syntax.tokens):
        if not events.belongs(syntax, index):
            continue
        if token.pos in {"VERB", "AUX"} or token.tag.startswith("VB"):
            found.extend(_cargo(syntax, index))
            found.extend(_cause(syntax, events, index))
        elif token.pos in {"NOUN", "PROPN"}:
            found.extend(_cargo_noun(syntax, index))
            found.extend(_weapon(syntax, events, index))
        elif token.pos in {"ADP", "ADJ", "SCONJ", "ADV"}:
            found.extend(_cause_phrase(syntax, events, index))
    return found


def _claim(syntax: Syntax, role: Role, what: str, first: int, last: int) -> Claim:
    span = syntax.span(first, last)
    return Claim(
        id="",
        article=syntax.article.id,
        span=span,
        quote=syntax.article.quote(span),
        role=role,
        attribution=PENDING,
        value=Matter(what),
        context=syntax.sentence(first).span,
    )


def _named(syntax: Syntax, head: int) -> tuple[str, int, int]:
    """A noun phrase without its articles and numbers, and its first and last token."""
    first, last = phrase(syntax, head)
    start = first
    while start < head and (
        syntax.tokens[start].pos in {"DET", "NUM", "PUNCT"}
        or syntax.tokens[start].dep in {"quantmod", "nummod", "advmod", "poss", "case"}
    ):
        start += 1
    text = re.sub(r" of an? (?:type|kind|sort)$", "", syntax.text(start, last))
    model = _FOR_MODEL.match(text) or _FOR_MODEL.match(f"{text}{syntax.article.text[syntax.tokens[last].end :][:60]}")
    return (f"{model['model']} {model['what']}" if model else text).strip('“”" '), first, last


# --- cargo -----------------------------------------------------------------------------------------------------------


def _cargo(syntax: Syntax, verb: int) -> Iterator[Claim]:
    """ "The barge was carrying diesel", "a truck loaded with fireworks", "prisoners were flown to"."""
    lemma = syntax.tokens[verb].lemma.lower()
    if syntax.is_negated(verb) and lemma in words("matters", "cargo", "verbs"):
        return
    subject = syntax.subject(verb)
    craft = subject is not None and (craft_of(syntax, subject) or _is_craft_nearby(syntax, subject))
    if lemma in words("matters", "cargo", "verbs"):
        thing = syntax.child(verb, "dobj")
        if thing is not None and craft and not syntax.is_passive(verb) and not _able(syntax, verb):
            yield from _goods(syntax, thing)
        elif (
            thing is None
            and syntax.is_passive(verb)
            and not _able(syntax, verb)
            and subject is not None
            and _is_prisoner(syntax, subject)
        ):
            yield _prisoners(syntax, subject)
        if craft:
            yield from _besides(syntax, verb)
    elif lemma in {"fly", "transfer", "take", "move", "deliver"} and syntax.is_passive(verb) and subject is not None:
        if _is_prisoner(syntax, subject) and not _able(syntax, verb):
            yield _prisoners(syntax, subject)
    elif lemma in words("matters", "cargo", "loaded") and craft:
        for child in syntax.children[verb]:
            if syntax.tokens[child].lemma == "with":
                thing = syntax.child(child, "pobj")
                if thing is not None:
                    yield from _goods(syntax, thing)
    elif lemma == "be" and subject is not None:
        yield from _on_board(syntax, verb, subject)


def _is_craft_nearby(syntax: Syntax, subject: int) -> bool:
    return syntax.tokens[subject].lemma.lower() == "it" or any(
        syntax.tokens[c].dep in {"appos", "compound"} and craft_of(syntax, c) for c in syntax.children[subject]
    )


def _able(syntax: Syntax, verb: int) -> bool:
    """Whether the verb says what a craft can or is made to carry."""
    near = {syntax.tokens[c].lemma.lower() for c in syntax.children[verb] if syntax.tokens[c].dep == "aux"}
    above = syntax.tokens[syntax.tokens[verb].head].lemma.lower() if syntax.tokens[verb].dep == "xcomp" else ""
    return bool(near & {"can", "could", "would", "will"}) or above in {"design", "able", "build", "use", "license"}


def _goods(syntax: Syntax, thing: int) -> Iterator[Claim]:
    if _is_prisoner(syntax, thing):
        yield _prisoners(syntax, thing)
        return
    token = syntax.tokens[thing]
    head = thing
    if token.pos not in {"NOUN", "PROPN"} or token.entity == "PERSON":
        return
    of = syntax.child(thing, "prep")
    if token.lemma.lower() in _MEASURES or token.lemma.lower() in words("matters", "cargo", "nouns"):
        inner = syntax.child(of, "pobj") if of is not None and syntax.tokens[of].lemma == "of" else None
        if inner is None:
            return
        head = inner
    if syntax.tokens[head].lemma.lower() in words("matters", "cargo", "never") or craft_of(syntax, head):
        return
    what, first, last = _named(syntax, head)
    if what:
        yield _claim(syntax, Role.CARGO, what, min(first, thing), last)


_MEASURES = frozenset(
    {
        "tonne",
        "ton",
        "barrel",
        "gallon",
        "litre",
        "liter",
        "kilogram",
        "kg",
        "pound",
        "load",
        "container",
        "crate",
        "box",
        "tank",
        "lot",
        "quantity",
        "amount",
        "number",
        "dozen",
        "bag",
        "sack",
        "drum",
        "canister",
        "shipment",
        "cargo",
        "hundred",
        "thousand",
        "metric",
    }
)


def _is_prisoner(syntax: Syntax, noun: int) -> bool:
    token = syntax.tokens[noun]
    lemma, text = token.lemma.lower(), token.text.lower()
    if lemma in words("matters", "cargo", "prisoners") or text == "pows":
        return True
    if lemma not in words("counts", "captured", "soldiers"):
        return False
    near = {syntax.tokens[c].text.lower() for c in syntax.children[noun]}
    return bool(near & words("counts", "captured", "words")) or _exchange_due(syntax, noun)


def _exchange_due(syntax: Syntax, noun: int) -> bool:
    text = syntax.article.quote(syntax.sentence(noun).span).lower()
    return any(each in text for each in table("counts")["captured"]["exchange"])


def _prisoners(syntax: Syntax, noun: int) -> Claim:
    first, last = phrase(syntax, noun)
    return _claim(syntax, Role.CARGO, "prisoners of war", first, last)


def _besides(syntax: Syntax, verb: int) -> Iterator[Claim]:
    """ "In addition to the 65 prisoners, the plane carried a crew of six"."""
    for child in syntax.children[verb]:
        if (
            child < verb
            and syntax.tokens[child].dep == "prep"
            and syntax.tokens[child].lemma.lower() in {"in", "besides", "alongside"}
        ):
            for each in syntax.subtree(child):
                if syntax.tokens[each].dep == "pobj" and _is_prisoner(syntax, each):
                    yield _prisoners(syntax, each)


def _on_board(syntax: Syntax, verb: int, subject: int) -> Iterator[Claim]:
    """ "65 captured soldiers were on board", "on board were 65 captured soldiers", "aboard was a cargo of rice"."""
    sentence = syntax.sentence(verb)
    text = syntax.article.quote(sentence.span).lower()
    if not re.search(r"\bon ?board\b|\baboard\b", text):
        return
    heads = [subject, *(c for c in syntax.children[verb] if syntax.tokens[c].dep == "attr")]
    for each in heads:
        if _is_prisoner(syntax, each) and not syntax.is_negated(verb):
            yield _prisoners(syntax, each)
            return


def _cargo_noun(syntax: Syntax, index: int) -> Iterator[Claim]:
    """ "a cargo of cement" that nothing says is carried."""
    token = syntax.tokens[index]
    if token.lemma.lower() not in {"cargo"} or token.dep == "compound":
        return
    if syntax.tokens[token.head].lemma.lower() in words("matters", "cargo", "verbs") and token.dep == "dobj":
        return  # told by the verb
    yield from _goods(syntax, index)


# --- weapon ----------------------------------------------------------------------------------------------------------


def _weapon(syntax: Syntax, events: Events, index: int) -> Iterator[Claim]:
    token = syntax.tokens[index]
    lemma = token.lemma.lower()
    if (
        lemma not in words("matters", "weapon", "nouns")
        or token.dep in {"compound", "nmod", "poss", "appos"}
        or token.entity == "PERSON"
    ):
        return
    if lemma in words("matters", "weapon", "vague"):
        before = {syntax.tokens[c].lemma.lower() for c in syntax.subtree(index)}
        if not before & words("matters", "weapon", "specific"):
            return
    if not _wielded(syntax, events, index):
        return
    what, first, last = _named(syntax, index)
    if what.lower() == token.text.lower() and syntax.tokens[first].text.lower() in {
        "the",
        "this",
        "that",
        "these",
        "those",
    }:
        return  # one spoken of before
    yield _claim(syntax, Role.WEAPON, what, first, last)


def _wielded(syntax: Syntax, events: Events, index: int) -> bool:
    """Whether a weapon is said to have been used: object of using it, agent of a hit, what struck or went off."""
    token = syntax.tokens[index]
    listed = words("matters", "weapon", "verbs")
    for verb in syntax.ancestors(index):
        upper = syntax.tokens[verb]
        if upper.pos in {"NOUN", "PROPN"}:
            if upper.lemma.lower() in {"launch", "attack", "strike", "barrage", "salvo", "use"} and token.dep == "pobj":
                return not _as_cargo(syntax, verb)
            if token.dep in {"conj"}:
                token = upper
                continue
            if token.dep == "pobj":
                return False
        if upper.pos in {"VERB", "AUX"}:
            lemma = upper.lemma.lower()
            if lemma in words("matters", "cargo", "verbs") and _carries(syntax, verb):
                return False
            if syntax.is_negated(verb):
                return False
            if token.dep in {"dobj", "nsubj", "nsubjpass"}:
                return (
                    lemma in listed
                    and lemma not in {"shoot down", "bring"}
                    and not (lemma in {"shoot", "down"} and token.dep != "nsubj")
                )
            prep = next((c for c in syntax.ancestors(index) if syntax.tokens[c].dep in {"prep", "agent"}), None)
            return prep is not None and syntax.tokens[prep].lemma.lower() in {"with", "by", "from"} and lemma in listed
    return False


def _as_cargo(syntax: Syntax, index: int) -> bool:
    return syntax.tokens[index].dep == "dobj" and syntax.tokens[syntax.tokens[index].head].lemma.lower() in {
        "carry",
        "plan",
        "prevent",
    }


def _carries(syntax: Syntax, verb: int) -> bool:
    subject = syntax.subject(verb)
    return subject is not None and bool(craft_of(syntax, subject))


# --- cause -----------------------------------------------------------------------------------------------------------


def _is_open(syntax: Syntax, index: int) -> bool:
    """Whether the sentence leaves the cause open: "not clear whether", "no information on the cause", "investigating"."""
    sentence = syntax.sentence(index)
    text = syntax.article.quote(sentence.span).lower()
    return any(each in text for each in table("attribution")["notes"]["open"])


def _cause(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
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
    elif lemma in words("matters", "cause", "accusing"):
        yield from _accused(syntax, verb)
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
    """ "was shot down by three missiles": the verb with its particle, and by whom or what."""
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
        return _claim(syntax, Role.CAUSE, f"{what} by {name}", verb, end)
    if not syntax.is_passive(verb):
        actor = _actor(syntax, verb)
        if actor is not None:
            return _claim(syntax, Role.CAUSE, f"{what} by {syntax.text(*phrase(syntax, actor))}", verb, last)
    return _claim(syntax, Role.CAUSE, what, verb, last)


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
    what, first, last = _named(syntax, head)
    return _claim(syntax, Role.CAUSE, what, first, min(last, first + _LONGEST))


def _blamed(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    """ "blamed brake failure for the derailment", "blamed the crash on fog"."""
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
    if syntax.tokens[verb].lemma.lower() == "suspect" or any(
        syntax.tokens[c].dep == "prep" and syntax.tokens[c].lemma == "for" for c in syntax.children[verb]
    ):
        if not _about_event(syntax, events, thing):
            yield _because(syntax, thing)


def _accused(syntax: Syntax, verb: int) -> Iterator[Claim]:
    return iter(())


def _was_cause(syntax: Syntax, verb: int) -> Iterator[Claim]:
    """ "The cause was a gas leak", "A gas leak was the likely cause"."""
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


def _cause_phrase(syntax: Syntax, events: Events, index: int) -> Iterator[Claim]:
    """ "due to heavy fog", "because of", "as a result of"."""
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
    if head is not None and head > last and classes("attribution", "verbs") is not None:
        yield _because(syntax, head)
