"""Journeys, launches and meetings: the words that make a place an end of a way, a launch area or a meeting point."""

from __future__ import annotations

from geomap.claims.events import Events
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import table, words
from geomap.claims.links import Link
from geomap.claims.positions import is_definite
from geomap.claims.triggers import craft_of
from geomap.model import Role


def launches(syntax: Syntax, events: Events, index: int) -> bool:
    lemma = syntax.tokens[index].lemma.lower()
    if lemma not in words("events", "launch", "verbs") and lemma not in words("events", "launch", "nouns"):
        return False
    sentence = syntax.sentence(index)
    arms = {
        "missile",
        "rocket",
        "drone",
        "shell",
        "artillery",
        "mortar",
        "projectile",
        "gunfire",
        "torpedo",
        "bullet",
        "shot",
        "airstrike",
    }
    near = {syntax.tokens[each].lemma.lower() for each in range(sentence.first, sentence.last)}
    return bool(near & arms) or lemma in {"shoot", "fire", "launch"}


def movement_role(syntax: Syntax, events: Events, link: Link, lemma: str) -> str | None:
    """Origin or destination where the word is one of movement and what moves is the incident's, else None."""
    movement = table("events")["movement"]
    is_verb = syntax.tokens[link.word].pos in {"VERB", "AUX"}
    words_of = words("events", "movement", "verbs") if is_verb else words("events", "movement", "nouns")
    bound = not is_verb and lemma in words("events", "movement", "bound")
    if is_verb and lemma == "be":
        bound = _has_bound(syntax, link.word)
    if not (lemma in words_of or bound):
        return None
    if is_verb and not bound and not _moves(syntax, events, link.word):
        return None
    if not link.direct:
        return None
    if link.tie == "between":
        return Role.ROUTE
    if link.role == "object" and not link.tie:
        return (
            Role.ORIGIN if lemma in movement["leaving"] else Role.DESTINATION if lemma in movement["reaching"] else None
        )
    if link.role in {"prep", "object"} and link.tie in movement["from"]:
        return Role.ORIGIN
    if link.role in {"prep", "object"} and link.tie in movement["to"]:
        return Role.DESTINATION
    return None


def _has_bound(syntax: Syntax, index: int) -> bool:
    return any(
        syntax.tokens[each].text.lower() in words("events", "movement", "bound")
        for each in range(index + 1, min(index + 4, len(syntax.tokens)))
    )


def _moves(syntax: Syntax, events: Events, verb: int) -> bool:
    """Whether what moves is a craft of the incident or those it carries."""
    subject = syntax.subject(verb)
    heads = [subject] if subject is not None else []
    heads += [c for c in syntax.children[verb] if syntax.tokens[c].dep in {"dobj", "nsubjpass"}]
    for head in (_whole(syntax, each) for each in heads):
        near = (head, *(c for c in syntax.children[head] if syntax.tokens[c].dep in {"conj", "compound"}))
        for each in near:
            craft = craft_of(syntax, each)
            if craft and (not events.crafts or craft in events.crafts or events.falls):
                return True
            if each == subject and _is_named_craft(syntax, events, each, verb):
                return True
            if syntax.tokens[each].lemma.lower() in words("events", "people", "travellers") | {"it", "they", "which"}:
                return True
    return False


def _whole(syntax: Syntax, index: int) -> int:
    """The X of "X of Y" for its Y: "personnel" for the forces in "personnel of the armed forces"."""
    while syntax.tokens[index].dep == "pobj" and syntax.tokens[syntax.tokens[index].head].lemma == "of":
        index = syntax.tokens[syntax.tokens[index].head].head
    return index


def _is_named_craft(syntax: Syntax, events: Events, index: int, verb: int) -> bool:
    """Whether a proper name that sails, flies or the like is a craft's ("the KM Sinar was sailing")."""
    token = syntax.tokens[index]
    travels = syntax.tokens[verb].lemma.lower() in {
        "sail",
        "fly",
        "travel",
        "head",
        "bind",
        "depart",
        "cruise",
        "put",
        "route",
    }
    named = token.pos == "PROPN" and (
        token.entity not in {"PERSON", "NORP"} or any(syntax.tokens[c].text == "The" for c in syntax.children[index])
    )
    known = bool(events.crafts) or is_definite(syntax, index)
    return travels and named and known and not syntax.is_passive(verb)


def exchanges(syntax: Syntax, events: Events, index: int) -> bool:
    """Whether a word is of an exchange or a meeting that is due: "the swap was scheduled to take place at"."""
    nouns, verbs = words("events", "exchange", "nouns"), words("events", "exchange", "verbs")
    if not any(trigger.kind == "exchange" for trigger in events.triggers):
        nouns -= words("events", "exchange", "meetings")
    token = syntax.tokens[index]
    if token.pos in {"NOUN", "PROPN"}:
        return token.lemma.lower() in nouns
    if token.lemma.lower() in verbs:
        return True
    subject = syntax.subject(index)
    due = token.lemma.lower() in {"take", "hold", "be", "occur", "happen", "schedule", "plan", "arrange", "go", "set"}
    if due and subject is not None and syntax.tokens[subject].lemma.lower() in nouns:
        return True
    if not due:
        return False
    sentence = syntax.sentence(index)
    return any(
        syntax.tokens[each].lemma.lower() in {"exchange", "swap", "handover"}
        for each in range(max(sentence.first, index - 6), index)
    )
