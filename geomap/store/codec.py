"""Records as plain JSON values and back, by cattrs: ``structure(unstructure(x), type(x)) == x``.

Geometries become WKB in hexadecimal, which keeps every bit of every coordinate; dates ISO 8601; a claim's value is
tagged with its record's name. Fields are never left out for holding their default, so that a default may change
without changing what is stored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, get_args

import shapely
from cattrs.preconf.json import JsonConverter, make_converter
from shapely.geometry.base import BaseGeometry

from geomap.model import Place, Value

T = TypeVar("T")

_KINDS = {kind.__name__: kind for kind in get_args(Value)}
_TAG = "type"


class PlaceBook:
    """Places filed once each under a key made from their content.

    A big incident names the same few thousand places in a hundred thousand candidates: its records refer to them by
    key, and records that are loaded share them.
    """

    def __init__(self, filed: Mapping[str, Place] | None = None) -> None:
        self.filed: dict[str, Place] = dict(filed or {})
        self.texts: dict[str, str] = {}
        self._seen: dict[int, tuple[Place, str]] = {}
        self._named: dict[str, list[tuple[Place, str]]] = {}

    def file(self, place: Place) -> str:
        """The key of a place, which is filed if it is new."""
        if known := self._seen.get(id(place)):
            return known[1]
        namesakes = self._named.setdefault(place.key, [])
        key = next((key for other, key in namesakes if other == place), "")
        if not key:
            text = dumps(_PLAIN.unstructure(place))
            key = hashlib.sha256(text.encode()).hexdigest()[:32]
            self.filed[key] = place
            self.texts[key] = text
            namesakes.append((place, key))
        # The place is kept with its id, which Python would otherwise give to another object.
        self._seen[id(place)] = (place, key)
        return key


def converter(book: PlaceBook | None = None) -> JsonConverter:
    """A converter of all records; with a ``book``, places are written as its keys and read from it."""
    made = make_converter(detailed_validation=False)
    made.register_unstructure_hook_func(_is_geometry, _hex)
    made.register_structure_hook_func(_is_geometry, lambda value, _: shapely.from_wkb(value))
    for union in (Value, Value | None):
        made.register_unstructure_hook(union, _tagger(made))
        made.register_structure_hook(union, _untagger(made))
    if book is not None:
        made.register_unstructure_hook(Place, book.file)
        made.register_structure_hook(Place, lambda key, _: book.filed[key])
    return made


def unstructure(record: object) -> Any:
    """A record as dicts, lists, strings and numbers that JSON can hold."""
    return _PLAIN.unstructure(record)


def structure(data: Any, kind: type[T]) -> T:
    """The record of that kind in plain values. Raises ValueError, KeyError or TypeError where they hold none."""
    return _PLAIN.structure(data, kind)


def dumps(value: Any) -> str:
    """Plain values as the shortest JSON, in ASCII: no database minds any character of it."""
    return json.dumps(value, separators=(",", ":"))


def load_places(rows: Iterable[tuple[str, str]]) -> PlaceBook:
    """The book of the places stored as (key, JSON) rows."""
    return PlaceBook({key: structure(json.loads(text), Place) for key, text in rows})


def _is_geometry(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseGeometry)


def _hex(geometry: BaseGeometry) -> str:
    return shapely.to_wkb(geometry, hex=True)


def _tagger(made: JsonConverter) -> Callable[[Any], Any]:
    def tag(value: Any) -> Any:
        if value is None:
            return None
        return {_TAG: type(value).__name__, **made.unstructure(value, unstructure_as=type(value))}

    return tag


def _untagger(made: JsonConverter) -> Callable[[Any, Any], Any]:
    def untag(data: Any, _: Any) -> Any:
        return None if data is None else made.structure(data, _KINDS[data[_TAG]])

    return untag


_PLAIN = converter()
