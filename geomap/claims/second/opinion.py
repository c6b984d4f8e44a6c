"""What the network thinks of a report, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.claims.second.labels import numbers

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

OUTLET = -1
"""In ``teller``, the outlet."""

NOBODY = -1
"""In ``denier``, nobody."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One report's opinion. ``labels`` is tokens by labels, how likely each is.

    ``teller`` is for each token the one that names best who tells it, or :data:`OUTLET`; ``sure`` how likely that is.
    ``denier`` is the one that names best who denies what another tells, or :data:`NOBODY`; ``denied`` how likely it is.
    """

    labels: Floats
    teller: Ints
    sure: Floats
    denier: Ints
    denied: Floats

    @classmethod
    def none(cls, size: int) -> Opinion:
        """Of a report of so many tokens, nothing yet."""
        nothing, surely = np.full(size, OUTLET, np.int64), np.zeros(size, np.float32)
        return cls(np.zeros((size, len(numbers())), np.float32), nothing, surely, nothing.copy(), surely.copy())

    def likely(self, tokens: range, label: str) -> float:
        """How likely the words have a label."""
        return float(self.labels[tokens.start : tokens.stop, numbers()[label]].mean()) if len(tokens) else 0.0

    def runs(self, label: str, bar: float) -> Iterator[range]:
        """Stretches of words of which each is half as likely as ``bar`` to have a label."""
        likely = self.labels[:, numbers()[label]]
        edges = np.flatnonzero(np.diff((likely >= bar / 2).astype(np.int8), prepend=0, append=0))
        yield from (range(int(start), int(stop)) for start, stop in edges.reshape(-1, 2))
