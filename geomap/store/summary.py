"""What the store tells of an incident without loading it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geomap.model import Article, Claim

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees; west above east spans the antimeridian."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One incident as a list shows it; ``updated`` is when its newest revision was saved, in UTC."""

    id: str
    title: str
    when: dt.date | None
    reports: int
    claims: int
    updated: dt.datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state of an incident; ``number`` counts from 1 and is never used again while the incident lives."""

    number: int
    title: str
    reports: int
    claims: int
    updated: dt.datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a report, and the first revision of its incident that holds it."""

    revision: int
    article: Article


@dataclass(frozen=True, slots=True)
class Hit:
    """A claim found by where it lies, with the incident that it belongs to."""

    incident: str
    claim: Claim
