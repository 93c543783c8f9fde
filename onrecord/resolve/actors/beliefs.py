"""What is believed of actors after all reports were compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Actor, ActorType, Annotations, NameReason, ReportDate, Role, identify
from onrecord.resolve.actors.acronyms import learnt_acronyms
from onrecord.resolve.actors.clusters import Clusters, Form, Node, node_of
from onrecord.resolve.actors.descriptions import GroupActor
from onrecord.resolve.actors.features import Reason, signs
from onrecord.resolve.actors.gender import count_genders, settled_genders
from onrecord.resolve.actors.lexicon import actor_words
from onrecord.resolve.actors.naming import Naming, find_namings
from onrecord.resolve.actors.offices import Office, find_kinds, find_offices
from onrecord.resolve.actors.reports import Meant, Referents, Told, read_report
from onrecord.resolve.actors.sources import RoleActor
from onrecord.resolve.coreference import Chain, resolve_coreference
from onrecord.resolve.names import folded

Chains = Mapping[str, Sequence[Chain]]
"""By report id, which phrases mean one and the same."""

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
    else:
        memory = FORGETFUL  # what they are of is not known
    namings = [_namings(memory, index, one, places) for index, one in enumerate(ordered)]
    return _Resolver(ordered, namings, dates or {}, chains, places, memory).run()


def _namings(memory: Memory, index: int, one: Annotations, places: Container[str]) -> list[Naming]:
    """The uses of names in a report, which is given a number among the reports of today only."""
    literal = tuple(mention.id for mention in one.mentions if mention.id in places)
    found = memory.recall(_NAMINGS, _namings_by_themselves, one, literal)
    return [replace(naming, report=index) for naming in found]


def _namings_by_themselves(one: Annotations, literal: tuple[str, ...]) -> list[Naming]:
    return find_namings(0, one, frozenset(literal))


_CHAINS: Kind[tuple[Chain, ...]] = Kind("chains", tuple[Chain, ...])
_TOLD: Kind[Told] = Kind("actors told", Told)
_NAMINGS: Kind[list[Naming]] = Kind("namings", list[Naming])


class _Resolver:
    def __init__(
        self,
        annotations: Sequence[Annotations],
        namings: Sequence[list[Naming]],
        dates: Mapping[str, ReportDate],
        chains: Chains,
        places: Container[str],
        memory: Memory,
    ) -> None:
        self._places, self._memory = places, memory
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
        for one, named in self._read:
            told = self._told(one, named)
            by_source |= {statement: spoken.actor for statement, spoken in told.said.items()}
            reasons |= {statement: signs(spoken.signs) for statement, spoken in told.said.items()}
            self._roles += told.roles
            self._count(told.groups)
            by_mention |= told.described
            reasons |= {mention: signs(("description",)) for mention in told.described}
            referents[one.report.id] = told.referents
        actors = [*self._named_actors(groups), *self._role_actors(), *self._group_actors()]
        actors += self._missing({actor.id for actor in actors}, actors)
        return ActorBeliefs(
            tuple(sorted(actors, key=lambda actor: actor.id)), by_mention, by_source, reasons, referents
        )

    def _told(self, one: Annotations, named: Sequence[Naming]) -> Told:
        """Whom the words of a report mean. Its names and chains are made of it and of which names are of places."""
        chains, memory = self._chains.get(one.report.id, ()), self._memory

        def read(one: Annotations, _: tuple[str, ...], meant: Meant) -> Told:
            return read_report(one, named, chains, meant, memory)

        literal = tuple(mention.id for mention in one.mentions if mention.id in self._places)
        return memory.recall(_TOLD, read, one, literal, self._meant(named))

    def _meant(self, named: Sequence[Naming]) -> Meant:
        actors = tuple(map(self._actor_of, named))
        asked = sorted({actor for actor in actors if actor is not None} | set(self._ministries(named)))
        types = {actor: self._types[actor] for actor in asked if actor in self._types}
        return Meant(actors, dict(types), {actor: self._genders[actor] for actor in asked if actor in self._genders})

    def _ministries(self, named: Sequence[Naming]) -> Iterable[str]:
        """The bodies of the states that are named for which an official may speak, whoever names them."""
        sectors = actor_words().sectors
        states = {naming.known for naming in named if naming.known is not None}
        return (self._known_id(key) for state in states for key in sectors.get(state, {}).values())

    def _count(self, groups: Sequence[GroupActor]) -> None:
        """Takes in the groups of a report; a standing body may be known from another."""
        for group in groups:
            known = self._groups.setdefault(group.id, replace(group, forms={}))
            for form, times in group.forms.items():
                known.add(form, times)

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
