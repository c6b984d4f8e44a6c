"""Wording becomes a region; regions of one site are intersected."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from geomap.errors import BadInput
from geomap.geodesy import COMPASS, WGS84, direct, inverse, inverses, midpoint
from geomap.model import Footprint, Locative, Place, QuotedDistance, Relation
from geomap.regions import Located, footprint, intersect, locate
from geomap.regions.near import near, outer
from tests.places import MERIDIAN_30, SPAN, FewPlaces, place, site_claim, square

CITY = place("City", 36.58, 50.60, population=340_000)
VILLAGE = place("Village", 37.345, 50.873, population=900)
DISTRICT = place("District", 37.2, 50.81, code="ADM2")
NOWHERE = FewPlaces()


def offset(quantity: float | None = None, direction: str | None = None, **more: object) -> Locative:
    unit = "km" if quantity else None
    return Locative(Relation.OFFSET, QuotedDistance(SPAN, quantity, unit, direction=direction, **more))  # type: ignore[arg-type]


def has(region: Footprint, point: tuple[float, float]) -> bool:
    return bool(region.geometry.covers(Point(point)))


def square_km(region: Footprint) -> float:
    parts = getattr(region.geometry, "geoms", [region.geometry])
    return abs(sum(WGS84.geometry_area_perimeter(part)[0] for part in parts)) / 1e6


# --- wording ---------------------------------------------------------------------------------------------------------


def test_a_place_is_itself() -> None:
    """AT a settlement is the settlement; AT and IN a unit is all of it."""
    assert footprint(Locative(Relation.AT), VILLAGE) is VILLAGE.footprint
    assert has(footprint(Locative(Relation.IN), DISTRICT), direct(37.2, 50.81, 80, 29_000))
    assert not has(footprint(Locative(Relation.IN), DISTRICT), direct(37.2, 50.81, 80, 31_000))


def test_a_drawn_unit_keeps_its_border() -> None:
    """IN a unit whose border is known is that shape; one drawn round its settlements reaches farther."""
    drawn = square("Land", 30, 50, 31, 51)
    assert footprint(Locative(Relation.IN), drawn).geometry.equals(drawn.footprint.geometry)
    hull = Place("test", "h", "Hull", "ADM1", Footprint(drawn.footprint.geometry, 70_000.0, "settlements"))
    assert has(footprint(Locative(Relation.IN), hull), (31.05, 50.5))


@pytest.mark.parametrize(
    ("population", "inside", "outside"), [(900, 4, 10), (30_000, 15, 40), (340_000, 65, 90), (9_000_000, 120, 300)]
)
def test_near_grows_with_prominence(population: int, inside: float, outside: float) -> None:
    """Near a village is some kilometres, near a city of 340,000 some 65."""
    somewhere = place("X", 20, 50, population=population)
    region = footprint(Locative(Relation.NEAR), somewhere)
    assert has(region, direct(20, 50, 123, inside * 1000))
    assert not has(region, direct(20, 50, 123, outside * 1000))


@given(st.integers(0, 30_000_000), st.integers(0, 30_000_000))
def test_the_larger_place_is_near_from_farther(a: int, b: int) -> None:
    """Neither reach shrinks as a place grows, and "north of" reaches as far as "near" or farther."""
    small, large = (place("X", 0, 0, population=each) for each in sorted((a, b)))
    assert near(small) <= near(large)
    assert near(large) <= outer(large)


@given(
    st.floats(-180, 180),
    st.floats(-89, 89),
    st.sampled_from(sorted(COMPASS)),
    st.floats(1, 900),
    st.sampled_from([None, "about", "some", "nearly"]),
)
@settings(max_examples=60)
def test_what_is_exactly_so_is_inside(lon: float, lat: float, way: str, km: float, hedge: str | None) -> None:
    """The point at just the quoted distance and direction lies in the region, anywhere on the globe."""
    here = place("X", lon, lat, population=50_000)
    true = direct(lon, lat, COMPASS[way], km * 1000)
    for locative in (offset(km, way, hedge=hedge), offset(km, hedge=hedge)):
        region = footprint(locative, here)
        assert region.geometry.distance(Point(true)) < 1e-6
        assert region.uncertainty_m > 0


def test_a_hedge_moves_nothing() -> None:
    """ "About 70 km" is the region of "70 km": real quotes spread alike with and without such a word."""
    plain, hedged = (footprint(offset(70, "ne", hedge=hedge), CITY) for hedge in (None, "about"))
    assert plain.geometry.equals(hedged.geometry)


def test_a_bound_is_a_disc_or_a_far_ring() -> None:
    """ "Within 5 km" has the middle, "5 km from" has not, "more than 5 km" reaches beyond it."""
    centre = CITY.lonlat
    assert has(footprint(offset(5, hedge="within"), CITY), centre)
    assert not has(footprint(offset(50), CITY), centre)
    assert has(footprint(offset(5, manner="radius"), CITY), centre)
    assert has(footprint(offset(50, hedge="more than"), CITY), direct(*centre, 10, 95_000))


def test_a_range_is_one_ring() -> None:
    """ "30 to 40 km" takes in both ends."""
    region = footprint(offset(30, quantity_to=40), CITY)
    for km in (30, 35, 40):
        assert has(region, direct(*CITY.lonlat, 200, km * 1000))


def test_a_heading_alone_is_a_cone_with_an_end() -> None:
    """North of a town: within the half-angle, out to where that town is still what one would name."""
    town = place("Town", 10, 50, population=10_000)
    region = footprint(offset(direction="n"), town)
    assert has(region, direct(10, 50, 30, 10_000))
    assert not has(region, direct(10, 50, 50, 10_000))
    assert not has(region, direct(10, 50, 0, 60_000))


def test_distances_from_a_unit_go_from_its_edge() -> None:
    """Ten kilometres from a country is outside it or just inside, not ten kilometres from its middle."""
    land = square("Land", 30, 50, 32, 52)
    region = footprint(offset(10), land)
    assert has(region, direct(32, 51, 90, 10_000))
    assert not has(region, direct(32, 51, 90, 30_000))


def test_between_is_round_the_middle() -> None:
    """Between two places: the circle round their midpoint that touches both holds it, and no more."""
    other = place("Other", 37.5, 51.0, population=5_000)
    region = locate(site_claim(CITY, Locative(Relation.BETWEEN), other), NOWHERE)
    assert region
    middle, half = midpoint(*CITY.lonlat, *other.lonlat), inverse(*CITY.lonlat, *other.lonlat).distance_m / 2
    assert region.lonlat == pytest.approx(middle)
    assert half * 0.99 < region.uncertainty_m <= half * 1.0001
    assert has(region, middle)


def test_near_the_border_is_a_strip() -> None:
    """On the border: both sides of it, no farther; without a known border, near the place."""
    land = square("Land", 30, 45, 35, 55)
    known = FewPlaces(borders={("XX", None): MERIDIAN_30})
    region = locate(site_claim(land, Locative(Relation.BORDER)), known)
    assert region
    assert has(region, direct(30, 50, 90, 19_000))
    assert has(region, direct(30, 50, 270, 19_000))
    assert not has(region, direct(30, 50, 90, 40_000))
    town = place("Town", 30.1, 50, population=10_000)
    part = locate(site_claim(town, Locative(Relation.BORDER)), known)
    assert part
    assert has(part, (30, 50))
    assert not has(part, (30, 52))
    assert locate(site_claim(town, Locative(Relation.BORDER)), NOWHERE)


def test_off_the_coast_is_measured_from_the_coast() -> None:
    """Ten miles off the coast is a strip along it that leaves the shore itself out."""
    land = square("Land", 30, 45, 35, 55)
    quoted = QuotedDistance(SPAN, 10, "mi", manner="coast")
    known = FewPlaces(coasts={"XX": MERIDIAN_30})
    region = locate(site_claim(land, Locative(Relation.BORDER, quoted)), known)
    assert region
    assert has(region, direct(30, 50, 270, 15_500))
    assert not has(region, (30, 50))


def test_no_place_no_region() -> None:
    """Words that name no known place have no region."""
    assert locate(site_claim(None, Locative(Relation.NEAR)), NOWHERE) is None
    assert locate(site_claim("the forest", Locative(Relation.NEAR)), NOWHERE) is None


def test_a_site_without_wording_is_its_place() -> None:
    """An origin or destination is the place it names."""
    assert locate(site_claim(VILLAGE, None), NOWHERE) == VILLAGE.footprint


@pytest.mark.parametrize("lonlat", [(179.98, 60), (-180, -17), (25, 89.7), (0, -90)], ids=str)
def test_wording_at_the_edges_of_the_map(lonlat: tuple[float, float]) -> None:
    """Every wording gives a valid region across the antimeridian and round a pole."""
    here = place("X", *lonlat, population=300_000)
    for locative in (Locative(Relation.NEAR), offset(80), offset(80, "se"), offset(direction="w")):
        region = footprint(locative, here)
        assert region.geometry.is_valid
        distance = inverses(*lonlat, *shapely.get_coordinates(region.geometry).T)[0]
        assert distance.max() < 320_000


# --- several reports -------------------------------------------------------------------------------------------------


def located(**wordings: tuple[Locative, Place]) -> list[Located]:
    return [Located(id, footprint(*wording)) for id, wording in wordings.items()]


FIVE = located(
    village=(Locative(Relation.NEAR), VILLAGE),
    district=(Locative(Relation.IN), DISTRICT),
    distance=(offset(70, "ne"), CITY),
    direction=(offset(direction="ne"), CITY),
    city=(Locative(Relation.NEAR), CITY),
)


def test_five_reports_of_one_site() -> None:
    """All hold together: the region is small, has the true site, and its best point lies close."""
    found = intersect(FIVE)
    site = (37.3414, 50.8936)
    assert found.dropped == ()
    assert has(found.footprint, site)
    assert square_km(found.footprint) <= 900
    assert inverse(*found.best, *site).distance_m <= 15_000


def test_without_the_most_precise_report() -> None:
    """Switching a claim off leaves the region of the rest, which is wider and holds the first."""
    narrow, wide = intersect(FIVE), intersect(FIVE[1:])
    assert square_km(wide.footprint) > square_km(narrow.footprint)
    assert wide.footprint.geometry.buffer(1e-6).covers(narrow.footprint.geometry)


def test_uncertainty_holds_the_region() -> None:
    """The circle of the stated radius round the best point has every corner of the region."""
    found = intersect(FIVE[1:])
    reach = inverses(*found.best, *shapely.get_coordinates(found.footprint.geometry).T)[0].max()
    assert found.footprint.uncertainty_m == pytest.approx(reach, rel=0.01)


def test_each_edge_knows_its_words() -> None:
    """The boundary is the claims' own: together the edges are all of it, each on the outline of its claim."""
    found = intersect(FIVE[1:])
    outline = sum(edge.geometry.length for edge in found.edges)
    assert outline == pytest.approx(found.footprint.geometry.boundary.length, rel=0.02)
    by_id = {each.claim_id: each.footprint for each in FIVE}
    for edge in found.edges:
        middle = edge.geometry.interpolate(0.5, normalized=True)
        assert by_id[edge.claim_id].geometry.boundary.distance(middle) < 1e-3


def test_the_fewest_claims_are_dropped() -> None:
    """One claim against five is left out and named."""
    far = place("Village", 112.8, 51.8, population=900, key="far")
    found = intersect([*FIVE, *located(other=(Locative(Relation.NEAR), far))])
    assert found.dropped == ("other",)
    assert set(found.held) == {each.claim_id for each in FIVE}


def test_pairs_that_overlap_may_still_not_hold_together() -> None:
    """Three discs that overlap in pairs and share no point: two are kept."""
    corners = [direct(20, 50, way, 11_000) for way in (0, 120, 240)]
    discs = [place(str(i), *corner, population=0) for i, corner in enumerate(corners)]
    three = [Located(str(i), Footprint.point(*each.lonlat, 10_000, "disc")) for i, each in enumerate(discs)]
    found = intersect(three)
    assert len(found.held) == 2
    assert len(found.dropped) == 1


def test_one_origin_does_not_outvote() -> None:
    """Three claims that repeat one origin weigh as one against two."""
    here, there = place("Here", 20, 50), place("There", 25, 50)
    said = located(
        a=(Locative(Relation.NEAR), here),
        b=(Locative(Relation.NEAR), here),
        c=(Locative(Relation.NEAR), here),
        d=(Locative(Relation.NEAR), there),
        e=(offset(3), there),
    )
    assert set(intersect(said).held) == {"a", "b", "c"}
    third = dict.fromkeys("abc", 1 / 3)
    assert set(intersect(said, weights=third).held) == {"d", "e"}


def test_a_tie_keeps_the_precise() -> None:
    """Of two claims that exclude each other the sharper one stays."""
    said = located(
        vague=(Locative(Relation.NEAR), place("Big", 20, 50, population=900_000)),
        sharp=(Locative(Relation.NEAR), place("Small", 30, 50, population=100)),
    )
    assert intersect(said).held == ("sharp",)


def test_many_claims_stay_quick() -> None:
    """Two hundred regions that cannot all hold are sorted out in seconds, and what is kept does hold."""
    rng = np.random.default_rng(5)
    said = []
    for i in range(200):
        lon, lat = rng.uniform([36, 49], [38, 51])
        said.append(Located(str(i), Footprint.point(lon, lat, float(rng.uniform(5_000, 60_000)), "disc")))
    found = intersect(said)
    assert found.held
    assert found.dropped
    for each in said:
        if each.claim_id in found.held:
            assert inverse(*each.footprint.lonlat, *found.best).distance_m <= each.footprint.uncertainty_m + 25


@given(st.permutations(range(5)))
@settings(max_examples=20)
def test_the_order_of_reports_is_nothing(order: list[int]) -> None:
    """The same claims in another order leave the same region."""
    assert square_km(intersect([FIVE[i] for i in order]).footprint) == pytest.approx(
        square_km(intersect(FIVE).footprint), rel=1e-6
    )


def test_across_the_antimeridian() -> None:
    """Reports from either side of 180 degrees meet."""
    east, west = place("E", 179.9, 60, population=5_000), place("W", -179.9, 60, population=5_000)
    found = intersect(located(a=(Locative(Relation.NEAR), east), b=(Locative(Relation.NEAR), west)))
    assert found.dropped == ()
    assert found.footprint.geometry.is_valid
    assert abs(found.best[0]) > 179.7


@pytest.mark.parametrize("quantity", [0.0, 1e-9, 1e-5])
@pytest.mark.parametrize("where", [CITY, DISTRICT])
@pytest.mark.parametrize("direction", [None, "n"])
def test_hardly_any_distance(quantity: float, where: Place, direction: str | None) -> None:
    """ "0 km north of the city" is at the city: no ring of no radius is drawn."""
    locative = Locative(Relation.OFFSET, QuotedDistance(SPAN, quantity, "km", direction=direction))
    region = footprint(locative, where)
    assert region.uncertainty_m > 0
    assert region.geometry.is_valid


def test_nothing_to_intersect() -> None:
    """No region at all is an error in one line."""
    with pytest.raises(BadInput):
        intersect([])
