"""The timeline in the form of TimelineJS (https://timeline.knightlab.com/docs/json-format.html)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from onrecord.dates import days_of
from onrecord.export.brief.days import human
from onrecord.export.json import as_text
from onrecord.export.words import clipped, place_of, plain

Item = Mapping[str, Any]
_HEADLINE = 140


def timelinejs(record: Item) -> str:
    """A slide for each line of the timeline that has a first or last day; words are escaped: they are HTML there."""
    names = {report["id"]: report["name"] for report in record["reports"]}
    dated = [entry for entry in record["timeline"] if entry["date"]["earliest"] or entry["date"]["latest"]]
    events = [_slide(number, entry, names) for number, entry in enumerate(dated, 1)]
    title = {"text": {"headline": "On the record", "text": _known(record)}}
    return as_text({"title": title, "events": events})


def _known(record: Item) -> str:
    count = len(record["reports"])
    known = f"{count} report{'' if count == 1 else 's'}"
    return f"{known}, as known on {record['as_of']}" if record.get("as_of") else known


def _slide(number: int, entry: Item, names: Mapping[str, str]) -> dict[str, Any]:
    days = dict(_days(entry["date"]))
    return {
        "unique_id": f"line-{number}",
        **days,
        "display_date": escape(human(entry["date"], at_length=True)),
        "text": {"headline": _html(clipped(entry["headline"], _HEADLINE)), "text": _words(entry, names)},
        "group": "several origins" if entry["origins"] > 1 else "one origin",
    }


def _days(when: Item) -> Iterator[tuple[str, dict[str, int]]]:
    """A day, a month or a year alone where the date is just that; else the first and the last day it may be."""
    value, earliest, latest = when["value"] or "", when["earliest"], when["latest"]
    bounds = days_of(value)
    exact = bounds is not None and (earliest, latest) == (bounds[0].isoformat(), bounds[1].isoformat())
    plainly = value[:10].replace("-", "").isdigit() and len(value[:10]) in (4, 7, 10)
    if exact and plainly:
        yield "start_date", _parts(value[:10])
        return
    yield "start_date", _parts(earliest or latest)
    if earliest and latest and earliest != latest:
        yield "end_date", _parts(latest)


def _parts(value: str) -> dict[str, int]:
    """`2025-09` as year and month."""
    numbers = [int(part) for part in value.split("-")]
    return dict(zip(("year", "month", "day"), numbers, strict=False))


def _words(entry: Item, names: Mapping[str, str]) -> str:
    quoted = "".join(
        f"<p>“{_html(one['text'])}” <small>{_html(place_of([one], names))}</small></p>" for one in _few(entry)
    )
    return f"{quoted}<p>{entry['reports']} report(s), {entry['origins']} origin(s)</p>"


def _few(entry: Item) -> list[Item]:
    return list(entry["evidence"][:3])


def _html(words: str) -> str:
    return escape(plain(words))
