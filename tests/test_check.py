"""One quoted distance checked: the verdict, its place among real quotes, and the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.check import VERDICTS, check, check_conversion, check_distance
from geomap.geodesy import COMPASS, direct
from geomap.model import Finding, Gazetteer, Quantity, QuotedDistance, Role, Verdict
from tests.places import MERIDIAN_30, SPAN, FewPlaces, distance_claim, place, site_claim, square

SOUTH = place("Southcity", 36.25475, 49.98177, population=1_421_000)
NORTH = place("Northcity", 36.58091, 50.60343, population=345_000)
VILLAGE = place("Village", 37.345, 50.8733, population=1_000)
NOWHERE = FewPlaces((SOUTH, NORTH, VILLAGE))


def quoted(quantity: float | None = None, unit: str | None = None, **more: object) -> QuotedDistance:
    return QuotedDistance(SPAN, quantity, unit, **more)  # type: ignore[arg-type]


def found(
    subject: object, reference: object, quote: QuotedDistance, known: FewPlaces = NOWHERE, **more: object
) -> Finding:
    return check(distance_claim(subject, reference, quote, **more), known)  # type: ignore[arg-type]


def at(km: float, way: float = 0.0) -> tuple[float, float]:
    return direct(20, 50, way, km * 1000)


def grade(finding: Finding) -> int:
    return VERDICTS.index(finding.verdict)


# --- the verdict -----------------------------------------------------------------------------------------------------


def test_a_third_too_long_is_plausible() -> None:
    """Sixty miles for 45.3 as the crow flies: plausible, as road distances are, and said so."""
    finding = found(NORTH, SOUTH, quoted(60, "mi", direction="n", hedge="about"))
    assert finding.verdict is Verdict.PLAUSIBLE
    assert "a third longer than the straight line" in finding.reason
    assert "45.3 mi" in finding.reason
    assert "as road distances are" in finding.reason
    assert finding.geodesic
    assert finding.geodesic.distance_m == pytest.approx(72_950, abs=20)
    assert finding.geodesic.azimuth == pytest.approx(18.5, abs=0.1)
    assert finding.percentile is not None
    assert 5 < finding.percentile < 30


def test_an_eighth_too_long_agrees() -> None:
    """Seventy kilometres for 61.7, the direction 16 degrees off: agrees."""
    finding = found(VILLAGE, NORTH, quoted(70, "km", direction="ne"))
    assert finding.verdict is Verdict.AGREES
    assert finding.geodesic
    assert finding.geodesic.azimuth == pytest.approx(60.6, abs=0.1)


def test_a_direction_alone() -> None:
    """A direction without a distance is checked as such, between units too."""
    district = place("District", 37.2, 50.81, code="ADM2")
    assert found(district, NORTH, quoted(direction="ne")).verdict is Verdict.AGREES
    wrong = found(district, NORTH, quoted(direction="sw"))
    assert wrong.verdict is Verdict.CONTRADICTED
    assert "the direction is reversed" in wrong.reason
    assert wrong.percentile is None


@pytest.mark.parametrize(
    ("quantity", "unit", "words"),
    [
        (85, "mi", "fits if kilometres were meant"),
        (50, "km", "fits if miles were meant"),
        (850, "km", "a digit too many"),
        (8, "km", "a digit too few"),
    ],
)
def test_what_would_explain_a_misfit(quantity: float, unit: str, words: str) -> None:
    """A distance that does not fit says what slip would make it fit."""
    finding = check_distance(quantity, unit, "n", reference=(20, 50), subject=at(82))
    assert finding.verdict in {Verdict.DOUBTFUL, Verdict.CONTRADICTED}
    assert words in finding.reason


def test_places_width_explains_and_does_not_excuse() -> None:
    """Between wide cities a short quote may hold from edge to edge: the reason says it, the verdict stays."""
    plain = check_distance(9, "km", None, reference=(20, 50), subject=at(15))
    wide = check_distance(
        9, "km", None, reference=(20, 50), subject=at(15), reference_population=500_000, subject_population=400_000
    )
    assert plain.verdict == wide.verdict != Verdict.AGREES
    assert "from edge to edge" in wide.reason
    assert "from edge to edge" not in plain.reason


def test_half_the_precision_of_a_small_number() -> None:
    """ "1 km" is anything from a half to one and a half; "1.1 km" is not."""
    assert check_distance(1, "km", None, reference=(20, 50), subject=at(1.45)).verdict is Verdict.AGREES
    assert check_distance(1.1, "km", None, reference=(20, 50), subject=at(1.45)).verdict is not Verdict.AGREES


@given(
    st.floats(1, 3000),
    st.sampled_from(["", *sorted(COMPASS)]),
    st.floats(0, 4),
    st.floats(0, 4),
)
def test_farther_from_the_quote_is_never_milder(km: float, way: str, a: float, b: float) -> None:
    """Of two distances on one side of the quote, the one farther off gets no better verdict."""
    azimuth = COMPASS.get(way, 0.0)
    ends = [
        check_distance(km, "km", way or None, reference=(0, 0), subject=direct(0, 0, azimuth, km * 1000 * r))
        for r in (a, b)
    ]
    near, far = sorted(((a, ends[0]), (b, ends[1])), key=lambda pair: abs(pair[0] - 1))
    if (near[0] - 1) * (far[0] - 1) > 0:
        assert grade(near[1]) <= grade(far[1])


@given(st.floats(5, 500), st.sampled_from(sorted(COMPASS)), st.floats(0, 180), st.floats(0, 180))
def test_a_worse_direction_is_never_milder(km: float, way: str, a: float, b: float) -> None:
    """Turning farther from the quoted direction gets no better verdict."""
    small, large = sorted((a, b))
    grades = [
        grade(check_distance(km, "km", way, reference=(10, 40), subject=direct(10, 40, COMPASS[way] + turn, km * 1000)))
        for turn in (small, large)
    ]
    assert grades[0] <= grades[1]


@given(
    st.floats(-170, 170), st.floats(-60, 60), st.floats(1, 2000), st.sampled_from(sorted(COMPASS)), st.floats(0, 360)
)
def test_turning_the_globe_changes_no_verdict(lon: float, lat: float, km: float, way: str, turn: float) -> None:
    """The same two places elsewhere along their parallels get the same verdict, across the antimeridian too."""
    end = direct(lon, lat, COMPASS[way] + 20, km * 1100)
    here = check_distance(km, "km", way, reference=(lon, lat), subject=end)
    moved = [((each + turn + 180) % 360 - 180) for each in (lon, end[0])]
    there = check_distance(km, "km", way, reference=(moved[0], lat), subject=(moved[1], end[1]))
    assert here.verdict == there.verdict
    assert here.percentile == pytest.approx(there.percentile, abs=0.11)


@given(st.floats(1, 3000), st.floats(0.01, 8), st.floats(0.01, 8))
def test_percentiles_run_with_the_ratio(km: float, a: float, b: float) -> None:
    """Percentiles lie between 0 and 100 and grow with measured over quoted."""
    low, high = sorted((a, b))
    places = [
        check_distance(km, "km", None, reference=(0, 0), subject=direct(0, 0, 90, min(km * 1000 * r, 1.9e7))).percentile
        for r in (low, high)
    ]
    assert places[0] is not None
    assert places[1] is not None
    assert 0 <= places[0] <= places[1] <= 100


@pytest.mark.parametrize(
    ("quantity", "unit", "way", "subject", "words"),
    [
        (60, "", "n", (20, 51), "without a unit"),
        (60, "leagues", "n", (20, 51), "unknown unit"),
        (-60, "km", "n", (20, 51), "0 or below"),
        (0, "km", "n", (20, 51), "0 or below"),
        (float("inf"), "km", "n", (20, 51), "not finite"),
        (1e12, "km", "n", (20, 51), "no two places"),
        (60, "km", "up", (20, 51), "unknown direction"),
        (60, "km", "n", (20, 91), "latitude"),
        (60, "km", "n", (200, 51), "longitude"),
        (60, "km", "n", (float("nan"), 51), "coordinate"),
        (None, None, None, (20, 51), "no distance and no direction"),
    ],
)
def test_what_cannot_be_checked_says_why(
    quantity: float | None, unit: str | None, way: str | None, subject: tuple[float, float], words: str
) -> None:
    """A broken quote is uncheckable, with a reason, and raises nothing."""
    finding = check_distance(quantity, unit, way, reference=(20, 50), subject=subject)
    assert finding.verdict is Verdict.UNCHECKABLE
    assert words in finding.reason
    assert finding.geodesic is None


# --- claims ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "verdict", "words"),
    [
        (quoted(60, "km", quantity_to=80), Verdict.AGREES, "inside the range"),
        (quoted(90, "km", quantity_to=120), Verdict.PLAUSIBLE, "longer"),
        (quoted(80, "km", hedge="less than"), Verdict.AGREES, "less than that"),
        (quoted(800, "km", hedge="less than"), Verdict.PLAUSIBLE, "far less"),
        (quoted(30, "km", hedge="Within"), Verdict.CONTRADICTED, "third"),
        (quoted(60, "km", hedge="more than"), Verdict.AGREES, "more than that"),
        (quoted(6, "km", hedge="more than"), Verdict.PLAUSIBLE, "far more"),
        (quoted(200, "km", hedge="at least"), Verdict.CONTRADICTED, "three times"),
    ],
)
def test_ranges_and_bounds(quote: QuotedDistance, verdict: Verdict, words: str) -> None:
    """A range or a bound is met anywhere inside it (73 km here), and missed from its nearest end."""
    finding = found(NORTH, SOUTH, quote)
    assert finding.verdict is verdict
    assert words in finding.reason


def test_a_namesake_that_fits_is_named() -> None:
    """A place that does not fit, whose namesake does: the reason says which."""
    far = place("Village", 112.8, 51.8, population=900, key="far")
    known = FewPlaces((far, VILLAGE))
    finding = found(far, NORTH, quoted(70, "km", direction="ne"), known)
    assert finding.verdict is Verdict.CONTRADICTED
    assert "fits the other Village (Testland)" in finding.reason


def test_from_edge_to_edge() -> None:
    """ "Outside" a city is measured from its edge."""
    centres, edges = (found(NORTH, SOUTH, quoted(55, "km", manner=manner)) for manner in ("", "edge"))
    assert centres.verdict is not Verdict.AGREES
    assert edges.verdict is Verdict.AGREES
    assert "measured from the edge" in edges.reason


def test_from_a_border() -> None:
    """A distance from the border is measured to its nearest point, in the direction from there."""
    land = square("Land", 30, 45, 35, 55, country="YY")
    town = place("Town", *direct(30, 50, 270, 35_000), population=4_000)
    known = FewPlaces(borders={("YY", "XX"): MERIDIAN_30})
    finding = found(town, land, quoted(40, "km", direction="w", manner="border"), known)
    assert finding.verdict is Verdict.AGREES
    assert finding.geodesic
    assert finding.geodesic.distance_m == pytest.approx(35_000, abs=5)
    assert "nearest point of the border" in finding.reason
    assert found(town, land, quoted(40, "km", manner="border")).verdict is Verdict.UNCHECKABLE


def test_from_a_coast() -> None:
    """A distance off the coast is measured to it."""
    land = square("Land", 30, 45, 35, 55)
    ship = place("Bank", *direct(30, 50, 270, 35_000), code="BNK")
    known = FewPlaces(coasts={"XX": MERIDIAN_30})
    assert found(ship, land, quoted(22, "mi", manner="coast"), known).verdict is Verdict.AGREES


def test_from_a_country() -> None:
    """A distance from a country is measured from its edge, not its middle; inside it there is nothing to measure."""
    land = square("Land", 30, 45, 35, 55)
    town, inland = place("Town", *direct(30, 50, 270, 35_000)), place("Inland", 32, 50)
    assert found(town, land, quoted(40, "km")).verdict is Verdict.AGREES
    inside = found(inland, land, quoted(40, "km"))
    assert inside.verdict is Verdict.UNCHECKABLE
    assert "inside" in inside.reason


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (found(NORTH, SOUTH, quoted(manner="travel-time")), "travelling time"),
        (found(None, NORTH, quoted(30, "km", manner="radius")), "radius"),
        (found("the depot", NORTH, quoted(30, "km")), "“the depot”"),
        (found(NORTH, None, quoted(30, "km")), "could be found"),
        (found(NORTH, NORTH, quoted(30, "km")), "same place"),
        (found(VILLAGE, NORTH, quoted(200, "m")), "shorter than the places"),
        (found(None, None, quoted(1500, "km"), role=Role.LENGTH), "a length"),
        (check(site_claim(NORTH, None), NOWHERE), "no distance"),
    ],
)
def test_no_two_places_to_measure_between(finding: Finding, words: str) -> None:
    """What is no distance between two known places is uncheckable, and says what it is."""
    assert finding.verdict is Verdict.UNCHECKABLE
    assert words in finding.reason


def test_a_conversion_is_checked_whatever_else_can_be() -> None:
    """The front line is no distance between places, yet its conversion is right."""
    quote = quoted(1500, "km", conversion=Quantity(930, "mi"))
    finding = found(None, None, quote, role=Role.LENGTH)
    assert finding.verdict is Verdict.UNCHECKABLE
    assert "1,500 km is 932.1 mi: the conversion to 930 holds" in finding.reason
    assert finding.quoted_m == 1_500_000


@pytest.mark.parametrize(
    ("quantity", "unit", "converted", "to", "holds"),
    [
        (1500, "km", 930, "mi", True),
        (1500, "km", 1500, "mi", False),
        (60, "mi", 97, "km", True),
        (60, "mi", 100, "km", True),
        (60, "mi", 37, "km", False),
        (10, "km", 6, "mi", True),
        (2, "mi", 3, "km", True),
        (500, "m", 1640, "ft", True),
        (500, "m", 164, "ft", False),
        (5, "nmi", 9.3, "km", True),
    ],
)
def test_conversions(quantity: float, unit: str, converted: float, to: str, holds: bool) -> None:
    """A conversion holds as far as both numbers are given, and says the exact figure."""
    made = check_conversion(quantity, unit, converted, to)
    assert made.holds is holds
    assert f"{made.exact:,.4g}" in made.reason


def test_the_incidents_own_places(gazetteer: Gazetteer) -> None:
    """With the gazetteer as built: the distant namesake of the village is found out, and the right one named."""
    named = gazetteer.candidates("Yablonovo")
    city = gazetteer.candidates("Belgorod")[0].place
    far = next(each.place for each in named if each.place.lonlat[0] > 100)
    finding = check(distance_claim(far, city, quoted(70, "km", direction="ne")), gazetteer)
    assert finding.verdict is Verdict.CONTRADICTED
    assert "fits the other Yablonovo" in finding.reason
