"""Run by Alembic: migrates over the connection that :mod:`geomap.store.schema` hands it, in its transaction."""

from __future__ import annotations

from alembic import context

from geomap.store.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
