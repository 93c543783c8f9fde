"""The forms in which a record can be handed on: one table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A form that is one text.

    Attributes:
        describes: what it is, for people.
        write: from a record in the format `onrecord/1`.
    """

    describes: str
    write: Callable[[Item], str]


@dataclass(frozen=True, slots=True)
class Files:
    """A form that is a folder of files: `write` gives the name of each and what is in it."""

    describes: str
    write: Callable[[Item], Iterable[tuple[str, bytes]]]


Form = Text | Files


def _of(module: str, function: str) -> Callable[[Item], Any]:
    """A function of `onrecord.export`, loaded when it is first called: whoever only lists the forms need not wait."""

    def write(record: Item) -> Any:
        return getattr(import_module(f"onrecord.export.{module}"), function)(record)

    return write


FORMS: Mapping[str, Form] = {
    "record": Text("the record as JSON, whole", _of("json", "as_text")),
    "brief": Text("the brief in Markdown", _of("brief", "brief")),
    "html": Text("the brief in HTML", _of("brief", "brief_html")),
    "csv": Files("a folder of CSV files, a table a list", _of("tables", "csv_files")),
    "parquet": Files("a folder of Parquet files, a table a list", _of("tables", "parquet_files")),
    "annotations": Text("W3C Web Annotations, JSON-LD", _of("annotations", "web_annotations")),
    "timelinejs": Text("the timeline for TimelineJS, JSON", _of("timelinejs", "timelinejs")),
    "calendar": Text("deadlines, iCalendar", _of("calendar", "calendar")),
    "geojson": Text("places and what happens there, GeoJSON", _of("geojson", "geojson")),
    "graphml": Text("who said what about whom, who takes which side, GraphML", _of("network", "graphml")),
    "gexf": Text("the same network for Gephi, GEXF", _of("network", "gexf")),
    "dna": Text("positions, in the columns of Discourse Network Analyzer, CSV", _of("coding", "dna")),
    "ftm": Text("entities of FollowTheMoney, JSON lines", _of("ftm", "ftm")),
    "plover": Text("events, in the columns of POLECAT, tab-separated", _of("plover", "plover")),
}


def written_as(form: str, record: Item) -> str:
    """The record in one of the `FORMS` that are one text.

    Raises:
        OnRecordError: a library it needs is not installed.
        KeyError: there is no such form, or it is a folder of files.
    """
    known = FORMS[form]
    if isinstance(known, Files):
        raise KeyError(form)
    return known.write(record)
