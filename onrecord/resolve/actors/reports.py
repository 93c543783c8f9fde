"""Whom the words of one report mean, once it is settled whom its names mean: sources, groups, pronouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.memory import Memory
from onrecord.model import Annotations
from onrecord.resolve.actors.bodies import Bodies
from onrecord.resolve.actors.descriptions import GroupActor, Groups
from onrecord.resolve.actors.naming import Named, Naming
from onrecord.resolve.actors.referring import Referring, placed
from onrecord.resolve.actors.sources import RoleActor, Sources, Spoken
from onrecord.resolve.actors.voices import find_voices
from onrecord.resolve.coreference import Chain
from onrecord.spans import Span

Referents = tuple[tuple[Span, str], ...]
"""Words that mean an actor, with its id, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What all reports together tell of the names in one.

    Attributes:
        actors: the actor of each naming, in order; None for a name that is nobody's.
        types: by actor that is named, or that a source may speak for.
        genders: by actor, as far as they are told.
    """

    actors: tuple[str | None, ...]
    types: dict[str, str]
    genders: dict[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells of its actors.

    Attributes:
        said: statement id to who says it.
        roles, groups: actors that are made of its words.
        described: id of a mention of a group to the actor that it means.
    """

    said: dict[str, Spoken]
    roles: tuple[RoleActor, ...]
    groups: tuple[GroupActor, ...]
    described: dict[str, str]
    referents: Referents


def read_report(
    one: Annotations, namings: Sequence[Naming], chains: Sequence[Chain], meant: Meant, memory: Memory
) -> Told:
    """Whom the words of a report mean."""
    return _Report(one, namings, chains, meant).read(memory)


@dataclass
class _Report:
    one: Annotations
    namings: Sequence[Naming]
    chains: Sequence[Chain]
    meant: Meant
    made: dict[str, GroupActor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pairs = zip(self.namings, self.meant.actors, strict=True)
        self._actors: Mapping[Span, str | None] = {naming.span: actor for naming, actor in pairs}

    def read(self, memory: Memory) -> Told:
        named, genders = Named(self.one, self.namings, self._actor_of, self._type_of), self.meant.genders
        referring = Referring(named, self.chains, genders)
        bodies = Bodies(named)
        groups = Groups(named, referring, bodies, self.made)
        sources = Sources(named, referring, bodies, groups.standing, genders)
        spoken = sources.run()
        said = {statement: each.actor for statement, each in spoken.items()}
        found = list(groups.run(said, {role.id: role.part_of for role in sources.roles}))
        grouped = {mention.span: actor for mention, _, actor in found}
        grouped |= {noun: actor for mention, noun, actor in found if not referring.hangs_on(mention.span, noun)}
        return Told(
            said=spoken,
            roles=tuple(sources.roles),
            groups=tuple(self.made.values()),
            described={mention.id: actor for mention, _, actor in found},
            referents=self._referents(said, grouped, referring, memory),
        )

    def _referents(
        self, said: Mapping[str, str], grouped: Mapping[Span, str], referring: Referring, memory: Memory
    ) -> Referents:
        names = {span: actor for span, actor in self._actors.items() if actor is not None}
        sources = {s.source.span: said[s.id] for s in self.one.statements if s.source.span and s.id in said}
        voices = dict(find_voices(self.one, said, self._type_of, memory))
        return placed(names, sources, grouped, voices, dict(referring.referents()))

    def _actor_of(self, naming: Naming) -> str | None:
        return self._actors.get(naming.span)

    def _type_of(self, actor: str) -> str:
        group = self.made.get(actor)
        return self.meant.types.get(actor, group.type if group else "role")
