"""The actors of a record by what they are: worked out once, and asked by every report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from onrecord.latest import Latest
from onrecord.model import Actor, Record

_OVER = frozenset(("former", "ex", "ex-", "late", "retired"))
"""Before an office, these say that it is held no more."""


class Cast:
    """Actors by type."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.type_of: Mapping[str, str] = {actor.id: actor.type for actor in actors}
        self._actors = actors

    @cached_property
    def _by_id(self) -> Mapping[str, Actor]:
        return {actor.id: actor for actor in self._actors}

    def actor(self, known: str) -> Actor | None:
        """The actor of this id."""
        return self._by_id.get(known)

    @cached_property
    def persons(self) -> frozenset[str]:
        return self._of("person")

    @cached_property
    def described(self) -> frozenset[str]:
        """Those known by what they do or are, not by a name."""
        return self._of("role", "group")

    @cached_property
    def states(self) -> frozenset[str]:
        return self._of("government")

    @cached_property
    def officers(self) -> Mapping[str, frozenset[str]]:
        """Persons by the last word of each office they hold, in lower case: "mayor"."""
        found: dict[str, set[str]] = {}
        for actor in self._actors:
            for role in actor.roles if actor.type == "person" else ():
                found.setdefault(role.title.split()[-1].lower() if role.title.split() else "", set()).add(actor.id)
        return {word: frozenset(persons) for word, persons in found.items()}

    @cached_property
    def titles(self) -> Mapping[str, frozenset[str]]:
        """Persons by each office they hold, in lower case: "interior minister"."""
        found: dict[str, set[str]] = {}
        for actor in self._actors:
            for role in actor.roles if actor.type == "person" else ():
                found.setdefault(" ".join(role.title.lower().split()), set()).add(actor.id)
        return {title: frozenset(persons) for title, persons in found.items()}

    @cached_property
    def body_of(self) -> Mapping[str, str]:
        """For each person with offices of one body only, and each spokesman of one, that body."""
        found = {}
        for actor in self._actors:
            held = [role for role in actor.roles if role.title.split(maxsplit=1)[0].lower() not in _OVER]
            bodies = {role.of for role in held if role.of is not None} or {actor.part_of} - {None}
            if actor.type in ("person", "role") and len(bodies) == 1:
                found[actor.id] = str(bodies.pop())
        return found

    def _of(self, *types: str) -> frozenset[str]:
        return frozenset(actor for actor, own in self.type_of.items() if own in types)


_LATEST: Latest[Cast] = Latest()


def cast_of(record: Record) -> Cast:
    """The cast of a record: all of its reports ask for it one after the other."""
    return _LATEST.of((record.actors,), lambda: Cast(record.actors))
