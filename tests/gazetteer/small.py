"""A small gazetteer, made without the packaged sources, and dumps in GeoNames' formats."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from geomap.gazetteer import filing, fuzzy, schema
from geomap.gazetteer.schema import Row

NATION = Row(1, None, "Freeland", "PCLI", 50.0, 30.0, 5e5, "point", "FR", "FR", 1_000_000)
REGION = Row(2, None, "Northmark region", "ADM1", 50.5, 30.5, 2e5, "parent", "FR", "FR.01")
TOWN = Row(3, None, "Old Ford", "PPL", 50.6, 30.6, 1000.0, "point", "FR", "FR.01", 600)
NATION.folds = filing.unit_folds([NATION.name], ("FR",))
REGION.folds = filing.unit_folds([REGION.name], ("Northmark oblast",))
TOWN.folds = filing.folds(TOWN.name, ())
HEADS = (NATION, REGION, TOWN)


def gazetteer(path: Path) -> Path:
    """A gazetteer of one country, one region and one town."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(schema.TABLES)
        db.executescript(schema.INDEXES)
        db.execute("INSERT INTO meta VALUES ('schema', ?)", (schema.VERSION,))
        db.executemany(schema.INSERT_PLACE, [row.values() for row in HEADS])
        names = [(key, row.id, int(kind)) for row in HEADS for key, kind in (row.folds or {}).items()]
        db.executemany(schema.INSERT_NAME, names)
        db.executemany(schema.INSERT_HALF, list(fuzzy.halves_of(HEADS)))
        db.commit()
    return path


def line(number: int, name: str, lat: float, lon: float, **more: str | int) -> str:
    """One line of a GeoNames dump: 19 columns."""
    given = {"others": "", "cls": "P", "code": "PPL", "admin1": "01", "admin2": "", "population": 0} | more
    columns = [
        number, name, name, given["others"], lat, lon, given["cls"], given["code"], "FR", "", given["admin1"],
        given["admin2"], "", "", given["population"], "", 120, "Europe/Kyiv", "2024-01-24",
    ]  # fmt: skip
    return "\t".join(map(str, columns))


def contents(path: Path) -> list[list[tuple[object, ...]]]:
    """Everything in a gazetteer file but its records of what was added."""
    with closing(sqlite3.connect(path)) as db:
        tables = ("place", "name", "half", "border")
        return [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]
