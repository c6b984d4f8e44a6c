"""Places, what a gazetteer is asked for them, and the names that reports give them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from shapely import Point
from shapely.geometry.base import BaseGeometry

from geomap.errors import BadRecord
from geomap.model.report import Span
from geomap.model.terms import Kind


@dataclass(frozen=True, slots=True)
class Footprint:
    """Where something is: a geometry, how far the truth may lie from it, and how we know.

    ``uncertainty_m`` is Darwin Core's coordinateUncertaintyInMeters: the radius in metres of the smallest circle round
    ``lon, lat`` that holds the whole of the place. It is never 0: unknown is not exact.
    """

    geometry: BaseGeometry
    uncertainty_m: float
    method: str
    centre: tuple[float, float] | None = None
    """The point that stands for a shape where its source names one; ``lonlat`` finds one otherwise."""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.uncertainty_m) and self.uncertainty_m > 0):
            raise BadRecord(f"a footprint's uncertainty must be above 0 metres, not {self.uncertainty_m}")
        if self.geometry.is_empty:
            raise BadRecord("a footprint needs a geometry that is not empty")
        west, south, east, north = self.geometry.bounds
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise BadRecord(f"a footprint must lie within longitude 180 and latitude 90, not {self.geometry.bounds}")

    @classmethod
    def point(cls, lon: float, lat: float, uncertainty_m: float, method: str) -> Footprint:
        """A point known to ``uncertainty_m`` metres."""
        if not (math.isfinite(lon) and math.isfinite(lat)):
            raise BadRecord(f"a point needs two finite coordinates, not {lon}, {lat}")
        return cls(Point(lon, lat), uncertainty_m, method)

    @property
    def lonlat(self) -> tuple[float, float]:
        """The one point that stands for it: itself, or a shape's centroid (a point inside where that falls outside)."""
        shape = self.geometry
        if self.centre is not None:
            return self.centre
        if isinstance(shape, Point):
            return shape.x, shape.y
        centre = shape.centroid
        if not shape.covers(centre) and shape.area:
            centre = shape.representative_point()
        return centre.x, centre.y


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a gazetteer.

    ``gazetteer`` names the source ("geonames", "airports", "supplement", "nominatim"); ``identifier`` is that source's
    own. ``admin`` holds the codes of the units the place lies in, outermost first ("RU", "RU.09", "RU.09.544704") and
    ``within`` their names in the same order; a subdivision's own code closes its ``admin``. ``feature_code`` is
    GeoNames' (PPL, PPLA, ADM1, ADM2, PCLI, AIRB, ...).
    """

    gazetteer: str
    identifier: str
    name: str
    feature_code: str
    footprint: Footprint
    country: str = ""
    admin: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    population: int = 0
    timezone: str = ""

    @property
    def key(self) -> str:
        """Source and identifier as one string, unique over gazetteers."""
        return f"{self.gazetteer}:{self.identifier}"

    @property
    def lonlat(self) -> tuple[float, float]:
        """The point that stands for the place: (longitude, latitude) in degrees."""
        return self.footprint.lonlat

    @property
    def geonames_id(self) -> int | None:
        """The GeoNames id, where GeoNames is the source."""
        return int(self.identifier) if self.gazetteer == "geonames" else None

    @property
    def label(self) -> str:
        """The place with the units it lies in: "Yablonovo, Korochansky district, Belgorod region, Russia"."""
        around = self.within[:-1] if self.feature_code.startswith(("ADM", "PCL")) else self.within
        return ", ".join(dict.fromkeys((self.name, *reversed(around))))

    def lies_in(self, other: Place) -> bool:
        """Whether the gazetteer files this place under ``other`` (a place does not lie in itself)."""
        return (
            bool(other.admin)
            and other.feature_code.startswith(("ADM", "PCL"))
            and (self.key != other.key and self.admin[: len(other.admin)] == other.admin)
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean; ``score`` runs from 0 to 1, ``evidence`` says in words what speaks for it."""

    place: Place
    score: float
    evidence: tuple[str, ...] = ()


class Gazetteer(Protocol):
    """What the stages ask of a gazetteer; its files and network are its own affair."""

    def candidates(self, name: str) -> Sequence[Candidate]:
        """Every place of that name, best match first; misspelt names only when nothing fits as written.

        ``score`` is how well the *name* fits: 1.0 the place's main name, less for another name, a derived form
        ("Korochansky" for the district of Korocha) or a spelling mended.
        """
        ...

    def place(self, key: str) -> Place | None:
        """The place filed under ``Place.key``."""
        ...

    def border(self, key: str, other: str | None = None) -> BaseGeometry | None:
        """The line where the country ``key`` (ISO 3166 alpha-2) meets ``other``, or its whole land border."""
        ...

    def coast(self, country: str) -> BaseGeometry | None:
        """The coastline of a country (ISO 3166 alpha-2)."""
        ...


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym as it stands in a report.

    ``lemma`` is the name to look up, where that is not how the report writes it: "Харьков" for "в Харькове".
    """

    article: str
    span: Span
    surface: str
    kind: Kind
    recognizer: str
    lemma: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention means. Doubt is ``place=None`` with a ``reason`` a reader understands, never a guess."""

    mention: Mention
    place: Place | None
    candidates: tuple[Candidate, ...]
    confidence: float
    resolver: str
    reason: str = ""

    def __post_init__(self) -> None:
        if self.place is None and not self.reason:
            raise BadRecord(f"{self.mention.surface!r} is left unresolved without a reason")
