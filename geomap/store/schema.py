"""Bringing a store to the version that this program knows."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, text

from geomap.errors import StoreError
from geomap.store.engine import IMMEDIATE
from geomap.store.tables import HEAD, VERSION_TABLE

LOCK = 0x67656F6D6170
"""The PostgreSQL advisory lock that writers take: "geomap" in ASCII."""


def bring_up(engine: Engine, shown: str) -> None:
    """Migrate the store to :data:`~geomap.store.tables.HEAD`, from nothing or from an older version.

    Raises :class:`~geomap.errors.StoreError` for a store of a newer version, and for an SQLite file that is another
    program's.
    """
    with engine.connect() as connection:
        if _version(connection, shown) == HEAD:
            return
    with engine.connect().execution_options(**{IMMEDIATE: True}) as connection, connection.begin():
        lock(connection)
        # Another process may have done it while this one waited.
        if _version(connection, shown) != HEAD:
            _migrate(connection, shown)


def lock(connection: Connection) -> None:
    """Let one writer at a time into a PostgreSQL store, until the transaction ends; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def _version(connection: Connection, shown: str) -> str:
    names = inspect(connection).get_table_names()
    if VERSION_TABLE in names:
        query = f"SELECT version_num FROM {VERSION_TABLE}"  # noqa: S608 (a constant of ours)
        return str(connection.execute(text(query)).scalar() or "")
    if names and connection.dialect.name == "sqlite":
        raise StoreError(f"{shown} is a database of another program; name another file")
    return ""


def _migrate(connection: Connection, shown: str) -> None:
    # Alembic takes 0.15 s to load, which a store that is up to date need not wait for.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "geomap.store:migrations")
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    version = _version(connection, shown)
    if version and version not in known:
        raise StoreError(f"{shown} was written by a newer geomap (version {version}); update geomap to read it")
    command.upgrade(config, "head")
