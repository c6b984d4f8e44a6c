"""What both readers make of a report: the rules' claims that the network believes, and what it finds besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from geomap.claims import sites
from geomap.claims.grammar import Syntax
from geomap.claims.rules import FirstReading
from geomap.claims.second.candidates import Candidate
from geomap.claims.second.labels import MATTERS, label
from geomap.claims.second.marks import Marks, tokens
from geomap.claims.second.opinion import OUTLET, Opinion
from geomap.claims.speakers import canonical
from geomap.claims.things import claim as thing
from geomap.claims.voices import PRONOUN
from geomap.model import Attribution, Claim, ClockTime, Role, Status


@dataclass(frozen=True, slots=True)
class Bars:
    """How likely a claim must be to be kept (of those the rules found) and to be added (of others).

    ``second`` is asked of a number's further meanings ("all six crew died": killed, and crew).
    """

    keep: float = 0.2
    add: float = 0.5
    second: float = 0.6


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim with the token that it is judged by."""

    at: int
    claim: Claim


def weigh(
    first: FirstReading, those: Sequence[Candidate], marked: Marks, opinion: Opinion, *, bars: Bars
) -> list[Claim]:
    """The claims of a report, attributed; ``first`` is the reading by rules."""
    ruled = list(_kept(first, those, opinion, bars))
    known = {(each.at, label(each.claim)) for each in ruled}
    found = [*ruled, *_added(those, opinion, bars, known), *_matters(first.syntax, ruled, opinion, bars)]
    told = [
        replace(each.claim, attribution=_told(first, marked, opinion, each.at, each.claim))
        for each in _timed(first, found)
    ]
    return [*told, *sites.routes(first.syntax, told)]


def _kept(first: FirstReading, those: Sequence[Candidate], opinion: Opinion, bars: Bars) -> Iterator[_Found]:
    """What the rules found and the network believes; what it has no label for stays. Routes are drawn anew."""
    at = {(each.kind, each.tokens.start): each.tokens for each in those}
    for claim in first.claims:
        if claim.role is not Role.ROUTE:
            name, words = label(claim), tokens(first.syntax, claim, at)
            if not name or opinion.likely(words, name) >= bars.keep:
                yield _Found(words.start, claim)


def _added(
    those: Sequence[Candidate], opinion: Opinion, bars: Bars, known: AbstractSet[tuple[int, str]]
) -> Iterator[_Found]:
    """What the rules passed over: each candidate's likeliest label, and others that are surer still."""
    for candidate in those:
        likely = sorted(((opinion.likely(candidate.tokens, name), name) for name in candidate.labels), reverse=True)
        for rank, (likelihood, name) in enumerate(likely):
            if likelihood < (bars.second if rank else bars.add):
                break
            made = None if (candidate.tokens.start, name) in known else candidate.claim(name)
            if made:
                yield _Found(candidate.tokens.start, made)


def _matters(syntax: Syntax, ruled: Sequence[_Found], opinion: Opinion, bars: Bars) -> Iterator[_Found]:
    """Causes, cargoes and weapons in words that the rules took for none."""
    for role in MATTERS:
        spoken = {i for each in ruled if each.claim.role is role for i in syntax.within(each.claim.span)}
        for run in opinion.runs(str(role), bars.add):
            words = _trimmed(syntax, run)
            if words and not spoken & set(words):
                first, last = words[0], words[-1]
                yield _Found(first, thing(syntax, role, syntax.text(first, last), first, last))


def _timed(first: FirstReading, found: Sequence[_Found]) -> Iterator[_Found]:
    """The claims, clock times with their day; a day alone is left out of a sentence that gives the hour."""
    clocked = {each.claim.context for each in found if _clock(each.claim)}
    days = sorted((each.at, date) for each in found if (date := _date(each.claim)))
    own = first.events.date.isoformat() if first.events.date else None
    for each in found:
        value = each.claim.value
        if not isinstance(value, ClockTime):
            yield each
        elif _clock(each.claim):
            before = [date for at, date in days if at <= each.at]
            day = value.date or (before[-1] if before else days[0][1] if days else own)
            yield replace(each, claim=replace(each.claim, value=replace(value, date=day)))
        elif each.claim.context not in clocked:
            yield each


def _clock(claim: Claim) -> bool:
    return isinstance(claim.value, ClockTime) and bool(claim.value.local or claim.value.gmt)


def _date(claim: Claim) -> str | None:
    return claim.value.date if isinstance(claim.value, ClockTime) else None


def _trimmed(syntax: Syntax, run: range) -> range:
    """A run of words without articles and marks at its ends."""
    start, stop = run.start, run.stop
    while start < stop and (syntax.tokens[start].pos in {"DET", "PUNCT"} or not syntax.tokens[start].text[0].isalnum()):
        start += 1
    while start < stop and syntax.tokens[stop - 1].pos == "PUNCT":
        stop -= 1
    return range(start, stop)


def _told(first: FirstReading, marked: Marks, opinion: Opinion, at: int, claim: Claim) -> Attribution:
    """Who says it: whom the network names, in the rules' words for it."""
    path, speech = first.speech.path(claim.span), first.speech
    token = int(opinion.teller[at])
    if token == OUTLET:
        return speech.told(claim.span, [])
    number = int(marked.speaker[token])
    if number >= 0:
        frame = marked.frames[number]
        same = path and canonical(path[-1].speaker) == canonical(frame.speaker)
        return speech.told(claim.span, path if same else [frame])
    voice = speech.voices.read(token)
    if not voice.name or voice.kind == PRONOUN or voice.span is None:
        return speech.told(claim.span, path)
    outlet = speech.told(claim.span, [])
    return Attribution(voice.name, (*outlet.chain, voice.name), None, Status.CLAIMED, voice.span, outlet.evidence)
