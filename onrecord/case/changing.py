"""Single changes to a record: one object taken out, corrected, joined with another or parted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.dates import Date
from onrecord.model import (
    Actor,
    Annotations,
    Event,
    Record,
    SameEvent,
    Statement,
    Step,
    identify,
)

Value = Mapping[str, Any]
_DATED = frozenset(("date", "due", "not_before", "said"))


def without(name: str) -> Callable[[Record, str, Value], Record]:
    """The change that takes an object out of a list of the record."""

    def change(record: Record, identifier: str, _: Value) -> Record:
        kept: dict[str, Any] = {name: tuple(one for one in getattr(record, name) if one.id != identifier)}
        return replace(record, **kept)

    return change


def claim(name: str, allowed: Sequence[str]) -> Callable[[Record, str, Value], Record]:
    """The change that gives an object of a list other values in some of its fields."""

    def change(record: Record, identifier: str, value: Value) -> Record:
        fields = {key: _as_field(key, given) for key, given in value.items() if key in (*allowed, "date")}
        items = tuple(replace(one, **fields) if one.id == identifier else one for one in getattr(record, name))
        corrected: dict[str, Any] = {name: items}
        return replace(record, **corrected)

    return change


def without_statement(record: Record, identifier: str, _: Value) -> Record:
    """Without a statement and the events read from it; what it passed on hangs on what passed it on itself."""

    def change(one: Annotations) -> Annotations:
        gone = next((s for s in one.statements if s.id == identifier), None)
        if gone is None:
            return one
        kept = tuple(
            replace(s, within=gone.within) if s.within == identifier else s for s in one.statements if s is not gone
        )
        return replace(one, statements=kept, events=tuple(e for e in one.events if e.statement != identifier))

    return _each(record, change)


def statement(record: Record, identifier: str, value: Value) -> Record:
    """A statement with another source, basis, attitude or time."""
    fields = {key: _as_field(key, given) for key, given in value.items() if key in ("attitude", "said", "directness")}

    def corrected(one: Statement) -> Statement:
        if one.id != identifier:
            return one
        source = replace(one.source, basis=value["basis"]) if "basis" in value else one.source
        return replace(one, source=source, **fields)

    changed = _each(record, lambda one: replace(one, statements=tuple(map(corrected, one.statements))))
    return _with_actor(changed, identifier, value)


def mention(record: Record, identifier: str, value: Value) -> Record:
    """A mention that means another actor or place; None for nobody and nowhere."""
    changed = _with_actor(record, identifier, value)
    if "place" not in value:
        return changed
    places = {key: place for key, place in changed.place_of.items() if key != identifier}
    return replace(changed, place_of=places | ({identifier: value["place"]} if value["place"] else {}))


def actor(record: Record, identifier: str, value: Value) -> Record:
    """An actor under another name, of another type, country or part."""
    fields = {key: value[key] for key in ("name", "type", "country", "part_of") if key in value}
    return replace(record, actors=tuple(replace(a, **fields) if a.id == identifier else a for a in record.actors))


def merged_actors(record: Record, ids: Sequence[str]) -> Record:
    """Several actors as the first of them, with the names and offices of all."""
    first, others = ids[0], set(ids[1:]) - {ids[0]}
    by_id = {one.id: one for one in record.actors}
    members = [by_id[identifier] for identifier in dict.fromkeys(ids)]
    whole = replace(
        by_id[first],
        aliases=tuple(dict.fromkeys(alias for one in members for alias in one.aliases)),
        roles=tuple(role for one in members for role in one.roles),
    )
    kept = tuple(whole if one.id == first else one for one in record.actors if one.id not in others)
    return _renamed(replace(record, actors=kept), dict.fromkeys(others, first))


def split_actor(record: Record, identifier: str, value: Value) -> Record:
    """The mentions under some names (`aliases`) as an actor of their own."""
    names = set(value["aliases"])
    whole = next(one for one in record.actors if one.id == identifier)
    new = Actor(identify("a", "split", identifier, sorted(names)), sorted(names)[0], whole.type, tuple(sorted(names)))
    rest = replace(whole, aliases=tuple(alias for alias in whole.aliases if alias not in names))
    moved = {
        mention.id: new.id
        for one in record.annotations
        for mention in one.mentions
        if record.actor_of.get(mention.id) == identifier and mention.span.of(one.report.text) in names
    }
    actors = tuple(rest if one.id == identifier else one for one in record.actors)
    return replace(record, actors=(*actors, new), actor_of={**record.actor_of, **moved})


def without_event(record: Record, identifier: str, _: Value) -> Record:
    """Without an event; lines of the timeline that rest on it alone go with it."""
    kept = tuple(
        replace(line, events=tuple(event for event in line.events if event != identifier))
        for line in record.timeline
        if line.events != (identifier,)
    )
    events = _each(record, lambda one: replace(one, events=tuple(e for e in one.events if e.id != identifier)))
    return replace(events, timeline=kept)


def event(record: Record, identifier: str, value: Value) -> Record:
    """An event of another kind, at another date, or of another factuality."""
    fields = {key: _as_field(key, value[key]) for key in ("type", "mode", "factuality", "date") if key in value}

    def corrected(one: Event) -> Event:
        return replace(one, **fields) if one.id == identifier else one

    return _each(record, lambda one: replace(one, events=tuple(map(corrected, one.events))))


def without_finding(record: Record, identifier: str, _: Value) -> Record:
    """Without a doubt that a person does not share."""
    return _each(record, lambda one: replace(one, findings=tuple(f for f in one.findings if f.id != identifier)))


def commitment_status(record: Record, identifier: str, value: Value) -> Record:
    """A commitment with a step that a person added; it rests on the words of the commitment itself."""
    reports = {one.report.id: one.report for one in record.annotations}
    commitments = []
    for one in record.commitments:
        if one.id == identifier:
            words = tuple(reports[one.report].passage(span) for span in one.evidence)
            as_of = Date.of(value["as_of"], "decided") if value.get("as_of") else None
            one = replace(one, history=(*one.history, Step(as_of, value["status"], words)))
        commitments.append(one)
    return replace(record, commitments=tuple(commitments))


def same_events(record: Record, ids: Sequence[str]) -> Record:
    """Events that are one, under the first of them."""
    groups = {one: SameEvent(ids[0], "A person decided so.") for one in ids[1:]}
    return replace(record, same_event={**record.same_event, **groups})


def different_events(record: Record, ids: Sequence[str]) -> Record:
    """Events that are not one: those after the first leave its group."""
    return replace(record, same_event={key: same for key, same in record.same_event.items() if key not in ids[1:]})


def _each(record: Record, change: Callable[[Annotations], Annotations]) -> Record:
    return replace(record, annotations=tuple(map(change, record.annotations)))


def _with_actor(record: Record, identifier: str, value: Value) -> Record:
    if "actor" not in value:
        return record
    others = {key: known for key, known in record.actor_of.items() if key != identifier}
    return replace(record, actor_of=others | ({identifier: value["actor"]} if value["actor"] else {}))


def _renamed(record: Record, now: Mapping[str, str]) -> Record:
    """The record with other ids for some actors, wherever they stand."""
    return replace(
        record,
        actors=tuple(replace(one, part_of=now.get(one.part_of or "", one.part_of)) for one in record.actors),
        actor_of={key: now.get(known, known) for key, known in record.actor_of.items()},
        referents={
            report: tuple((span, now.get(known, known)) for span, known in found)
            for report, found in record.referents.items()
        },
    )


def _as_field(key: str, given: Any) -> Any:
    """Dates come as TIMEX3 values."""
    return Date.of(given, "decided") if key in _DATED and isinstance(given, str) else given
