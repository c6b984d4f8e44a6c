"""The event that a place is the scene of, where the parse does not hang the place on it; and the role that gives it."""

from __future__ import annotations

from geomap.claims.events import Events
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import words
from geomap.claims.links import Link
from geomap.claims.positions import site_ties
from geomap.claims.triggers import Trigger
from geomap.model import Role, Span


def trigger_at(syntax: Syntax, events: Events, index: int) -> Trigger | None:
    return next((t for t in events.by_sentence.get(syntax.sentence_of[index], ()) if t.index == index), None)


def is_compared(syntax: Syntax, trigger: Trigger) -> bool:
    """Whether an event is only ranked: "the worst accident in X since" says nothing of where it was."""
    ranked = trigger.noun and syntax.tokens[trigger.index].dep == "attr"
    return ranked and any(syntax.tokens[c].tag == "JJS" for c in syntax.children[trigger.index])


def is_told(syntax: Syntax, trigger: Trigger) -> bool:
    """Whether the event is told as having happened: neither denied nor merely possible or to come."""
    if trigger.noun:
        return True
    auxiliaries = {
        syntax.tokens[c].lemma.lower() for c in syntax.children[trigger.index] if syntax.tokens[c].dep == "aux"
    }
    to_come = {"can", "should"} if trigger.kind == "exchange" else {"will", "would", "can", "should"}
    return not syntax.is_negated(trigger.index) and not auxiliaries & to_come


def event_role(events: Events, trigger: Trigger) -> Role:
    """A craft that came down has a crash site; everything else an incident site."""
    if trigger.kind == "exchange":
        return Role.EXCHANGE_POINT
    falling = words("events", "falling", "classes")
    if trigger.kind in {"excursion", "landing"} or (events.family == "attack" and trigger.crafts <= {"drone"}):
        return Role.INCIDENT_SITE
    if trigger.family == "crash" and trigger.crafts:
        return Role.CRASH_SITE if trigger.crafts & falling else Role.INCIDENT_SITE
    return Role.CRASH_SITE if events.falls else Role.INCIDENT_SITE


def passing(syntax: Syntax, events: Events, link: Link) -> Trigger | None:
    """The event of "the train left the rails as it entered X", for the place that was being entered."""
    token = syntax.tokens[link.word]
    opened = {syntax.tokens[c].text.lower() for c in syntax.children[link.word]} & {"as", "while", "when"}
    if token.dep != "advcl" or not opened or not (is_passed(syntax, link) or link.tie in site_ties()):
        return None
    told = trigger_at(syntax, events, token.head)
    return told if told and events.belongs(syntax, told.index) and is_told(syntax, told) else None


def is_passed(syntax: Syntax, link: Link) -> bool:
    """Whether a place is what something goes through: "was entering X", "were patrolling the X area"."""
    return link.role == "object" and syntax.tokens[link.word].lemma.lower() in words("events", "sites", "passing")


def when_told(syntax: Syntax, events: Events, verb: int) -> Trigger | None:
    """The event of "the ship was 30 miles off X when the fire broke out"."""
    token = syntax.tokens[verb]
    if token.tag != "VBG" and token.lemma.lower() not in {"be", "lie", "sail", "fly", "travel"}:
        return None
    for told in events.by_sentence.get(syntax.sentence_of[verb], ()):
        heads = {told.index, syntax.clause_of[told.index]}  # "when they came under attack"
        opened = any(syntax.tokens[c].text.lower() == "when" for head in heads for c in syntax.children[head])
        if opened and told.index > verb and events.belongs(syntax, told.index):
            return told
    return None


def where_told(syntax: Syntax, events: Events, name: Span) -> Trigger | None:
    """The event of "in the centre of X, where a train derailed"."""
    following = syntax.at(name.end)
    sentence = syntax.sentence(following) if following < len(syntax.tokens) else None
    if sentence is None or following + 1 >= sentence.last:
        return None
    opening = following + (syntax.tokens[following].text == ",")
    if syntax.tokens[opening].text.lower() != "where":
        return None
    told = (t for t in events.by_sentence.get(syntax.sentence_of[following], ()) if t.index > opening and not t.noun)
    first = next(told, None)
    return first if first and events.belongs(syntax, first.index) and is_told(syntax, first) else None


def there(syntax: Syntax, events: Events, name: Span) -> Trigger | None:
    """The event of "three villages on X after a fire there": the last place named before it in its sentence."""
    last = syntax.at(name.end) - 1
    for told in events.by_sentence.get(syntax.sentence_of[last], ()):
        if told.index <= last or not any(
            syntax.tokens[c].text.lower() == "there" and syntax.tokens[c].dep == "advmod"
            for c in syntax.children[told.index]
        ):
            continue
        between = range(last + 1, told.index)
        named = any(syntax.tokens[i].entity in {"GPE", "LOC", "FAC"} for i in between)
        return None if named or not events.belongs(syntax, told.index) else told
    return None
