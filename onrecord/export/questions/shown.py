"""Answers as people and programs want them: a table, lines with tabs, JSON, CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.export.columns import Value
from onrecord.export.json import as_text
from onrecord.export.questions.answer import Row
from onrecord.export.questions.known import Item, When
from onrecord.export.tables import csv_text
from onrecord.export.words import clipped, one_line

_WIDE = frozenset({"words", "what", "said last", "action", "why", "suggestion", "cause", "also", "offices", "says"})
"""Columns that take the room others leave."""
_CELL = 600
_PLACE = 120
_ROOM, _NARROW = 18, 22
"""Least width of a column that takes the room others leave; greatest of the others."""
_GAP = 2
"""Spaces between columns."""


def as_lines(rows: Sequence[Row]) -> Iterator[str]:
    """A line a row: the columns, the id, where the words stand, what people decided; tabs between, `-` for nothing."""
    for row in rows:
        yield "\t".join(_field(value) for value in (*row.values, row.id, row.where, row.decided))


def as_csv(names: Sequence[str], rows: Sequence[Row]) -> str:
    """CSV under a line of names, safe to open in a spreadsheet."""
    return csv_text([*names, "id", "where", "decided"], [(*row.values, row.id, row.where, row.decided) for row in rows])


def as_json(names: Sequence[str], rows: Sequence[Row]) -> str:
    """A JSON array of objects: the columns, the `id`, under `where` the passages with the name of their report, and
    under `decided` what people made of it, or null.
    """
    return as_text([_object(names, row) for row in rows])  # type: ignore[arg-type]


def as_table(names: Sequence[str], rows: Sequence[Row], console: Console) -> None:
    """Prints a table, or where there is no room for one each row as a block; columns that hold nothing are left out."""
    filled = [number for number, _ in enumerate(names) if any(row.values[number] not in (None, "") for row in rows)]
    cells = [[_cell(row.values[number]) for number in filled] for row in rows]
    least = [_least(names[number], [row[place] for row in cells]) for place, number in enumerate(filled)]
    is_decided = any(row.decided for row in rows)
    if console.width < sum(width + _GAP for width in least) + (_NARROW + _GAP) * (1 + is_decided):
        _blocks(names, rows, filled, console)
        return
    table = Table(box=None, pad_edge=False, header_style="dim", expand=True)
    for number, width in zip(filled, least, strict=True):
        wide = names[number] in _WIDE
        keeps = not wide and width < _NARROW  # on one line
        most = None if wide else _NARROW
        table.add_column(names[number], overflow="fold", no_wrap=keeps, min_width=width, max_width=most)
    table.add_column("where", style="dim", no_wrap=True)
    if is_decided:
        table.add_column("decided", overflow="fold", max_width=_NARROW)
    for row, shown in zip(rows, cells, strict=True):
        place = Text("\n".join(line for part in _place(row) for line in _folded(part)))
        table.add_row(*shown, place, *([_cell(row.decided)] if is_decided else []))
    console.print(table)


def _least(name: str, cells: Sequence[Text]) -> int:
    """The width that a column must have."""
    longest = max(map(cell_len, (name, *(cell.plain for cell in cells))))
    return min(longest, _ROOM if name in _WIDE else _NARROW)


def _folded(place: str) -> Iterator[str]:
    """Lines that fit the column: an id is copied whole, and offsets are not torn apart."""
    yield from wrap(place.replace(",", ", "), _NARROW) or [""]


def _blocks(names: Sequence[str], rows: Sequence[Row], filled: Sequence[int], console: Console) -> None:
    for row in rows:
        for number in filled:
            if row.values[number] not in (None, ""):
                console.print(Text.assemble((f"{names[number]}: ", "dim"), _cell(row.values[number])))
        if row.decided:
            console.print(Text.assemble(("decided: ", "dim"), _cell(row.decided)))
        console.print(Text("  ".join(_place(row)), "dim"), end="\n\n")


def _place(row: Row) -> Iterator[str]:
    """The id, which other commands want, and where the words stand."""
    if row.id:
        yield row.id
    yield one_line(clipped(row.where, _PLACE))


def _cell(value: Value) -> Text:
    if value is None:
        return Text("")
    return Text(one_line(clipped(value.words if isinstance(value, When) else _number(value), _CELL)))


def _field(value: Value) -> str:
    return "-" if value is None or value == "" else one_line(_number(value))


def _number(value: Value) -> str:
    """Numbers without a fraction they do not have."""
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1 else str(value)


def _object(names: Sequence[str], row: Row) -> Item:
    values: dict[str, Any] = {name.replace(" ", "_"): value for name, value in zip(names, row.values, strict=True)}
    where = [{key: one[key] for key in ("report", "start", "end", "text")} for one in row.passages]
    return {**values, "id": row.id, "where": where, "stands_in": row.where, "decided": row.decided}
