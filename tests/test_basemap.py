"""The basemap as it is cut to a view."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.config import STATIC
from geomap.errors import NotFound
from geomap.gazetteer.outlines import outlines
from geomap.render import names
from geomap.render.basemap import clip
from geomap.render.naming import at_home, named

BELGOROD = (32.0, 47.5, 42.5, 53.0)
"""A view some 750 km wide, inland."""
LOFOTEN = (4.0, 58.0, 14.0, 64.0)
FIJI = (172.0, -22.0, 188.0, -12.0)
NAMES = {"countries", "region_names", "places"}
KINDS = NAMES | {"world", "world_borders", "land", "lakes", "coast", "rivers", "regions", "small_regions", "borders"}
WORLD = (-180.0, -85.0, 180.0, 85.0)


def called(collection: dict[str, Any]) -> list[str]:
    """The names of a collection, in their order."""
    return [each["properties"]["name"] for each in collection["features"]]


def shapes(collection: dict[str, Any]) -> Any:
    """The collection's geometries as one."""
    return shapely.union_all([shapely.geometry.shape(each["geometry"]) for each in collection["features"]])


def weight(view: dict[str, Any]) -> int:
    """Gzipped bytes of a view without what surrounds it."""
    detail = {kind: each for kind, each in view.items() if not kind.startswith("world")}
    return len(gzip.compress(json.dumps(detail, separators=(",", ":")).encode()))


def test_a_view_has_every_kind_that_lies_in_it() -> None:
    inland = clip(BELGOROD, STATIC)
    assert inland.keys() >= KINDS - {"coast", "small_regions"}
    assert "coast" not in inland
    assert "coast" in clip(LOFOTEN, STATIC)


@pytest.mark.parametrize("bounds", [BELGOROD, LOFOTEN, FIJI, (-10.0, 35.0, 5.0, 44.0), (100.0, -8.0, 115.0, 2.0)])
def test_a_view_is_small_enough_to_ship_with_a_page(bounds: tuple[float, float, float, float]) -> None:
    """At most 90 KB gzipped, whatever the coast is like."""
    assert weight(clip(bounds, STATIC)) <= 90_000


@pytest.mark.parametrize(
    ("lon", "lat", "land"),
    [(36.6, 50.6, True), (34.0, 46.5, True), (31.0, 43.0, False), (10.75, 59.91, True), (2.0, 60.0, False)],
)
def test_land_is_land_and_sea_is_sea(lon: float, lat: float, land: bool) -> None:
    view = clip((lon - 3, lat - 3, lon + 3, lat + 3), STATIC)
    covers = bool(view.get("land")) and shapes(view["land"]).covers(shapely.Point(lon, lat))
    assert covers is land


def test_the_border_runs_where_it_does() -> None:
    """Between Kharkiv and Belgorod there is a border; the way from Belgorod to Kursk crosses none."""
    borders = shapes(clip(BELGOROD, STATIC)["borders"])
    assert borders.intersects(shapely.LineString([(36.25, 49.98), (36.58, 50.60)]))
    assert not borders.intersects(shapely.LineString([(36.58, 50.60), (36.19, 51.73)]))


def test_cells_leave_no_seam() -> None:
    """Where ten-degree cells meet, land is whole and no line of the coast runs along the edge."""
    view = clip((28.0, 52.0, 32.0, 57.0), STATIC)
    assert len(view["land"]["features"][0]["geometry"]["coordinates"]) == 1
    assert "coast" not in view


def test_a_view_across_the_antimeridian_runs_on_without_a_break() -> None:
    """Longitudes rise past 180, so that islands on both sides lie side by side; east below west means the same."""
    view = clip(FIJI, STATIC)
    land = shapes(view["land"])
    assert land.covers(shapely.Point(178.0, -17.8))
    assert land.covers(shapely.Point(180.05, -16.8))
    west, _, east, _ = land.bounds
    assert 172 <= west < 180 < east <= 188
    assert clip((172.0, -22.0, -172.0, -12.0), STATIC) == view
    names = {each["properties"]["name"]: each["geometry"]["coordinates"][0] for each in view["places"]["features"]}
    assert names["Suva"] == pytest.approx(178.4, abs=0.1)


def test_coarse_land_fills_what_surrounds_the_view_and_no_more() -> None:
    view = clip(BELGOROD, STATIC)
    around = shapes(view["world"])
    assert not around.covers(shapely.Point(36.6, 50.6))
    assert around.covers(shapely.Point(2.3, 47.0))
    assert shapes(view["land"]).intersection(around).area == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("bounds", [BELGOROD, FIJI, (-180.0, -60.0, 180.0, 75.0)])
def test_the_whole_world_is_land_and_sea_where_it_is(bounds: tuple[float, float, float, float]) -> None:
    """No land runs across the map where a continent meets the antimeridian or a pole."""
    view = clip(bounds, STATIC)
    land = shapely.union_all([shapes(view[kind]) for kind in ("world", "land")])
    middle = (bounds[0] + bounds[2]) / 2

    def covers(lon: float, lat: float) -> bool:
        turned = lon + 360 * round((middle - lon) / 360)
        return bool(land.covers(shapely.Point(turned, lat)))

    assert all(covers(lon, lat) for lon, lat in [(100, 62), (178, 66.5), (-60, -10), (-100, 45), (135, -25), (20, 5)])
    assert not any(covers(lon, lat) for lon, lat in [(0, 68), (-40, 50), (45, 74), (-150, 0), (179, 50), (80, -40)])


def test_places_come_with_their_own_spelling_the_important_first() -> None:
    places = [each["properties"] for each in clip(BELGOROD, STATIC)["places"]["features"]]
    assert {"name": "Kharkiv", "native": "Харків", "rank": 4, "capital": False} in places
    assert {"name": "Belgorod", "native": "Белгород", "rank": 6, "capital": False} in places
    assert [each["rank"] for each in places] == sorted(each["rank"] for each in places)


def test_countries_are_named_where_their_label_stands() -> None:
    found = named(clip((20.0, 44.0, 42.0, 54.0), STATIC), "uk")["countries"]["features"]
    assert {each["properties"]["name"] for each in found} >= {"Україна"}


def test_the_large_countries_of_every_continent_come_first() -> None:
    """Germany and France before Belgium: where there is room for one name, it is that of the larger country."""
    order = called(clip(WORLD, STATIC)["countries"])
    before = [("Germany", "Belgium"), ("France", "Luxembourg"), ("Nigeria", "Togo"), ("Brazil", "Uruguay")]
    before += [("India", "Bhutan"), ("Mexico", "Belize"), ("Australia", "Vanuatu")]
    assert all(order.index(large) < order.index(small) for large, small in before)


def test_a_country_is_named_in_a_view_that_its_own_point_is_not_in() -> None:
    """Both sides of a border are named in a view of it, each within itself."""
    found = {
        each["properties"]["name"]: each["geometry"]["coordinates"]
        for each in clip((36.0, 50.0, 38.5, 51.5), STATIC)["countries"]["features"]
    }
    assert found.keys() == {"Russia", "Ukraine"}
    assert found["Russia"][1] > 50.5 > found["Ukraine"][1]
    assert called(clip((37.0, 50.8, 37.8, 51.2), STATIC)["countries"]) == ["Russia"]


def test_regions_are_named_inside_themselves_in_the_languages_that_are_known() -> None:
    found = {each["properties"]["name"]: each for each in clip(BELGOROD, STATIC)["region_names"]["features"]}
    kharkiv = found["Kharkiv Region"]
    assert kharkiv["properties"]["names"] == {"ru": "Харьковская область", "uk": "Харківська область"}
    points = [kharkiv["geometry"]["coordinates"], *kharkiv["properties"].get("also", ())]
    assert all(shapely.intersects_xy(outlines()["UA.07"].shape, lon, lat) for lon, lat in points)


def test_names_are_chosen_for_one_language_and_keep_the_english_one() -> None:
    """A basemap in a language has no name in any other but English, of countries, regions or towns."""
    russian = named(at_home(clip(BELGOROD, STATIC), STATIC), "ru-RU")
    forms = {
        each["properties"].get("english"): each["properties"]["name"]
        for kind in NAMES
        for each in russian[kind]["features"]
    }
    assert forms["Kharkiv Region"] == "Харьковская область"
    assert forms["Ukraine"] == "Украина"
    assert forms["Belgorod"] == "Белгород"
    chosen = {key for kind in NAMES for each in russian[kind]["features"] for key in each["properties"]}
    assert chosen <= {"name", "english", "native", "rank", "capital", "also"}
    english = named(clip(BELGOROD, STATIC), "en")
    assert not any("english" in each["properties"] for kind in NAMES for each in english[kind]["features"])


@pytest.mark.parametrize(
    ("bounds", "named", "never"),
    [
        ((9.0, 47.2, 14.0, 50.6), "Bavaria", "Bayern"),
        ((35.0, 35.0, 39.0, 37.5), "Aleppo Province", "Aleppo"),
        ((35.0, 54.5, 41.0, 57.0), "Moscow Region", "Moscow"),
        ((139.0, 34.5, 141.0, 36.5), "Tokyo Prefecture", "Tokyo"),
    ],
)
def test_a_region_is_never_taken_for_the_town_it_is_named_after(
    bounds: tuple[float, float, float, float], named: str, never: str
) -> None:
    found = called(clip(bounds, STATIC)["region_names"])
    assert named in found
    assert never not in found


def test_only_what_is_named_is_divided() -> None:
    """France's lines are those of its regions, not those of departments that nothing names."""
    lines = shapes(clip((0.0, 46.0, 5.0, 50.0), STATIC)["regions"])
    assert lines.intersects(shapely.LineString([(2.35, 48.85), (4.03, 49.25)]))  # Paris to Reims
    assert not lines.intersects(shapely.LineString([(1.48, 48.45), (1.91, 47.9)]))  # Chartres to Orleans


def test_small_regions_are_not_a_net_over_a_wide_view() -> None:
    assert "small_regions" in clip((23.0, 56.0, 26.0, 58.0), STATIC)
    assert "small_regions" not in clip((10.0, 48.0, 40.0, 60.0), STATIC)


def test_views_of_one_page_share_their_names() -> None:
    """Each name once, with every point at which one of the views would have it."""
    wide, near = (names.countries(bounds, STATIC / "basemap") for bounds in (BELGOROD, (36.0, 50.0, 38.5, 51.5)))
    both = names.merged(wide, near)
    assert sorted(called(both)) == sorted({*called(wide), *called(near)})
    russia = next(each for each in both["features"] if each["properties"]["name"] == "Russia")
    points = [russia["geometry"]["coordinates"], *russia["properties"]["also"]]
    assert len(points) == len({tuple(point) for point in points}) > 1
    assert names.merged(near, near) == near


def test_a_wide_view_is_drawn_coarsely() -> None:
    """The whole world needs no subdivisions, and stays as small as a region."""
    view = clip((-180.0, -60.0, 180.0, 75.0), STATIC)
    assert not view.keys() & {"regions", "small_regions", "region_names"}
    assert weight(view) <= 110_000


@settings(max_examples=25)
@given(
    st.floats(-180, 180),
    st.floats(-85, 84),
    st.sampled_from([0.0, 0.001, 1.0, 12.0, 60.0, 359.0]),
    st.sampled_from([0.0, 0.5, 9.0]),
)
def test_any_view_is_valid_geojson_within_its_bounds(west: float, south: float, wide: float, high: float) -> None:
    """A single point, a pole, a whole turn: always shapes that can be drawn, none outside the view."""
    view = clip((west, south, west + wide, min(south + high, 90)), STATIC)
    frame = shapely.box(west - 0.1, south - 0.1, west + wide + 0.1, south + high + 0.2)
    for kind in view.keys() - {"world", "world_borders"}:
        for feature in view[kind]["features"]:
            shape = shapely.geometry.shape(feature["geometry"])
            assert not shape.is_empty
            assert frame.covers(shapely.box(*shape.bounds)), kind


def test_without_its_files_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="GEOMAP_STATIC"):
        clip(BELGOROD, tmp_path)
