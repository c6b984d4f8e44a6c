"""Which of the events in a report is the one it is about, and which stretches tell of something else."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from geomap.claims.background import Judge
from geomap.claims.dates import Day
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import longest_first, table, words
from geomap.claims.others import Others, dating, first_crafts, is_fresh, of_years
from geomap.claims.saying import is_conversion, is_saying, is_speech, is_to_come
from geomap.claims.triggers import Trigger, find, lexicon

LEAD = 1
"""Sentences with an event of its kind in them that are the report's lead: they say what it is about."""

LONG = dt.timedelta(days=10)
"""How long before its day the report's own event may have begun ("the fire started on Saturday")."""

SLACK = dt.timedelta(days=2)
"""How long before publication an event may lie that the report gives no day."""

FIRST = 1.8
"""How much more an event counts in the report's first sentence."""

_SOON = 4
"""Sentences within which the event told again gives its day rather than another verb of the opening does."""

FADE = 0.12
"""How much less an event counts for each sentence that it stands further down."""


@dataclass(frozen=True, slots=True)
class Events:
    """The events of a report, and what in it belongs to the one it is about.

    ``family`` is the kind of that event, ``crafts`` the classes of craft in it, ``date`` its day where known.
    """

    triggers: tuple[Trigger, ...]
    family: str
    crafts: frozenset[str]
    date: dt.date | None
    by_sentence: Mapping[int, Sequence[Trigger]]
    props: frozenset[str]
    """Nouns of what it happened to, other than people and craft ("bridge", "hotel")."""
    dated: bool
    """Whether the report itself names that day, rather than only its own date of publication."""
    apart: frozenset[int]
    """Clauses (by their verb's token) that tell of another event."""
    aside: frozenset[int]
    """Tokens of an event that only dates another ("days after a bombing in X")."""

    falls: bool
    """Whether the incident is a craft coming down from the sky."""

    def belongs(self, syntax: Syntax, index: int) -> bool:
        """Whether token ``index`` stands in a clause that may speak of the incident."""
        return syntax.clause_of[index] not in self.apart and index not in self.aside


def read(syntax: Syntax, days: Sequence[Day]) -> Events:
    """Find the report's events and set apart those that are not its own."""
    triggers = tuple(find(syntax))
    by_sentence: dict[int, list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        by_sentence[trigger.sentence].append(trigger)
    marked = _marked(syntax)
    family = _family(syntax, triggers, marked)
    lead = _lead(triggers, family, syntax, marked)
    crafts = frozenset(craft for trigger in lead for craft in trigger.crafts)
    own = [
        t
        for t in triggers
        if not t.noun
        and syntax.clause_of[t.index] not in marked
        and (t.family == family or _is_the_event(syntax, t) or _goes_with(syntax, t, family))
    ]
    by_index = {trigger.index: trigger for trigger in triggers}
    dates_another = frozenset(dating(syntax, by_index))
    its_own = [day for day in days if syntax.at(day.span.start) not in dates_another]
    day = _named_day(syntax, lead, own, its_own)
    date, weekday = (day.date, day.weekday) if day else (syntax.article.published, None)
    named = day is not None and date is not None
    before = date - SLACK if date and not named else date
    props = _props(syntax, lead)
    others = Others(syntax, family, crafts or first_crafts(syntax), props, lead, days, date, named)
    judge = Judge(
        syntax,
        family,
        crafts or first_crafts(syntax),
        lead,
        marked | {syntax.clause_of[each] for each in of_years(syntax, by_index, date)},
        _dated(syntax, days, before, weekday),
        _dated(syntax, days, date - LONG if date else None, None),
        _current(syntax, days, date, weekday),
        others.sentences(by_sentence),
    )
    return Events(
        triggers=triggers,
        family=family,
        crafts=crafts,
        date=date,
        by_sentence=dict(by_sentence),
        props=props,
        dated=named,
        apart=judge.apart(by_sentence),
        falls=_falls(crafts, lead),
        aside=_aside(syntax, [t for t in triggers if t not in lead or len(lead) > 1]) | dates_another,
    )


def _family(syntax: Syntax, triggers: Iterable[Trigger], marked: frozenset[int]) -> str:
    """The family of events that the report tells most of, early mentions counting most."""
    minor = {lexicon().families[kind] for kind in table("events")["rest"]["minor"]}
    weight: dict[str, float] = defaultdict(float)
    for trigger in triggers:
        if trigger.family in minor:
            continue
        share = 0.3 if syntax.clause_of[trigger.index] in marked or (trigger.plural and not trigger.crafts) else 1.0
        told = 1.3 if not trigger.noun else 1.0
        told *= FIRST if trigger.sentence == 0 else 1.0
        weight[trigger.family] += share * told / (1 + FADE * trigger.sentence) ** 2
    if weight:
        return max(weight, key=lambda family: weight[family])
    if any(_is_exchanged(syntax, trigger) for trigger in triggers):
        return "exchange"
    dying = (t for t in triggers if t.family == "deaths" and t.sentence < LEAD + 1)
    return "deaths" if any(syntax.clause_of[t.index] not in marked for t in dying) else ""


def _is_exchanged(syntax: Syntax, trigger: Trigger) -> bool:
    """Whether an exchange is told as done: "the two sides exchanged 40 prisoners"."""
    token = syntax.tokens[trigger.index]
    done = trigger.family == "exchange" and token.tag in {"VBD", "VBN"} and not is_to_come(syntax, trigger.index)
    return done and token.lemma.lower() in {"exchange", "swap"} and trigger.sentence == 0


def _lead(triggers: Sequence[Trigger], family: str, syntax: Syntax, marked: frozenset[int]) -> list[Trigger]:
    own = [t for t in triggers if t.family == family and syntax.clause_of[t.index] not in marked]
    sentences = sorted({t.sentence for t in own})[:LEAD]
    lead = [t for t in own if t.sentence in sentences]
    if sentences and _is_heading(syntax, sentences[0]):
        kin = lexicon().related.get(family, frozenset()) | {family}
        lead += [t for t in triggers if t.sentence == 1 and t.family in kin and syntax.clause_of[t.index] not in marked]
    return lead


def _is_heading(syntax: Syntax, number: int) -> bool:
    """Whether a sentence is a heading above the report proper: it opens it and has no stop."""
    return number == 0 and syntax.article.quote(syntax.sentences[0].span)[-1:].isalnum()


def _named_day(syntax: Syntax, lead: Sequence[Trigger], own: Sequence[Trigger], days: Sequence[Day]) -> Day | None:
    """The day that the report gives its event: in the lead's clause, in its sentence, else where told again."""
    ordered = [
        (syntax.at(day.span.start), day)
        for day in sorted(days, key=lambda day: day.span)
        if day.date or day.weekday is not None
    ]
    ordered = [(index, day) for index, day in ordered if index < len(syntax.tokens)]
    told = {syntax.clause_of[trigger.index] for trigger in lead}
    sentences = {trigger.sentence for trigger in lead}
    again = {
        syntax.clause_of[trigger.index]
        for trigger in own
        if trigger.sentence <= LEAD + 1 or not is_fresh(syntax, trigger.index)
    }
    tests: tuple[Callable[[int], bool], ...] = (
        lambda index: syntax.sentence_of[index] < LEAD + 1 and _owns_event(syntax, index),
        lambda index: syntax.clause_of[index] in told and not _is_later(syntax, index),
        lambda index: (
            syntax.clause_of[index] in again and syntax.sentence_of[index] <= _SOON and not _is_later(syntax, index)
        ),
        lambda index: syntax.sentence_of[index] in sentences and not _is_later(syntax, index),
        lambda index: syntax.clause_of[index] in again,
    )
    for test in tests:
        for index, day in ordered:
            if test(index):
                return day
    return None


def _is_later(syntax: Syntax, index: int) -> bool:
    """Whether a day is that of what was said, or done, after the event ("the toll rose on Monday")."""
    clause = syntax.clause_of[index]
    state = syntax.child(clause, "acomp", "attr")
    after = words("events", "background", "aftermath")
    near = {syntax.tokens[each].lemma.lower() for each in (clause, state) if each is not None}
    return is_saying(syntax, index) or bool(near & after)


def _owns_event(syntax: Syntax, index: int) -> bool:
    """Whether a day stands as in "Tuesday's disaster"."""
    token = syntax.tokens[index]
    return token.dep == "poss" and syntax.tokens[token.head].lemma.lower() in lexicon().nouns


def _goes_with(syntax: Syntax, trigger: Trigger, family: str) -> bool:
    """Whether a verb tells of what the report's own event brings or comes with, of something named before."""
    related = lexicon().related.get(family, frozenset()) - {"deaths"}
    near = trigger.sentence <= LEAD + 1
    return near and trigger.family in related and not is_fresh(syntax, trigger.index)


def _is_the_event(syntax: Syntax, trigger: Trigger) -> bool:
    """Whether a verb such as "happened" has "the accident" as its subject."""
    subject = syntax.subject(trigger.index)
    return (
        trigger.family == "any"
        and subject is not None
        and any(syntax.tokens[child].text.lower() == "the" for child in syntax.children[subject])
    )


def _props(syntax: Syntax, lead: Sequence[Trigger]) -> frozenset[str]:
    """What the lead's event happened to or at: "a bridge collapsed", "a fire at a hotel"."""
    found = set()
    for trigger in lead:
        near = [syntax.subject(trigger.index), syntax.child(trigger.index, "dobj")]
        for child in syntax.children[trigger.index]:
            if syntax.tokens[child].dep == "prep" and syntax.tokens[child].lemma in {"at", "in", "of", "through"}:
                near.append(syntax.child(child, "pobj"))
        nouns = {
            syntax.tokens[each].lemma.lower() for each in near if each is not None and syntax.tokens[each].pos == "NOUN"
        }
        found |= (
            nouns
            - words("counts", "persons", "words")
            - set(table("events")["craft"])
            - set(lexicon().nouns)
            - words("events", "places", "parts")
        )
    return frozenset(found)


def _falls(crafts: frozenset[str], lead: Sequence[Trigger]) -> bool:
    return bool(crafts & words("events", "falling", "classes")) and any(t.kind in {"crash", "downing"} for t in lead)


def _dated(syntax: Syntax, days: Sequence[Day], date: dt.date | None, weekday: int | None) -> frozenset[int]:
    """Clauses that name a day, month or year before the incident's."""
    found = set()
    for day in days:
        index = syntax.at(day.span.start)
        if index >= len(syntax.tokens) or is_conversion(syntax, index):
            continue
        clause = syntax.clause_of[index]
        earlier = day.before(date) if date else None
        if date is None and weekday is not None and day.weekday is not None:
            earlier = day.weekday != weekday
        if earlier and not is_saying(syntax, index) and not (day.weekday is not None and is_to_come(syntax, clause)):
            found.add(clause)
            found.update(
                syntax.clause_of[each] for inside in syntax.within(day.span) for each in syntax.children[inside]
            )
    return frozenset(found)


def _current(syntax: Syntax, days: Sequence[Day], date: dt.date | None, weekday: int | None) -> frozenset[int]:
    """Clauses that name the incident's own day."""
    found = set()
    for day in days:
        index = syntax.at(day.span.start)
        if index >= len(syntax.tokens) or is_saying(syntax, index):
            continue
        if (date and day.date == date) or (date is None and weekday is not None and day.weekday == weekday):
            found.add(syntax.clause_of[index])
    return frozenset(found)


@cache
def _since() -> re.Pattern[str]:
    spans = "|".join(map(re.escape, longest_first(table("events")["background"]["since"])))
    return re.compile(
        rf"\b(?:{spans}) (?:after|before|since|following) (?:an?|another|two|three|four|several)\b", re.IGNORECASE
    )


def _aside(syntax: Syntax, triggers: Sequence[Trigger]) -> frozenset[int]:
    """Everything that hangs on an event which only dates another one."""
    by_index = {trigger.index: trigger for trigger in triggers}
    found: set[int] = set()
    for match in _since().finditer(syntax.article.text, syntax.article.body):
        first = syntax.at(match.end() - 1)
        if first >= len(syntax.tokens):
            break
        last = min(first + 10, syntax.sentence(first).last)
        trigger = next((by_index[each] for each in range(first, last) if each in by_index), None)
        if trigger is not None:
            found.update(each for each in syntax.subtree(trigger.index) if each > first)
    return frozenset(found)


@cache
def _phrases() -> re.Pattern[str]:
    listed = longest_first(table("events")["background"]["phrases"])
    return re.compile(r"\b(?:" + "|".join(map(re.escape, listed)) + r")\b", re.IGNORECASE)


def _marked(syntax: Syntax) -> frozenset[int]:
    """Clauses with words that set them apart ("last year", "a string of", "previously")."""
    found = set()
    for match in _phrases().finditer(syntax.article.text, syntax.article.body):
        index = syntax.at(match.start())
        if index < len(syntax.tokens) and not is_speech(syntax, syntax.clause_of[index]):
            found.add(syntax.clause_of[index])
    found.update(_supposed(syntax))
    return frozenset(found)


_SUPPOSING = re.compile(r"\W*(?:Should|Were) (?:an?|the|another|such|any) ")


def _supposed(syntax: Syntax) -> Iterator[int]:
    """The clauses of a sentence that only supposes an event: "Should a dam burst there, 400 homes would be lost"."""
    for sentence in syntax.sentences:
        if _SUPPOSING.match(syntax.article.text, sentence.span.start):
            clauses = set(syntax.clause_of[sentence.first : sentence.last])
            yield from (clause for clause in clauses if not is_speech(syntax, clause))
