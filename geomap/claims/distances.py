"""Every distance, direction and length that a report quotes, with the two places it is said of.

What is read, and how (the cases under ``tests/cases/distances`` show each): a number between two places is a
``distance``; so is a direction alone ("northeast of X"), a travelling time ("an hour's drive from X", no quantity,
manner ``travel-time``) and a zone round a place (manner ``radius``). What has extent in itself (a front line, a
runway, a crater) or how far something moved ("advanced 5 km") is a ``length`` without places; a movement whose two
ends are named ("from X to Y") is a distance. Speeds, heights, depths, ranges of weapons, areas and races are not read
at all. Yards are given as feet. A vague number ("a few miles") is a range, its word kept as the hedge. A compass
point between the sixteen ("north by east") is the point named first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from geomap.claims.courses import phrases
from geomap.claims.descriptions import only_place
from geomap.claims.phrases import Phrase
from geomap.claims.reading import Reading
from geomap.claims.referents import Reference
from geomap.claims.shares import shared_out, with_listed
from geomap.claims.subjects import subject_of
from geomap.model import Analysis, Article, Attribution, Claim, Kind, Mention, Referent, Resolution, Role, Span


def distances(article: Article, analysis: Analysis, resolutions: Sequence[Resolution]) -> tuple[Claim, ...]:
    """The distances and lengths that ``article`` quotes, in the order of its text.

    ``resolutions`` place subject and reference where they overlap a mention; a referent that nothing resolved keeps its
    words and has no place. The attribution is a placeholder without a speaker.
    """
    reading = Reading(article, analysis, resolutions)
    return tuple(_claim(reading, phrase, subject) for phrase, subject in read_phrases(reading))


def read_phrases(reading: Reading) -> list[tuple[Phrase, Referent | None]]:
    """Each phrase with its subject; a direction alone only where its subject is a place or named as one."""
    found: list[tuple[Phrase, Referent | None]] = []
    last: tuple[Phrase, Referent | None] | None = None
    for phrase in with_listed(reading, phrases(reading)):
        if phrase.role is Role.LENGTH:
            found.append((phrase, None))
            continue
        subject = subject_of(reading, phrase, last)
        if phrase.bare_direction and not _is_placelike(subject):
            continue
        last = (_measured_from(reading, phrase, subject), subject)
        found.append(last)
    return shared_out(reading, found)


def _measured_from(reading: Reading, phrase: Phrase, subject: Referent | None) -> Phrase:
    """``phrase`` with the place that "20 km away" or "two miles to the east" leaves unsaid, where only one fits."""
    words = reading.face[phrase.value.span.start : phrase.value.span.end].lower()
    if phrase.reference or phrase.thing or not _LEFT_OPEN.search(words):
        return phrase
    where = subject.place if subject else None
    lone = only_place(reading, phrase.span, without=where)
    if lone is None or (subject and subject.span and subject.span.overlaps(lone.mention.span)):
        return phrase
    return replace(phrase, reference=Reference(reading.referent(0, 1, resolution=lone), phrase.span.end, named=False))


_LEFT_OPEN = re.compile(r"(?<!\w)(?:away|distant|to the (?:north|south|east|west)[\w-]*)$")
"""How a phrase ends that leaves open what it is measured from."""


def reference_spans(article: Article, analysis: Analysis, mentions: Sequence[Mention] = ()) -> tuple[Span, ...]:
    """The names that must be toponyms by their syntax: "<Name>, 20 km north of <Name>".

    ``mentions`` are the toponyms known already; a recognizer may take these spans in addition to its own.
    """
    known = [Resolution(one, None, (), 0.0, "", "not resolved yet") for one in mentions]
    reading = Reading(article, analysis, known)
    spans: set[Span] = set()
    for phrase, subject in read_phrases(reading):
        if phrase.reference and phrase.reference.named and phrase.reference.referent.span:
            spans.add(phrase.reference.referent.span)
        if subject and subject.span and _is_name(reading, subject.span):
            spans.add(subject.span)
    return tuple(sorted(spans))


def _is_name(reading: Reading, span: Span) -> bool:
    """Whether the words are one capitalised name throughout, and no person the parser is sure of."""
    words = reading.face[span.start : span.end].split()
    return reading.name_end(span.start) == span.end and words[0].lower() not in _NO_NAME and len(words) <= LONGEST_NAME


def with_references(article: Article, analysis: Analysis, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """``mentions`` with the :func:`reference_spans` that were missed, or cut short ("Wörth" of "Wörth an der Donau").

    For the pipeline, between recognition and resolution: a name that a distance is measured from is a toponym.
    """
    ordered = sorted(mentions, key=lambda one: one.span)
    starts = [one.span.start for one in ordered]
    longest = max((one.span.end - one.span.start for one in ordered), default=0)
    gone, added = set[int](), list[Mention]()
    for span in reference_spans(article, analysis, mentions):
        near = range(bisect_left(starts, span.start - longest), bisect_left(starts, span.end))
        standing = [*(ordered[i] for i in near if i not in gone), *added[-1:]]
        if any(one.span.covers(span) and one.kind is not Kind.EMBEDDED for one in standing):
            continue
        gone.update(i for i in near if ordered[i].span.overlaps(span))
        while added and added[-1].span.overlaps(span):
            added.pop()
        added.append(Mention(article.id, span, article.quote(span), Kind.LITERAL, "distance syntax"))
    kept = [one for i, one in enumerate(ordered) if i not in gone]
    return tuple(sorted([*kept, *added], key=lambda one: one.span))


LONGEST_NAME = 5
"""Words; a longer run of capitals is a headline."""

_NO_NAME = frozenset("it this they these that the a an some many several its their his her our all both".split())
"""First words of a subject that is no name, though a capital opens its sentence."""


def _is_placelike(subject: Referent | None) -> bool:
    if subject is None:
        return False
    first = subject.text.split()[0]
    return subject.place is not None or (first[0].isupper() and first.lower() not in _NO_NAME)


def _claim(reading: Reading, phrase: Phrase, subject: Referent | None) -> Claim:
    article, span = reading.article, phrase.span
    reference = phrase.reference.referent if phrase.reference else None
    return Claim(
        id=f"{article.id}:{phrase.role}:{span.start}-{span.end}",
        article=article.id,
        span=span,
        quote=article.quote(span),
        role=phrase.role,
        attribution=Attribution(""),
        subject=subject if phrase.role is Role.DISTANCE else None,
        reference=reference if phrase.role is Role.DISTANCE else None,
        value=phrase.value,
        context=reading.context(span),
    )
