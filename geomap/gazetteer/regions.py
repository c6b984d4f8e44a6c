"""Seas, rivers, mountains, continents and groups of countries, from our own table."""

from __future__ import annotations

from collections.abc import Iterator

from geomap.gazetteer import filing, sources
from geomap.gazetteer.schema import Row


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
