"""The tables of the gazetteer file, the kinds of name in it, and how a connection to it is made."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from geomap.errors import GazetteerError

VERSION = "1"
"""Of the tables and of what is put in them; a file of another version is built anew."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
  id INTEGER PRIMARY KEY, key TEXT, name TEXT NOT NULL, names TEXT NOT NULL, code TEXT NOT NULL, country TEXT NOT NULL,
  unit TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, uncertainty REAL NOT NULL, method TEXT NOT NULL,
  population INTEGER NOT NULL, timezone TEXT NOT NULL, shape BLOB);
CREATE TABLE name (fold TEXT NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL, PRIMARY KEY (fold, place))
  WITHOUT ROWID;
CREATE TABLE half (hash INTEGER NOT NULL, fold TEXT NOT NULL, PRIMARY KEY (hash, fold)) WITHOUT ROWID;
CREATE TABLE border (a TEXT NOT NULL, b TEXT NOT NULL, shape BLOB NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
"""

INDEXES = """
CREATE UNIQUE INDEX place_key ON place (key) WHERE key IS NOT NULL;
CREATE INDEX place_unit ON place (unit);
"""

OTHERS = 1_000_000_000
"""Places of other sources than GeoNames are numbered from here; below it a place's id is its GeoNames id."""


class Name(IntEnum):
    """What a name is to its place, best first."""

    MAIN = 0
    FORM = 1
    """An everyday or abbreviated form: U.S., Britain, Calif."""
    ALTERNATE = 2
    CORE = 3
    """A unit's name without its designator: Korochansky."""
    SEAT = 4
    """The name of the seat that a unit is named after: Belgorod for its region."""
    DEMONYM = 5
    FACILITY = 6
    """A facility's name without its designator: Domodedovo."""
    CODE = 7
    """An abbreviation that counts only in capitals: EGO, NY."""


@dataclass(slots=True)
class Row:
    """A place on its way into the file.

    ``names`` are as written, without ``name``; ``folds`` holds every key it is filed under and what that name is to it.
    ``unit`` is the code of the innermost unit the place lies in, or the unit's own ("RU.09.544704").
    """

    id: int
    key: str | None
    name: str
    code: str
    lat: float
    lon: float
    uncertainty: float
    method: str
    country: str = ""
    unit: str = ""
    population: int = 0
    timezone: str = ""
    shape: bytes | None = None
    names: tuple[str, ...] = ()
    folds: dict[str, int] | None = None

    def values(self) -> tuple[object, ...]:
        """The row in the order of the table's columns."""
        return (
            self.id, self.key, self.name, "|".join(self.names), self.code, self.country, self.unit, self.lat, self.lon,
            self.uncertainty, self.method, self.population, self.timezone, self.shape,
        )  # fmt: skip


INSERT_PLACE = "INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
INSERT_NAME = "INSERT INTO name VALUES (?,?,?) ON CONFLICT DO UPDATE SET kind = min(kind, excluded.kind)"
INSERT_HALF = "INSERT OR IGNORE INTO half VALUES (?,?)"


def connect(path: Path, *, write: bool = False) -> sqlite3.Connection:
    """A connection to a gazetteer file, fit to be used from several threads.

    Raises :class:`~geomap.errors.GazetteerError` where there is no such file or it is no gazetteer of this version.
    """
    if not path.is_file():
        raise GazetteerError(f"there is no gazetteer at {path}: run `make setup` or `geomap gazetteer build`")
    try:
        db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'rw' if write else 'ro'}", uri=True, check_same_thread=False
        )
        version = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except sqlite3.Error as error:
        raise damaged(path, error) from error
    if version is None or version[0] != VERSION:
        db.close()
        raise GazetteerError(f"the gazetteer at {path} is of another version: run `geomap gazetteer build` again")
    return db


def damaged(path: Path, error: Exception) -> GazetteerError:
    """What to say of a file that SQLite cannot read."""
    return GazetteerError(f"the gazetteer at {path} is damaged ({error}): run `geomap gazetteer build` again")
