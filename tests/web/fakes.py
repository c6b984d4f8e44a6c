"""A store and a desk that hold the sample incident in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geomap.desk import Check
from geomap.errors import BadReport, NotFound, StoreError
from geomap.model import Article, Incident, Resolution, Role
from geomap.pipeline import Reading
from geomap.store import Revision, Summary, Version
from tests import samples

SAVED = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


class Memory:
    """The revisions of incidents, oldest first, by id."""

    def __init__(self, *incidents: Incident) -> None:
        self.held = {each.id: [each] for each in incidents}
        self.broken = False

    def list(self) -> Sequence[Summary]:
        if self.broken:
            raise StoreError("the store at /secret/place/geomap.db cannot be opened")
        return [self.summary(id) for id in self.held]

    def summary(self, id: str) -> Summary:
        found = self.load(id)
        number = len(self.held[id])
        updated = SAVED + dt.timedelta(hours=number)
        return Summary(id, found.title, found.when, len(found.articles), len(found.claims), updated, number)

    def load(self, id: str, revision: int | None = None) -> Incident:
        held = self.held.get(id)
        if not held or (revision or 1) > len(held):
            raise NotFound(f"there is no incident {id!r}; `geomap incidents` lists those there are")
        return held[(revision or len(held)) - 1]

    def versions(self, id: str, article: str | None = None, *, revision: int | None = None) -> Sequence[Version]:
        self.load(id, revision)
        found: dict[tuple[str, str], Version] = {}
        for number, state in enumerate(self.held[id][: revision or len(self.held[id])], 1):
            for each in state.articles:
                if article in (None, each.id):
                    found.setdefault((each.id, each.digest), Version(number, each))
        if not found:
            raise NotFound(f"{id} has no report {article!r}; see its reports for their names")
        return tuple(found.values())

    def revisions(self, id: str) -> Sequence[Revision]:
        self.load(id)
        return [
            Revision(number, each.title, len(each.articles), len(each.claims), SAVED + dt.timedelta(hours=number))
            for number, each in enumerate(self.held[id], 1)
        ]


class Stages:
    """Whatever is read, it says what the sample incident's first report says."""

    def geoparse(self, article: Article) -> Sequence[Resolution]:
        return samples.incident().resolutions

    def read(self, article: Article) -> Reading:
        return Reading(article, samples.incident().resolutions, samples.incident().claims)

    def set_back(self, incident: Incident, readings: Sequence[Reading]) -> Incident:
        """The claims of those readings with the sites that they hold, and nothing else worked out from them."""
        claims = tuple(claim for each in readings for claim in each.claims)
        told, reports = {claim.id for claim in claims}, {each.article.id for each in readings}
        sites = [
            replace(
                site,
                held=tuple(id for id in site.held if id in told),
                dropped=(),
                wordings=(),
                reports=tuple(id for id in site.reports if id in reports),
            )
            for site in incident.sites
        ]
        return Incident(
            id=incident.id,
            title=incident.title,
            when=incident.when,
            articles=tuple(each.article for each in readings),
            claims=claims,
            sites=tuple(site for site in sites if site.held),
            findings=tuple(each for each in incident.findings if each.claim in told),
        )


class Desk:
    """A desk over those stages; it refuses the word "binary"."""

    pipeline = Stages()

    def check(self, text: str, *, title: str = "", chosen: Mapping[str, str] | None = None) -> Sequence[Check]:
        if "binary" in text:
            raise BadReport("text: it is binary; give plain text")
        found = samples.incident()
        claims = {claim.id: claim for claim in found.claims if claim.role is Role.DISTANCE}
        return [Check(claims[finding.claim], finding) for finding in found.findings]


def hostile() -> Incident:
    """The sample incident with markup wherever a report's words go."""
    words = '"><script>alert(1)</script>${alert(2)}</title>'
    found = samples.incident()
    sites = tuple(replace(each, name=words, speakers=(words,)) for each in found.sites)
    return replace(found, id="hostile", title=words, sites=sites)
