"""Rows of the tables out of the objects of a record, and back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.case.schema import COLUMNS

Item = dict[str, Any]
Row = dict[str, Any]
BY_DATE = frozenset(("timeline",))
"""Lists that are not in the order of the reports."""
BY_ID = frozenset(("actors", "places", "issues"))
"""Lists whose objects belong to no report; they are in the order of their ids."""
_ENCODER = json.JSONEncoder(separators=(",", ":"))
_PATHS = {name: {column: path.split(".") for column, (path, _) in columns.items()} for name, columns in COLUMNS.items()}


def rows_of(record: Item) -> Iterator[tuple[str, Row, Item]]:
    """For each object of the record's lists the name of the table, the row without its columns, and the object."""
    for name in COLUMNS:
        places: Counter[str | None] = Counter()
        for item in record[name]:
            first = _first_passage(item)
            report = _report_of(item, first)
            among = None if name in BY_DATE else report
            place = places[among]
            places[among] += 1
            yield name, _row(name, 0 if name in BY_ID else place, item, report, first), item


def columns_of(name: str, item: Item) -> Row:
    """What the columns of a table show of an object. Made for rows that are written only: most stay as they are."""
    return {column: _at(item, path) for column, path in _PATHS[name].items()}


def in_order(name: str, rows: Iterable[Any]) -> list[Any]:
    """Rows of one list of the record, with their columns `report`, `position` and `id`, in its order."""
    if name in BY_DATE:
        return sorted(rows, key=lambda row: row.position)
    return sorted(rows, key=lambda row: (row.report or "", row.position, row.id))


def report_rows(record: Item) -> Iterator[Row]:
    """What comparing told of each report; its text stands elsewhere."""
    for item in record["reports"]:
        yield {
            "id": item["id"],
            "date": item["date"]["value"],
            "date_status": item["date"]["status"],
            "origin": item["lineage"]["origin"],
            "relation": item["lineage"]["relation"],
            "item": written({key: value for key, value in item.items() if key != "text"}),
        }


def written(item: Mapping[str, Any]) -> str:
    """The object as JSON, with escapes for all that is not ASCII: lone surrogates have no UTF-8."""
    return _ENCODER.encode(item)


def _row(name: str, position: int, item: Item, report: str | None, first: Item | None) -> Row:
    return {
        "id": item.get("id") or f"{name}:{position:06d}",
        "position": position,
        "report": report,
        "start": first and first["start"],
        "item": written(item),
    }


def _report_of(item: Item, first: Item | None) -> str | None:
    """The report that an object belongs to, or in which it begins."""
    report: str | None = item.get("report") or (None if first is None else first["report"])
    return report


def _first_passage(item: Item) -> Item | None:
    """Where the object stands: its own words, or the first that bear it out."""
    if "start" in item:
        return item
    return min(item.get("evidence", ()), key=lambda one: (one["report"], one["start"]), default=None)


def _at(item: Any, path: list[str]) -> Any:
    """What stands at the path; a `*` joins what stands in each object of a list."""
    for depth, key in enumerate(path):
        if item is None:
            return None
        if key == "*":
            return " … ".join(str(_at(one, path[depth + 1 :])) for one in item)
        item = item[key]
    return _storable(item) if isinstance(item, str) else item


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
