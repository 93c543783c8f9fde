"""Parts: what was read out of many reports, a Parquet file a shard, a row a report.

A row holds everything, so that comparing reports goes on from parts without reading them again: the report, the bytes
it came as, and its annotations, packed. Beside that stand lists for people and for SQL: mentions, statements, events
and the like, in words. Equal rows give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.model import Annotations, Event, Finding, Mention, Quantity, Report, Statement, Time
from onrecord.notation import decoded, encoded
from onrecord.spans import Span

FORMAT = "onrecord-part/1"
MAGIC = b"PAR1"
"""How every Parquet file begins and ends."""
_KEY = b"onrecord"
"""The key of the file's own metadata under which we describe it."""
_LEVEL = 3
_AT_ONCE = 64
"""Rows unpacked at a time."""
_REMEDY = "Name a folder that `onrecord batch` wrote"
Row = dict[str, Any]
Lister = Callable[[Report, Any], Row]


@dataclass(frozen=True, slots=True)
class Kept:
    """One report with what was read out of it, as a part keeps it.

    Attributes:
        reading: the digest of the report as it was read, with the doubts of its reading.
        doubts: how many of the findings, the first, arose when the report was read.
        data: the bytes of the report as they came.
    """

    reading: str
    annotations: Annotations
    doubts: int = 0
    data: bytes = b""

    @property
    def report(self) -> Report:
        return self.annotations.report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The doubts that arose when the report was read."""
        return self.annotations.findings[: self.doubts]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A report that could be read but not annotated, and why."""

    reading: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class About:
    """What a part says of itself: the engine that made it, what it holds, and what it could not."""

    engine: str
    reports: int
    words: int
    refused: tuple[Refusal, ...] = ()


def part_bytes(engine: str, rows: Sequence[Kept], refused: Sequence[Refusal] = ()) -> bytes:
    """A part as the bytes of a Parquet file.

    Raises:
        OnRecordError: pyarrow is not installed.
    """
    arrow, parquet = _library("pyarrow"), _library("pyarrow.parquet")
    about = {
        "format": FORMAT,
        "engine": engine,
        "reports": len(rows),
        "words": sum(len(row.annotations.words) for row in rows),
        "refused": [asdict(one) for one in refused],
    }
    schema = _schema(arrow).with_metadata({_KEY: json.dumps(about).encode()})
    table = arrow.Table.from_pylist([_row(one) for one in rows], schema=schema)
    buffer = BytesIO()
    parquet.write_table(table, buffer, compression="zstd", compression_level=_LEVEL)
    return buffer.getvalue()


def read_about(path: Path) -> About:
    """What a part says of itself.

    Raises:
        UnreadableSource: it is no part, or damaged.
    """
    with path.open("rb") as stream:
        return _about(_opened(stream, str(path)), str(path))


def read_digests(path: Path) -> list[str]:
    """The digests of the reports of a part as they were read; those that could not be annotated too.

    Raises:
        UnreadableSource: it is no part, or damaged.
    """
    with path.open("rb") as stream, _damage(str(path)):
        file = _opened(stream, str(path))
        digests = file.read(columns=["reading"]).column("reading").to_pylist()
        return [*digests, *(one.reading for one in _about(file, str(path)).refused)]


def read_part(stream: BinaryIO, name: str) -> Iterator[tuple[str, Kept]]:
    """The rows of a part, each with the engine that made it, a few in memory at a time.

    Raises:
        UnreadableSource: it is no part, or damaged.
    """
    file = _opened(stream, name)
    engine = _about(file, name).engine
    with _damage(name):
        for batch in file.iter_batches(_AT_ONCE, columns=["text", "reading", "doubts", "annotations", "raw"]):
            for row in batch.to_pylist():
                yield engine, _kept(row)


def _kept(row: Row) -> Kept:
    packed = decoded(Annotations, row["annotations"])
    report = replace(packed.report, text=row["text"])
    data = row["text"].encode() if row["raw"] is None else row["raw"]
    return Kept(row["reading"], replace(packed, report=report), row["doubts"], data)


def _row(one: Kept) -> Row:
    annotations, report = one.annotations, one.report
    packed = encoded(replace(annotations, report=replace(report, text="")))
    return {
        "id": report.id,
        "name": report.name,
        "title": report.title,
        "publisher": report.publisher,
        "declared": report.declared.value if report.declared else None,
        "text": report.text,
        "words": len(annotations.words),
        **{name: [as_row(report, item) for item in getattr(annotations, name)] for name, as_row in _LISTERS.items()},
        "reading": one.reading,
        "doubts": one.doubts,
        "annotations": packed,
        "raw": None if one.data == report.text.encode() else one.data,
    }


def _mention(report: Report, one: Mention) -> Row:
    return {"id": one.id, **_place(one.span), "text": one.span.of(report.text), "type": one.type}


def _statement(report: Report, one: Statement) -> Row:
    content = one.content
    return {
        "id": one.id,
        "start": content[0].start,
        "end": content[-1].end,
        "source": _words(report, one.source.span),
        "basis": one.source.basis,
        "cue": _words(report, one.cue),
        "content": " … ".join(span.of(report.text) for span in content),
        "directness": one.directness,
        "attitude": one.attitude,
        "within": one.within,
        "said": one.said.value if one.said else None,
    }


def _event(report: Report, one: Event) -> Row:
    return {
        "id": one.id,
        **_place(one.trigger),
        "trigger": one.trigger.of(report.text),
        "statement": one.statement,
        "type": one.type,
        "mode": one.mode,
        "factuality": one.factuality,
        "date": one.date.value if one.date else None,
        "earliest": one.date.earliest if one.date else None,
        "latest": one.date.latest if one.date else None,
    }


def _time(report: Report, one: Time) -> Row:
    return {"id": one.id, **_place(one.span), "text": one.span.of(report.text), "type": one.type, "value": one.value}


def _quantity(report: Report, one: Quantity) -> Row:
    return {
        "id": one.id,
        **_place(one.span),
        "text": one.span.of(report.text),
        "value": one.value,
        "bound": one.bound,
        "unit": one.unit,
        "counted": _words(report, one.counted),
    }


def _finding(report: Report, one: Finding) -> Row:
    return {"id": one.id, "kind": one.kind, "explanation": one.explanation}


_LISTERS: Mapping[str, Lister] = {
    "mentions": _mention,
    "statements": _statement,
    "events": _event,
    "times": _time,
    "quantities": _quantity,
    "findings": _finding,
}
_TEXT_FIELDS: Mapping[str, str] = {
    "mentions": "id text type",
    "statements": "id source basis cue content directness attitude within said",
    "events": "id trigger statement type mode factuality date earliest latest",
    "times": "id text type value",
    "quantities": "id text bound unit counted",
    "findings": "id kind explanation",
}
"""The fields of the lists that hold words; all but findings have `start` and `end` as well, quantities a `value`."""


def _schema(arrow: Any) -> Any:
    text, whole = arrow.string(), arrow.int32()
    lists = []
    for name, fields in _TEXT_FIELDS.items():
        members = [(field, text) for field in fields.split()]
        members += [] if name == "findings" else [("start", whole), ("end", whole)]
        members += [("value", arrow.float64())] if name == "quantities" else []
        lists.append((name, arrow.list_(arrow.struct(members))))
    return arrow.schema(
        [
            *((name, text) for name in ("id", "name", "title", "publisher", "declared", "text")),
            ("words", whole),
            *lists,
            ("reading", text),
            ("doubts", whole),
            ("annotations", arrow.binary()),
            ("raw", arrow.binary()),
        ]
    )


def _place(span: Span) -> Row:
    return {"start": span.start, "end": span.end}


def _words(report: Report, span: Span | None) -> str | None:
    return None if span is None else span.of(report.text)


def _opened(stream: BinaryIO, name: str) -> Any:
    parquet = _library("pyarrow.parquet")
    with _damage(name):
        return parquet.ParquetFile(stream)


def _about(file: Any, name: str) -> About:
    written = (file.schema_arrow.metadata or {}).get(_KEY)
    told = json.loads(written) if written else {}
    if told.get("format") != FORMAT:
        raise UnreadableSource(name, "is a Parquet file of something else, or of another version", _REMEDY)
    refused = tuple(Refusal(**one) for one in told["refused"])
    return About(told["engine"], told["reports"], told["words"], refused)


@contextmanager
def _damage(name: str) -> Iterator[None]:
    """Damaged files, told as such."""
    try:
        yield
    except (ValueError, OSError, KeyError, _library("pyarrow").ArrowException) as error:
        reason = f"is a damaged part ({' '.join(str(error).split())[:100]})"
        raise UnreadableSource(name, reason, "Delete it and run the batch again") from error


def _library(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        reason = "need pyarrow, which is not installed"
        raise OnRecordError("parts", reason, "pip install 'onrecord[tables]'") from error
