"""One incident, as all its reports together tell it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from geomap import display
from geomap.model.claims import Claim
from geomap.model.findings import Finding
from geomap.model.places import Candidate, Footprint, Mention, Place, Resolution
from geomap.model.report import Article, Span
from geomap.model.terms import Role, Status


@dataclass(frozen=True, slots=True)
class Wording:
    """The region that one wording makes by itself, and the claims (ids) that have it."""

    claims: tuple[str, ...]
    footprint: Footprint


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the incident, as all reports together support it.

    ``footprint`` is the region; ``best`` the point shown for it. ``held`` are the claims that the region satisfies;
    ``dropped`` those that cannot hold with the rest. ``lead`` is the claim (id) that says most finely where it is:
    ``name`` and ``place`` are what it names. ``wordings`` are what the region is made of, where it is made of several:
    one for each shape that claims held or dropped draw.
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
    lead: str = ""
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
