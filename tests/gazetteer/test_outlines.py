"""Boundaries of first-level units: as large as they are known to be, side by side, and used where a unit is drawn."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geomap.gazetteer import boundaries, schema
from geomap.gazetteer.outlines import Outline, draw, outlines
from geomap.gazetteer.schema import Row
from geomap.model import Place

if TYPE_CHECKING:
    from geomap.model import Gazetteer

GEOD = Geod(ellps="WGS84")

# Land, or land and inland water, in km2, as the units' statistical offices give it.
AREAS = {
    "RU.09": 27_134,  # Belgorod
    "UA.07": 31_415,  # Kharkiv
    "UA.11": 26_081,  # Crimea
    "US.TX": 695_662,
    "DE.02": 70_550,  # Bavaria
    "DE.16": 891,  # Berlin
    "CA.08": 1_076_395,  # Ontario
    "JP.12": 78_421,  # Hokkaido without the southern Kurils
    "ES.56": 32_108,  # Catalonia
    "GB.SCT": 77_933,
    "GB.ENG": 130_279,
    "IN.36": 240_928,  # Uttar Pradesh
    "BR.27": 248_219,  # São Paulo
    "AU.08": 2_527_013,  # Western Australia
    "RU.63": 3_083_523,  # Sakha
    "ZA.11": 129_462,  # Western Cape
}


@pytest.fixture(scope="module")
def known() -> Mapping[str, Outline]:
    return outlines()


def area(shape: BaseGeometry) -> float:
    return sum(abs(GEOD.geometry_area_perimeter(part)[0]) for part in shapely.get_parts(shape)) / 1e6


@pytest.mark.parametrize("code", AREAS)
def test_a_unit_is_as_large_as_it_is_known_to_be(known: Mapping[str, Outline], code: str) -> None:
    assert area(known[code].shape) == pytest.approx(AREAS[code], rel=0.03)


def test_every_shape_is_valid_and_lies_on_the_earth(known: Mapping[str, Outline]) -> None:
    shapes = [outline.shape for outline in known.values()]
    west, south, east, north = shapely.total_bounds(shapes)
    assert shapely.is_valid(shapes).all()
    assert -180 <= west < east <= 180
    assert -90 <= south < north <= 90


def test_no_two_units_overlap(known: Mapping[str, Outline]) -> None:
    shapes = [outline.shape for outline in known.values()]
    pairs = shapely.STRtree(shapes).query(shapes, predicate="overlaps").T
    assert sum(shapely.intersection(shapes[one], shapes[other]).area for one, other in pairs if one < other) == 0


def test_neighbours_share_their_border(known: Mapping[str, Outline]) -> None:
    """Belgorod and Kharkiv regions meet along a line, of some hundreds of kilometres, and nowhere else."""
    shared = shapely.intersection(known["RU.09"].shape, known["UA.07"].shape)
    assert shared.area == 0
    assert 150 < GEOD.geometry_length(shapely.line_merge(shared)) / 1000 < 500


def test_most_countries_have_nearly_all_their_units(known: Mapping[str, Outline]) -> None:
    whole = {
        "US": 51,
        "RU": 83,
        "UA": 27,
        "DE": 16,
        "IN": 36,
        "BR": 27,
        "CA": 13,
        "CN": 31,
        "FR": 13,
        "MX": 32,
        "TR": 81,
    }
    for country, count in whole.items():
        drawn = [code for code, outline in known.items() if code.startswith(f"{country}.") and not outline.estimated]
        assert len(drawn) >= 0.9 * count, country


def unit(code: str, lon: float, lat: float, *, kind: str = "ADM1", shape: BaseGeometry | None = None) -> Row:
    wkb = shapely.to_wkb(shape) if shape else None
    return Row(1, None, code, kind, lat, lon, 200_000.0, "settlements", code[:2], code, shape=wkb, folds={})


def test_a_unit_keeps_its_point_where_that_lies_inside(known: Mapping[str, Outline]) -> None:
    row = unit("RU.09", 37.419, 50.674)
    draw([row])
    assert (row.lon, row.lat, row.method) == (37.419, 50.674, "boundary")
    assert row.shape == shapely.to_wkb(known["RU.09"].shape)


def test_a_point_outside_gives_way_to_one_inside(known: Mapping[str, Outline]) -> None:
    row = unit("UA.07", 36.6, 50.6)
    draw([row])
    assert shapely.intersects_xy(known["UA.07"].shape, row.lon, row.lat)


def test_the_uncertainty_is_the_circle_that_holds_all_of_the_unit(known: Mapping[str, Outline]) -> None:
    """On both sides of the antimeridian too: Chukotka."""
    for code, lon, lat in (("RU.09", 37.4, 50.7), ("RU.15", 171.0, 66.7)):
        row = unit(code, lon, lat)
        draw([row])
        lons, lats = shapely.get_coordinates(known[code].shape).T
        away = GEOD.inv([lon] * len(lons), [lat] * len(lats), lons, lats)[2]
        assert row.uncertainty == pytest.approx(max(away))
        assert row.uncertainty < 1_200_000


def test_a_unit_without_lines_says_that_its_boundary_is_estimated(known: Mapping[str, Outline]) -> None:
    """Nakuru, Kenya: the lines are those of the provinces before 2010."""
    row = unit("KE.39", 36.1, -0.3)
    draw([row])
    assert row.method == "boundary: estimated"


def test_a_district_is_kept_inside_its_region(known: Mapping[str, Outline]) -> None:
    """A hull of a district's villages that reaches over the border is cut off there."""
    row = unit("UA.07.1", 36.3, 50.2, kind="ADM2", shape=shapely.box(36.0, 50.0, 36.6, 50.4))
    draw([row])
    kept = shapely.from_wkb(row.shape)
    assert 0 < kept.area < 0.24
    assert shapely.intersection(kept, known["RU.09"].shape).area == pytest.approx(0, abs=1e-9)


def test_a_unit_without_a_boundary_is_left_as_it_is() -> None:
    row = unit("XX.01", 1.0, 2.0, shape=shapely.box(0, 0, 2, 2))
    before = row.values()
    draw([row])
    assert row.values() == before


def test_a_boundary_that_is_added_wins() -> None:
    row = unit("RU.09", 37.4, 50.7)
    draw([row])
    added = boundaries.Boundary(1, shapely.box(36, 50, 39, 51.4), (), "", geonameid=1)
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(schema.TABLES)
        db.execute(schema.INSERT_PLACE, row.values())
        assert boundaries.attach(db, [added]) == (1, ())
        shape, method = db.execute("SELECT shape, method FROM place").fetchone()
    assert shapely.equals(shapely.from_wkb(shape), added.shape)
    assert method == "boundary"


def region(gazetteer: Gazetteer, name: str) -> Place:
    return next(c.place for c in gazetteer.candidates(name) if c.place.feature_code == "ADM1")


def test_a_region_ends_at_the_border(gazetteer: Gazetteer) -> None:
    """The city of Belgorod lies in its region and not in Kharkiv's; Kharkiv the other way about."""
    belgorod, kharkiv = (region(gazetteer, f"{name} region").footprint for name in ("Belgorod", "Kharkiv"))
    assert belgorod.method == kharkiv.method == "boundary"
    assert [shapely.intersects_xy(shape.geometry, 36.58, 50.60) for shape in (belgorod, kharkiv)] == [True, False]
    assert [shapely.intersects_xy(shape.geometry, 36.25, 49.99) for shape in (belgorod, kharkiv)] == [False, True]
