"""Continents from GeoNames; seas, rivers, mountains and groups of countries from our own table."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.gazetteer import filing, sources
from geomap.gazetteer.schema import Row

_CONTINENTS = {"AF": 4_200, "AN": 3_000, "AS": 5_500, "EU": 3_000, "NA": 5_000, "OC": 5_000, "SA": 4_200}
"""How far each reaches from its middle, in km."""


def continents() -> Iterator[Row]:
    """The seven continents with their names in many languages, where GeoNames puts them."""
    for code, continent in sources.continents().items():
        others = tuple(dict.fromkeys(n["name"] for n in continent["alternateNames"] if n.get("lang") != "link"))
        name = continent["name"]
        yield Row(
            id=int(continent["geonameId"]),
            key=None,
            name=name,
            code="CONT",
            lat=float(continent["lat"]),
            lon=float(continent["lng"]),
            uncertainty=_CONTINENTS[code] * 1000.0,
            method="centre",
            population=int(continent["population"]),
            names=tuple(other for other in others if other != name and filing.worth_showing(other)),
            folds=filing.folds(name, others),
        )


def rows() -> Iterator[Row]:
    """Every region of ``regions.csv``: a centre and how far it reaches."""
    for at, line in enumerate(sources.table("regions.csv")):
        others = tuple(other for other in line["other_names"].split("|") if other)
        yield Row(
            id=sources.REGIONS + at,
            key=f"regions:{filing.slug(line['name'], line['lat'], line['lon'])}",
            name=line["name"],
            code=line["feature_code"],
            lat=float(line["lat"]),
            lon=float(line["lon"]),
            uncertainty=float(line["reach_km"]) * 1000,
            method="centre",
            country=line["country"],
            unit=line["country"],
            names=others,
            folds=filing.folds(line["name"], others),
        )
