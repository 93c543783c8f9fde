"""What is believed of actors after all reports were compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Actor, ActorType, Annotations, NameReason, ReportDate, Role, identify
from onrecord.resolve.actors.acronyms import learnt_acronyms
from onrecord.resolve.actors.bodies import Bodies
from onrecord.resolve.actors.clusters import Clusters, Form, Node, node_of
from onrecord.resolve.actors.descriptions import GroupActor, Groups
from onrecord.resolve.actors.features import Reason, signs
from onrecord.resolve.actors.gender import count_genders, settled_genders
from onrecord.resolve.actors.lexicon import actor_words
from onrecord.resolve.actors.naming import Naming, find_namings
from onrecord.resolve.actors.offices import Office, find_kinds, find_offices
from onrecord.resolve.actors.referring import Referring, placed
from onrecord.resolve.actors.sources import RoleActor, Sources
from onrecord.resolve.actors.voices import find_voices
from onrecord.resolve.coreference import Chain, resolve_coreference
from onrecord.resolve.names import folded
from onrecord.spans import Span

Chains = Mapping[str, Sequence[Chain]]
"""By report id, which phrases mean one and the same."""
Referents = tuple[tuple[Span, str], ...]
"""Words that mean an actor, with its id, in the order of the text."""


_SURE_KIND = 3
"""How many times as often a name may be taken for a person's as it is said to be a body's, and still be a body's."""


@dataclass(frozen=True, slots=True)
class ActorBeliefs:
    """Who is meant, and why.

    Attributes:
        actors: sorted by id.
        by_mention: mention id to actor id; names that are nobody's are absent.
        by_source: statement id to actor id; sources that stay open are absent.
        reasons: mention or statement id to the features that spoke for the link.
        referents: report id to the words that mean an actor: names, sources, descriptions and pronouns.
    """

    actors: tuple[Actor, ...] = ()
    by_mention: Mapping[str, str] = field(default_factory=dict)
    by_source: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    referents: Mapping[str, Referents] = field(default_factory=dict)


def resolve_actors(
    annotations: Sequence[Annotations],
    dates: Mapping[str, ReportDate] | None = None,
    places: Container[str] = frozenset(),
    chains: Chains | None = None,
    memory: Memory = FORGETFUL,
) -> ActorBeliefs:
    """The actors of all reports, and which mentions and sources mean them.

    Args:
        annotations: of all reports; the result does not depend on their order.
        dates: by report id, when reports were written, for the dates of offices.
        places: ids of mentions that mean places and not those who rule there, whatever they are tagged as.
        chains: what coreference found, if it was already asked; where it finds nothing, a pronoun that is a source
            takes the nearest earlier source that fits.
        memory: may have the chains and the uses of names of each report.
    """
    ordered = sorted(annotations, key=lambda a: a.report.id)
    if chains is None:
        chains = {one.report.id: memory.recall(_CHAINS, resolve_coreference, one) for one in ordered}
    namings = [_namings(memory, index, one, places) for index, one in enumerate(ordered)]
    return _Resolver(ordered, namings, dates or {}, chains, memory).run()


def _namings(memory: Memory, index: int, one: Annotations, places: Container[str]) -> list[Naming]:
    """The uses of names in a report, which is given a number among the reports of today only."""
    literal = tuple(mention.id for mention in one.mentions if mention.id in places)
    found = memory.recall(_NAMINGS, _namings_by_themselves, one, literal)
    return [replace(naming, report=index) for naming in found]


def _namings_by_themselves(one: Annotations, literal: tuple[str, ...]) -> list[Naming]:
    return find_namings(0, one, frozenset(literal))


_CHAINS: Kind[tuple[Chain, ...]] = Kind("chains", tuple[Chain, ...])
_NAMINGS: Kind[list[Naming]] = Kind("namings", list[Naming])


class _Resolver:
    def __init__(
        self,
        annotations: Sequence[Annotations],
        namings: Sequence[list[Naming]],
        dates: Mapping[str, ReportDate],
        chains: Chains,
        memory: Memory,
    ) -> None:
        self._memory = memory
        self._annotations, self._dates, self._chains = annotations, dates, chains
        self._namings = namings
        self._offices = [o for one, named in self._read for o in find_offices(one, named)]
        self._kinds = {id(n): kind for one, named in self._read for n, kind in find_kinds(one, named)}
        acronyms = [learnt_acronyms(one.report.text, named) for one, named in self._read]
        told = count_genders(annotations, self._namings, chains)
        names = (n for named in self._namings for n in named)
        self._clusters = Clusters(names, acronyms, _by_node(self._offices), settled_genders(told))
        self._told_genders = told
        self._ids: dict[Node, str] = {}
        self._types: dict[str, ActorType] = {}
        self._names: dict[str, str] = {}
        self._roles: list[RoleActor] = []
        self._groups: dict[str, GroupActor] = {}
        self._genders: dict[str, str] = {}

    @property
    def _read(self) -> Iterable[tuple[Annotations, list[Naming]]]:
        return zip(self._annotations, self._namings, strict=True)

    def run(self) -> ActorBeliefs:
        groups = self._clusters.actors()
        for root, forms in groups.items():
            self._identify(root, forms)
        self._genders.update(self._genders_of_actors())
        by_mention, reasons = self._link_mentions()
        by_source: dict[str, str] = {}
        referents: dict[str, Referents] = {}
        readings = [self._referring(one, named) for one, named in self._read]
        for index, (one, named) in enumerate(self._read):
            bodies = Bodies(one, named, self._actor_of, self._type_of)
            described = Groups(one, named, self._actor_of, self._type_of, readings[index], bodies, self._groups)
            sources = Sources(
                index,
                one,
                named,
                self._actor_of,
                self._type_of,
                readings[index],
                bodies,
                described.standing,
                self._genders,
            )
            said = sources.run()
            by_source |= (own := {statement: spoken.actor for statement, spoken in said.items()})
            reasons |= {statement: signs(spoken.signs) for statement, spoken in said.items()}
            self._roles += sources.roles
            found = list(described.run(own, {role.id: role.part_of for role in sources.roles}))
            by_mention |= {mention.id: actor for mention, _, actor in found}
            reasons |= {mention.id: signs(("description",)) for mention, _, _ in found}
            grouped = {mention.span: actor for mention, _, actor in found}
            grouped |= {
                noun: actor for mention, noun, actor in found if not readings[index].hangs_on(mention.span, noun)
            }
            referents[one.report.id] = self._referents(one, named, own, grouped, readings[index])
        actors = [*self._named_actors(groups), *self._role_actors(), *self._group_actors()]
        actors += self._missing({actor.id for actor in actors}, actors)
        return ActorBeliefs(
            tuple(sorted(actors, key=lambda actor: actor.id)), by_mention, by_source, reasons, referents
        )

    def _referring(self, one: Annotations, named: Sequence[Naming]) -> Referring:
        chains = self._chains.get(one.report.id, ())
        return Referring(one, chains, named, self._actor_of, self._type_of, self._genders)

    def _referents(
        self,
        one: Annotations,
        named: Sequence[Naming],
        said: Mapping[str, str],
        grouped: Mapping[Span, str],
        referring: Referring,
    ) -> Referents:
        names = {naming.span: actor for naming in named if (actor := self._actor_of(naming)) is not None}
        sources = {s.source.span: said[s.id] for s in one.statements if s.source.span and s.id in said}
        voices = dict(find_voices(one, said, self._type_of, self._memory))
        return placed(names, sources, grouped, voices, dict(referring.referents()))

    # --- identities ---

    def _identify(self, root: Node, forms: Sequence[Form]) -> None:
        kind, name = self._type(root, forms), _best_name(root, forms)
        actor = self._known_id(root[1]) if root[0] == "known" else self._id_by_first_name(forms)
        self._ids[root], self._types[actor], self._names[actor] = actor, kind, name

    def _id_by_first_name(self, forms: Sequence[Form]) -> str:
        """An id made of the first full name that the story has for an actor, so that later reports leave it as it is.

        Whoever is never named in full is told from others of that name by the first report.
        """
        full = [form for form in forms if form.node[0] == "full"]
        first = min((n for form in full or forms for n in form.namings), key=lambda n: (self._when(n), n.span))
        report = self._annotations[first.report].report.id
        return identify("a", folded(first.name)) if full else identify("a", folded(first.name), report, first.gender)

    def _when(self, naming: Naming) -> tuple[str, str]:
        """When a naming was written, as far as is known, and in which report."""
        report = self._annotations[naming.report].report.id
        dated = self._dates.get(report)
        return (dated.date.earliest if dated and dated.date else None) or "9999", report

    def _type(self, root: Node, forms: Sequence[Form]) -> ActorType:
        if root[0] == "known":
            return actor_words().known[root[1]].type
        named = [naming for form in forms for naming in form.namings]
        told = Counter(kind for naming in named if (kind := self._kinds.get(id(naming))))
        full = [naming for form in forms if form.node[0] == "full" for naming in form.namings]
        counts = Counter(naming.kind for naming in full or named)
        if told and _SURE_KIND * told.total() >= counts["person"]:
            return min(told, key=lambda kind: (-told[kind], kind))
        if counts["person"] >= max(counts["organization"], counts["group"]):
            return "person"
        return "organization" if counts["organization"] >= counts["group"] else "group"

    def _genders_of_actors(self) -> dict[str, str]:
        told: Counter[tuple[str, str]] = Counter()
        for (node, gender), count in self._told_genders.items():
            if actor := self._ids.get(self._clusters.root(node)):
                told[actor, gender] += count
        return settled_genders(told)

    def _actor_of(self, naming: Naming) -> str | None:
        return self._ids.get(self._clusters.root(node_of(naming)))

    def _type_of(self, actor: str) -> str:
        group = self._groups.get(actor)
        return self._types.get(actor, group.type if group else "role")

    # --- links ---

    def _link_mentions(self) -> tuple[dict[str, str], dict[str, tuple[Reason, ...]]]:
        by_mention, reasons = {}, {}
        for named in self._namings:
            for naming in named:
                actor = self._actor_of(naming)
                for mention in naming.mentions if actor else ():
                    by_mention[mention] = str(actor)
                    reasons[mention] = (*signs((naming.how,)), *self._clusters.reasons(node_of(naming)))
        return by_mention, reasons

    # --- actors ---

    def _named_actors(self, groups: Mapping[Node, Sequence[Form]]) -> Iterable[Actor]:
        roles = self._roles_by_actor()
        for root, forms in groups.items():
            actor = self._ids[root]
            known = actor_words().known.get(root[1]) if root[0] == "known" else None
            held = tuple(roles.get(actor, ()))
            yield Actor(
                actor,
                known.name if known else _best_name(root, forms),
                self._types[actor],
                _aliases(forms),
                held,
                known.country if known else None,
                self._known_id(known.part_of) if known and known.part_of else None,
                self._because(forms),
            )

    def _because(self, forms: Sequence[Form]) -> tuple[NameReason, ...]:
        """For each name, in the order of its actor's, the features that spoke for it; none for a name by itself."""
        found: dict[str, str] = {}
        for form in forms:
            of_form = self._clusters.reasons(form.node)
            for naming in form.namings:
                reasons = (*(() if naming.how == "name" else signs((naming.how,))), *of_form)
                found.setdefault(naming.alias, " ".join(reason.why for reason in reasons))
        return tuple(NameReason(name, found[name]) for name in _aliases(forms) if found.get(name))

    def _known_id(self, key: str) -> str:
        known = actor_words().known[key]
        return identify("a", known.name.casefold(), known.type)

    def _missing(self, present: set[str], actors: Sequence[Actor]) -> list[Actor]:
        """Well-known bodies that no report names, but that others are part of."""
        by_id = {self._known_id(key): known for key, known in actor_words().known.items()}
        wanted = [actor.part_of for actor in actors if actor.part_of]
        out: dict[str, Actor] = {}
        while wanted:
            actor = wanted.pop()
            if actor not in present and actor not in out and (known := by_id.get(actor)):
                part_of = self._known_id(known.part_of) if known.part_of else None
                out[actor] = Actor(actor, known.name, known.type, (), (), known.country, part_of)
                wanted += [part_of] if part_of else []
        return list(out.values())

    def _role_actors(self) -> Iterable[Actor]:
        for role in self._roles:
            name = self._with_body(role.name, role.part_of)
            yield Actor(role.id, name, "role", tuple(role.aliases), (), role.country, role.part_of)

    def _group_actors(self) -> Iterable[Actor]:
        for group in self._groups.values():
            name = self._with_body(group.name, group.owner) if " " not in group.name else group.name
            yield Actor(group.id, name, group.type, tuple(group.names), (), group.country, group.part_of)

    def _with_body(self, name: str, actor: str | None) -> str:
        """The words of the report, and in brackets whom the source speaks for: one official is not the next."""
        body = self._name_of(actor) if actor else None
        return f"{name} ({body})" if body and f" {folded(body)} " not in f" {folded(name)} " else name

    def _name_of(self, actor: str) -> str | None:
        return self._names.get(actor) or next(
            (known.name for key, known in actor_words().known.items() if self._known_id(key) == actor), None
        )

    def _roles_by_actor(self) -> dict[str, list[Role]]:
        """Offices told by any report, one for each title and body, with the days between which they are told."""
        grouped: dict[tuple[str, str, str | None], list[Office]] = defaultdict(list)
        for office in self._offices:
            holder = self._actor_of(office.naming)
            if holder is not None:
                of = self._actor_of(office.of) if office.of else None
                grouped[holder, office.key, of].append(office)
        out: dict[str, list[Role]] = defaultdict(list)
        for (holder, _, of), offices in grouped.items():
            passages = tuple(self._annotations[o.naming.report].report.passage(o.span) for o in offices)
            days = [
                d.date
                for o in offices
                if (d := self._dates.get(self._annotations[o.naming.report].report.id)) and d.date
            ]
            start = min((day.earliest for day in days if day.earliest), default=None)
            end = max((day.latest for day in days if day.latest), default=None)
            out[holder].append(Role(offices[0].title, of, start, end, passages))
        return out


def _by_node(offices: Iterable[Office]) -> dict[Node, frozenset[str]]:
    out: dict[Node, set[str]] = defaultdict(set)
    for office in offices:
        out[node_of(office.naming)].add(office.key)
    return {node: frozenset(keys) for node, keys in out.items()}


def _best_name(root: Node, forms: Sequence[Form]) -> str:
    """The lexicon's name, or the fullest form that is used most."""
    if root[0] == "known":
        return actor_words().known[root[1]].name
    full = [form for form in forms if form.node[0] == "full"] or list(forms)
    return min(full, key=lambda form: (-len(form.namings), -len(form.words), form.name)).name


def _aliases(forms: Sequence[Form]) -> tuple[str, ...]:
    counts = Counter(naming.alias for form in forms for naming in form.namings)
    return tuple(sorted(counts, key=lambda alias: (-counts[alias], alias)))
