"""Many reports, one incident: sites, routes, conflicts, origins, and what is not on the map."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Protocol

from geomap import geodesy, plane
from geomap.bounds import Bound, bound
from geomap.compare import Sourcing, compare, conflicts, plausible_day
from geomap.components import components
from geomap.model import (
    EVENT_ROLES,
    SITE_ROLES,
    Article,
    Claim,
    ClockTime,
    Finding,
    Footprint,
    Incident,
    Kind,
    Locative,
    Mention,
    Mentioned,
    Origin,
    Place,
    QuotedDistance,
    Referent,
    Relation,
    Resolution,
    Role,
    Route,
    Site,
    Status,
    Unplaced,
    Wording,
)

NOT_ON_THE_MAP = {
    Kind.DEMONYM: "a word for people or a nation, not a place",
    Kind.EMBEDDED: "part of the name of an organisation or a person",
}
"""Why a mention of that kind is listed and not drawn."""

_STANDING = (Status.CONFIRMED, Status.REPORTED, Status.CLAIMED, Status.UNVERIFIED, Status.DENIED)
"""From most to least sure: a site stands as its surest claim does."""


class Region(Protocol):
    """What intersecting the regions of several claims yields (see :func:`geomap.regions.intersect`)."""

    @property
    def footprint(self) -> Footprint: ...
    @property
    def best(self) -> tuple[float, float]: ...
    @property
    def held(self) -> tuple[str, ...]: ...
    @property
    def dropped(self) -> tuple[str, ...]: ...


Intersect = Callable[[Mapping[str, Footprint], Mapping[str, float]], Region]
"""Intersects the regions of claims, by claim id, with the weight of each."""

ASTRAY = 20.0
"""A place so many times farther off than its report says is not the one meant: no slip of unit or digit does that."""

FAR_M = 10_000.0
"""What lies so far from a place is not near it: a title says how far."""

VAGUE_M = 100_000.0
"""Wording that leaves more room than this round its centre ("near the border with X") makes no site by itself."""


def assemble(
    articles: Sequence[Article],
    claims: Sequence[Claim],
    resolutions: Sequence[Resolution],
    located: Mapping[str, Footprint],
    findings: Sequence[Finding],
    *,
    id: str,
    title: str,
    when: dt.date | None,
    intersect: Intersect,
    sourcing: Sourcing,
    wider: Mapping[str, Footprint],
) -> Incident:
    """One incident from what the stages took from its reports.

    ``located`` holds the footprint of each site claim that has one, by claim id; ``wider`` that of the region which the
    same words may mean ("in Belgorod" said of the region). ``when`` is worked out from the reports where it is None,
    and so is an empty ``title``.
    """
    standing = [claim for claim in claims if claim.attribution.status != Status.DENIED]
    astray = _astray(claims, findings)
    located = {id: footprint for id, footprint in located.items() if id not in astray}
    events, reread = _event_sites(standing, located, wider, intersect, sourcing.origin_of)
    day = when or _date(claims, articles)
    compared = compare(claims, {**located, **reread}, articles=articles, sourcing=sourcing, day=day, sites=events)
    return Incident(
        id=id,
        title=title or _title(events, standing, articles) or id,
        when=day,
        articles=tuple(articles),
        claims=tuple(claims),
        findings=tuple(findings),
        sites=events + _named_sites(standing, located),
        routes=_routes(standing),
        conflicts=conflicts(compared),
        comparisons=compared,
        origins=_origins(claims, sourcing.origin_of),
        mentioned=_mentioned(resolutions),
        unplaced=_unplaced(resolutions, claims, located, astray, {id for site in events for id in site.held}),
        resolutions=tuple(resolutions),
    )


def _astray(claims: Sequence[Claim], findings: Sequence[Finding]) -> dict[str, str]:
    """Site claims whose place cannot be the one meant, with the reason: the report itself puts it elsewhere."""
    by_id = {claim.id: claim for claim in claims}
    far: dict[tuple[str, str], str] = {}
    for finding in findings:
        told, line = by_id[finding.claim], finding.geodesic
        place = told.subject.place if told.subject else None
        if place and line and finding.quoted_m and line.distance_m > ASTRAY * finding.quoted_m:
            reason = (
                f"the {place.name} that is known lies {line.distance_m / 1000:,.0f} km from where the report puts it"
            )
            far[told.article, place.key] = reason
    return {
        claim.id: far[claim.article, claim.subject.place.key]
        for claim in claims
        if claim.subject and claim.subject.place and (claim.article, claim.subject.place.key) in far
    }


def _event_sites(
    claims: Sequence[Claim],
    located: Mapping[str, Footprint],
    wider: Mapping[str, Footprint],
    intersect: Intersect,
    origin_of: Callable[[Claim], str],
) -> tuple[tuple[Site, ...], dict[str, Footprint]]:
    """Where the incident happened: one site, unless what some claims say lies apart from the rest.

    With them the footprints of claims that hold only when their city is read as the region of its name.
    """
    by_id = {claim.id: claim for claim in claims if claim.role in EVENT_ROLES and claim.id in located}
    weights = _weights(by_id.values(), origin_of)
    left = {id: located[id] for id in by_id}
    sites: list[Site] = []
    reread: dict[str, Footprint] = {}
    groups = [list(left)]
    while left:
        region = intersect({id: left[id] for id in groups.pop(0)}, weights)
        inside = set(region.held)
        again = {id: wider[id] for id in left if id not in inside and _reread(wider.get(id), region.footprint)}
        reread |= again
        kept = inside | again.keys()
        held = [by_id[id] for id in left if id in kept]
        left = {id: footprint for id, footprint in left.items() if id not in kept}
        if not sites or region.footprint.uncertainty_m <= VAGUE_M:
            dropped = [] if sites else list(left)
            made = _event_site(region, [by_id[id] for id in region.held], held, dropped, located)
            sites.append(replace(made, wordings=_wordings([*region.held, *dropped], located)))
        groups = _heaviest_first(region.dropped, groups, left, weights)
    return tuple(sites), reread


def _heaviest_first(
    dropped: Iterable[str], groups: Iterable[list[str]], left: Mapping[str, Footprint], weights: Mapping[str, float]
) -> list[list[str]]:
    """The groups that are left, those whom most origins speak for first.

    What was dropped falls apart into groups that no point joins: each needs to be intersected only within itself.
    """
    rest = {id: left[id] for id in dropped if id in left}
    parted = [*([id for id in group if id in left] for group in groups), *(components(rest) if rest else [])]
    return sorted(filter(None, parted), key=lambda group: -sum(weights[id] for id in group))


def _weights(claims: Iterable[Claim], origin_of: Callable[[Claim], str]) -> dict[str, float]:
    """Each claim's share of its origin's one voice, so that repeating a thing does not make it truer.

    What a report tells first counts more than what it tells next: news opens with where it happened.
    """
    told: Counter[str] = Counter()
    share: dict[str, float] = {}
    origins: dict[str, str] = {}
    for claim in sorted(claims, key=lambda claim: claim.span):
        told[claim.article] += 1
        share[claim.id], origins[claim.id] = 1 / told[claim.article], origin_of(claim)
    voices: dict[str, float] = defaultdict(float)
    for id, origin in origins.items():
        voices[origin] += share[id]
    return {id: share[id] / voices[origin] for id, origin in origins.items()}


def _reread(wide: Footprint | None, region: Footprint) -> bool:
    """Whether a claim left out holds after all, when its city is read as the region of the same name."""
    return wide is not None and wide.geometry.intersects(region.geometry)


def _event_site(
    region: Region,
    exact: Sequence[Claim],
    held: Sequence[Claim],
    dropped: Iterable[str],
    located: Mapping[str, Footprint],
) -> Site:
    lead = _finest_told(exact, located, region.best)
    return _site(
        max((claim.role for claim in held), key=lambda role: role == Role.CRASH_SITE),
        region.footprint,
        region.best,
        held,
        lead=lead or held[0],
        dropped=tuple(dropped),
    )


def _wordings(claims: Iterable[str], located: Mapping[str, Footprint]) -> tuple[Wording, ...]:
    """One for each shape that the claims draw, in the order of the claims."""
    groups: dict[tuple[bytes, float], list[str]] = defaultdict(list)
    for id in claims:
        groups[located[id].geometry.wkb, located[id].uncertainty_m].append(id)
    return tuple(Wording(tuple(ids), located[ids[0]]) for ids in groups.values())


def _called(place: Place, referents: Iterable[Referent]) -> str:
    """A place's name as the reports mostly write it, the gazetteer's where they are of two minds."""
    written = Counter(each.text for each in referents if each.place and each.place.key == place.key)
    return max(written, key=lambda text: (written[text], text == place.name), default=place.name)


def _named(claim: Claim) -> str:
    return claim.subject.text if claim.subject else claim.quote


def _finest_told(claims: Iterable[Claim], located: Mapping[str, Footprint], best: tuple[float, float]) -> Claim | None:
    """The claim that says most finely where a site is, by a place that it names: the nearest where several do."""
    told = ((claim, claim.subject) for claim in claims if claim.subject)
    placed = [(claim, place) for claim, subject in told if (place := subject.place or subject.within)]

    def fineness(each: tuple[Claim, Place]) -> tuple[float, float, float]:
        claim, place = each
        return located[claim.id].uncertainty_m, place.footprint.uncertainty_m, _metres(place.lonlat, best)

    return min(placed, key=fineness)[0] if placed else None


def _metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    return geodesy.inverse(*a, *b).distance_m


def _named_sites(claims: Sequence[Claim], located: Mapping[str, Footprint]) -> tuple[Site, ...]:
    """Origins, destinations, launch areas and exchange points: a site for each place named, with all who name it."""
    groups: dict[tuple[Role, str], list[Claim]] = defaultdict(list)
    for told in _by_role_and_report(claims, located):
        for claim, finest in _finest(told, located):
            if finest.subject and finest.subject.place:
                groups[claim.role, finest.subject.place.key].append(claim)
    sites = []
    for (role, key), group in groups.items():
        named = [claim for claim in group if claim.subject and claim.subject.place and claim.subject.place.key == key]
        lead = min(named, key=lambda claim: located[claim.id].uncertainty_m)
        footprint = min((located[claim.id] for claim in group), key=lambda each: each.uncertainty_m)
        sites.append(_site(role, footprint, footprint.lonlat, group, lead=lead))
    return tuple(sites)


def _by_role_and_report(claims: Iterable[Claim], located: Mapping[str, Footprint]) -> Iterable[list[Claim]]:
    groups: dict[tuple[Role, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.role in SITE_ROLES - EVENT_ROLES and claim.id in located and claim.subject and claim.subject.place:
            groups[claim.role, claim.article].append(claim)
    return groups.values()


def _finest(claims: Sequence[Claim], located: Mapping[str, Footprint]) -> Iterable[tuple[Claim, Claim]]:
    """Each claim of one report with the one that says the same most finely: "on the border", "at the X crossing"."""
    finest: list[Claim] = []
    for claim in sorted(claims, key=lambda each: located[each.id].uncertainty_m):
        shape = located[claim.id].geometry
        home = next((fine for fine in finest if shape.intersects(located[fine.id].geometry)), None)
        if home is None:
            finest.append(claim)
        yield claim, home or claim


def _site(
    role: Role,
    footprint: Footprint,
    best: tuple[float, float],
    claims: Sequence[Claim],
    *,
    lead: Claim,
    dropped: tuple[str, ...] = (),
) -> Site:
    """A site of ``claims``, called what its ``lead`` names it by."""
    place = lead.subject.place if lead.subject else None
    return Site(
        role=role,
        name=_called(place, [claim.subject for claim in claims if claim.subject]) if place else _named(lead),
        footprint=footprint,
        best=best,
        status=_status(claims),
        speakers=_speakers(claims),
        reports=_reports(claims),
        held=tuple(claim.id for claim in claims),
        dropped=dropped,
        place=place,
        lead=lead.id,
    )


def _status(claims: Iterable[Claim]) -> Status:
    return min((claim.attribution.status for claim in claims), key=_STANDING.index)


def _speakers(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.attribution.speaker for claim in claims))


def _reports(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.article for claim in claims))


def _routes(claims: Sequence[Claim]) -> tuple[Route, ...]:
    """A geodesic for each pair of places that reports give as origin and destination."""
    groups: dict[tuple[str, str], list[tuple[Claim, Place, Place]]] = defaultdict(list)
    for claim in claims:
        start = claim.subject.place if claim.subject else None
        end = claim.reference.place if claim.reference else None
        if claim.role == Role.ROUTE and start and end and start.key != end.key:
            groups[start.key, end.key].append((claim, start, end))
    routes = []
    for group in groups.values():
        _, start, end = group[0]
        members = [claim for claim, _, _ in group]
        routes.append(
            Route(
                name=f"{start.name} to {end.name}",
                geometry=plane.line(*start.lonlat, *end.lonlat),
                distance_m=_metres(start.lonlat, end.lonlat),
                status=_status(members),
                speakers=_speakers(members),
                reports=_reports(members),
                claims=tuple(claim.id for claim in members),
            )
        )
    return tuple(routes)


def _origins(claims: Sequence[Claim], origin_of: Callable[[Claim], str]) -> tuple[Origin, ...]:
    """The claims by where they go back to, the origin of most reports first."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[origin_of(claim)].append(claim)
    origins = [Origin(name, _reports(group), tuple(c.id for c in group)) for name, group in groups.items()]
    return tuple(sorted(origins, key=lambda origin: (-len(origin.reports), -len(origin.claims), origin.name)))


def _mentioned(resolutions: Sequence[Resolution]) -> tuple[Mentioned, ...]:
    """Every place named, in the order of first mention; words for peoples and names within names are not places."""
    groups: dict[str, tuple[Place, list[Mention]]] = {}
    for resolution in resolutions:
        if resolution.place and resolution.mention.kind not in NOT_ON_THE_MAP:
            groups.setdefault(resolution.place.key, (resolution.place, []))[1].append(resolution.mention)
    return tuple(
        Mentioned(
            place,
            tuple(dict.fromkeys(mention.article for mention in mentions)),
            tuple(mentions),
            _called(place, [Referent(mention.surface, mention.span, place) for mention in mentions]),
        )
        for place, mentions in groups.values()
    )


def _unplaced(
    resolutions: Sequence[Resolution],
    claims: Sequence[Claim],
    located: Mapping[str, Footprint],
    astray: Mapping[str, str],
    shown: Set[str],
) -> tuple[Unplaced, ...]:
    """What is not on the map, once a report and wording, with the reason; ``shown`` are the claims that sites hold."""
    tray: dict[tuple[str, str, str], Unplaced] = {}
    held = {
        (claim.article, claim.subject.text.casefold())
        for claim in claims
        if claim.id in shown and claim.subject and claim.subject.within
    }
    for resolution in resolutions:
        mention = resolution.mention
        reason = NOT_ON_THE_MAP.get(mention.kind) or (resolution.reason if resolution.place is None else "")
        if reason and (mention.article, mention.surface.casefold()) not in held:
            unplaced = Unplaced(mention.surface, mention.article, reason, mention.span, resolution.candidates)
            tray.setdefault((mention.article, mention.surface.casefold(), reason), unplaced)
    for claim in claims:
        if claim.role in SITE_ROLES and claim.id not in located:
            text = claim.subject.text if claim.subject else claim.quote
            if not any(key[:2] == (claim.article, text.casefold()) for key in tray):
                reason = astray.get(claim.id) or "the wording does not say where clearly enough to draw it"
                tray[claim.article, text.casefold(), reason] = Unplaced(text, claim.article, reason, claim.span)
    return tuple(tray.values())


def _title(events: Sequence[Site], claims: Sequence[Claim], articles: Sequence[Article]) -> str:
    """What to call an incident that nobody named: by where it happened, else as its first report does."""
    if not events:
        return next((article.title for article in articles if article.title), "")
    site = events[0]
    what = "Crash" if site.role == Role.CRASH_SITE else "Incident"
    return f"{what} {_whereabouts(site, next(claim for claim in claims if claim.id == site.lead))}"


def _whereabouts(site: Site, lead: Claim) -> str:
    """Where a title puts a site: "near Yablonovo", "in Assam", "between X and Y", "about 40 km from Dodoma"."""
    match lead.value:
        case Locative(relation=Relation.BETWEEN) if lead.reference:
            return f"between {site.name} and {lead.reference.text}"
        case Locative(relation=Relation.IN) if site.place and site.place.feature_code.startswith(("ADM", "PCL")):
            return f"in {site.name}"
        case Locative(distance=QuotedDistance() as off) if _is_far(off):
            return f"about {off.quantity:,g} {off.unit} from {site.name}"
    return f"near {site.name}"


def _is_far(off: QuotedDistance) -> bool:
    if off.quantity is None or off.unit is None or off.quantity_to is not None:
        return False
    return bound(off.hedge) is not Bound.AT_MOST and geodesy.metres(off.quantity, off.unit) >= FAR_M


def _date(claims: Sequence[Claim], articles: Sequence[Article]) -> dt.date | None:
    """The date that most time claims give, of those before the first report was out, else the day of that report."""
    first = min((article.published for article in articles if article.published), default=None)
    given = [claim.value.date for claim in claims if isinstance(claim.value, ClockTime) and claim.value.date]
    dates = Counter(date for date in given if plausible_day(date, first))
    return dt.date.fromisoformat(max(dates, key=lambda date: dates[date])) if dates else first
