"""What the tagger sees of a text besides its word pieces: how each word is written, and whether a gazetteer has it.

The encoder knows no capital letters; these two numbers a word give them back, and tell it which words name places.
Training and use share this module, so that both see the same.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint32]

WORD = re.compile(r"\w+|[^\w\s]")
CASES = 10
"""Ways a word may be written, as :func:`casing` numbers them."""
CLASSES = 6
"""Classes of known names: 1 country, 2 large, 3 middling, 4 small, 5 another name of a large place, 6 demonym."""
MEMBERS = 1 + 2 * CLASSES
"""Values of the membership feature: 0 outside, then for each class one for a name's first word, one for the rest."""
LONGEST = 4
"""Words in the longest name that is looked up."""


def casing(word: str, opens: bool) -> int:
    """How a word is written: 0 lower case ... 9 a capital that merely opens a sentence."""
    if word.islower():
        return 0
    if word.isalpha():
        if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
            return 9 if opens else 3 if len(word) == 1 else 1
        return 2 if word.isupper() else 4
    if word.isdigit():
        return 5
    if not word[0].isalnum():
        return 7
    return 6 if any(letter.isdigit() for letter in word) else 8


def plain(name: str) -> str:
    """A name as the table files it: lower case, no accents, one space between words, no punctuation.

    >>> plain("Saint-Étienne")
    'saint etienne'
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(
        WORD.findall(name.casefold().replace("-", " ").replace(".", " ").replace("'", " ").replace("’", " "))
    )


def hashed(name: str) -> int:
    """The key of a plain name: its CRC-32."""
    return zlib.crc32(name.encode())


@dataclass(frozen=True, slots=True)
class Names:
    """Known names: sorted hashes, and the class of each."""

    hashes: Hashes
    classes: Bytes

    @classmethod
    def read(cls, path: Path) -> Names:
        """The table at ``path`` (an ``.npz`` of the two arrays)."""
        with np.load(path) as table:
            return cls(table["hashes"], table["classes"])

    def of(self, hashes: Sequence[int]) -> Bytes:
        """The class of each hash; 0 where it is not known."""
        wanted = np.asarray(hashes, dtype=np.uint32)
        if not len(wanted):
            return np.zeros(0, np.uint8)
        at = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        found: Bytes = np.where(self.hashes[at] == wanted, self.classes[at], 0).astype(np.uint8)
        return found


@dataclass(frozen=True, slots=True)
class Written:
    """The words of a text, where each starts and ends, and the two features of each."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    cases: Bytes
    members: Bytes


def written(text: str, names: Names) -> Written:
    """The words of ``text`` with their features."""
    found = list(WORD.finditer(text))
    tokens = [match[0] for match in found]
    starts = np.array([match.start() for match in found], dtype=np.int64)
    ends = np.array([match.end() for match in found], dtype=np.int64)
    cases = np.zeros(len(tokens), np.uint8)
    opens = True
    for index, word in enumerate(tokens):
        cases[index] = casing(word, opens)
        opens = word in ".!?:" or (opens and cases[index] == 7)
    return Written(starts, ends, cases, members(text, tokens, starts, ends, names))


def members(
    text: str, tokens: Sequence[str], starts: NDArray[np.int64], ends: NDArray[np.int64], names: Names
) -> Bytes:
    """The membership feature: the longest known name over each word, names that begin with a small letter left out."""
    spans: list[tuple[int, int]] = []
    hashes: list[int] = []
    for first, last in _runs(text, tokens, starts, ends):
        for size in range(1, LONGEST * 2):
            if first + size > last:
                break
            spans.append((first, first + size))
            hashes.append(hashed(plain(text[starts[first] : ends[first + size - 1]])))
    result = np.zeros(len(tokens), np.uint8)
    classes = names.of(hashes)
    for index in sorted(np.flatnonzero(classes), key=lambda i: (spans[i][0] - spans[i][1], spans[i][0])):
        first, last = spans[index]
        if not result[first:last].any():
            result[first:last] = 2 * classes[index]
            result[first] -= 1
    return result


def _runs(
    text: str, tokens: Sequence[str], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> Iterable[tuple[int, int]]:
    """For every capitalised word, how far a name that starts there may reach."""
    for first, token in enumerate(tokens):
        if not token[0].isupper():
            continue
        last = first + 1
        while last < len(tokens) and last - first < LONGEST * 2 - 1:
            gap = text[ends[last - 1] : starts[last]]
            if gap not in {"", " "} or tokens[last] in ',;:!?()"“”':
                break
            last += 1
        yield first, last
