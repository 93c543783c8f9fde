"""What was read again from another date is kept; the place in a list no longer moves when a report comes in."""

from __future__ import annotations

import sqlalchemy as sql
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a table, and lets the record be written anew, in the order that the new places give."""
    op.create_table(
        "read_again",
        sql.Column("report", sql.Text(), nullable=False),
        sql.Column("anchor", sql.Text(), nullable=False),
        sql.Column("engine", sql.Text(), nullable=False),
        sql.Column("data", sql.LargeBinary(), nullable=False),
        sql.ForeignKeyConstraint(["report"], ["report.id"]),
        sql.PrimaryKeyConstraint("report"),
        sqlite_strict=True,
    )
    op.drop_column("reports", "position")
    op.execute("UPDATE \"case\" SET value = 'yes' WHERE key = 'behind'")
