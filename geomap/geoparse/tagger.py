"""Our own named-entity tagger: a small network in ONNX, run with onnxruntime and tokenizers alone.

It marks places, organisations, persons and other names; ``weights/card.md`` says what it was trained on and how well it
does. Nothing is loaded before the first report.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geomap.geoparse.features import Names, Written, written
from geomap.model import Analysis, Article, Entity, Span
from geomap.network import BEGIN, END, open_network, unreadable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

WINDOW = 126
"""Word pieces seen at once, the two marks around them not counted."""
STRETCH = 20_000
"""Characters of a report that are cut into pieces at once."""
_OUTSIDE = 10


@dataclass(frozen=True, slots=True)
class _Text:
    """A stretch of one report: its words, and for each word piece its number, its word, and whether it opens one."""

    shift: int
    words: Written
    pieces: Ints
    word: Ints
    first: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Window:
    text: _Text
    start: int
    stop: int


class OnnxTagger:
    """Reports to analyses that hold entities only (labels LOC, ORG, PER, OTH). Safe to share between threads."""

    def __init__(self, folder: Path | None = None, *, threads: int = 0) -> None:
        """``folder`` holds another model than the packaged one; ``threads`` 0 takes one a core, four at most."""
        self._folder = folder or Path(str(files("geomap.geoparse") / "weights"))
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._running = 0
        self._parts: tuple[InferenceSession, Tokenizer, Names, tuple[str, ...]] | None = None

    def __call__(self, article: Article) -> Analysis:
        """Tag one report. Raises :class:`~geomap.errors.GeomapError` where the weights are missing or damaged."""
        with self._lock:
            self._running += 1
        try:
            entities = [entity for text in self._texts(article) for entity in self._entities(text)]
        finally:
            with self._lock:
                self._running -= 1
        return Analysis(article.id, (), (), tuple(entities))

    def _texts(self, article: Article) -> Iterator[_Text]:
        _, tokenizer, names, _ = self._load()
        for start, end in _stretches(article.text, article.body):
            raw = article.text[start:end]
            encoded = tokenizer.encode(raw, add_special_tokens=False)
            if not encoded.ids:
                continue
            words = written(raw, names)
            begins = np.array(encoded.offsets, dtype=np.int64)[:, 0]
            word = np.maximum(np.searchsorted(words.starts, begins, "right") - 1, 0)
            first = np.diff(word, prepend=-1) != 0
            yield _Text(start, words, np.array(encoded.ids, dtype=np.int64), word, first)

    def _entities(self, text: _Text) -> Iterator[Entity]:
        tags = np.zeros(len(text.words.starts), np.int64)
        windows = list(_windows(text))
        for window, best in zip(windows, self._spread(windows), strict=True):
            first = text.first[window.start : window.stop]
            tags[text.word[window.start : window.stop][first]] = best[first]
        return _entities(text, tags, self._load()[3])

    def _spread(self, windows: Sequence[_Window]) -> Iterable[Ints]:
        """The tags of every window, side by side where no other report keeps the cores busy.

        Each window runs by itself: a network of whole numbers scales its input by all that it is given at once, so that
        reports which run together would change each other's tags; and nothing is spent on padding. Each runs on one
        thread: threads that share a matrix wait for each other where other programs need the cores.
        """
        if len(windows) < 2 or self._running > 1:
            return map(self._best, windows)
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self._best, windows))

    def _best(self, window: _Window) -> Ints:
        """The likeliest tag of each of the window's pieces."""
        text, part = window.text, slice(window.start, window.stop)
        word = text.word[part]
        row = {
            "pieces": np.concatenate(([BEGIN], text.pieces[part], [END])),
            "cases": np.concatenate(([_OUTSIDE], text.words.cases[word], [_OUTSIDE])),
            "members": np.concatenate(([0], text.words.members[word], [0])),
        }
        (scores,) = self._load()[0].run(
            ["scores"], {name: values[None].astype(np.int64) for name, values in row.items()}
        )
        best: Ints = scores[0, 1:-1].argmax(-1)
        return best

    def _load(self) -> tuple[InferenceSession, Tokenizer, Names, tuple[str, ...]]:
        with self._lock:
            if self._parts is None:
                self._parts = _open(self._folder)
            return self._parts


def _open(folder: Path) -> tuple[InferenceSession, Tokenizer, Names, tuple[str, ...]]:
    session, tokenizer = open_network(folder, "tagger.onnx", "the tagger")
    try:
        tags = tuple(json.loads((folder / "tags.json").read_text(encoding="utf-8")))
        names = Names.read(folder / "names.npz")
    except (OSError, ValueError) as error:
        raise unreadable(folder, "the tagger") from error
    return session, tokenizer, names, tags


def _stretches(text: str, start: int) -> Iterator[tuple[int, int]]:
    while len(text) - start > STRETCH:
        limit = start + STRETCH
        cut = text.rfind("\n", start + STRETCH // 2, limit)
        cut = cut if cut > 0 else text.rfind(" ", start + STRETCH // 2, limit)
        cut = cut + 1 if cut > 0 else limit
        yield start, cut
        start = cut
    if start < len(text):
        yield start, len(text)


def _windows(text: _Text) -> Iterator[_Window]:
    """Stretches of at most :data:`WINDOW` pieces, cut where a sentence opens, else where a word does."""
    opens = text.first & (text.words.cases[text.word] == 9)
    start, count = 0, len(text.pieces)
    while start < count:
        stop = min(start + WINDOW, count)
        if stop < count:
            for marks in (opens, text.first):
                cuts = np.flatnonzero(marks[start + WINDOW // 3 : stop + 1])
                if len(cuts):
                    stop = start + WINDOW // 3 + int(cuts[-1])
                    break
        if text.words.cases[text.word[start:stop]].any():
            yield _Window(text, start, stop)
        start = stop


@cache
def _parts_of(tags: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((tag[0], tag[2:]) for tag in tags)


def _entities(text: _Text, tags: Ints, names: tuple[str, ...]) -> Iterator[Entity]:
    """Runs of words that belong together by their tags (B- opens one, I- of the same label goes on)."""
    parts = _parts_of(names)
    runs: list[tuple[int, int, str]] = []
    for index in map(int, np.flatnonzero(tags)):
        opening, label = parts[tags[index]]
        if opening == "I" and runs and runs[-1][1] == index and runs[-1][2] == label:
            runs[-1] = (runs[-1][0], index + 1, label)
        else:
            runs.append((index, index + 1, label))
    for first, last, label in runs:
        start, end = int(text.words.starts[first]), int(text.words.ends[last - 1])
        yield Entity(Span(text.shift + start, text.shift + end), label)
