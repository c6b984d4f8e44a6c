"""Our own named-entity tagger: a small network in ONNX, run with onnxruntime and tokenizers alone.

It marks places, organisations, persons and other names; ``model/card.md`` says what it was trained on and how well it
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

from geomap.errors import GeomapError
from geomap.geoparse.features import Names, Written, written
from geomap.model import Analysis, Article, Entity, Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]

WINDOW = 126
"""Word pieces seen at once, the two marks around them not counted."""
BATCH = 24
"""Windows that run together."""
STRETCH = 20_000
"""Characters of a report that are cut into pieces at once."""
REPORTS = 64
"""Reports whose windows are batched together."""
_BEGIN, _END, _OUTSIDE = 101, 102, 10


@dataclass(frozen=True, slots=True)
class _Text:
    """A stretch of one report: its words, and for each word piece its number, its word, and whether it opens one."""

    owner: int
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
        self._parts: tuple[InferenceSession, Tokenizer, Names, tuple[str, ...]] | None = None

    def __call__(self, article: Article) -> Analysis:
        """Tag one report. Raises :class:`~geomap.errors.GeomapError` where the weights are missing or damaged."""
        return next(self.tag_many([article]))

    def tag_many(self, articles: Iterable[Article]) -> Iterator[Analysis]:
        """Tag reports in order, many at once; no more than :data:`REPORTS` are held."""
        group: list[Article] = []
        for article in articles:
            group.append(article)
            if len(group) == REPORTS:
                yield from self._tag(group)
                group = []
        yield from self._tag(group)

    def _tag(self, group: Sequence[Article]) -> list[Analysis]:
        found: list[list[Entity]] = [[] for _ in group]
        texts = [text for number, article in enumerate(group) for text in self._texts(number, article)]
        for text, tags in zip(texts, self._run(texts), strict=True):
            found[text.owner] += _entities(text, tags, self._load()[3])
        return [Analysis(article.id, (), (), tuple(entities)) for article, entities in zip(group, found, strict=True)]

    def _texts(self, owner: int, article: Article) -> Iterator[_Text]:
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
            yield _Text(owner, start, words, np.array(encoded.ids, dtype=np.int64), word, first)

    def _run(self, texts: Sequence[_Text]) -> list[Ints]:
        """For each text the tag of every word."""
        tags = [np.zeros(len(text.words.starts), np.int64) for text in texts]
        windows = sorted(
            ((number, window) for number, text in enumerate(texts) for window in _windows(text)),
            key=lambda numbered: numbered[1].stop - numbered[1].start,
        )
        size = min(BATCH, -(-len(windows) // self._threads))
        batches = [windows[at : at + size] for at in range(0, len(windows), size or 1)]
        scored = self._spread([[window for _, window in batch] for batch in batches])
        for (number, window), row in zip((each for batch in batches for each in batch), scored, strict=True):
            first = window.text.first[window.start : window.stop]
            tags[number][window.text.word[window.start : window.stop][first]] = row[1 : 1 + len(first)][first]
        return tags

    def _spread(self, batches: Sequence[Sequence[_Window]]) -> Iterator[Ints]:
        """The tags of every window, the batches run side by side.

        Each runs on one thread: threads that share a matrix wait for each other where other programs need the cores.
        """
        if len(batches) < 2:
            found: Iterable[Ints] = map(self._best, batches)
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                found = list(pool.map(self._best, batches))
        for rows in found:
            yield from rows

    def _best(self, batch: Sequence[_Window]) -> Ints:
        longest = max(window.stop - window.start for window in batch) + 2
        pieces = np.zeros((len(batch), longest), np.int64)
        cases = np.full((len(batch), longest), _OUTSIDE, np.int64)
        members = np.zeros((len(batch), longest), np.int64)
        for row, window in enumerate(batch):
            size = window.stop - window.start
            word = window.text.word[window.start : window.stop]
            pieces[row, 0], pieces[row, size + 1] = _BEGIN, _END
            pieces[row, 1 : size + 1] = window.text.pieces[window.start : window.stop]
            cases[row, 1 : size + 1] = window.text.words.cases[word]
            members[row, 1 : size + 1] = window.text.words.members[word]
        session = self._load()[0]
        (scores,) = session.run(["scores"], {"pieces": pieces, "cases": cases, "members": members})
        best: Ints = scores.argmax(-1)
        return best

    def _load(self) -> tuple[InferenceSession, Tokenizer, Names, tuple[str, ...]]:
        with self._lock:
            if self._parts is None:
                self._parts = _open(self._folder)
            return self._parts


def _open(folder: Path) -> tuple[InferenceSession, Tokenizer, Names, tuple[str, ...]]:
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as refusals  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        tags = tuple(json.loads((folder / "tags.json").read_text(encoding="utf-8")))
        names = Names.read(folder / "names.npz")
        tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
        session = onnxruntime.InferenceSession(str(folder / "tagger.onnx"), options, ["CPUExecutionProvider"])
    except (OSError, ValueError, refusals.NoSuchFile, refusals.InvalidProtobuf, refusals.Fail) as error:
        raise GeomapError(f"the tagger in {folder} cannot be read: install geomap again") from error
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
