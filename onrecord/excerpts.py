"""The record as one report has it: its annotations, and what is believed about it.

What is read out of a report by itself (its figures, who takes part in its events, the attitudes and promises it tells)
is made of its excerpt and of nothing else. So it stays what it was as long as the excerpt does, whatever other reports
come in, and a `Memory` may keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from onrecord.latest import Latest
from onrecord.model import Actor, Annotations, Place, Record

Value = TypeVar("Value")

_CUT: Latest[dict[int, Record]] = Latest()
"""The excerpts of the beliefs that were asked for last, by the number of their annotations: all claims ask for them."""


def excerpts_of(record: Record) -> Sequence[Record]:
    """The excerpt of each report, in the order of the annotations; claims are left out.

    Of reports that have come to be read otherwise since, only theirs are cut again.
    """
    kept: dict[int, Record] = _CUT.of(_beliefs(record), dict)
    known = dict(kept)
    fresh = [one for one in record.annotations if id(one) not in known]
    known |= {id(one): excerpt for one, excerpt in zip(fresh, _cut(record, fresh), strict=True)}
    excerpts = {id(one): known[id(one)] for one in record.annotations}
    # An excerpt holds its annotations, so that their number stays their own.
    kept.clear()
    kept.update(excerpts)
    return tuple(excerpts.values())


def _beliefs(record: Record) -> tuple[object, ...]:
    of_reports = record.dates, record.lineage
    return (*of_reports, record.places, record.place_of, record.actors, record.actor_of, record.referents)


def _cut(record: Record, some: Iterable[Annotations]) -> Iterator[Record]:
    actors = {actor.id: _as_known(actor) for actor in record.actors}
    places = {place.id: replace(place, aliases=(), candidates=()) for place in record.places}
    for one in some:
        yield _excerpt(record, one, actors, places)


def _excerpt(record: Record, one: Annotations, actors: Mapping[str, Actor], places: Mapping[str, Place]) -> Record:
    report = one.report.id
    mentions = [mention.id for mention in one.mentions]
    place_of = _some(record.place_of, mentions)
    actor_of = _some(record.actor_of, [*mentions, *(statement.id for statement in one.statements)])
    referents = _some(record.referents, [report])
    met = {*actor_of.values(), *(actor for _, actor in referents.get(report, ()))}
    return Record(
        model="",
        annotations=(one,),
        dates=_some(record.dates, [report]),
        lineage=_some(record.lineage, [report]),
        places=tuple(places[place] for place in sorted(set(place_of.values())) if place in places),
        place_of=place_of,
        actors=tuple(actors[actor] for actor in sorted(_with_bodies(met, actors))),
        actor_of=actor_of,
        referents=referents,
    )


def _as_known(actor: Actor) -> Actor:
    """An actor without what every report adds to: all its names, and the words that each of its offices stands in."""
    roles = (replace(role, start=None, end=None, evidence=role.evidence[:1]) for role in actor.roles)
    return replace(actor, aliases=(), roles=tuple(roles), because=())


def _with_bodies(met: Iterable[str], actors: Mapping[str, Actor]) -> set[str]:
    """Those who are met, and those for whom they speak or hold an office, and so on."""
    found: set[str] = set()
    waiting = [actor for actor in met if actor in actors]
    while waiting:
        actor = actors[waiting.pop()]
        if actor.id not in found:
            found.add(actor.id)
            bodies = (actor.part_of, *(role.of for role in actor.roles))
            waiting += [body for body in bodies if body is not None and body in actors]
    return found


def _some(whole: Mapping[str, Value], keys: Iterable[str]) -> dict[str, Value]:
    return {key: whole[key] for key in keys if key in whole}
