"""The incidents as views ask for them: from the store, with what a page shows of each kept ready."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Protocol

from flask import current_app

from geomap.config import Config
from geomap.model import Incident
from geomap.render.context import context
from geomap.render.export import Setting, dumps
from geomap.render.geojson import feature_collection
from geomap.store import Summary

KEPT = 32
"""Revisions of incidents that are kept ready."""
FILES = 64
"""Files of them, pictures above all, that are kept ready."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of an incident; ``updated`` tells it from another incident that had its id and number before."""

    id: str
    revision: int
    updated: dt.datetime


class Incidents(Protocol):
    """What the web asks of a store."""

    def list(self) -> Sequence[Summary]:
        """Every incident in short, the one saved last first."""
        ...

    def summary(self, id: str) -> Summary:
        """One incident in short; raises :class:`~geomap.errors.NotFound`."""
        ...

    def load(self, id: str, revision: int | None = None) -> Incident:
        """The incident as last saved or at a revision; raises :class:`~geomap.errors.NotFound`."""
        ...


class Shelf:
    """The store, opened when first asked, and its incidents as views need them: read once a revision."""

    def __init__(self, store: Callable[[], Incidents], config: Config) -> None:
        self._open = store
        self._config = config
        self._loaded = lru_cache(maxsize=KEPT)(self._load)
        self._shown = lru_cache(maxsize=KEPT)(self._context)
        self._mapped = lru_cache(maxsize=KEPT)(self._geojson)
        self._written = lru_cache(maxsize=FILES)(self._write)

    @cached_property
    def store(self) -> Incidents:
        """The store itself."""
        return self._open()

    def incident(self, id: str, revision: int | None = None) -> Incident:
        """An incident; raises :class:`~geomap.errors.NotFound`."""
        return self._loaded(self.edition(id, revision))

    def shown(self, id: str, revision: int | None = None) -> Mapping[str, Any]:
        """The variables of an incident's templates (see :func:`geomap.render.context.context`); do not change them."""
        return self._shown(self.edition(id, revision))

    def geojson(self, id: str, revision: int | None = None) -> str:
        """An incident as GeoJSON text."""
        return self._mapped(self.edition(id, revision))

    def file(self, edition: Edition, form: str, setting: Setting) -> bytes:
        """An incident as a file of a format of :data:`geomap.render.export.FORMATS`."""
        return self._written(edition, form, setting)

    def edition(self, id: str, revision: int | None = None) -> Edition:
        """Which state of an incident is asked for; raises :class:`~geomap.errors.NotFound` for an unknown incident."""
        summary = self.store.summary(id)
        return Edition(id, revision or summary.revision, summary.updated)

    def _load(self, edition: Edition) -> Incident:
        return self.store.load(edition.id, edition.revision)

    def _context(self, edition: Edition) -> Mapping[str, Any]:
        return context(self._loaded(edition), self._config.static, osm=self._config.osm_tiles)

    def _write(self, edition: Edition, form: str, setting: Setting) -> bytes:
        return dumps(self._loaded(edition), form, setting)

    def _geojson(self, edition: Edition) -> str:
        return json.dumps(feature_collection(self._loaded(edition)), ensure_ascii=False, separators=(",", ":"))


def shelf() -> Shelf:
    """The shelf of the app that serves this request."""
    found: Shelf = current_app.extensions["geomap-shelf"]
    return found
