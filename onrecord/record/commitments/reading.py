"""One report as the rules of promises read it: its words, and what stands where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from types import MappingProxyType

from onrecord.acting import is_somebody
from onrecord.furniture import is_furniture
from onrecord.lemmas import lemma
from onrecord.model import ActorType, Annotations, Quantity, Record, Statement, Time
from onrecord.record.cast import cast_of
from onrecord.record.commitments.kinds import met_in
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.parties import Parties
from onrecord.spans import Located, Span
from onrecord.syntax import Syntax

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
RELATIVE = frozenset(("who", "which", "that", "where", "whom", "what"))
NOT = frozenset(("not", "n't", "n’t", "never"))
_BEFORE_BASE = frozenset(("to", "will", "would", "must", "shall", "wo", "can", "could", "should"))
_BE = frozenset("be is are was were been being 's ’s 're ’re am 'm".split())
_NAMING = frozenset(("PROPN", "PRON"))
_DESCRIBED: frozenset[ActorType | None] = frozenset(("group", "role"))
_VERBAL = frozenset(("VERB", "AUX"))
_BORDERS = frozenset(",.;:—")
_PARTICLE, _OBJECT = 6, 8
"""Words behind a verb within which its particle, or what it is done to, stands."""


@cache
def _done_to_verbs() -> frozenset[str]:
    return frozenset(verb for verb, _ in lexicon().done_to)


class Reading:
    """Questions that the rules ask of one report. Words are numbers, as in `Syntax`."""

    def __init__(
        self,
        record: Record,
        annotations: Annotations,
        types: Mapping[str, ActorType],
        kinds: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.annotations = annotations
        self.report = annotations.report
        self.syntax = Syntax(annotations.report.text, annotations.words)
        self._record = record
        self.date = record.dates[self.report.id].date if self.report.id in record.dates else None
        self.place_of = record.place_of
        self._kinds = kinds
        self._types = types
        lineage = record.lineage.get(self.report.id)
        self.is_copy = lineage is not None and lineage.relation == "copy"

    @classmethod
    def of(cls, excerpt: Record, kinds: Mapping[str, str] = MappingProxyType({})) -> Reading:
        """The reading of the one report of an excerpt of the record; of the kinds it has those of names in its text."""
        (annotations,) = excerpt.annotations
        types = {actor.id: actor.type for actor in excerpt.actors}
        return cls(excerpt, annotations, types, met_in(annotations.report.text, kinds))

    @property
    def kinds(self) -> Mapping[str, str]:
        """Of which kind the things are that go by names of their own."""
        return self._kinds

    @property
    def excerpt(self) -> Record:
        """The record as it is read against."""
        return self._record

    @cached_property
    def parties(self) -> Parties:
        return Parties(self._record, self.annotations, self.syntax)

    @cached_property
    def times(self) -> Located[Time]:
        return Located((time.span, time) for time in self.annotations.times)

    @cached_property
    def quantities(self) -> Located[Quantity]:
        return Located((quantity.span, quantity) for quantity in self.annotations.quantities)

    @cached_property
    def _told(self) -> Located[Statement]:
        return Located((content, one) for one in self.annotations.statements for content in one.content)

    @cached_property
    def _mentions(self) -> Located[str]:
        return Located((one.span, one.type) for one in self.annotations.mentions)

    @cached_property
    def _places(self) -> Located[str]:
        known = self.place_of
        return Located((one.span, known[one.id]) for one in self.annotations.mentions if one.id in known)

    def sentences(self) -> Iterator[range]:
        """The words of each sentence of the running text, in order."""
        for span in self.annotations.sentences:
            if span.end > self.report.body and not is_furniture(span.of(self.report.text)):
                yield self.syntax.words_in(Span(max(span.start, self.report.body), span.end))

    def cue_of(self, statement: Statement) -> int | None:
        """The word that all others of its cue hang on."""
        return self.syntax.head_of(statement.cue) if statement.cue is not None else None

    def may_mean(self, pronoun: str, actor: str | None) -> bool:
        """Whether the pronoun fits the actor: "it" is no person."""
        return actor is None or pronoun != "it" or self._types.get(actor) != "person"

    def body_of(self, actor: str) -> str:
        """Whom "we" means in the mouth of an actor: the one body it holds an office of; else the actor."""
        return cast_of(self._record).body_of.get(actor, actor)

    def _may_be_called(self, word: int, actor: str) -> bool:
        """Whether the noun is not at odds with the name: "the company" is no league, "the minister" no ministry."""
        other = lexicon().called_otherwise.get(self.lemma(word)) if self.tag(word) == "NOUN" else None
        known = cast_of(self._record).actor(actor) if other else None
        if known is None or other is None or known.type not in ("organization", "government", "group"):
            return True
        return not other & {lemma(part, "NOUN") for part in known.name.lower().split()}

    def answers(self, actor: str) -> bool:
        """Whether the actor is a body that does things, or speaks by an office: no onlooker."""
        known = cast_of(self._record).actor(actor)
        if known is None:
            return False
        called = {lemma(word, "NOUN") for word in known.name.lower().split()}
        titles = [title.split()[-1].lower() for title in (role.title for role in known.roles) if title.split()]
        if known.type == "person":
            return any(lemma(title, "NOUN") not in lexicon().outsiders for title in titles)
        if known.type == "role" and len(known.name.split()) == 1:
            return False  # "officials" are nobody in particular
        return not called & lexicon().outsiders and known.type in ("organization", "government", "role")

    def is_body(self, actor: str) -> bool:
        """Whether the actor is an organisation or a government."""
        return self._types.get(actor) in ("organization", "government")

    def statement_at(self, word: int) -> Statement | None:
        """The innermost statement whose content holds the word."""
        holding = self._told.touching(self.syntax.span(word))
        return min(holding, key=lambda pair: (len(pair[0]), pair[1].id))[1] if holding else None

    def places_in(self, span: Span) -> tuple[str, ...]:
        """Ids of the places named in the span, each once, in order."""
        found = sorted((at.start, place) for at, place in self._places.touching(span))
        return tuple(dict.fromkeys(place for _, place in found))

    @cached_property
    def _forms(self) -> list[str]:
        text, words = self.report.text, self.syntax.words
        return [text[start:end].lower() for start, end in zip(words.starts, words.ends, strict=True)]

    def form(self, word: int) -> str:
        """The word in lower case; "" beyond the last."""
        forms = self._forms
        return forms[word] if word < len(forms) else ""

    def tag(self, word: int) -> str:
        """Its universal part of speech; "" beyond the last and where words have none."""
        tags = self.syntax.words.tag
        return tags[word] if word < len(tags) else ""

    def lemma(self, word: int, tag: str | None = None) -> str:
        """The base form of the word; behind "to" and "will" it stands as it is ("lay down")."""
        tag = tag or self.tag(word)
        if tag == "VERB" and word and self.form(word - 1) in _BEFORE_BASE and self.form(word).isalpha():
            return self.form(word)
        return lemma(self.syntax.form(word), tag)

    def kind(self, word: int) -> str:
        """The base form of a noun, or the one noun under which things of its kind are compared."""
        base = self.lemma(word)
        return lexicon().kinds.get(base) or self._kinds.get(base, base)

    def deed(self, word: int, tag: str | None = None) -> str | None:
        """The group of deeds that a verb, with its particle or with what it is done to, or a noun belongs to."""
        tag = tag or self.tag(word)
        base = self.lemma(word, tag)
        if tag not in _VERBAL:
            return lexicon().deed(base, tag)
        done_to = self.done_to(word)
        return self._particled(word, base) or (done_to[0] if done_to else lexicon().deed(base, tag))

    def _particled(self, verb: int, base: str) -> str | None:
        """The deed of a verb and its particle, right behind it or behind its object: "set up", "hand the keys over"."""
        children = (w for w in self.syntax.children[verb] if self.syntax.words.relation[w] == "compound")
        near = (verb + 1, *(w for w in children if verb < w < verb + _PARTICLE))
        bases = (base, self.form(verb))  # "lay", which is a past tense too
        found = (lexicon().particled.get((one, self.form(word))) for word in near for one in bases)
        return next((group for group in found if group is not None), None)

    def done_to(self, verb: int) -> tuple[str, int] | None:
        """The deed that a verb says only of some things, and the noun for that: "went to court", "filed a petition"."""
        base = self.lemma(verb, "VERB")
        if base not in _done_to_verbs():
            return None
        for word in range(verb + 1, min(verb + _OBJECT, len(self.syntax.words))):
            if self.tag(word) in _VERBAL or self.form(word) in _BORDERS:
                return None
            group = lexicon().done_to.get((base, self.lemma(word))) if self.tag(word) in ("NOUN", "PROPN") else None
            if group is not None:
                return group, word
        return None

    def is_be(self, word: int) -> bool:
        return self.form(word) in _BE

    def is_verb(self, word: int) -> bool:
        return self.tag(word) == "VERB"

    def is_nominal(self, word: int) -> bool:
        return self.tag(word) in NOMINAL

    def is_finite(self, word: int) -> bool:
        """Whether the word is a verb with a subject of its own or an auxiliary, or in a form of the past."""
        if self.tag(word) not in _VERBAL:
            return False
        past = self.form(word) != self.lemma(word) and not self.form(word).endswith("ing")
        return past or self.tag(word) == "AUX" or self.syntax.own_subject(word) is not None

    def is_agent(self, word: int) -> bool:
        """Whether the word names or describes somebody who can act."""
        if self.tag(word) == "PRON":
            return self.form(word) in lexicon().agents or bool(self.parties.of_phrase(word))
        return self.describes_agent(word) or bool(self.actors_of(word)) or self._is_unknown_name(word)

    def _is_unknown_name(self, word: int) -> bool:
        """Whether the word is a name that nothing is known of: not of a place, no number, no day."""
        span = self.syntax.span(word)
        known = self.times.touching(span) or self._mentions.touching(span)
        return self.tag(word) == "PROPN" and self.form(word).isalpha() and not known

    def describes_agent(self, word: int) -> bool:
        """Whether the noun is one for somebody who acts: "minister", "regulator", but not "transfer"."""
        base = self.lemma(word)
        if base in lexicon().agents or base in lexicon().institutions or is_somebody(self.syntax, word):
            return True
        return base.endswith(lexicon().agent_endings) and base not in lexicon().no_agents

    def actors_of(self, word: int) -> tuple[str, ...]:
        """The actors that the phrase of the word means; what describes nobody who acts ("a law") means none."""
        known = tuple(actor for actor in self.parties.of_phrase(word) if self._may_be_called(word, actor))
        describes = self.describes_agent(word) or self.tag(word) in _NAMING
        return known if describes else tuple(actor for actor in known if self._types.get(actor) not in _DESCRIBED)

    def matches(self, word: int, phrases: frozenset[tuple[str, ...]]) -> int:
        """How many words from `word` on make the longest of the phrases; 0 for none."""
        last = min(word + 5, len(self.syntax.words))
        ahead = tuple(self.form(w) for w in range(word, last))
        return max((n for n in range(1, len(ahead) + 1) if ahead[:n] in phrases), default=0)
