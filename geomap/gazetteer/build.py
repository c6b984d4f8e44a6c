"""The gazetteer file, made at set-up from the packages that carry its sources."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import shapely

from geomap.errors import GazetteerError
from geomap.gazetteer import adding, filing, fuzzy, measure, outlines, regions, schema, shapes, sources, units
from geomap.gazetteer.names import fold
from geomap.gazetteer.schema import Name, Row

Progress = Callable[[str, int, int], None]
"""Told the step's name, how much of it is done and how much there is."""

_MAKERS = (
    "adjectives.py", "build.py", "designators.py", "filing.py", "fuzzy.py", "measure.py", "names.py",
   "outlines.py", "regions.py",
           "shapes.py", "sources.py", "units.py")  # fmt: skip
"""The modules whose code decides what is in the file."""

_STEPS = ("countries", "settlements", "subdivisions", "airports", "our own places", "names", "spellings", "borders")


def build(path: Path, *, progress: Progress | None = None, force: bool = False) -> bool:
    """Make the gazetteer at ``path``; False where it is there already, from the same sources.

    The file appears whole or not at all: it is written beside ``path`` and renamed at the end. Takes about 20 s.
    Dumps and boundaries that were added before are added again from where their files lay, if they are there.
    Raises :class:`~geomap.errors.GazetteerError` where a source is missing or the folder cannot be written.
    """
    stamp, before = digest(), _stamp(path)
    if not force and before == stamp:
        return False
    told = progress or (lambda step, done, whole: None)
    again = adding.added(path) if before else []
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as db:
            _fill(db, stamp, told)
        for file in again:
            if file.is_file():
                adding.add(part, file, progress=told)
        part.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(f"the gazetteer cannot be written to {path} ({error}): check the folder") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return True


def digest() -> str:
    """One string for everything that a build depends on: the packages' versions, our tables and this code."""
    known = hashlib.sha256(repr((schema.VERSION, sorted(sources.versions().items()))).encode())
    for name in (*sources.TABLES, outlines.FILE, *_MAKERS):
        known.update(files(__package__).joinpath(name).read_bytes())
    return known.hexdigest()


def _stamp(path: Path) -> str | None:
    try:
        with closing(schema.connect(path)) as db:
            found = db.execute("SELECT value FROM meta WHERE key = 'digest'").fetchone()
    except GazetteerError:
        return None
    return str(found[0]) if found else None


def _fill(db: sqlite3.Connection, stamp: str, told: Progress) -> None:
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
    db.executescript(schema.TABLES)
    counts: dict[str, int] = {}
    step = iter(enumerate(_STEPS))

    def begin() -> None:
        at, name = next(step)
        told(name, at, len(_STEPS))

    begin()
    drawn = shapes.countries()
    nations = {row.unit: row for row in countries(drawn)}
    begin()
    settled = list(sources.cities(_capitals()))
    begin()
    nations |= {row.unit: row for row in territories(settled) if row.unit not in nations}
    inside = units.Settlements(settled)
    divided = units.rows((unit for unit in sources.subdivisions() if unit), inside, nations)
    outlines.draw(divided)
    begin()
    flown = list(sources.airports())
    begin()
    ours = _without_twins(list(sources.supplement()), flown)
    units.file_by_nearest((*flown, *ours), settled)
    ours += [*regions.continents(), *regions.rows()]
    begin()
    rows = {row.id: row for group in (settled, divided, nations.values(), flown, ours) for row in group}
    _name_more(rows.values(), {row.unit: row for row in (*nations.values(), *divided)})
    db.executemany(schema.INSERT_PLACE, (row.values() for row in rows.values()))
    db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", sorted(_names(rows.values())))
    begin()
    db.executemany(schema.INSERT_HALF, sorted(set(fuzzy.halves_of(rows.values()))))
    begin()
    lines = ((*pair, shapely.to_wkb(line)) for pair, line in sorted(shapes.borders(drawn).items()))
    db.executemany("INSERT INTO border VALUES (?,?,?)", lines)
    db.executescript(schema.INDEXES)
    groups = (
        ("cities", settled),
        ("subdivisions", divided),
        ("countries", nations),
        ("airports", flown),
        ("ours", ours),
    )
    counts = {name: len(group) for name, group in groups}
    db.executemany("INSERT INTO meta VALUES (?,?)", sorted(_meta(stamp, counts).items()))
    db.commit()
    db.execute("ANALYZE")
    db.commit()
    told("done", len(_STEPS), len(_STEPS))


def _without_twins(ours: list[Row], flown: list[Row]) -> list[Row]:
    """Our places without the air bases that the airports list has too: those lend it their names."""
    tree = shapely.STRtree([shapely.Point(row.lon, row.lat) for row in flown])
    kept = []
    for row in ours:
        twin = flown[tree.nearest(shapely.Point(row.lon, row.lat))] if row.code.startswith("AIR") else None
        if twin is None or measure.metres(row.lon, row.lat, twin.lon, twin.lat) > _TWIN or twin.folds is None:
            kept.append(row)
            continue
        twin.names = (*twin.names, row.name, *row.names)
        twin.code = row.code
        for key, kind in (row.folds or {}).items():
            twin.folds[key] = min(kind, twin.folds.get(key, kind))
    return kept


_TWIN = 4_000.0
"""How near two airfields are one, in metres."""


def _meta(stamp: str, counts: dict[str, int]) -> dict[str, str]:
    built = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    found = {"schema": schema.VERSION, "digest": stamp, "built": built}
    found |= {f"version.{name}": version for name, version in sources.versions().items()}
    return found | {f"count.{name}": str(count) for name, count in counts.items()}


def _names(rows: Iterable[Row]) -> Iterator[tuple[str, int, int]]:
    for row in rows:
        for key, kind in (row.folds or {}).items():
            if key:
                yield key, row.id, int(kind)


def _capitals() -> frozenset[tuple[str, str]]:
    return frozenset((code, country["capital"]) for code, country in sources.countries().items())


def countries(drawn: Iterable[shapes.Country]) -> Iterator[Row]:
    """Each country with its shape, its names in many languages and the point that stands for it."""
    listed, aliases = sources.countries(), sources.country_aliases()
    points = sources.points()
    outline = {country.code: country for country in drawn}
    for code, country in listed.items():
        known = outline.get(code)
        if known is None:
            continue
        lon, lat = points.get(code, known.label)
        others = tuple(dict.fromkeys(n for n in (*aliases.get(code, ()), *known.names) if n != country["name"]))
        reach = measure.circle(known.shape, (lon, lat))[2]
        yield _nation(code, country, others, (lon, lat, reach, "polygon", shapely.to_wkb(known.shape)))


def territories(settled: Iterable[Row]) -> Iterator[Row]:
    """Each country as its settlements outline it: for those that the outlines count as part of another (Réunion)."""
    listed, aliases, points = sources.countries(), sources.country_aliases(), sources.points()
    inside: dict[str, list[Row]] = defaultdict(list)
    for city in settled:
        inside[city.country].append(city)
    for code, cities in inside.items():
        if country := listed.get(code):
            others = tuple(name for name in aliases.get(code, ()) if name != country["name"])
            yield _nation(code, country, others, units.placed(cities, None, 1, None, points.get(code)))


def _nation(
    code: str,
    country: dict[str, Any],
    others: tuple[str, ...],
    at: tuple[float, float, float, str, bytes | None],
) -> Row:
    lon, lat, reach, method, shape = at
    return Row(
        id=int(country["geonameid"]),
        key=None,
        name=country["name"],
        code="PCLI",
        lat=lat,
        lon=lon,
        uncertainty=reach,
        method=method,
        country=code,
        unit=code,
        population=int(country["population"]),
        shape=shape,
        names=others,
        folds=filing.unit_folds([country["name"]], (*others, code, country["iso3"])),
    )


_CITY = 10_000
"""The least population of a settlement that has everyday names of its own."""

_KINDS = {"name": Name.MAIN, "form": Name.FORM, "code": Name.CODE, "former": Name.ALTERNATE}


def _name_more(rows: Iterable[Row], coded: dict[str, Row]) -> None:
    """Add everyday forms, abbreviations and demonyms to the places they stand for.

    A target is a unit's code ("US.TX"), the largest settlement of a name ("RU/Moscow") or a region ("*Siberia").
    """
    targets = dict(coded)
    for row in sorted(rows, key=lambda row: row.population):
        if row.code == "CONT" or (row.key and row.key.startswith("regions:")):
            targets[f"*{row.name}"] = row
        elif row.code.startswith("PPL") and row.population > _CITY:
            targets |= {f"{row.country}/{key}": row for key, kind in (row.folds or {}).items() if kind < Name.CORE}
    for file in ("forms.csv", "demonyms.csv"):
        for line in sources.table(file):
            country, slash, city = line["target"].partition("/")
            found = targets.get(f"{country}/{fold(city)}" if slash else country)
            if found is None or found.folds is None:
                raise GazetteerError(f"{file}: {line['target']!r} is no place of the gazetteer")
            key = fold(line.get("name") or line["demonym"])
            kind = _KINDS[line["kind"]] if "kind" in line else Name.DEMONYM
            if line.get("kind") == "name" and line["name"] != found.name:
                found.names, found.name = (found.name, *found.names), line["name"]
            found.folds[key] = min(kind, found.folds.get(key, kind))
