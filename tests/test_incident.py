"""How many reports become one incident: sites, routes, origins, and what is listed instead of drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pytest
from shapely import Point

from geomap import incident as incidents
from geomap.compare import Sourcing
from geomap.errors import BadInput
from geomap.model import (
    Analysis,
    Claim,
    Finding,
    Footprint,
    Gazetteer,
    Geodesic,
    Incident,
    Locative,
    Relation,
    Resolution,
    Role,
    Status,
    Verdict,
)
from geomap.pipeline import Extract, Pipeline

from .places import FewPlaces
from .samples import (
    BELGOROD,
    CHKALOVSKY,
    KHARKIV,
    KOLOTILOVKA,
    KOROCHA_DISTRICT,
    LYPTSI,
    MINISTRY,
    NORTH,
    SOUTH,
    YABLONOVO,
    claim,
    incident,
)


@dataclass(frozen=True)
class Region:
    """An intersection as :func:`geomap.regions.intersect` yields it."""

    footprint: Footprint
    best: tuple[float, float]
    held: tuple[str, ...]
    dropped: tuple[str, ...]


def intersect(footprints: Mapping[str, Footprint], _weights: Mapping[str, float]) -> Region:
    """Keeps what meets the smallest region; enough geometry for rules that are not about geometry."""
    smallest = min(footprints.values(), key=lambda each: each.uncertainty_m)
    held = tuple(id for id, each in footprints.items() if each.geometry.intersects(smallest.geometry))
    return Region(smallest, smallest.lonlat, held, tuple(id for id in footprints if id not in held))


def area(lon: float, lat: float, degrees: float) -> Footprint:
    return Footprint(Point(lon, lat).buffer(degrees), degrees * 111_000, "drawn for a test")


def assembled(
    claims: Sequence[Claim],
    located: Mapping[str, Footprint],
    *,
    wider: Mapping[str, Footprint] | None = None,
    resolutions: Sequence[Resolution] = (),
    findings: Sequence[Finding] = (),
    title: str = "",
) -> Incident:
    return incidents.assemble(
        [NORTH, SOUTH],
        claims,
        resolutions,
        located,
        findings,
        id="test",
        title=title,
        when=None,
        intersect=intersect,
        sourcing=Sourcing(lambda each: each.attribution.speaker),
        wider=wider or {},
    )


NEAR = claim(NORTH, "near Yablonovo", Role.CRASH_SITE, subject=YABLONOVO, value=Locative(Relation.NEAR))
IN = claim(SOUTH, "in the Korochansky district", Role.CRASH_SITE, subject=KOROCHA_DISTRICT, value=Locative(Relation.IN))
VILLAGE, DISTRICT = area(37.345, 50.873, 0.06), area(37.2, 50.81, 0.3)


def test_all_wordings_of_the_crash_site_make_one_site() -> None:
    """Near a village and in its district: one site, named by the more precise place, with both reports."""
    (site,) = assembled([NEAR, IN], {NEAR.id: VILLAGE, IN.id: DISTRICT}).sites
    assert (site.name, site.reports) == ("Yablonovo", ("north", "south"))
    assert site.held == (NEAR.id, IN.id)


def test_sites_that_cannot_be_one_are_a_contradiction_between_reports() -> None:
    """A report that puts the crash elsewhere makes a site of its own, and a conflict of the two."""
    found = assembled([NEAR, IN], {NEAR.id: VILLAGE, IN.id: area(30, 55, 0.3)})
    assert len(found.sites) == 2
    assert found.sites[0].dropped == (IN.id,)
    (conflict,) = found.conflicts
    assert conflict.about == "crash-site"


def test_two_sites_in_one_report_are_not_a_contradiction() -> None:
    """An incident may have more than one place."""
    elsewhere = claim(NORTH, "Belgorod", Role.CRASH_SITE, subject=BELGOROD, value=Locative(Relation.IN))
    found = assembled([NEAR, elsewhere], {NEAR.id: VILLAGE, elsewhere.id: area(36.58, 50.6, 0.06)})
    assert len(found.sites) == 2
    assert not found.conflicts


def test_a_citys_bare_name_may_stand_for_its_region() -> None:
    """ "In Belgorod", said of the region, holds with a site in that region outside the city."""
    bare = claim(SOUTH, "Belgorod", Role.CRASH_SITE, subject=BELGOROD, value=Locative(Relation.IN))
    (site,) = assembled(
        [NEAR, bare],
        {NEAR.id: VILLAGE, bare.id: area(36.58, 50.6, 0.06)},
        wider={bare.id: area(37.4, 50.7, 1.2)},
    ).sites
    assert set(site.held) == {NEAR.id, bare.id}
    assert not site.dropped


def test_a_wording_too_vague_to_draw_makes_no_site_of_its_own() -> None:
    """ "Near the border" that misses the site is listed as left out, not drawn across the continent."""
    vague = claim(SOUTH, "in the Korochansky district", Role.CRASH_SITE, subject=BELGOROD)
    (site,) = assembled([NEAR, vague], {NEAR.id: VILLAGE, vague.id: area(30, 49, 3)}).sites
    assert site.dropped == (vague.id,)


def test_a_namesake_far_from_where_the_report_puts_it_is_not_drawn() -> None:
    """A report says 12 km; the only place known of that name lies 5,000 km off: another one is meant."""
    quoted = incident().claims[1]
    finding = Finding(quoted.id, Verdict.CONTRADICTED, "far off", Geodesic(5_000_000, 60, 240), 0.0, 70_000)
    found = assembled([NEAR, quoted], {NEAR.id: VILLAGE}, findings=[finding])
    assert not found.sites
    assert "5,000 km" in found.unplaced[0].reason


def test_denied_claims_make_no_site() -> None:
    """What is only denied is not drawn."""
    denied = replace(NEAR, attribution=replace(NEAR.attribution, status=Status.DENIED))
    assert not assembled([denied], {denied.id: VILLAGE}).sites


def test_a_coarser_wording_in_the_same_report_joins_the_finer_site() -> None:
    """ "At the Kolotilovka crossing", "on the border": one exchange point, of both wordings."""
    crossing = claim(SOUTH, "at the Kolotilovka crossing", Role.EXCHANGE_POINT, subject=KOLOTILOVKA)
    border = claim(SOUTH, "Kyiv", Role.EXCHANGE_POINT, subject=KHARKIV)
    (site,) = assembled([border, crossing], {crossing.id: area(35.42, 50.81, 0.02), border.id: area(35, 50.5, 3)}).sites
    assert site.place == KOLOTILOVKA
    assert len(site.held) == 2


def test_places_of_other_reports_keep_their_own_site() -> None:
    """A village in one report and another launch area in the next: both are shown."""
    one = claim(NORTH, "from the area of Lyptsi", Role.LAUNCH_AREA, subject=LYPTSI)
    other = claim(SOUTH, "Kharkiv", Role.LAUNCH_AREA, subject=KHARKIV)
    found = assembled([one, other], {one.id: area(36.42, 50.21, 0.05), other.id: area(36.25, 49.98, 1)})
    assert [site.name for site in found.sites] == ["Lyptsi", "Kharkiv"]
    assert not found.conflicts


def test_a_site_is_called_what_the_reports_call_it() -> None:
    """The name mostly written, not the gazetteer's spelling."""
    written = replace(NEAR, subject=replace(NEAR.subject, text="Yablonevo")) if NEAR.subject else NEAR
    (site,) = assembled([written], {written.id: VILLAGE}).sites
    assert site.name == "Yablonevo"
    assert site.place == YABLONOVO


def test_a_route_is_a_geodesic_with_its_length() -> None:
    """From the air field to the city: about 590 km, by all who say so."""
    route = claim(SOUTH, "left the Chkalovsky air base", Role.ROUTE, subject=CHKALOVSKY, reference=BELGOROD)
    (drawn,) = assembled([route], {}).routes
    assert 580_000 < drawn.distance_m < 600_000
    assert drawn.geometry.coords[0] == CHKALOVSKY.lonlat


def test_origins_count_voices_not_outlets() -> None:
    """Two reports that repeat one ministry go back to one origin, named first."""
    sample = incident()
    found = assembled(sample.claims, {})
    assert found.origins[0].name == MINISTRY
    assert found.origins[0].reports == ("north", "south")
    assert sum(len(origin.claims) for origin in found.origins) == len(sample.claims)


def test_names_that_are_not_on_the_map_are_listed_with_their_reason() -> None:
    """What the gazetteer lacks, and sites whose wording could not be drawn."""
    sample = incident()
    lost = claim(NORTH, "near Yablonovo", Role.CRASH_SITE, subject=YABLONOVO)
    found = assembled([lost], {}, resolutions=sample.resolutions)
    reasons = {each.text: each.reason for each in found.unplaced}
    assert reasons["Dobry Kut"] == "not in the gazetteer"
    assert "where clearly enough" in reasons["Yablonovo"]
    assert [each.place.name for each in found.mentioned][:2] == ["Yablonovo", "Belgorod"]


def test_an_incident_nobody_named_is_named_by_its_site() -> None:
    """Title and day are worked out where they are not given."""
    found = assembled([NEAR], {NEAR.id: VILLAGE})
    assert found.title == "Crash near Yablonovo"
    assert found.when == NORTH.published


def read_by(extract: Extract) -> Pipeline:
    """A pipeline that finds no names, and the claims that it is told to."""
    return Pipeline(
        gazetteer=FewPlaces(),
        parse=lambda article: Analysis(article.id, (), (), ()),
        recognize=lambda _article, _analysis, _gazetteer: (),
        resolve=lambda _article, _analysis, _mentions, _gazetteer: (),
        extract=extract,
    )


def test_the_same_report_twice_counts_once() -> None:
    """By its words, whatever it is called the second time: the first stays."""
    found = read_by(lambda _article, _analysis, _resolutions: ()).incident([NORTH, replace(NORTH, id="again")], id="x")
    assert [article.id for article in found.articles] == [NORTH.id]


def test_two_reports_of_one_id_are_refused() -> None:
    """Nothing could tell their claims apart."""
    with pytest.raises(BadInput, match="give each one of its own"):
        read_by(lambda _article, _analysis, _resolutions: ()).incident([NORTH, replace(SOUTH, id=NORTH.id)], id="x")


def test_an_incident_of_no_reports_is_empty() -> None:
    """Nothing to place, nothing to compare."""
    found = read_by(lambda _article, _analysis, _resolutions: ()).incident([], id="x")
    assert (found.sites, found.comparisons, found.conflicts, found.when) == ((), (), (), None)


def test_what_reports_word_alike_is_located_once() -> None:
    """A hundred reports that say "near Yablonovo" ask for one region."""
    asked: list[str] = []

    def locate(claim: Claim, _gazetteer: Gazetteer) -> Footprint:
        asked.append(claim.id)
        return VILLAGE

    claims = [replace(NEAR, id=str(n), article=each.id) for n, each in enumerate((NORTH, SOUTH))]
    pipeline = replace(read_by(lambda article, _a, _r: [c for c in claims if c.article == article.id]), locate=locate)
    (site,) = pipeline.incident([NORTH, SOUTH], id="x").sites
    assert (asked, site.held) == (["0"], ("0", "1"))


def test_sites_in_groups_that_cannot_meet_are_the_same_sites() -> None:
    """Three places far apart are three sites, the one that most origins speak for first."""
    spots = {"a": (10.0, 50.0), "b": (20.0, 50.0), "c": (30.0, 50.0)}
    claims, located = [], {}
    for name, where in spots.items():
        for n in range({"a": 1, "b": 3, "c": 2}[name]):
            said = replace(NEAR.attribution, speaker=f"{name}{n}", chain=("x", f"{name}{n}"))
            told = replace(NEAR, id=f"{name}{n}", article=f"{name}{n}", attribution=said)
            claims.append(told)
            located[told.id] = area(*where, 0.1)
    found = assembled(claims, located)
    assert [len(site.held) for site in found.sites[1:]] == sorted((len(s.held) for s in found.sites[1:]), reverse=True)
    assert {site.held for site in found.sites} == {("a0",), ("b0", "b1", "b2"), ("c0", "c1")}
