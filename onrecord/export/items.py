"""Each noun of the model as an object of the format `onrecord/1`; keys stand in the order of the format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from onrecord.dates import Date
from onrecord.model import (
    Actor,
    Change,
    Commitment,
    Conflict,
    Event,
    Figure,
    Finding,
    Issue,
    Mention,
    Participants,
    Place,
    Position,
    Quantity,
    Report,
    Role,
    SameEvent,
    Settled,
    Source,
    Statement,
    Step,
    Time,
    TimelineEntry,
)
from onrecord.spans import Passage, Span

Item = dict[str, Any]

_WHOLE = 2**53
"""Beyond it a float no longer holds every whole number."""


def span_item(report: Report, span: Span) -> Item:
    return passage_item(report.passage(span))


def maybe_span_item(report: Report, span: Span | None) -> Item | None:
    return None if span is None else span_item(report, span)


def span_items(report: Report, spans: Sequence[Span]) -> list[Item]:
    return [span_item(report, span) for span in spans]


def number(value: float | None) -> float | int | None:
    """Whole numbers without a fraction, as people write them."""
    return int(value) if value is not None and value == int(value) and abs(value) < _WHOLE else value


def date_item(date: Date | None) -> Item | None:
    if date is None:
        return None
    return {
        "value": date.value,
        "earliest": date.earliest,
        "latest": date.latest,
        "rule": date.rule,
        "anchor": date.anchor,
    }


def report_item(report: Report) -> Item:
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
    dated = date_item(Date.of(declared.value, "declared")) or {}
    because = [] if declared.span is None else [span_item(report, declared.span)]
    return {**dated, "status": "consistent", "because": because}


def _lineage(report: Report) -> Item:
    """Every report counts as an origin of its own until reports are compared."""
    return {
        "origin": "o:" + report.id.partition(":")[2],
        "relation": "original",
        "of": None,
        "agency": None if report.dateline is None else report.dateline.agency,
    }


def time_item(report: Report, time: Time) -> Item:
    return {
        "id": time.id,
        **span_item(report, time.span),
        "type": time.type,
        "value": time.value,
        "earliest": None if time.date is None else time.date.earliest,
        "latest": None if time.date is None else time.date.latest,
        "rule": time.rule,
        "anchor": time.anchor,
    }


def mention_item(report: Report, mention: Mention, places: Mapping[str, str], actors: Mapping[str, str]) -> Item:
    actor, place = actors.get(mention.id), places.get(mention.id)
    return {"id": mention.id, **span_item(report, mention.span), "type": mention.type, "actor": actor, "place": place}


def quantity_item(report: Report, quantity: Quantity) -> Item:
    return {
        "id": quantity.id,
        **span_item(report, quantity.span),
        "value": number(quantity.value),
        "low": number(quantity.low),
        "high": number(quantity.high),
        "bound": quantity.bound,
        "unit": quantity.unit,
        "change": quantity.change,
    }


def statement_item(
    report: Report, statement: Statement, actors: Mapping[str, str], introduced: Sequence[Span] = ()
) -> Item:
    """A statement; `introduced` are the words with which the report introduces its source, wherever they stand."""
    return {
        "id": statement.id,
        "report": statement.report,
        "evidence": span_items(report, statement.evidence),
        "source": _source(report, statement.source, actors.get(statement.id), introduced),
        "cue": maybe_span_item(report, statement.cue),
        "content": span_items(report, statement.content),
        "directness": statement.directness,
        "attitude": statement.attitude,
        "within": statement.within,
        "said": date_item(statement.said),
        "addressee": None,
    }


def _source(report: Report, source: Source, actor: str | None, introduced: Sequence[Span]) -> Item:
    return {
        "span": maybe_span_item(report, source.span),
        "actor": actor,
        "basis": source.basis,
        "reason": maybe_span_item(report, source.reason),
        "count": source.count,
        "introduced": span_items(report, introduced),
    }


def event_item(report: Report, event: Event, who: Participants, same: SameEvent | None) -> Item:
    """An event with what comparing reports told of it; `who` is empty and `same` None before that."""
    return {
        "id": event.id,
        "statement": event.statement,
        "report": event.report,
        "evidence": span_items(report, event.evidence),
        "trigger": span_item(report, event.trigger),
        "type": event.type,
        "mode": event.mode,
        "actors": list(who.actors),
        "recipients": list(who.recipients),
        "place": who.place,
        "date": date_item(event.date),
        "factuality": event.factuality,
        "same_as": None if same is None else same.of,
        "because": None if same is None else same.because,
    }


def finding_item(report: Report, finding: Finding) -> Item:
    return {
        "id": finding.id,
        "report": finding.report,
        "kind": finding.kind,
        "evidence": span_items(report, finding.evidence),
        "explanation": finding.explanation,
        "suggestion": finding.suggestion,
    }


def figure_item(report: Report, figure: Figure) -> Item:
    return {
        "id": figure.id,
        "statement": figure.statement,
        "report": figure.report,
        "evidence": span_items(report, figure.evidence),
        "value": number(figure.value),
        "low": number(figure.low),
        "high": number(figure.high),
        "bound": figure.bound,
        "unit": figure.unit,
        "counted": span_item(report, figure.counted),
        "of": figure.of,
        "place": figure.place,
        "date": date_item(figure.date),
        "state": figure.state,
    }


def place_item(place: Place) -> Item:
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


def actor_item(actor: Actor) -> Item:
    return {
        "id": actor.id,
        "name": actor.name,
        "type": actor.type,
        "aliases": list(actor.aliases),
        "roles": [_role(role) for role in actor.roles],
        "country": actor.country,
        "part_of": actor.part_of,
        "because": [{"name": one.name, "why": one.why} for one in actor.because],
    }


def _role(role: Role) -> Item:
    evidence = passage_items(role.evidence)
    return {"title": role.title, "of": role.of, "from": role.start, "to": role.end, "evidence": evidence}


def passage_items(passages: Sequence[Passage]) -> list[Item]:
    return [passage_item(passage) for passage in passages]


def passage_item(passage: Passage) -> Item:
    return {"report": passage.report, "start": passage.start, "end": passage.end, "text": passage.text}


def issue_item(issue: Issue) -> Item:
    return {"id": issue.id, "label": issue.label, "for": list(issue.pro), "against": list(issue.con)}


def position_item(report: Report, position: Position) -> Item:
    return {
        "id": position.id,
        "statement": position.statement,
        "report": position.report,
        "evidence": span_items(report, position.evidence),
        "actor": position.actor,
        "issue": position.issue,
        "stance": position.stance,
        "held": {"from": position.start, "to": position.end},
        "note": position.note,
    }


def commitment_item(report: Report, commitment: Commitment) -> Item:
    return {
        "id": commitment.id,
        "statement": commitment.statement,
        "report": commitment.report,
        "evidence": span_items(report, commitment.evidence),
        "parties": list(commitment.parties),
        "to": list(commitment.to),
        "action": span_item(report, commitment.action),
        "quantity": None if commitment.quantity is None else quantity_item(report, commitment.quantity),
        "places": list(commitment.places),
        "due": date_item(commitment.due),
        "not_before": date_item(commitment.not_before),
        "condition": maybe_span_item(report, commitment.condition),
        "strength": commitment.strength,
        "history": [_step(step) for step in commitment.history],
        "same_as": commitment.same_as,
    }


def _step(step: Step) -> Item:
    return {"as_of": date_item(step.as_of), "status": step.status, "evidence": passage_items(step.evidence)}


def timeline_item(entry: TimelineEntry) -> Item:
    return {
        "date": date_item(entry.date),
        "events": list(entry.events),
        "evidence": passage_items(entry.evidence),
        "headline": entry.headline,
        "reports": entry.reports,
        "origins": entry.origins,
        "weight": round(entry.weight, 4),
    }


def change_item(change: Change) -> Item:
    return {
        "id": change.id,
        "kind": change.kind,
        "before": change.before,
        "after": change.after,
        "cause": None if change.cause is None else passage_item(change.cause),
        "evidence": passage_items(change.evidence),
        "explanation": change.explanation,
    }


def conflict_item(conflict: Conflict) -> Item:
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "label": conflict.label,
        "items": list(conflict.items),
        "evidence": passage_items(conflict.evidence),
        "explanation": conflict.explanation,
    }


def settled_item(settled: Settled) -> Item:
    decision = settled.decision
    return {
        "number": decision.number,
        "made": decision.made,
        "author": decision.author,
        "kind": decision.kind,
        "list": decision.targets[0].list if decision.targets else None,
        "ids": list(settled.ids),
        "words": [quoted.words for target in decision.targets for quoted in target.evidence[:1]],
        "value": dict(decision.value),
        "status": settled.status,
    }
