"""Openly licensed named-entity corpora to windows of word pieces, with places swapped for others now and then."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from geomap.geoparse.features import Names, written
from training.model import TAGS

CORPORA = ("ewt", "wikigold", "wnut17", "btc", "re3d", "crossner", "gum", "gmb")
LENGTH = 128
"""Word pieces in a window, its two marks included."""
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Window:
    """Arrays of one length: pieces, features of each piece's word, tags (-100 where no word begins)."""

    pieces: np.ndarray
    cases: np.ndarray
    members: np.ndarray
    tags: np.ndarray


def documents(folder: Path) -> list[list[tuple[str, list[Span]]]]:
    """Every document as its sentences, each with its spans."""
    found = []
    for name in CORPORA:
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            sentences = json.loads(line)["sentences"]
            found.append([(s["text"], [tuple(span) for span in s["spans"]]) for s in sentences])
    return found


class Swapper:
    """Puts another place's name where a place stands, so that the words about it count and not the name alone."""

    def __init__(self, names: list[str], share: float) -> None:
        self.names, self.share = names, share

    def __call__(self, text: str, spans: list[Span], rng: random.Random) -> tuple[str, list[Span]]:
        out, kept, last = [], [], 0
        length = 0
        for start, end, label in sorted(spans):
            if start < last:
                continue
            surface = text[start:end]
            if label == "LOC" and surface[0].isupper() and " of " not in surface and rng.random() < self.share:
                surface = rng.choice(self.names)
            out += [text[last:start], surface]
            length += start - last
            kept.append((length, length + len(surface), label))
            length += len(surface)
            last = end
        return "".join([*out, text[last:]]), kept


def windows(
    docs: list[list[tuple[str, list[Span]]]],
    tokenizer: Tokenizer,
    names: Names,
    swap: Swapper | None,
    rng: random.Random,
) -> Iterator[Window]:
    """Consecutive sentences of a document, as many as fit into a window."""
    for doc in docs:
        text, spans, size = "", [], 0
        for sentence, marks in doc:
            if swap:
                sentence, marks = swap(sentence, marks, rng)  # noqa: PLW2901
            if swap and rng.random() < 0.03:
                sentence = sentence.upper() if len(sentence.upper()) == len(sentence) else sentence  # noqa: PLW2901
            pieces = len(tokenizer.encode(sentence, add_special_tokens=False).ids)
            if text and size + pieces > LENGTH - 2:
                yield window(text, spans, tokenizer, names)
                text, spans, size = "", [], 0
            shift = len(text) + 1 if text else 0
            text = f"{text} {sentence}" if text else sentence
            spans += [(start + shift, end + shift, label) for start, end, label in marks]
            size += pieces
            if swap and rng.random() < 0.05:
                yield window(text, spans, tokenizer, names)
                text, spans, size = "", [], 0
        if text:
            yield window(text, spans, tokenizer, names)


def window(text: str, spans: list[Span], tokenizer: Tokenizer, names: Names) -> Window:
    """One text as arrays; what does not fit is cut off."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    count = min(len(encoded.ids), LENGTH - 2)
    seen = written(text, names)
    starts = np.array([offset[0] for offset in encoded.offsets[:count]], dtype=np.int64)
    word = np.searchsorted(seen.starts, starts, "right") - 1
    first = np.diff(word, prepend=-1) != 0
    tag = np.zeros(len(seen.starts), np.int64)
    for start, end, label in spans:
        inside = np.flatnonzero((seen.starts < end) & (seen.ends > start))
        if len(inside):
            tag[inside] = TAGS.index(f"I-{label}")
            tag[inside[0]] = TAGS.index(f"B-{label}")
    ids = np.array([101, *encoded.ids[:count], 102])

    def padded(values: np.ndarray, outside: int) -> np.ndarray:
        return np.concatenate([[outside], values, [outside]])

    return Window(
        ids, padded(seen.cases[word], 10), padded(seen.members[word], 0), padded(np.where(first, tag[word], -100), -100)
    )
