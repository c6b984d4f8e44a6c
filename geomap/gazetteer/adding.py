"""Adding GeoNames dumps and boundaries to a gazetteer that is already there."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import shapely

from geomap.errors import GazetteerError
from geomap.gazetteer import boundaries, dumps, fuzzy, measure, schema, units
from geomap.gazetteer.fetch import fetch
from geomap.gazetteer.names import variants
from geomap.gazetteer.schema import OTHERS, Name, Row
from geomap.gazetteer.sources import Subdivision, supplement

DUMPS = "https://download.geonames.org/export/dump/"
"""Where GeoNames publishes a dump for each country."""

Progress = Callable[[str, int, int], None]
"""Told the step's name, how much of it is done and how much there is (0 where that is not known)."""

BATCH = 20_000
"""Rows held in memory at a time."""

_COUNTRY = re.compile(r"[A-Z]{2}")
_UPSERT = """
INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET
  names = CASE WHEN length(excluded.names) > length(names) THEN excluded.names ELSE names END,
  code = excluded.code, country = excluded.country,
  lat = CASE WHEN shape IS NULL OR method = 'settlements' THEN excluded.lat ELSE lat END,
  lon = CASE WHEN shape IS NULL OR method = 'settlements' THEN excluded.lon ELSE lon END,
  unit = CASE WHEN length(excluded.unit) > length(unit) THEN excluded.unit ELSE unit END,
  uncertainty = CASE WHEN shape IS NULL THEN excluded.uncertainty ELSE uncertainty END,
  method = CASE WHEN shape IS NULL THEN excluded.method ELSE method END,
  population = max(population, excluded.population),
  timezone = CASE WHEN excluded.timezone <> '' THEN excluded.timezone ELSE timezone END"""
_MORE_NAMES = """
UPDATE place SET names = CASE WHEN names = '' THEN ?1 ELSE names || '|' || ?1 END
WHERE id = ?2 AND name <> ?1 AND instr('|' || names || '|', '|' || ?1 || '|') = 0"""


_NAMESAKES = """
SELECT p.id, p.lat, p.lon FROM name n JOIN place p ON p.id = n.place
WHERE n.fold = ? AND n.kind = 0 AND p.id < ? AND p.country = ? AND substr(p.code, 1, 3) = ?"""


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a source did. ``unmatched`` are boundaries whose unit the gazetteer does not know."""

    source: str
    kind: str
    digest: str
    rows: int
    already: bool = False
    unmatched: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.already:
            return f"{self.source}: added before, nothing to change"
        left = f"; {len(self.unmatched)} unmatched: {', '.join(self.unmatched[:10])}" if self.unmatched else ""
        return f"{self.source}: {self.rows:,} {self.kind} added{left}"


def add(
    path: Path,
    source: str | Path,
    *,
    kind: str | None = None,
    progress: Progress | None = None,
    dump_url: str = DUMPS,
) -> Added:
    """Add ``source`` to the gazetteer at ``path``: a dump file, boundary GeoJSON, or a country's code (alpha-2).

    A country's dump is fetched from ``dump_url`` into ``dumps/`` beside the gazetteer. All of it is added or nothing:
    it is written to a copy that takes the gazetteer's place at the end. What was added before is left alone.
    Raises :class:`~geomap.errors.GazetteerError` for a damaged file, with its line, and
    :class:`~geomap.errors.RemoteError` where a dump cannot be fetched.
    """
    path, told = Path(path), progress or (lambda step, done, whole: None)
    with closing(schema.connect(path)) as db:
        known = _known(db)
    file = Path(source)
    if not file.exists() and _COUNTRY.fullmatch(str(source)):
        file = fetch(f"{dump_url.rstrip('/')}/{source}.zip", path.parent / "dumps" / f"{source}.zip", progress=told)
    if not file.is_file():
        raise GazetteerError(f"there is no file {source}: name a dump file or a country's two-letter code (RU)")
    digest = _digest(file)
    if digest in known:
        return Added(file.name, known[digest]["kind"], digest, known[digest]["rows"], already=True)
    return _add_whole(path, file, kind or dumps.kind_of(file), digest, told)


def added(path: Path) -> list[Path]:
    """The sources that were added to a gazetteer, in order, as the files they came from."""
    with closing(schema.connect(path)) as db:
        return [Path(entry["path"]) for entry in _known(db).values()]


def _add_whole(path: Path, file: Path, kind: str, digest: str, told: Progress) -> Added:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(path, part)
        with closing(schema.connect(part, write=True)) as db:
            db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072;")
            rows, unmatched = _ADDERS[kind](db, file, told)
            done = Added(file.name, kind, digest, rows, unmatched=unmatched)
            entry = asdict(done) | {"path": str(file.resolve()), "date": dt.datetime.now(dt.UTC).date().isoformat()}
            order = db.execute("SELECT count(*) FROM meta WHERE key LIKE 'added.%'").fetchone()[0]
            db.execute("INSERT INTO meta VALUES (?, ?)", (f"added.{order:04}", json.dumps(entry, ensure_ascii=False)))
            db.commit()
        part.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(f"{file.name} cannot be added to {path} ({error}): check the folder's space") from error
    finally:
        part.unlink(missing_ok=True)
    return done


def _known(db: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    rows = db.execute("SELECT value FROM meta WHERE key LIKE 'added.%' ORDER BY key").fetchall()
    entries = [json.loads(value) for (value,) in rows]
    return {entry["digest"]: entry for entry in entries}


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _add_places(db: sqlite3.Connection, file: Path, told: Progress) -> tuple[int, tuple[str, ...]]:
    done, nations = 0, set()
    for batch in _batches(dumps.places(file)):
        _write(db, batch)
        nations |= {row.country for row in batch}
        done += len(batch)
        told(f"adding {file.name}", done, 0)
    _merge_ours(db, nations)
    _place_units(db, nations, told)
    return done, ()


def _write(db: sqlite3.Connection, batch: list[Row]) -> None:
    db.executemany(_UPSERT, [row.values() for row in batch])
    keys = sorted((key, row.id, int(kind)) for row in batch for key, kind in (row.folds or {}).items() if key)
    db.executemany(schema.INSERT_NAME, keys)
    db.executemany(schema.INSERT_HALF, sorted(set(fuzzy.halves_of(batch))))


def _merge_ours(db: sqlite3.Connection, nations: set[str]) -> None:
    """Where a dump has a place of our supplement, leave one of the two: the dump's, with our names and unit."""
    for ours in supplement():
        filed = ours.folds or {}
        known = db.execute("SELECT 1 FROM place WHERE id = ?", (ours.id,)).fetchone()
        if not known or ours.country not in nations:
            continue
        mains = [key for key, kind in filed.items() if kind == Name.MAIN]
        values = (OTHERS, ours.country, ours.code[:3])
        found = [row for key in mains for row in db.execute(_NAMESAKES, (key, *values))]
        near = [(measure.metres(ours.lon, ours.lat, lon, lat), number) for number, lat, lon in found]
        near = [(away, number) for away, number in near if away <= max(5_000.0, 2 * ours.uncertainty)]
        if near:
            kept = min(near)[1]
            db.executemany("DELETE FROM name WHERE fold = ? AND place = ?", [(key, ours.id) for key in filed])
            db.execute("DELETE FROM place WHERE id = ?", (ours.id,))
            db.executemany(schema.INSERT_NAME, [(key, kept, int(kind)) for key, kind in filed.items()])
            db.execute("UPDATE place SET unit = ?1 WHERE id = ?2 AND length(unit) < length(?1)", (ours.unit, kept))
            db.executemany(_MORE_NAMES, [(name, kept) for name in (ours.name, *ours.names)])


def _place_units(db: sqlite3.Connection, nations: set[str], told: Progress) -> None:
    """Place subdivisions anew by the settlements that are filed under them now."""
    marks = ",".join("?" * len(nations))
    query = f"SELECT unit FROM place WHERE code LIKE 'ADM1%' AND country IN ({marks})"  # noqa: S608 only marks
    first = db.execute(query, sorted(nations)).fetchall()
    for at, (code,) in enumerate(first):
        told("placing units", at, len(first))
        inside = db.execute(
            "SELECT unit, lon, lat FROM place WHERE unit >= ? AND unit < ? AND code LIKE 'PPL%'", (code, f"{code}/")
        ).fetchall()
        by_unit: dict[str, list[tuple[float, float]]] = {code: [(lon, lat) for _, lon, lat in inside]}
        for unit, lon, lat in inside:
            if unit != code:
                by_unit.setdefault(unit, []).append((lon, lat))
        for unit, points in by_unit.items():
            _outline(db, unit, points)


def _outline(db: sqlite3.Connection, unit: str, points: list[tuple[float, float]]) -> None:
    hull = measure.hull(points)
    if hull is None:
        return
    known = db.execute("SELECT lon, lat FROM place WHERE unit = ? AND code LIKE 'ADM%'", (unit,)).fetchone()
    centre = known if known and shapely.intersects_xy(hull, *known) else None
    lon, lat, reach = measure.circle(hull, centre)
    db.execute(
        "UPDATE place SET shape = ?, lon = ?, lat = ?, uncertainty = ?, method = 'settlements'"
        " WHERE unit = ? AND code LIKE 'ADM%' AND method NOT LIKE 'boundary%'",
        (shapely.to_wkb(hull), lon, lat, reach * 1.1 + 5_000.0, unit),
    )


def _add_names(db: sqlite3.Connection, file: Path, told: Progress) -> tuple[int, tuple[str, ...]]:
    done = 0
    stream = dumps.names(file)
    while batch := list(islice(stream, BATCH)):
        keys = sorted((key, kind, number) for number, name, kind in batch for key in variants(name))
        db.executemany(
            "INSERT INTO name SELECT ?, id, ? FROM place WHERE id = ?"
            " ON CONFLICT DO UPDATE SET kind = min(kind, excluded.kind)",
            keys,
        )
        db.executemany(_MORE_NAMES, [(name, number) for number, name, kind in batch])
        done += len(batch)
        told(f"adding {file.name}", done, 0)
    return done, ()


def _add_units(level: int) -> Callable[[sqlite3.Connection, Path, Progress], tuple[int, tuple[str, ...]]]:
    def adder(db: sqlite3.Connection, file: Path, told: Progress) -> tuple[int, tuple[str, ...]]:
        done = 0
        for unit in dumps.units(file, level):
            _add_unit(db, unit)
            done += 1
            if done % 1000 == 0:
                told(f"adding {file.name}", done, 0)
        return done, ()

    return adder


def _add_unit(db: sqlite3.Connection, unit: Subdivision) -> None:
    known = db.execute("SELECT 1 FROM place WHERE id = ?", (unit.geonameid,)).fetchone()
    row = units.lone(unit, _around(db, unit.code))
    if known:
        db.executemany(_MORE_NAMES, [(name, unit.geonameid) for name in (row.name, *row.names)])
    else:
        db.execute(schema.INSERT_PLACE, row.values())
    db.executemany(schema.INSERT_NAME, [(key, row.id, int(kind)) for key, kind in (row.folds or {}).items() if key])


def _around(db: sqlite3.Connection, code: str) -> Row | None:
    """The unit that a unit's code lies in, as much of it as placing needs."""
    found = db.execute(
        "SELECT id, lat, lon, uncertainty FROM place WHERE unit = ? AND (code LIKE 'ADM%' OR code LIKE 'PCL%')",
        (code.rsplit(".", 1)[0],),
    ).fetchone()
    if found is None:
        return None
    number, lat, lon, reach = found
    return Row(id=number, key=None, name="", code="", lat=lat, lon=lon, uncertainty=reach, method="")


def _add_boundaries(db: sqlite3.Connection, file: Path, told: Progress) -> tuple[int, tuple[str, ...]]:
    told(f"adding {file.name}", 0, 0)
    return boundaries.attach(db, boundaries.read(file))


_ADDERS = {
    "places": _add_places,
    "names": _add_names,
    "admin1": _add_units(1),
    "admin2": _add_units(2),
    "boundaries": _add_boundaries,
}
