"""When: clock times with their zones, and days, set against the day of publication."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from geomap import zones
from geomap.claims.clocks import GMT, LOCAL, Clock, forms, groups
from geomap.claims.dates import Day
from geomap.claims.events import Events
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import longest_first, table, words
from geomap.claims.localtimes import Near
from geomap.claims.saying import is_conversion, is_saying, is_speech, is_to_come
from geomap.claims.things import unattributed
from geomap.claims.triggers import Trigger
from geomap.model import Claim, ClockTime, Resolution, Role, Span


@cache
def _hedge() -> re.Pattern[str]:
    listed = longest_first(table("times")["hedges"])
    return re.compile(r"\b(" + "|".join(map(re.escape, listed)) + r")\s+(?:at\s+)?$", re.IGNORECASE)


def times(
    syntax: Syntax, events: Events, days: Sequence[Day], resolutions: Sequence[Resolution], near: Near
) -> list[Claim]:
    """When the incident happened, as clock times and as days.

    ``near`` names the zones that "local time" may mean in a sentence.
    """
    clocks = clock_claims(syntax, events, days, resolutions, near)
    found = [claim for first, claim in clocks if _event(syntax, events, first) is not None]
    told = {claim.context for claim in found}
    for day in sorted(days, key=lambda each: each.span):
        claim = _day_claim(syntax, events, day)
        if claim is not None and claim.context not in told:
            found.append(claim)
            told.add(claim.context)
    return found


def clock_claims(
    syntax: Syntax,
    events: Events,
    days: Sequence[Day],
    resolutions: Sequence[Resolution],
    near: Near,
    *,
    besides: Sequence[Sequence[Clock]] = (),
) -> Iterator[tuple[Span, Claim]]:
    """Every moment that the report gives, whatever it is the time of, with the span of its first clock time.

    ``besides`` are clock times that are none for sure, to be read with them.
    """
    named = DaysNamed(syntax, days)
    own = events.date.isoformat() if events.date and events.dated else None
    found = sorted((*groups(syntax.article), *besides), key=lambda group: group[0].span)
    before: Claim | None = None
    for group, time in zip(found, halves(syntax, found), strict=True):
        told_at = clock_claim(syntax, group, resolutions, near, time)
        beside = named.beside(group)
        claim = dated(told_at, beside or named.near(group), own)
        if before and not beside:
            claim = after_midnight(before, claim)
        yield group[0].span, claim
        before = claim if not group[0].bare else before


def after_midnight(before: Claim, claim: Claim) -> Claim:
    """A clock time of the small hours that is told right after one of the evening before it, on the next day.

    "It left at 22:50 on Tuesday and derailed at 1:10 a.m."
    """
    last, value = before.value, claim.value
    assert isinstance(last, ClockTime)
    assert isinstance(value, ClockTime)
    near = claim.span.start - before.span.end < _SOON
    if not (near and value.date and last.date == value.date and last.local and value.local):
        return claim
    if last.local < _EVENING or value.local >= _SMALL_HOURS:
        return claim
    date = dt.date.fromisoformat(value.date) + dt.timedelta(days=1)
    return replace(claim, value=replace(value, date=date.isoformat(), weekday=None))


_EVENING, _SMALL_HOURS = "18:00", "06:00"
_SOON = 300
"""Characters within which one hour is told right after another."""


def day_claim(syntax: Syntax, day: Day) -> Claim | None:
    """The claim that something happened on ``day``; None where its date is not known."""
    if day.date is None or syntax.at(day.span.start) >= len(syntax.tokens):
        return None
    value = ClockTime(date=day.date.isoformat(), hedge=day.part or None, weekday=day.beside)
    return _claim(syntax, day.span, value)


def _event(syntax: Syntax, events: Events, span: Span) -> Trigger | None:
    """The event that a time is the time of: in its clause, or the last one told before it in its sentence."""
    index = syntax.at(span.start)
    if index >= len(syntax.tokens) or not events.belongs(syntax, index):
        return None
    near = [
        t
        for t in events.by_sentence.get(syntax.sentence_of[index], ())
        if events.belongs(syntax, t.index) and (t.kind != "exchange" or _has_happened(syntax, t))
    ]
    near = [t for t in near if not t.noun or t.index == syntax.clause_of[t.index] or _is_acting(syntax, t)]
    clause = syntax.clause_of[index]
    if is_aftermath(syntax, index):
        near = [t for t in near if not t.noun]
    own = next((t for t in near if syntax.clause_of[t.index] == clause and not is_speech(syntax, clause)), None)
    own = own or next((t for t in near if _follows(syntax, clause, t)), None)
    if own is not None:
        return own
    if is_speech(syntax, clause) and not _inside_content(syntax, index, near):
        return None
    before = [t for t in near if t.index < index and not _verb_between(syntax, t.index, index)]
    return before[-1] if before else None


def is_aftermath(syntax: Syntax, index: int) -> bool:
    """Whether a token stands in a clause of what came after the event: "the wreckage was found at 19:00"."""
    return syntax.tokens[syntax.clause_of[index]].lemma.lower() in words("times", "after", "verbs")


def _follows(syntax: Syntax, clause: int, trigger: Trigger) -> bool:
    """Whether an event is what somebody came for: "they came at four and started shooting"."""
    if syntax.tokens[clause].lemma.lower() not in words("times", "before", "verbs") or trigger.noun:
        return False
    here = trigger.index
    while here > clause and syntax.tokens[here].dep in {"conj", "xcomp"}:
        here = syntax.tokens[here].head
    return here == clause


def _has_happened(syntax: Syntax, trigger: Trigger) -> bool:
    """Whether an exchange is told as done: "the seven were handed over at 10:40"."""
    token = syntax.tokens[trigger.index]
    return not trigger.noun and token.tag in {"VBD", "VBN"} and not is_to_come(syntax, trigger.index)


def _is_acting(syntax: Syntax, trigger: Trigger) -> bool:
    """Whether an event's noun is what its clause is about ("the blast happened at noon")."""
    return syntax.tokens[trigger.index].dep in {"nsubj", "nsubjpass", "ROOT", "attr", "dobj", "pobj", "appos", "conj"}


def _inside_content(syntax: Syntax, index: int, near: Sequence[Trigger]) -> bool:
    return any(0 < index - t.index < 14 for t in near)


def _verb_between(syntax: Syntax, first: int, last: int) -> bool:
    return any(
        (syntax.tokens[each].pos == "VERB" and syntax.tokens[each].tag in {"VBD", "VBZ", "VBP"})
        or syntax.tokens[each].text == ";"
        for each in range(first + 1, last)
    )


def clock_claim(
    syntax: Syntax,
    group: Sequence[Clock],
    resolutions: Sequence[Resolution],
    near: Near,
    local: str | None,
) -> Claim:
    """The claim of one moment, however many zones it is given in; its day is not said yet.

    ``local`` is its local time as :func:`halves` has it.
    """
    clocks = [clock for clock in group if clock.valid]
    gmt = next((c.time for c in clocks if c.zone == GMT), None)
    listed = tuple((c.zone, c.time) for c in clocks if _abbreviation(c) not in {"", GMT})
    if local is None and listed and group[0].zone != GMT:
        local = listed[0][1]
    text = syntax.article.text
    start, end = group[0].span.start, group[-1].span.end
    found = _hedge().search(text[max(0, start - 24) : start])
    hedge = table("times")["hedges"][" ".join(found[1].lower().split())] if found else None
    begin = max(0, start - 24) + found.start() if found else start
    if len(group) > 1 and text[end : end + 1] == ")":
        end += 1
    quoted = forms(syntax.article, group, resolutions, near(_sentence(syntax, group)) if len(group) > 1 else ())
    return _claim(syntax, Span(begin, end), ClockTime(local, gmt, listed, None, hedge, quoted))


def _sentence(syntax: Syntax, group: Sequence[Clock]) -> Span:
    """The sentence of a moment; those of its first and its last clock time are one."""
    first, last = (syntax.sentence(syntax.at(clock.span.start)).span for clock in (group[0], group[-1]))
    return Span(first.start, last.end)


def halves(syntax: Syntax, found: Sequence[Sequence[Clock]]) -> Iterator[str | None]:
    """The local time of each moment, on a clock of 24.

    One that says nothing of its half of the day is of the half that its sentence speaks of; else, in a report that
    keeps to a clock of 12, of the half in which it is closest to the last time whose half is known, or to the first;
    else, where the hour is told in words, of the one that comes next after that. What may be no time settles nothing.
    """
    half_told = _halves_told(syntax)
    read = [_local(syntax, group, half_told) for group in found]
    # A time of Greenwich is told on a clock of 24, whatever the others are.
    here = (clock for group in found for clock in group if not clock.bare and clock.zone != GMT)
    of_twelve = not any(_of_24(syntax, clock) for clock in here)
    firm = [
        time if time and sure and not group[0].bare else None for (time, sure), group in zip(read, found, strict=True)
    ]
    last = next((time for time in firm if time), None)
    for (time, sure), group, settled in zip(read, found, firm, strict=True):
        if time and not sure and last and of_twelve:
            yield min(time, _turned(time), key=partial(_apart, last))
        elif time and not sure and last and not _FIGURES.search(syntax.article.quote(group[0].span)):
            yield min(time, _turned(time), key=partial(_until, last))
        else:
            last = settled or last
            yield time


_FIGURES = re.compile(r"\d[:.h]\d\d")
"""Hours and minutes in figures, unlike "nine o'clock"."""


def _local(
    syntax: Syntax, group: Sequence[Clock], half_told: Callable[[Span], tuple[int, bool]]
) -> tuple[str | None, bool]:
    """The local time of one moment by its own sentence, and whether its half of the day is known."""
    clocks = [clock for clock in group if clock.valid]
    local = next((c.time for c in clocks if c.zone == LOCAL), None) or next(
        (c.time for c in clocks if not _abbreviation(c)), None
    )
    if local is None or any(clock.half for clock in clocks):
        return local, True
    later, told = half_told(_sentence(syntax, group))
    hour = int(local[:2])
    return (f"{hour + 12:02d}{local[2:]}" if later and later <= hour < 12 else local), told


def _of_24(syntax: Syntax, clock: Clock) -> bool:
    """Whether a time is written as a clock of 24 has it: "15:40", "08:10"."""
    return re.match(r"0\d|1[3-9]|2\d", syntax.article.quote(clock.span)) is not None


def _turned(time: str) -> str:
    """The same time in the other half of the day."""
    return f"{(int(time[:2]) + 12) % 24:02d}{time[2:]}"


def _until(first: str, second: str) -> int:
    """Minutes from one time of day to the next that is the second."""
    return (zones.minutes(second) - zones.minutes(first)) % _DAY


def _apart(first: str, second: str) -> int:
    """Minutes between two times of day, the shorter way round."""
    return min(_until(first, second), _until(second, first))


_LATER = re.compile(r"\b(?:afternoon|evening|(?P<night>night))\b", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:morning|dawn|early hours|noon)\b", re.IGNORECASE)


def _halves_told(syntax: Syntax) -> Callable[[Span], tuple[int, bool]]:
    """What a sentence says of the half of the day: from which hour on it means the second, and whether it says any.

    "On Sunday night, at a quarter past ten": from 6 on. 0 where it means the first half, or does not say.
    """

    @cache
    def told(sentence: Span) -> tuple[int, bool]:
        text = syntax.article.quote(sentence)
        later, earlier = _LATER.search(text), _EARLIER.search(text)
        if not later or earlier:
            return 0, bool(later or earlier)
        return 6 if later["night"] else 1, True

    return told


def _abbreviation(clock: Clock) -> str:
    """The zone as a claim's value names it: "" for local time and for a zone that only a place is named for."""
    if clock.zone in {"", LOCAL}:
        return ""
    return clock.zone if clock.zone == GMT or zones.meanings(clock.named) else ""


def _claim(syntax: Syntax, span: Span, value: ClockTime) -> Claim:
    return unattributed(syntax, Role.TIME, span, value)


def dated(claim: Claim, day: Day | None, otherwise: str | None) -> Claim:
    """The claim of a clock time on ``day``; without one, on the ISO date ``otherwise``."""
    assert isinstance(claim.value, ClockTime)
    if day is None:
        return replace(claim, value=replace(claim.value, date=otherwise))
    date = day.date.isoformat() if day.date else None
    return replace(claim, value=replace(claim.value, date=date, weekday=day.beside))


class DaysNamed:
    """The days that a report names, found from where a clock time stands."""

    def __init__(self, syntax: Syntax, days: Sequence[Day]) -> None:
        self._syntax = syntax
        inside = (
            day for day in days if syntax.at(day.span.start) < len(syntax.tokens) and (day.date or day.impossible)
        )
        self._days = sorted(inside, key=lambda day: day.span)
        self._starts = [day.span.start for day in self._days]
        self._by_sentence: dict[int, list[Day]] = defaultdict(list)
        for day in self._days:
            self._by_sentence[syntax.sentence_of[syntax.at(day.span.start)]].append(day)

    def of(self, group: Sequence[Clock]) -> Day | None:
        """The day of a moment: right beside it, else the closest in its sentence."""
        return self.beside(group) or self.near(group)

    def beside(self, group: Sequence[Clock]) -> Day | None:
        """The day right beside a clock time, whatever its sentence is about: "at 17:48 on Friday", "Tuesday, 20:35"."""
        text, start, end = self._syntax.article.text, group[0].span.start, group[-1].span.end
        at = bisect_left(self._starts, end)
        for day in self._days[max(0, at - _BESIDE) : at + 1]:
            behind = day.span.start >= end
            first, last = (end, day.span.start) if behind else (day.span.end, start)
            if 0 <= last - first < _REACH and (_BEHIND if behind else _before()).fullmatch(text, first, last):
                away = behind and is_conversion(self._syntax, self._syntax.at(day.span.start))
                return _here(day, group) if away else day
        return None

    def near(self, group: Sequence[Clock]) -> Day | None:
        """The closest day of a clock time's sentence; one that cannot be keeps others from it.

        "4:20 a.m. Tehran time" may pass for two sentences: those of the first and of the last way of giving it are one.
        """
        syntax, start = self._syntax, group[0].span.start
        numbers = {syntax.sentence_of[syntax.at(clock.span.start)] for clock in (group[0], group[-1])}
        near = [
            day
            for number in numbers
            for day in self._by_sentence.get(number, ())
            if syntax.sentences[number].span.covers(day.span)
            and not is_speech(syntax, syntax.clause_of[syntax.at(day.span.start)])
            and not is_conversion(syntax, syntax.at(day.span.start))
        ]
        return min(near, key=lambda day: abs(day.span.start - start), default=None)


_BESIDE = 3
"""Days before a clock time among which the one beside it is."""
_REACH = 32
"""Characters between a clock time and a day beside it."""
_BEHIND = re.compile(r",? (?:on )?(?:the (?:night|morning|afternoon|evening) of )?")


def _here(day: Day, group: Sequence[Clock]) -> Day:
    """A day of Greenwich as that of the local time beside it: "03:10 local time (18:10 GMT on Monday)"."""
    if day.date is None or group[-1].zone != GMT or group[0].zone == GMT:
        return day
    local, there = (zones.minutes(clock.time) for clock in (group[0], group[-1]))
    ahead = (local - there + _WEST) % _DAY - _WEST
    return replace(day, date=day.date + dt.timedelta(days=(there + ahead) // _DAY))


_DAY = 24 * 60
_WEST = _DAY // 2
"""Minutes by which a local time may be behind that of Greenwich."""


@cache
def _before() -> re.Pattern[str]:
    """What stands between a day and the clock time behind it."""
    hedges = "|".join(map(re.escape, longest_first(table("times")["hedges"])))
    return re.compile(rf"[,:]? (?:(?:morning|afternoon|evening|night) )?(?:(?:at|from|{hedges}) )*", re.IGNORECASE)


def _one_moment(syntax: Syntax, trigger: Trigger, clause: int) -> bool:
    """Whether a day named in ``clause`` may be the day of the event: the same clause, or a participle beside it."""
    own = syntax.clause_of[trigger.index]
    if syntax.tokens[clause].dep == "advcl" and syntax.tokens[clause].head == own:
        opened = {syntax.tokens[c].text.lower() for c in syntax.children[clause]}
        return bool(opened & {"as", "while"})
    return own == clause or (
        syntax.tokens[clause].dep == "acl" and own in {syntax.clause_of[i] for i in syntax.ancestors(clause)}
    )


def _day_claim(syntax: Syntax, events: Events, day: Day) -> Claim | None:
    index = syntax.at(day.span.start)
    if day.date is None or day.vague or index >= len(syntax.tokens) or not events.belongs(syntax, index):
        return None
    clause = syntax.clause_of[index]
    if is_saying(syntax, index):
        return None
    own = [
        t
        for t in events.by_sentence.get(syntax.sentence_of[index], ())
        if (t.kind != "exchange" or events.family == "exchange")
        and _one_moment(syntax, t, clause)
        and (not t.noun or _is_acting(syntax, t))
    ]
    if not own or (events.date and day.date != events.date):
        return None
    return day_claim(syntax, day)
