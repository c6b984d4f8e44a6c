"""The records that flow from report to map: frozen, slotted, and free of I/O.

Coordinates are (longitude, latitude) in degrees on WGS84; lengths are metres; azimuths are degrees clockwise from
north. A span is half-open and indexes ``Article.text``. A record checks its own invariant where it is made and raises
:class:`~geomap.errors.BadRecord`.
"""

from geomap.model.claims import (
    Attribution,
    Claim,
    ClockTime,
    Count,
    Listing,
    LocalZone,
    Locative,
    Matter,
    Part,
    Quantity,
    QuotedDistance,
    Referent,
    Value,
    ZonedTime,
)
from geomap.model.findings import Finding, Geodesic
from geomap.model.incident import (
    SLUG,
    Backing,
    Comparison,
    Conflict,
    Incident,
    Mentioned,
    Origin,
    Route,
    Side,
    Site,
    Unplaced,
    Wording,
)
from geomap.model.places import Candidate, Footprint, Gazetteer, Mention, Place, Resolution
from geomap.model.report import DAY, MOST_DAYS, Analysis, Article, Entity, Sentence, Span, Token
from geomap.model.terms import EVENT_ROLES, MEASURED_ROLES, SITE_ROLES, Kind, Relation, Role, Status, Verdict

__all__ = [
    "DAY",
    "EVENT_ROLES",
    "MEASURED_ROLES",
    "MOST_DAYS",
    "SITE_ROLES",
    "SLUG",
    "Analysis",
    "Article",
    "Attribution",
    "Backing",
    "Candidate",
    "Claim",
    "ClockTime",
    "Comparison",
    "Conflict",
    "Count",
    "Entity",
    "Finding",
    "Footprint",
    "Gazetteer",
    "Geodesic",
    "Incident",
    "Kind",
    "Listing",
    "LocalZone",
    "Locative",
    "Matter",
    "Mention",
    "Mentioned",
    "Origin",
    "Part",
    "Place",
    "Quantity",
    "QuotedDistance",
    "Referent",
    "Relation",
    "Resolution",
    "Role",
    "Route",
    "Sentence",
    "Side",
    "Site",
    "Span",
    "Status",
    "Token",
    "Unplaced",
    "Value",
    "Verdict",
    "Wording",
    "ZonedTime",
]
