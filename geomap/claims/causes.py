"""What caused it: done by somebody, due to something, blamed on it; nothing where the report leaves it open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from geomap.claims.events import Events
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import table, words
from geomap.claims.names import phrase
from geomap.claims.tellers import speaks
from geomap.claims.things import claim, named
from geomap.claims.triggers import craft_of, lexicon
from geomap.model import Claim, Role

_LONGEST = 14
"""Tokens of the longest cause that is quoted."""


def is_open(syntax: Syntax, index: int) -> bool:
    """Whether the sentence leaves the cause open ("not clear whether", "is being investigated")."""
    sentence = syntax.sentence(index)
    text = syntax.article.quote(sentence.span).lower()
    return any(each in text for each in table("attribution")["notes"]["open"])


def cause(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    """The cause that a verb names, by the first rule that its lemma and its voice fit."""
    lemma, passive = syntax.tokens[verb].lemma.lower(), syntax.is_passive(verb)
    if lemma in {"rule", "exclude"} and not is_open(syntax, verb):
        yield from _not_excluded(syntax, verb)
    if syntax.is_negated(verb) or is_open(syntax, verb):
        return
    if _is_done(syntax, events, verb, lemma):
        yield _done(syntax, events, verb, _agent(syntax, verb))
        return
    for listed, voice, rule in _RULES:
        if lemma in words("matters", "cause", listed) and voice in {None, passive}:
            yield from rule(syntax, events, verb)
            return
    yield from suspected(syntax, events, verb)


def _agent(syntax: Syntax, verb: int) -> int | None:
    """Who or what stands behind the "by" of a verb."""
    agent = syntax.child(verb, "agent")
    return syntax.child(agent, "pobj") if agent is not None else None


def _caused_by(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    """As in "the fire was caused by lightning"."""
    by = _agent(syntax, verb)
    about = _about_event(syntax, events, syntax.subject(verb)) or syntax.tokens[verb].dep in {"acl", "advcl"}
    if by is not None and about:
        yield _because(syntax, by)


def _causes(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    """As in "a spark started the fire"."""
    subject, thing = syntax.subject(verb), syntax.child(verb, "dobj")
    if subject is None or thing is None or not _about_event(syntax, events, thing):
        return
    if syntax.tokens[subject].pos not in {"NOUN", "PROPN"} or _is_somebody(syntax, subject):
        return
    if syntax.tokens[subject].lemma.lower() not in words("matters", "weapon", "nouns"):
        yield _because(syntax, subject)


def _blame(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    """The three ways of blaming: "X is to blame", "X was blamed for it", "they blamed X"."""
    if any(syntax.tokens[c].text.lower() == "to" for c in syntax.children[verb]):
        yield from _to_blame(syntax, verb)
    elif not syntax.is_passive(verb):
        yield from _blamed(syntax, events, verb)
    elif _agent(syntax, verb) is None:
        yield from _was_blamed(syntax, events, verb)


def _is_done(syntax: Syntax, events: Events, verb: int, lemma: str) -> bool:
    following = syntax.tokens[verb + 1].text.lower() if verb + 1 < len(syntax.tokens) else ""
    if f"{lemma} {following}" not in words("matters", "cause", "done") and lemma not in words(
        "matters", "cause", "done"
    ):
        return False
    if lemma in {"bomb", "ram", "torpedo", "sabotage", "hijack"} and not syntax.is_passive(verb):
        return False
    head = syntax.subject(verb) if syntax.is_passive(verb) else syntax.child(verb, "dobj")
    if head is None or (events.family == "attack" and craft_of(syntax, head) == "drone"):
        return False  # a drone shot down in an attack is a weapon that failed
    return bool(craft_of(syntax, head)) or syntax.tokens[head].lemma.lower() == "it" or lemma == "sabotage"


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
    lemma = syntax.tokens[index].lemma.lower()
    return lemma in words("matters", "cause", "not_objects") | {"it", "which", "that"} or lemma in lexicon().nouns


def _because(syntax: Syntax, head: int) -> Claim:
    what, first, last = named(syntax, head)
    return claim(syntax, Role.CAUSE, what, first, min(last, first + _LONGEST))


def _was_blamed(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    """As in "heavy rain was blamed for the flood"."""
    subject, of = syntax.subject(verb), _governed(syntax, (verb,), {"for"})
    if subject is not None and not _is_somebody(syntax, subject) and _about_event(syntax, events, of):
        yield _because(syntax, subject)


def _to_blame(syntax: Syntax, verb: int) -> Iterator[Claim]:
    """As in "a broken brake is thought to be to blame", "which they believe was to blame"."""
    subject = syntax.subject(verb)
    if subject is None or syntax.tokens[subject].pos == "PRON":
        above = next(
            (i for i in syntax.ancestors(verb) if syntax.tokens[i].lemma.lower() in {"believe", "think"}), None
        )
        subject = syntax.child(above, "dobj") if above is not None else None
    if subject is not None and syntax.tokens[subject].pos in {"NOUN", "PROPN"} and not _is_somebody(syntax, subject):
        yield _because(syntax, subject)


def _blamed(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    """As in "blamed brake failure for the derailment", "blamed the crash on fog"."""
    thing = syntax.child(verb, "dobj")
    if thing is None:
        return
    if _about_event(syntax, events, thing):
        cause = _governed(syntax, (verb, thing), {"on"})
        if cause is not None:
            yield _because(syntax, cause)
        return
    lemma = syntax.tokens[verb].lemma.lower()
    for_it = any(syntax.tokens[c].dep == "prep" and syntax.tokens[c].lemma == "for" for c in syntax.children[verb])
    bare = lemma == "blame" and syntax.tokens[thing].pos == "NOUN" and not _is_somebody(syntax, thing)
    if for_it or bare or lemma == "suspect":
        yield _because(syntax, thing)


def _is_somebody(syntax: Syntax, index: int) -> bool:
    """Whether a noun is of people or a body: whom one blames, which is no cause yet."""
    return speaks(syntax, index) or syntax.tokens[index].lemma.lower() in words("counts", "persons", "words") | words(
        "counts", "captured", "soldiers"
    ) | {"force", "rebel", "separatist", "side", "other"}


def _governed(syntax: Syntax, heads: Iterable[int], prepositions: set[str]) -> int | None:
    """What stands behind one of the prepositions of a verb or of its object."""
    for head in heads:
        for child in syntax.children[head]:
            if child > head and syntax.tokens[child].dep == "prep" and syntax.tokens[child].lemma in prepositions:
                found = syntax.child(child, "pobj", "pcomp")
                if found is not None:
                    return found
    return None


def _ascribed(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    """As in "attributed the explosion to a spark", "put the crash down to fog"."""
    thing = syntax.child(verb, "dobj")
    if thing is None or syntax.tokens[thing].lemma.lower() not in words("matters", "cause", "not_objects"):
        return
    down = syntax.child(verb, "prt")
    if syntax.tokens[verb].lemma.lower() == "put" and (down is None or syntax.tokens[down].text.lower() != "down"):
        return
    found = _governed(syntax, (verb, thing, *([down] if down is not None else [])), {"to", "on"})
    if found is not None:
        yield _because(syntax, found)


def _not_excluded(syntax: Syntax, verb: int) -> Iterator[Claim]:
    """As in "sabotage could not be ruled out"."""
    subject = syntax.child(verb, "nsubjpass")
    if subject is not None and syntax.is_negated(verb) and _is_deed(syntax, subject):
        yield _because(syntax, subject)


def _is_deed(syntax: Syntax, index: int) -> bool:
    what = named(syntax, index)[0].lower()
    return any(what.endswith(deed) for deed in words("matters", "cause", "deeds"))


def suspected(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    """As in "the inquiry points to a fracture", "this looks like sabotage", "a landslide ruptured the pipeline"."""
    lemma = syntax.tokens[verb].lemma.lower()
    subject = syntax.child(verb, "nsubj")
    by = _agent(syntax, verb)
    if by is not None and lemma in words("matters", "cause", "hitting"):
        force = syntax.tokens[by].lemma.lower()
        own = lexicon().families.get(lexicon().nouns.get(force, "")) == events.family
        craft = craft_of(syntax, by) and events.family in {"collapse", "fire", "spill", "flood", "explosion"}
        if craft or (force in words("matters", "cause", "forces") and not own):
            yield _because(syntax, by)
    elif lemma in words("matters", "cause", "breaking") and subject is not None:
        force = syntax.tokens[subject].lemma.lower()
        family = lexicon().families.get(lexicon().nouns.get(force, ""), "")
        brought = {lexicon().families[each.kind] for each in lexicon().verbs.get(lemma, ())} or {events.family}
        if (
            force in words("matters", "cause", "forces")
            and syntax.child(verb, "dobj") is not None
            and (not family or family not in brought)
        ):
            yield _because(syntax, subject)
    elif lemma in words("matters", "cause", "calling") and syntax.child(verb, "prt") is None:
        yield from _called(syntax, verb)
    elif lemma == "come" and subject is not None and _about_event(syntax, events, subject):
        found = _governed(syntax, (verb,), {"from"})
        if found is not None and syntax.tokens[found].pos == "NOUN":
            yield _because(syntax, found)
    elif lemma == "look":
        found = _governed(syntax, (verb,), {"like"})
        if found is not None and _is_deed(syntax, found):
            yield _because(syntax, found)


def _called(syntax: Syntax, verb: int) -> Iterator[Claim]:
    """As in "called it deliberate sabotage", "treating the blaze as arson"."""
    behind = [c for c in syntax.children[verb] if c > verb]
    named_as = [_governed(syntax, (verb,), {"as"}), *(c for c in behind if syntax.tokens[c].dep in {"oprd", "dobj"})]
    named_as += [syntax.child(c, "attr", "oprd") for c in behind if syntax.tokens[c].dep == "ccomp"]
    named_as += [c for c in behind if syntax.tokens[c].dep == "ccomp" and syntax.tokens[c].pos == "NOUN"]
    found = next((each for each in named_as if each is not None and _is_deed(syntax, each)), None)
    if found is not None:
        yield _because(syntax, found)


def pointed(syntax: Syntax, index: int) -> Iterator[Claim]:
    """As in "Preliminary inquiry points to a rail fracture", however "points" was tagged."""
    if syntax.tokens[index].lemma.lower() not in words("matters", "cause", "pointing_at"):
        return
    first = syntax.sentence(index).first
    before = {syntax.tokens[i].lemma.lower() for i in range(max(first, index - 5), index)}
    found = _governed(syntax, (index,), {"to", "towards", "toward"})
    if found is not None and before & words("matters", "cause", "pointers") and not _is_somebody(syntax, found):
        yield _because(syntax, found)


def _was_cause(syntax: Syntax, events: Events, verb: int) -> Iterator[Claim]:
    """As in "The cause was a gas leak", "A gas leak was the likely cause"."""
    subject, attribute = syntax.child(verb, "nsubj"), syntax.child(verb, "attr")
    what = syntax.child(verb, "ccomp")
    if subject is not None and what is not None and syntax.tokens[subject].pos == "NOUN":
        doing = syntax.child(what, "nsubj")
        listed = syntax.tokens[what].lemma.lower() in words("matters", "cause", "done_by")
        if listed and doing is not None and syntax.tokens[doing].text.lower() == "what":
            yield _because(syntax, subject)
        return
    if subject is None or attribute is None:
        return
    if syntax.tokens[subject].text.lower() in {"this", "it", "that"} and _is_deed(syntax, attribute):
        yield _because(syntax, attribute)
        return
    nouns = words("matters", "cause", "cause_nouns")
    said = syntax.tokens[attribute].lemma.lower()
    if syntax.tokens[subject].lemma.lower() in nouns and syntax.tokens[attribute].pos in {"NOUN", "PROPN"}:
        yield _because(syntax, attribute)
        return
    named_one = said in nouns and syntax.tokens[subject].pos in {"NOUN", "PROPN"}
    if named_one or (said in words("matters", "cause", "possible") and _is_deed(syntax, subject)):
        yield _because(syntax, subject)


def cause_phrase(syntax: Syntax, events: Events, index: int) -> Iterator[Claim]:
    """As in "due to heavy fog", "because of", "as a result of"."""
    text = syntax.article.text[syntax.tokens[index].start :][:24].lower()
    found = next(
        (each for each in table("matters")["cause"]["phrases"] if re.match(re.escape(each) + r"\b", text)), None
    )
    if found is None or is_open(syntax, index):
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


_RULES: tuple[tuple[str, bool | None, Callable[[Syntax, Events, int], Iterator[Claim]]], ...] = (
    ("to_blame", None, _blame),
    ("passive", True, _caused_by),
    ("active", False, _causes),
    ("blaming", False, _blamed),
    ("ascribing", None, _ascribed),
    ("being", None, _was_cause),
)
"""Rules by the list that a verb's lemma is in and by its voice (None for either)."""
