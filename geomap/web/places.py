"""Places by name, from the gazetteer of this machine: what a search field on a map offers."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from flask import current_app

from geomap import gazetteer
from geomap.errors import GazetteerError, NotFound
from geomap.gazetteer import SqliteGazetteer
from geomap.model import Place
from geomap.render import wording
from geomap.render.native import native
from geomap.web import schemas
from geomap.web.api import api

MOST = 10
"""Places in one answer."""
NEAR_DEGREES = 0.2
"""Two places of one name nearer than this are one to a reader: a city, and the unit that is nothing but the city."""


class Finder:
    """The gazetteer file, opened when first asked for a place."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _gazetteer(self) -> SqliteGazetteer:
        try:
            return gazetteer.open(self._path)
        except GazetteerError as error:  # a site without one still serves its incidents
            raise NotFound("this site has no gazetteer: run `make setup` where it is served") from error

    def find(self, letters: str, limit: int = MOST) -> list[Place]:
        """Places whose name starts with these letters, else those that are spelt most like them.

        Raises :class:`~geomap.errors.NotFound` where there is no gazetteer.
        """
        found = list(self._gazetteer.starting(letters, 2 * limit))
        found = found or [candidate.place for candidate in self._gazetteer.search(letters, limit)]
        kept: list[Place] = []
        for place in found:
            if not any(_same(place, other) for other in kept):
                kept.append(place)
        return kept[:limit]


def _same(one: Place, other: Place) -> bool:
    apart = max(abs(a - b) for a, b in zip(one.lonlat, other.lonlat, strict=True))
    return one.name == other.name and apart < NEAR_DEGREES


@api.get("/api/places")
@api.input(schemas.PlaceQuery, location="query", arg_name="query")
@api.output(schemas.Places)
@api.doc(responses=[404])
def places(query: dict[str, Any]) -> dict[str, Any]:
    """Places of the gazetteer whose name starts with the letters given; nothing is asked of anyone else."""
    finder: Finder = current_app.extensions["geomap-places"]
    return {"places": [_row(place) for place in finder.find(query["q"], query["limit"])]}


def _row(place: Place) -> dict[str, Any]:
    lon, lat = place.lonlat
    return {
        "key": place.key,
        "name": place.name,
        "native": native(place) or None,
        "kind": wording.place_kind(place.feature_code) or None,
        "within": ", ".join(dict.fromkeys(name for name in reversed(place.within) if name != place.name)),
        "country": place.country or None,
        "population": place.population or None,
        "lat": round(lat, 5),
        "lon": round(lon, 5),
    }
