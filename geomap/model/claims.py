"""What reports claim: the words, who says them, and the value that they give."""

from __future__ import annotations

from dataclasses import dataclass, field

from geomap.errors import BadRecord
from geomap.model.places import Place
from geomap.model.report import Span
from geomap.model.terms import Relation, Role, Status


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
    """What a claim speaks of: the words, where they stand, and the place meant, if one is.

    ``within`` is the place that the report puts it in, where no gazetteer has the place itself.
    """

    text: str
    span: Span | None = None
    place: Place | None = None
    within: Place | None = None

    @property
    def name(self) -> str:
        """The place's name, else the words as they would stand within a sentence ("a light aircraft")."""
        if self.place:
            return self.place.name
        article, space, rest = self.text.partition(" ")
        common = article in {"A", "An", "The"} and rest[:1].islower()
        return f"{article.lower()}{space}{rest}" if common else self.text


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, through whom, and how.

    ``chain`` runs from the outlet that is read back to the speaker ("AP", "Tass", "Russian Defence Ministry");
    ``cue`` is the word that marks it ("said", "according to"); ``evidence`` is "none provided" where the report
    says so; ``office`` is what the report says a person is ("governor of Belgorod region").
    """

    speaker: str
    chain: tuple[str, ...] = ()
    cue: str | None = None
    status: Status = Status.REPORTED
    span: Span | None = None
    evidence: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one report says, with the words it says it in.

    ``span`` and ``quote`` are the claim's own words; ``context`` is the sentence they stand in. Site roles carry a
    :class:`Locative` as their value, distance and length a :class:`QuotedDistance`. ``route`` has the origin as its
    subject and the destination as its reference. One that is not ``sure`` was read with less certainty: it backs an
    answer like any other, and opens no dispute.
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
    sure: bool = True
