"""The first tables."""

from __future__ import annotations

import sqlalchemy as sql
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes all tables of a new case."""
    op.create_table(
        "case",
        sql.Column("key", sql.Text(), nullable=False),
        sql.Column("value", sql.Text(), nullable=False),
        sql.PrimaryKeyConstraint("key"),
        sqlite_strict=True,
    )
    op.create_table(
        "decision",
        sql.Column("number", sql.Integer(), autoincrement=True, nullable=False),
        sql.Column("made", sql.Text(), nullable=False),
        sql.Column("author", sql.Text(), nullable=False),
        sql.Column("kind", sql.Text(), nullable=False),
        sql.Column("target", sql.Text(), nullable=False),
        sql.Column("value", sql.Text(), nullable=False),
        sql.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_table(
        "raw",
        sql.Column("sha256", sql.Text(), nullable=False),
        sql.Column("data", sql.LargeBinary(), nullable=False),
        sql.PrimaryKeyConstraint("sha256"),
        sqlite_strict=True,
    )
    op.create_table(
        "report",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("sha256", sql.Text(), nullable=False),
        sql.Column("name", sql.Text(), nullable=False),
        sql.Column("title", sql.Text(), nullable=True),
        sql.Column("publisher", sql.Text(), nullable=True),
        sql.Column("declared_date", sql.Text(), nullable=True),
        sql.Column("text", sql.Text(), nullable=False),
        sql.Column("added", sql.Text(), nullable=False),
        sql.Column("reading", sql.LargeBinary(), nullable=False),
        sql.ForeignKeyConstraint(
            ["sha256"],
            ["raw.sha256"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_table(
        "actors",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("name", sql.Text(), nullable=True),
        sql.Column("type", sql.Text(), nullable=True),
        sql.Column("country", sql.Text(), nullable=True),
        sql.Column("part_of", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_actors_report"), "actors", ["report"], unique=False)
    op.create_table(
        "changes",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("kind", sql.Text(), nullable=True),
        sql.Column("explanation", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_changes_report"), "changes", ["report"], unique=False)
    op.create_table(
        "commitments",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("action", sql.Text(), nullable=True),
        sql.Column("strength", sql.Text(), nullable=True),
        sql.Column("due", sql.Text(), nullable=True),
        sql.Column("not_before", sql.Text(), nullable=True),
        sql.Column("statement", sql.Text(), nullable=True),
        sql.Column("same_as", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_commitments_report"), "commitments", ["report"], unique=False)
    op.create_table(
        "conflicts",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("kind", sql.Text(), nullable=True),
        sql.Column("label", sql.Text(), nullable=True),
        sql.Column("explanation", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_conflicts_report"), "conflicts", ["report"], unique=False)
    op.create_table(
        "events",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("trigger_word", sql.Text(), nullable=True),
        sql.Column("type", sql.Text(), nullable=True),
        sql.Column("mode", sql.Text(), nullable=True),
        sql.Column("factuality", sql.Text(), nullable=True),
        sql.Column("date", sql.Text(), nullable=True),
        sql.Column("earliest", sql.Text(), nullable=True),
        sql.Column("place", sql.Text(), nullable=True),
        sql.Column("statement", sql.Text(), nullable=True),
        sql.Column("same_as", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_events_report"), "events", ["report"], unique=False)
    op.create_table(
        "figures",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("value", sql.REAL(), nullable=True),
        sql.Column("bound", sql.Text(), nullable=True),
        sql.Column("unit", sql.Text(), nullable=True),
        sql.Column("counted", sql.Text(), nullable=True),
        sql.Column("date", sql.Text(), nullable=True),
        sql.Column("state", sql.Text(), nullable=True),
        sql.Column("statement", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_figures_report"), "figures", ["report"], unique=False)
    op.create_table(
        "findings",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("kind", sql.Text(), nullable=True),
        sql.Column("explanation", sql.Text(), nullable=True),
        sql.Column("suggestion", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_findings_report"), "findings", ["report"], unique=False)
    op.create_table(
        "issues",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("label", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_issues_report"), "issues", ["report"], unique=False)
    op.create_table(
        "mentions",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("text", sql.Text(), nullable=True),
        sql.Column("type", sql.Text(), nullable=True),
        sql.Column("actor", sql.Text(), nullable=True),
        sql.Column("place", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_mentions_report"), "mentions", ["report"], unique=False)
    op.create_table(
        "notes",
        sql.Column("report", sql.Text(), nullable=False),
        sql.Column("engine", sql.Text(), nullable=False),
        sql.Column("data", sql.LargeBinary(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("report"),
        sqlite_strict=True,
    )
    op.create_table(
        "places",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("name", sql.Text(), nullable=True),
        sql.Column("country", sql.Text(), nullable=True),
        sql.Column("lat", sql.REAL(), nullable=True),
        sql.Column("lon", sql.REAL(), nullable=True),
        sql.Column("precision", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_places_report"), "places", ["report"], unique=False)
    op.create_table(
        "positions",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("actor", sql.Text(), nullable=True),
        sql.Column("issue", sql.Text(), nullable=True),
        sql.Column("stance", sql.Text(), nullable=True),
        sql.Column("held_from", sql.Text(), nullable=True),
        sql.Column("held_to", sql.Text(), nullable=True),
        sql.Column("statement", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_positions_report"), "positions", ["report"], unique=False)
    op.create_table(
        "reports",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("date", sql.Text(), nullable=True),
        sql.Column("date_status", sql.Text(), nullable=True),
        sql.Column("origin", sql.Text(), nullable=True),
        sql.Column("relation", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["id"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_table(
        "statements",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("source", sql.Text(), nullable=True),
        sql.Column("actor", sql.Text(), nullable=True),
        sql.Column("basis", sql.Text(), nullable=True),
        sql.Column("cue", sql.Text(), nullable=True),
        sql.Column("content", sql.Text(), nullable=True),
        sql.Column("attitude", sql.Text(), nullable=True),
        sql.Column("directness", sql.Text(), nullable=True),
        sql.Column("within", sql.Text(), nullable=True),
        sql.Column("said", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_statements_report"), "statements", ["report"], unique=False)
    op.create_table(
        "timeline",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("date", sql.Text(), nullable=True),
        sql.Column("headline", sql.Text(), nullable=True),
        sql.Column("reports", sql.Integer(), nullable=True),
        sql.Column("origins", sql.Integer(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_timeline_report"), "timeline", ["report"], unique=False)
    op.create_table(
        "times",
        sql.Column("id", sql.Text(), nullable=False),
        sql.Column("position", sql.Integer(), nullable=False),
        sql.Column("report", sql.Text(), nullable=True),
        sql.Column("start", sql.Integer(), nullable=True),
        sql.Column("text", sql.Text(), nullable=True),
        sql.Column("type", sql.Text(), nullable=True),
        sql.Column("value", sql.Text(), nullable=True),
        sql.Column("item", sql.Text(), nullable=False),
        sql.ForeignKeyConstraint(
            ["report"],
            ["report.id"],
        ),
        sql.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_times_report"), "times", ["report"], unique=False)
    _make_search()


def _make_search() -> None:
    """The index for full-text search: each database has its own kind."""
    if op.get_bind().dialect.name == "sqlite":
        columns = "kind UNINDEXED, id UNINDEXED, report UNINDEXED, words, tokenize = 'unicode61 remove_diacritics 2'"
        op.execute(f"CREATE VIRTUAL TABLE search USING fts5({columns})")
        return
    op.execute("CREATE TABLE search (rowid BIGSERIAL PRIMARY KEY, kind TEXT, id TEXT, report TEXT, words TEXT)")
    op.execute("CREATE INDEX search_words ON search USING gin (to_tsvector('simple', words))")
