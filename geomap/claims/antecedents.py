"""Whom the words before a distance mean: a name, "it", "the town", the title of an article about one place."""

from __future__ import annotations

import re

from geomap.claims.descriptions import SUBJECTS, means
from geomap.claims.nominals import Nominal, nominals
from geomap.claims.reading import Reading, is_kind, kinds_of
from geomap.claims.referents import settled
from geomap.model import Referent, Resolution

TITLE_WORDS = 6
"""A title of more words is a headline, not a place's name."""


def refer(reading: Reading, one: Nominal, *, static: bool = True) -> Referent | None:
    """The referent of a noun phrase; pronouns and descriptions with the place they stand for.

    ``static`` says that the clause locates ("it is", "the town lies"): only then may "it" be a place that was not the
    subject before, since what crashed or moved is no place.
    """
    if one.mention is not None:
        words = reading.face[one.start : one.end].lower().split()
        return reading.referent(one.start, one.end, resolution=settled(one.mention, words))
    referent = reading.referent(one.start, one.end)
    named = _named_after(reading, one)
    if named is not None:
        return named
    if one.pronoun in {"it", "this", "they"}:
        return _pronoun(reading, one, referent, static)
    if one.pronoun:
        return title_of(reading) if static else referent
    known = means(reading, referent, " ".join(reading.face[one.start : one.end].lower().split()))
    if known.place is None and kinds_of(one.head) and not one.indefinite:
        return title_of(reading) or known
    return known


def _named_after(reading: Reading, one: Nominal) -> Referent | None:
    """The name of "the closest town, X,": a description whose name follows."""
    if one.pronoun or one.indefinite or not kinds_of(one.head) or reading.face[one.end : one.end + 2] != ", ":
        return None
    for each in reading.within(one.end + 2, one.end + 3):
        if (
            each.mention.span.start == one.end + 2
            and each.place is not None
            and is_kind(each.place, kinds_of(one.head))
        ):
            return reading.referent(0, 1, resolution=each)
    return None


def _pronoun(reading: Reading, one: Nominal, referent: Referent, static: bool) -> Referent | None:
    """What "it" means: the subject of the sentence before where that is a place, else the title."""
    number = reading.sentence_number(one.start)
    for back in range(number - 1, max(-1, number - 3), -1):
        sentence = reading.analysis.sentences[back]
        subject = grammatical(reading, sentence.span.start, sentence.span.end)
        if static and subject is not None and subject.mention is not None and subject.mention.place is not None:
            return Referent(referent.text, referent.span, subject.mention.place)
        if subject is not None and subject.pronoun not in {"it", "this"}:
            break
    title = title_of(reading)
    if title is not None:
        return title
    near = _last_settlement(reading, one.start, number) if static else None
    return Referent(referent.text, referent.span, near.place) if near else referent


def _last_settlement(reading: Reading, position: int, number: int) -> Resolution | None:
    for each in reading.paragraph_mentions(position):
        if number - reading.sentence_number(each.mention.span.start) > 1:
            return None
        if each.place is not None and is_kind(each.place, frozenset({"PPL"})):
            return each
    return None


def title_of(reading: Reading) -> Referent | None:
    """The article's title as a place, where it is a name and no headline."""
    title = " ".join(reading.article.title.replace("_", " ").split())
    words = re.findall(r"[^\W\d_][\w'’-]*", title)
    if not title or len(words) > TITLE_WORDS or any(word[0].islower() and len(word) > 4 for word in words):
        return None
    name = title.split(",")[0].casefold()
    same = next((one for one in reading.placed if one.mention.surface.casefold() == name), None)
    return Referent(title, None, same.place if same else None)


def grammatical(reading: Reading, start: int, end: int) -> Nominal | None:
    """The first grammatical subject between two characters."""
    for one in nominals(reading, start, end):
        if any(token.dep in SUBJECTS for token in reading.tokens[one.first : one.last + 1]):
            return one
    return None
