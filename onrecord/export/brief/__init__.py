"""The brief: what an analyst would want to be told of a record, chosen from the public record alone.

As Markdown every line ends in the place of its words: `[r1 243–335]` is the passage of code points 243 up to, not
including, 335 in the text of report r1. As HTML the words open on the spot.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.export.brief.choose import room
from onrecord.export.brief.course import course
from onrecord.export.brief.disputes import disputes
from onrecord.export.brief.document import MARKS, Document, Item, Section
from onrecord.export.brief.doubts import doubts, reports
from onrecord.export.brief.html import as_html
from onrecord.export.brief.listing import Listing
from onrecord.export.brief.markdown import as_markdown, code, shown
from onrecord.export.brief.numbers import numbers
from onrecord.export.brief.opening import known, opening, title
from onrecord.export.brief.promised import promised
from onrecord.export.brief.reading import Reading, grouped
from onrecord.export.brief.sides import sides
from onrecord.export.brief.voices import voices

__all__ = ["MARKS", "brief", "brief_html", "document_of", "grouped"]

_PARTS = (promised, sides, disputes, numbers, course, voices, doubts)
"""The order of the brief: what is due, who wants what, what does not fit; then figures, days, sources and doubts."""


def brief(record: Item, full: bool = False) -> str:
    """The brief of a record in the format `onrecord/1`, as Markdown; `full` adds all statements, report by report."""
    reading = Reading(record)
    return "\n".join(_markdown(reading, full)) + "\n"


def brief_html(record: Item) -> str:
    """The brief of a record in the format `onrecord/1`, as one HTML file that needs nothing else."""
    reading = Reading(record)
    return as_html(_document(reading), reading)


def document_of(record: Item) -> Document:
    """What a brief of a record tells, before it is written in any form."""
    return _document(Reading(record))


def _document(reading: Reading) -> Document:
    space = room(len(reading.reports))
    told: list[Section] = [section for part in _PARTS for section in part(reading, space)]
    first = opening(reading)
    listed = reports(reading, told, space)
    return Document(title(reading), known(reading), first, (*told, *listed), reading.label)


def _markdown(reading: Reading, full: bool) -> Iterator[str]:
    yield from as_markdown(_document(reading))
    if full:
        yield from Listing(reading).lines()
    engine = reading.record["engine"]
    yield "---"
    yield ""
    model = f" · model `{code(engine['model'][:19])}`" if engine["model"] else ""
    yield f"onrecord {shown(engine['version'])}{model} · format {reading.record['format']}"
