"""A report cut into the rows that the network sees: whole sentences, with some of what stands before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geomap.claims.grammar import Syntax

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

LONGEST = 510
"""Word pieces in a row, the two marks around them not counted."""
BEFORE = 160
"""Pieces that a row repeats of the one before, so that no word is judged without what led to it."""


@dataclass(frozen=True, slots=True)
class Window:
    """A row: its pieces, the token that each is part of, and how many of its pieces are judged elsewhere."""

    pieces: Ints
    tokens: Ints
    known: int

    @property
    def first(self) -> NDArray[np.bool_]:
        """Which pieces open a token."""
        opens: NDArray[np.bool_] = np.diff(self.tokens, prepend=-1) != 0
        return opens


def windows(tokenizer: Tokenizer, syntax: Syntax) -> Iterator[Window]:
    """Every row of a report, in order; each token is judged in one of them."""
    done: list[tuple[Ints, Ints]] = []
    fresh: list[tuple[Ints, Ints]] = []
    for sentence in _sentences(tokenizer, syntax):
        if fresh and _size(done) + _size(fresh) + len(sentence[0]) > LONGEST:
            yield _window(done, fresh)
            done, fresh = _tail([*done, *fresh], LONGEST - len(sentence[0])), []
        fresh.append(sentence)
    if fresh:
        yield _window(done, fresh)


def _sentences(tokenizer: Tokenizer, syntax: Syntax) -> Iterator[tuple[Ints, Ints]]:
    """The pieces of each sentence and their tokens; one longer than a row in parts."""
    starts = np.array(syntax.starts, np.int64)
    for sentence in syntax.sentences:
        begin, end = syntax.tokens[sentence.first].start, syntax.tokens[sentence.last - 1].end
        encoded = tokenizer.encode(syntax.article.text[begin:end], add_special_tokens=False)
        places = np.array([start for start, _ in encoded.offsets], np.int64) + begin
        tokens = np.clip(np.searchsorted(starts, places, "right") - 1, sentence.first, sentence.last - 1)
        pieces = np.array(encoded.ids, np.int64)
        for cut in range(0, len(pieces), LONGEST - BEFORE):
            part = slice(cut, cut + LONGEST - BEFORE)
            yield pieces[part], tokens[part]


def _tail(parts: Sequence[tuple[Ints, Ints]], room: int) -> list[tuple[Ints, Ints]]:
    """The last sentences that fit into what a row repeats."""
    kept: list[tuple[Ints, Ints]] = []
    for part in reversed(parts):
        if _size(kept) + len(part[0]) > min(BEFORE, room):
            break
        kept.insert(0, part)
    return kept


def _window(done: Sequence[tuple[Ints, Ints]], fresh: Sequence[tuple[Ints, Ints]]) -> Window:
    both = (*done, *fresh)
    return Window(np.concatenate([p for p, _ in both]), np.concatenate([t for _, t in both]), _size(done))


def _size(parts: Sequence[tuple[Ints, Ints]]) -> int:
    return sum(len(pieces) for pieces, _ in parts)
