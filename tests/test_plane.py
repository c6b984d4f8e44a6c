"""Shapes between the globe and a local plane, at the antimeridian and the poles."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon

from geomap.geodesy import inverse, inverses
from geomap.plane import Plane, line
from geomap.regions import shapes

CENTRES = [(36.6, 50.6), (179.95, 60.0), (-179.9, -17.0), (-180.0, 0.0), (20.0, 89.6), (0.0, -90.0), (100.0, 84.5)]


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(-2e6, 2e6), st.floats(-2e6, 2e6))
def test_there_and_back(lon: float, lat: float, x: float, y: float) -> None:
    """A point of the plane is met again after a way over the globe, within 10 µm."""
    plane = Plane(lon, lat)
    where = plane.lonlat(np.array([[x, y]]))
    assert plane.xy(where[:, 0], where[:, 1])[0] == pytest.approx([x, y], abs=1e-5)


@pytest.mark.parametrize("centre", CENTRES, ids=str)
def test_a_disc_is_where_the_geodesics_end(centre: tuple[float, float]) -> None:
    """Vertices lie within 1 m of 100 km, edges as drawn in degrees within 50 m, also at the antimeridian and poles."""
    region = Plane(*centre).unproject(shapes.disc(100_000))
    seam = shapely.get_coordinates(region)
    on_seam = (np.abs(seam[:, 0]) == 180) | (np.abs(seam[:, 1]) == 90)
    distance, _, _ = inverses(*centre, *seam[~on_seam].T)
    assert np.abs(distance - 100_000).max() < 1
    dense = shapely.get_coordinates(shapely.segmentize(region, 0.001))
    drawn = dense[(np.abs(dense[:, 0]) < 179.9999) & (np.abs(dense[:, 1]) < 90)]
    assert np.abs(inverses(*centre, *drawn.T)[0] - 100_000).max() < 50


@pytest.mark.parametrize("centre", CENTRES, ids=str)
def test_regions_are_valid_and_on_the_map(centre: tuple[float, float]) -> None:
    """Whatever the place, a ring is a valid shape between -180 and 180 that keeps its hole and its area."""
    plane, ring = Plane(*centre), shapes.ring(50_000, 150_000)
    region = plane.unproject(ring)
    assert region.is_valid
    west, south, east, north = region.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert plane.project(region).area == pytest.approx(ring.area, rel=2e-3)
    assert not region.covers(Point(centre))


def test_across_the_antimeridian_is_two_parts() -> None:
    """A disc at 179.95 E is cut in two."""
    assert isinstance(Plane(179.95, 60).unproject(shapes.disc(100_000)), MultiPolygon)


def test_a_pole_is_inside() -> None:
    """A disc round the pole reaches it at every longitude."""
    region = Plane(20, 89.6).unproject(shapes.disc(100_000))
    for lon in (-170, -90, 0, 90, 170):
        assert region.covers(Point(lon, 89.9))


def test_beyond_both_poles() -> None:
    """A disc of 12,000 km leaves out only the far side."""
    region = Plane(20, 10).unproject(shapes.disc(12_000_000))
    assert region.is_valid
    assert region.covers(Point(20, -89))
    assert region.covers(Point(20, 89))
    assert not region.covers(Point(-160, -10))


@given(st.floats(-180, 180), st.floats(-88, 88), st.floats(-180, 180), st.floats(-88, 88))
@example(0.0, 0.0, -179.99999999999997, 46.0)
@settings(max_examples=60)
def test_a_line_is_as_long_as_the_geodesic(lon1: float, lat1: float, lon2: float, lat2: float) -> None:
    """The parts of a drawn geodesic add up to it, wherever they are cut."""
    whole = inverse(lon1, lat1, lon2, lat2).distance_m
    drawn = line(lon1, lat1, lon2, lat2)
    total = 0.0
    for part in getattr(drawn, "geoms", [drawn]):
        lons, lats = np.array(part.coords).T
        total += inverses(lons[:-1], lats[:-1], lons[1:], lats[1:])[0].sum()
    assert total == pytest.approx(whole, rel=1e-5, abs=1.0)
    west, _, east, _ = drawn.bounds
    assert -180 <= west <= east <= 180


def test_a_line_over_the_pole_is_cut_there() -> None:
    """From one side of the Arctic to the other: two parts that end at the pole."""
    parts = line(0, 80, 180, 80)
    assert [part.bounds[3] for part in parts.geoms] == [90, 90]


def test_a_short_line_is_its_two_ends() -> None:
    """No vertices are added where none are needed."""
    assert line(10, 50, 10.01, 50) == LineString([(10, 50), (10.01, 50)])


def test_points_and_lines_come_back() -> None:
    """Points, lines and collections of shapes go both ways."""
    plane = Plane(10, 50)
    both = shapely.GeometryCollection([Polygon([(0, 0), (9e3, 0), (0, 9e3)]), Point(5e4, 5e4)])
    assert plane.unproject(Point(0, 0)).equals_exact(Point(10, 50), 1e-9)
    assert plane.unproject(LineString([(0, 0), (0, 1e4)])).length > 0.08
    assert plane.unproject(both).area > 0
