"""From reports to an incident: the only module that knows the order of the stages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from geomap import check, claims, compare, incident, parse, regions, zones
from geomap.claims import corrections, speakers
from geomap.claims.distances import with_references
from geomap.errors import BadInput
from geomap.geoparse import languages, resolve
from geomap.model import (
    EVENT_ROLES,
    MEASURED_ROLES,
    SITE_ROLES,
    Analysis,
    Article,
    Claim,
    Finding,
    Footprint,
    Gazetteer,
    Incident,
    LocalZone,
    Locative,
    Mention,
    Resolution,
    Role,
    Span,
    Unplaced,
)

Parse = Callable[[Article], Analysis]
Recognize = Callable[[Article, Analysis | None, Gazetteer], Sequence[Mention]]
Resolve = Callable[[Article, Analysis | None, Sequence[Mention], Gazetteer], Sequence[Resolution]]
Extract = Callable[[Article, Analysis, Sequence[Resolution]], Sequence[Claim]]
Locate = Callable[[Claim, Gazetteer], Footprint | None]
Check = Callable[[Claim, Gazetteer], Finding]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report says: its toponyms as resolved, and its claims."""

    article: Article
    resolutions: tuple[Resolution, ...]
    claims: tuple[Claim, ...]


def readings(incident: Incident) -> dict[str, Reading]:
    """What each report of an incident says, by its id: the incident taken apart again."""
    told: dict[str, list[Claim]] = {article.id: [] for article in incident.articles}
    named: dict[str, list[Resolution]] = {article.id: [] for article in incident.articles}
    for claim in incident.claims:
        told[claim.article].append(claim)
    for resolution in incident.resolutions:
        named[resolution.mention.article].append(resolution)
    return {each.id: Reading(each, tuple(named[each.id]), tuple(told[each.id])) for each in incident.articles}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """The stages in their order, each of which can be replaced."""

    gazetteer: Gazetteer
    parse: Parse = field(default_factory=parse.SpacyParser)
    recognize: Recognize = languages.recognize
    resolve: Resolve = resolve.resolve
    extract: Extract = claims.extract
    quote: Extract = claims.quoted
    locate: Locate = regions.locate
    quoted: Locate = regions.quoted
    check: Check = check.check

    def geoparse(self, article: Article) -> tuple[Resolution, ...]:
        """The report's toponyms, each with the place it means or the reason why none."""
        return self._resolved(article, None)

    def read(self, article: Article) -> Reading:
        """The report's toponyms and claims; of a report that is not in English the toponyms alone."""
        if not languages.is_english(article):
            return Reading(article, self._resolved(article, None), ())
        resolutions, (found,) = self._extracted(article, self.extract)
        return Reading(article, resolutions, found)

    def checkable(self, article: Article) -> tuple[Claim, ...]:
        """The claims of a text, and the times and sums it tells of besides: all that can be checked by itself."""
        _, (claimed, quoted) = self._extracted(article, self.extract, self.quote)
        own = [claim for claim in claimed if check.holds_a_check(claim)]
        besides = [each for each in quoted if not any(each.span.overlaps(claim.span) for claim in own)]
        return tuple(sorted((*claimed, *besides), key=lambda claim: claim.span))

    def _extracted(
        self, article: Article, *extracts: Extract
    ) -> tuple[tuple[Resolution, ...], list[tuple[Claim, ...]]]:
        """The toponyms and what each of ``extracts`` takes, of the report as its own corrections leave it."""
        told = corrections.read(article)
        analysis = self.parse(told.article)
        resolutions = self._resolved(told.article, analysis)
        found = [
            corrections.printed(told, article, tuple(extract(told.article, analysis, resolutions)))
            for extract in extracts
        ]
        return corrections.printed(told, article, resolutions), found

    def unread(self, article: Article) -> str:
        """What of the report is not read because of its language, in words; "" where all of it is."""
        return languages.notice(article)

    def findings(self, found: Iterable[Claim], articles: Iterable[Article] = ()) -> tuple[Finding, ...]:
        """A finding for every quoted distance among the claims, then for every time and every sum to be checked.

        ``articles`` are the reports they are from: a time on a day that is not named is one shortly before publication.
        """
        told = tuple(found)
        published = {article.id: article.published for article in articles}
        elsewhere = _event_zones(told)
        distances = (self.check(claim, self.gazetteer) for claim in told if claim.role in MEASURED_ROLES)
        times = (
            check.check_time(claim, published=published.get(claim.article), elsewhere=elsewhere)
            for claim in told
            if claim.role is Role.TIME
        )
        return (*distances, *(each for each in times if each), *check.check_sums(told))

    def assemble(
        self, readings: Sequence[Reading], *, id: str, title: str = "", when: dt.date | None = None
    ) -> Incident:
        """One incident from what its reports say; without a title it is named by its site or its first report."""
        found = speakers.unify([claim for reading in readings for claim in reading.claims])
        located = self._located(claim for claim in found if claim.role in SITE_ROLES)
        voices = {reading.article.id: reading.article.outlet or reading.article.id for reading in readings}
        made = incident.assemble(
            [reading.article for reading in readings],
            found,
            [resolution for reading in readings for resolution in reading.resolutions],
            located,
            self.findings(found, (reading.article for reading in readings)),
            id=id,
            title=title,
            when=when,
            intersect=_intersect,
            sourcing=compare.Sourcing(speakers.origins(voices), _rank),
            wider={claim.id: wide for claim in found if claim.id in located and (wide := self._wider(claim))},
        )
        return replace(made, unplaced=(*_unread(made.articles), *made.unplaced))

    def incident(
        self, articles: Iterable[Article], *, id: str, title: str = "", when: dt.date | None = None
    ) -> Incident:
        """Everything from reports to incident; the same report twice counts once, where it comes first.

        Raises :class:`~geomap.errors.BadInput` where two reports have one id.
        """
        unique: dict[str, Article] = {}
        ids: set[str] = set()
        for article in articles:
            if article.digest in unique:
                continue
            if article.id in ids:
                raise BadInput(f"two reports have the id {article.id!r:.90}; give each one of its own")
            ids.add(article.id)
            unique[article.digest] = article
        return self.assemble([self.read(article) for article in unique.values()], id=id, title=title, when=when)

    def set_back(self, incident: Incident, readings: Sequence[Reading]) -> Incident:
        """The incident as these readings alone make it, under its own name."""
        made = self.assemble(readings, id=incident.id, title=incident.title, when=incident.when)
        return replace(made, note=incident.note)

    def _located(self, sites: Iterable[Claim]) -> dict[str, Footprint]:
        """The footprint of each claim that has one, by its id; what many claims word alike is drawn once."""
        drawn: dict[Hashable, Footprint | None] = {}
        located = {}
        for claim in sites:
            wording = _wording(claim)
            if wording not in drawn:
                drawn[wording] = self.locate(claim, self.gazetteer)
            if footprint := drawn[wording]:
                located[claim.id] = footprint
        return located

    def _wider(self, claim: Claim) -> Footprint | None:
        """The region that a city's bare name may stand for: "in Belgorod" said of the Belgorod region."""
        place = claim.subject.place if claim.subject else None
        if place is None or claim.role not in EVENT_ROLES or not place.feature_code.startswith("PPL"):
            return None
        named = (candidate.place for candidate in self.gazetteer.candidates(place.name))
        region = next((other for other in named if other.feature_code == "ADM1" and place.lies_in(other)), None)
        return region.footprint if region else None

    def _resolved(self, article: Article, analysis: Analysis | None) -> tuple[Resolution, ...]:
        found = self.recognize(article, analysis, self.gazetteer)
        # Whatever a distance is measured from is a toponym, recognised by its looks or not.
        mentions = with_references(article, analysis, found) if analysis else found
        return tuple(self.resolve(article, analysis, mentions, self.gazetteer))


def _wording(claim: Claim) -> Hashable:
    """What a site's footprint is drawn from: its places and what ties it to them, wherever in a report that stands."""
    places = [end.place.key if end and end.place else None for end in (claim.subject, claim.reference)]
    held = claim.subject.within.key if claim.subject and claim.subject.within else None
    tie = claim.value
    if isinstance(tie, Locative) and tie.distance:
        tie = replace(tie, distance=replace(tie.distance, span=Span(0, 1)))
    return (claim.role, *places, held, tie)


def _event_zones(found: Iterable[Claim]) -> tuple[LocalZone, ...]:
    """The time zones of the places that claims give for the incident itself."""
    places = {
        c.subject.place.key: c.subject.place for c in found if c.role in EVENT_ROLES and c.subject and c.subject.place
    }
    kept = {zone.zone: zone for place in places.values() for zone in zones.kept_at(place)}
    return tuple(kept.values())


def _rank(claim: Claim) -> compare.Rank:
    """What is known of a claim's speaker."""
    speaker = claim.attribution.speaker
    if speakers.is_unnamed(speaker):
        return compare.Rank.UNNAMED
    return compare.Rank.OUTLET if speaker == speakers.REPORT or speakers.is_outlet(speaker) else compare.Rank.NAMED


def _unread(articles: Iterable[Article]) -> tuple[Unplaced, ...]:
    """An entry for each report whose language keeps it from being read as a whole; it has no span."""
    return tuple(
        Unplaced("the whole report", article.id, notice)
        for article in articles
        if (notice := languages.notice(article))
    )


def _intersect(footprints: Mapping[str, Footprint], weights: Mapping[str, float]) -> regions.Intersection:
    return regions.intersect([regions.Located(id, each) for id, each in footprints.items()], weights=weights)
