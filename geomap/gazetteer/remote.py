"""A remote geocoder behind the local gazetteer: asked only for names that the local one does not know; never needed.

Answers are kept on disk. At most one request a second is made; after :data:`FAILURES` in a row no more are, for the
rest of the process.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geopy.exc import GeopyError  # type: ignore[import-untyped]  # ships no types
from geopy.geocoders import Nominatim, Pelias, Photon  # type: ignore[import-untyped]  # ships no types
from shapely.geometry.base import BaseGeometry

from geomap.errors import BadInput, RemoteError
from geomap.gazetteer import measure
from geomap.gazetteer.fetch import AGENT
from geomap.gazetteer.names import fold
from geomap.model import Candidate, Footprint, Gazetteer, Place

if TYPE_CHECKING:
    from geomap.config import Config

FAILURES = 3
"""Failures in a row after which the geocoder is left alone."""

PAUSE = 1.0
"""Seconds between two requests: what Nominatim's usage policy asks."""

SCORE = 0.5
"""What a remote answer scores at best: the service's own ranking says nothing of how well the name fits."""

_MOST = 5
_TIMEOUT = 10
_LOG = logging.getLogger("geomap")

_CODES = {
    "country": "PCLI", "state": "ADM1", "region": "ADM1", "province": "ADM1", "county": "ADM2", "district": "ADM2",
    "municipality": "ADM2", "city": "PPL", "town": "PPL", "village": "PPL", "hamlet": "PPL", "locality": "PPL",
    "suburb": "PPLX", "neighbourhood": "PPLX", "aerodrome": "AIRP", "river": "STM", "lake": "LK", "peak": "MT",
    "island": "ISL", "localadmin": "ADM2", "macroregion": "RGN", "macrocounty": "ADM2",
}  # fmt: skip
"""GeoNames' feature codes for what OpenStreetMap and Pelias call things."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One place of a geocoder's answer; ``bounds`` are west, south, east, north, or None."""

    identifier: str
    name: str
    lon: float
    lat: float
    kind: str
    country: str
    bounds: tuple[float, float, float, float] | None

    def place(self, service: str) -> Place:
        """The answer as a place: its extent from the bounds, 5 km where there are none."""
        reach = 5_000.0
        if self.bounds:
            west, south, east, north = self.bounds
            corners = ((west, south), (west, north), (east, south), (east, north))
            reach = max(100.0, *(measure.metres(self.lon, self.lat, *corner) for corner in corners))
        return Place(
            gazetteer=service,
            identifier=self.identifier,
            name=self.name,
            feature_code=_CODES.get(self.kind, ""),
            footprint=Footprint.point(self.lon, self.lat, reach, "geocoder"),
            country=self.country,
            admin=(self.country,) if self.country else (),
            within=(self.country,) if self.country else (),
        )


Ask = Callable[[str], Sequence[Answer]]
"""Asks a service for a name; raises :class:`~geopy.exc.GeopyError` where it does not answer."""


def behind(local: Gazetteer, config: Config) -> RemoteGazetteer:
    """The geocoder that the settings name, behind ``local``; its answers are kept in ``geocoder.db`` with the data.

    Raises :class:`~geomap.errors.BadInput` for a service that there is none of.
    """
    ask = service(config.geocoder, config.geocoder_url)
    return RemoteGazetteer(local, ask, name=config.geocoder, cache=Cache(config.data / "geocoder.db"))


def service(name: str, url: str = "") -> Ask:
    """What asks "nominatim", "photon" or "pelias", at ``url`` or where it is at home (Pelias has no home)."""
    parts = urlsplit(url)
    given: dict[str, Any] = {"user_agent": AGENT, "timeout": _TIMEOUT}
    if url:
        given |= {"domain": f"{parts.netloc}{parts.path}".rstrip("/"), "scheme": parts.scheme}
    if name == "nominatim":
        nominatim = Nominatim(**given)
        return lambda text: [
            _nominatim(found.raw)
            for found in nominatim.geocode(text, exactly_one=False, limit=_MOST, addressdetails=True, language="en")
            or ()
        ]
    if name == "photon":
        photon = Photon(**given)
        return lambda text: [
            _feature(found.raw) for found in photon.geocode(text, exactly_one=False, limit=_MOST, language="en") or ()
        ]
    if name == "pelias" and url:
        pelias = Pelias(**given)
        return lambda text: [_feature(found.raw) for found in pelias.geocode(text, exactly_one=False) or ()][:_MOST]
    wanted = "give GEOMAP_GEOCODER_URL" if name == "pelias" else "use nominatim, photon or pelias"
    raise BadInput(f"the geocoder {name!r} cannot be used: {wanted}")


def _nominatim(raw: dict[str, Any]) -> Answer:
    south, north, west, east = (float(side) for side in raw["boundingbox"])
    return Answer(
        identifier=f"{raw.get('osm_type', 'place')}/{raw.get('osm_id', raw.get('place_id'))}",
        name=str(raw.get("name") or raw["display_name"].split(",")[0]),
        lon=float(raw["lon"]),
        lat=float(raw["lat"]),
        kind=str(raw.get("addresstype") or raw.get("type") or ""),
        country=str(raw.get("address", {}).get("country_code", "")).upper(),
        bounds=(west, south, east, north),
    )


def _feature(raw: dict[str, Any]) -> Answer:
    """Photon's and Pelias's answers are GeoJSON features."""
    properties = raw["properties"]
    lon, lat = raw["geometry"]["coordinates"][:2]
    extent = properties.get("extent")
    bounds = (extent[0], extent[3], extent[2], extent[1]) if extent else raw.get("bbox")
    return Answer(
        identifier=str(properties.get("gid") or f"{properties.get('osm_type', '')}/{properties.get('osm_id', '')}"),
        name=str(properties.get("name", "")),
        lon=float(lon),
        lat=float(lat),
        kind=str(properties.get("layer") or properties.get("osm_value") or properties.get("type") or ""),
        country=str(properties.get("countrycode") or properties.get("country_code") or "").upper(),
        bounds=tuple(bounds) if bounds else None,
    )


class Cache:
    """Answers on disk, by service and folded name; an empty answer is one too."""

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, check_same_thread=False)
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS answer (service TEXT, name TEXT, found TEXT, PRIMARY KEY (service, name))"
            )
        except (OSError, sqlite3.Error) as error:
            raise RemoteError(f"the geocoder's answers cannot be kept at {path} ({error})") from error
        self._lock = threading.Lock()

    def read(self, service: str, name: str) -> list[Answer] | None:
        """What was answered before, None where nothing was asked."""
        with self._lock:
            row = self._db.execute(
                "SELECT found FROM answer WHERE service = ? AND name = ?", (service, fold(name))
            ).fetchone()
        if row is None:
            return None
        made = [dict(entry) for entry in json.loads(row[0])]
        return [Answer(**entry | {"bounds": tuple(entry["bounds"]) if entry["bounds"] else None}) for entry in made]

    def write(self, service: str, name: str, found: Sequence[Answer]) -> None:
        """Keep an answer."""
        text = json.dumps([{key: getattr(answer, key) for key in Answer.__slots__} for answer in found])
        with self._lock, self._db:
            self._db.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (service, fold(name), text))


class RemoteGazetteer:
    """The local gazetteer, and the remote one for names that it has no candidate for."""

    def __init__(
        self,
        local: Gazetteer,
        ask: Ask,
        *,
        name: str,
        cache: Cache,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._local, self._ask, self._name, self._cache = local, ask, name, cache
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._last: float | None = None
        self._failures = 0
        self._places: dict[str, Place] = {}

    def candidates(self, name: str) -> Sequence[Candidate]:
        """The local gazetteer's candidates; only where there are none, the remote one's."""
        found = self._local.candidates(name)
        if found or not fold(name):
            return found
        places = self._found(name)
        self._places |= {place.key: place for place in places}
        return [Candidate(place, SCORE - 0.01 * at, (f"found by {self._name}",)) for at, place in enumerate(places)]

    def place(self, key: str) -> Place | None:
        """The place of that key, among the local ones or those found remotely in this process."""
        return self._local.place(key) or self._places.get(key)

    def border(self, key: str, other: str | None = None) -> BaseGeometry | None:
        """The local gazetteer's border."""
        return self._local.border(key, other)

    def coast(self, country: str) -> BaseGeometry | None:
        """The local gazetteer's coast."""
        return self._local.coast(country)

    def _found(self, name: str) -> list[Place]:
        known = self._cache.read(self._name, name)
        if known is not None:
            return [answer.place(self._name) for answer in known]
        with self._lock:
            if self._failures >= FAILURES:
                return []
            self._wait()
            try:
                found = self._ask(name)
                places = [answer.place(self._name) for answer in found]
            except (GeopyError, KeyError, TypeError, ValueError) as error:
                self._failed(error)
                return []
            self._failures = 0
        self._cache.write(self._name, name, found)
        return places

    def _wait(self) -> None:
        if self._last is not None and (left := self._last + PAUSE - self._clock()) > 0:
            self._sleep(left)
        self._last = self._clock()

    def _failed(self, error: Exception) -> None:
        self._failures += 1
        if self._failures == FAILURES:
            _LOG.warning("the geocoder %s failed %d times (%s): it is off from here on", self._name, FAILURES, error)
