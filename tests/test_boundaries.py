"""How tools/boundaries.py gives land between nameless lines to the units whose people live there."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest
import shapely

TOOLS = Path(__file__).resolve().parent.parent / "tools"

HOMES = {
    "AA.1": [(1.0, 1.0), (1.5, 3.0), (0.5, 2.0)],
    "AA.2": [(9.0, 1.0), (8.5, 3.0), (9.5, 2.0)],
}


@pytest.fixture(scope="module")
def tool() -> Any:
    """The script as a module; it imports its neighbour."""
    sys.path.insert(0, str(TOOLS))
    try:
        return importlib.import_module("boundaries")
    finally:
        sys.path.remove(str(TOOLS))


def assigned(tool: Any, drawn: list[Any], homes: dict[str, list[tuple[float, float]]]) -> Any:
    """The faces of a country of 10 by 4 degrees, cut by lines, with owners by where people live."""
    land = tool.Land(["AA"], [shapely.box(0, 0, 10, 4)])
    units = [unit for unit, points in homes.items() for _ in points]
    points = shapely.points([point for points in homes.values() for point in points])
    people = tool.People(points, units, [1000.0] * len(units))
    noded = tool.joined([*shapely.boundary(land.shapes), *drawn])
    noded = tool.joined([*noded, *tool.bridges(noded, land)])
    faces = tool.faces(noded, land, people)
    tool.settle(faces, people)
    return faces, people, land, noded


def test_a_face_belongs_to_the_unit_of_the_people_in_it(tool: Any) -> None:
    faces, people, _, _ = assigned(tool, [shapely.LineString([(4, 0), (4, 4)])], HOMES)
    assert {unit: shape.bounds for unit, shape in tool.drawn(faces, people).items()} == {
        "AA.1": (0, 0, 4, 4),
        "AA.2": (4, 0, 10, 4),
    }


def test_a_line_that_ends_just_short_of_the_border_still_divides(tool: Any) -> None:
    faces, _, _, _ = assigned(tool, [shapely.LineString([(4, 0.01), (4, 3.99)])], HOMES)
    assert sorted(faces.owners.values()) == ["AA.1", "AA.2"]


def test_a_few_settlements_filed_wrongly_change_nothing(tool: Any) -> None:
    homes = {"AA.1": [*HOMES["AA.1"] * 4, (9.0, 2.2)], "AA.2": HOMES["AA.2"] * 4}
    faces, people, _, _ = assigned(tool, [shapely.LineString([(4, 0), (4, 4)])], homes)
    assert tool.drawn(faces, people)["AA.2"].bounds == (4, 0, 10, 4)


def test_a_face_of_two_units_is_divided_half_way_and_both_are_estimates(tool: Any) -> None:
    faces, people, land, noded = assigned(tool, [], HOMES)
    assert list(faces.mixed.values()) == [{"AA.1", "AA.2"}]
    halved = list(tool.dividers(faces, people))
    faces = tool.faces(tool.joined([*noded, *halved]), land, people)
    tool.settle(faces, people)
    whole = tool.drawn(faces, people)
    assert whole["AA.1"].area == pytest.approx(20, rel=0.01)
    assert shapely.intersection(*whole.values()).area == 0
    assert tool.estimates(whole, halved, people) == ["AA.1", "AA.2"]


def test_land_where_nobody_lives_goes_to_the_unit_round_it(tool: Any) -> None:
    lines = [shapely.LineString([(4, 0), (4, 4)]), shapely.boundary(shapely.box(6, 1, 7, 2))]
    faces, people, _, _ = assigned(tool, lines, HOMES)
    tool.fill(faces)
    assert tool.drawn(faces, people)["AA.2"].area == pytest.approx(24)


def test_land_between_two_units_where_nobody_lives_goes_to_neither(tool: Any) -> None:
    lines = [shapely.LineString([(x, 0), (x, 4)]) for x in (4, 6)]
    faces, people, _, _ = assigned(tool, lines, HOMES)
    tool.fill(faces)
    assert sum(shape.area for shape in tool.drawn(faces, people).values()) == pytest.approx(32)
