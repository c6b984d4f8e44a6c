"""The incidents as views ask for them: from the store, with what a page shows of each kept ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Protocol

from flask import current_app

from geomap.config import Config
from geomap.model import Incident
from geomap.render.context import context
from geomap.store import Summary

KEPT = 32
"""Incidents whose page is kept ready."""


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
    """The store, opened when first asked, and the templates' variables for its incidents."""

    def __init__(self, store: Callable[[], Incidents], config: Config) -> None:
        self._open = store
        self._config = config
        self._kept = lru_cache(maxsize=KEPT)(self._context)

    @cached_property
    def store(self) -> Incidents:
        """The store itself."""
        return self._open()

    def shown(self, id: str, revision: int | None = None) -> Mapping[str, Any]:
        """The variables of an incident's templates (see :func:`geomap.render.context.context`); do not change them."""
        summary = self.store.summary(id)
        return self._kept(id, revision or summary.revision, summary.updated)

    def _context(self, id: str, revision: int, updated: dt.datetime) -> Mapping[str, Any]:
        """``updated`` tells an incident from another that had its id and number before."""
        return context(self.store.load(id, revision), self._config.static, osm=self._config.osm_tiles)


def shelf() -> Shelf:
    """The shelf of the app that serves this request."""
    found: Shelf = current_app.extensions["geomap-shelf"]
    return found
