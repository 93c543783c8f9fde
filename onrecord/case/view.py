"""What a case holds, as it is read: reports as they came, what was read out of them, decisions, the record."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

import sqlalchemy as sql
from sqlalchemy import Connection

from onrecord.case import schema
from onrecord.case.finding import OPENING, digest
from onrecord.case.rows import Item, Row, in_order
from onrecord.case.search import SearchIndex
from onrecord.case.versions import alike, tied
from onrecord.errors import OnRecordError
from onrecord.model import Annotations, Decision, Finding, Quoted, Report, Target
from onrecord.notation import unpack

_NAMED = sql.select(schema.report.c.name, schema.report.c.text).where(schema.report.c.id == sql.bindparam("report"))
_MEANT: Mapping[str, tuple[tuple[str, str, Callable[[Item], list[Item]]], ...]] = {
    "actors": (
        ("mentions", "actor", lambda mention: [mention]),
        ("statements", "actor", lambda one: [one["source"]["span"]] if one["source"]["span"] else []),
    ),
    "places": (("mentions", "place", lambda mention: [mention]),),
    "issues": (("positions", "issue", lambda position: position["evidence"]),),
}
"""Where the words stand that mean something: the list, the column with its id, and the passages of an object."""
_REMEMBERED = 100


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

    def added(self) -> dict[str, str]:
        """When each report was added, by its id."""
        rows = self._connection.execute(sql.select(schema.report.c.id, schema.report.c.added))
        return {row.id: row.added for row in rows}

    def names(self) -> dict[str, str]:
        """What each report is called, by its id."""
        rows = self._connection.execute(sql.select(schema.report.c.id, schema.report.c.name))
        return {row.id: row.name for row in rows}

    def raw(self, report: str) -> bytes | None:
        """The bytes of a report as they came."""
        joined = schema.raw.join(schema.report, schema.raw.c.sha256 == schema.report.c.sha256)
        query = sql.select(schema.raw.c.data).select_from(joined).where(schema.report.c.id == report)
        found: bytes | None = self._connection.scalar(query)
        return found

    def as_read(self, report: str) -> tuple[Report, tuple[Finding, ...]]:
        """A report of the case with the doubts that arose when it was read.

        Raises:
            OnRecordError: a version kept it that this one does not understand.
        """
        query = sql.select(schema.report.c.reading).where(schema.report.c.id == report)
        try:
            return unpack(tuple[Report, tuple[Finding, ...]], self._connection.scalar(query) or b"")
        except ValueError as error:
            raise OnRecordError(report, f"this report was {error}", "Add its source to a new case") from error

    def annotations(self, engine: str, known: Container[str] = ()) -> Iterator[Annotations]:
        """What this engine read out of the reports; left out are `known` ones, and what cannot be unpacked any more."""
        query = sql.select(schema.notes.c.report, schema.notes.c.data).where(schema.notes.c.engine == engine)
        yield from _unpacked(row.data for row in self._connection.execute(query) if row.report not in known)

    def read_again(self, engine: str, report: str, anchor: str) -> Annotations | None:
        """What this engine read out of a report from another date than it declares; None if that is not kept."""
        kept = schema.read_again.c
        query = sql.select(kept.data).where(kept.report == report, kept.anchor == anchor, kept.engine == engine)
        return next(_unpacked(self._connection.scalars(query)), None)

    def memory(self) -> dict[str, bytes]:
        """What comparing made of single reports, packed, by its keys (`onrecord.memory`)."""
        return {row.key: row.data for row in self._connection.execute(sql.select(schema.memory))}

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
        query = sql.select(table.c.id, table.c.report, table.c.position, table.c.item).where(*conditions)
        for row in in_order(name, self._connection.execute(query).all()):
            yield json.loads(row.item)

    def item(self, identifier: str) -> tuple[str, Item] | None:
        """The list and the object with this id."""
        for name, table in schema.LISTED.items():
            found = self._connection.scalar(sql.select(table.c.item).where(table.c.id == identifier))
            if found is not None:
                return name, json.loads(found)
        return None

    def target(self, identifier: str) -> Target | None:
        """What a decision about this object is to remember of it; None if there is no such object, or it has no words.

        A line of the timeline has none of its own: decisions are about its events.
        """
        if self._connection.scalar(sql.select(schema.report.c.id).where(schema.report.c.id == identifier)):
            opening = {"report": identifier, "start": 0, "end": OPENING, "text": ""}
            return Target("reports", identifier, self._quoted([opening]))
        found = self.item(identifier)
        if found is None:
            return None
        name, item = found
        words = self._meant(name, identifier) if name in _MEANT else [item] if "start" in item else item["evidence"]
        return None if name == "timeline" else Target(name, identifier, self._quoted(words))

    def _meant(self, name: str, identifier: str) -> list[Item]:
        """The words that mean an actor, a place or an issue, as far as the record has them; the first hundred."""
        words = [
            item
            for listed, column, path in _MEANT[name]
            for found in self.items(listed, schema.LISTED[listed].c[column] == identifier)
            for item in path(found)
        ]
        return sorted(words, key=lambda one: (one["report"], one["start"], one["end"]))[:_REMEMBERED]

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
        for row in sorted(self._connection.execute(query.add_columns(schema.report.c.id)), key=lambda row: str(row.id)):
            yield _with_text(json.loads(row.item), row.text)

    def record(self) -> Item:
        """The whole record in the format `onrecord/1`."""
        listed = {name: list(self.items(name)) for name in schema.LISTED}
        described = json.loads(self.value("record") or "{}")
        return {
            key: list(self.reports()) if key == "reports" else listed.get(key, described.get(key))
            for key in described["keys"]
        }

    def settled(self) -> list[Item]:
        """What became of the decisions when the record was made, in the form of the record."""
        kept: list[Item] = json.loads(self.value("record") or "{}").get("decisions", [])
        return kept

    def counts(self, names: Sequence[str]) -> dict[str, int]:
        """How many objects each of these lists of the record has."""
        tables = {name: schema.LISTED.get(name, schema.reports) for name in names}
        count = sql.func.count
        return {
            name: self._connection.scalar(sql.select(count()).select_from(table)) or 0 for name, table in tables.items()
        }

    def versions(self, report: str) -> list[str]:
        """The ids of a report and of its other versions, the earliest first.

        Versions are reports of one name with texts that have much in common, and what comparing found to be a
        revision.
        """
        joined = schema.report.outerjoin(schema.reports, schema.reports.c.id == schema.report.c.id)
        own = schema.report.c
        query = sql.select(own.id, own.added, schema.reports.c.date, schema.reports.c.item).select_from(joined)
        rows = {row.id: row for row in self._connection.execute(query)}
        named = sql.select(own.name).where(own.id == report).scalar_subquery()
        texts = {
            row.id: row.text for row in self._connection.execute(sql.select(own.id, own.text).where(own.name == named))
        }
        found = tied({key: _revised(row.item) for key, row in rows.items()}, alike(texts, report), report)
        return sorted(found, key=lambda one: (rows[one].date or "9999", rows[one].added, one))

    def version_before(self, report: str) -> str | None:
        """The version of a report that it took the place of; None if it is the first, or there is no such report."""
        versions = self.versions(report)
        place = versions.index(report) if report in versions else 0
        return versions[place - 1] if place else None

    def search(self, words: str, limit: int = 20) -> list[Row]:
        """Where the words stand: rows of `kind`, `id`, `report`, `snippet`, best first."""
        return self._search.find(words, limit)


def _unpacked(packed: Iterable[bytes]) -> Iterator[Annotations]:
    for data in packed:
        try:
            one = unpack(Annotations, data)
        except ValueError:
            continue  # kept in another form by an earlier version: it is read out of the report again
        yield one


def _targets(written: str) -> tuple[Target, ...]:
    return tuple(
        Target(one["list"], one["id"], tuple(Quoted(**quoted) for quoted in one["evidence"]))
        for one in json.loads(written)
    )


def _revised(item: str | None) -> str | None:
    """The report that one revises, as comparing found."""
    lineage = json.loads(item)["lineage"] if item else {}
    return lineage["of"] if lineage.get("relation") == "revision" else None


def _with_text(item: Item, text: str) -> Item:
    """The keys of a report in the order of the format: the text behind the hash."""
    out: Item = {}
    for key, value in item.items():
        out[key] = value
        if key == "sha256":
            out["text"] = text
    return out
