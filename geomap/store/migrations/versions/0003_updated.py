"""The day and the moment a report was last changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give every report room for its last change; those stored so far tell of none."""
    op.add_column("article", sa.Column("updated", sa.String))
    op.add_column("article", sa.Column("updated_at", sa.String))
