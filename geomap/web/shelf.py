"""The incidents as views ask for them: from the store, with what a page shows of each kept ready."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Protocol

from flask import current_app

from geomap import asof
from geomap.archive import Assembling, as_known_at
from geomap.config import Config
from geomap.model import Incident
from geomap.render.abridged import MANY, abridged
from geomap.render.context import context
from geomap.render.export import Setting, dumps
from geomap.render.geojson import feature_collection
from geomap.store import Revision, Summary, Version
from geomap.tongue import spoken

KEPT = 32
"""Revisions of incidents that are kept ready, each in each language that was asked for."""
FILES = 64
"""Files of them, pictures above all, that are kept ready."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of an incident; ``updated`` tells it from another incident that had its id and number before."""

    id: str
    revision: int
    updated: dt.datetime
    at: dt.datetime | None = None
    """The stop (UTC) that it is set back to; None for all that is known."""


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

    def versions(self, id: str, article: str | None = None, *, revision: int | None = None) -> Sequence[Version]:
        """Every wording of a report, or of each; raises :class:`~geomap.errors.NotFound`."""
        ...

    def revisions(self, id: str) -> Sequence[Revision]:
        """Every revision of an incident, the first first."""
        ...


class Shelf:
    """The store, opened when first asked, and its incidents as views need them: read once a revision."""

    def __init__(self, store: Callable[[], Incidents], config: Config, pipeline: Assembling, many: int = MANY) -> None:
        self._open = store
        self._config = config
        self._pipeline = pipeline
        self._many = many
        self._loaded = lru_cache(maxsize=KEPT)(self._load)
        self._shown = lru_cache(maxsize=KEPT)(self._context)
        self._paged = lru_cache(maxsize=KEPT)(self._abridged)
        self._mapped = lru_cache(maxsize=KEPT)(self._geojson)
        self._wordings = lru_cache(maxsize=KEPT)(self._versions)
        self._written = lru_cache(maxsize=FILES)(self._write)

    @cached_property
    def store(self) -> Incidents:
        """The store itself."""
        return self._open()

    def incident(self, id: str, revision: int | None = None, at: dt.datetime | None = None) -> Incident:
        """An incident; raises :class:`~geomap.errors.NotFound`, and BadInput for a moment before its first report."""
        return self._loaded(self.edition(id, revision, at))

    def shown(
        self, id: str, revision: int | None = None, at: dt.datetime | None = None, *, names: str = ""
    ) -> Mapping[str, Any]:
        """The variables of an incident's templates (see :func:`geomap.render.context.context`); do not change them.

        They are in the language spoken; ``names`` is that of the names on the map where it is another.
        """
        return self._shown(self.edition(id, revision, at), spoken().code, names or spoken().code)

    def page(self, id: str, revision: int | None = None, at: dt.datetime | None = None) -> Mapping[str, Any]:
        """The same for the incident's own page, which is abridged where there are very many claims."""
        return self._paged(self.edition(id, revision, at), spoken().code)

    def geojson(self, id: str, revision: int | None = None, at: dt.datetime | None = None) -> str:
        """An incident as GeoJSON text."""
        return self._mapped(self.edition(id, revision, at))

    def wordings(self, id: str, revision: int | None = None) -> Sequence[Version]:
        """Every wording of each report up to a revision, in the order they were saved."""
        return self._wordings(self.edition(id, revision))

    def file(self, edition: Edition, form: str, setting: Setting) -> bytes:
        """An incident as a file of a format of :data:`geomap.render.export.FORMATS`."""
        return self._written(edition, form, setting)

    def edition(self, id: str, revision: int | None = None, at: dt.datetime | None = None) -> Edition:
        """Which state of an incident is asked for; raises :class:`~geomap.errors.NotFound` for an unknown incident.

        Moments between two stops are one state. Raises :class:`~geomap.errors.BadInput` for one before the first.
        """
        summary = self.store.summary(id)
        found = Edition(id, revision or summary.revision, summary.updated)
        return found if at is None else replace(found, at=self._stop(found, at))

    def _stop(self, edition: Edition, at: dt.datetime) -> dt.datetime:
        wordings = [each.article for each in self._wordings(edition)]
        asof.known_at(wordings, at)
        return max(stop.moment for stop in asof.stops(wordings) if stop.moment <= at)

    def _versions(self, edition: Edition) -> Sequence[Version]:
        return self.store.versions(edition.id, revision=edition.revision)

    def _load(self, edition: Edition) -> Incident:
        if edition.at is None:
            return self.store.load(edition.id, edition.revision)
        return as_known_at(self.store, self._pipeline, edition.id, edition.at, edition.revision)

    def _context(self, edition: Edition, _language: str, names: str) -> Mapping[str, Any]:
        return context(self._loaded(edition), self._config.static, osm=self._config.osm_tiles, names=names)

    def _abridged(self, edition: Edition, language: str) -> Mapping[str, Any]:
        shown = self._shown(edition, language, language)
        return abridged(shown) if len(shown["doc"]["claims"]) > self._many else shown

    def _write(self, edition: Edition, form: str, setting: Setting) -> bytes:
        return dumps(self._loaded(edition), form, setting)

    def _geojson(self, edition: Edition) -> str:
        return json.dumps(feature_collection(self._loaded(edition)), ensure_ascii=False, separators=(",", ":"))


def shelf() -> Shelf:
    """The shelf of the app that serves this request."""
    found: Shelf = current_app.extensions["geomap-shelf"]
    return found
