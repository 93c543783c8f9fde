"""The record and the notes as JSON, in the format `onrecord/1`.

Lists are sorted by report, then by offset, then by id, and keys stand in one order, so the same record
gives the same bytes. A list is there even when nothing is in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any

from onrecord.export import items
from onrecord.export.items import Item
from onrecord.introductions import introductions
from onrecord.model import Annotations, Participants, Record, Report
from onrecord.spans import Passage, Span
from onrecord.version import VERSION

FORMAT = "onrecord/1"

_UNWRITABLE = re.compile("[\ud800-\udfff\x85\u2028\u2029]")
"""Lone surrogates have no UTF-8; the others end a line for some readers of JSON lines."""
READ_OUT = ("times", "mentions", "statements", "events", "findings")
"""The lists of what is read out of each report by itself."""
_NOBODY = Participants()


def record_as_dict(record: Record, without: Container[str] = ()) -> Item:
    """The record in the public format. `mentions`, `statements` and the like of all reports stand in one list each.

    Args:
        without: reports of which nothing is to stand in those lists (`READ_OUT`).
    """
    in_order = sorted(record.annotations, key=lambda one: one.report.id)
    all_notes = [notes_as_dict(one, record) for one in in_order if one.report.id not in without]
    read_out = {kind: [item for notes in all_notes for item in notes[kind]] for kind in READ_OUT}
    return {
        "format": FORMAT,
        "engine": {"version": VERSION, "model": record.model},
        "as_of": record.as_of,
        "reports": [_compared(one.report, record) for one in in_order],
        "times": read_out["times"],
        "mentions": read_out["mentions"],
        "actors": [items.actor_item(actor) for actor in sorted(record.actors, key=lambda actor: actor.id)],
        "places": [items.place_item(place) for place in sorted(record.places, key=lambda place: place.id)],
        "statements": read_out["statements"],
        "events": read_out["events"],
        **_claims(record),
        **_story(record),
        "findings": read_out["findings"],
        "decisions": [items.settled_item(settled) for settled in record.decisions],
    }


def _claims(record: Record) -> Item:
    """The claims of all reports, by report, offset and id."""
    reports = {one.report.id: one.report for one in record.annotations}

    def told(claims: Iterable[Any], as_item: Callable[[Report, Any], Item]) -> list[Item]:
        placed = sorted(claims, key=lambda claim: (claim.report, min(claim.evidence).start, claim.id))
        return [as_item(reports[claim.report], claim) for claim in placed]

    return {
        "positions": told(record.positions, items.position_item),
        "issues": [items.issue_item(issue) for issue in sorted(record.issues, key=lambda issue: issue.id)],
        "commitments": told(record.commitments, items.commitment_item),
        "figures": told(record.figures, items.figure_item),
    }


def _story(record: Record) -> Item:
    """What is derived: the timeline in the order of its dates, the others by where their evidence begins."""

    def first(derived: Any) -> tuple[str, int, str]:
        passage = min(derived.evidence, key=_where)
        return *_where(passage), derived.id

    return {
        "timeline": [items.timeline_item(entry) for entry in record.timeline],
        "changes": [items.change_item(change) for change in sorted(record.changes, key=first)],
        "conflicts": [items.conflict_item(conflict) for conflict in sorted(record.conflicts, key=first)],
    }


def _where(passage: Passage) -> tuple[str, int]:
    return passage.report, passage.start


def _compared(report: Report, record: Record) -> Item:
    """A report with what comparing it with the others told: its date as checked, and where it comes from."""
    item = items.report_item(report)
    if report.id in record.dates:
        dated = record.dates[report.id]
        unknown = dict.fromkeys(("value", "earliest", "latest", "rule", "anchor"))
        because = items.span_items(report, dated.because)
        item["date"] = {**(items.date_item(dated.date) or unknown), "status": dated.status, "because": because}
    if report.id in record.lineage:
        lineage = record.lineage[report.id]
        item["lineage"] = {name: getattr(lineage, name) for name in ("origin", "relation", "of", "agency", "reason")}
    return item


def notes_as_dict(annotations: Annotations, record: Record | None = None) -> Item:
    """All that was read out of one report; with a record, also what comparing reports told of it."""
    known = record or Record("", ())
    report, places, actors = annotations.report, known.place_of, known.actor_of
    introduced = introductions(annotations)
    return {
        "report": items.report_item(report),
        "sentences": [[span.start, span.end] for span in annotations.sentences],
        "times": _in_order((time.span.start, items.time_item(report, time)) for time in annotations.times),
        "mentions": _in_order(
            (mention.span.start, items.mention_item(report, mention, places, actors))
            for mention in annotations.mentions
        ),
        "quantities": _in_order((one.span.start, items.quantity_item(report, one)) for one in annotations.quantities),
        "statements": _in_order(
            (one.evidence[0].start, items.statement_item(report, one, actors, introduced.get(one.id, ())))
            for one in annotations.statements
        ),
        "events": _in_order(
            (
                min(one.evidence).start,
                items.event_item(report, one, known.participants.get(one.id, _NOBODY), known.same_event.get(one.id)),
            )
            for one in annotations.events
        ),
        "findings": _in_order(
            (_first(finding.evidence), items.finding_item(report, finding)) for finding in annotations.findings
        ),
    }


def as_text(content: Item, indent: int | None = 1) -> str:
    """The JSON of `content`, ending in a line feed; on one line if `indent` is None. UTF-8 can always carry it."""
    separators = (",", ":") if indent is None else (",", ": ")
    text = json.dumps(content, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
    return _UNWRITABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _in_order(items: Iterable[tuple[int, Item]]) -> list[Item]:
    return [item for _, item in sorted(items, key=lambda pair: (pair[0], pair[1]["id"]))]


def _first(spans: Sequence[Span]) -> int:
    return min((span.start for span in spans), default=0)
