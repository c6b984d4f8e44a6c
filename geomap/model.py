"""The records that flow from report to map: frozen, slotted, and free of I/O.

Coordinates are (longitude, latitude) in degrees on WGS84; lengths are metres; azimuths are degrees clockwise from
north. A span is half-open and indexes ``Article.text``. A record checks its own invariant where it is made and raises
:class:`~geomap.errors.BadRecord`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import starmap
from typing import Protocol

from shapely import Point
from shapely.geometry.base import BaseGeometry

from geomap import display
from geomap.errors import BadRecord


class Kind(StrEnum):
    """How a report uses a place name."""

    LITERAL = "literal"
    METONYMIC = "metonymic"
    FACILITY = "facility"
    DEMONYM = "demonym"
    EMBEDDED = "embedded"


class Role(StrEnum):
    """What a claim is about."""

    INCIDENT_SITE = "incident-site"
    CRASH_SITE = "crash-site"
    ORIGIN = "origin"
    DESTINATION = "destination"
    LAUNCH_AREA = "launch-area"
    EXCHANGE_POINT = "exchange-point"
    ROUTE = "route"
    DISTANCE = "distance"
    LENGTH = "length"
    TIME = "time"
    COUNT = "count"
    CAUSE = "cause"
    CARGO = "cargo"
    WEAPON = "weapon"


SITE_ROLES = frozenset(
    {Role.INCIDENT_SITE, Role.CRASH_SITE, Role.ORIGIN, Role.DESTINATION, Role.LAUNCH_AREA, Role.EXCHANGE_POINT}
)
"""The roles whose subject is a place on the map."""

EVENT_ROLES = frozenset({Role.INCIDENT_SITE, Role.CRASH_SITE})
"""The roles that say where the incident itself happened."""


MEASURED_ROLES = frozenset({Role.DISTANCE, Role.LENGTH})
"""The roles whose finding is a measured line; a time is held against clocks, a count added up."""


class Status(StrEnum):
    """How sure the report is of what it says."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    UNVERIFIED = "unverified"


class Verdict(StrEnum):
    """What the geodesic says of a quoted distance."""

    AGREES = "agrees"
    PLAUSIBLE = "plausible"
    DOUBTFUL = "doubtful"
    CONTRADICTED = "contradicted"
    UNCHECKABLE = "uncheckable"


class Relation(StrEnum):
    """How a phrase ties a site to the place it names."""

    AT = "at"
    IN = "in"
    NEAR = "near"
    OFFSET = "offset"
    """A distance, a direction or both from the reference: ``Locative.distance`` holds them."""
    BETWEEN = "between"
    BORDER = "border"
    """On or near the border or coast of the reference."""


# --- the report ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` up to but not including ``end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise BadRecord(f"a span must begin at 0 or later and end after it begins, not {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether every character of ``other`` is in this span."""
        return self.start <= other.start and other.end <= self.end


DAY = dt.timedelta(days=1)
MOST_DAYS = dt.datetime.max - dt.datetime.min - DAY
"""A moment lies a day or more within the calendar's ends: no zone is farther off, so that it has an hour in each."""


def _out(day: dt.date | None, moment: dt.datetime | None) -> dt.datetime | None:
    if moment is not None:
        return moment.astimezone(dt.UTC)
    return dt.datetime.combine(day, dt.time.max, dt.UTC) if day is not None else None


@dataclass(frozen=True, slots=True)
class Article:
    """One report as it was given.

    ``text`` is the whole text, heads included; what a reader would call the report begins at ``body``. ``digest`` is
    the SHA-256 of ``text`` in hexadecimal: two articles of one digest are one report.
    """

    id: str
    text: str
    digest: str
    title: str = ""
    outlet: str = ""
    published: dt.date | None = None
    url: str = ""
    language: str = "en"
    body: int = 0
    published_at: dt.datetime | None = None
    """The moment it was published, with its zone, where the report gives an hour; ``published`` is then its day."""
    updated: dt.date | None = None
    """The day it was last changed, where the report says that it was."""
    updated_at: dt.datetime | None = None
    """The moment it was last changed, with its zone, where the report gives an hour."""

    def __post_init__(self) -> None:
        if not self.id:
            raise BadRecord("an article needs an id")
        if not 0 <= self.body <= len(self.text):
            raise BadRecord(f"article {self.id}: its body begins at {self.body}, outside its text")
        for moment in (self.published_at, self.updated_at):
            if moment is not None and moment.tzinfo is None:
                raise BadRecord(f"article {self.id}: an hour without a zone says no moment")
            if moment is not None and not DAY <= moment.replace(tzinfo=None) - dt.datetime.min <= MOST_DAYS:
                raise BadRecord(f"article {self.id}: {moment.isoformat()} has no day in every zone")

    @property
    def known(self) -> dt.datetime | None:
        """The moment (UTC) by which this wording was certainly out: of publication and change the later.

        It is the hour where the report gives one, else the end of the day; None for a report without a date.
        """
        given = ((self.published, self.published_at), (self.updated, self.updated_at))
        return max((moment for moment in starmap(_out, given) if moment), default=None)

    @property
    def hour_known(self) -> bool:
        """Whether ``known`` is an hour that the report gives, and not the end of a day."""
        return self.known is not None and self.known in (self.published_at, self.updated_at)

    def quote(self, span: Span) -> str:
        """The characters of ``span``."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a parsed sentence.

    ``head`` indexes ``Analysis.tokens`` (a root is its own head); ``pos`` and ``dep`` are Universal POS tags and
    ClearNLP dependency labels as spaCy's English models give them; ``entity`` is the named-entity label ("" outside).
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` up to but not including ``last`` of the analysis, and the characters they cover."""

    span: Span
    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity as the parser marked it; ``label`` is OntoNotes' (GPE, LOC, FAC, ORG, PERSON, NORP, ...)."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """A parsed report: its tokens, sentences and entities, all in offsets of ``Article.text``."""

    article: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]

    def words(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of one sentence."""
        return self.tokens[sentence.first : sentence.last]


# --- places ----------------------------------------------------------------------------------------------------------


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


# --- claims ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit (km, mi, nmi, m, ft)."""

    quantity: float
    unit: str


@dataclass(frozen=True, slots=True)
class QuotedDistance:
    """A distance as a report words it. A direction alone has neither quantity nor unit.

    ``quantity_to`` closes a range ("30 to 40 miles"). ``direction`` is a compass code (n, nne, ...). ``hedge`` is the
    word that softens it ("about"). ``manner`` says how it runs where the text does: "road", "air", "radius", "edge",
    "border", "coast", "travel-time"; "" is the straight line between two places.
    """

    span: Span
    quantity: float | None = None
    unit: str | None = None
    quantity_to: float | None = None
    hedge: str | None = None
    direction: str | None = None
    conversion: Quantity | None = None
    manner: str = ""

    def __post_init__(self) -> None:
        if (self.quantity is None) != (self.unit is None):
            raise BadRecord("a quoted distance has a quantity and a unit, or neither")
        if self.quantity is None and self.direction is None and not self.manner:
            raise BadRecord("a quoted distance needs a quantity or a direction")


@dataclass(frozen=True, slots=True)
class Locative:
    """The wording that ties a site to its subject: "near X", "70 km northeast of X", "between X and Y"."""

    relation: Relation
    distance: QuotedDistance | None = None


@dataclass(frozen=True, slots=True)
class LocalZone:
    """A time zone (IANA name) by which time may be told at a place."""

    zone: str
    place: str


@dataclass(frozen=True, slots=True)
class ZonedTime:
    """One way in which a report gives a moment: ``time`` as HH:MM, ``zone`` as it names it.

    ``zone`` is "local" where it says so and "" where it says nothing. ``places`` are the zones that stand for it where
    a place's clocks are meant. ``half`` is whether the half of the day is certain: "3:15" may be in the afternoon.
    """

    time: str
    zone: str = ""
    places: tuple[LocalZone, ...] = ()
    half: bool = True


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A clock time as quoted: HH:MM strings, ``zones`` as (abbreviation, HH:MM) pairs, an ISO date where known.

    ``quoted`` are all the ways in which the report gives it, in its order, where there are several; ``weekday`` (0 for
    Monday) is the day of the week named beside a date. Neither is part of what two claims are compared by.
    """

    local: str | None = None
    gmt: str | None = None
    zones: tuple[tuple[str, str], ...] = ()
    date: str | None = None
    hedge: str | None = None
    quoted: tuple[ZonedTime, ...] = field(default=(), repr=False)
    weekday: int | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the numbers that a report lists under a total, with its words and where they stand."""

    count: int
    words: str
    span: Span
    hedge: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The parts that a report lists under a total.

    ``complete`` is whether they are said to be all of it ("74 people: 65 prisoners, six crew and three guards");
    otherwise they are some of it ("12 dead, among them four children"). ``apart`` is whether nobody can be in two.
    """

    parts: tuple[Part, ...]
    complete: bool
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Count:
    """A number of something: ``of`` in words with hyphens (prisoners, crew, aboard, missiles-fired, killed).

    ``listing`` is what the report says it is made of; it is not part of what two claims are compared by.
    """

    count: int
    of: str
    hedge: str | None = None
    listing: Listing | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a cause, cargo or weapon claim names, in the report's words."""

    what: str


Value = QuotedDistance | Locative | ClockTime | Count | Matter


@dataclass(frozen=True, slots=True)
class Referent:
    """What a claim speaks of: the words, where they stand, and the place meant, if one is."""

    text: str
    span: Span | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, through whom, and how.

    ``chain`` runs from the outlet that is read back to the speaker ("AP", "Tass", "Russian Defence Ministry");
    ``cue`` is the word that marks it ("said", "according to"); ``evidence`` is "none provided" where the report
    says so.
    """

    speaker: str
    chain: tuple[str, ...] = ()
    cue: str | None = None
    status: Status = Status.REPORTED
    span: Span | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one report says, with the words it says it in.

    ``span`` and ``quote`` are the claim's own words; ``context`` is the sentence they stand in. Site roles carry a
    :class:`Locative` as their value, distance and length a :class:`QuotedDistance`. ``route`` has the origin as its
    subject and the destination as its reference.
    """

    id: str
    article: str
    span: Span
    quote: str
    role: Role
    attribution: Attribution
    subject: Referent | None = None
    reference: Referent | None = None
    value: Value | None = None
    context: Span | None = None


# --- checks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Geodesic:
    """The shortest line on the ellipsoid: metres, azimuth at its start and back azimuth at its end in degrees."""

    distance_m: float
    azimuth: float
    back_azimuth: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What measuring, converting or adding up says of a claim.

    ``percentile`` (0-100) is a quoted distance's place among real quotes of that size and kind. ``parts`` are the
    claims (ids) that a total was added up from.
    """

    claim: str
    verdict: Verdict
    reason: str
    geodesic: Geodesic | None = None
    percentile: float | None = None
    quoted_m: float | None = None
    parts: tuple[str, ...] = ()


# --- the incident ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wording:
    """The region that one wording makes by itself, and the claims (ids) that have it."""

    claims: tuple[str, ...]
    footprint: Footprint


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the incident, as all reports together support it.

    ``footprint`` is the region; ``best`` the point shown for it. ``held`` are the claims that the region satisfies;
    ``dropped`` those that cannot hold with the rest. ``wordings`` are what the region is made of, where it is made of
    several: one for each shape that claims held or dropped draw.
    """

    role: Role
    name: str
    footprint: Footprint
    best: tuple[float, float]
    status: Status
    speakers: tuple[str, ...]
    reports: tuple[str, ...]
    held: tuple[str, ...]
    dropped: tuple[str, ...] = ()
    place: Place | None = None
    wordings: tuple[Wording, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """The way from origin to destination; ``geometry`` follows the geodesic."""

    name: str
    geometry: BaseGeometry
    distance_m: float
    status: Status
    speakers: tuple[str, ...]
    reports: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backing:
    """One origin behind an answer, and the reports that carry it from there.

    ``independent`` is False where the origin is not shown to be another than one already counted: an outlet that passes
    on what a named source says, "officials" beside the ministry.
    """

    origin: str
    reports: tuple[str, ...]
    independent: bool = True


@dataclass(frozen=True, slots=True)
class Side:
    """One answer to a question, with who gives it and where it goes back to.

    ``claims`` (ids) assert it; ``coarser`` are those among them that only allow it ("dozens" under 65). ``denied`` are
    claims that deny it and ``unverified`` those that pass it on and stand back: neither asserts anything. ``lead`` is
    the claim whose words stand for the answer. ``backing`` holds the origins of the claims that are not coarser.
    """

    value: str | int | float
    hedge: str | None
    speakers: tuple[str, ...]
    origins: tuple[str, ...]
    reports: tuple[str, ...]
    claims: tuple[str, ...]
    coarser: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    backing: tuple[Backing, ...] = ()
    lead: str = ""

    @property
    def support(self) -> int:
        """How many independent origins give the answer: 0 where it is only denied or passed on."""
        return sum(each.independent for each in self.backing)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question that claims of the incident answer, and each rival answer.

    ``about`` is a role, where needed with what narrows it: "count:killed", "time" (the clock), "time:date" (the day),
    "time:2031-05-04" (the clock on another day), "distance:Belgorod to Yablonovo". ``contested`` where two sides cannot
    both hold and no one voice gives both.
    """

    about: str
    sides: tuple[Side, ...]
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Answers that cannot all be true; ``about`` is a role, or ``count:`` and what is counted."""

    about: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where claims go back to: five outlets that repeat one ministry are one origin."""

    name: str
    reports: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A place that the reports name, part of the incident or not; ``name`` is how they mostly write it."""

    place: Place
    reports: tuple[str, ...]
    mentions: tuple[Mention, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words that are not on the map, and why."""

    text: str
    report: str
    reason: str
    span: Span | None = None
    candidates: tuple[Candidate, ...] = ()


SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
"""What an incident's id may be: it stands in addresses, on command lines and in the names of files."""


@dataclass(frozen=True, slots=True)
class Incident:
    """Everything known of one incident: the reports, what they claim, and what holds up."""

    id: str
    title: str
    when: dt.date | None
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    sites: tuple[Site, ...] = ()
    routes: tuple[Route, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    origins: tuple[Origin, ...] = ()
    mentioned: tuple[Mentioned, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    resolutions: tuple[Resolution, ...] = field(default=(), repr=False)
    note: str = ""
    """What a reader must be told of the whole of it before anything else: "Invented example"."""

    def article(self, id: str) -> Article | None:
        """The report of that id."""
        return next((a for a in self.articles if a.id == id), None)

    def _repr_html_(self) -> str | None:
        """Its map, where it stands last in a notebook's cell."""
        return display.html(self)
