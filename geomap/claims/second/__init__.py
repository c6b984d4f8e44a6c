"""A second reader: a small network that finds what the rules passed over in a report, and says who tells it."""

from __future__ import annotations

from geomap.claims.rules import FirstReading
from geomap.claims.second.candidates import candidates
from geomap.claims.second.marks import marks
from geomap.claims.second.network import Network
from geomap.claims.second.weigh import Bars, weigh
from geomap.model import Claim

__all__ = ["SecondReader"]


class SecondReader:
    """A report as the rules read it to its claims, attributed. Safe to share between threads."""

    def __init__(self, network: Network | None = None, *, bars: Bars | None = None) -> None:
        self._network = network or Network()
        self._bars = bars or Bars()

    def __call__(self, first: FirstReading) -> list[Claim]:
        """Raises :class:`~geomap.errors.GeomapError` where the weights are missing or damaged."""
        those = list(candidates(first))
        marked = marks(first.syntax, first.claims, those, first.speech)
        return weigh(first, those, marked, self._network(first.syntax, marked), bars=self._bars)
