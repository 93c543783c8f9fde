"""The record as CSV and Parquet: a file a list. Parquet needs the library pyarrow."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any

from onrecord.export.columns import Column, Item, Table, Value, tables_of
from onrecord.export.parts import library
from onrecord.export.words import plain

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""How a text begins that a spreadsheet may take for a formula (OWASP, "CSV injection"), or that we have marked so."""


def csv_files(record: Item) -> Iterator[tuple[str, bytes]]:
    """Each table as CSV (RFC 4180, UTF-8, a line of names first): its file's name, and what is in it."""
    for table in tables_of(record):
        yield f"{table.name}.csv", csv_text([column.name for column in table.columns], table.rows).encode()


def csv_text(names: Sequence[str], rows: Sequence[Sequence[Value]], delimiter: str = ",") -> str:
    """Rows as CSV under a line of names, safe to open in a spreadsheet."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return file.getvalue()


def harmless(value: Value) -> Value:
    """A text that begins like a formula, behind an apostrophe, control characters replaced; numbers stay."""
    if not isinstance(value, str):
        return value
    text = plain(value)
    return f"'{text}" if _FORMULA.match(text) else text


def as_written(cell: str) -> str:
    """The text of a cell without the apostrophe that `harmless` put before it."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def parquet_files(record: Item) -> Iterator[tuple[str, bytes]]:
    """Each table as Parquet: its file's name, and what is in it.

    Raises:
        OnRecordError: pyarrow is not installed.
    """
    arrow = library("pyarrow", "export parquet", "onrecord[tables]")
    parquet = library("pyarrow.parquet", "export parquet", "onrecord[tables]")
    for table in tables_of(record):
        buffer = BytesIO()
        parquet.write_table(_arrow(table, arrow), buffer, compression="zstd")
        yield f"{table.name}.parquet", buffer.getvalue()


def _arrow(table: Table, arrow: Any) -> Any:
    types = {"text": arrow.string(), "whole": arrow.int64(), "number": arrow.float64()}
    schema = arrow.schema([(column.name, types[column.kind]) for column in table.columns])
    columns = _by_column(table.columns, table.rows)
    return arrow.Table.from_pydict(columns, schema=schema)


def _by_column(columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> dict[str, list[Value]]:
    return {column.name: [row[number] for row in rows] for number, column in enumerate(columns)}
