"""The two ends of a quoted distance: the words, the place they are taken to mean, and the namesakes it might be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from geomap.geodesy import inverse
from geomap.model import Claim, Gazetteer, Place, Referent

MOST: Final = 60
"""Namesakes offered at most for one name; :class:`End` counts the rest."""
FEW: Final = 10
"""Namesakes given for one name where a program asks and does not say how many it wants."""


@dataclass(frozen=True, slots=True)
class Namesake:
    """A place that the words may mean, ``away_m`` metres from the other end (None where that is not known)."""

    place: Place
    away_m: float | None = None


@dataclass(frozen=True, slots=True)
class End:
    """One end of a distance.

    ``place`` is what was measured, ``read`` what the text alone is taken to mean: they differ where a person chose.
    ``namesakes`` hold both, best fit of the name first; ``more`` counts those beyond :data:`MOST`.
    """

    words: str
    place: Place | None
    read: Place | None
    namesakes: tuple[Namesake, ...] = ()
    more: int = 0

    @property
    def chosen(self) -> bool:
        """Whether a person chose another place than the text is taken to mean."""
        return self.place != self.read


def choose(claim: Claim, places: Mapping[str, Place]) -> Claim:
    """The claim with the place chosen for each end whose words are a key of ``places``."""
    return replace(claim, subject=_chosen(claim.subject, places), reference=_chosen(claim.reference, places))


def _chosen(end: Referent | None, places: Mapping[str, Place]) -> Referent | None:
    return replace(end, place=places[end.text]) if end and end.text in places else end


def ends(read: Claim, claim: Claim, gazetteer: Gazetteer) -> tuple[End | None, End | None]:
    """Reference and subject of a distance, in the order it is measured; ``read`` is the claim before anyone chose."""
    return (
        _end(read.reference, claim.reference, claim.subject, gazetteer),
        _end(read.subject, claim.subject, claim.reference, gazetteer),
    )


def _end(read: Referent | None, end: Referent | None, other: Referent | None, gazetteer: Gazetteer) -> End | None:
    if end is None:
        return None
    known = [each.place for each in (read, end) if each and each.place]
    # A description ("the capital") names nothing itself: its namesakes are those of the place it stands for.
    names = dict.fromkeys(filter(None, (end.text, *(place.name for place in known))))
    found = chain.from_iterable(gazetteer.candidates(name) for name in names)
    places = list({place.key: place for place in chain(known, (each.place for each in found))}.values())
    shown = tuple(_namesakes(places[:MOST], other.place if other else None))
    return End(end.text, end.place, read.place if read else None, shown, max(0, len(places) - MOST))


def _namesakes(places: Iterable[Place], other: Place | None) -> Iterable[Namesake]:
    for place in places:
        same = other is None or other.key == place.key
        yield Namesake(place, None if same or other is None else inverse(*other.lonlat, *place.lonlat).distance_m)
