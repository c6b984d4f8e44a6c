"""Storing: incidents in an embedded SQLite file or a shared PostgreSQL with PostGIS, behind one :class:`Store`."""

from geomap.store.database import Store
from geomap.store.merge import Merged, merge, successive
from geomap.store.summary import Bounds, Hit, Revision, Summary, Version

__all__ = ["Bounds", "Hit", "Merged", "Revision", "Store", "Summary", "Version", "merge", "successive"]
