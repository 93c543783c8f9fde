"""A case on disk: one SQLite file, or a schema in PostgreSQL. A Writer changes it, a View reads it.

All that one `add` changes is written in one transaction: whoever opens the case later sees it whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sql
from sqlalchemy import Connection, Engine

from onrecord.case import schema
from onrecord.case.connect import connected, upgraded
from onrecord.case.finding import OPENING, digest
from onrecord.case.rows import Item, Row, report_rows, rows_of
from onrecord.case.search import SearchIndex
from onrecord.errors import OnRecordError
from onrecord.model import Annotations, Decision, Finding, Quoted, Report, Target
from onrecord.notation import pack, unpack

_NAMED = sql.select(schema.report.c.name, schema.report.c.text).where(schema.report.c.id == sql.bindparam("report"))
_MANY = 500
"""Rows a statement: under the limits of both databases."""


class Store:
    """A case. Use as a context manager.

    Args:
        case: path of a file, or a URL that begins with `postgresql://`.
        create: whether to make the case where there is none.

    Raises:
        OnRecordError: there is no such case, it cannot be made, or the file is something else.
    """

    def __init__(self, case: str, create: bool = False) -> None:
        self.name = case
        self._engine: Engine = connected(case, create)
        with told(case):
            upgraded(self._engine)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    @contextmanager
    def view(self) -> Iterator[View]:
        """The case as it is now; what others write meanwhile is not seen."""
        with told(self.name), self._engine.connect() as connection:
            yield View(connection)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """Changes, all kept at the end of the block, or none."""
        with told(self.name), self._engine.begin() as connection:
            yield Writer(connection)


class View:
    """What a case holds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._search = SearchIndex(connection)

    def value(self, key: str) -> str | None:
        """What the case keeps under a key of its own, or None."""
        found: str | None = self._connection.scalar(sql.select(schema.case.c.value).where(schema.case.c.key == key))
        return found

    def report_ids(self) -> list[str]:
        """The reports of the case, sorted."""
        return list(self._connection.scalars(sql.select(schema.report.c.id).order_by(schema.report.c.id)))

    def raw(self, report: str) -> bytes | None:
        """The bytes of a report as they came."""
        joined = schema.raw.join(schema.report, schema.raw.c.sha256 == schema.report.c.sha256)
        query = sql.select(schema.raw.c.data).select_from(joined).where(schema.report.c.id == report)
        found: bytes | None = self._connection.scalar(query)
        return found

    def as_read(self, report: str) -> tuple[Report, tuple[Finding, ...]]:
        """A report of the case with the doubts that arose when it was read.

        Raises:
            ValueError: it was kept by another version of the model.
        """
        query = sql.select(schema.report.c.reading).where(schema.report.c.id == report)
        return unpack(tuple[Report, tuple[Finding, ...]], self._connection.scalar(query) or b"")

    def annotations(self, engine: str) -> Iterator[Annotations]:
        """What this engine read out of the reports, in the order of their ids; others are left out."""
        query = sql.select(schema.notes.c.data).where(schema.notes.c.engine == engine).order_by(schema.notes.c.report)
        for data in self._connection.scalars(query):
            yield unpack(Annotations, data)

    def stale(self, engine: str) -> list[str]:
        """The reports that another engine read."""
        query = sql.select(schema.notes.c.report).where(schema.notes.c.engine != engine)
        return list(self._connection.scalars(query.order_by(schema.notes.c.report)))

    def decisions(self) -> list[Decision]:
        """All decisions in their order."""
        rows = self._connection.execute(sql.select(schema.decision).order_by(schema.decision.c.number))
        return [
            Decision(row.made, row.author, row.kind, _targets(row.target), json.loads(row.value), row.number)
            for row in rows
        ]

    def items(self, name: str, *conditions: sql.ColumnElement[bool]) -> Iterator[Item]:
        """The objects of one list of the record, in order, of those that meet the conditions."""
        table = schema.LISTED[name]
        query = sql.select(table.c.item).where(*conditions).order_by(table.c.position)
        yield from (json.loads(item) for item in self._connection.scalars(query))

    def item(self, identifier: str) -> tuple[str, Item] | None:
        """The list and the object with this id."""
        for name, table in schema.LISTED.items():
            found = self._connection.scalar(sql.select(table.c.item).where(table.c.id == identifier))
            if found is not None:
                return name, json.loads(found)
        return None

    def target(self, identifier: str) -> Target | None:
        """What a decision about this object is to remember of it; None if there is no such object."""
        if self._connection.scalar(sql.select(schema.report.c.id).where(schema.report.c.id == identifier)):
            opening = {"report": identifier, "start": 0, "end": OPENING, "text": ""}
            return Target("reports", identifier, self._quoted([opening]))
        found = self.item(identifier)
        if found is None:
            return None
        name, item = found
        if name == "actors":
            named = schema.LISTED["mentions"].c.actor == identifier
            return Target(name, identifier, self._quoted(list(self.items("mentions", named))))
        if name == "issues":
            held = self.items("positions", schema.LISTED["positions"].c.issue == identifier)
            return Target(name, identifier, self._quoted([words for one in held for words in one["evidence"]]))
        return Target(name, identifier, self._quoted([item] if "start" in item else item["evidence"]))

    def _quoted(self, passages: Sequence[Item]) -> tuple[Quoted, ...]:
        known = {
            identifier: self._connection.execute(_NAMED, {"report": identifier}).one()
            for identifier in sorted({passage["report"] for passage in passages})
        }
        return tuple(
            Quoted(
                known[one["report"]].name,
                digest(known[one["report"]].text),
                one["start"],
                min(one["end"], len(known[one["report"]].text)),
                known[one["report"]].text[one["start"] : one["end"]],
            )
            for one in passages
        )

    def reports(self) -> Iterator[Item]:
        """The reports in the form of the record, texts included."""
        joined = schema.reports.join(schema.report, schema.reports.c.id == schema.report.c.id)
        query = sql.select(schema.reports.c.item, schema.report.c.text).select_from(joined)
        for row in self._connection.execute(query.order_by(schema.reports.c.position)):
            yield _with_text(json.loads(row.item), row.text)

    def record(self) -> Item:
        """The whole record in the format `onrecord/1`."""
        listed = {name: list(self.items(name)) for name in schema.LISTED}
        described = json.loads(self.value("record") or "{}")
        return {
            key: list(self.reports()) if key == "reports" else listed.get(key, described.get(key))
            for key in described["keys"]
        }

    def search(self, words: str, limit: int = 20) -> list[Row]:
        """Where the words stand: rows of `kind`, `id`, `report`, `snippet`, best first."""
        return self._search.find(words, limit)


class Writer(View):
    """A view that can change the case."""

    def keep(self, key: str, value: str) -> None:
        """Keeps a value of the case itself under a key."""
        self._connection.execute(sql.delete(schema.case).where(schema.case.c.key == key))
        self._connection.execute(sql.insert(schema.case).values(key=key, value=value))

    def add_report(self, report: Report, data: bytes, findings: tuple[Finding, ...] = ()) -> bool:
        """Keeps a report, its bytes, and the doubts that arose when it was read; False if it is there already."""
        if self._connection.scalar(sql.select(schema.report.c.id).where(schema.report.c.id == report.id)):
            return False
        known = sql.select(schema.raw.c.sha256).where(schema.raw.c.sha256 == report.sha256)
        if self._connection.scalar(known) is None:
            self._connection.execute(sql.insert(schema.raw).values(sha256=report.sha256, data=data))
        declared = None if report.declared is None else report.declared.value
        self._connection.execute(
            sql.insert(schema.report).values(
                id=report.id,
                sha256=report.sha256,
                name=report.name,
                title=report.title,
                publisher=report.publisher,
                declared_date=declared,
                text=report.text,
                added=now(),
                reading=pack((report, findings)),
            )
        )
        return True

    def add_notes(self, engine: str, annotations: Annotations) -> None:
        """Keeps what an engine read out of a report, in place of what an earlier one did."""
        report = annotations.report.id
        self._connection.execute(sql.delete(schema.notes).where(schema.notes.c.report == report))
        self._connection.execute(sql.insert(schema.notes).values(report=report, engine=engine, data=pack(annotations)))

    def decide(self, decision: Decision) -> None:
        """Adds a decision to the log."""
        self._connection.execute(
            sql.insert(schema.decision).values(
                made=decision.made,
                author=decision.author,
                kind=decision.kind,
                target=json.dumps([asdict(target) for target in decision.targets], sort_keys=True),
                value=json.dumps(decision.value, sort_keys=True),
            )
        )

    def replace_record(self, record: Item) -> None:
        """Makes the derived tables those of `record`; rows that stay as they are are not written again."""
        rows: dict[str, list[Row]] = {name: [] for name in schema.LISTED}
        for name, row in rows_of(record):
            rows[name].append(row)
        for name, table in schema.LISTED.items():
            self._replace(table, rows[name])
        self._replace(schema.reports, list(report_rows(record)))
        self._search.refresh(record)
        described = {key: record[key] for key in record if key not in schema.LISTED and key != "reports"}
        self.keep("record", json.dumps({"keys": list(record), **described}))

    def _replace(self, table: sql.Table, rows: Sequence[Row]) -> None:
        old = {
            row.id: (row.position, row.item)
            for row in self._connection.execute(sql.select(table.c.id, table.c.position, table.c.item))
        }
        new = {row["id"]: (row["position"], row["item"]) for row in rows}
        changed = [key for key, value in old.items() if new.get(key) != value]
        for some in _chunks(changed):
            self._connection.execute(sql.delete(table).where(table.c.id.in_(some)))
        fresh = [row for row in rows if old.get(row["id"]) != (row["position"], row["item"])]
        for part in _chunks(fresh):
            self._connection.execute(sql.insert(table), part)


def now() -> str:
    """The time, to the second, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def told(case: str) -> Iterator[None]:
    """Failures of the database, told as one line about the case.

    Raises:
        OnRecordError: in place of the database's own error.
    """
    try:
        yield
    except sql.exc.SQLAlchemyError as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        raise OnRecordError(case, f"cannot be used ({reason})", _remedy(reason)) from error


def _remedy(reason: str) -> str:
    if "locked" in reason:
        return "Wait until the other program that writes to it has ended"
    if "full" in reason:
        return "Make room on the disk; the case is as it was before"
    if "not a database" in reason or "malformed" in reason:
        return "Name a case that onrecord made, or take the last copy of it"
    return "See that it is a case of onrecord that you may write to"


def _targets(written: str) -> tuple[Target, ...]:
    return tuple(
        Target(one["list"], one["id"], tuple(Quoted(**quoted) for quoted in one["evidence"]))
        for one in json.loads(written)
    )


def _with_text(item: Item, text: str) -> Item:
    """The keys of a report in the order of the format: the text behind the hash."""
    out: Item = {}
    for key, value in item.items():
        out[key] = value
        if key == "sha256":
            out["text"] = text
    return out


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[start : start + _MANY] for start in range(0, len(items), _MANY))
