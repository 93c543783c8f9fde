"""Rows of the tables out of the objects of a record, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.case.schema import COLUMNS

Item = dict[str, Any]
Row = dict[str, Any]


def rows_of(record: Item) -> Iterator[tuple[str, Row]]:
    """The name of the table and the row, for each object of the record's lists."""
    for name in COLUMNS:
        for position, item in enumerate(record[name]):
            yield name, _row(name, position, item)


def report_rows(record: Item) -> Iterator[Row]:
    """What comparing told of each report; its text stands elsewhere."""
    for position, item in enumerate(record["reports"]):
        yield {
            "id": item["id"],
            "position": position,
            "date": item["date"]["value"],
            "date_status": item["date"]["status"],
            "origin": item["lineage"]["origin"],
            "relation": item["lineage"]["relation"],
            "item": written({key: value for key, value in item.items() if key != "text"}),
        }


def written(item: Mapping[str, Any]) -> str:
    """The object as JSON, with escapes for all that is not ASCII: lone surrogates have no UTF-8."""
    return json.dumps(item, separators=(",", ":"))


def _row(name: str, position: int, item: Item) -> Row:
    first = _first_passage(item)
    row: Row = {
        "id": item.get("id") or f"{name}:{position:06d}",
        "position": position,
        "report": first and first["report"],
        "start": first and first["start"],
        "item": written(item),
    }
    return row | {column: _at(item, path.split(".")) for column, (path, _) in COLUMNS[name].items()}


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
