"""Opening a database, and its refusals as ours."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from geomap.errors import StoreError

IMMEDIATE = "geomap_immediate"
"""The execution option that makes SQLite take the write lock at once: two writers wait for each other instead of
failing half-way."""

_WAIT_MS = 15_000
"""How long a writer waits for another, in milliseconds."""


def connect(url: str) -> Engine:
    """An engine for a store's URL. Raises :class:`~geomap.errors.StoreError` for a URL that names none."""
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    return _postgresql(parsed)


@contextmanager
def refusals(shown: str, doing: str) -> Iterator[None]:
    """Turn what a database raises into one :class:`~geomap.errors.StoreError` that says what was being done."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError, UnicodeEncodeError) as error:
        raise StoreError(f"the store {shown} could not be {doing}: {_reason(error)}") from error


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        # A mangled URL may hold a password: it is not repeated.
        raise StoreError(f"the store's address is not a URL; {_FORMS}") from error
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreError(f"a store of kind {parsed.get_backend_name()!r:.60} is not known; {_FORMS}")
    return parsed


_FORMS = "write sqlite:///FILE or postgresql://USER@HOST/NAME"


def _sqlite(url: URL) -> Engine:
    if url.drivername not in {"sqlite", "sqlite+pysqlite"}:
        raise StoreError(f"the driver {url.drivername!r:.60} is not known; {_FORMS}")
    if url.database in {None, "", ":memory:"}:
        # One connection for every thread, or each would see an empty database of its own.
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        _make_folder(Path(str(url.database)), url)
        engine = create_engine(url, connect_args={"timeout": _WAIT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(url: URL) -> Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        import geoalchemy2  # noqa: F401  (an extra: plain users need no PostgreSQL)

        return create_engine(url, pool_pre_ping=True)
    except (ImportError, SQLAlchemyError) as error:
        raise StoreError(
            f"a PostgreSQL store needs more than is installed ({error}); pip install -r requirements-postgis.txt"
        ) from error


def _make_folder(file: Path, url: URL) -> None:
    if "uri" in url.query:
        return
    with refusals(f"{file}", "made"):
        file.parent.mkdir(parents=True, exist_ok=True)


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    # Our own BEGIN (below): the driver's would leave reads outside the transaction.
    connection.isolation_level = None
    for pragma in (f"busy_timeout={_WAIT_MS}", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}").close()
    _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log, in which readers need not wait for a writer.

    SQLite does not honour the busy timeout here: where several open a new file at once, all but one are refused.
    """
    deadline = time.monotonic() + _WAIT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(IMMEDIATE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _reason(error: Exception) -> str:
    text = str(getattr(error, "orig", None) or error)
    first = next((line.strip() for line in text.splitlines() if line.strip()), type(error).__name__)
    known = next((advice for sign, advice in _ADVICE.items() if sign in text), "")
    return f"{first[:200]}{'; ' if known else ''}{known}"


_ADVICE = {
    "unable to open database file": "check that the folder exists and may be written to",
    "readonly database": "check that the file and its folder may be written to",
    "file is not a database": "it is damaged or no store; restore a copy or name another file",
    "malformed": "it is damaged; restore a copy or name another file",
    "disk I/O error": "check the disk",
    "database is locked": "another program is writing to it; try again",
    "disk is full": "make room and try again",
    'extension "postgis"': "install PostGIS, or have an administrator run CREATE EXTENSION postgis",
    "Connection refused": "check that the server runs and the address is right",
}
