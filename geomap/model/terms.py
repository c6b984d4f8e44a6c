"""The words of the field that records carry: kinds of names, roles of claims, statuses, verdicts, relations."""

from __future__ import annotations

from enum import StrEnum


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


HARSHNESS = (Verdict.AGREES, Verdict.PLAUSIBLE, Verdict.UNCHECKABLE, Verdict.DOUBTFUL, Verdict.CONTRADICTED)
"""Verdicts from the mildest."""


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


THERE = frozenset({Relation.AT, Relation.IN, Relation.NEAR})
"""How a wording ties a site to a place so that what holds the place holds the site too, but for its rim."""
