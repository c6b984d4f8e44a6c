"""When: clock times with their zones, and days, set against the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from geomap.claims.dates import Day
from geomap.claims.events import Events
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import longest_first, table, words
from geomap.claims.saying import is_conversion, is_saying, is_speech, is_to_come
from geomap.claims.things import unattributed
from geomap.claims.triggers import Trigger
from geomap.model import Claim, ClockTime, Role, Span


@dataclass(frozen=True, slots=True)
class _Clock:
    """One clock time as written: minutes of the day as HH:MM, its zone ("gmt", "local", "EST", "")."""

    span: Span
    time: str
    zone: str


@cache
def _clock() -> re.Pattern[str]:
    zones = "|".join(re.escape(each) for each in longest_first(table("times")["zones"]))
    named = "|".join(table("times")["named"])
    half = r"(?P<half>[ap])\.?\s?m\b\.?"
    return re.compile(
        rf"(?<![\d:.,$£€/-])(?:(?P<h>[01]?\d|2[0-4])(?P<sep>[:.])(?P<m>[0-5]\d)(?![\d:])(?:\s*{half})?"
        rf"|(?P<h2>1[0-2]|0?[1-9])\s?{half.replace('half', 'half2')}"
        rf"|(?P<mil>[01]\d[0-5]\d|2[0-3][0-5]\d)(?=\s*(?:hours|hrs|h\b|local|gmt|utc|{zones})\b)"
        rf"|(?P<clock>1[0-2]|[1-9]) o['’]clock|(?<!\w)(?P<named>{named})\b)"
        rf"(?:\s*(?:hours|hrs)\b)?(?:,?\s*\(?(?P<zone>{zones})\b)?",
        re.IGNORECASE,
    )


_JOINT = (
    r"(?:\s*(?:on |early |late )?[A-Z][a-z]+day(?: morning| afternoon| evening| night)?)?"
    r"\s*[(\[,;/]?\s*(?:or|and)?\s*[(\[]?\s*"
)
"""What may stand between two ways of giving one moment: a day, a bracket, a comma."""


@cache
def _hedge() -> re.Pattern[str]:
    listed = longest_first(table("times")["hedges"])
    return re.compile(r"\b(" + "|".join(map(re.escape, listed)) + r")\s+(?:at\s+)?$", re.IGNORECASE)


def times(syntax: Syntax, events: Events, days: Sequence[Day]) -> list[Claim]:
    """When the incident happened, as clock times and as days."""
    found: list[Claim] = []
    by_sentence: dict[int, list[Day]] = {}
    for day in days:
        index = syntax.at(day.span.start)
        if index < len(syntax.tokens):
            by_sentence.setdefault(syntax.sentence_of[index], []).append(day)
    for group in _groups(syntax):
        trigger = _event(syntax, events, group[0].span)
        if trigger is not None:
            found.append(_clock_claim(syntax, events, group, by_sentence))
    told = {claim.context for claim in found}
    for day in sorted(days, key=lambda each: each.span):
        claim = _day_claim(syntax, events, day)
        if claim is not None and claim.context not in told:
            found.append(claim)
            told.add(claim.context)
    return found


def _groups(syntax: Syntax) -> Iterator[list[_Clock]]:
    """Clock times that say one moment in several zones: "6:40 p.m. local time (1540 GMT, 10:40 a.m. EST)"."""
    group: list[_Clock] = []
    text = syntax.article.text
    for found in _clock().finditer(text, syntax.article.body):
        clock = _read(found)
        if clock is None or not syntax.tokens:
            continue
        between = text[group[-1].span.end : clock.span.start] if group else ""
        if (
            group
            and (
                len(between) < 32
                and re.fullmatch(
                    _JOINT,
                    between,
                )
            )
            and (clock.zone or "(" in between)
        ):
            group.append(clock)
            continue
        if group:
            yield group
        group = [clock]
    if group:
        yield group


def _read(found: re.Match[str]) -> _Clock | None:
    zones: Mapping[str, str] = table("times")["zones"]
    zone = zones.get(" ".join(found["zone"].lower().split()), "") if found["zone"] else ""
    span = Span(*found.span())
    if found["named"]:
        return _Clock(span, table("times")["named"][found["named"].lower()], zone)
    if found["clock"]:
        return _Clock(span, f"{int(found['clock']):02d}:00", zone)
    if found["mil"]:
        return _Clock(span, f"{found['mil'][:2]}:{found['mil'][2:]}", zone)
    hour, minute = int(found["h"] or found["h2"]), found["m"] or "00"
    half = (found["half"] or found["half2"] or "").lower()
    if found["sep"] == "." and not half and not zone:
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _Clock(span, f"{hour % 24:02d}:{minute}", zone)


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
    if syntax.tokens[clause].lemma.lower() in words("times", "after", "verbs"):
        near = [t for t in near if not t.noun]
    own = next((t for t in near if syntax.clause_of[t.index] == clause and not is_speech(syntax, clause)), None)
    if own is not None:
        return own
    if is_speech(syntax, clause) and not _inside_content(syntax, index, near):
        return None
    before = [t for t in near if t.index < index and not _verb_between(syntax, t.index, index)]
    return before[-1] if before else None


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


def _clock_claim(syntax: Syntax, events: Events, group: Sequence[_Clock], days: Mapping[int, Sequence[Day]]) -> Claim:
    local = next((c.time for c in group if c.zone == "local"), None) or next(
        (c.time for c in group if not c.zone), None
    )
    gmt = next((c.time for c in group if c.zone == "gmt"), None)
    zones = tuple((c.zone, c.time) for c in group if c.zone not in {"", "gmt", "local"})
    if local is None and zones and group[0].zone not in {"gmt"}:
        local = zones[0][1]
    text = syntax.article.text
    start = group[0].span.start
    found = _hedge().search(text[max(0, start - 24) : start])
    hedge = table("times")["hedges"][" ".join(found[1].lower().split())] if found else None
    begin = max(0, start - 24) + found.start() if found else start
    end = group[-1].span.end
    if len(group) > 1 and text[end : end + 1] == ")":
        end += 1
    index = syntax.at(start)
    value = ClockTime(local, gmt, zones, _date(syntax, events, index, days), hedge)
    return _claim(syntax, Span(begin, end), value)


def _claim(syntax: Syntax, span: Span, value: ClockTime) -> Claim:
    return unattributed(syntax, Role.TIME, span, value)


def _date(syntax: Syntax, events: Events, index: int, days: Mapping[int, Sequence[Day]]) -> str | None:
    """The day of a clock time: one named in its sentence, else the incident's where the report names it."""
    sentence = syntax.sentence(index)
    near = [
        day
        for day in days.get(syntax.sentence_of[index], ())
        if day.date
        and sentence.span.covers(day.span)
        and not is_speech(syntax, syntax.clause_of[syntax.at(day.span.start)])
        and not is_conversion(syntax, syntax.at(day.span.start))
    ]
    if near:
        closest = min(near, key=lambda day: abs(day.span.start - syntax.tokens[index].start))
        return closest.date.isoformat() if closest.date else None
    return events.date.isoformat() if events.date and events.dated else None


def _one_moment(syntax: Syntax, trigger: Trigger, clause: int) -> bool:
    """Whether a day named in ``clause`` may be the day of the event: the same clause, or a participle beside it."""
    own = syntax.clause_of[trigger.index]
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
    return _claim(syntax, day.span, ClockTime(date=day.date.isoformat(), hedge=day.part or None))
