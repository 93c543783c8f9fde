"""Names of one actor brought together: first within a report, then across the story.

A full name is one node for the whole story, a short form ("Lee") one node for each report, for it means whoever was
named there. Candidates are looked up by the sounds of the first and last word, so no name is compared with all others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from onrecord.model import MentionType
from onrecord.resolve.actors.acronyms import abbreviates
from onrecord.resolve.actors.features import ENOUGH, Pair, Reason, weigh
from onrecord.resolve.actors.lexicon import actor_words
from onrecord.resolve.actors.naming import Naming
from onrecord.resolve.names import SAME, folded, same_name, sounds

Node = tuple[str, str]
"""("known", key), ("full", words) or ("short", report and words)."""
Offices = Mapping[Node, frozenset[str]]
Acronyms = Sequence[Mapping[str, Naming]]
"""By report, the short forms that it introduces."""

_LONG = 5
_PASSING = 5
"""How many times as many reports must name one as another for the other to be named in passing only."""
_PRINCIPAL = 3
_SHORTEST = 3
_ARTICLES = frozenset("the al el ul an as ash ad ar at az il".split())
_ACTORS: tuple[MentionType, ...] = ("person", "organization", "group")


@lru_cache(maxsize=8192)
def telling_words(name: str) -> tuple[str, ...]:
    """The folded words of a name without articles, all of them if nothing else is left."""
    words = folded(name).split()
    return tuple(word for word in words if word not in _ARTICLES) or tuple(words)


def node_of(naming: Naming) -> Node:
    """The node a naming belongs to."""
    if naming.known is not None:
        return ("known", naming.known)
    words = telling_words(naming.name)
    key = " ".join(words)
    mark = " f" if naming.gender == "feminine" else ""
    return ("full", key) if len(words) > 1 else ("short", f"{naming.report} {key}{mark}")


@dataclass
class Form:
    """All uses of one node. What it tells is worked out when first asked, so all uses must be there by then."""

    node: Node
    namings: list[Naming] = field(default_factory=list)

    @cached_property
    def name(self) -> str:
        """The most frequent writing; of those alike, the first in the alphabet."""
        counts = Counter(naming.name for naming in self.namings)
        return min(counts, key=lambda name: (-counts[name], name))

    @cached_property
    def words(self) -> tuple[str, ...]:
        return telling_words(self.name)

    @cached_property
    def reports(self) -> frozenset[int]:
        return frozenset(naming.report for naming in self.namings)

    @cached_property
    def kind(self) -> MentionType:
        """What most uses are tagged as; persons and bodies before places where they are as many."""
        counts = Counter(naming.kind for naming in self.namings)
        order = {kind: place for place, kind in enumerate(_ACTORS)}
        return min(counts, key=lambda kind: (-counts[kind], order.get(kind, len(order)), kind))

    @cached_property
    def styled(self) -> bool:
        """Whether a style is part of the name: "King Haakon"."""
        return len(self.words) > 1 and self.words[0] in actor_words().words["styles"]


class Clusters:
    """Nodes joined into actors, with the reasons for each joint.

    Args:
        acronyms: by report, the short forms that it introduces.
        offices: what each node is called by.
        genders: of the nodes whose gender titles and pronouns tell.
    """

    def __init__(
        self, namings: Iterable[Naming], acronyms: Acronyms, offices: Offices, genders: Mapping[Node, str]
    ) -> None:
        self._forms: dict[Node, Form] = {}
        for naming in namings:
            node = node_of(naming)
            self._forms.setdefault(node, Form(node)).namings.append(naming)
        self._parent: dict[Node, Node] = {}
        self._reasons: dict[Node, list[Reason]] = defaultdict(list)
        self._offices, self._genders = offices, dict(genders)
        self._acronyms = [{folded(short): node_of(naming) for short, naming in one.items()} for one in acronyms]
        self._ordered = [self._forms[node] for node in sorted(self._forms)]
        self._of_kind = {kind: [form for form in self._ordered if form.kind == kind] for kind in _ACTORS}
        self._link_acronyms()
        self._link_spellings()
        self._link_modified()
        self._link_short_forms()

    def root(self, node: Node) -> Node:
        """The node that stands for the whole actor."""
        while (parent := self._parent.get(node)) is not None:
            node = parent
        return node

    def reasons(self, node: Node) -> tuple[Reason, ...]:
        """Why this node was joined to others."""
        return tuple(dict.fromkeys(self._reasons.get(node, ())))

    def actors(self) -> dict[Node, list[Form]]:
        """The forms of each actor; places and other names that are nobody's are left out."""
        groups: dict[Node, list[Form]] = defaultdict(list)
        for form in self._ordered:
            groups[self.root(form.node)].append(form)
        return {root: forms for root, forms in groups.items() if any(_is_actor(form) for form in forms)}

    def _join(self, one: Form, other: Form, reasons: Iterable[Reason]) -> None:
        first, second = sorted((self.root(one.node), self.root(other.node)), key=_rank)
        self._reasons[one.node] += reasons
        if first != second:
            self._parent[second] = first

    def _weighed(self, one: Form, other: Form, relation: str, alone: bool) -> tuple[float, tuple[Reason, ...]]:
        none: frozenset[str] = frozenset()
        offices = (self._offices.get(one.node, none), self._offices.get(other.node, none))
        return weigh(Pair(one.name, other.name, bool(one.reports & other.reports), alone, relation, offices))

    def _link(self, one: Form, others: Sequence[Form], relation: str) -> None:
        """Join a form to the one actor that its candidates are; nothing if they are several."""
        alone = len({self.root(other.node) for other in others}) == 1
        if alone:
            score, reasons = self._weighed(one, others[0], relation, alone)
            if score >= ENOUGH:
                self._join(one, others[0], reasons)

    def _link_acronyms(self) -> None:
        everywhere: dict[str, set[Node]] = defaultdict(set)
        for learnt in self._acronyms:
            for short, node in learnt.items():
                everywhere[short].add(node)
        for form in self._ordered:
            if form.node[0] == "short":
                key = form.words[0]
                own = {self._acronyms[report][key] for report in form.reports if key in self._acronyms[report]}
                nodes = own or everywhere.get(key, set()) or self._of_initials(form)
                self._link(form, [self._forms[node] for node in sorted(nodes)], "acronym") if nodes else None

    def _of_initials(self, form: Form) -> set[Node]:
        """The one body that the reports of a short form name whose initials it is, though none says so."""
        if not (form.name.isupper() and form.name.isalpha() and len(form.name) >= _SHORTEST):
            return set()
        bodies = [body for body in self._of_initial.get(form.name[0].lower(), ()) if body.reports & form.reports]
        found = {body.node for body in bodies if abbreviates(form.name, body.name)}
        return found if len(found) == 1 else set()

    @cached_property
    def _of_initial(self) -> dict[str, list[Form]]:
        """Bodies with names of two words or more by their first letter."""
        out: dict[str, list[Form]] = defaultdict(list)
        for body in self._of_kind["organization"]:
            if body.node[0] == "full":
                out[body.words[0][0]].append(body)
        return out

    def _link_spellings(self) -> None:
        """Full names of persons that sound alike; a name that fits two people who are not one stays alone."""
        blocks: dict[tuple[str, str], list[Form]] = defaultdict(list)
        for form in self._of_kind["person"]:
            if form.node[0] == "full" and not form.styled and (heard := sounds(form.name)):
                blocks[heard[0].skeleton, heard[-1].skeleton].append(form)
        for block in blocks.values():
            likes = {form.node: self._spellings(form, block) for form in block}
            for form in block:
                for other, reasons in likes[form.node].items():
                    if form.node < other and self._settled(form.node, other, likes):
                        self._join(form, self._forms[other], reasons)

    def _spellings(self, form: Form, block: Sequence[Form]) -> dict[Node, tuple[Reason, ...]]:
        out = {}
        for other in block:
            if other is not form:
                score, reasons = self._weighed(form, other, "spelling", alone=False)
                alike = score >= SAME and any(reason.feature == "sounds_alike" for reason in reasons)
                if alike and not self._only_sounds(form, other):
                    out[other.node] = reasons
        return out

    def _only_sounds(self, one: Form, other: Form) -> bool:
        """Whether two short last names begin with different letters, and no office is the same: "Kerr", "Carr"."""
        last = (one.words[-1], other.words[-1])
        short = min(map(len, last)) <= _LONG and last[0][0] != last[1][0]
        return short and not self._holds(one, self._offices.get(other.node, frozenset()))

    def _settled(self, one: Node, other: Node, likes: Mapping[Node, Mapping[Node, object]]) -> bool:
        """Whether all that either is like are like one another, but for those only named in passing."""
        apart = {third for third in likes[one] if third != other and third not in likes[other]}
        apart |= {third for third in likes[other] if third != one and third not in likes[one]}
        most = min(len(self._forms[one].reports), len(self._forms[other].reports))
        return all(_PASSING * len(self._forms[third].reports) <= most for third in apart)

    def _link_modified(self) -> None:
        """Bodies whose name is another's with a word before it."""
        by_rest: dict[tuple[str, ...], list[Form]] = defaultdict(list)
        bodies = [f for kind in ("organization", "group") for f in self._of_kind[kind]]
        bodies = [form for form in bodies if form.node[0] != "known"]
        for form in bodies:
            if len(form.words) > 1:
                by_rest[form.words[1:]].append(form)
        for form in bodies:
            longer = [other for other in by_rest.get(form.words, ()) if self._droppable(other, form)]
            if longer and len(by_rest[form.words]) == len(longer):
                self._link(form, longer, "modifier")

    def _droppable(self, longer: Form, form: Form) -> bool:
        """Whether the first word of a name only describes: "Lebanese", "Shiite", or any before two words or more."""
        words = actor_words()
        first = longer.name.split()[0]
        describes = words.state_of(first) is not None or first.casefold() in words.words["modifiers"]
        generic = form.words[-1] in words.words["bodies"] and len(form.words) < 3
        if generic and words.state_of(first) is not None:
            return bool(longer.reports & form.reports)
        return describes if len(form.words) == 1 else describes or not generic or bool(longer.reports & form.reports)

    def _link_short_forms(self) -> None:
        """Single words to the full names they are part of, in the report or else the story; the rest by the word."""
        by_report, by_story = self._people_by_sound()
        self._pass_genders_on(by_report)
        bodies, begun = self._bodies_by_last_word(), self._bodies_by_first_word()
        left: dict[str, list[Form]] = defaultdict(list)
        for form in self._ordered:
            if form.node[0] == "short" and self.root(form.node) == form.node:
                heard = sounds(form.name)
                key = heard[-1].skeleton if heard else ""
                far = self._known_to_story(form, _fitting(form, by_story.get(key, ())))
                near = self._not_clashing(form, _fitting(form, by_report.get((min(form.reports), key), ())))
                near = self._of_office(form, near, far) or near
                near = near or (bodies.get((min(form.reports), form.words[0]), []) if form.kind != "person" else [])
                principal = [] if near else [person for person in far if self._is_principal(person)]
                far = far if not near and form.kind == "person" else []
                near = near or far or list(self._begun_so(form, begun)) or principal
                self._link_short(form, near)
                if not near and _is_actor(form):
                    left[form.words[0]].append(form)
        self._link_leftovers(left)

    def _people_by_sound(self) -> tuple[dict[tuple[int, str], list[Form]], dict[str, list[Form]]]:
        """Full names of persons by how each of their words sounds: in each report, and in the story."""
        by_report: dict[tuple[int, str], list[Form]] = defaultdict(list)
        by_story: dict[str, list[Form]] = defaultdict(list)
        for person in (form for form in self._of_kind["person"] if form.node[0] == "full"):
            for key in {heard.skeleton for heard in sounds(person.name)}:
                by_story[key].append(person)
                for report in person.reports:
                    by_report[report, key].append(person)
        return by_report, by_story

    def _pass_genders_on(self, by_report: Mapping[tuple[int, str], Sequence[Form]]) -> None:
        """A title tells more: "Mr Lee" tells the gender of Sam Lee where the report has nobody else of that name."""
        for form in self._ordered:
            gender = self._genders.get(form.node) if form.node[0] == "short" else None
            heard = sounds(form.name) if gender else ()
            bearers = by_report.get((min(form.reports), heard[-1].skeleton), ()) if heard else ()
            fitting = [person for person in bearers if _fits(form, person.words[-1])]
            if gender and len(fitting) == 1:
                self._genders.setdefault(fitting[0].node, gender)

    def _not_clashing(self, form: Form, people: Sequence[Form]) -> list[Form]:
        """The people whose gender and style do not contradict those of a short form."""
        mine = self._genders.get(form.node)
        return [p for p in people if mine is None or self._genders.get(p.node, mine) == mine]

    def _known_to_story(self, form: Form, people: Sequence[Form]) -> list[Form]:
        """Those whom a report may name by a short form alone: not who is named in full a fifth as often as another."""
        left = self._not_clashing(form, people)
        named: Counter[Node] = Counter()
        for person in left:
            named[self.root(person.node)] += len(person.reports)
        most = max(named.values(), default=0)
        return [person for person in left if _PASSING * named[self.root(person.node)] > most]

    def _of_office(self, form: Form, near: Sequence[Form], far: Sequence[Form]) -> list[Form]:
        """The one in the story who holds the office of a short form, if nobody in the report with that name does."""
        office = self._offices.get(form.node, frozenset())
        if not office or not near or any(self._holds(person, office) for person in near):
            return []
        holders = [person for person in far if self._holds(person, office)]
        return holders if len({self.root(person.node) for person in holders}) == 1 else []

    def _holds(self, person: Form, office: frozenset[str]) -> bool:
        return bool(self._offices.get(person.node, frozenset()) & office)

    def _bodies_by_last_word(self) -> dict[tuple[int, str], list[Form]]:
        """Bodies by report and the word they may be called by, as a paper is: "the Monitor"."""
        out: dict[tuple[int, str], list[Form]] = defaultdict(list)
        for form in self._of_kind["organization"]:
            if form.node[0] == "full":
                for report in form.reports:
                    out[report, form.words[-1]].append(form)
        return out

    def _is_principal(self, person: Form) -> bool:
        """Whether a third of the reports name the person in full: no body of that name is meant then."""
        return _PRINCIPAL * len(person.reports) >= len(self._acronyms)

    def _bodies_by_first_word(self) -> dict[str, list[Form]]:
        """Bodies by the first word of their name, where that is a name of its own: "Brand" of "Brand Shipping"."""
        words = actor_words()
        singles: dict[str, Counter[bool]] = defaultdict(Counter)
        for form in self._ordered:
            if len(form.words) == 1:
                singles[form.words[0]][_is_actor(form)] += len(form.namings)
        taken = {word for word, told in singles.items() if told[False] > told[True]}
        out: dict[str, list[Form]] = defaultdict(list)
        for form in self._of_kind["organization"]:
            first = form.words[0]
            is_common = first in words.words["modifiers"] or first in words.words["bodies"] or first in taken
            is_person = form.words[-1] in words.words["offices"] or first in words.words["offices"]
            is_model = any(char.isdigit() for word in form.words for char in word)
            if form.node[0] == "full" and len(first) > 2 and not (is_common or is_person or is_model):
                out[first].append(form)
        return out

    def _begun_so(self, form: Form, begun: Mapping[str, Sequence[Form]]) -> Sequence[Form]:
        """The body whose name begins with a short form: of several, the one that the report names in full."""
        bodies = begun.get(form.words[0], ())
        here = [body for body in bodies if body.reports & form.reports]
        found = here or (bodies if form.kind != "person" or self._is_body_elsewhere(form, bodies) else ())
        return found if len({self.root(body.node) for body in found}) == 1 else ()

    def _is_body_elsewhere(self, form: Form, bodies: Sequence[Form]) -> bool:
        """Whether a single name tagged a person's here stands in another report beside the body's full name."""
        full = {report for body in bodies for report in body.reports}
        return bool(full & self._single_in[form.words[0]])

    @cached_property
    def _single_in(self) -> dict[str, set[int]]:
        """The reports in which each single name stands."""
        out: dict[str, set[int]] = defaultdict(set)
        for form in self._ordered:
            if len(form.words) == 1:
                out[form.words[0]] |= form.reports
        return out

    def _link_short(self, form: Form, people: Sequence[Form]) -> None:
        last = [person for person in people if _fits(form, person.words[-1])]
        if last:
            self._link(form, last, "last word")
        elif people and all(person.kind == "organization" for person in people):
            self._link(form, people, "first word")
        elif people and form.kind == "person":
            self._link(form, people, "word")

    def _link_leftovers(self, left: Mapping[str, Sequence[Form]]) -> None:
        """Single names that nobody explains are one actor wherever they are written and tagged alike."""
        for forms in left.values():
            for form in forms[1:]:
                if (form.kind == "person") == (forms[0].kind == "person"):
                    self._join(form, forms[0], ())


def _rank(node: Node) -> tuple[int, Node]:
    return ("known", "full", "short").index(node[0]), node


def _is_actor(form: Form) -> bool:
    return form.node[0] == "known" or form.kind in _ACTORS


def _fitting(form: Form, people: Iterable[Form]) -> list[Form]:
    """The people who have the word of a short form in their name; a first name must be written alike."""
    short = form.words[0]
    return [person for person in people if short in person.words or _fits(form, person.words[-1])]


def _fits(form: Form, word: str) -> bool:
    """Whether a word is the short form, or a long word is spelled like it and begins alike."""
    short = form.words[0]
    if short == word:
        return True
    if short in actor_words().words["offices"]:
        return False
    return min(len(short), len(word)) >= _LONG and short[0] == word[0] and same_name(short, word).score >= SAME
