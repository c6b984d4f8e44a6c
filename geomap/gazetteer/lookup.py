"""The gazetteer as the stages use it: names looked up in one SQLite file that is only read."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.errors import GazetteerError
from geomap.gazetteer import adjectives, fuzzy, schema
from geomap.gazetteer.designators import Reading, readings
from geomap.gazetteer.names import fold, variants
from geomap.gazetteer.schema import OTHERS, Name
from geomap.model import Candidate, Footprint, Place

_COLUMNS = "p.id, p.key, p.name, p.names, p.code, p.country, p.unit, p.lat, p.lon, p.uncertainty, p.method, p.population, p.timezone, p.shape"  # noqa: E501 one line reads best

SCORES = {
    Name.MAIN: (1.0, "its main name"),
    Name.FORM: (1.0, "an everyday form of its name"),
    Name.ALTERNATE: (0.9, "another name of it"),
    Name.CORE: (0.85, "its name without what kind of unit it is"),
    Name.SEAT: (0.75, "the name of the seat it is named after"),
    Name.DEMONYM: (0.7, "demonym"),
    Name.FACILITY: (0.6, "its name without what kind of facility it is"),
    Name.CODE: (0.5, "an abbreviation of it"),
}
"""How well each kind of name fits, and how that is said."""

BORROWED = 0.6
"""What another name scores that is the main name of a place not much smaller: Belgorod for Bilhorod-Dnistrovskyi."""

ARTICLES = frozenset({"al", "el", "an", "ar", "as", "ash", "at", "az", "ad"})
ARTICLED = frozenset("AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE".split())
"""Countries (ISO 3166) where places have an Arabic article that reports write or leave out."""
SHORTEST = 4
"""Letters of a name that is looked up with an article that it lacks."""

PART = 4
"""Letters of each part of a name that is read as two words, or as one."""

MOST = 200
"""The most places looked at for one name."""

_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}[A-Z]?|[A-Z]{2,3}")
_POSSESSIVE = re.compile(r"['’]s?$")

Found = dict[int, tuple[float, tuple[str, ...]]]
"""A score and the evidence for it, by the id of the place."""

P = ParamSpec("P")
T = TypeVar("T")


def _guarded(method: Callable[P, T]) -> Callable[P, T]:
    """Turn SQLite's errors into ours."""

    @wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(*args, **kwargs)
        except sqlite3.Error as error:
            raise GazetteerError(f"the gazetteer is damaged ({error}): run `geomap gazetteer build` again") from error

    return guarded


class SqliteGazetteer:
    """A gazetteer file opened to be read: a :class:`geomap.model.Gazetteer`, safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = schema.connect(path)
        self._lock = threading.Lock()
        self._candidates = lru_cache(maxsize=8192)(self._look_up)
        self._place = lru_cache(maxsize=8192)(self._read)
        self._unit = lru_cache(maxsize=8192)(self._read_unit)
        self._line = lru_cache(maxsize=256)(self._read_line)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def candidates(self, name: str) -> Sequence[Candidate]:
        """Every place of that name, best match first; see :meth:`geomap.model.Gazetteer.candidates`."""
        return self._candidates(" ".join(name.split()))

    def search(self, name: str, limit: int = 10) -> Sequence[Candidate]:
        """The ``limit`` likeliest places for a name typed by a person: the best fit first, then the largest."""
        return self.candidates(name)[:limit]

    def starting(self, letters: str, limit: int = 10) -> Sequence[Place]:
        """Places with a name that starts with these letters, for a person who is still typing.

        Those of which it is the main name come first, then the largest.
        """
        key = fold(letters)
        if not key:
            return ()
        rows = self._rows(
            "SELECT p.id FROM name n JOIN place p ON p.id = n.place WHERE n.fold >= ? AND n.fold < ? AND n.kind <= ?"
            " GROUP BY p.id ORDER BY min(n.kind) = ?, p.population DESC, p.id LIMIT ?",
            (key, key + chr(0x10FFFF), int(Name.ALTERNATE), int(Name.ALTERNATE), limit),
        )
        return [place for (number,) in rows if (place := self._place(number))]

    def place(self, key: str) -> Place | None:
        """The place filed under ``Place.key``, None where there is none."""
        source, _, identifier = key.partition(":")
        if source == "geonames" and identifier.isdecimal():
            return self._place(int(identifier))
        found = self._rows("SELECT id FROM place WHERE key = ?", (key,))
        return self._place(found[0][0]) if found else None

    def unit(self, code: str) -> Place | None:
        """The country or subdivision of that code ("RU", "RU.09", "RU.09.544704")."""
        number = self._unit(code)[0]
        return self._place(number) if number else None

    def border(self, key: str, other: str | None = None) -> BaseGeometry | None:
        """The line where the country ``key`` (alpha-2) meets ``other``, or its whole land border."""
        if other is not None:
            return self._line(*sorted((key, other)))
        found = self._rows("SELECT a, b FROM border WHERE (a = ?1 OR b = ?1) AND b <> ''", (key,))
        lines = [line for pair in found if (line := self._line(*pair))]
        return shapely.union_all(lines) if lines else None

    def coast(self, country: str) -> BaseGeometry | None:
        """The coastline of a country (alpha-2)."""
        return self._line(country, "")

    def label(self, place: Place) -> str:
        """The place with the units it lies in: "Yablonovo, Korochansky district, Belgorod region, Russia"."""
        return place.label

    def info(self) -> dict[str, str]:
        """What the file was built from and when: counts per source, versions, build date, dumps added."""
        return dict(self._rows("SELECT key, value FROM meta ORDER BY key"))

    # --- names -------------------------------------------------------------------------------------------------------

    def _look_up(self, name: str) -> tuple[Candidate, ...]:
        made = [
            Candidate(place, round(score, 4), evidence)
            for number, (score, evidence) in self._found(name).items()
            if (place := self._place(number))
        ]
        return tuple(sorted(made, key=lambda c: (-c.score, -_weight(c.place), c.place.key)))

    def _found(self, name: str) -> Found:
        keys = variants(name)
        if not keys:
            return {}
        found = self._as_written(name, keys)
        if not any(self._code(number).startswith(("PPL", "ADM", "PCL")) for number in found):
            found = self._articled(keys) | found
        if not found and "," in name:
            found = self._qualified(name)
        if not found and _POSSESSIVE.search(name):
            return self._found(_POSSESSIVE.sub("", name))
        return found or self._people(keys) or self._seats(keys) or self._respaced(keys) or self._mended(name, keys)

    def _people(self, keys: Sequence[str]) -> Found:
        """Read a plural as a demonym: Syrians as Syrian."""
        singular = [key[:-1] for key in keys if key.endswith("s")]
        rows = self._rows(
            f"SELECT place FROM name WHERE kind = {int(Name.DEMONYM)} AND fold IN ({','.join('?' * len(singular))})",  # noqa: S608
            singular,
        )
        return {number: (SCORES[Name.DEMONYM][0], (SCORES[Name.DEMONYM][1],)) for (number,) in rows}

    def _as_written(self, name: str, keys: Sequence[str]) -> Found:
        found = self._exact(keys, codes=name.isupper(), acronym=bool(_ACRONYM.fullmatch(name)))
        for key in keys:
            for reading in readings(key):
                self._read_core(reading, found, codes=name.isupper())
        return found

    def _articled(self, keys: Sequence[str]) -> Found:
        """Read a name with the Arabic article, without it, or with its other spelling: Hodeidah as El Hodeidah."""
        bare = dict.fromkeys(key.partition(" ")[2] if key.split(" ")[0] in ARTICLES else key for key in keys)
        read = [form for core in bare if len(core) >= SHORTEST for form in (core, f"al {core}", f"el {core}")]
        tried = [form for form in read if form not in keys]
        found = self._exact(tried, codes=False) if tried else {}
        return {
            number: (score * 0.95, (*evidence, "read with or without its article"))
            for number, (score, evidence) in found.items()
            if (place := self._place(number)) and place.country in ARTICLED
        }

    def _exact(self, keys: Sequence[str], *, codes: bool, acronym: bool = False) -> Found:
        marks = ",".join("?" * len(keys))
        rows = self._rows(
            f"SELECT n.place, min(n.kind), p.population, p.code LIKE 'PPL%' FROM name n JOIN place p ON p.id = n.place"  # noqa: S608 only marks
            f" WHERE n.fold IN ({marks}) AND n.kind <= ? GROUP BY n.place ORDER BY 2, 3 DESC LIMIT {MOST}",
            (*keys, int(Name.CODE) if codes else int(Name.FACILITY)),
        )
        owners = max((population for _, kind, population, settled in rows if settled and kind == Name.MAIN), default=-1)
        found: Found = {}
        for number, kind, population, settled in rows:
            score, evidence = SCORES[Name(kind)]
            if settled and acronym and kind <= Name.ALTERNATE and kind != Name.FORM:
                score, evidence = score * 0.5, "a name that is spelt so, but is no abbreviation"
            elif settled and kind == Name.ALTERNATE and 0 <= population < 10 * owners:
                score, evidence = BORROWED, "another name of it, and another place's main name"
            found[number] = (score, (evidence,))
        return found

    def _read_core(self, reading: Reading, found: Found, *, codes: bool) -> None:
        """Add the places named by the core of a reading, by how well its designator fits them."""
        for number, (score, evidence) in self._exact([reading.core], codes=codes).items():
            fit = reading.designator.fit(self._code(number))
            fits = fit > reading.designator.otherwise
            fitted = 0.97 * fit * max(score, 0.9) if fits else score * fit
            said = f"{'fits' if fits else 'does not fit'} {reading.words!r}"
            if fitted > found.get(number, (0.0,))[0]:
                found[number] = (fitted, (*evidence, said))

    def _qualified(self, name: str) -> Found:
        """Read "Springfield, Illinois": places of the first name, those inside the second before the rest."""
        head, _, tail = name.partition(",")
        around = [candidate.place for candidate in self.candidates(tail)[:10]]
        found: Found = {}
        for number, (score, evidence) in self._found(head).items():
            place = self._place(number)
            inside = next((unit for unit in around if place and place.lies_in(unit)), None)
            said = f"lies in {inside.name}" if inside else f"does not lie in {tail.strip()}"
            found[number] = (score if inside else score * 0.4, (*evidence, said))
        return found

    def _seats(self, keys: Sequence[str]) -> Found:
        """Read an adjective that no unit bears as that of a seat: Korochansky as Korocha."""
        found: Found = {}
        for key in keys:
            word = key.split()[0]
            for stem in sorted(adjectives.stems(word), key=len, reverse=True):
                rows = self._rows(
                    "SELECT DISTINCT fold, place FROM name WHERE fold >= ? AND fold < ? AND kind = 0 LIMIT 500",
                    (stem, stem + "{"),
                )
                for filed, number in rows:
                    if number < OTHERS and adjectives.named_after(word, filed) and len(filed) <= len(stem) + 4:
                        found.setdefault(number, (0.5, ("the seat that the adjective is made from",)))
        return found

    def _respaced(self, keys: Sequence[str]) -> Found:
        """Read one word as two, or two as one: Pagaralam as Pagar Alam."""
        read = {form: key for key in keys for form in _spacings(key) if form not in keys}
        if not self._exact(list(read), codes=False):
            return {}
        found: Found = {}
        for form, key in read.items():
            for number, (score, evidence) in self._exact([form], codes=False).items():
                found.setdefault(number, (score * 0.9, (*evidence, f"{key} read as {form}")))
        return found

    def _mended(self, name: str, keys: Sequence[str]) -> Found:
        """Places whose name is a slip or two away."""
        found: Found = {}
        for whole in keys:
            cores = [whole, *(reading.core for reading in readings(whole))]
            for key in cores:
                for known, distance in self._near(key).items():
                    mended = self._as_written(name, [whole.replace(key, known)]) or self._exact([known], codes=False)
                    for number, (score, evidence) in mended.items():
                        lowered = score * (0.8 if distance == 1 else 0.6)
                        if lowered > found.get(number, (0.0,))[0]:
                            found[number] = (lowered, (*evidence, f"{key} read as {known}"))
            if found:
                break
        return found

    def _near(self, key: str) -> dict[str, int]:
        if not fuzzy.SHORTEST <= len(key) <= fuzzy.LONGEST or not key.isascii():
            return {}
        hashes = tuple(fuzzy.probes(key))
        marks = ",".join("?" * len(hashes))
        known = {row[0] for row in self._rows(f"SELECT fold FROM half WHERE hash IN ({marks})", hashes)}  # noqa: S608
        swaps = tuple(fuzzy.swapped(key))
        marks = ",".join("?" * len(swaps))
        known |= {row[0] for row in self._rows(f"SELECT DISTINCT fold FROM name WHERE fold IN ({marks})", swaps)}  # noqa: S608
        return fuzzy.nearest(key, known)

    # --- rows --------------------------------------------------------------------------------------------------------

    @_guarded
    def _rows(self, query: str, values: Iterable[object] = ()) -> list[Any]:
        with self._lock:
            return self._db.execute(query, tuple(values)).fetchall()

    def _code(self, number: int) -> str:
        place = self._place(number)
        return place.feature_code if place else ""

    def _read(self, number: int) -> Place | None:
        rows = self._rows(f"SELECT {_COLUMNS} FROM place p WHERE p.id = ?", (number,))  # noqa: S608 our own columns
        if not rows:
            return None
        _, key, name, names, code, country, unit, lat, lon, reach, method, population, timezone, shape = rows[0]
        source, _, identifier = (key or f"geonames:{number}").partition(":")
        chain = _chain(unit)
        if shape is None:
            footprint = Footprint.point(lon, lat, reach, method)
        else:
            footprint = Footprint(shapely.from_wkb(shape), reach, method, (lon, lat))
        return Place(
            gazetteer=source,
            identifier=identifier,
            name=name,
            feature_code=code,
            footprint=footprint,
            country=country,
            admin=chain,
            within=tuple(self._unit(part)[1] for part in chain),
            names=tuple(names.split("|")) if names else (),
            population=population,
            timezone=timezone,
        )

    def _read_unit(self, code: str) -> tuple[int, str]:
        rows = self._rows(
            "SELECT id, name FROM place WHERE unit = ? AND (code LIKE 'ADM%' OR code LIKE 'PCL%')", (code,)
        )
        return rows[0] if rows else (0, code)

    def _read_line(self, one: str, other: str) -> BaseGeometry | None:
        rows = self._rows("SELECT shape FROM border WHERE (a, b) IN (VALUES (?1, ?2), (?2, ?1))", (one, other))
        return shapely.from_wkb(rows[0][0]) if rows else None


def _weight(place: Place) -> float:
    """What puts one place before another that a name fits as well: people, those of a subdivision counting a fifth."""
    return place.population * (0.2 if place.feature_code.startswith("ADM") else 1.0)


def _chain(unit: str) -> tuple[str, ...]:
    """The codes of the units around, outermost first: RU, RU.09, RU.09.544704."""
    parts = unit.split(".", 2) if unit else []
    return tuple(".".join(parts[: size + 1]) for size in range(len(parts)))


def _spacings(key: str) -> list[str]:
    """A key as one word, and parted into two."""
    whole = key.replace(" ", "")
    parted = (f"{whole[:at]} {whole[at:]}" for at in range(PART, len(whole) - PART + 1))
    return [whole, *parted] if 2 * PART <= len(whole) <= fuzzy.LONGEST else []
