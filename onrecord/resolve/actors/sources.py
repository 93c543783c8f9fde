"""Who the sources of statements are: named actors, roles told of once, and what refers back to either."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord.model import Statement, identify
from onrecord.resolve.actors.bodies import Bodies
from onrecord.resolve.actors.lexicon import ActorWords, actor_words
from onrecord.resolve.actors.naming import Named, Naming, in_span
from onrecord.resolve.actors.referring import Referring, kind_of
from onrecord.resolve.names import folded
from onrecord.spans import Span

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*\.?")
_STARTS_TAIL = re.compile(r"\s*(?:$|[,;:()\[\]—–\"“”-])")
_SPEAKER_WORDS = 4
_OF = re.compile(r"(?<=\w) of (?:the )?\Z")
_BARE = 2
"""Words of "the commission": a body, where "a spokesman for the commission" is a person."""
_MEMORY = 40
"""How many sources or names back a pronoun or "the group" may reach."""
_BRING_IN = frozenset("a an one another".split())


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who a source is: an actor's id, by which features."""

    actor: str
    signs: tuple[str, ...]


@dataclass(slots=True)
class RoleActor:
    """A source known by its role only, in one report."""

    id: str
    span: Span
    name: str
    nouns: frozenset[str]
    part_of: str | None
    country: str | None
    aliases: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Heard:
    """An earlier source, as a later pronoun may mean it."""

    end: int
    spoken: Spoken
    count: str
    personal: bool


class Sources:
    """Reads the sources of one report in order.

    Args:
        named: the names of the report.
        referring: what coreference tells of the report; it learns whom each source phrase means.
        bodies: what the report names of bodies.
        standing: the actor of a phrase that means a standing body, by its words, or None.
        genders: what is known of persons, by actor.
    """

    def __init__(
        self,
        named: Named,
        referring: Referring,
        bodies: Bodies,
        standing: Callable[[Span], str | None],
        genders: Mapping[str, str],
    ) -> None:
        annotations = self._annotations = named.annotations
        self._text = annotations.report.text
        self._namings, self._actor_of, self._type_of = named.namings, named.actor_of, named.type_of
        self._referring, self._standing = referring, standing
        self._words: ActorWords = actor_words()
        self._heard: list[_Heard] = []
        self._at: dict[Span, Spoken] = {}
        self._gender = dict(genders)
        self._bodies = bodies
        self._role_of: dict[str, RoleActor] = {}
        self._role_by_words: dict[str, RoleActor] = {}
        self._roles_by_noun: dict[str, list[RoleActor]] = {}
        self._by_id = {statement.id: statement for statement in annotations.statements}
        self.roles: list[RoleActor] = []

    def run(self) -> dict[str, Spoken]:
        """Statement id to who says it; sources that stay open are left out."""
        out: dict[str, Spoken] = {}
        order = sorted(self._annotations.statements, key=lambda s: (s.source.span or s.content[0], s.id))
        for statement in order:
            spoken = self._speaker(statement)
            if spoken is not None:
                out[statement.id] = spoken
        return out

    def _speaker(self, statement: Statement) -> Spoken | None:
        source = statement.source
        if source.span is None or source.basis == "report":
            return None
        if source.span in self._at:
            return self._at[source.span]
        spoken = self._told(statement, source.span)
        if spoken is not None:
            self._at[source.span] = spoken
            self._referring.learn(source.span, spoken.actor)
            said_by = source.span.of(self._text).split()
            is_body = len(said_by) == _BARE and said_by[-1].casefold() in self._words.words["bodies"]
            personal = self._type_of(spoken.actor) == "person" or (
                self._type_of(spoken.actor) == "role" and not is_body
            )
            one = said_by[0].casefold() in _BRING_IN
            self._heard.append(_Heard(source.span.end, spoken, "one" if one else source.count, personal))
        return spoken

    def _told(self, statement: Statement, span: Span) -> Spoken | None:
        words = [match[0].casefold() for match in _WORD.finditer(span.of(self._text))]
        if len(words) == 1 and words[0] in self._words.words["own_pronouns"]:
            return self._own_voice(statement)
        if len(words) == 1 and words[0] in self._words.words["relative"]:
            actor = self._referring.relative(span)
            return Spoken(actor, ("antecedent",)) if actor is not None else None
        if len(words) <= 2 and words and words[0] in self._words.words["pronouns"]:
            return self._referred(statement, span) or self._by_pronoun(statement, span, words[0])
        if spoken := self._named(span, ("named_source",)):
            return spoken
        if spoken := self._body_meant(words, span):
            return spoken
        if spoken := self._referred(statement, span):
            return spoken
        if actor := self._standing(span):
            return Spoken(actor, ("description",))
        return self._told_again(words) or self._new_role(statement, span, words)

    def _own_voice(self, statement: Statement) -> Spoken | None:
        """Whoever is quoted with "I think": the source of the statement around it. The author is nobody."""
        around = self._by_id.get(statement.within or "")
        spoken = self._speaker(around) if around is not None else None
        return Spoken(spoken.actor, ("own_words",)) if spoken is not None else None

    def _referred(self, statement: Statement, span: Span) -> Spoken | None:
        """What the words refer back to by their chain; a source whose name is withheld is nobody who is named."""
        actor = self._referring.told(span)
        if actor is None and statement.source.basis != "anonymous":
            actor = self._referring.named(span)
        if actor is not None and self._is_only_within(actor, span):
            return None  # "the governor of Norte Grande" is not Norte Grande
        if actor is None or (statement.source.basis == "anonymous") > (self._type_of(actor) == "role"):
            return None
        return Spoken(actor, ("antecedent",))

    def _is_only_within(self, actor: str, span: Span) -> bool:
        """Whether the phrase holds the actor's name, but right behind "of", as part of what it says."""
        own = [naming for naming in in_span(self._namings, span) if self._actor_of(naming) == actor]
        return bool(own) and all(_OF.search(self._before(naming, span)) for naming in own)

    def _before(self, naming: Naming, span: Span) -> str:
        """What stands before a name in the phrase, from the last comma on."""
        return self._text[span.start : naming.span.start].rpartition(",")[2]

    # --- names ---

    def _named(self, span: Span, signs: tuple[str, ...]) -> Spoken | None:
        """The actor whose name is the head of a source phrase."""
        inside = in_span(self._namings, span)
        heads = [n for n in inside if self._is_head(n, span) and self._actor_of(n) is not None]
        if not heads:
            return None
        people = [naming for naming in heads if naming.kind == "person" and naming.known is None]
        chosen = (people or heads)[0]
        several = not people and len(heads) > 1 and " and " in self._text[heads[0].span.end : heads[1].span.start]
        actor = self._actor_of(chosen)
        return Spoken(actor, (*signs, "first_of_several") if several else signs) if actor else None

    def _is_head(self, naming: Naming, span: Span) -> bool:
        """Whether a name is what its phrase is about: nothing it describes follows, no preposition stands before it."""
        if self._depends(self._before(naming, span)):
            return False
        if naming.how == "demonym" and not naming.name.endswith("s"):
            return False
        rest = self._text[naming.span.end : span.end]
        if rest[:2] in ("'s", "’s"):
            return False
        if _STARTS_TAIL.match(rest):
            return not rest.startswith("-")
        following = _WORD.search(rest)
        return following is not None and following[0].casefold() in self._words.words["tails"]

    def _depends(self, before: str) -> bool:
        """Whether the words before a name make it part of another: "a friend of". Not so in "Minister of Trade"."""
        words = [match[0] for match in _WORD.finditer(before)]
        places = [i for i, word in enumerate(words) if word.casefold() in self._words.words["prepositions"]]
        return any(words[i] != "of" or i == 0 or not self._titles(words, i) for i in places)

    def _titles(self, words: Sequence[str], of: int) -> bool:
        """Whether an "of" stands within a title: "Minister of Trade", "secretary of state"."""
        if words[of - 1][0].isupper():
            return True
        follows = words[of + 1 : of + 2]
        in_title = bool(follows) and follows[0].islower() and follows[0] not in self._words.words["articles"]
        return in_title and words[of - 1] in self._words.words["offices"]

    # --- what refers back ---

    def _by_pronoun(self, statement: Statement, span: Span, word: str) -> Spoken | None:
        """The nearest earlier source or person that fits the pronoun, of the same basis where there is one."""
        plural, thing = word in ("they", "them", "themselves"), word in ("it", "itself")
        near = self._heard[-_MEMORY:]
        fits = [h for h in near if h.end <= span.start and self._fits(h, word, plural, thing)]
        basis = statement.source.basis
        alike = [h for h in fits if (self._type_of(h.spoken.actor) == "role") == (basis != "named")]
        nearest = alike or ([] if basis == "anonymous" else fits)
        if thing and basis == "named":
            nearest = fits  # "it" is the body that spoke last, though it went by no name
        chosen = nearest[-1].spoken.actor if nearest else None
        if not plural and not thing and basis == "named":
            chosen = self._person_before(span, nearest[-1].end if nearest else 0, word) or chosen
        if chosen is None:
            return None
        self._note_gender(chosen, word)
        return Spoken(chosen, ("pronoun",))

    def _fits(self, heard: _Heard, word: str, plural: bool, thing: bool) -> bool:
        if plural:
            return heard.count == "several" or self._type_of(heard.spoken.actor) in ("organization", "group")
        if thing:
            return not heard.personal
        return heard.personal and heard.count != "several" and self._agrees(heard.spoken.actor, word)

    def _agrees(self, actor: str, word: str) -> bool:
        kind = kind_of(word)
        return kind is None or kind == self._gender.get(actor, kind)

    def _note_gender(self, actor: str, word: str) -> None:
        if (kind := kind_of(word)) is not None:
            self._gender.setdefault(actor, kind)

    def _person_before(self, span: Span, after: int, word: str) -> str | None:
        """The first person that the sentence before, or this one up to the pronoun, names since the last source."""
        sentences = self._annotations.sentences
        place = bisect_right(sentences, span.start, key=lambda sentence: sentence.start) - 1
        for sentence in reversed(sentences[max(0, place - 1) : place + 1]):
            start, end = max(after, sentence.start), min(span.start, sentence.end)
            for naming in in_span(self._namings, Span(start, end)) if start < end else ():
                actor = self._actor_of(naming)
                if actor and self._type_of(actor) == "person" and self._agrees(actor, word):
                    return actor
        return None

    def _body_meant(self, words: Sequence[str], span: Span) -> Spoken | None:
        """The body of the last speaker ("his agency"), or the body named last ("the group")."""
        words = [word for word in words if word != "own"]
        if len(words) != 2:
            return None
        if words[0] == "the" and words[1] in self._words.words["government"]:
            government = self._bodies.government()
            return Spoken(government, ("government",)) if government is not None else None
        if words[1] not in self._words.words["bodies"]:
            return None
        if words[0] in self._words.words["possessive"]:
            for heard in reversed(self._heard):
                role = self._role_of.get(heard.spoken.actor)
                if heard.end <= span.start and heard.personal:
                    return Spoken(role.part_of, ("body_of_speaker",)) if role and role.part_of else None
        elif words[0] == "the" and (body := self._bodies.last(span.start, words[1])):
            return Spoken(body, ("last_named_body",))
        return None

    def _told_again(self, words: Sequence[str]) -> Spoken | None:
        """The one role told of before that has this noun, or has the same words: "the official"."""
        same = self._role_by_words.get(folded(" ".join(words)))
        if same and words and words[0] not in _BRING_IN:
            return Spoken(same.id, ("role_again",))
        if not words or words[0] not in ("the", "this", "that") or len(words) > _SPEAKER_WORDS:
            return None
        several = frozenset(("and", "&")) - set(words)
        known = [(role, set(folded(role.name).split())) for role in self._roles_by_noun.get(words[-1], ())]
        fitting = [role for role, name in known if set(words[1:]) <= name and not name & several]
        return Spoken(fitting[0].id, ("role_again",)) if len(fitting) == 1 else None

    # --- roles ---

    def _new_role(self, statement: Statement, span: Span, words: Sequence[str]) -> Spoken:
        report = self._annotations.report
        name = " ".join(span.of(self._text).split())
        part_of, country = self._tied(span, words)
        actor = identify("a", report.id, span.start, span.end, "role")
        role = RoleActor(actor, span, name, _nouns(name, self._words), part_of, country, {name: None})
        self.roles.append(role)
        self._role_of[actor] = role
        self._role_by_words.setdefault(folded(name), role)
        for noun in role.nouns:
            self._roles_by_noun.setdefault(noun, []).append(role)
        return Spoken(actor, ("role_source",))

    def _tied(self, span: Span, words: Sequence[str]) -> tuple[str | None, str | None]:
        """The body or government that a role belongs to, and its country."""
        inside = in_span(self._namings, span)
        states = {n.known for n in inside if n.known in self._words.states}
        state = next(iter(states)) if len(states) == 1 else None
        bodies = [n for n in inside if n.known not in self._words.states and self._is_body(n)]
        actors = {actor for naming in bodies if (actor := self._actor_of(naming))}
        country = state or next((self._words.known[n.known].country for n in bodies if n.known), None)
        if len(actors) == 1:
            return next(iter(actors)), country
        if actors or len(states) > 1:
            return None, None
        if state is not None:
            return self._of_state(state, inside, words), country
        nouns = [after for word, after in pairwise(words) if word == "the"]
        body = next((noun for noun in nouns if noun in self._words.words["bodies"]), None)
        return (self._bodies.last(span.start, body) if body else None), None

    def _is_body(self, naming: Naming) -> bool:
        actor = self._actor_of(naming)
        return actor is not None and self._type_of(actor) in ("organization", "group", "government")

    def _of_state(self, state: str, inside: Sequence[Naming], words: Sequence[str]) -> str | None:
        """The government, or its ministry where an adjective says so; nothing for those who do not speak for it."""
        for word in words:
            key = self._words.sectors.get(state, {}).get(word)
            if key is not None:
                known = self._words.known[key]
                return identify("a", known.name.casefold(), known.type)
        if not any(word in self._words.words["officials"] for word in words):
            return None
        return next((self._actor_of(naming) for naming in inside if naming.known == state), None)


def _nouns(name: str, lexicon: ActorWords) -> frozenset[str]:
    """The heads of a role's phrase and its apposition: in each, the word before the first preposition or clause."""
    stops = lexicon.words["prepositions"] | lexicon.words["tails"]
    heads = set()
    for part in name.casefold().split(","):
        words = [match[0] for match in _WORD.finditer(part)]
        stop = next((place for place, word in enumerate(words) if place and word in stops), len(words))
        heads |= set(words[stop - 1 : stop])
    return frozenset(heads)
