"""Places mentioned when there are very many: as columns for the page's scripts, not as a record and an element each.

What would be megabytes of repeated keys and markup is a few dozen bytes a place. The scripts draw them as dots on one
canvas (static/js/crowd.js) and write their rows when a reader asks for them (static/js/listed.js).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from geomap.render.geojson import Json

MANY = 400
"""From here on, the places mentioned are a crowd: a symbol and a row each would be slow."""
LISTED = 200
"""How many of a crowd a page lists by itself."""
DECIMALS = 4
"""Of a degree: 11 m, less than a dot on any map."""


Item = TypeVar("Item", bound=Hashable)


def crowd(document: Json) -> Sequence[Json]:
    """The entries of a view document that are shown as a crowd: all places mentioned, or none where they are few."""
    mentioned: list[Json] = document.get("mentioned", [])
    return mentioned if len(mentioned) > MANY else ()


def columns(entries: Sequence[Json]) -> Json:
    """Their columns, one item an entry: ``number`` in the entry's id, ``name``, ``native``, ``lonlat`` (degrees).

    ``kind``, ``within`` and ``outlets`` are numbers of items in ``kinds``, ``withins`` and ``outletses``: few differ.
    """
    kinds, kind = _numbered(entry["kind"] for entry in entries)
    withins, within = _numbered(entry["within"] for entry in entries)
    outletses, outlets = _numbered(tuple(entry["outlets"]) for entry in entries)
    return {
        "number": [int(entry["id"].partition("-")[2] or 1) for entry in entries],
        "name": [entry["name"] for entry in entries],
        "native": [entry["native"] for entry in entries],
        "lonlat": [round(degrees, DECIMALS) for entry in entries for degrees in entry["lonlat"]],
        "kinds": kinds,
        "kind": kind,
        "withins": withins,
        "within": within,
        "outletses": outletses,
        "outlets": outlets,
    }


def _numbered(items: Iterable[Item]) -> tuple[list[Item], list[int]]:
    known: dict[Item, int] = {}
    numbers = [known.setdefault(item, len(known)) for item in items]
    return list(known), numbers
