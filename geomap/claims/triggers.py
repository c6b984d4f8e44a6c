"""The verbs and nouns that tell of an event: what kind it is, and what it happened to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import table


@dataclass(frozen=True, slots=True)
class Trigger:
    """One word that tells of an event; ``index`` is its token.

    ``crafts`` are the classes of the craft it happened to ("air", "rail"), ``noun`` whether it names the event rather
    than tells it, ``plural`` whether it names several.
    """

    index: int
    kind: str
    family: str
    noun: bool
    plural: bool
    crafts: frozenset[str]
    sentence: int


@dataclass(frozen=True, slots=True)
class _Verb:
    kind: str
    particle: str = ""
    craft: bool = False
    subjects: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Lexicon:
    verbs: Mapping[str, list[_Verb]]
    nouns: Mapping[str, str]
    families: Mapping[str, str]
    related: Mapping[str, frozenset[str]] = field(default_factory=dict)


@cache
def lexicon() -> _Lexicon:
    """The events table, turned round for lookup by word."""
    verbs: dict[str, list[_Verb]] = defaultdict(list)
    nouns: dict[str, str] = {}
    kinds = table("events")["kind"]
    for kind in kinds:
        name = kind["name"]
        for phrase in kind.get("verbs", []):
            verb, _, particle = phrase.partition(" ")
            verbs[verb].append(
                _Verb(name, particle, craft=kind.get("craft_objects", False) and verb in {"down", "bring"})
            )
        for phrase in kind.get("craft_verbs", []):
            verb, _, particle = phrase.partition(" ")
            verbs[verb].append(_Verb(name, particle, craft=True))
        told = kind.get("subject_verbs", {})
        for phrase in told.get("verbs", []):
            verb, _, particle = phrase.partition(" ")
            verbs[verb].append(_Verb(name, particle, subjects=frozenset(told["subjects"])))
        sent = kind.get("object_verbs", {})
        for verb in sent.get("verbs", []):
            verbs[verb].append(_Verb(name, objects=frozenset(sent["objects"])))
        for noun in kind.get("nouns", []):
            nouns.setdefault(noun, name)
    families = {kind["name"]: kind["family"] for kind in kinds}
    related: dict[str, set[str]] = defaultdict(set)
    for kind in kinds:
        for lead in kind["leads"]:
            related[kind["family"]].add(families[lead])
            related[families[lead]].add(kind["family"])
    # the rarest first: a verb with its particle, or with a subject it needs, before the bare verb
    ordered = {
        verb: sorted(each, key=lambda v: (not v.particle, not v.subjects, not v.objects, not v.craft))
        for verb, each in verbs.items()
    }
    return _Lexicon(ordered, nouns, families, {family: frozenset(others) for family, others in related.items()})


def craft_of(syntax: Syntax, index: int) -> str:
    """The class of craft that a noun is ("air", "rail", ...), by its word or by an aircraft's make, else ""."""
    token = syntax.tokens[index]
    known: str = table("events")["craft"].get(token.lemma.lower()) or table("events")["craft"].get(
        token.text.lower(), ""
    )
    if not known and index and syntax.tokens[index - 1].head == index:
        known = table("events")["craft"].get(f"{syntax.tokens[index - 1].text.lower()} {token.lemma.lower()}", "")
    if known or token.pos not in {"PROPN", "NOUN", "NUM", "ADJ"}:
        return known
    if token.pos == "PROPN" and any(syntax.tokens[c].text == "flagged" for c in syntax.children[index]):
        return "sea"
    near = (
        index,
        *(c for c in syntax.children[index] if syntax.tokens[c].dep in {"compound", "nmod", "nummod", "appos"}),
    )
    for each in near:
        text = syntax.tokens[each].text.lower()
        if syntax.tokens[each].text[:1].isupper():
            for craft, makes in table("events")["models"].items():
                if any(
                    text.startswith(make) and (make[-1] != "-" or text[len(make) :][:1].isdigit()) for make in makes
                ):
                    return str(craft)
        if syntax.tokens[each].dep == "appos" and text in table("events")["craft"]:
            return str(table("events")["craft"][text])
    return ""


def find(syntax: Syntax) -> Iterator[Trigger]:
    """Every trigger in the report, in order."""
    for index, token in enumerate(syntax.tokens):
        if token.pos in {"VERB", "AUX"} or token.tag.startswith("VB") or token.text in table("events")["forms"]:
            kind = _verb_kind(syntax, index)
            noun = False
        elif token.pos in {"NOUN", "PROPN"}:
            kind = _noun_kind(syntax, index)
            noun = True
        else:
            continue
        if kind == "any" and not noun:
            kind = _happening(syntax, index)
        if kind:
            crafts = frozenset(_crafts(syntax, index, noun))
            plural = noun and token.tag in {"NNS", "NNPS"}
            yield Trigger(index, kind, lexicon().families[kind], noun, plural, crafts, syntax.sentence_of[index])


def _happening(syntax: Syntax, index: int) -> str:
    """What "took place" or "occurred": the kind of event that is its subject, "any" for a pronoun, "" for no event."""
    subject = syntax.subject(index)
    exchange = table("events")["exchange"]["nouns"]
    if subject is None or syntax.tokens[subject].pos == "VERB":
        near = [i for i in range(max(0, index - 6), index) if syntax.tokens[i].lemma.lower() in lexicon().nouns]
        if any(syntax.tokens[i].lemma.lower() in exchange for i in range(max(0, index - 6), index)):
            return "exchange"
        return lexicon().nouns[syntax.tokens[near[-1]].lemma.lower()] if near else ""
    lemma = syntax.tokens[subject].lemma.lower()
    if lemma in exchange:
        return "" if syntax.tokens[index].lemma.lower() in {"begin", "start"} else "exchange"
    if lemma in lexicon().nouns or lemma in {"it", "this", "that", "which", "what", "death", "event", "rescue"}:
        return "any"
    return ""


def _noun_kind(syntax: Syntax, index: int) -> str:
    token = syntax.tokens[index]
    kind = lexicon().nouns.get(token.lemma.lower()) or lexicon().nouns.get(token.text.lower(), "")
    if not kind and token.pos == "PROPN" and token.text.endswith("s"):
        kind = lexicon().nouns.get(token.text[:-1].lower(), "")  # "Wildfires in", at the head of a sentence
    if not kind:
        return ""
    head = syntax.tokens[token.head]
    if token.dep in {"compound", "nmod", "amod"} and token.head > index:
        return ""  # "fire chief", "crash site": the head says what it is
    if token.pos == "PROPN" and head.pos == "PROPN" and token.dep != "pobj" and token.head != index:
        return ""
    return kind


def _verb_kind(syntax: Syntax, index: int) -> str:
    token = syntax.tokens[index]
    if token.dep in {"amod", "compound"} and token.tag != "VBN":
        return ""
    lemma: str = table("events")["forms"].get(token.text, token.lemma.lower())
    for verb in lexicon().verbs.get(lemma, ()):
        if verb.particle and not _has_particle(syntax, index, verb.particle.split()):
            continue
        if verb.subjects and not _acts(syntax, index, verb.subjects):
            continue
        if verb.objects and not _sends(syntax, index, verb.objects):
            continue
        if verb.craft and not _moves_craft(syntax, index):
            continue
        return verb.kind
    return _by_subject(syntax, index)


def _by_subject(syntax: Syntax, index: int) -> str:
    """A verb of which an event is the subject tells of that event ("the blast destroyed a house in")."""
    token = syntax.tokens[index]
    if token.pos != "VERB" or token.lemma.lower() in table("events")["idle"]["verbs"] or syntax.is_passive(index):
        return ""
    subject = syntax.child(index, "nsubj")
    if subject is None or syntax.tokens[subject].pos not in {"NOUN", "PROPN"} or syntax.is_negated(index):
        return ""
    kind = _noun_kind(syntax, subject)
    return (
        kind
        if kind not in {*table("events")["rest"]["minor"], "strike", "crash"}
        or token.lemma.lower() in {"kill", "injure", "wound"}
        else ""
    )


def _sends(syntax: Syntax, index: int, objects: frozenset[str]) -> bool:
    thing = syntax.child(index, "nsubjpass" if syntax.is_passive(index) else "dobj")
    if thing is None and syntax.tokens[index].dep == "acl":
        thing = syntax.tokens[index].head
    if thing is not None and syntax.tokens[thing].text.lower() in {"they", "it", "them"}:
        thing = _object_before(syntax, thing)
    return thing is not None and syntax.tokens[thing].lemma.lower() in objects


def _object_before(syntax: Syntax, pronoun: int) -> int | None:
    """What "they" stands for in "fired two missiles. They were launched from": the object of the sentence before."""
    number = syntax.sentence_of[pronoun]
    if not number:
        return None
    before = syntax.sentences[number - 1]
    things = [i for i in range(before.first, before.last) if syntax.tokens[i].dep in {"dobj", "nsubjpass"}]
    return things[-1] if things else None


def _has_particle(syntax: Syntax, index: int, words: list[str]) -> bool:
    following = [syntax.tokens[each].text.lower() for each in range(index + 1, min(index + 6, len(syntax.tokens)))]
    if words[0] in {"into", "through"} and any(
        syntax.tokens[c].dep == "prep" and syntax.tokens[c].text.lower() == words[0] for c in syntax.children[index]
    ):
        return True
    if words[0] in {"hostage", "captive"}:
        return words[0] in [each.text.lower() for each in syntax.tokens[index + 1 : index + 10]]
    if len(words) == 1:
        near = following[: 3 if words[0] in {"down", "out", "off", "up", "in", "over"} else 2]
        inside = any(
            syntax.tokens[c].dep == "prt" and syntax.tokens[c].text.lower() == words[0] for c in syntax.children[index]
        )
        return words[0] in near[:1] or inside or (words[0] in near and words[0] not in {"in", "over"})
    return any(following[at : at + len(words)] == words for at in range(2))


def _laden(syntax: Syntax, index: int, subject: int | None) -> list[int]:
    """The craft of "a ferry with 61 people aboard sank", "a coach carrying fans overturned", parsed as its people's."""
    above = syntax.tokens[index].head
    if syntax.tokens[index].dep == "pcomp" and syntax.tokens[above].text.lower() == "with":
        return [syntax.tokens[above].head]
    if subject is not None and syntax.tokens[subject].dep == "dobj":
        carrying = syntax.tokens[subject].head
        if syntax.tokens[carrying].dep == "acl" and syntax.tokens[carrying].tag == "VBG":
            return [syntax.tokens[carrying].head]
    return []


def _participants(syntax: Syntax, index: int) -> Iterator[int]:
    """What a verb happens to or is done by: subject, object, and the nouns joined to or described by them."""
    subject = syntax.subject(index)
    heads = [subject] if subject is not None else []
    labels = {"dobj", "nsubj", "nsubjpass"} if syntax.tokens[index].pos == "VERB" else {"compound"}
    heads += [c for c in syntax.children[index] if syntax.tokens[c].dep in labels]
    heads += _laden(syntax, index, subject)
    for head in heads:
        yield head
        for child in syntax.children[head]:
            if syntax.tokens[child].dep in {"conj", "compound", "appos", "nmod"}:
                yield child
            elif syntax.tokens[child].lemma == "of":
                yield from (each for each in syntax.children[child] if syntax.tokens[each].dep == "pobj")


def _acts(syntax: Syntax, index: int, subjects: frozenset[str]) -> bool:
    passive = syntax.is_passive(index)
    heads = list(_participants(syntax, index))
    thing = syntax.child(index, "dobj")
    if thing is not None and syntax.subject(index) is not None:
        done_to = set(syntax.subtree(thing))
        heads = [each for each in heads if each not in done_to]
    if passive:
        agent = syntax.child(index, "agent")
        found = syntax.child(agent, "pobj") if agent is not None else None
        heads = [found] if found is not None else []
    return any(
        syntax.tokens[each].lemma.lower() in subjects or syntax.tokens[each].text.lower() in subjects for each in heads
    )


def _moves_craft(syntax: Syntax, index: int) -> bool:
    heads = list(_participants(syntax, index))
    if any(craft_of(syntax, each) for each in heads):
        return True
    subject = syntax.subject(index)
    return subject is not None and syntax.tokens[subject].lemma.lower() in {"it", "which", "that"}


def _crafts(syntax: Syntax, index: int, noun: bool) -> Iterator[str]:
    if noun:
        near = [c for c in syntax.children[index] if syntax.tokens[c].dep in {"compound", "poss", "nmod", "amod"}]
        for child in syntax.children[index]:
            if syntax.tokens[child].dep == "prep" and syntax.tokens[child].lemma in {
                "of",
                "between",
                "involve",
                "involving",
                "on",
            }:
                near += [c for c in syntax.children[child] if syntax.tokens[c].dep == "pobj"]
    else:
        near = list(_participants(syntax, index))
    found = [craft for craft in (craft_of(syntax, each) for each in near) if craft]
    if not found and not noun:
        subject = syntax.subject(index)
        if subject is not None and syntax.tokens[subject].lemma.lower() in {"it", "which", "that"}:
            found = _craft_before(syntax, subject)
    if not found and syntax.tokens[index].lemma.lower() in {"crash", "crash-land"} and _in_the_air(syntax, index):
        found = ["aerial"]
    yield from found


def _in_the_air(syntax: Syntax, index: int) -> bool:
    """Whether the sentence speaks of flying, where a craft is called by a name that nobody listed."""
    sentence = syntax.sentence(index)
    listed = table("events")["aviation"]["words"]
    return any(syntax.tokens[each].text.lower() in listed for each in range(sentence.first, sentence.last))


def _craft_before(syntax: Syntax, index: int) -> list[str]:
    """The craft that "it" stands for: the last one named before it, in its sentence or the one before."""
    number = syntax.sentence_of[index]
    first = syntax.sentences[max(0, number - 1)].first
    for each in range(index - 1, first - 1, -1):
        if syntax.tokens[each].pos in {"NOUN", "PROPN"} and syntax.tokens[each].dep in {
            "nsubj",
            "nsubjpass",
            "dobj",
            "pobj",
            "attr",
        }:
            craft = craft_of(syntax, each)
            if craft:
                return [craft]
    return []
