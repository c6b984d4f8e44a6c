"""A gazetteer of a few places, and reports to read with it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from shapely.geometry.base import BaseGeometry

from geomap.model import Analysis, Article, Candidate, Entity, Footprint, Place, Span


def place(
    id: int, name: str, code: str, lat: float, lon: float, *, admin: tuple[str, ...] = (), people: int = 0
) -> Place:
    return Place(
        gazetteer="geonames",
        identifier=str(id),
        name=name,
        feature_code=code,
        footprint=Footprint.point(lon, lat, 50_000 if code.startswith(("ADM", "PCL")) else 2_000, "test"),
        country=admin[0] if admin else "",
        admin=admin,
        within=admin,
        population=people,
    )


PLACES = (
    place(1, "Russia", "PCLI", 60, 100, admin=("RU",), people=144_000_000),
    place(2, "Ukraine", "PCLI", 49, 32, admin=("UA",), people=44_000_000),
    place(3, "Belgorod", "PPLA", 50.6, 36.58, admin=("RU", "RU.09"), people=340_000),
    place(4, "Belgorod region", "ADM1", 50.77, 37.45, admin=("RU", "RU.09"), people=1_500_000),
    place(5, "Yablonovo", "PPL", 50.87, 37.35, admin=("RU", "RU.09"), people=900),
    place(6, "Yablonovo", "PPL", 51.85, 112.7, admin=("RU", "RU.93"), people=2_000),
    place(7, "Moscow", "PPLC", 55.75, 37.62, admin=("RU", "RU.48"), people=10_000_000),
    place(8, "Springfield", "PPL", 39.8, -89.64, admin=("US", "US.IL"), people=116_000),
    place(9, "Springfield", "PPL", 37.2, -93.3, admin=("US", "US.MO"), people=167_000),
    place(10, "Springfield", "PPL", 42.1, -72.59, admin=("US", "US.MA"), people=155_000),
    place(11, "Illinois", "ADM1", 40.1, -89.3, admin=("US", "US.IL"), people=12_000_000),
    place(12, "Korocha", "PPL", 50.81, 37.2, admin=("RU", "RU.09"), people=6_000),
    place(13, "Texas", "ADM1", 31, -99, admin=("US", "US.TX"), people=28_000_000),
)


class SmallGazetteer:
    """Names as they stand, "X region" for a region, and one spelling mended."""

    def candidates(self, name: str) -> Sequence[Candidate]:
        wanted = name.casefold()
        found = [Candidate(p, 1.0, ("its main name",)) for p in PLACES if p.name.casefold() == wanted]
        bare = wanted.removesuffix(" region")
        found += [
            Candidate(p, 0.85, ("its name without what kind of unit it is",))
            for p in PLACES
            if p.feature_code == "ADM1" and p.name.casefold() == f"{bare} region" and wanted == bare
        ]
        if wanted == "korotcha":
            found.append(Candidate(PLACES[11], 0.6, ("its main name", "korotcha read as korocha")))
        return found

    def place(self, key: str) -> Place | None:
        return next((place for place in PLACES if place.key == key), None)

    def border(self, key: str, other: str | None = None) -> BaseGeometry | None:
        return None

    def coast(self, country: str) -> BaseGeometry | None:
        return None


def report(text: str) -> Article:
    return Article("r", text, hashlib.sha256(text.encode()).hexdigest())


def tagged(text: str, **labels: str) -> Analysis:
    """An analysis whose entities are the given words (``_`` for a space), each where it first stands."""
    entities = []
    for words, label in labels.items():
        start = text.index(words.replace("_", " "))
        entities.append(Entity(Span(start, start + len(words)), label))
    return Analysis("r", (), (), tuple(sorted(entities, key=lambda entity: entity.span)))
