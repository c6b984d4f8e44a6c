"""What a careful reader takes from the incidents of tests/cases/incidents (the format: see the README there)."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "cases" / "incidents"

AT_LEAST = ("at least", "more than", "over", "no fewer than")
ABOUT = ("about", "around", "roughly", "some", "nearly", "almost", "approximately", "shortly after", "shortly before")
_HEDGE = re.compile(rf"^({'|'.join((*AT_LEAST, *ABOUT, 'up to'))})\s+")
_DISTANCE = re.compile(r"([\d.]+) (km|mi|nmi|m|ft)(?: ([nsew]{1,3}))?(?: \(([\d.]+) (km|mi|nmi|m|ft)\))?$")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that an answer may lie ``tolerance_m`` off; ``listed`` where an ordinary gazetteer has it."""

    name: str
    lon: float
    lat: float
    tolerance_m: float
    listed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reading; ``fields`` follow the role. ``kind`` is "must", "may" or "never"."""

    kind: str
    role: str
    fields: tuple[str, ...]

    def field(self, index: int) -> str:
        return self.fields[index] if index < len(self.fields) else ""

    def choices(self, index: int) -> tuple[str, ...]:
        return tuple(filter(None, self.field(index).split("/")))

    @property
    def shown(self) -> str:
        return " | ".join((self.role, *filter(None, self.fields)))


@dataclass(frozen=True, slots=True)
class Disagreement:
    about: str
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """One incident: its reports' paths and readings, by id, and what holds between them."""

    slug: str
    kind: str
    country: str
    date: dt.date
    holdout: bool
    site: Spot
    spots: Mapping[str, Spot]
    paths: tuple[Path, ...]
    lines: Mapping[str, tuple[Line, ...]]
    conflicts: tuple[Disagreement, ...]
    may_conflicts: frozenset[str]


def incidents(folder: Path = FOLDER) -> tuple[Gold, ...]:
    """Every incident, by its folder's name."""
    return tuple(load(path.parent) for path in sorted(folder.glob("*/expected.toml")))


def load(folder: Path) -> Gold:
    """The reading of one folder; raises ValueError where it names a place or a report that is not there."""
    raw = tomllib.loads((folder / "expected.toml").read_text("utf-8"))
    spots = {name: _spot(name, raw, "places") for name in raw["places"]}
    spots |= {name: _spot(name, raw, "unlisted") for name in raw.get("unlisted", {})}
    paths = tuple(sorted(folder.glob("*.txt")))
    lines = {
        id: tuple(_line(each) for each in text.splitlines() if each.strip()) for id, text in raw["reports"].items()
    }
    if [path.stem for path in paths] != sorted(lines):
        raise ValueError(f"{folder.name}: its reports and its readings are not the same")
    _check_places(folder.name, lines.values(), spots)
    return Gold(
        slug=folder.name,
        kind=raw["kind"],
        country=raw["country"],
        date=raw["date"],
        holdout=raw["holdout"],
        site=spots[raw["site"]],
        spots=spots,
        paths=paths,
        lines=lines,
        conflicts=tuple(Disagreement(each["about"], tuple(each["sides"])) for each in raw["conflicts"]),
        may_conflicts=frozenset(raw["may_conflicts"]),
    )


PLACE_FIELDS = {"distance": (1, 2), "route": (0, 1), "length": (), "time": (), "count": ()}
PLACE_FIELDS |= {"cause": (), "cargo": (), "weapon": ()}
"""Which fields of a line hold places; the first of any role not named here."""


def places_of(line: Line) -> tuple[int, ...]:
    return PLACE_FIELDS.get(line.role, (0,))


def _check_places(slug: str, readings: Any, spots: Mapping[str, Spot]) -> None:
    for line in (each for reading in readings for each in reading if each.kind == "must"):
        for name in (name for index in places_of(line) for name in line.choices(index)):
            if name not in spots:
                raise ValueError(f"{slug}: {name!r} is not among its places ({line.shown})")


def _spot(name: str, raw: Mapping[str, Any], table: str) -> Spot:
    lat, lon, km = raw[table][name]
    return Spot(name, lon, lat, km * 1000, table == "places")


def _line(text: str) -> Line:
    kind = "must"
    if text.startswith(("may:", "never:")):
        kind, text = text.split(":", 1)
    role, *fields = (part.strip() for part in text.split("|"))
    return Line(kind, role, tuple(fields))


@dataclass(frozen=True, slots=True)
class Quoted:
    quantity: float
    unit: str
    direction: str | None
    hedge: str
    conversion: tuple[float, str] | None


def quoted(text: str) -> Quoted:
    """ "about 45 km e (28 mi)" as numbers."""
    hedge, rest = hedged(text)
    match = _DISTANCE.match(rest)
    if not match:
        raise ValueError(f"no distance: {text!r}")
    other = (float(match[4]), match[5]) if match[4] else None
    return Quoted(float(match[1]), match[2], match[3], hedge, other)


def counted(text: str) -> tuple[int | None, tuple[str, ...], str]:
    """ "at least 9 killed" as the number, what may be counted, and the hedge's kind."""
    hedge, rest = hedged(text)
    number, _, of = rest.partition(" ")
    return (int(number) if number.isdigit() else None), tuple(of.split("/")), hedge


def hedged(text: str) -> tuple[str, str]:
    """The kind of a hedge ("least", "about", "most", "") and what follows it."""
    match = _HEDGE.match(text)
    return (hedge_kind(match[1]), text[match.end() :]) if match else ("", text)


def hedge_kind(word: str | None) -> str:
    if word in {None, "only", "within", "just"}:
        return ""
    return "least" if word in AT_LEAST else "most" if word in {"up to", "fewer than"} else "about"


def clock(text: str) -> dict[str, str]:
    """ "around 02:40 gmt 21:10 date 2031-02-11" by its parts; a first word with hyphens is a date."""
    hedge, rest = hedged(text)
    first, *more = rest.split()
    parts = {"date" if "-" in first else "local": first} | dict(zip(more[::2], more[1::2], strict=True))
    return parts | {"hedge": hedge}


def plain(text: str) -> str:
    """Letters without accents, case or marks, for comparing names."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(each for each in flat if not unicodedata.combining(each))))


def stems(text: str) -> frozenset[str]:
    """The words of a cause, a cargo or a weapon, cut to where their endings begin."""
    return frozenset(word.removesuffix("s")[:7] for word in plain(text).split() if len(word) > 2)


def shares(a: str, b: Sequence[str]) -> bool:
    return any(stems(a) & stems(each) for each in b)
