"""What measuring, converting and adding up say of claims."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.model.terms import Verdict


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
