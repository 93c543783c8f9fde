"""Groups told of without a name, as actors: "Iraqi officials", "coalition forces", "the company's engineers".

Within a report, phrases with the same noun, the same modifiers and the same owner are one actor. Across reports only a
standing body is ("U.S. forces"); people who are told of by what they are ("officials", "critics") never are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from onrecord.acting import acts, is_somebody
from onrecord.model import ActorType, Mention, identify
from onrecord.resolve.actors.bodies import Bodies
from onrecord.resolve.actors.lexicon import ActorWords, actor_words
from onrecord.resolve.actors.naming import Named, in_span
from onrecord.resolve.actors.referring import Referring
from onrecord.resolve.coreference.lexicon import singular
from onrecord.resolve.names import folded
from onrecord.spans import Span
from onrecord.syntax import Syntax

Key = tuple[str, frozenset[str], str | None]
"""The noun as it is written, in lower case, the modifiers that pick out, and the id of the owner."""

_TELLING = frozenset(("NOUN", "PROPN", "ADJ", "VERB"))
_BEFORE_NOUN = frozenset(("PROPN", "ADJ", "PUNCT"))
_TAKES_UP = frozenset("the this that these those such".split())
_DROPPED = _TAKES_UP | {"a", "an"}
_POSSESSED = frozenset(("organization", "group", "government", "person", "role"))


@dataclass(slots=True)
class GroupActor:
    """A group that is an actor, in one report or, if it is a standing body, in several."""

    id: str
    type: ActorType
    part_of: str | None
    country: str | None
    owner: str | None
    forms: dict[str, int] = field(default_factory=dict)

    def add(self, form: str, times: int) -> None:
        """Counts a form."""
        self.forms[form] = self.forms.get(form, 0) + times

    @property
    def name(self) -> str:
        """The words most used, without an article; a lone noun only if there is nothing else."""
        return next((name for name in self.names if " " in name), self.names[0])

    @property
    def names(self) -> list[str]:
        """All forms, the most used first, of those alike the shortest."""
        return sorted(self.forms, key=lambda form: (-self.forms[form], len(form), form))


@dataclass(frozen=True, slots=True)
class Described:
    """A phrase for a group.

    Attributes:
        determiner: its first word, if that only determines it; else "".
        acts: whether it does something in its clause, or is told to.
    """

    mention: Mention
    head: int
    noun: str
    key: Key
    determiner: str
    acts: bool


class Groups:
    """The groups of one report.

    Args:
        named: the names of the report.
        referring: what coreference tells of the report; it learns whom each group means.
        bodies: what the report names of bodies.
        made: the groups of all reports read so far, by id; those of this report are added.
    """

    def __init__(self, named: Named, referring: Referring, bodies: Bodies, made: dict[str, GroupActor]) -> None:
        annotations = named.annotations
        self._report, self._words = annotations.report, annotations.words
        self._syntax = Syntax(annotations.report.text, annotations.words)
        self._mentions = [mention for mention in annotations.mentions if mention.type == "group"]
        self._namings, self._actor_of, self._type_of = named.namings, named.actor_of, named.type_of
        self._referring, self._bodies = referring, bodies
        self._lexicon: ActorWords = actor_words()
        self._by_key: dict[Key, str] = {}
        self._by_noun: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._statements = annotations.statements
        self._bodies_of: Mapping[str, str | None] = {}
        self._sources: frozenset[str] = frozenset()
        self._made_by_id = made

    def run(self, said: Mapping[str, str], bodies_of: Mapping[str, str | None]) -> Iterator[tuple[Mention, Span, str]]:
        """The groups with their nouns and the actors they mean, in order; others that do nothing are passed over.

        Args:
            said: statement id to the actor who says it.
            bodies_of: the bodies that the report's sources speak for, by the actor.
        """
        self._bodies_of = bodies_of
        self._sources = frozenset(said.values())
        self._learn_sources(said)
        described = [found for mention in self._mentions if (found := self._described(mention)) is not None]
        times = Counter(one.key for one in described)
        for one in described:
            matters = self._is_certain(one) and (one.acts or one.key[2] is not None or times[one.key] > 1)
            known = self._known(one)
            actor = known or (self._made(one) if matters else None)
            if actor is not None:
                self._note(one, actor, is_new=known is None)
                yield one.mention, self._syntax.span(one.head), actor

    def standing(self, span: Span) -> str | None:
        """The body that a source phrase means by its words: one that is named, or a standing one, made an actor."""
        one = self._described(Mention("", span, "group"))
        if one is None or not self._is_standing(one):
            return self._called(one) if one is not None else None
        actor = self._made(one)
        self._note(one, actor, is_new=True)
        return actor

    # --- whom a phrase means ---

    def _known(self, one: Described) -> str | None:
        """Whom names, sources or earlier phrases make it."""
        if named := self._referring.named_by(one.head) or self._called(one):
            return named
        owner = one.key[2]
        if owner is not None and one.noun in self._lexicon.words["bodies"] and self._bodies_of.get(owner):
            return self._bodies_of[owner]
        if self._is_standing(one):
            return None
        if one.determiner not in _TAKES_UP:
            return self._referring.told_of(one.head) or self._by_key.get(one.key)
        if not one.key[1] and one.key[2] is None:
            return self._taken_up(one)
        return self._referring.told(one.mention.span) or self._by_key.get(one.key)

    def _called(self, one: Described) -> str | None:
        """The body named right before a noun that only says what it is: "the Morning Star newspaper"."""
        start, end = one.mention.span.start, self._words.starts[one.head]
        if start == end or one.noun not in self._lexicon.words["calls"] or one.key[1]:
            return None
        bodies = [n for n in in_span(self._namings, Span(start, end)) if n.span.end + 1 == end]
        actor = self._actor_of(bodies[0]) if bodies else None
        return actor if actor is not None and self._type_of(actor) in ("organization", "group") else None

    def _taken_up(self, one: Described) -> str | None:
        """Whom a bare "the officials", "the group", "the government" takes up."""
        words, span = self._lexicon.words, one.mention.span
        if one.noun in words["government"]:
            return self._bodies.government()
        if one.noun in words["any_body"] and (body := self._bodies.last(span.start, one.noun)):
            return body
        earlier = self._by_noun[one.noun]
        if len(earlier) == 1:
            return next(iter(earlier))
        told = self._referring.told(span) or self._referring.named(span) or self._by_key.get(one.key)
        return told or (self._bodies.last(span.start, one.noun) if one.noun in words["titled_bodies"] else None)

    def _made(self, one: Described) -> str:
        noun, (_, modifiers, owner) = one.noun, one.key
        if self._is_standing(one):
            actor = identify("a", noun, sorted(modifiers), owner, "group")
            kind: ActorType = "group"
        else:
            span = one.mention.span
            actor = identify("a", self._report.id, span.start, span.end, "role")
            if actor in self._sources:
                return actor  # the same words name a source, which is an actor already
            kind = "group" if noun in self._lexicon.words["bodies"] | self._lexicon.words["standing"] else "role"
        part_of = owner if owner is not None and self._acts_for(noun, owner) else None
        self._made_by_id.setdefault(actor, GroupActor(actor, kind, part_of, self._country(one), owner))
        return actor

    def _note(self, one: Described, actor: str, is_new: bool) -> None:
        if is_new:
            self._by_key.setdefault(one.key, actor)
            self._by_noun[one.noun].setdefault(actor)
        self._referring.learn(self._syntax.span(one.head), actor)
        if actor in self._made_by_id:
            self._made_by_id[actor].add(self._form(one), 1)

    def _learn_sources(self, said: Mapping[str, str]) -> None:
        """Sources told of by their role come first: who is described alike is them, unless their name is withheld."""
        for statement in self._statements:
            span, actor = statement.source.span, said.get(statement.id)
            if span is None or actor is None or self._type_of(actor) != "role":
                continue
            one = self._described(Mention("", span, "group"))
            if one is not None:
                self._by_noun[one.noun].setdefault(actor)
                if statement.source.basis != "anonymous":
                    self._by_key.setdefault(one.key, actor)

    def _is_certain(self, one: Described) -> bool:
        """Whether the words alone make it somebody: "the government" may be any, and so nobody is made of it."""
        told = one.noun not in self._lexicon.words["government"] or one.key[2] is not None or bool(one.key[1])
        return told or is_somebody(self._syntax, one.head)

    def _is_standing(self, one: Described) -> bool:
        """Whether it is a body that stays the same from report to report: under arms or in office, and told whose."""
        _, modifiers, owner = one.key
        by_words = bool(modifiers & self._lexicon.words["standing_by"])
        return one.noun in self._lexicon.words["standing"] and (owner is not None or by_words)

    # --- what a phrase says ---

    def _described(self, mention: Mention) -> Described | None:
        inside = self._syntax.words_in(mention.span)
        head = self._head(mention.span, inside)
        if head < 0:
            return None
        low = self._syntax.folded(head)
        noun = singular(low)
        owner = self._owner(mention.span, inside, head)
        key = (low, self._modifiers(inside, head, noun), owner)
        first = self._syntax.folded(inside[0])
        determiner = first if self._words.tag[inside[0]] == "DET" else ""
        return Described(mention, head, noun, key, determiner, acts(self._syntax, head))

    def _head(self, span: Span, inside: range) -> int:
        """The noun that a phrase is about: its head, or if that is a name, as in a wrong tree, the noun after it."""
        head = self._referring.head(span)
        if head < 0 or self._words.tag[head] == "NOUN":
            return head
        if self._words.tag[head] not in ("PROPN", "ADJ"):
            return -1
        run = list(takewhile(lambda word: self._words.tag[word] in _BEFORE_NOUN, range(head + 1, inside.stop)))
        after = run[-1] + 1 if run else head + 1
        return after if after in inside and self._words.tag[after] == "NOUN" else -1

    def _modifiers(self, inside: range, head: int, noun: str) -> frozenset[str]:
        """The words that pick the group out, without names, numbers and what only says where a standing body is."""
        named = in_span(self._namings, self._syntax.span(inside[0], inside[-1]))
        names = {word for naming in named for word in self._syntax.words_in(naming.span)}
        standing = noun in self._lexicon.words["standing"]
        words = (word for word in inside if word != head and (word < head or not standing))
        telling = (word for word in words if self._words.tag[word] in _TELLING and word not in names)
        return frozenset(folded(self._syntax.form(word)) for word in telling) - self._lexicon.words["unsaying"]

    def _owner(self, span: Span, inside: range, head: int) -> str | None:
        """Whose the group is: the one name before its noun, a possessor, or the name after "of" or "from"."""
        before = Span(span.start, self._words.starts[head]) if self._words.starts[head] > span.start else None
        named = self._actors_in(before) if before else ()
        if named:
            return named[0] if len(named) == 1 else None
        return self._possessor(inside, head) or self._complement(inside, head, span)

    def _actors_in(self, span: Span) -> tuple[str, ...]:
        found = (self._actor_of(naming) for naming in in_span(self._namings, span))
        return tuple(dict.fromkeys(actor for actor in found if actor is not None))

    def _possessor(self, inside: range, head: int) -> str | None:
        """Whom "his", or "the company's", means."""
        for word in self._syntax.children[head]:
            if word < head and word in inside and self._words.relation[word] == "nmod":
                span = self._syntax.span(word)
                return self._referring.named(span) or self._referring.told(span)
        return None

    def _complement(self, inside: range, head: int, span: Span) -> str | None:
        """The body named right after "of", "from" and the like."""
        if head + 2 not in inside or self._syntax.folded(head + 1) not in self._lexicon.words["belonging"]:
            return None
        named = self._actors_in(Span(self._words.ends[head + 1], span.end))
        return named[0] if len(named) == 1 and self._type_of(named[0]) in _POSSESSED else None

    def _acts_for(self, noun: str, owner: str) -> bool:
        """Whether such a group speaks or acts for its owner: a country's officials do, its voters do not."""
        words, kind = self._lexicon.words, self._type_of(owner)
        if noun in words["outsiders"]:
            return False
        return noun in words["officials"] if kind in ("government", "person", "role") else True

    def _country(self, one: Described) -> str | None:
        """The country named in the phrase before its noun."""
        span = Span(one.mention.span.start, self._words.ends[one.head])
        states = {n.known for n in in_span(self._namings, span) if n.known in self._lexicon.states}
        return next(iter(states)) if len(states) == 1 else None

    def _form(self, one: Described) -> str:
        """The phrase without the article, "his" or the number before it."""
        words = one.mention.span.of(self._report.text).split()
        dropped = _DROPPED | self._lexicon.words["possessive"]
        while len(words) > 1 and (words[0].casefold() in dropped or words[0][0].isdigit()):
            words = words[1:]
        return " ".join(words)
