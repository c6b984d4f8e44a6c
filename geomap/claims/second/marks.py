"""What the second reader is told of each word beside the word itself: what the rules made of it, and who says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geomap.claims.attribution import Speech
from geomap.claims.frames import Frame
from geomap.claims.grammar import Syntax
from geomap.claims.persons import is_office
from geomap.claims.second.candidates import KINDS, NUMBER, Candidate
from geomap.claims.second.labels import LABELS, label, numbers
from geomap.claims.second.opinion import OUTLET, Ints
from geomap.claims.speakers import canonical, is_person
from geomap.claims.voices import BODY, PERSON, PRONOUN, Voice
from geomap.claims.voices import OUTLET as OUTLETS
from geomap.model import Claim, Count, Matter

ENTITIES = (
    "", "CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP", "ORDINAL", "ORG",
    "PERCENT", "PERSON", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART",
)  # fmt: skip
"""The parser's labels of named entities."""
MARKS = 1 + len(KINDS) + len(LABELS)
"""Nothing; a candidate that the rules made nothing of, by kind; a word that the rules took for a claim, by label."""
VOICES = 8
"""A sum: 1 where another than the outlet tells a token, 2 where it says who tells, 4 where it opens a paragraph."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Arrays of one number a token. ``speaker`` is the act of saying whose words a token is part of, ``teller`` the one
    it is told by, both as numbers into ``frames`` or :data:`OUTLET`; ``names`` the speaker that a token would stand for
    ("" for none), and ``name`` one number for all tokens that would stand for the same one.
    """

    entities: Ints
    marks: Ints
    voices: Ints
    speaker: Ints
    teller: Ints
    names: Sequence[str]
    name: Ints
    frames: Sequence[Frame]


def marks(syntax: Syntax, found: Sequence[Claim], those: Sequence[Candidate], speech: Speech) -> Marks:
    """The marks of a report of which the rules made the claims ``found``."""
    size = len(syntax.tokens)
    known = {name: number for number, name in enumerate(ENTITIES)}
    entities = np.array([known.get(token.entity, 0) for token in syntax.tokens], np.int64)
    taken = np.zeros(size, np.int64)
    for candidate in those:
        taken[candidate.tokens] = 1 + KINDS.index(candidate.kind)
    at = {(each.kind, each.tokens.start): each.tokens for each in those}
    for claim in reversed(found):
        if named := label(claim):
            taken[tokens(syntax, claim, at)] = 1 + len(KINDS) + numbers()[named]
    frames, speaker, teller = _said(syntax, speech)
    voices = (teller >= 0) + 2 * (speaker >= 0) + 4 * _openings(syntax)
    names = [_named(speech, frames[at] if at >= 0 else None, index) for index, at in enumerate(speaker)]
    return Marks(entities, taken, voices.astype(np.int64), speaker, teller, names, _numbered(syntax, names), frames)


def _openings(syntax: Syntax) -> Ints:
    """1 for the first token of each paragraph."""
    opens = np.zeros(len(syntax.tokens), np.int64)
    before = None
    for sentence in syntax.sentences:
        opens[sentence.first] = sentence.paragraph != before
        before = sentence.paragraph
    return opens


def _named(speech: Speech, frame: Frame | None, index: int) -> str:
    """The speaker that a token would stand for: that of the act of saying it is part of, else the one it names."""
    token = speech.syntax.tokens[index]
    voice = speech.voices.read(index) if token.pos in {"NOUN", "PROPN"} else None
    if frame is not None:
        own = is_office(token) and is_person(frame.speaker)  # "the interior minister" whom the report names elsewhere
        return voice.name if voice and not own and _names_another(voice, frame) else frame.speaker
    return voice.name if voice and voice.kind != PRONOUN and voice.span else ""


def _names_another(voice: Voice, frame: Frame) -> bool:
    """Whether words name a speaker whom the rules missed in them, as "coast guard" in "Trinidad's coast guard"."""
    if voice.kind not in {PERSON, BODY, OUTLETS} or not voice.named:
        return False
    mine, theirs = set(canonical(voice.name).split()), set(canonical(frame.speaker).split())
    return theirs < mine or not theirs & mine


def _numbered(syntax: Syntax, names: Sequence[str]) -> Ints:
    """One number for all tokens that stand for one speaker; those that stand for none go by their word."""
    known: dict[tuple[bool, str], int] = {}
    keys = (
        (True, canonical(name)) if name else (False, token.text.lower())
        for name, token in zip(names, syntax.tokens, strict=True)
    )
    return np.array([known.setdefault(key, len(known)) for key in keys], np.int64)


def tokens(syntax: Syntax, claim: Claim, at: Mapping[tuple[str, int], range] | None = None) -> range:
    """The tokens by which a claim is judged: its place's, its number's, else all its words."""
    if isinstance(claim.value, Count):
        within = syntax.within(claim.span)
        return next((at[key] for i in within if (key := (NUMBER, i)) in at), within) if at else within
    if claim.subject is not None and claim.subject.span is not None and not isinstance(claim.value, Matter):
        return syntax.within(claim.subject.span)
    return syntax.within(claim.span)


def _said(syntax: Syntax, speech: Speech) -> tuple[list[Frame], Ints, Ints]:
    """The report's acts of saying, and for each token the one whose words it is in and the one that tells it."""
    size = len(syntax.tokens)
    speaker, teller = np.full(size, OUTLET, np.int64), np.full(size, OUTLET, np.int64)
    order: dict[tuple[int, int, str], int] = {}
    frames: list[Frame] = []
    for number in range(len(syntax.sentences)):
        for frame in speech.frames.get(number, ()):
            key = (frame.core.start, frame.core.end, frame.speaker)
            if key not in order:
                order[key] = len(frames)
                frames.append(frame)
                speaker[list(syntax.within(frame.core))] = order[key]
    for number, sentence in enumerate(syntax.sentences):
        if not speech.frames.get(number):
            continue  # nobody is told of: most of a report
        for index in range(sentence.first, sentence.last):
            if path := speech.path(syntax.span(index, index)):
                inner = path[-1]
                teller[index] = order[(inner.core.start, inner.core.end, inner.speaker)]
    return frames, speaker, teller
