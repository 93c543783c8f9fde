"""The record and the notes as JSON, in the format `onrecord/1`, and the writing of files.

Lists are sorted by report, then by offset, then by id, and keys stand in one order, so the same record
gives the same bytes. A list is there even when nothing is in it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from errno import EISDIR
from pathlib import Path
from typing import Any, TextIO

from onrecord.dates import Date
from onrecord.errors import OnRecordError
from onrecord.model import (
    Actor,
    Annotations,
    Event,
    Figure,
    Finding,
    Mention,
    Place,
    Quantity,
    Record,
    Report,
    Role,
    Source,
    Statement,
    Time,
)
from onrecord.spans import Span
from onrecord.version import VERSION

FORMAT = "onrecord/1"
_WHOLE = 2**53
"""Beyond it a float no longer holds every whole number."""

Item = dict[str, Any]

_UNWRITABLE = re.compile("[\ud800-\udfff\x85\u2028\u2029]")
"""Lone surrogates have no UTF-8; the others end a line for some readers of JSON lines."""


def record_as_dict(record: Record) -> Item:
    """The record in the public format. `mentions`, `statements` and the like of all reports stand in one list each."""
    all_notes = [
        notes_as_dict(one, record.place_of, record.actor_of)
        for one in sorted(record.annotations, key=lambda one: one.report.id)
    ]
    read_out = {kind: [item for notes in all_notes for item in notes[kind]] for kind in _READ_OUT}
    return {
        "format": FORMAT,
        "engine": {"version": VERSION, "model": record.model},
        "reports": [_compared(one.report, record) for one in sorted(record.annotations, key=lambda one: one.report.id)],
        "times": read_out["times"],
        "mentions": read_out["mentions"],
        "actors": [_actor(actor) for actor in sorted(record.actors, key=lambda actor: actor.id)],
        "places": [_place(place) for place in sorted(record.places, key=lambda place: place.id)],
        "statements": read_out["statements"],
        "events": read_out["events"],
        "positions": [],
        "issues": [],
        "commitments": [],
        "figures": _figures(record),
        "timeline": [],
        "changes": [],
        "conflicts": [],
        "findings": read_out["findings"],
    }


def _figures(record: Record) -> list[Item]:
    """The figures of all reports, by report, offset and id."""
    reports = {one.report.id: one.report for one in record.annotations}
    placed = [(f.report, min(f.evidence).start, _figure(reports[f.report], f)) for f in record.figures]
    return [item for *_, item in sorted(placed, key=lambda one: (one[0], one[1], one[2]["id"]))]


_READ_OUT = ("times", "mentions", "statements", "events", "findings")


def _compared(report: Report, record: Record) -> Item:
    """A report with what comparing it with the others told: its date as checked, and where it comes from."""
    item = _report(report)
    if report.id in record.dates:
        dated = record.dates[report.id]
        unknown = dict.fromkeys(("value", "earliest", "latest", "rule", "anchor"))
        because = _spans(report, dated.because)
        item["date"] = {**(_date(dated.date) or unknown), "status": dated.status, "because": because}
    if report.id in record.lineage:
        lineage = record.lineage[report.id]
        item["lineage"] = {name: getattr(lineage, name) for name in ("origin", "relation", "of", "agency", "reason")}
    return item


def _place(place: Place) -> Item:
    return {
        "id": place.id,
        "name": place.name,
        "aliases": list(place.aliases),
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
        "gazetteer": place.gazetteer,
        "candidates": list(place.candidates),
    }


def _actor(actor: Actor) -> Item:
    return {
        "id": actor.id,
        "name": actor.name,
        "type": actor.type,
        "aliases": list(actor.aliases),
        "roles": [_role(role) for role in actor.roles],
        "country": actor.country,
        "part_of": actor.part_of,
    }


def _role(role: Role) -> Item:
    evidence = [{"report": p.report, "start": p.start, "end": p.end, "text": p.text} for p in role.evidence]
    return {"title": role.title, "of": role.of, "from": role.start, "to": role.end, "evidence": evidence}


def notes_as_dict(
    annotations: Annotations,
    place_of: Mapping[str, str] | None = None,
    actor_of: Mapping[str, str] | None = None,
) -> Item:
    """All that was read out of one report; places and actors are known only once reports were compared."""
    places, actors = place_of or {}, actor_of or {}
    report = annotations.report
    return {
        "report": _report(report),
        "sentences": [[span.start, span.end] for span in annotations.sentences],
        "times": _in_order((time.span.start, _time(report, time)) for time in annotations.times),
        "mentions": _in_order(
            (mention.span.start, _mention(report, mention, places, actors)) for mention in annotations.mentions
        ),
        "quantities": _in_order((one.span.start, _quantity(report, one)) for one in annotations.quantities),
        "statements": _in_order(
            (one.evidence[0].start, _statement(report, one, actors)) for one in annotations.statements
        ),
        "events": _in_order((min(event.evidence).start, _event(report, event)) for event in annotations.events),
        "findings": _in_order(
            (_first(finding.evidence), _finding(report, finding)) for finding in annotations.findings
        ),
    }


def as_text(content: Item, indent: int | None = 1) -> str:
    """The JSON of `content`, ending in a line feed; on one line if `indent` is None. UTF-8 can always carry it."""
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(content, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
    return _UNWRITABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


@contextmanager
def written_atomically(path: Path) -> Iterator[TextIO]:
    """A file to write, which appears under `path` whole at the end of the block, or not at all.

    The place is tried at the start, before any work. A pipe or a device is written to directly.

    Raises:
        OnRecordError: nothing can be written there.
    """
    direct = path.exists() and not path.is_file() and not path.is_dir()
    target = path if direct else Path(os.path.realpath(path))
    part = target if direct else target.with_name(f".{target.name}.{os.getpid()}.part")
    with _named(path):
        if target.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        file = part.open("w", encoding="utf-8", newline="\n")
    try:
        with file:
            yield file
        if not direct:
            with _named(path):
                part.replace(target)
    finally:
        if not direct:
            part.unlink(missing_ok=True)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Failures of the file system, told as failures to write `path`."""
    try:
        yield
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error})"
        raise OnRecordError(str(path), reason, "Name a file in a folder that you can write to") from error


def write_atomically(path: Path, text: str) -> None:
    """Writes `text` to `path`, whole or not at all.

    Raises:
        OnRecordError: nothing can be written there.
    """
    with written_atomically(path) as file:
        file.write(text)


def _in_order(items: Iterable[tuple[int, Item]]) -> list[Item]:
    return [item for _, item in sorted(items, key=lambda pair: (pair[0], pair[1]["id"]))]


def _first(spans: Sequence[Span]) -> int:
    return min((span.start for span in spans), default=0)


def _span(report: Report, span: Span) -> Item:
    passage = report.passage(span)
    return {"report": passage.report, "start": passage.start, "end": passage.end, "text": passage.text}


def _number(value: float | None) -> float | int | None:
    """Whole numbers without a fraction, as people write them."""
    return int(value) if value is not None and value == int(value) and abs(value) < _WHOLE else value


def _quantity(report: Report, quantity: Quantity) -> Item:
    return {
        "id": quantity.id,
        **_span(report, quantity.span),
        "value": _number(quantity.value),
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "bound": quantity.bound,
        "unit": quantity.unit,
        "change": quantity.change,
    }


def _figure(report: Report, figure: Figure) -> Item:
    return {
        "id": figure.id,
        "statement": figure.statement,
        "report": figure.report,
        "evidence": _spans(report, figure.evidence),
        "value": _number(figure.value),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "bound": figure.bound,
        "unit": figure.unit,
        "counted": _span(report, figure.counted),
        "of": figure.of,
        "place": figure.place,
        "date": _date(figure.date),
        "state": figure.state,
    }


def _maybe_span(report: Report, span: Span | None) -> Item | None:
    return None if span is None else _span(report, span)


def _spans(report: Report, spans: Sequence[Span]) -> list[Item]:
    return [_span(report, span) for span in spans]


def _date(date: Date | None) -> Item | None:
    if date is None:
        return None
    return {
        "value": date.value,
        "earliest": date.earliest,
        "latest": date.latest,
        "rule": date.rule,
        "anchor": date.anchor,
    }


def _report(report: Report) -> Item:
    return {
        "id": report.id,
        "name": report.name,
        "sha256": report.sha256,
        "text": report.text,
        "title": report.title,
        "publisher": report.publisher,
        "dateline": _dateline(report),
        "declared_date": None if report.declared is None else report.declared.value,
        "date": _report_date(report),
        "lineage": _lineage(report),
    }


def _dateline(report: Report) -> Item | None:
    if report.dateline is None:
        return None
    return {"place": None, "text": report.dateline.span.of(report.text)}


def _report_date(report: Report) -> Item:
    """The declared date as the report gives it; it is not yet checked against the report's words."""
    declared = report.declared
    if declared is None:
        unknown = dict.fromkeys(("value", "earliest", "latest", "rule", "anchor"))
        return {**unknown, "status": "unknown", "because": []}
    dated = _date(Date.of(declared.value, "declared")) or {}
    because = [] if declared.span is None else [_span(report, declared.span)]
    return {**dated, "status": "consistent", "because": because}


def _lineage(report: Report) -> Item:
    """Every report counts as an origin of its own until reports are compared."""
    return {
        "origin": "o:" + report.id.partition(":")[2],
        "relation": "original",
        "of": None,
        "agency": None if report.dateline is None else report.dateline.agency,
    }


def _time(report: Report, time: Time) -> Item:
    return {
        "id": time.id,
        **_span(report, time.span),
        "type": time.type,
        "value": time.value,
        "earliest": None if time.date is None else time.date.earliest,
        "latest": None if time.date is None else time.date.latest,
        "rule": time.rule,
        "anchor": time.anchor,
    }


def _mention(report: Report, mention: Mention, places: Mapping[str, str], actors: Mapping[str, str]) -> Item:
    actor, place = actors.get(mention.id), places.get(mention.id)
    return {"id": mention.id, **_span(report, mention.span), "type": mention.type, "actor": actor, "place": place}


def _statement(report: Report, statement: Statement, actors: Mapping[str, str]) -> Item:
    return {
        "id": statement.id,
        "report": statement.report,
        "evidence": _spans(report, statement.evidence),
        "source": _source(report, statement.source, actors.get(statement.id)),
        "cue": _maybe_span(report, statement.cue),
        "content": _spans(report, statement.content),
        "directness": statement.directness,
        "attitude": statement.attitude,
        "within": statement.within,
        "said": _date(statement.said),
        "addressee": None,
    }


def _source(report: Report, source: Source, actor: str | None) -> Item:
    return {
        "span": _maybe_span(report, source.span),
        "actor": actor,
        "basis": source.basis,
        "reason": _maybe_span(report, source.reason),
        "count": source.count,
    }


def _event(report: Report, event: Event) -> Item:
    return {
        "id": event.id,
        "statement": event.statement,
        "report": event.report,
        "evidence": _spans(report, event.evidence),
        "trigger": _span(report, event.trigger),
        "type": None,
        "mode": None,
        "actors": [],
        "recipients": [],
        "place": None,
        "date": _date(event.date),
        "factuality": event.factuality,
        "same_as": None,
    }


def _finding(report: Report, finding: Finding) -> Item:
    return {
        "id": finding.id,
        "report": finding.report,
        "kind": finding.kind,
        "evidence": _spans(report, finding.evidence),
        "explanation": finding.explanation,
        "suggestion": finding.suggestion,
    }
