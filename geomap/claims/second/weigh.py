"""What both readers make of a report: the rules' claims, what the network finds besides, and who says it."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from geomap.claims import sites
from geomap.claims.denials import is_denied, is_supposed
from geomap.claims.grammar import Syntax
from geomap.claims.matters import able
from geomap.claims.rules import FirstReading
from geomap.claims.saying import is_saying
from geomap.claims.second.candidates import MOMENT, PLACE, Candidate
from geomap.claims.second.labels import ENDS, FATES, FIRED, KILLED, MATTERS, PLACES, SHOT_DOWN, label
from geomap.claims.second.marks import Marks, tokens
from geomap.claims.second.opinion import NOBODY, OUTLET, Floats, Ints, Opinion
from geomap.claims.speakers import canonical
from geomap.claims.things import claim as thing
from geomap.claims.times import after_midnight
from geomap.model import Attribution, Claim, ClockTime, Locative, Matter, Place, Relation, Role, Span, Status


@dataclass(frozen=True, slots=True)
class Bars:
    """How likely a claim must be for the network to add it to what the rules found.

    ``keep`` is asked of much that the rules found, or it is left out, and ``hardly`` of more; ``end`` of the ends of
    a journey, where what travels may be another's, ``count`` of numbers, ``matter`` of causes, cargoes and weapons,
    ``second`` of a further meaning of what has one already ("all six crew died": killed, and crew), ``speaker`` of who
    tells it, where the rules name another, ``before`` of a speaker of an earlier paragraph, ``denied`` of who denies
    what another tells, and ``apart`` of what the rules take for another event's where the report opens. What is less
    likely than ``sure`` opens no dispute.
    """

    keep: float = 0.15
    hardly: float = 0.05
    add: float = 0.75
    end: float = 0.95
    count: float = 0.6
    matter: float = 0.8
    second: float = 0.85
    speaker: float = 0.3
    before: float = 0.85
    denied: float = 0.5
    apart: float = 0.95
    sure: float = 0.9

    def of(self, name: str) -> float:
        """How likely a label must be."""
        if name in MATTERS:
            return self.matter
        if name in ENDS:
            return self.end
        return self.add if name in PLACES or name == Role.TIME else self.count


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim with the tokens that it is judged by."""

    words: range
    claim: Claim

    @property
    def at(self) -> int:
        return self.words.start


def weigh(
    first: FirstReading, those: Sequence[Candidate], marked: Marks, opinion: Opinion, *, bars: Bars
) -> list[Claim]:
    """The claims of a report, attributed; ``first`` is the reading by rules."""
    at = {(each.kind, each.tokens.start): each.tokens for each in those}
    given = [_Found(tokens(first.syntax, claim, at), claim) for claim in first.claims]
    ruled = list(_ruled(first, given, set(_placed(first, those, opinion, bars)), opinion, bars))
    asked = _Asked(first, bars, any(label(each.claim) in _SITES for each in ruled))
    found = [
        *ruled,
        *_added(those, opinion, asked, ruled),
        *_matters(ruled, opinion, asked),
        *_unknown(those, opinion, asked),
    ]
    found += _last_shown(given, found, opinion)
    found = _either(found, opinion)
    timed = list(_timed(first, found, _days(first, those, opinion)))
    told = [replace(each.claim, attribution=_attributed(first, marked, opinion, each, bars)) for each in timed]
    denied = [
        claim
        for each, made in zip(timed, told, strict=True)
        for denier, likely in [_best(marked, opinion.denier, opinion.denied, each.words)]
        if likely >= bars.denied
        for claim in _denied(first, marked, made, denier)
    ]
    return [*told, *denied, *sites.routes(first.syntax, told)]


def _ruled(
    first: FirstReading, given: Sequence[_Found], placed: Set[Span | None], opinion: Opinion, bars: Bars
) -> Iterator[_Found]:
    """What the rules found, unless the network is nearly sure that it is none; routes are drawn anew."""
    joined = _joined(first.syntax.article.text, given, opinion)
    for each in given:
        name = label(each.claim)
        bar = _kept(each.claim, name, placed, bars)
        if each.claim.role is Role.ROUTE or (bar and (joined.get(id(each)) or opinion.likely(each.words, name)) < bar):
            continue
        yield each


def _joined(text: str, given: Sequence[_Found], opinion: Opinion) -> dict[int, float]:
    """How likely the same fate of those told in one breath is: "killing two crew members and eight passengers"."""
    runs: list[list[_Found]] = []
    for each in sorted((each for each in given if label(each.claim) in _FATES), key=lambda each: each.at):
        last = runs[-1][-1] if runs else None
        between = text[last.claim.span.end : each.claim.span.start].strip() if last else ""
        if last and label(last.claim) == label(each.claim) and between in {"and", ",", ", and"}:
            runs[-1].append(each)
        else:
            runs.append([each])
    likely = [max(opinion.likely(each.words, label(each.claim)) for each in run) for run in runs]
    return {id(each): share for run, share in zip(runs, likely, strict=True) for each in run}


def _either(found: Sequence[_Found], opinion: Opinion) -> list[_Found]:
    """Without the less likely of two readings: what "between X and Y" tells is a site, or the way that was gone."""

    def likely(each: _Found) -> float:
        return opinion.likely(each.words, label(each.claim))

    amid = {each.claim.span: likely(each) for each in found if _is_between(each.claim)}
    ways: dict[Span, float] = defaultdict(float)
    for each in found:
        if label(each.claim) in ENDS and each.claim.span in amid:
            ways[each.claim.span] = max(ways[each.claim.span], likely(each))
    less = {span for span, way in ways.items() if way < amid[span]}
    return [
        each
        for each in found
        if each.claim.span not in ways
        or not (label(each.claim) in ENDS if each.claim.span in less else _is_between(each.claim))
    ]


def _is_between(claim: Claim) -> bool:
    return label(claim) in _SITES and isinstance(claim.value, Locative) and claim.value.relation is Relation.BETWEEN


def _last_shown(given: Sequence[_Found], found: Sequence[_Found], opinion: Opinion) -> list[_Found]:
    """The likeliest site of the rules on the map, where none is left or only what it lies in.

    A report never loses its last site, nor its district for the province round it.
    """
    left = [place for each in found if (place := _shown(each.claim))]
    lost = [each for each in given if (place := _shown(each.claim)) and all(place.lies_in(wide) for wide in left)]
    return [max(lost, key=lambda each: opinion.likely(each.words, label(each.claim)))] if lost else []


def _shown(claim: Claim) -> Place | None:
    """Where a site is on the map."""
    return claim.subject.place if label(claim) in _SITES and claim.subject else None


def _kept(claim: Claim, name: str, placed: Set[Span | None], bars: Bars) -> float:
    """How likely a claim of the rules must be to stay; ``placed`` are the sentences with a site that is on the map."""
    if name in _SITES:
        if _shown(claim) and (_bounds(claim) or not placed):
            return 0.0
        return bars.keep if claim.context in placed else bars.hardly
    if name in _DOUBTED:
        return bars.keep
    return bars.hardly if name in _HARDLY and not _is_narrow(claim) else 0.0


def _is_narrow(claim: Claim) -> bool:
    """Whether the network does not call a thing so: that it was shot down is what happened."""
    return isinstance(claim.value, Matter) and claim.value.what.startswith("shot down")


_FATES = frozenset(f"count:{fate}" for fate in FATES)
_SITES = frozenset(PLACES) - ENDS
_DOUBTED = _FATES | ENDS | {Role.TIME}
"""What the network may strike out wherever it stands: who travelled, when, and what befell whom."""
_HARDLY = frozenset(
    f"count:{of}" for of in ("crew", "passengers", "aboard", "survivors", "bodies", "casualties", FIRED, SHOT_DOWN)
) | {Role.CAUSE}
"""What goes only where the network is as good as sure, as does a site in a sentence that has no other.

Captives, cargoes and weapons stand in the noun itself: of these it never strikes one, since what it has learned to call
so is narrower than what the rules do.
"""


def _placed(first: FirstReading, those: Sequence[Candidate], opinion: Opinion, bars: Bars) -> Iterator[Span | None]:
    """The sentences in which the network knows a site that is on the map.

    Where a report has none, no site on the map may go: without its own, an incident would be shown where it was not.
    """
    for each in those:
        if not first.events.belongs(first.syntax, each.tokens.start):
            continue
        known = (each.claim(site) for site in _SITES if opinion.likely(each.tokens, site) >= bars.add)
        yield from (made.context for made in known if made and made.subject and made.subject.place)


def _bounds(claim: Claim) -> bool:
    """Whether a site's wording bounds where it is, however coarse: "northeast of Belgorod", "on the Polish border"."""
    return isinstance(claim.value, Locative) and claim.value.relation in _BOUNDING


_BOUNDING = frozenset({Relation.OFFSET, Relation.BETWEEN, Relation.BORDER})


@dataclass(frozen=True, slots=True)
class _Asked:
    """How likely what the rules passed over must be; ``sited`` is whether they know where it happened."""

    first: FirstReading
    bars: Bars
    sited: bool

    def of(self, name: str, at: int, *, further: bool = False) -> float:
        """For a label of the word ``at``, ``further`` where the word has one already.

        What the rules take for another event's is none of the incident's, but where the report opens: there is the news
        itself. Even there no further site is taken from it, or the map would show the incident elsewhere.
        """
        bar, syntax = max(self.bars.of(name), self.bars.second if further else 0.0), self.first.syntax
        if self.first.events.belongs(syntax, at):
            return bar
        news = syntax.sentence_of[at] < _OPENING and not (self.sited and name in _SITES)
        return max(bar, self.bars.apart) if news else math.inf


_OPENING = 5
"""Sentences in which a report tells its news."""


def _added(those: Sequence[Candidate], opinion: Opinion, asked: _Asked, ruled: Sequence[_Found]) -> Iterator[_Found]:
    """What the rules passed over: each candidate's likeliest label, and others that are surer still.

    Of those whom they counted also what else they are or befell them: "six crew were rescued".
    """
    known: dict[int, list[str]] = defaultdict(list)
    for each in ruled:
        known[each.at].append(label(each.claim))
    for candidate in those:
        at = candidate.tokens.start
        has = list(known.get(at, ()))
        likely = sorted(((opinion.likely(candidate.tokens, name), name) for name in candidate.labels), reverse=True)
        for likelihood, name in likely:
            if likelihood < asked.of(name, at, further=bool(has) or (likelihood, name) != likely[0]):
                break
            made = candidate.claim(name) if all(_goes_with(other, name) for other in has) else None
            if made:
                has.append(name)
                # An hour that the rules did not tie to the event may be that of another step: it contradicts nobody.
                sure = likelihood >= asked.bars.sure and not _clock(made)
                yield _Found(candidate.tokens, replace(made, sure=sure))


def _goes_with(known: str, name: str) -> bool:
    """Whether those whom the rules counted as one thing may be another as well: who they are, and what befell them.

    The dead have no other fate.
    """
    if not known:  # a count that has no label
        return not name.startswith("count:")
    if not (known.startswith("count:") and name.startswith("count:")):
        return known != name
    fates = {known, name} & _FATES
    return known != name and bool(fates) and not (len(fates) > 1 and f"count:{KILLED}" in fates)


def _matters(ruled: Sequence[_Found], opinion: Opinion, asked: _Asked) -> Iterator[_Found]:
    """Causes, cargoes and weapons in words that the rules took for none."""
    syntax = asked.first.syntax
    for role in MATTERS:
        spoken = {i for each in ruled if each.claim.role is role for i in syntax.within(each.claim.span)}
        for words, likely in _runs(opinion, role, asked):
            begin, end = words[0], words[-1]
            if not (_is_possible(syntax, end) or _is_asked(syntax, end) or spoken & set(words)):
                made = thing(syntax, role, syntax.text(begin, end), begin, end)
                yield _Found(words, replace(made, sure=likely >= asked.bars.sure))


def _runs(opinion: Opinion, role: Role, asked: _Asked) -> Iterator[tuple[range, float]]:
    """The stretches of words that have a role in all likelihood, and how likely that is."""
    for run in opinion.runs(role, asked.bars.of(role)):
        words = _trimmed(asked.first.syntax, run)
        if words and (likely := opinion.likely(words, role)) >= asked.of(role, words[-1]):
            yield words, likely


def _unknown(those: Sequence[Candidate], opinion: Opinion, asked: _Asked) -> Iterator[_Found]:
    """Places that nobody took for such ("on the M62", "tunnel 49"): a site all the same, though it has no point."""
    syntax = asked.first.syntax
    names = [syntax.within(each.mention.span) for each in asked.first.resolutions]
    taken = {i for words in (*names, *(each.tokens for each in those if each.kind == PLACE)) for i in words}
    for role in PLACES:
        for words, likely in _runs(opinion, role, asked):
            if _is_named(syntax, words) and taken.isdisjoint(words):
                made = sites.claimed(syntax, sites.unknown(syntax, words), role, "")
                yield _Found(words, replace(made, sure=likely >= asked.bars.sure))


def _is_named(syntax: Syntax, words: range) -> bool:
    """Whether words name something: a proper noun, or a noun with its number ("tunnel 49"); no day, hour or measure."""
    tokens = [syntax.tokens[i] for i in words]
    if any(token.entity in {"DATE", "TIME", "QUANTITY", "PERCENT", "MONEY"} for token in tokens):
        return False
    numbered = any(a.pos == "NOUN" and b.pos == "NUM" for a, b in pairwise(tokens))
    return numbered or any(token.pos == "PROPN" for token in tokens)


def _is_asked(syntax: Syntax, index: int) -> bool:
    """Whether a word stands in an open question: "it is not clear whether a mechanical failure caused it"."""
    above = (index, *syntax.ancestors(index))
    return any(syntax.tokens[each].text.lower() == "whether" for one in above for each in syntax.children[one])


def _is_possible(syntax: Syntax, index: int) -> bool:
    """Whether a word hangs on a verb that says what something can or is made to do: "built to carry tanks"."""
    return any(able(syntax, above) for above in syntax.ancestors(index) if syntax.tokens[above].pos == "VERB")


def _timed(first: FirstReading, found: Sequence[_Found], days: Sequence[tuple[int, str]]) -> Iterator[_Found]:
    """The claims, clock times with their day; a day alone is left out of a sentence that gives the hour."""
    clocked = {each.claim.context for each in found if _clock(each.claim)}
    places = [at for at, _ in days]
    own = first.events.date.isoformat() if first.events.date else None
    before: Claim | None = None
    for each in sorted(found, key=lambda each: each.at):
        value = each.claim.value
        if not isinstance(value, ClockTime):
            yield each
        elif _clock(each.claim):
            told = bisect_right(places, each.at)
            claim = each.claim
            if not value.date:
                claim = replace(claim, value=replace(value, date=days[told - 1][1] if told else own))
                claim = after_midnight(before, claim) if before else claim
            before = claim
            yield replace(each, claim=claim)
        elif each.claim.context not in clocked:
            yield each


def _days(first: FirstReading, those: Sequence[Candidate], opinion: Opinion) -> list[tuple[int, str]]:
    """The days that hours may be of, by token: those on which something of the incident happened, by the network.

    Where it knows none, those that the report names, other than those of statements and other events, and days to come.
    """
    syntax, published = first.syntax, first.syntax.article.published
    happened = sorted(
        (each.tokens.start, claim.value.date)
        for each in those
        if each.kind == MOMENT
        and opinion.likely(each.tokens, str(Role.TIME)) >= _HAPPENED
        and (claim := each.claim(str(Role.TIME)))
        and isinstance(claim.value, ClockTime)
        and claim.value.date
        and not _clock(claim)
    )
    if happened:
        return happened
    found = (
        (syntax.at(day.span.start), day.date.isoformat())
        for day in first.days
        if day.date and not day.vague and not (published and day.date > published)
    )
    inside = ((at, date) for at, date in found if at < len(syntax.tokens))
    return sorted((at, date) for at, date in inside if first.events.belongs(syntax, at) and not is_saying(syntax, at))


_HAPPENED = 0.5
"""How likely a day must be one on which something happened, for hours behind it to be of that day."""


def _clock(claim: Claim) -> bool:
    return isinstance(claim.value, ClockTime) and bool(claim.value.local or claim.value.gmt)


def _is_one(a: str, b: str) -> bool:
    """Whether two names are surely of one speaker: one only says more than the other ("the operator of the train")."""
    mine, theirs = set(canonical(a).split()), set(canonical(b).split())
    return mine <= theirs or theirs <= mine


def _trimmed(syntax: Syntax, run: range) -> range:
    """A run of words without the articles, marks and joining words at its ends."""
    start, stop = run.start, run.stop
    while start < stop and (syntax.tokens[start].pos in {"DET", "PUNCT"} or not syntax.tokens[start].text[0].isalnum()):
        start += 1
    while start < stop and syntax.tokens[stop - 1].pos in {"PUNCT", "ADP", "DET", "CCONJ"}:
        stop -= 1
    return range(start, stop)


def _attributed(first: FirstReading, marked: Marks, opinion: Opinion, found: _Found, bars: Bars) -> Attribution:
    """Who says it, or that it was not so, or may have been."""
    told = _told(first, marked, opinion, found, bars)
    if found.claim.role not in (*PLACES, *MATTERS):
        return told
    if is_denied(first.syntax, found.words):
        return replace(told, status=Status.DENIED)
    supposed = found.claim.role is Role.CAUSE and told.status is not Status.DENIED
    return replace(told, status=Status.UNVERIFIED) if supposed and is_supposed(first.syntax, found.words) else told


def _told(first: FirstReading, marked: Marks, opinion: Opinion, found: _Found, bars: Bars) -> Attribution:
    """Who says it: whom the network names where it is sure, in the rules' words for it."""
    claim, speech = found.claim, first.speech
    path = speech.path(claim.span)
    token, sure = _best(marked, opinion.teller, opinion.sure, found.words)
    if sure < _heard(first.syntax, found.at, token, bars):
        return speech.told(claim.span, path)
    if token == OUTLET:
        return speech.told(claim.span, [])
    name = marked.names[token]
    if not name:
        return speech.told(claim.span, path)
    same = path and marked.speaker[token] >= 0 and _is_one(path[-1].speaker, name)
    return speech.told(claim.span, path) if same else _by(first, marked, claim, token)


def _heard(syntax: Syntax, at: int, token: int, bars: Bars) -> float:
    """How likely a speaker must be: one of another paragraph more so, and one who is named only further on never."""
    beyond = syntax.sentence(token).paragraph - syntax.sentence(at).paragraph if token != OUTLET else 0
    return bars.speaker if not beyond else bars.before if beyond < 0 else math.inf


def _best(marked: Marks, named: Ints, sure: Floats, words: range) -> tuple[int, float]:
    """Whom the network names for some words as a whole, as the token that it is surest of, and how likely he is.

    All tokens that stand for one speaker count together.
    """
    of = [int(marked.name[token]) if token >= 0 else OUTLET for token in named[words.start : words.stop]]
    likely = {name: sum(float(sure[i]) for i, each in zip(words, of, strict=True) if each == name) for name in of}
    best = max(likely, key=likely.__getitem__)
    at = max((i for i, each in zip(words, of, strict=True) if each == best), key=lambda i: float(sure[i]))
    return int(named[at]), likely[best] / len(words)


def _denied(first: FirstReading, marked: Marks, told: Claim, token: int) -> Iterator[Claim]:
    """What is told by one and denied by another, whom a token names, as the other's claim."""
    name = "" if token == NOBODY else marked.names[token]
    if name and not _is_one(told.attribution.speaker, name):
        yield replace(told, attribution=replace(_by(first, marked, told, token), status=Status.DENIED))


def _by(first: FirstReading, marked: Marks, claim: Claim, token: int) -> Attribution:
    """The attribution of a claim to whom a token names: by the act of saying it is part of, or by the name alone."""
    number, name, speech = int(marked.speaker[token]), marked.names[token], first.speech
    if number >= 0:
        frame = marked.frames[number]
        # "The council rejects that: the brakes failed": what a speaker denies is not all that he says.
        other = frame.status is Status.DENIED and not frame.covers(claim.span)
        return speech.told(claim.span, [replace(frame, speaker=name, status=Status.CLAIMED if other else frame.status)])
    outlet = speech.told(claim.span, [])
    return Attribution(
        name,
        (*outlet.chain, name),
        None,
        Status.CLAIMED,
        speech.voices.read(token).span,
        outlet.evidence,
        speech.voices.post(name),
    )
