"""First- and second-level subdivisions: their names, their seats, and where they lie.

The lists give subdivisions no coordinates. A unit is placed from its settlements where at least three are filed under
it, else from its seat, else from the few settlements it has, else from the unit it lies in; ``method`` says which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import shapely

from geomap.gazetteer import filing, measure, sources
from geomap.gazetteer.adjectives import is_adjective, seat_stems, skeleton, stems
from geomap.gazetteer.designators import core
from geomap.gazetteer.names import fold, is_latin
from geomap.gazetteer.schema import Name, Row
from geomap.gazetteer.sources import Subdivision

SEAT_UNCERTAINTY = 30_000.0
"""How far a second-level unit reaches from its seat, in metres: half its neighbour's distance where districts are 50 to
60 km across, as Russia's and Ukraine's are."""

_ENGLISH = (
    (re.compile(r"^(.+?) (?:oblast['’]?|obl\.?|region)$", re.IGNORECASE), "{} region"),
    (re.compile(r"^(.+?) (?:rayon|raion|district)$", re.IGNORECASE), "{} district"),
    (re.compile(r"^(.+?) (?:kray|krai)$", re.IGNORECASE), "{} krai"),
)
_URBAN = re.compile(r"\b(?:urban|city|gorodskoy)\b", re.IGNORECASE)
_FOREIGN = re.compile(r"\b(?:oblast['’]?|rayon|raion|kray|krai)$", re.IGNORECASE)


class Settlements:
    """Cities by the units they lie in, with the stems that adjectives would keep of their names."""

    def __init__(self, cities: Iterable[Row]) -> None:
        self.by_unit: dict[str, list[Row]] = defaultdict(list)
        self.in_first: dict[str, list[Row]] = defaultdict(list)
        self.seats: set[int] = set()
        """Ids of the settlements that we, not the lists, filed under the unit they are the seat of."""
        self._names: dict[str, dict[str, Row]] = {}
        self._stems: dict[str, dict[str, Row]] = {}
        for city in cities:
            self.by_unit[city.unit].append(city)
            self.in_first[first_level(city.unit)].append(city)

    def of(self, code: str, level: int) -> Sequence[Row]:
        """The settlements filed under a unit."""
        return (self.in_first if level == 1 else self.by_unit).get(code, ())

    def seat(self, code: str, level: int, cores: Iterable[str]) -> Row | None:
        """The settlement in the same first-level unit whose name, or whose adjective, one of ``cores`` is."""
        first = first_level(code)
        known = self._named(first)
        adjectives = [name for name in cores if is_adjective(name)]
        for name in cores:
            if name in known and name not in adjectives:
                return known[name]
        by_stem = self._stemmed(first) if adjectives else {}
        for name in adjectives:
            found = [by_stem[stem] for stem in stems(name) if stem in by_stem]
            if found:
                return max(found, key=lambda row: row.population)
        for name in adjectives:
            if name in known:
                return known[name]
        largest = max(self.in_first.get(first, ()), key=lambda row: row.population, default=None)
        if level == 1 and largest and any(skeleton(name) == skeleton(fold(largest.name)) for name in adjectives):
            return largest
        return None

    def _named(self, first: str) -> dict[str, Row]:
        if first not in self._names:
            known = self._names[first] = {}
            for city in sorted(self.in_first.get(first, ()), key=lambda row: -row.population):
                for name in city.folds or ():
                    if name.isascii():
                        known.setdefault(name, city)
        return self._names[first]

    def _stemmed(self, first: str) -> dict[str, Row]:
        if first not in self._stems:
            known = self._stems[first] = {}
            for name, city in self._named(first).items():
                for stem in seat_stems(name):
                    if stem not in known or known[stem].population < city.population:
                        known[stem] = city
        return self._stems[first]


def first_level(code: str) -> str:
    """The first-level part of a unit's code: "RU.09" of "RU.09.544704"."""
    return ".".join(code.split(".", 2)[:2])


def rows(units: Iterable[Subdivision], settlements: Settlements, countries: dict[str, Row]) -> list[Row]:
    """Every subdivision as a row, first level first; seats are filed under the units they are the seat of."""
    made: dict[str, Row] = dict(countries)
    points = sources.points()
    ordered = sorted(units, key=lambda unit: (unit.level, unit.code))
    for unit in ordered:
        code = unit.code
        main = [english(unit), unit.name] if english(unit) != unit.name else [unit.name]
        filed = filing.unit_folds(main, unit.others)
        cores = [core(key, "region", "district") for key, kind in filed.items() if kind != Name.CODE]
        seat = settlements.seat(code, unit.level, dict.fromkeys(cores))
        if seat and unit.level > 1 and _elsewhere(seat, unit, settlements):
            seat = None  # another unit's town that bears the name: Jackson is not the seat of every Jackson County
        if seat and unit.level == 1 and any(map(is_adjective, cores)):
            filed.setdefault(fold(seat.name), Name.SEAT)
            if is_adjective(fold(main[0]).split(" ")[0]) and _FOREIGN.search(unit.name):
                main.insert(0, f"{seat.name} region" if "oblast" in fold(unit.name) else f"{seat.name} krai")
                filed[fold(main[0])] = Name.MAIN
        if seat and unit.level == 2 and seat.unit == first_level(code):
            seat.unit = code
            settlements.seats.add(seat.id)
            settlements.by_unit[code].append(seat)
        around = made.get(code.rsplit(".", 1)[0])
        inside = settlements.of(code, unit.level)
        at = placed(inside, seat, unit.level, around, points.get(code))
        made[code] = _row(unit, main, filed, inside, at)
    return [row for code, row in made.items() if code not in countries]


def _elsewhere(seat: Row, unit: Subdivision, settlements: Settlements) -> bool:
    """Whether the lists file a would-be seat under another unit of the level."""
    filed = seat.unit not in (first_level(unit.code), unit.code) and seat.id not in settlements.seats
    return filed and not _URBAN.search(unit.name)


def english(unit: Subdivision) -> str:
    """A unit's name in everyday English where it is romanised: "Korochansky district", "Kharkiv region".

    An adjective of a first-level unit gives way to a name that is none: Kharkiv Oblast before Kharkivska oblast.
    """
    if not _FOREIGN.search(unit.name):
        return unit.name
    latin = [other for other in unit.others if is_latin(other)]
    english_ones = [other for other in latin if not _FOREIGN.search(other)]
    plain = [other for other in latin if unit.level == 1 and not is_adjective(fold(other).split(" ")[0])]
    own = [] if is_adjective(fold(unit.name).split(" ")[0]) else [unit.name]
    for name in (*own, *english_ones, *plain, unit.name):
        for pattern, form in _ENGLISH:
            if match := pattern.match(name):
                return form.format(match[1].replace("’", ""))
    return unit.name


def _row(
    unit: Subdivision,
    main: list[str],
    filed: dict[str, int],
    inside: Sequence[Row],
    at: tuple[float, float, float, str, bytes | None],
) -> Row:
    lon, lat, reach, method, shape = at
    return Row(
        id=unit.geonameid,
        key=None,
        name=main[0],
        code=f"ADM{unit.level}",
        lat=lat,
        lon=lon,
        uncertainty=reach,
        method=method,
        country=unit.code[:2],
        unit=unit.code,
        population=sum(row.population for row in inside),
        timezone=max(inside, key=lambda row: row.population).timezone if inside else "",
        shape=shape,
        names=(*main[1:], *(other for other in unit.others if filing.worth_showing(other))),
        folds=filed,
    )


def placed(
    inside: Sequence[Row], seat: Row | None, level: int, parent: Row | None, centre: tuple[float, float] | None = None
) -> tuple[float, float, float, str, bytes | None]:
    """Longitude, latitude, uncertainty in metres, method and shape (WKB) of a unit, about ``centre``."""
    hull = measure.hull([(row.lon, row.lat) for row in inside])
    if hull is not None:
        lon, lat, reach = measure.circle(hull, centre)
        return lon, lat, reach * 1.1 + 5_000.0, "settlements", shapely.to_wkb(hull)
    at = seat or max(inside, key=lambda row: row.population, default=None)
    if at is not None:
        spread = max((measure.metres(at.lon, at.lat, row.lon, row.lat) for row in inside), default=0.0)
        reach = SEAT_UNCERTAINTY if level > 1 else 3 * SEAT_UNCERTAINTY
        reach = min(reach, parent.uncertainty) if parent else reach
        return at.lon, at.lat, max(reach, spread * 1.5), "seat" if seat else "settlements", None
    if parent is not None:
        return parent.lon, parent.lat, parent.uncertainty, "parent", None
    return 0.0, 0.0, 20_004_000.0, "unknown", None


def lone(unit: Subdivision, around: Row | None) -> Row:
    """A subdivision that is known by its name and code alone, placed where the unit around it is."""
    main = list(dict.fromkeys((english(unit), unit.name)))
    return _row(unit, main, filing.unit_folds(main, unit.others), (), placed((), None, unit.level, around))


def file_by_nearest(rows: Iterable[Row], cities: Sequence[Row]) -> None:
    """File places that name no unit under the first-level unit of the nearest settlement of their country."""
    tree = shapely.STRtree([shapely.Point(city.lon, city.lat) for city in cities])
    lost = [row for row in rows if row.country and (row.unit == row.country or not row.timezone)]
    nearest = tree.query_nearest([shapely.Point(row.lon, row.lat) for row in lost], all_matches=False)
    for at, found in zip(*nearest, strict=True):
        row, city = lost[at], cities[found]
        row.timezone = row.timezone or city.timezone
        if row.unit == row.country == city.country and measure.metres(row.lon, row.lat, city.lon, city.lat) < _NEAR:
            row.unit = first_level(city.unit)


_NEAR = 50_000.0
"""Beyond this many metres the nearest settlement says nothing of the unit a place lies in."""
