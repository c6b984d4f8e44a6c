"""Geodesics, units and compass points."""

from __future__ import annotations

import gzip
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap import geodesy
from geomap.errors import BadInput

LON = st.floats(-180, 180)
LAT = st.floats(-90, 90)
POINT = st.tuples(LON, LAT)


@pytest.fixture(scope="module")
def karney(shared: Path) -> np.ndarray:
    """Ten thousand geodesics: lat1 lon1 azi1 lat2 lon2 azi2 s12 ..."""
    with gzip.open(shared / "data" / "distances" / "GeodTest-short.dat.gz", "rt") as file:
        return np.loadtxt(file)


def test_distances_are_karneys(karney: np.ndarray) -> None:
    """Every distance of the reference set is met within a micrometre."""
    distance, _, _ = geodesy.inverses(karney[:, 1], karney[:, 0], karney[:, 4], karney[:, 3])
    assert np.abs(distance - karney[:, 6]).max() < 1e-6


def test_end_points_are_karneys(karney: np.ndarray) -> None:
    """Going the given way along the given azimuth ends within a micrometre of the given point."""
    lon, lat = geodesy.directs(karney[:, 1], karney[:, 0], karney[:, 2], karney[:, 6])
    assert geodesy.inverses(lon, lat, karney[:, 4], karney[:, 3])[0].max() < 1e-6


def test_one_pair_and_many_agree(karney: np.ndarray) -> None:
    """The scalar call gives what the column call gives."""
    some = karney[:50]
    many = geodesy.inverses(some[:, 1], some[:, 0], some[:, 4], some[:, 3])
    for i, row in enumerate(some):
        line = geodesy.inverse(row[1], row[0], row[4], row[3])
        assert (line.distance_m, line.azimuth, line.back_azimuth) == tuple(column[i] for column in many)


@given(POINT, POINT)
def test_the_way_back_is_as_long(a: tuple[float, float], b: tuple[float, float]) -> None:
    """Distance is the same both ways."""
    there, back = geodesy.inverse(*a, *b), geodesy.inverse(*b, *a)
    assert there.distance_m == pytest.approx(back.distance_m, abs=1e-6)


@given(POINT, POINT, st.floats(-360, 360))
def test_turning_the_globe_changes_nothing(a: tuple[float, float], b: tuple[float, float], turn: float) -> None:
    """The same two places farther east lie as far apart, across the antimeridian too."""
    moved = geodesy.inverse(a[0] + turn, a[1], b[0] + turn, b[1])
    assert moved.distance_m == pytest.approx(geodesy.inverse(*a, *b).distance_m, abs=1e-3)


@given(POINT, st.floats(0, 360), st.floats(0, 19_000_000))
def test_out_and_measured_again(start: tuple[float, float], azimuth: float, reach: float) -> None:
    """A point reached along an azimuth lies as far as was gone."""
    end = geodesy.direct(*start, azimuth, reach)
    assert geodesy.inverse(*start, *end).distance_m == pytest.approx(reach, abs=1e-5)


def test_no_two_places_lie_farther_apart_than_the_poles() -> None:
    """The longest geodesic is half the meridian."""
    assert geodesy.inverse(0, 90, 0, -90).distance_m == pytest.approx(geodesy.HALF_TURN_M, abs=0.01)


@pytest.mark.parametrize(("lon", "lat"), [(0, 91), (0, -90.1), (math.nan, 0), (0, math.nan), (math.inf, 0)], ids=str)
def test_a_point_off_the_globe_is_refused(lon: float, lat: float) -> None:
    """Latitude 91 and coordinates that are no numbers raise one clear line."""
    with pytest.raises(BadInput) as error:
        geodesy.inverse(lon, lat, 0, 0)
    assert "\n" not in str(error.value)


def test_bad_rows_do_not_stop_the_rest() -> None:
    """In columns a bad coordinate gives NaN in its own row."""
    distance, _, _ = geodesy.inverses([0, 0, math.nan], [0, 91, 0], 1, 1)
    assert np.isfinite(distance).tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("quantity", "unit", "want"), [(1, "mi", 1609.344), (1, "nmi", 1852), (3, "ft", 0.9144), (1.5, "km", 1500)]
)
def test_units_are_exact(quantity: float, unit: str, want: float) -> None:
    """Units have their legal length."""
    assert geodesy.metres(quantity, unit) == pytest.approx(want, rel=1e-12)


def test_1500_km_is_932_miles() -> None:
    """Conversion goes by metres."""
    assert geodesy.convert(1500, "km", "mi") == pytest.approx(932.06, abs=0.01)


@pytest.mark.parametrize("call", [lambda: geodesy.metres(1, "league"), lambda: geodesy.bearing("up")])
def test_unknown_words_are_refused(call: object) -> None:
    """An unknown unit or direction names what is known."""
    with pytest.raises(BadInput, match="use one of"):
        call()  # type: ignore[operator]


@given(st.sampled_from(sorted(geodesy.COMPASS)), st.floats(-11.2, 11.2))
def test_a_compass_point_is_the_nearest(code: str, off: float) -> None:
    """Every azimuth within half a sector bears that point's name."""
    assert geodesy.compass((geodesy.bearing(code) + off) % 360) == code


@given(st.floats(-720, 720), st.floats(-720, 720))
def test_angles_are_between_0_and_180(a: float, b: float) -> None:
    """The angle between azimuths is symmetric and at most half a turn."""
    angle = geodesy.angle_between(a, b)
    assert 0 <= angle <= 180
    assert angle == pytest.approx(geodesy.angle_between(b, a), abs=1e-9)
    assert geodesy.angles_between(np.array([a]), np.array([b]))[0] == angle


def test_the_midpoint_is_half_way() -> None:
    """Both halves are as long."""
    middle = geodesy.midpoint(10, 50, 30, 60)
    halves = [geodesy.inverse(10, 50, *middle).distance_m, geodesy.inverse(*middle, 30, 60).distance_m]
    assert halves[0] == pytest.approx(halves[1], abs=1e-6)
