"""The record as data frames, for use from Python."""

from __future__ import annotations

from typing import Any, Literal

from onrecord.export.columns import Item, Table, tables_of
from onrecord.export.parts import library

_PANDAS = {"text": "string", "whole": "Int64", "number": "Float64"}
_POLARS = {"text": "String", "whole": "Int64", "number": "Float64"}


def frames(record: Item, kind: Literal["pandas", "polars"] = "pandas") -> dict[str, Any]:
    """A data frame for each table of a record in the format `onrecord/1`, by the table's name.

    Missing values are null, whole numbers stay whole, and texts are as in the record.

    Raises:
        OnRecordError: pandas or Polars is not installed.
    """
    make = {"pandas": _pandas, "polars": _polars}[kind]
    loaded = library(kind, "frames", kind)
    return {table.name: make(table, loaded) for table in tables_of(record)}


def _pandas(table: Table, pandas: Any) -> Any:
    frame = pandas.DataFrame(list(table.rows), columns=[column.name for column in table.columns], dtype="object")
    return frame.astype({column.name: _PANDAS[column.kind] for column in table.columns})


def _polars(table: Table, polars: Any) -> Any:
    schema = {column.name: getattr(polars, _POLARS[column.kind]) for column in table.columns}
    return polars.DataFrame(list(table.rows), schema=schema, orient="row")
