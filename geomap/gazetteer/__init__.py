"""Places by name: built once into one SQLite file, looked up without the network."""

from __future__ import annotations

from pathlib import Path

from geomap.gazetteer.adding import Added, add
from geomap.gazetteer.build import build
from geomap.gazetteer.lookup import SqliteGazetteer

__all__ = ["Added", "SqliteGazetteer", "add", "build", "open"]


def open(path: Path) -> SqliteGazetteer:
    """The gazetteer file at ``path``, opened to be read.

    Raises :class:`~geomap.errors.GazetteerError` where it is missing, damaged or of another version.
    """
    return SqliteGazetteer(Path(path))
