"""The moment a report was published, beside its day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give every report room for its hour; those stored so far have none."""
    op.add_column("article", sa.Column("published_at", sa.String))
