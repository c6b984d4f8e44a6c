"""Footprints parted into groups that cannot meet."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from geomap import geodesy
from geomap.components import components
from geomap.model import Footprint

spots = st.builds(
    lambda lon, lat, reach: Footprint.point(lon, lat, reach, "point"),
    st.floats(-180, 180),
    st.floats(-89, 89),
    st.floats(1_000, 800_000),
)


@given(st.lists(spots, min_size=1, max_size=12))
def test_what_may_be_one_place_is_never_parted(found: list[Footprint]) -> None:
    """Two points within both their uncertainties are in one group, over the antimeridian and near the poles too."""
    named = {str(number): each for number, each in enumerate(found)}
    groups = components(named)
    assert sorted(key for group in groups for key in group) == sorted(named)
    home = {key: number for number, group in enumerate(groups) for key in group}
    for a, b in combinations(named, 2):
        apart = geodesy.inverse(*named[a].lonlat, *named[b].lonlat).distance_m
        if apart <= named[a].uncertainty_m + named[b].uncertainty_m:
            assert home[a] == home[b]


def test_far_places_are_parted_and_a_wide_region_joins_them() -> None:
    """Two villages are two groups until a report names the region round both."""
    near, far = Footprint.point(37.3, 50.9, 2_000, "point"), Footprint.point(38.0, 51.2, 2_000, "point")
    region = Footprint(Point(37.5, 51).buffer(1), 120_000, "polygon")
    assert components({"near": near, "far": far}) == [["near"], ["far"]]
    assert components({"near": near, "far": far, "region": region}) == [["near", "far", "region"]]
