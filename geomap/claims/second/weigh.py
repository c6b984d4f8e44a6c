"""What both readers make of a report: the rules' claims, what the network finds besides, and who says it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geomap.claims import sites
from geomap.claims.grammar import Syntax
from geomap.claims.matters import able
from geomap.claims.rules import FirstReading
from geomap.claims.saying import is_saying
from geomap.claims.second.candidates import COUNTABLE, Candidate
from geomap.claims.second.labels import ENDS, MATTERS, label
from geomap.claims.second.marks import Marks, tokens
from geomap.claims.second.opinion import OUTLET, Opinion
from geomap.claims.speakers import canonical
from geomap.claims.things import claim as thing
from geomap.model import EVENT_ROLES, Attribution, Claim, ClockTime, Role, Status


@dataclass(frozen=True, slots=True)
class Bars:
    """How likely a claim must be for the network to add it to what the rules found.

    ``keep`` is asked of what the rules found, or it is left out; ``end`` of the ends of a journey, where what travels
    may be another's, ``count`` of numbers, ``matter`` of causes, cargoes and weapons, ``second`` of a further meaning
    of what has one already ("all six crew died": killed, and crew), ``speaker`` of who tells it, where the rules name
    another.
    """

    keep: float = 0.0
    add: float = 0.75
    end: float = 0.95
    count: float = 0.85
    matter: float = 0.85
    second: float = 0.95
    speaker: float = 0.5


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim with the token that it is judged by."""

    at: int
    claim: Claim


def weigh(
    first: FirstReading, those: Sequence[Candidate], marked: Marks, opinion: Opinion, *, bars: Bars
) -> list[Claim]:
    """The claims of a report, attributed; ``first`` is the reading by rules."""
    ruled = list(_ruled(first, those, opinion, bars))
    known = {each.at: label(each.claim) for each in ruled}
    found = [*ruled, *_added(first, those, opinion, bars, known), *_matters(first, ruled, opinion, bars)]
    told = [replace(each.claim, attribution=_told(first, marked, opinion, each, bars)) for each in _timed(first, found)]
    return [*told, *sites.routes(first.syntax, told)]


def _ruled(first: FirstReading, those: Sequence[Candidate], opinion: Opinion, bars: Bars) -> Iterator[_Found]:
    """What the rules found, unless the network is nearly sure that it is none; routes are drawn anew."""
    at = {(each.kind, each.tokens.start): each.tokens for each in those}
    for claim in first.claims:
        name, judged = label(claim), tokens(first.syntax, claim, at)
        # A site is kept whatever the network thinks: without its own, an incident would be shown where it was not.
        doubted = name and claim.role not in EVENT_ROLES and opinion.likely(judged, name) < bars.keep
        if claim.role is not Role.ROUTE and not doubted:
            yield _Found(judged.start, claim)


def _added(
    first: FirstReading, those: Sequence[Candidate], opinion: Opinion, bars: Bars, known: Mapping[int, str]
) -> Iterator[_Found]:
    """What the rules passed over: each candidate's likeliest label, and others that are surer still.

    Nothing where the report speaks of another event, by the rules, nor of a number that they counted.
    """
    for candidate in those:
        at = candidate.tokens.start
        if not first.events.belongs(first.syntax, at) or (candidate.kind in COUNTABLE and at in known):
            continue
        likely = sorted(((opinion.likely(candidate.tokens, name), name) for name in candidate.labels), reverse=True)
        for rank, (likelihood, name) in enumerate(likely):
            bar = bars.end if name in ENDS else bars.count if candidate.kind in COUNTABLE else bars.add
            if likelihood < (max(bar, bars.second) if rank or at in known else bar):
                break
            made = None if known.get(at) == name else candidate.claim(name)
            if made:
                yield _Found(at, made)


def _matters(first: FirstReading, ruled: Sequence[_Found], opinion: Opinion, bars: Bars) -> Iterator[_Found]:
    """Causes, cargoes and weapons in words that the rules took for none."""
    syntax = first.syntax
    for role in MATTERS:
        spoken = {i for each in ruled if each.claim.role is role for i in syntax.within(each.claim.span)}
        for run in opinion.runs(str(role), bars.matter):
            words = _trimmed(syntax, run)
            open_ = not words or _is_possible(syntax, words[-1]) or _is_asked(syntax, words[-1])
            if not open_ and first.events.belongs(syntax, words[-1]) and not spoken & set(words):
                begin, end = words[0], words[-1]
                yield _Found(begin, thing(syntax, role, syntax.text(begin, end), begin, end))


def _is_asked(syntax: Syntax, index: int) -> bool:
    """Whether a word stands in an open question: "it is not clear whether a mechanical failure caused it"."""
    above = (index, *syntax.ancestors(index))
    return any(syntax.tokens[each].text.lower() == "whether" for one in above for each in syntax.children[one])


def _is_possible(syntax: Syntax, index: int) -> bool:
    """Whether a word hangs on a verb that says what something can or is made to do: "built to carry tanks"."""
    return any(able(syntax, above) for above in syntax.ancestors(index) if syntax.tokens[above].pos == "VERB")


def _timed(first: FirstReading, found: Sequence[_Found]) -> Iterator[_Found]:
    """The claims, clock times with their day; a day alone is left out of a sentence that gives the hour."""
    clocked = {each.claim.context for each in found if _clock(each.claim)}
    days = _days(first)
    places = [at for at, _ in days]
    own = first.events.date.isoformat() if first.events.date else None
    for each in found:
        value = each.claim.value
        if not isinstance(value, ClockTime):
            yield each
        elif _clock(each.claim):
            told = bisect_right(places, each.at)
            day = value.date or (days[told - 1][1] if told else own)
            yield replace(each, claim=replace(each.claim, value=replace(value, date=day)))
        elif each.claim.context not in clocked:
            yield each


def _days(first: FirstReading) -> list[tuple[int, str]]:
    """The days that the report names, by token, other than those of statements and other events, and days to come."""
    syntax, published = first.syntax, first.syntax.article.published
    found = (
        (syntax.at(day.span.start), day.date.isoformat())
        for day in first.days
        if day.date and not day.vague and not (published and day.date > published)
    )
    inside = ((at, date) for at, date in found if at < len(syntax.tokens))
    return sorted((at, date) for at, date in inside if first.events.belongs(syntax, at) and not is_saying(syntax, at))


def _clock(claim: Claim) -> bool:
    return isinstance(claim.value, ClockTime) and bool(claim.value.local or claim.value.gmt)


def _is_one(a: str, b: str) -> bool:
    """Whether two names are surely of one speaker: one only says more than the other ("the operator of the train")."""
    mine, theirs = set(canonical(a).split()), set(canonical(b).split())
    return mine <= theirs or theirs <= mine


def _trimmed(syntax: Syntax, run: range) -> range:
    """A run of words without articles and marks at its ends; nothing where no noun is among them."""
    start, stop = run.start, run.stop
    while start < stop and (syntax.tokens[start].pos in {"DET", "PUNCT"} or not syntax.tokens[start].text[0].isalnum()):
        start += 1
    while start < stop and syntax.tokens[stop - 1].pos == "PUNCT":
        stop -= 1
    named = any(syntax.tokens[i].pos in {"NOUN", "PROPN"} or syntax.tokens[i].tag == "VBG" for i in range(start, stop))
    return range(start, stop if named else start)


def _told(first: FirstReading, marked: Marks, opinion: Opinion, found: _Found, bars: Bars) -> Attribution:
    """Who says it: whom the network names where it is sure, in the rules' words for it."""
    claim, speech = found.claim, first.speech
    path, token = speech.path(claim.span), int(opinion.teller[found.at])
    if opinion.sure[found.at] < bars.speaker:
        return speech.told(claim.span, path)
    if token == OUTLET:
        return speech.told(claim.span, [])
    number, name = int(marked.speaker[token]), marked.names[token]
    if number >= 0:
        frame = replace(marked.frames[number], speaker=name)
        same = path and _is_one(path[-1].speaker, name)
        return speech.told(claim.span, path if same else [frame])
    if not name:
        return speech.told(claim.span, path)
    outlet = speech.told(claim.span, [])
    return Attribution(
        name, (*outlet.chain, name), None, Status.CLAIMED, speech.voices.read(token).span, outlet.evidence
    )
