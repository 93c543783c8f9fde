"""Changes to a record that make one of several, or several of one: actors, and events told more than once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.model import Actor, Annotations, Record, SameEvent, identify
from onrecord.spans import Span

_BECAUSE = "A person decided so."


def merged_actors(record: Record, ids: Sequence[str]) -> Record:
    """Several actors as the first of them, with the names and offices of all."""
    first, others = ids[0], set(ids[1:]) - {ids[0]}
    by_id = {one.id: one for one in record.actors}
    members = [by_id[identifier] for identifier in dict.fromkeys(ids)]
    whole = replace(
        by_id[first],
        aliases=tuple(dict.fromkeys(alias for one in members for alias in one.aliases)),
        roles=tuple(role for one in members for role in one.roles),
        because=tuple(reason for one in members for reason in one.because),
    )
    kept = tuple(whole if one.id == first else one for one in record.actors if one.id not in others)
    return _renamed(replace(record, actors=kept), dict.fromkeys(others, first))


def split_actor(record: Record, identifier: str, value: Mapping[str, Any]) -> Record:
    """What some names (`aliases`) of an actor mean as an actor of its own; nothing if these are all its names."""
    whole = next((one for one in record.actors if one.id == identifier), None)
    if whole is None:
        return record
    names = tuple(alias for alias in whole.aliases if alias in set(value["aliases"]))
    left = tuple(alias for alias in whole.aliases if alias not in names)
    if not names or not left:
        return record
    of_new = tuple(reason for reason in whole.because if reason.name in names)
    of_rest = tuple(reason for reason in whole.because if reason.name not in names)
    new = Actor(part_id(identifier, value["aliases"]), names[0], whole.type, names, because=of_new)
    rest = replace(whole, aliases=left, name=whole.name if whole.name not in names else left[0], because=of_rest)
    actors = tuple(rest if one.id == identifier else one for one in record.actors)
    parted = replace(record, actors=(*actors, new))
    for one in record.annotations:
        parted = _moved(parted, one, _named(record, one, identifier, names), {identifier: new.id})
    return parted


def part_id(identifier: str, names: Sequence[str]) -> str:
    """The id of the actor that is parted from one by these names."""
    return identify("a", "split", identifier, sorted(set(names)))


def same_events(record: Record, ids: Sequence[str]) -> Record:
    """Events that are one, with all that were one with any of them, under the event that the first is told as."""
    same = record.same_event
    roots = {same[one].of if one in same else one for one in ids}
    first = same[ids[0]].of if ids[0] in same else ids[0]
    joined = {key: SameEvent(first, _BECAUSE) if known.of in roots else known for key, known in same.items()}
    joined |= {one: SameEvent(first, _BECAUSE) for one in (*sorted(roots), *ids)}
    return replace(record, same_event={key: known for key, known in joined.items() if key != first})


def different_events(record: Record, ids: Sequence[str]) -> Record:
    """Events that are not one: those after the first leave its group, which goes on without them."""
    leaving = set(ids[1:]) - {ids[0]}
    same = record.same_event
    left = {key: known for key, known in same.items() if key not in leaving}
    for gone in sorted(leaving):
        members = sorted(key for key, known in left.items() if known.of == gone)
        if members:
            heir = ids[0] if ids[0] in members else members[0]
            left |= {key: SameEvent(heir, left[key].because) for key in members}
            del left[heir]
    return replace(record, same_event=left)


def _named(record: Record, one: Annotations, identifier: str, names: Sequence[str]) -> list[Span]:
    """Where a report means the actor by one of the names."""
    meant = [m.span for m in one.mentions if record.actor_of.get(m.id) == identifier]
    meant += [span for span, known in record.referents.get(one.report.id, ()) if known == identifier]
    return [span for span in meant if span.of(one.report.text) in names]


def _moved(record: Record, one: Annotations, spans: Sequence[Span], now: Mapping[str, str]) -> Record:
    """The record in which these words of a report, and the sources that they name, mean another actor."""
    if not spans:
        return record
    words = {mention.id: mention.span for mention in one.mentions if mention.span in spans}
    for told in one.statements:
        source = told.source.span
        if source is not None and any(source.contains(span) for span in spans):
            words[told.id] = source
    actors = {key: now.get(record.actor_of[key], record.actor_of[key]) for key in words if key in record.actor_of}
    known = record.referents.get(one.report.id, ())
    meant = tuple((span, now.get(actor, actor) if span in spans else actor) for span, actor in known)
    return replace(
        record,
        actor_of={**record.actor_of, **actors},
        referents={**record.referents, one.report.id: meant} if known else record.referents,
    )


def _renamed(record: Record, now: Mapping[str, str]) -> Record:
    """The record with other ids for some actors, wherever they stand."""

    def renamed(one: Actor) -> Actor:
        roles = tuple(replace(role, of=now.get(role.of or "", role.of)) for role in one.roles)
        whole = now.get(one.part_of or "", one.part_of)
        return replace(one, roles=roles, part_of=None if whole == one.id else whole)

    return replace(
        record,
        actors=tuple(map(renamed, record.actors)),
        actor_of={key: now.get(known, known) for key, known in record.actor_of.items()},
        referents={
            report: tuple((span, now.get(known, known)) for span, known in found)
            for report, found in record.referents.items()
        },
    )
