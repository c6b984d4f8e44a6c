"""Make geomap/claims/capitals.csv: each country's capital, from the built gazetteer's PPLC rows. For maintainers.

    .venv/bin/python tools/capitals.py

Where the gazetteer files several places of a country as its capital, the most populous of them stands.
"""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

from geomap.config import Config

TARGET = Path(__file__).resolve().parent.parent / "geomap" / "claims" / "capitals.csv"
COLUMNS = ("country", "geonames", "name", "lon", "lat", "uncertainty_m", "population")


def main() -> None:
    """Write the table, one line a country in the order of their codes."""
    with sqlite3.connect(f"file:{Config.read().gazetteer}?mode=ro", uri=True) as db:
        rows = db.execute(
            "SELECT country, id, name, lon, lat, uncertainty, max(population) FROM place"
            " WHERE code = 'PPLC' AND key IS NULL AND population > 0 GROUP BY country ORDER BY country"
        ).fetchall()
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(
            (country, id, name, round(lon, 5), round(lat, 5), round(uncertainty), population)
            for country, id, name, lon, lat, uncertainty, population in rows
        )


if __name__ == "__main__":
    main()
