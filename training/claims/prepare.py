"""Reports to arrays: `python -m training.claims.prepare ENCODER_FOLDER OUT FOLDER...`.

Reads each report by geomap's own rules and sets beside it what a careful reader took from it: for each word the labels
that it should have, and the words that name who says so.
"""

from __future__ import annotations

import pickle
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from geomap import gazetteer
from geomap.claims import ruled, rules
from geomap.claims.grammar import NOMINAL, Syntax
from geomap.claims.second.candidates import MOMENT, NOBODY, NUMBER, ONE, SUM, Candidate, candidates
from geomap.claims.second.labels import LABELS, counted, label, numbers
from geomap.claims.second.marks import Marks, marks
from geomap.claims.second.marks import tokens as tokens_of
from geomap.claims.second.network import by_rules, row
from geomap.claims.second.windows import Window, windows
from geomap.claims.speakers import canonical, is_person
from geomap.config import Config
from geomap.geoparse import recognize, resolve
from geomap.model import Article, ClockTime, Count, Gazetteer, Span
from geomap.parse import SpacyParser
from tests.claim_cases import Case, cases, meets
from training.claims.corpus import OUTLET, Line, Report, reports

COUNTABLE = frozenset({NUMBER, ONE, NOBODY, SUM})


@dataclass
class Example:
    """One window of a report, a column a piece: what the network is given, and what it should say.

    ``labels`` is pieces by labels: 1 said, 0 not said, -1 not asked for. ``speakers`` holds for places that make a
    claim the places that name its speaker, ``deniers`` those that name who denies it (0: nobody), ``ruled`` for each of
    them the places that the rules would name. The share ``forget`` of what the rules marked is blanked in training.
    """

    name: str
    row: dict[str, np.ndarray]
    labels: np.ndarray
    speakers: list[tuple[int, list[int]]]
    deniers: dict[int, list[int]]
    ruled: np.ndarray
    forget: float


def main(encoder: Path, out: Path, folders: list[Path]) -> None:
    found, lost = [], []
    those = [report for folder in folders for report in reports(folder)]
    with ProcessPoolExecutor() as pool:
        for made, missed in pool.map(partial(_of_report, encoder), those, chunksize=16):
            found += made
            lost += missed
        for made in pool.map(partial(_of_case, encoder), list(cases()), chunksize=16):
            found += made
    out.write_bytes(pickle.dumps(found))
    print(len(found), "windows,", sum(len(e.speakers) for e in found), "words with a speaker,", len(lost), "lines lost")
    Path(f"{out}.lost").write_text("\n".join(lost), encoding="utf-8")


def _of_report(encoder: Path, report: Report) -> tuple[list[Example], list[str]]:
    reading, lost = Reading.of(_first(report.article)), []
    wanted = gold(report, reading, lost)
    return list(examples(report.article.id, reading, wanted, tokenizer_of(encoder), forget=0.1)), lost


def _of_case(encoder: Path, case: Case) -> list[Example]:
    reading = Reading.of(_first(case.article))
    return list(examples(case.name, reading, agreed(case, reading), tokenizer_of(encoder), forget=0.5))


def _first(article: Article) -> rules.FirstReading:
    places, parse = _stages()
    analysis = parse(article)
    mentions = recognize.recognize(article, analysis, places)
    return rules.read(article, analysis, resolve.resolve(article, analysis, mentions, places))


@cache
def _stages() -> tuple[Gazetteer, SpacyParser]:
    return gazetteer.open(Config.read().gazetteer), SpacyParser()


@cache
def tokenizer_of(encoder: Path) -> Tokenizer:
    """The encoder's tokenizer, which cuts nothing off and fills nothing up."""
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@dataclass
class Reading:
    """A report as the rules read it, with all that the network is told of it."""

    first: rules.FirstReading
    those: list[Candidate]
    marked: Marks

    @classmethod
    def of(cls, first: rules.FirstReading) -> Reading:
        those = list(candidates(first))
        return cls(first, those, marks(first.syntax, first.claims, those, first.speech))


@dataclass
class Gold:
    """What the network should say of a report: ``labels`` of each token, ``told`` the tokens that name its speaker.

    ``denied`` are those that name who denies what another tells.
    """

    labels: np.ndarray
    told: dict[int, list[int]] = field(default_factory=dict)
    denied: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, syntax: Syntax) -> Gold:
        """Of a report of which nothing is known yet."""
        return cls(np.zeros((len(syntax.tokens), len(LABELS)), np.int8))


def gold(report: Report, reading: Reading, lost: list[str]) -> Gold:
    """What a careful reader wrote down; ``lost`` takes the lines whose words were not found."""
    syntax = reading.first.syntax
    made = Gold.of(syntax)
    for line in sorted(report.lines, key=lambda line: (line.status == "denied", line.sure)):
        for name, tokens in placed(line, syntax, reading.those):
            if not tokens:
                words = report.article.quote(line.span)
                lost.append(f"{report.article.id}: {line.role} {line.subject} {line.value} <{words}>")
                continue
            known = made.labels[tokens, numbers()[name]]
            made.labels[tokens, numbers()[name]] = 1 if line.sure else np.where(known == 1, 1, -1)
            named = spoken(line, syntax, reading.marked)
            if named is not None:
                another = line.status == "denied" and any(made.told.get(token, named) != named for token in tokens)
                (made.denied if another else made.told).update((token, named) for token in tokens)
    return made


def agreed(case: Case, reading: Reading) -> Gold:
    """What the rules found in one of geomap's own cases and the case asks for; what it allows is not asked for."""
    syntax, marked = reading.first.syntax, reading.marked
    made = Gold.of(syntax)
    for claim in ruled(reading.first):
        name = label(claim)
        meant = [line for line in case.expected if line.kind == "must" and meets(line, claim)]
        allowed = any(line.kind == "may" and meets(line, claim, speaker=False) for line in case.expected)
        if not name or not (meant or allowed):
            continue
        words = list(tokens_of(syntax, claim))
        made.labels[words, numbers()[name]] = 1 if meant else -1
        teller = marked.teller[words[0]]
        named = sorted(speaking(marked.frames[teller].speaker, syntax, marked)) if teller >= 0 else []
        made.told.update((word, named) for word in words)
    return made


def examples(name: str, reading: Reading, wanted: Gold, tokenizer: Tokenizer, *, forget: float) -> Iterator[Example]:
    """A report's windows; of the rules' marks the share ``forget`` is blanked whenever one is trained on."""
    for window in windows(tokenizer, reading.first.syntax):
        yield _example(name, window, reading.marked, wanted, forget)


def _example(name: str, window: Window, marked: Marks, wanted: Gold, forget: float) -> Example:
    judged = window.first & (np.arange(len(window.tokens)) >= window.known)
    labels = np.full((len(window.tokens) + 2, len(LABELS)), -1, np.int8)
    labels[1:-1][judged] = wanted.labels[window.tokens[judged]]
    speakers, deniers = [], {}
    for place in np.flatnonzero(judged):
        token = int(window.tokens[place])
        if (named := wanted.told.get(token)) is not None:
            answers = _places(window, named) if named else [0]
            if answers:
                speakers.append((int(place) + 1, answers))
                if token not in wanted.denied:
                    deniers[int(place) + 1] = [0]
                elif outspoken := _places(window, wanted.denied[token]):
                    deniers[int(place) + 1] = outspoken
    asked = window.tokens[[place - 1 for place, _ in speakers]]
    ruled = by_rules(window, marked, asked) if speakers else np.zeros((0, len(window.tokens) + 1), bool)
    columns = {key: each[0] for key, each in row(window, marked).items()}
    return Example(name, columns, labels, speakers, deniers, ruled, forget)


def _places(window: Window, tokens: list[int]) -> list[int]:
    """Where in a window's row these tokens stand."""
    return [int(each) + 1 for each in np.flatnonzero(np.isin(window.tokens, tokens))]


def placed(line: Line, syntax: Syntax, those: list[Candidate]) -> list[tuple[str, list[int]]]:
    """The label that a line gives, and the tokens it gives it to."""
    if line.role == "route":
        return []
    if line.subject:
        return [(line.role, _found(line.subject, line.span, syntax))]
    if line.role == "count":
        number, of = line.value.split()[:2]
        kind = counted(of)
        if not kind:
            return []
        return [(kind, _number(int(number), line.span, syntax, those))]
    if line.role == "time":
        return [(line.role, _time(line, syntax, those))]
    return [(line.role, _found(line.value, line.span, syntax))]


def _found(words: str, span: Span, syntax: Syntax) -> list[int]:
    at = syntax.article.text.lower().find(words.lower(), span.start, span.end)
    if at < 0:
        return []
    return list(syntax.within(Span(at, at + len(words))))


def _number(number: int, span: Span, syntax: Syntax, those: list[Candidate]) -> list[int]:
    """The tokens of a number: of a candidate with this value that stands in the words, else that acts in them."""
    inside = [each for each in those if span.covers(syntax.span(each.tokens[0], each.tokens[-1]))]
    verbs = [i for i in syntax.within(span) if syntax.tokens[i].pos in {"VERB", "AUX"}]
    acting = {syntax.subject(verb) for verb in verbs}
    for each in (*inside, *(one for one in those if one.tokens[-1] in acting)):
        if each.kind in COUNTABLE:
            claim = each.claim(each.labels[0])
            if claim and isinstance(claim.value, Count) and claim.value.count == number:
                return list(each.tokens)
    return []


def _time(line: Line, syntax: Syntax, those: list[Candidate]) -> list[int]:
    """The tokens of the moment or day whose value the line gives; else of those in its words."""
    wanted = set(re.findall(r"\d\d:\d\d|\d{4}-\d\d-\d\d", line.value))
    inside = []
    for each in those:
        if each.kind == MOMENT and syntax.span(each.tokens[0], each.tokens[-1]).overlaps(line.span):
            claim = each.claim("time")
            if claim is None:
                continue
            assert isinstance(claim.value, ClockTime)
            has = {claim.value.local, claim.value.gmt, claim.value.date, *dict(claim.value.zones).values()}
            inside.append((len(wanted & has), each.tokens))
    best = max(inside, key=lambda pair: pair[0], default=(0, range(0)))
    return list(best[1]) if best[0] else []


def spoken(line: Line, syntax: Syntax, marked: Marks) -> list[int] | None:
    """The tokens that name a line's speaker anywhere in the report; [] for the outlet, None where it is not named.

    Of a name of several words it is the one that the others hang on; a person's surname stands for the person.
    """
    if line.speaker == OUTLET:
        return []
    named: list[int] = []
    for found in re.finditer(rf"\b{re.escape(line.speaker)}\b", syntax.article.text, re.I):
        named.append(head_of(syntax, syntax.within(Span(found.start(), found.end()))))
    last = line.speaker.split()[-1]
    if not named or is_person(line.speaker):
        named += [i for i, token in enumerate(syntax.tokens) if token.text.lower() == last.lower()]
    return sorted({*named, *speaking(line.speaker, syntax, marked)}) or None


def speaking(name: str, syntax: Syntax, marked: Marks) -> set[int]:
    """Who speaks in the acts of saying that the rules lay to a speaker of this name: nouns and pronouns."""
    own = (frame for frame in marked.frames if canonical(frame.speaker) == canonical(name))
    return {each for frame in own for each in heads(syntax, syntax.within(frame.core))}


def head_of(syntax: Syntax, inside: range) -> int:
    """Of some words, the first that hangs on none of the others."""
    return next((i for i in inside if syntax.tokens[i].head not in inside or syntax.tokens[i].head == i), inside[-1])


def heads(syntax: Syntax, inside: range) -> list[int]:
    """The nouns and pronouns among some words that hang on no other noun of theirs; all the words where none are.

    In the words of an act of saying, they are those who speak.
    """
    nominal = {i for i in inside if syntax.tokens[i].pos in NOMINAL}
    return [i for i in inside if i in nominal and not nominal & set(syntax.ancestors(i))] or list(inside)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
