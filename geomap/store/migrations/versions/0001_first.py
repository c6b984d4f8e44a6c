"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from geomap.store.shape import Shape

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of an empty store."""
    postgis = op.get_context().dialect.name == "postgresql"
    if postgis:
        op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    _incidents()
    _contents()
    _records()
    for table in ("place", "site"):
        op.create_index(f"ix_{table}_box", table, ["west", "east", "south", "north"])
        if postgis:
            op.create_index(f"ix_{table}_shape", table, ["shape"], postgresql_using="gist")


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_table(
        "revision",
        sa.Column("incident", sa.String, sa.ForeignKey("incident.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("day", sa.String),
        sa.Column("updated", sa.String, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )


def _contents() -> None:
    op.create_table(
        "report_text",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "place",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("gazetteer", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        *_box(),
        sa.Column("shape", Shape, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )


def _records() -> None:
    _create(
        "article",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("text", sa.String, sa.ForeignKey("report_text.key"), nullable=False, index=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("published", sa.String),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("body", sa.Integer, nullable=False),
    )
    _create("revision_place", sa.Column("place", sa.String, sa.ForeignKey("place.key"), nullable=False, index=True))
    _create(
        "claim",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("role", sa.String, nullable=False, index=True),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("speaker", sa.Text, nullable=False),
        sa.Column("subject", sa.String, sa.ForeignKey("place.key"), index=True),
        sa.Column("reference", sa.String, sa.ForeignKey("place.key"), index=True),
        sa.Column("payload", sa.Text, nullable=False),
    )
    _create(
        "site",
        sa.Column("role", sa.String, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        *_box(),
        sa.Column("shape", Shape, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    _create(
        "finding",
        sa.Column("claim", sa.Text, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("percentile", sa.Float),
        sa.Column("payload", sa.Text, nullable=False),
    )


def _box() -> tuple[sa.Column[float], ...]:
    return tuple(sa.Column(side, sa.Float) for side in ("west", "south", "east", "north"))


def _create(name: str, *columns: sa.Column[Any]) -> None:
    """A table whose rows belong to a revision and go with it."""
    op.create_table(
        name,
        sa.Column("incident", sa.String, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.ForeignKeyConstraint(["incident", "revision"], ["revision.incident", "revision.number"], ondelete="CASCADE"),
        *columns,
    )
