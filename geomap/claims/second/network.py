"""The second reader's network: a report's words and marks to an opinion."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geomap.claims.grammar import Syntax
from geomap.claims.second.labels import LABELS
from geomap.claims.second.marks import Marks
from geomap.claims.second.opinion import OUTLET, Floats, Ints, Opinion
from geomap.claims.second.windows import Window, windows
from geomap.network import open_network, unreadable

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BEGIN, FILL, END = 0, 1, 2
"""The pieces that stand round every row, and the one that fills up a short one beside longer ones."""

PARTS = ("labels", "who tells it", "who denies it", "who is asked for")
"""What a network's scores are of, in order; the last three are vectors of one width."""

Run = Callable[[Mapping[str, Ints]], Floats]
"""Rows of numbers to scores: for each piece those of the labels, then what it asks and answers (:func:`parted`)."""


@dataclass(frozen=True, slots=True)
class Parts:
    """An opened network; ``told`` is how much more likely a speaker is whom the rules name (a logit)."""

    tokenizer: Tokenizer
    run: Run
    told: float


class Network:
    """Reads what the rules marked in a report once more. Safe to share between threads."""

    def __init__(self, folder: Path | None = None, *, parts: Parts | None = None) -> None:
        """``folder`` holds another network than the packaged one; ``parts`` is one that is open already."""
        self._folder = folder or Path(str(files("geomap.claims.second") / "weights"))
        self._lock = threading.Lock()
        self._parts = parts

    def __call__(self, syntax: Syntax, marks: Marks) -> Opinion:
        """Raises :class:`~geomap.errors.GeomapError` where the weights are missing or damaged."""
        parts, opinion = self._load(), Opinion.none(len(syntax.tokens))
        for window in windows(parts.tokenizer, syntax):
            _judge(opinion, window, marks, parts.run(row(window, marks)), parts.told)
        return opinion

    def _load(self) -> Parts:
        with self._lock:
            if self._parts is None:
                self._parts = _open(self._folder)
            return self._parts


def row(window: Window, marks: Marks) -> dict[str, Ints]:
    """What the network is given for a window: one row of each kind of number."""
    own = {"entities": marks.entities, "marks": marks.marks, "voices": marks.voices}
    columns = {name: np.concatenate(([0], values[window.tokens], [0])) for name, values in own.items()}
    columns["pieces"] = np.concatenate(([BEGIN], window.pieces, [END]))
    return {name: values[None].astype(np.int64) for name, values in columns.items()}


def _judge(opinion: Opinion, window: Window, marks: Marks, scores: Floats, told: float) -> None:
    """Enter what a window's scores say of the tokens that are judged in it."""
    judged = window.first & (np.arange(len(window.tokens)) >= window.known)
    tokens, at = window.tokens[judged], np.flatnonzero(judged) + 1
    opinion.labels[tokens] = 1 / (1 + np.exp(-scores[at, : len(LABELS)]))
    tells, denies, answers = parted(scores[:-1])
    ruled = told * by_rules(window, marks, tokens)
    opinion.teller[tokens], opinion.sure[tokens] = _named(shares(tells[at], answers, ruled), window.tokens, marks)
    opinion.denier[tokens], opinion.denied[tokens] = _named(shares(denies[at], answers), window.tokens, marks)


def parted(scores: Floats) -> tuple[Floats, Floats, Floats]:
    """For each piece of a row: what it asks for who tells it, what it asks for who denies it, and what it answers."""
    width = (scores.shape[1] - len(LABELS)) // 3
    tells, denies, answers = (scores[:, len(LABELS) + part * width :][:, :width] for part in range(3))
    return tells, denies, answers


def shares(questions: Floats, answers: Floats, more: Floats | float = 0.0) -> Floats:
    """How likely each question has each answer; the first of those stands for the outlet, or for nobody.

    ``more`` is how much more likely (a logit).
    """
    likely = questions @ answers.T / np.float32(questions.shape[1] ** 0.5) + more
    likely = np.exp(likely - likely.max(axis=1, keepdims=True))
    shared: Floats = likely / likely.sum(axis=1, keepdims=True)
    return shared


def by_rules(window: Window, marks: Marks, tokens: Ints) -> NDArray[np.bool_]:
    """For each token, which pieces of the window name whom the rules take for its speaker (the first: the outlet)."""
    teller = marks.teller[tokens][:, None]
    speaker = np.concatenate(([OUTLET], marks.speaker[window.tokens]))[None]
    outlet = np.arange(speaker.shape[1])[None] == 0
    ruled: NDArray[np.bool_] = np.where(teller == OUTLET, outlet, (speaker == teller) & ~outlet)
    return ruled


def _named(likely: Floats, tokens: Ints, marks: Marks) -> tuple[Ints, Floats]:
    """The likeliest speaker of each row of ``likely``, as the token that names it best, and how likely it is.

    All that would name one speaker counts together.
    """
    _, member = np.unique(marks.name[tokens], return_inverse=True)
    inside = likely[:, 1:]
    each = member[:, None] == np.arange(member.max(initial=0) + 1)
    summed = np.concatenate([likely[:, :1], inside @ each.astype(np.float32)], axis=1)
    best = summed.argmax(axis=1)
    within = np.where(member[None] == best[:, None] - 1, inside, -1.0)
    named = np.where(best == 0, OUTLET, tokens[within.argmax(axis=1)])
    return named, summed[np.arange(len(best)), best]


def _open(folder: Path) -> Parts:
    session, tokenizer = open_network(folder, "reader.onnx", "the second reader")
    try:
        settings = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise unreadable(folder, "the second reader") from error
    if settings["labels"] != [str(label) for label in LABELS] or settings.get("parts") != list(PARTS):
        raise unreadable(folder, "the second reader")

    def run(rows: Mapping[str, Ints]) -> Floats:
        scores: Floats = session.run(["scores"], dict(rows))[0][0]
        return scores

    return Parts(tokenizer, run, float(settings["told"]))
