"""The tables of a case. Plain names, one row an item, so that they read well in any browser of databases.

What people gave and decided (`raw`, `report`, `decision`) is kept for ever; all else is derived and can be made again.
Each derived row also holds its whole object in the format `onrecord/1`, as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sql
from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import REAL

metadata = MetaData()
_STRICT: dict[str, Any] = {"sqlite_strict": True}

case = Table("case", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False), **_STRICT)
"""What holds for the whole case: when it was made, the engine its record was made with."""

raw = Table(
    "raw",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    **_STRICT,
)
"""The bytes of a report as they came."""

report = Table(
    "report",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sha256", Text, ForeignKey("raw.sha256"), nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("declared_date", Text),
    Column("text", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("reading", LargeBinary, nullable=False),
    **_STRICT,
)
"""A report, whose text never changes; `reading` is the whole noun with the doubts of its reading, packed."""

notes = Table(
    "notes",
    metadata,
    Column("report", Text, ForeignKey("report.id"), primary_key=True),
    Column("engine", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    **_STRICT,
)
"""What was read out of a report by itself, packed (`onrecord.notation`), and by which engine."""

read_again = Table(
    "read_again",
    metadata,
    Column("report", Text, ForeignKey("report.id"), primary_key=True),
    Column("anchor", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    **_STRICT,
)
"""What was read out of a report whose date is not as declared, from the date that was found (`anchor`)."""

memory = Table(
    "memory",
    metadata,
    Column("key", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    **_STRICT,
)
"""What comparing made of single reports, packed, by what it was made of (`onrecord.memory`)."""

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("made", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("value", Text, nullable=False),
    **_STRICT,
)
"""What a person decided, in order. Rows are only ever added."""

Path = str
COLUMNS: Mapping[str, Mapping[str, tuple[Path, Any]]] = {
    "statements": {
        "source": ("source.span.text", Text),
        "actor": ("source.actor", Text),
        "basis": ("source.basis", Text),
        "cue": ("cue.text", Text),
        "content": ("content.*.text", Text),
        "attitude": ("attitude", Text),
        "directness": ("directness", Text),
        "within": ("within", Text),
        "said": ("said.value", Text),
    },
    "events": {
        "trigger_word": ("trigger.text", Text),
        "type": ("type", Text),
        "mode": ("mode", Text),
        "factuality": ("factuality", Text),
        "date": ("date.value", Text),
        "earliest": ("date.earliest", Text),
        "place": ("place", Text),
        "statement": ("statement", Text),
        "same_as": ("same_as", Text),
    },
    "mentions": {
        "text": ("text", Text),
        "type": ("type", Text),
        "actor": ("actor", Text),
        "place": ("place", Text),
    },
    "times": {"text": ("text", Text), "type": ("type", Text), "value": ("value", Text)},
    "actors": {
        "name": ("name", Text),
        "type": ("type", Text),
        "country": ("country", Text),
        "part_of": ("part_of", Text),
    },
    "places": {
        "name": ("name", Text),
        "country": ("country", Text),
        "lat": ("lat", REAL),
        "lon": ("lon", REAL),
        "precision": ("precision", Text),
    },
    "issues": {"label": ("label", Text)},
    "positions": {
        "actor": ("actor", Text),
        "issue": ("issue", Text),
        "stance": ("stance", Text),
        "held_from": ("held.from", Text),
        "held_to": ("held.to", Text),
        "statement": ("statement", Text),
    },
    "commitments": {
        "action": ("action.text", Text),
        "strength": ("strength", Text),
        "due": ("due.value", Text),
        "not_before": ("not_before.value", Text),
        "statement": ("statement", Text),
        "same_as": ("same_as", Text),
    },
    "figures": {
        "value": ("value", REAL),
        "bound": ("bound", Text),
        "unit": ("unit", Text),
        "counted": ("counted.text", Text),
        "date": ("date.value", Text),
        "state": ("state", Text),
        "statement": ("statement", Text),
    },
    "timeline": {
        "date": ("date.value", Text),
        "headline": ("headline", Text),
        "reports": ("reports", Integer),
        "origins": ("origins", Integer),
    },
    "changes": {"kind": ("kind", Text), "explanation": ("explanation", Text)},
    "conflicts": {"kind": ("kind", Text), "label": ("label", Text), "explanation": ("explanation", Text)},
    "findings": {"kind": ("kind", Text), "explanation": ("explanation", Text), "suggestion": ("suggestion", Text)},
}
"""The columns of each list of the record: where their value stands in the object, and its type."""


def _listed(name: str) -> Table:
    """The table of one list of the record; `position` is the place among the objects of the same report.

    So a report that comes in moves none of the others' rows. The timeline alone is in the order of its dates.
    """
    shown = [Column(column, kind) for column, (_, kind) in COLUMNS[name].items()]
    return Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        Column("position", Integer, nullable=False),
        Column("report", Text, sql.ForeignKey("report.id"), index=True),
        Column("start", Integer),
        *shown,
        Column("item", Text, nullable=False),
        **_STRICT,
    )


READ_OUT = frozenset(("times", "mentions", "statements", "events", "findings"))
"""The lists of what is read out of each report by itself: every object belongs to one."""
LISTED: Mapping[str, Table] = {name: _listed(name) for name in COLUMNS}

reports = Table(
    "reports",
    metadata,
    Column("id", Text, ForeignKey("report.id"), primary_key=True),
    Column("date", Text),
    Column("date_status", Text),
    Column("origin", Text),
    Column("relation", Text),
    Column("item", Text, nullable=False),
    **_STRICT,
)
"""What comparing reports told of each: its date as checked, where it comes from."""
