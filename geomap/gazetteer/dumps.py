"""GeoNames' dump files as they are published, read line by line.

Formats: https://download.geonames.org/export/dump/readme.txt. A line that does not fit its format is refused with its
number.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from geomap.errors import GazetteerError
from geomap.gazetteer import filing
from geomap.gazetteer.schema import Name, Row
from geomap.gazetteer.sources import Subdivision, city_extent

KINDS = {19: "places", 10: "names", 8: "names", 4: "admin1"}
"""What a dump file holds, by the number of its columns."""

_NO_NAMES = frozenset(("link", "post", "wkdt", "unlc", "tcid", "phon", "piny"))
_CODES = frozenset(("iata", "icao", "faac", "abbr"))

_REACH = {"A": 20_000.0, "H": 10_000.0, "L": 10_000.0, "T": 5_000.0, "V": 5_000.0, "U": 50_000.0}
"""How far a feature of each class may reach from its point, in metres, where nothing better is known."""

_FACILITIES = ("AIR", "PST", "PS", "DAM", "BDG", "RSTN", "MILB", "NVB", "PRT")


def named(path: Path) -> str | None:
    """What a dump file holds by its name, None where the name does not tell."""
    stem = path.stem.lower()
    for start, kind in (("admin1codes", "admin1"), ("admin2codes", "admin2"), ("alternatenames", "names")):
        if stem.startswith(start):
            return kind
    return "boundaries" if path.suffix.lower() in (".geojson", ".json") else None


def kind_of(path: Path) -> str:
    """What a dump file holds: by its name, else by its first line."""
    kind = named(path)
    if kind is None:
        with lines(path) as stream:
            first = stream.readline().decode("utf-8", "replace")
        kind = KINDS.get(first.count("\t") + 1)
        if kind == "admin1" and first.split("\t", 1)[0].count(".") == 2:
            kind = "admin2"
    if kind is None:
        raise GazetteerError(f"{path.name} line 1: this is no GeoNames dump (19, 10, 8 or 4 columns); say --kind")
    return kind


@contextmanager
def lines(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a dump file, or of the one inside its .zip that is no readme."""
    try:
        if path.suffix.lower() != ".zip":
            with path.open("rb") as stream:
                yield stream
            return
        with zipfile.ZipFile(path) as archive:
            inside = [name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
            wanted = [name for name in inside if Path(name).stem == path.stem] or inside
            if not wanted:
                raise GazetteerError(f"{path.name} holds no dump: it should hold {path.stem}.txt")
            with archive.open(wanted[0]) as raw:
                yield raw
    except (zipfile.BadZipFile, EOFError) as error:
        raise GazetteerError(f"{path.name} is damaged ({error}): fetch it again") from error
    except OSError as error:
        raise GazetteerError(f"{path} cannot be read ({error.strerror or error})") from error


def fields(path: Path, *widths: int) -> Iterator[tuple[int, list[str]]]:
    """The number and the columns of each line; refuses a line that has none of ``widths`` columns."""
    number = 0
    try:
        with lines(path) as stream:
            for number, raw in enumerate(stream, 1):
                line = raw.decode("utf-8")
                if not line.strip() or line.startswith("#"):
                    continue
                found = line.rstrip("\r\n").split("\t")
                if len(found) not in widths:
                    raise GazetteerError(
                        f"{path.name} line {number}: {len(found)} columns where {widths[0]} were due;"
                        " the gazetteer is as it was"
                    )
                yield number, found
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path.name} line {number}: not UTF-8; the gazetteer is as it was") from error
    except zipfile.BadZipFile as error:
        raise GazetteerError(f"{path.name} line {number + 1}: damaged ({error}); the gazetteer is as it was") from error


def places(path: Path) -> Iterator[Row]:
    """The rows of XX.txt, allCountries.txt, cities*.txt or their .zip."""
    for number, line in fields(path, 19):
        try:
            yield _place(line)
        except ValueError as error:
            raise GazetteerError(f"{path.name} line {number}: {error}; the gazetteer is as it was") from error


def _place(line: list[str]) -> Row:
    number, name, ascii_name, others, lat, lon, kind, code, country, _, admin1, admin2, *_ = line
    at = float(lat), float(lon)
    if not (abs(at[0]) <= 90 and abs(at[1]) <= 180 and name and int(number) > 0):
        raise ValueError(f"no place can be {name!r} at {lat}, {lon}")
    alternates = tuple(dict.fromkeys(o for o in (ascii_name, *others.split(",")) if o and o != name))
    population = int(line[14] or 0)
    codes = [part for part in (country, admin1, admin2) if part]
    unit = ".".join(codes[: 1 + bool(admin1) + bool(admin1 and admin2)]) if admin1 not in ("", "00") else country
    code = code or {"P": "PPL"}.get(kind, kind)
    return Row(
        id=int(number),
        key=None,
        name=name,
        code=code,
        lat=at[0],
        lon=at[1],
        uncertainty=city_extent(population) if kind == "P" else _REACH.get(kind, 2_000.0),
        method="point",
        country=country,
        unit=unit,
        population=population,
        timezone=line[17],
        names=tuple(other for other in alternates if filing.worth_showing(other)),
        folds=_filed(code, kind, name, alternates),
    )


def _filed(code: str, kind: str, name: str, others: tuple[str, ...]) -> dict[str, int]:
    if kind == "A":
        return filing.unit_folds([name], others)
    if code.startswith(_FACILITIES):
        return filing.facility_folds(name, others)
    return filing.folds(name, others)


def names(path: Path) -> Iterator[tuple[int, str, int]]:
    """GeoNames id, name and what it is to the place (:class:`Name`) of each line of alternateNames(V2).txt."""
    for number, line in fields(path, 10, 8):
        language, name = line[2], line[3]
        if language in _NO_NAMES or not name or "|" in name:
            continue
        if not line[1].isdecimal():
            raise GazetteerError(f"{path.name} line {number}: {line[1]!r} is no id; the gazetteer is as it was")
        yield int(line[1]), name, int(Name.CODE if language in _CODES else Name.ALTERNATE)


def units(path: Path, level: int) -> Iterator[Subdivision]:
    """The units of admin1CodesASCII.txt (level 1) or admin2Codes.txt (level 2)."""
    for number, (code, name, ascii_name, identifier) in fields(path, 4):
        if code.count(".") < level or not identifier.isdecimal():
            raise GazetteerError(
                f"{path.name} line {number}: {code!r} is no level-{level} code; the gazetteer is as it was"
            )
        yield Subdivision(int(identifier), code, name, (ascii_name,) if ascii_name != name else (), "", level)
