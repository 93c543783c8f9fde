"""What comparing makes of single reports is kept."""

from __future__ import annotations

import sqlalchemy as sql
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a table; it is filled when reports are next compared."""
    op.create_table(
        "memory",
        sql.Column("key", sql.Text(), nullable=False),
        sql.Column("data", sql.LargeBinary(), nullable=False),
        sql.PrimaryKeyConstraint("key"),
        sqlite_strict=True,
    )
