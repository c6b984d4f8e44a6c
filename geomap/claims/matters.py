"""What was carried, what it was done with, and what caused it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.claims.aboard import on_craft
from geomap.claims.causes import cause, cause_phrase, pointed
from geomap.claims.counted import is_person
from geomap.claims.events import Events
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import table, words
from geomap.claims.mishaps import mishap
from geomap.claims.names import phrase
from geomap.claims.things import claim, named
from geomap.claims.triggers import craft_of
from geomap.model import Claim, Role


def matters(syntax: Syntax, events: Events) -> list[Claim]:
    """Every cargo, weapon and cause claimed of the incident."""
    found: list[Claim] = []
    for index, token in enumerate(syntax.tokens):
        if not events.belongs(syntax, index):
            continue
        found.extend(pointed(syntax, index))
        found.extend(mishap(syntax, events, index))
        if token.pos in {"VERB", "AUX"} or token.tag.startswith("VB"):
            found.extend(_cargo(syntax, index))
            found.extend(cause(syntax, events, index))
        elif token.pos in {"NOUN", "PROPN"}:
            found.extend(_cargo_noun(syntax, index))
            found.extend(_weapon(syntax, events, index))
        elif token.pos in {"ADP", "ADJ", "SCONJ", "ADV"}:
            found.extend(cause_phrase(syntax, events, index))
    return found


# --- cargo -----------------------------------------------------------------------------------------------------------


def _cargo(syntax: Syntax, verb: int) -> Iterator[Claim]:
    """As in "The barge was carrying diesel", "a truck loaded with fireworks", "prisoners were flown to"."""
    lemma = syntax.tokens[verb].lemma.lower()
    if syntax.is_negated(verb) and lemma in words("matters", "cargo", "verbs"):
        return
    subject = syntax.subject(verb)
    craft = subject is not None and (craft_of(syntax, subject) or _is_craft_nearby(syntax, subject))
    if lemma in words("matters", "cargo", "verbs") or (craft and lemma in _TAKING and _goes(syntax, verb)):
        yield from _carried(syntax, verb, subject, bool(craft))
    elif lemma in {"fly", "transfer", "take", "move", "deliver"} and syntax.is_passive(verb) and subject is not None:
        if _is_prisoner(syntax, subject) and not able(syntax, verb):
            yield _prisoners(syntax, subject)
    elif lemma in words("matters", "cargo", "loaded") and craft:
        for child in syntax.children[verb]:
            if syntax.tokens[child].lemma == "with":
                thing = syntax.child(child, "pobj")
                if thing is not None:
                    yield from _goods(syntax, thing)
    elif lemma in words("matters", "cargo", "declared"):
        yield from _declared(syntax, verb, subject)
    elif lemma == "be":
        yield from _on_board(syntax, verb, subject)


_TAKING = frozenset({"take", "deliver", "move", "ship", "bring"})


def _goes(syntax: Syntax, verb: int) -> bool:
    """Whether a verb or its object has "from" or "to" with it: "was taking coal from X"."""
    thing = syntax.child(verb, "dobj")
    near = (*syntax.children[verb], *(syntax.children[thing] if thing is not None else ()))
    return any(syntax.tokens[c].dep == "prep" and syntax.tokens[c].text.lower() in {"from", "to"} for c in near)


def _carried(syntax: Syntax, verb: int, subject: int | None, craft: bool) -> Iterator[Claim]:
    """What a verb of carrying says is carried: its object, or prisoners as its passive subject."""
    thing = syntax.child(verb, "dobj")
    if not able(syntax, verb):
        if thing is not None and craft and not syntax.is_passive(verb):
            yield from _goods(syntax, thing)
        elif thing is None and syntax.is_passive(verb) and subject is not None and _is_prisoner(syntax, subject):
            yield _prisoners(syntax, subject)
    if craft:
        yield from _besides(syntax, verb)


def _declared(syntax: Syntax, verb: int, subject: int | None) -> Iterator[Claim]:
    """As in "containers declared as charcoal"."""
    if subject is None or syntax.tokens[subject].lemma.lower() not in words("matters", "cargo", "boxes"):
        return
    for child in syntax.children[verb]:
        thing = syntax.child(child, "pobj") if syntax.tokens[child].lemma == "as" else None
        if thing is not None:
            yield from _goods(syntax, thing)


def _is_craft_nearby(syntax: Syntax, subject: int) -> bool:
    return syntax.tokens[subject].lemma.lower() == "it" or any(
        syntax.tokens[c].dep in {"appos", "compound"} and craft_of(syntax, c) for c in syntax.children[subject]
    )


def able(syntax: Syntax, verb: int) -> bool:
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
    if token.pos not in {"NOUN", "PROPN"} or any(syntax.tokens[c].text.lower() == "no" for c in syntax.children[thing]):
        return
    of = syntax.child(thing, "prep")
    if token.lemma.lower() in words("matters", "cargo", "measures") or token.lemma.lower() in words(
        "matters", "cargo", "nouns"
    ):
        inner = syntax.child(of, "pobj") if of is not None and syntax.tokens[of].lemma == "of" else None
        if inner is None:
            return
        head = inner
    if is_person(syntax, head) or craft_of(syntax, head):
        return
    if syntax.tokens[head].lemma.lower() in words("matters", "cargo", "never"):
        return
    what, first, last = named(syntax, head)
    if what:
        yield claim(syntax, Role.CARGO, what, min(first, thing), last)


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
    return claim(syntax, Role.CARGO, "prisoners of war", first, last)


def _besides(syntax: Syntax, verb: int) -> Iterator[Claim]:
    """As in "In addition to the 65 prisoners, the plane carried a crew of six"."""
    for child in syntax.children[verb]:
        if (
            child < verb
            and syntax.tokens[child].dep == "prep"
            and syntax.tokens[child].lemma.lower() in {"in", "besides", "alongside"}
        ):
            for each in syntax.subtree(child):
                if syntax.tokens[each].dep == "pobj" and _is_prisoner(syntax, each):
                    yield _prisoners(syntax, each)


def _on_board(syntax: Syntax, verb: int, subject: int | None) -> Iterator[Claim]:
    """As in "65 captured soldiers were on board", "on board were 65 captured soldiers"."""
    sentence = syntax.sentence(verb)
    text = syntax.article.quote(sentence.span).lower()
    if not re.search(r"\bon ?board\b|\baboard\b", text) and not any(
        on_craft(text[m.start() :]) for m in re.finditer(r" (?:on|in|inside) the ", text)
    ):
        return
    heads = [
        *([subject] if subject is not None else []),
        *(c for c in syntax.children[verb] if syntax.tokens[c].dep == "attr"),
    ]
    for each in heads:
        if _is_prisoner(syntax, each) and not syntax.is_negated(verb):
            yield _prisoners(syntax, each)
            return


def _cargo_noun(syntax: Syntax, index: int) -> Iterator[Claim]:
    """As in "a cargo of cement" that nothing says is carried."""
    token = syntax.tokens[index]
    measured = token.lemma.lower() in words("matters", "cargo", "measures") and _lies_on_board(syntax, index)
    if not (measured or token.lemma.lower() in words("matters", "cargo", "nouns")) or token.dep == "compound":
        return
    if syntax.tokens[token.head].lemma.lower() in words("matters", "cargo", "verbs") and token.dep == "dobj":
        return  # told by the verb
    yield from _goods(syntax, index)


def _lies_on_board(syntax: Syntax, index: int) -> bool:
    """As in "with 80,000 tonnes of crude on board"."""
    last = syntax.subtree(index)[-1]
    return bool(re.match(r"\s*(?:on ?board|aboard)\b", syntax.article.text[syntax.tokens[last].end :][:12])) or bool(
        re.search(r"\b(?:on ?board|aboard)$", syntax.text(index, last))
    )


# --- weapon ----------------------------------------------------------------------------------------------------------


def _weapon(syntax: Syntax, events: Events, index: int) -> Iterator[Claim]:
    token = syntax.tokens[index]
    lemma = token.lemma.lower()
    itself = token.dep == "appos" and syntax.tokens[token.head].lemma.lower() in words("matters", "weapon", "itself")
    if lemma in words("matters", "weapon", "fire"):
        yield from _gunfire(syntax, index)
    if lemma not in words("matters", "weapon", "nouns") or (
        token.dep in {"compound", "nmod", "poss", "appos"} and not itself
    ):
        return
    if any(syntax.tokens[c].text.lower() == "no" for c in syntax.children[index]):
        return
    if events.family == "crash" and craft_of(syntax, index) in events.crafts - {""}:
        return  # a drone that came down by itself
    if lemma in words("matters", "weapon", "vague"):
        before = {syntax.tokens[c].lemma.lower() for c in syntax.subtree(index)}
        if not before & words("matters", "weapon", "specific"):
            return
    if not itself and not _wielded(syntax, events, index):
        return
    what, first, last = named(syntax, index)
    if what.lower() == token.text.lower() and syntax.tokens[first].text.lower() in {
        "the",
        "this",
        "that",
        "these",
        "those",
    }:
        return  # one spoken of before
    yield claim(syntax, Role.WEAPON, what, first, last)


def _gunfire(syntax: Syntax, index: int) -> Iterator[Claim]:
    """As in "artillery fire hit a market": the fire is the weapon's."""
    arms = words("matters", "weapon", "nouns")
    own = [c for c in syntax.children[index] if syntax.tokens[c].dep == "compound"]
    upper = syntax.tokens[syntax.tokens[index].head]
    if (
        any(syntax.tokens[c].lemma.lower() in arms for c in own)
        and syntax.tokens[index].dep == "nsubj"
        and upper.lemma.lower() in words("matters", "weapon", "verbs")
    ):
        what, first, last = named(syntax, index)
        yield claim(syntax, Role.WEAPON, what, first, last)


def _wielded(syntax: Syntax, events: Events, index: int) -> bool:
    """Whether a weapon is said to have been used: object of using it, agent of a hit, what struck or went off."""
    token = syntax.tokens[index]
    listed = words("matters", "weapon", "verbs")
    if _is_run_over(syntax, index):
        return True
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


def _is_run_over(syntax: Syntax, index: int) -> bool:
    """As in "drove over an anti-tank mine", "stepped on a landmine"."""
    token = syntax.tokens[index]
    above = syntax.tokens[token.head]
    mine = token.lemma.lower() in {"mine", "landmine", "ied", "explosive", "bomb", "device"}
    verb = syntax.tokens[above.head].lemma.lower()
    return mine and token.dep == "pobj" and above.text.lower() in {"over", "on"} and verb in _TREADING


_TREADING = frozenset({"drive", "step", "run", "tread", "ride", "roll", "walk"})


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
