"""Journeys, launches and meetings: the words that make a place an end of a way, a launch area or a meeting point."""

from __future__ import annotations

from geomap.claims.counted import is_person
from geomap.claims.events import Events
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import table, words
from geomap.claims.links import Link
from geomap.claims.others import alike, first_crafts, is_fresh
from geomap.claims.positions import is_definite
from geomap.claims.triggers import craft_of
from geomap.model import Role


def launches(syntax: Syntax, events: Events, index: int) -> bool:
    """Whether a word is of launching: a verb or noun of firing, or of coming where a weapon is its subject."""
    lemma = syntax.tokens[index].lemma.lower()
    arms = words("events", "launch", "arms")
    if lemma in words("events", "launch", "coming") and syntax.tokens[index].pos == "VERB":
        return _is_weapon(syntax, syntax.subject(index))
    if lemma not in words("events", "launch", "verbs") and lemma not in words("events", "launch", "nouns"):
        return False
    sentence = syntax.sentence(index)
    near = {syntax.tokens[each].lemma.lower() for each in range(sentence.first, sentence.last)}
    return bool(near & arms) or lemma in {"shoot", "fire", "launch"}


def _is_weapon(syntax: Syntax, subject: int | None) -> bool:
    """Whether a subject is a weapon, or "they" that stands for one named just before."""
    if subject is None:
        return False
    arms = words("events", "launch", "arms")
    token = syntax.tokens[subject]
    if token.pos != "PRON":
        return token.lemma.lower() in arms
    first = syntax.sentences[max(0, syntax.sentence_of[subject] - 1)].first
    plural = token.text.lower() in {"they", "which", "that", "both", "all"}
    near = [i for i in range(first, subject) if syntax.tokens[i].dep in {"nsubj", "nsubjpass", "dobj"}]
    near = [i for i in near if syntax.tokens[i].pos == "NOUN"]
    same = [i for i in near if (syntax.tokens[i].tag == "NNS") == plural or token.text.lower() in {"which", "that"}]
    return bool(same) and syntax.tokens[same[-1]].lemma.lower() in arms


def movement_role(syntax: Syntax, events: Events, link: Link, lemma: str) -> str | None:
    """Origin or destination where the word is one of movement and what moves is the incident's, else None."""
    is_verb = syntax.tokens[link.word].pos in {"VERB", "AUX"}
    if not is_verb and link.direct and link.role == "prep" and _is_known(syntax, events, link.word):
        return _END_BY_TIE.get(link.tie)
    if link.tie in {"at", "in", "into", "to"} and _is_due(syntax, events, link.word):
        return Role.DESTINATION
    if not link.direct or not _goes_somewhere(syntax, events, link, lemma, is_verb=is_verb):
        return None
    return _end_of_way(link, lemma)


_END_BY_TIE = {"from": Role.ORIGIN, "to": Role.DESTINATION, "for": Role.DESTINATION}


def _goes_somewhere(syntax: Syntax, events: Events, link: Link, lemma: str, *, is_verb: bool) -> bool:
    """Whether the word reached is one of movement, and what moves is the incident's."""
    if is_verb:
        if lemma == "be" and _has_bound(syntax, link.word):
            return True
        return lemma in words("events", "movement", "verbs") and _moves(syntax, events, link.word)
    if syntax.tokens[link.word].tag == "NNS":
        return False  # "flights to and from X were cancelled"
    if lemma == "way":  # "divers were on their way from"
        return _moves(syntax, events, syntax.clause_of[link.word])
    return lemma in words("events", "movement", "nouns") | words("events", "movement", "bound")


def _end_of_way(link: Link, lemma: str) -> str | None:
    """Which end of the way a place is, by the preposition or by the verb whose object it is."""
    if link.tie == "between":
        return None if lemma == "cross" else Role.ROUTE
    movement = table("events")["movement"]
    if link.role == "object" and not link.tie:
        leaving, reaching = lemma in movement["leaving"], lemma in movement["reaching"]
        return Role.ORIGIN if leaving else Role.DESTINATION if reaching else None
    if link.role not in {"prep", "object"}:
        return None
    return Role.ORIGIN if link.tie in movement["from"] else Role.DESTINATION if link.tie in movement["to"] else None


def goes_to(syntax: Syntax, verb: int) -> bool:
    """Whether a verb has an end of its way already: "heading for the capital, between X and Y"."""
    ends = words("events", "movement", "to")
    return any(syntax.tokens[c].dep == "prep" and syntax.tokens[c].text.lower() in ends for c in syntax.children[verb])


def _has_bound(syntax: Syntax, index: int) -> bool:
    return any(
        syntax.tokens[each].text.lower() in words("events", "movement", "bound")
        for each in range(index + 1, min(index + 4, len(syntax.tokens)))
    )


def _is_known(syntax: Syntax, events: Events, index: int) -> bool:
    """Whether a noun is of the incident's craft: "a sleeper train from X to Y"."""
    craft = craft_of(syntax, index)
    another = words("events", "background", "another")
    near = {syntax.tokens[c].text.lower() for c in syntax.children[index]}
    by = syntax.tokens[syntax.tokens[index].head].text.lower() == "by" and syntax.tokens[index].dep == "pobj"
    return bool(craft) and craft in events.crafts and not near & another and not by


def _is_due(syntax: Syntax, events: Events, index: int) -> bool:
    """Whether a word is the "due" of "it was due in Durban", said of what travels."""
    token = syntax.tokens[index]
    if token.lemma.lower() == "be":
        due = next((c for c in syntax.children[index] if syntax.tokens[c].text.lower() == "due"), None)
        return due is not None and _moves(syntax, events, index)
    return token.text.lower() == "due" and token.head != index and _moves(syntax, events, token.head)


def _moves(syntax: Syntax, events: Events, verb: int) -> bool:
    """Whether what moves is a craft of the incident or those it carries."""
    subject = _person_before(syntax, verb) or syntax.subject(verb)
    heads = [subject] if subject is not None else []
    heads += [c for c in syntax.children[verb] if syntax.tokens[c].dep in {"dobj", "nsubjpass"}]
    known = events.crafts or first_crafts(syntax)
    travellers = words("events", "people", "travellers") | {"it", "they", "which"}
    for head in (_whole(syntax, each) for each in heads):
        plural = syntax.tokens[head].pos == "NOUN"
        near = (head, *(c for c in syntax.children[head] if syntax.tokens[c].dep in {"conj", "compound"}))
        near += _one_of(syntax, head)
        for each in near:
            craft = craft_of(syntax, each)
            if craft and (
                any(alike(craft, other) for other in known)
                or events.falls
                or (not known and not is_fresh(syntax, verb))
            ):
                return True
            if each == subject and _is_named_craft(syntax, events, each, verb):
                return True
            carried = syntax.tokens[each].lemma.lower() in travellers and (plural or each == head)
            if carried and (known or events.family in _CARRYING or syntax.is_passive(verb)):
                return True
            if each != subject and each == head and _is_load(syntax, events, each, verb):
                return True
            if each == subject and (_is_taken(syntax, events, each, verb) or _travels(syntax, events, each, verb)):
                return True
    return False


def _one_of(syntax: Syntax, index: int) -> tuple[int, ...]:
    """The boats of "one of the boats"."""
    of = syntax.child(index, "prep") if syntax.tokens[index].lemma.lower() == "one" else None
    inner = syntax.child(of, "pobj") if of is not None else None
    return () if inner is None else (inner,)


_CARRYING = frozenset({"", "exchange", "abduction", "crash"})
"""Families of events whose people travel, though no craft is named."""


def _is_load(syntax: Syntax, events: Events, index: int, verb: int) -> bool:
    """Whether an object is of people that something carries: "was ferrying mourners from X to Y"."""
    persons = syntax.tokens[index].lemma.lower() in words("counts", "persons", "words")
    carries = syntax.tokens[verb].lemma.lower() in {"carry", "ferry", "convey", "transport"}
    return persons and carries and events.family in _CARRYING


def _is_taken(syntax: Syntax, events: Events, index: int, verb: int) -> bool:
    """Whether those freed or exchanged are taken somewhere: "the men were taken by bus to"."""
    persons = is_person(syntax, index) or syntax.tokens[index].entity == "NORP"
    return persons and is_definite(syntax, index) and syntax.is_passive(verb) and events.family in {"", "exchange"}


def _travels(syntax: Syntax, events: Events, index: int, verb: int) -> bool:
    """Whether people whom the incident befell go somewhere by themselves: "the six had set out from"."""
    token = syntax.tokens[index]
    people = is_person(syntax, index) or token.pos == "NUM" or token.text.lower() == "they"
    travelling = syntax.tokens[verb].lemma.lower() in words("events", "movement", "travelling")
    known = not is_fresh(syntax, verb) or syntax.sentence_of[verb] < 2
    return people and travelling and known and not syntax.is_passive(verb) and events.family in _TRAVELLING


_TRAVELLING = _CARRYING | {"deaths", "slide", "attack"}
"""Families of events that befall people on their way."""


def _person_before(syntax: Syntax, verb: int) -> int | None:
    """The people that "who were being taken" speaks of, where the parse hangs it on a nearer noun."""
    if syntax.tokens[verb].dep != "relcl" or not any(
        syntax.tokens[c].text.lower() == "who" for c in syntax.children[verb]
    ):
        return None
    persons = words("events", "people", "travellers")
    first = syntax.sentence(verb).first
    found = next((i for i in range(verb - 1, first - 1, -1) if syntax.tokens[i].lemma.lower() in persons), None)
    named = syntax.tokens[syntax.tokens[verb].head].pos == "PROPN"
    return None if named else found


def _whole(syntax: Syntax, index: int) -> int:
    """The X of "X of Y" for its Y: "personnel" for the forces in "personnel of the armed forces"."""
    while syntax.tokens[index].dep == "pobj" and syntax.tokens[syntax.tokens[index].head].lemma == "of":
        index = syntax.tokens[syntax.tokens[index].head].head
    return index


def _is_named_craft(syntax: Syntax, events: Events, index: int, verb: int) -> bool:
    """Whether a proper name that sails, flies or the like is a craft's ("the KM Sinar was sailing").

    So is what came to grief, whatever it did before: "the Kim Nirvana sank shortly after leaving X".
    """
    token = syntax.tokens[index]
    if _names_craft(syntax, index) or (token.pos == "PROPN" and events.crafts and _is_lost(syntax, token.head)):
        return True
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
    passive = syntax.is_passive(verb) and syntax.tokens[verb].lemma.lower() != "bind"
    return travels and named and known and not passive


def _is_lost(syntax: Syntax, verb: int) -> bool:
    lost = syntax.tokens[verb].lemma.lower() in words("events", "movement", "lost")
    return lost and not syntax.is_passive(verb)


_SHIP = frozenset({"mv", "mt", "ms", "ss", "hms", "uss", "km", "kri", "fv", "rms", "m/v", "mts", "msc"})
"""What stands before a ship's name."""


def _names_craft(syntax: Syntax, index: int) -> bool:
    """Whether a name is a craft's by what stands before it anywhere in the report: "MV", "the tanker"."""
    token = syntax.tokens[index]
    if token.pos != "PROPN":
        return False
    for each, other in enumerate(syntax.tokens):
        if other.text != token.text or other.pos != "PROPN":
            continue
        first = each
        while first and syntax.tokens[first - 1].pos == "PROPN":
            first -= 1
        chain = {syntax.tokens[i].text.lower() for i in range(first, each)}
        if chain & _SHIP or (first and craft_of(syntax, first - 1) == "sea"):
            return True
    return False


def exchanges(syntax: Syntax, events: Events, index: int) -> bool:
    """Whether a word is of an exchange or a meeting that is due: "the swap was scheduled to take place at"."""
    nouns, verbs = words("events", "exchange", "nouns"), words("events", "exchange", "verbs")
    meetings = words("events", "exchange", "meetings")
    token = syntax.tokens[index]
    if not any(trigger.kind == "exchange" for trigger in events.triggers) or not (
        is_definite(syntax, index) or token.pos not in {"NOUN", "PROPN"}
    ):
        nouns -= meetings
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
