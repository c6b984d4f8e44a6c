"""Sentences that tell of another event of the same days: their own subject, verb and place, and nothing said again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from geomap.claims.dates import Day
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import longest_first, table, words
from geomap.claims.saying import is_conversion, is_saying, is_speech, is_to_come
from geomap.claims.triggers import Trigger, craft_of, lexicon
from geomap.model import Sentence

_OPENING = 2
"""Sentences that tell of the report's own event, whatever they look like."""

_SAME_DAY = re.compile(r"\b(?:the|that) same (?:day|morning|afternoon|evening|night)\b")

_LABEL = re.compile(r"\s*(?:[*•▪‣◦–—-] ?(?=[A-Z])|[A-Z][A-Z '’&.-]{2,30}(?:: | ?[|] ?))")
"""A round-up's item: a bullet, or a label in capitals ("PERU: ")."""

_LONGEST_LABEL = 40
"""Characters in which a label stands."""

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class Others:
    """Finds the sentences of other events. ``date`` is the incident's day and ``named`` whether the report gives it."""

    syntax: Syntax
    family: str
    crafts: frozenset[str]
    props: frozenset[str]
    lead: Sequence[Trigger]
    days: Sequence[Day]
    date: dt.date | None
    named: bool

    def sentences(self, by_sentence: Mapping[int, Sequence[Trigger]]) -> frozenset[int]:
        """The numbers of the sentences that tell of another event."""
        opening = {
            token.text.lower()
            for sentence in self.syntax.sentences[:_OPENING]
            for token in self.syntax.tokens[sentence.first : sentence.last]
        }
        strange = self._strange_days()
        found = set(self._labelled())
        for number, sentence in enumerate(self.syntax.sentences):
            triggers = by_sentence.get(number, ())
            if number == 0 or any(trigger in self.lead for trigger in triggers):
                continue
            anew = self._opens_anew(sentence) and not self._speaks_again(sentence.first, sentence.last)
            anew = anew or any(is_of_war(self.syntax, trigger.index) for trigger in triggers)
            if anew or (number >= _OPENING and self._told_anew(sentence, triggers, opening, strange)):
                found.add(number)
        return frozenset(found)

    def _labelled(self) -> Iterator[int]:
        """The sentences of a round-up's further items: paragraphs under a label or a bullet of their own."""
        main = self.lead[0].sentence if self.lead else 0
        items: dict[int, bool] = {}
        for number, sentence in enumerate(self.syntax.sentences):
            if sentence.paragraph == self.syntax.sentences[main].paragraph or number < main:
                continue
            if sentence.paragraph not in items:
                begin = self.syntax.article.text.rfind("\n", 0, sentence.span.start) + 1
                text = self.syntax.article.text[begin : sentence.span.start + _LONGEST_LABEL]
                labelled = bool(_LABEL.match(text))
                items[sentence.paragraph] = labelled and not self._speaks_again(sentence.first, sentence.last)
            if items[sentence.paragraph]:
                yield number

    def _opens_anew(self, sentence: Sentence) -> bool:
        text = self.syntax.article.quote(sentence.span)
        return bool(_openers().match(text) or _unrelated().search(text))

    def _speaks_again(self, first: int, last: int) -> bool:
        """Whether words between two tokens speak of the incident: "the crash", "the injured", "its crew"."""
        for index in range(first, last):
            token = self.syntax.tokens[index]
            if token.text.lower() in {"there", "here"} and token.dep == "advmod":
                return True
            definite = any(self.syntax.tokens[c].text.lower() in _DEFINITE for c in self.syntax.children[index])
            if definite and self._is_known(index):
                return True
        return False

    def _is_known(self, index: int) -> bool:
        """Whether a noun with "the" before it can mean something of the incident."""
        lemma = self.syntax.tokens[index].lemma.lower()
        return (
            lemma in lexicon().nouns
            or lemma in self.props
            or lemma in words("events", "background", "again")
            or lemma in words("counts", "persons", "words")
            or bool(craft_of(self.syntax, index))
        )

    def _told_anew(
        self, sentence: Sentence, triggers: Sequence[Trigger], opening: set[str], strange: frozenset[int]
    ) -> bool:
        told = [t for t in triggers if t.family not in {"any", "exchange"} and not t.noun]
        if not told or self._speaks_again(sentence.first, sentence.last):
            return False
        if not any(is_fresh(self.syntax, t.index) for t in told):
            return False
        placed = any(self._is_new_place(i, opening) for i in range(sentence.first, sentence.last))
        dated = any(i in strange for i in range(sentence.first, sentence.last))
        dated = dated or bool(_SAME_DAY.search(self.syntax.article.quote(sentence.span)))
        also = any(self.syntax.tokens[c].text.lower() == "also" for t in told for c in self.syntax.children[t.index])
        if placed and also:
            return True
        if dated and (placed or self.named):
            acting = [t for t in told if t.family != "deaths" and self.syntax.subject(t.index) is not None]
            return all(is_fresh(self.syntax, t.index) for t in acting)
        return placed and any(self._is_unlike(t) or self._is_second(t) for t in told)

    def _is_second(self, trigger: Trigger) -> bool:
        """Whether "a second" or "another" stands before the subject."""
        subject = self.syntax.subject(trigger.index)
        if subject is None or trigger.family == "deaths":
            return False
        return any(
            self.syntax.tokens[c].text.lower() in {"second", "third", "another"} for c in self.syntax.children[subject]
        )

    def _is_new_place(self, index: int, opening: set[str]) -> bool:
        token = self.syntax.tokens[index]
        return token.entity in _PLACES and token.pos == "PROPN" and token.text.lower() not in opening

    def _is_unlike(self, trigger: Trigger) -> bool:
        """Whether a told event can be no part of the report's own: of another kind, or of another kind of craft."""
        if trigger.family == "deaths" or not is_fresh(self.syntax, trigger.index):
            return False
        if trigger.crafts and self.crafts:
            return not any(alike(a, b) for a in trigger.crafts for b in self.crafts)
        related = lexicon().related.get(self.family, frozenset())
        return bool(self.family) and trigger.family != self.family and trigger.family not in related

    def _strange_days(self) -> frozenset[int]:
        """The tokens of days that are not the incident's."""
        found: set[int] = set()
        if self.date is None:
            return frozenset()
        for day in self.days:
            index = self.syntax.at(day.span.start)
            if day.date is None or day.date == self.date or index >= len(self.syntax.tokens):
                continue
            if is_conversion(self.syntax, index):
                continue
            if not is_saying(self.syntax, index) and not is_to_come(self.syntax, self.syntax.clause_of[index]):
                found.update(self.syntax.within(day.span))
        return frozenset(found)


def is_fresh(syntax: Syntax, verb: int) -> bool:
    """Whether a verb's subject is new to the report: bare or indefinite, and no pronoun, person or "the X"."""
    subject = syntax.subject(verb)
    if subject is None:
        return False
    token = syntax.tokens[subject]
    if token.pos not in {"NOUN", "PROPN", "NUM"} or token.entity == "PERSON":
        return False
    return not any(
        syntax.tokens[c].text.lower() in _DEFINITE or syntax.tokens[c].dep == "poss" for c in syntax.children[subject]
    )


def is_of_war(syntax: Syntax, verb: int) -> bool:
    """Whether something is told that a whole war has done: "the war has killed more than 10,000"."""
    subject = syntax.subject(verb)
    if subject is None or syntax.tokens[subject].lemma.lower() not in words("events", "background", "lasting"):
        return False
    return any(syntax.tokens[c].lemma.lower() == "have" for c in syntax.children[verb])


def alike(a: str, b: str) -> bool:
    """Whether two classes of craft may be one thing: a coach by road or by rail, a flight and its plane."""
    falling = words("events", "falling", "classes")
    if "wheeled" in {a, b} and {a, b} <= {"wheeled", "road", "rail"}:
        return True
    return a == b or ("aerial" in {a, b} and a in falling and b in falling)


def first_crafts(syntax: Syntax) -> frozenset[str]:
    """The classes of craft that the opening sentences speak of."""
    last = syntax.sentences[min(_OPENING, len(syntax.sentences)) - 1].last
    return frozenset(filter(None, (craft_of(syntax, index) for index in range(last))))


@cache
def _openers() -> re.Pattern[str]:
    listed = longest_first(table("events")["background"]["openers"])
    where = r"(?:in|at|near|on) (?:the )?[\w .'’-]{2,40},? "
    return re.compile(rf"\s*[“\"]?(?:{where})?(?:" + "|".join(map(re.escape, listed)) + r")\b", re.IGNORECASE)


@cache
def _unrelated() -> re.Pattern[str]:
    listed = longest_first(table("events")["background"]["unrelated"])
    return re.compile(r"\b(?:" + "|".join(map(re.escape, listed)) + r")\b", re.IGNORECASE)


def dating(syntax: Syntax, by_index: Mapping[int, Trigger]) -> Iterator[int]:
    """The tokens behind "comes N days after": another event, unless it is "the" event."""
    for match in _coming().finditer(syntax.article.text, syntax.article.body):
        first = syntax.at(match.end())
        if first >= len(syntax.tokens):
            return
        if _goes_back(syntax, first, by_index):
            continue
        yield from range(first, syntax.sentence(first).last)


def _goes_back(syntax: Syntax, first: int, by_index: Mapping[int, Trigger]) -> bool:
    """Whether what follows "after" is "the crash" or a clause about something definite."""
    token = syntax.tokens[first]
    if token.text.lower() not in _DEFINITE:
        return token.pos == "PRON"
    head = token.head
    return head in by_index or bool(craft_of(syntax, head)) or is_speech(syntax, syntax.clause_of[head])


@cache
def _coming() -> re.Pattern[str]:
    verbs = "|".join(table("events")["background"]["coming"])
    return re.compile(
        rf"\b(?:{verbs})(?: \w+){{0,2}}? (?:an?|one|two|three|four|five|six|\w+|\d+) "
        r"(?:hours?|days?|weeks?|months?|years?) after ",
        re.IGNORECASE,
    )


def of_years(syntax: Syntax, by_index: Mapping[int, Trigger], date: dt.date | None) -> Iterator[int]:
    """The events named by a past year: "the group's 2019 bombing of"."""
    for index, trigger in by_index.items():
        if not trigger.noun:
            continue
        for child in syntax.children[index]:
            text = syntax.tokens[child].text
            if child < index and re.fullmatch(r"(?:19|20)\d\d", text) and (date is None or int(text) < date.year):
                yield index
