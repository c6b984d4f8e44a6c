"""A report as it was given, and as it was parsed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import starmap

from geomap.errors import BadRecord


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` up to but not including ``end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise BadRecord(f"a span must begin at 0 or later and end after it begins, not {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether every character of ``other`` is in this span."""
        return self.start <= other.start and other.end <= self.end


DAY = dt.timedelta(days=1)
MOST_DAYS = dt.datetime.max - dt.datetime.min - DAY
"""A moment lies a day or more within the calendar's ends: no zone is farther off, so that it has an hour in each."""


def _out(day: dt.date | None, moment: dt.datetime | None) -> dt.datetime | None:
    if moment is not None:
        return moment.astimezone(dt.UTC)
    return dt.datetime.combine(day, dt.time.max, dt.UTC) if day is not None else None


@dataclass(frozen=True, slots=True)
class Article:
    """One report as it was given.

    ``text`` is the whole text, heads included; what a reader would call the report begins at ``body``. ``digest`` is
    the SHA-256 of ``text`` in hexadecimal: two articles of one digest are one report.
    """

    id: str
    text: str
    digest: str
    title: str = ""
    outlet: str = ""
    published: dt.date | None = None
    url: str = ""
    language: str = "en"
    body: int = 0
    published_at: dt.datetime | None = None
    """The moment it was published, with its zone, where the report gives an hour; ``published`` is then its day."""
    updated: dt.date | None = None
    """The day it was last changed, where the report says that it was."""
    updated_at: dt.datetime | None = None
    """The moment it was last changed, with its zone, where the report gives an hour."""

    def __post_init__(self) -> None:
        if not self.id:
            raise BadRecord("an article needs an id")
        if not 0 <= self.body <= len(self.text):
            raise BadRecord(f"article {self.id}: its body begins at {self.body}, outside its text")
        for moment in (self.published_at, self.updated_at):
            if moment is not None and moment.tzinfo is None:
                raise BadRecord(f"article {self.id}: an hour without a zone says no moment")
            if moment is not None and not DAY <= moment.replace(tzinfo=None) - dt.datetime.min <= MOST_DAYS:
                raise BadRecord(f"article {self.id}: {moment.isoformat()} has no day in every zone")

    @property
    def link(self) -> str:
        """``url`` where it is an address of the web, which a page may link to; "" otherwise."""
        return self.url if self.url.startswith(("https://", "http://")) else ""

    @property
    def known(self) -> dt.datetime | None:
        """The moment (UTC) by which this wording was certainly out: of publication and change the later.

        It is the hour where the report gives one, else the end of the day; None for a report without a date.
        """
        given = ((self.published, self.published_at), (self.updated, self.updated_at))
        return max((moment for moment in starmap(_out, given) if moment), default=None)

    @property
    def hour_known(self) -> bool:
        """Whether ``known`` is an hour that the report gives, and not the end of a day."""
        return self.known is not None and self.known in (self.published_at, self.updated_at)

    def quote(self, span: Span) -> str:
        """The characters of ``span``."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a parsed sentence.

    ``head`` indexes ``Analysis.tokens`` (a root is its own head); ``pos`` and ``dep`` are Universal POS tags and
    ClearNLP dependency labels as spaCy's English models give them; ``entity`` is the named-entity label ("" outside).
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` up to but not including ``last`` of the analysis, and the characters they cover."""

    span: Span
    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity as the parser marked it; ``label`` is OntoNotes' (GPE, LOC, FAC, ORG, PERSON, NORP, ...)."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """A parsed report: its tokens, sentences and entities, all in offsets of ``Article.text``."""

    article: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]

    def words(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of one sentence."""
        return self.tokens[sentence.first : sentence.last]
