"""What a case is told to keep."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sql

from onrecord.case import schema
from onrecord.case.rows import Item, Row, columns_of, report_rows, rows_of
from onrecord.case.view import View
from onrecord.model import Annotations, Decision, Finding, Report
from onrecord.notation import pack

_MANY = 500
"""Rows a statement: under the limits of both databases."""


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

    def add_read_again(self, engine: str, anchor: str, annotations: Annotations) -> None:
        """Keeps what was read out of a report from another date, in place of what was before."""
        table, report = schema.read_again, annotations.report.id
        self._connection.execute(sql.delete(table).where(table.c.report == report))
        row = {"report": report, "anchor": anchor, "engine": engine, "data": pack(annotations)}
        self._connection.execute(sql.insert(table).values(**row))

    def replace_memory(self, used: Container[str], fresh: Mapping[str, bytes]) -> None:
        """Keeps what comparing made of single reports; what it neither used nor made is dropped."""
        table = schema.memory
        known = set(self._connection.scalars(sql.select(table.c.key)))
        for some in _chunks([key for key in known if key not in used or key in fresh]):
            self._connection.execute(sql.delete(table).where(table.c.key.in_(some)))
        for part in _chunks([{"key": key, "data": data} for key, data in fresh.items()]):
            self._connection.execute(sql.insert(table), part)

    def decide(self, decision: Decision) -> int:
        """Adds a decision to the log, and gives its number."""
        added = self._connection.execute(
            sql.insert(schema.decision).values(
                made=decision.made,
                author=decision.author,
                kind=decision.kind,
                target=json.dumps([asdict(target) for target in decision.targets], sort_keys=True),
                value=json.dumps(decision.value, sort_keys=True),
            )
        )
        (number,) = added.inserted_primary_key or (0,)
        return int(number)

    def replace_record(self, record: Item, standing: Container[str] = ()) -> None:
        """Makes the derived tables those of `record`; rows that stay as they are are not written again.

        Args:
            standing: reports whose own rows are as they should be: what was read out of them by itself does not stand
                in the lists of `record`.
        """
        rows: dict[str, list[tuple[Row, Item]]] = {name: [] for name in schema.LISTED}
        for name, row, item in rows_of(record):
            rows[name].append((row, item))
        others = [report["id"] for report in record["reports"] if report["id"] not in standing]
        for name, table in schema.LISTED.items():
            self._replace(table, rows[name], others if name in schema.READ_OUT else None)
        self._replace(schema.reports, [(row, {}) for row in report_rows(record)])
        self._search.refresh(record, set(others))
        described = {key: record[key] for key in record if key not in schema.LISTED and key != "reports"}
        self.keep("record", json.dumps({"keys": list(record), **described}))

    def _replace(
        self, table: sql.Table, rows: Sequence[tuple[Row, Item]], reports: Sequence[str] | None = None
    ) -> None:
        """Makes the rows of a table, or those of some reports in it, these."""
        told_by = [name for name in ("position", "item") if name in table.c]
        whole = sql.select(table.c.id, *(table.c[name] for name in told_by))
        asked = [whole] if reports is None else [whole.where(table.c.report.in_(some)) for some in _chunks(reports)]
        old = {row.id: tuple(row[1:]) for query in asked for row in self._connection.execute(query)}
        new = {row["id"]: tuple(row[name] for name in told_by) for row, _ in rows}
        changed = [key for key, value in old.items() if new.get(key) != value]
        for some in _chunks(changed):
            self._connection.execute(sql.delete(table).where(table.c.id.in_(some)))
        shown = columns_of if table.name in schema.LISTED else _no_columns
        fresh = [row | shown(table.name, item) for row, item in rows if old.get(row["id"]) != new[row["id"]]]
        for part in _chunks(fresh):
            self._connection.execute(sql.insert(table), part)


def now() -> str:
    """The time, to the second, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _no_columns(_: str, __: Item) -> Row:
    return {}


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[start : start + _MANY] for start in range(0, len(items), _MANY))
