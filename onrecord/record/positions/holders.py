"""Who holds an attitude: its agent, where that is an actor of the record, or the actor that the phrase is part of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.model import Statement
from onrecord.record.parties import Parties
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.groups import Groups
from onrecord.record.positions.lexicon import words_of

_HYPHENS = frozenset("-‐‑")
_SINCE_SAID = 5
"""Words before a pronoun within which the verb of saying stands."""
_BREATH = 20
"""Words before "the government" within which a speaker says "we"."""


@dataclass(frozen=True, slots=True)
class Holder:
    """An actor who holds something, the words that name it, and what they leave out ("some members")."""

    actor: str
    first: int | None
    last: int | None
    note: str | None = None
    head: int | None = None
    """The noun that names it."""


@dataclass(frozen=True)
class Holders:
    """Finds the holders of one report's attitudes."""

    clauses: Clauses
    parties: Parties
    states: frozenset[str]
    groups: Groups
    persons: frozenset[str]

    def of_agent(self, agent: int, statement: Statement | None) -> tuple[Holder, ...]:
        """The holders that a noun names; empty where it names no actor of the record."""
        folded = self.clauses.syntax.folded(agent)
        if folded in words_of("agents own_voice"):
            return self.of_statement(statement)
        said = (
            self._who_said(agent)
            or self._its(agent)
            or (self._included(agent) if folded in words_of("members some") else ())
        )
        if said:
            return said
        named = self._named_beside(agent)
        actors = () if self._is_share(agent) else self.parties.of_phrase(agent if named is None else named)
        if not actors and folded in words_of("members nobody"):
            return self.of_statement(statement) if self._is_speaker(agent, statement) else ()
        actors = tuple(dict.fromkeys((*actors, *self._joined(agent)))) if actors else ()
        if actors:
            words = self.clauses.syntax.noun_phrase_words(agent)
            return tuple(Holder(actor, words[0], words[-1], self._note(agent, actor), agent) for actor in actors)
        return (
            self._body(agent)
            or self._included(agent)
            or self._described(agent)
            or self._of_share(agent, statement)
            or self._of_own_government(agent, statement)
            or self._of_state(agent)
            or self._of_official(agent, statement)
        )

    def _named_beside(self, agent: int) -> int | None:
        """The name right behind an office, between commas: "the minister, *Ana Reed*, has"."""
        syntax, end = self.clauses.syntax, self.clauses.ends[agent]
        if syntax.tag(agent) != "NOUN" or agent + 2 >= end or syntax.form(agent + 1) != ",":
            return None
        last = agent + 2
        while last < end and syntax.tag(last) == "PROPN":
            last += 1
        closes = last < end and last > agent + 2 and syntax.form(last) == ","
        person = any(actor in self.persons for actor in self.parties.of_phrase(agent + 2)) if closes else False
        return agent + 2 if person else None

    def _of_state(self, agent: int) -> tuple[Holder, ...]:
        """The one state that the report names, where "the government" is told of without more."""
        plain = agent > 0 and self.clauses.syntax.folded(agent - 1) == "the"
        if not plain or self.clauses.base(agent) != "government" or self.clauses.children(agent, "amod", "nmod"):
            return ()
        named = self.states & self.parties.here
        return tuple(Holder(state, agent - 1, agent, head=agent) for state in named) if len(named) == 1 else ()

    def _of_own_government(self, agent: int, statement: Statement | None) -> tuple[Holder, ...]:
        """Who says "we" of it in the same breath: "We cannot wait, so the government is for it"."""
        syntax = self.clauses.syntax
        if statement is None or statement.directness != "direct" or self.clauses.base(agent) != "government":
            return ()
        first = next((w for w in range(max(0, agent - _BREATH), agent) if syntax.folded(w) == "we"), None)
        same = first is not None and self.clauses.ends[first] == self.clauses.ends[agent]
        plain = syntax.folded(agent - 1) == "the" and not self.clauses.children(agent, "amod", "nmod", "compound")
        return self.of_statement(statement) if same and plain else ()

    def _of_official(self, agent: int, statement: Statement | None) -> tuple[Holder, ...]:
        """Who says it, where "the government", of which nothing else is known, is that of an official who says it."""
        syntax = self.clauses.syntax
        span = statement.source.span if statement is not None else None
        if span is None or self.clauses.base(agent) not in words_of("members states_own") or agent == 0:
            return ()
        if syntax.folded(agent - 1) not in ("the", "his", "her") or self.clauses.children(
            agent, "amod", "nmod", "compound"
        ):
            return ()
        source = {self.clauses.base(word) for word in syntax.words_in(span)} | {
            syntax.folded(word) for word in syntax.words_in(span)
        }
        return self.of_statement(statement) if source & words_of("members officials") else ()

    def _who_said(self, pronoun: int) -> tuple[Holder, ...]:
        """Who said it, where "he" or "she" stands right behind a word for saying: "Mayor Ruiz said she backed it"."""
        syntax = self.clauses.syntax
        if syntax.folded(pronoun) not in ("he", "she", "it") or pronoun < 2:
            return ()
        verb = pronoun - 1 - (syntax.folded(pronoun - 1) == "that")
        while verb > 1 and pronoun - verb < _SINCE_SAID and syntax.tag(verb) in ("ADP", "PROPN", "NUM", "NOUN"):
            verb -= 1  # "said on Wednesday it"
        named = verb - 1
        if (
            named < 0
            or self.clauses.base(verb) not in ("say", "add", "announce", "insist")
            or syntax.tag(verb) != "VERB"
        ):
            return ()
        body = syntax.folded(pronoun) == "it" and syntax.tag(named) == "NOUN"
        if not (body or syntax.tag(named) == "PROPN") or self.clauses.ends[named] != self.clauses.ends[pronoun]:
            return ()
        heads = (named, self.clauses.head(named), named - 1)
        actors = next((found for head in heads if (found := self.parties.of_phrase(head))), ())
        return tuple(Holder(actor, pronoun, pronoun, head=named) for actor in actors) if len(actors) == 1 else ()

    def _of_share(self, agent: int, statement: Statement | None) -> tuple[Holder, ...]:
        """Those whom a word that only says how many is a share of: "87 percent of its members"."""
        if not self._is_share(agent):
            return ()
        of = self.clauses.behind(agent, "of", 1)
        if of is None or of <= agent or self._is_share(of):
            return ()
        words = self.clauses.syntax.span(self.clauses.syntax.noun_phrase_words(agent)[0], of)
        share = " ".join(words.of(self.clauses.syntax.text).split())
        found = self.of_agent(of, statement) or self._owners(of)
        return tuple(Holder(one.actor, one.first, one.last, share, one.head) for one in found)

    def _its(self, agent: int) -> tuple[Holder, ...]:
        """The body that "its people", "its leaders" speak for."""
        syntax = self.clauses.syntax
        plural = syntax.folded(agent) == "people" or syntax.folded(agent) != self.clauses.base(agent)
        return self._owners(agent) if plural and agent and syntax.folded(agent - 1) == "its" else ()

    def _owners(self, noun: int) -> tuple[Holder, ...]:
        """Whose members they are: "its members", "the union's members"."""
        if self.clauses.base(noun) not in words_of("members words"):
            return ()
        owners = [c for c in self.clauses.children(noun, "nmod", "det") if c < noun]
        return tuple(
            Holder(actor, owner, noun, head=owner) for owner in owners for actor in self.parties.of_phrase(owner)
        )

    def _described(self, agent: int) -> tuple[Holder, ...]:
        """The group that is described elsewhere in the report in like words."""
        actor = self.groups.like(agent)
        words = self.clauses.syntax.noun_phrase_words(agent)
        return () if actor is None else (Holder(actor, words[0], words[-1], self._note(agent, actor), agent),)

    def _joined(self, agent: int) -> Iterator[str]:
        """The actors of a second subject that "and" joins to the first, where the tree keeps them apart."""
        for child in self.clauses.children(self.clauses.head(agent), "nsubj"):
            is_second = agent < child < self.clauses.head(agent)  # behind the verb it is asked, not one who asks
            if is_second and self.clauses.children(child, "cc"):
                yield from self.parties.of_phrase(child)

    def _is_speaker(self, pronoun: int, statement: Statement | None) -> bool:
        """Whether a pronoun is the subject of what somebody said, right behind the word for saying: "she said she"."""
        if self.clauses.syntax.folded(pronoun) not in words_of("agents speaker") or statement is None:
            return False
        if statement.cue is None or statement.directness == "direct":
            return False
        said = self.clauses.syntax.words_in(statement.cue)
        return bool(said) and 0 < pronoun - said[-1] <= 2

    def _is_share(self, agent: int) -> bool:
        """Whether it only says how many: "most", "27 percent"."""
        counts = self.clauses.syntax.folded(agent) in words_of("members counting")
        is_number = counts or self.clauses.syntax.tag(agent) == "NUM"
        return is_number or self.clauses.base(agent) in words_of("members shares") | words_of("members some")

    def of_statement(self, statement: Statement | None) -> tuple[Holder, ...]:
        """The source of a statement as holder; the report itself holds nothing."""
        if statement is None or statement.source.basis in ("report", "document"):
            return ()
        actor = self.parties.source_of(statement)
        if actor is None:
            return ()
        span = statement.source.span
        words = self.clauses.syntax.words_in(span) if span is not None else range(0)
        if span is None or not words:
            return (Holder(actor, None, None),)
        return (Holder(actor, words[0], words[-1], head=self.clauses.syntax.head_of(span)),)

    def _body(self, agent: int) -> tuple[Holder, ...]:
        """The body that members, leaders or officials belong to."""
        if self.clauses.base(agent) not in words_of("members words"):
            return ()
        for child in self._bodies(agent):
            actors = self.parties.of_phrase(child)
            if len(actors) == 1 and self._may_stand_for(agent, actors[0]):
                words = self.clauses.complement_words(agent)
                last = max(child, *(w for w in words if w <= child + 3)) if child > agent else agent
                return (
                    Holder(actors[0], self.clauses.syntax.noun_phrase_words(agent)[0], last, self._note(agent, None)),
                )
        return ()

    def _may_stand_for(self, agent: int, actor: str) -> bool:
        """Whether they speak for it: of a state only its officials do."""
        return actor not in self.states or self.clauses.base(agent) in words_of("members officials")

    def _bodies(self, agent: int) -> Iterator[int]:
        after = [c for c in self.clauses.children(agent, "nmod", "obl") if c > agent]
        of = self.clauses.behind(agent, "of", 1)
        after = [*after, of] if of is not None and of not in after else after
        named = self._name_of(agent)
        after = [named, *after] if named is not None else after
        yield from (c for c in after if self.clauses.preposition(c) in words_of("members bodies_of"))
        own = set(self.clauses.syntax.noun_phrase_words(agent))
        before = [c for c in self.clauses.children(agent, "compound", "amod", "nmod") if c < agent]
        yield from (c for c in before if c in own and not self._is_tied(c))

    def _name_of(self, agent: int) -> int | None:
        """The last word of the name right behind "of", which a wrong tree may hang elsewhere: "members of the Bloc"."""
        if agent + 2 >= self.clauses.ends[agent] or self.clauses.syntax.folded(agent + 1) != "of":
            return None
        at = agent + 2
        at += self.clauses.syntax.tag(at) == "DET"
        end = at
        while end < self.clauses.ends[agent] and self.clauses.syntax.tag(end) == "PROPN":
            end += 1
        return end - 1 if end > at and self.clauses.preposition(end - 1) == "of" else None

    def _is_tied(self, word: int) -> bool:
        """Whether a hyphen ties it to a neighbour: "rebel-held"."""
        return any(self.clauses.syntax.form(w) in _HYPHENS for w in (word - 1, word + 1))

    def _included(self, agent: int) -> tuple[Holder, ...]:
        """As in "Some have softened that stance, including members of the council"."""
        if self.clauses.base(agent) not in words_of("members some") | words_of("members words"):
            return ()
        end = min(self.clauses.ends[agent], agent + 25)
        for at in range(agent + 1, end):
            if self.clauses.syntax.folded(at) in words_of("agents including"):
                noun = self.clauses.head(at)
                found = self.of_agent(noun, None) if noun > at else ()
                return tuple(Holder(one.actor, one.first, one.last, one.note or "some") for one in found)
        return ()

    def _note(self, agent: int, actor: str | None) -> str | None:
        """The words that leave part of a body out: "most leaders"."""
        words = self.clauses.syntax.noun_phrase_words(agent)
        if actor is not None and self.clauses.syntax.tag(agent) == "PROPN":
            return None
        first = self.clauses.syntax.folded(words[0])
        if first not in words_of("members some"):
            return "members" if self.clauses.base(agent) in ("member", "supporter", "voter") else None
        return f"{first} {self.clauses.syntax.folded(agent)}" if agent != words[0] else first
