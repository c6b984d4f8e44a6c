"""Places and a gazetteer of a few of them, for tests of measuring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from geomap.model import Attribution, Candidate, Claim, Footprint, Locative, Place, QuotedDistance, Referent, Role, Span

SPAN = Span(0, 1)


def place(
    name: str, lon: float, lat: float, *, population: int = 0, code: str = "PPL", country: str = "XX", key: str = ""
) -> Place:
    """A settlement, or with ADM a unit of 30 km."""
    reach = 30_000.0 if code.startswith("ADM") else 1_000.0
    return Place(
        gazetteer="test",
        identifier=key or name,
        name=name,
        feature_code=code,
        footprint=Footprint.point(lon, lat, reach, "point"),
        country=country,
        population=population,
        within=("Testland",),
    )


def square(name: str, west: float, south: float, east: float, north: float, *, country: str = "XX") -> Place:
    """A unit with a shape."""
    shape = Polygon([(west, south), (east, south), (east, north), (west, north)])
    return Place(
        "test", name, name, "PCLI", Footprint(shape, 200_000.0, "polygon"), country=country, names=(), population=0
    )


@dataclass(frozen=True)
class FewPlaces:
    """A gazetteer that knows what it is given."""

    places: tuple[Place, ...] = ()
    borders: dict[tuple[str, str | None], BaseGeometry] = field(default_factory=dict)
    coasts: dict[str, BaseGeometry] = field(default_factory=dict)

    def candidates(self, name: str) -> Sequence[Candidate]:
        return [Candidate(each, 1.0) for each in self.places if each.name == name]

    def place(self, key: str) -> Place | None:
        return next((each for each in self.places if each.key == key), None)

    def border(self, key: str, other: str | None = None) -> BaseGeometry | None:
        return self.borders.get((key, other))

    def coast(self, country: str) -> BaseGeometry | None:
        return self.coasts.get(country)


MERIDIAN_30 = LineString([(30, 40), (30, 50), (30, 60)])
"""A border that runs north and south."""


def referent(what: Place | str | None) -> Referent | None:
    """A place, or words that name none."""
    if what is None:
        return None
    return Referent(what) if isinstance(what, str) else Referent(what.name, place=what)


def distance_claim(
    subject: Place | str | None, reference: Place | str | None, quoted: QuotedDistance, *, role: Role = Role.DISTANCE
) -> Claim:
    """A claim that quotes a distance."""
    return Claim("c", "a", SPAN, "words", role, Attribution(""), referent(subject), referent(reference), quoted)


def site_claim(subject: Place | str | None, locative: Locative | None, other: Place | None = None) -> Claim:
    """A claim that says where something happened."""
    return Claim(
        "s", "a", SPAN, "words", Role.CRASH_SITE, Attribution(""), referent(subject), referent(other), locative
    )
