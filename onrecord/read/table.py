"""Tables: one report a row, its columns known by their usual names; separated by commas, semicolons or tabs."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.fields import received_fields, role_of
from onrecord.read.lexicon import lexicon
from onrecord.read.received import Received
from onrecord.read.text import decode

_MARKS = ",;\t|"
_REMEDY = "Give each row a text, under a heading such as text or body"
_LONGEST_FIELD = 100_000_000
_HEADER = 4096


def read_table(stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The reports of a .csv or .tsv file, the first row being the names of the columns."""
    import csv

    text = decode(stream.read()).text
    csv.field_size_limit(_LONGEST_FIELD)
    rows = csv.reader(StringIO(text, newline=""), delimiter=_separator(text))
    count = 0
    try:
        names = next(rows, [])
        lacking = _lacking(names)
        if lacking:
            yield UnreadableSource(name, lacking, "Name the column that holds the reports' words: text")
            return
        for number, row in enumerate(rows, 2):
            if any(value.strip() for value in row):
                count += 1
                fields = dict(zip(names, row, strict=False))
                yield received_fields(fields, f"{name}, row {number}", f"{name}:{number}", _REMEDY)
    except csv.Error as error:
        reason = f"is not a table from line {rows.line_num} on ({error})"
        yield UnreadableSource(name, reason, "Write it again, with texts in quotation marks")
        return
    if text.count('"') % 2:
        reason = "is a table that ends within quotation marks, so its last row may be cut off"
        yield UnreadableSource(name, reason, "Write it again, and whole")
    elif not count:
        yield UnreadableSource(name, "is a table without rows", "Leave it out, or write one report a row")


def _separator(text: str) -> str:
    """What separates the columns: the mark that stands most often in the first line."""
    first = text[:_HEADER].split("\n", 1)[0]
    return max(_MARKS, key=first.count)


def _lacking(names: list[str]) -> str | None:
    known = {role_of(name) for name in names}
    if known & set(lexicon().fields["text"]):
        return None
    shown = ", ".join(name.strip() for name in names if name.strip())[:100]
    return f"is a table without a column of texts (its columns: {shown or 'none'})"
