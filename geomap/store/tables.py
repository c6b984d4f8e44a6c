"""The tables: what is asked for has a column, what is only carried is JSON.

An incident's revisions are never changed once written: saving adds one. What a query may ask (which incidents, their
days and counts; which reports, by digest, outlet and address; which claims, by role, status, speaker and place; which
findings, by verdict; what lies within a box) stands in columns. The rest of each record, which is only ever read back
whole, is its ``payload``: JSON in a text column, for PostgreSQL's jsonb would reorder it and refuses some characters,
and nothing looks inside.

Texts and places are filed by their content, once for all incidents and revisions: a hundred revisions of an incident
hold each report's text once.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

from geomap.store.shape import Shape

HEAD = "0003"
"""The newest migration: a store of this version needs none."""

VERSION_TABLE = "geomap_version"
"""Where Alembic notes the version: a name of our own, for a shared database may hold another program's."""

metadata = MetaData()


def _box() -> tuple[Column[float], ...]:
    """The bounds of a row's shape in degrees: SQLite's index on where things lie."""
    return tuple(Column(side, Float) for side in ("west", "south", "east", "north"))


def _of_revision() -> tuple[Column[str] | Column[int] | ForeignKeyConstraint, ...]:
    """The key of a row that belongs to a revision, and goes with it."""
    return (
        Column("incident", String, primary_key=True),
        Column("revision", Integer, primary_key=True),
        Column("position", Integer, primary_key=True),
        ForeignKeyConstraint(["incident", "revision"], ["revision.incident", "revision.number"], ondelete="CASCADE"),
    )


incident = Table(
    "incident",
    metadata,
    Column("id", String, primary_key=True),
    Column("revision", Integer, nullable=False),
)

revision = Table(
    "revision",
    metadata,
    Column("incident", String, ForeignKey("incident.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("day", String),
    Column("updated", String, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("payload", Text, nullable=False),
)

report_text = Table(
    "report_text",
    metadata,
    Column("key", String, primary_key=True),
    Column("text", Text, nullable=False),
)

article = Table(
    "article",
    metadata,
    *_of_revision(),
    Column("id", Text, nullable=False),
    Column("text", String, ForeignKey("report_text.key"), nullable=False, index=True),
    Column("digest", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("published", String),
    Column("published_at", String),
    Column("updated", String),
    Column("updated_at", String),
    Column("url", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("body", Integer, nullable=False),
)

place = Table(
    "place",
    metadata,
    Column("key", String, primary_key=True),
    Column("gazetteer", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("country", Text, nullable=False),
    *_box(),
    Column("shape", Shape, nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_place_box", "west", "east", "south", "north"),
)

revision_place = Table(
    "revision_place",
    metadata,
    *_of_revision(),
    Column("place", String, ForeignKey("place.key"), nullable=False, index=True),
)

claim = Table(
    "claim",
    metadata,
    *_of_revision(),
    Column("id", Text, nullable=False),
    Column("article", Text, nullable=False),
    Column("role", String, nullable=False, index=True),
    Column("status", String, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("subject", String, ForeignKey("place.key"), index=True),
    Column("reference", String, ForeignKey("place.key"), index=True),
    Column("payload", Text, nullable=False),
)

site = Table(
    "site",
    metadata,
    *_of_revision(),
    Column("role", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("status", String, nullable=False),
    *_box(),
    Column("shape", Shape, nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_site_box", "west", "east", "south", "north"),
)

finding = Table(
    "finding",
    metadata,
    *_of_revision(),
    Column("claim", Text, nullable=False),
    Column("verdict", String, nullable=False),
    Column("percentile", Float),
    Column("payload", Text, nullable=False),
)

for _table in (place, site):
    # The GiST index of PostGIS; SQLite has the box's.
    Index(f"ix_{_table.name}_shape", _table.c.shape, postgresql_using="gist").ddl_if(dialect="postgresql")
