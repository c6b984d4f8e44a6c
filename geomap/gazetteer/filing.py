"""Under which keys a place is filed, and what each name is to it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geomap.gazetteer.designators import core
from geomap.gazetteer.names import fold, is_latin, variants
from geomap.gazetteer.schema import Name

_CODE = re.compile(r"[A-Z]{2,4}")
_PARTICLE = re.compile(
    r"(?:al|el|ad|an|ar|as|ash|at|az|la|le|les|los|las|de|den|o|as|os|'s|ta|the)[\s\-'’]", re.IGNORECASE
)
_UNIT_WORDS = ("region", "district", "country")
_FACILITY_WORDS = ("airport", "crossing", "installation")


def folds(main: str, others: Iterable[str]) -> dict[str, int]:
    """Keys of a settlement or any place known by whole names: the main one, then the others."""
    filed: dict[str, int] = {}
    for other in others:
        if kind := _kind(other):
            for key in variants(other):
                filed[key] = min(kind, filed.get(key, kind))
    for key in variants(main):
        filed[key] = Name.MAIN
    return filed


def unit_folds(main: Iterable[str], others: Iterable[str]) -> dict[str, int]:
    """Keys of a subdivision: its names, and each of them without "region", "district", "oblast"."""
    first, *rest = main
    filed = folds(first, others)
    for name in rest:
        filed[fold(name)] = Name.MAIN
    for key, kind in tuple(filed.items()):
        if kind != Name.CODE:
            _add(filed, core(key, *_UNIT_WORDS), Name.CORE)
    for name in main:
        if ", " in name:
            head, _, tail = name.partition(", ")
            _add(filed, fold(f"{tail} {head}"), Name.ALTERNATE)
            _add(filed, fold(head), Name.CORE)
    return filed


def facility_folds(main: str, others: Iterable[str], *, city: str = "") -> dict[str, int]:
    """Keys of an airport, crossing or plant: its names, and each of them without what says so.

    The name of the ``city`` is taken off too: London Heathrow Airport is Heathrow.
    """
    filed = folds(main, others)
    town = fold(city)
    for key, kind in tuple(filed.items()):
        if kind == Name.CODE:
            continue
        for name in {key, key.removeprefix(f"{town} "), key.removesuffix(f" {town}")}:
            bare = core(name.removeprefix("airport "), *_FACILITY_WORDS)
            for short in (name, bare, bare.removesuffix(" international").removesuffix(" intl")):
                _add(filed, short, Name.FACILITY)
    return {key: kind for key, kind in filed.items() if key not in _BARE}


_BARE = frozenset(
    ("airport", "international", "international airport", "air base", "regional", "municipal", "national")
)
"""What is left of a facility's name where only the city was its own."""


def _add(filed: dict[str, int], key: str, kind: int) -> None:
    if len(key) > 1:
        filed.setdefault(key, kind)


def _kind(name: str) -> int | None:
    """What another name is, None for what a machine made of a foreign script ("ha er ke fu", "blgwrwd")."""
    if _CODE.fullmatch(name):
        return Name.CODE
    if name[:1].islower() and is_latin(name) and not _PARTICLE.match(name):
        return None
    return Name.ALTERNATE if len(name) > 1 else None


def worth_showing(name: str) -> bool:
    """Whether another name is one that people write, in any script."""
    return _kind(name) == Name.ALTERNATE


def slug(name: str, lat: str, lon: str) -> str:
    """An identifier for a place of our own that stays put while its row does."""
    return f"{fold(name).replace(' ', '-')}@{lat},{lon}"
