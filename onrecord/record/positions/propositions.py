"""Propositions: what an attitude is towards, brought to one concept and a sign.

To want troops to stay, to oppose their withdrawal and to ask for a delay of the end of their mission is one position:
a verb or event noun either is the concept ("withdraw": less *presence*), or makes more or less of its thing ("delay":
less), and the signs are multiplied on the way down to the thing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.lemmas import event_lemma, lemma
from onrecord.record.positions.clauses import Clauses
from onrecord.record.positions.lexicon import Effect, lexicon, somebodies, words_of
from onrecord.record.positions.names import Names
from onrecord.record.positions.phrases import phrase_of
from onrecord.spans import Span

_DEEPEST = 6
_HYPHENS = frozenset("-‐‑")
_LEFT_OUT = frozenset(("acl", "advcl", "parataxis", "conj", "appos", "ccomp"))
_CONTENT = frozenset(("NOUN", "PROPN", "ADJ"))
_BACK = 12
"""Words before "to introduce" within which "that" stands for its object."""
_DONE_TO = frozenset(("custody", "execution", "prosecution", "war", "attack", "eviction", "dissolution"))
"""Concepts whose verbs make nouns in "-ing" that mean the deed: "the jailing of", not "the building"."""
_RELATIVE = frozenset(("that", "which"))
_WOULD = frozenset(("would", "will", "'ll", "’ll", "'d", "’d"))
_KEPT = {"open": "open", "closed": "close", "shut": "close"}
"""States that something is kept in, by the verb that brings them about."""
_TIMES = frozenset(
    "time year month week day today tomorrow yesterday moment date spring summer autumn winter january february march "
    "april may june july august september october november december monday tuesday wednesday thursday friday saturday "
    "sunday".split()
)


@dataclass(frozen=True, slots=True)
class Proposition:
    """What one is for or against.

    Attributes:
        sign: 1 where the words speak for the concept, -1 where against it ("withdrawal": against presence).
        concept: what it comes down to, in one form for all its words.
        names: the names it is about, in lower case.
        nouns: the nouns and adjectives it is about, as base forms.
        phrase: the words, verbatim.
        action: what is done to the thing, as a verb ("ban"), if that comes first; bare: whether no thing is named.
        own: whether it is only about what is the holder's own ("keep his lead").
        nominal: whether the words are a noun phrase.
        known: whether the tables know what is done.
        done: whether it is at least something done.
        somebody: whether it is a person or body, and not something done.
        pointing: whether it only takes up what was told before: "the idea", "that decision".
        firm: whether it is told in words that say nothing but that one is for or against it.
        shown: the words that take it up where it is told, if the phrase stands before: "against *it*".
    """

    sign: int
    concept: str
    names: frozenset[str]
    nouns: frozenset[str]
    phrase: Span
    nominal: bool
    known: bool
    done: bool = False
    somebody: bool = False
    own: bool = False
    action: str | None = None
    bare: bool = False
    pointing: bool = False
    shown: Span | None = None
    firm: bool = False

    def meaning(self, before: Proposition) -> Proposition:
        """The same words, where they take up what was said in full before: "a ban on hunting", "the ban"."""
        return replace(
            self, sign=self.sign * before.sign, concept=before.concept, names=before.names, nouns=before.nouns
        )


@dataclass(frozen=True, slots=True)
class _Way:
    """How far the reading of a complement has come: from its head down to a word, with the sign and what is known."""

    head: int
    word: int
    mover: int | None
    sign: int = 1
    known: bool = False
    effect: Effect | None = None
    action: str | None = None


@dataclass(frozen=True)
class Propositions:
    """Reads the propositions of one report."""

    clauses: Clauses
    names: Names

    def read(self, head: int, mover: int | None) -> Proposition | None:
        """The proposition of the phrase or clause of `head`, which `mover` is to do; None where it says too little."""
        way = _Way(head, head, mover)
        for _ in range(_DEEPEST):
            if self.clauses.syntax.tag(way.word) == "VERB" and self.clauses.is_negated(way.word):
                way = replace(way, sign=-way.sign)
            effect = self._effect(way.word) or self._leaving_office(way)
            following = self._next(way.word, effect)
            is_bare = following is None and self.clauses.is_nominal(way.word)
            action = self.clauses.event(way.word) if effect is not None and way.sign == 1 else None
            known = way.known or (effect is not None and not is_bare)
            way = replace(way, effect=effect, known=known, action=way.action or action)
            if effect is not None and effect.concept is not None and self._is_kept_on(way):
                effect = Effect(1)  # "keep the winter break", which nobody is present at
                following = self._next(way.word, effect)
            if effect is not None and effect.concept is not None:
                return self._concept(way, effect, effect.concept)
            if following is None:
                return self._last(way)
            way = replace(way, word=following, sign=way.sign * (effect.sign if effect else 1))
        return None

    def _concept(self, way: _Way, effect: Effect, concept: str) -> Proposition | None:
        kept = self._kept_so(way.word)
        if kept is not None:
            return self._made(replace(way, sign=way.sign * kept.sign, known=True), kept.concept or concept)
        if not self._is_in_place(way.word, way.mover):
            return self._last_verb(replace(way, effect=None)) if way.word == way.head else None
        return self._made(replace(way, sign=way.sign * effect.sign, known=True), concept)

    def _is_kept_on(self, way: _Way) -> bool:
        """Whether a thing is kept or retained that cannot stay or leave."""
        kept = self.clauses.base(way.word) in ("keep", "retain") and self.clauses.syntax.tag(way.word) == "VERB"
        return kept and self._kept_so(way.word) is None and not self._is_in_place(way.word, way.mover)

    def _kept_so(self, verb: int) -> Effect | None:
        """What it is to keep something open, or closed."""
        if self.clauses.base(verb) not in words_of("propositions light_motion"):
            return None
        states = [self.clauses.syntax.folded(c) for c in self.clauses.children(verb, "xcomp")]
        found = (lexicon().effects.get(_KEPT.get(state, "")) for state in states)
        return next((one for one in found if one is not None), None)

    def _effect(self, word: int) -> Effect | None:
        tag = self.clauses.syntax.tag(word)
        if self.clauses.is_gerund(word) or self.clauses.is_participle(word):
            return lexicon().effects.get(lemma(self.clauses.syntax.form(word), "VERB"))
        if tag not in ("VERB", "NOUN", "PROPN") or (self.names.of(word) and tag == "PROPN"):
            return None
        base, effects = self.clauses.base(word), lexicon().effects
        other = words_of("propositions nouns_only" if tag == "VERB" else "propositions verbs_only")
        if base in other:
            return None
        found = effects.get(base) or effects.get(self.clauses.event(word)) or self._of_doing(word)
        return found or (effects.get(base.partition("_")[0]) if "_" in base else None)

    def _of_doing(self, noun: int) -> Effect | None:
        """What a noun like "the jailing of" does, as its verb."""
        if self.clauses.syntax.tag(noun) != "NOUN" or not self.clauses.syntax.folded(noun).endswith("ing"):
            return None
        found = lexicon().effects.get(lemma(self.clauses.syntax.form(noun), "VERB"))
        return found if found is not None and found.concept in _DONE_TO else None

    def _leaving_office(self, way: _Way) -> Effect | None:
        """To want "the governor to go", with nothing behind that says where, is to want them out of office."""
        word, clauses = way.word, self.clauses
        if way.mover is None or word != way.head or clauses.base(word) != "go" or clauses.syntax.tag(word) != "VERB":
            return None
        is_person = clauses.syntax.tag(way.mover) == "PROPN" or clauses.base(way.mover) in words_of("members words")
        ends = word + 1 >= clauses.ends[word] or clauses.syntax.tag(word + 1) == "PUNCT"
        titled = is_person or clauses.base(way.mover) in somebodies()
        return lexicon().effects.get("resign") if ends and titled else None

    def _is_in_place(self, word: int, mover: int | None) -> bool:
        """Whether a verb of staying or leaving is about somebody's presence, and not about leaving a stone unturned."""
        if self.clauses.syntax.tag(word) != "VERB" or self.clauses.base(word) not in words_of(
            "propositions light_motion"
        ):
            return True
        if any(self.clauses.syntax.tag(child) == "ADJ" for child in self.clauses.children(word, "xcomp")):
            return False
        moved = self.clauses.children(word, "obj") or ([mover] if mover is not None else [])
        return any(self._can_move(noun) for noun in moved)

    def _can_move(self, noun: int) -> bool:
        is_listed = self.clauses.base(noun) in words_of("propositions movable") | words_of("propositions people")
        return (
            is_listed
            or (self.clauses.syntax.tag(noun) == "PRON" and self.clauses.syntax.folded(noun) != "it")
            or self.names.of(noun) is not None
        )

    def _next(self, word: int, effect: Effect | None) -> int | None:
        """What a word that only leads on leads to."""
        if self.clauses.is_participle(word):
            return None
        if self.clauses.syntax.tag(word) == "VERB" or self.clauses.is_gerund(word):
            leads = effect is not None or self.clauses.base(word) in words_of("propositions passing")
            return self._object(word) if leads else None
        base = self.clauses.base(word)
        if effect is not None:
            return self._thing_of_noun(word)
        return self._matter(word) if base in words_of("propositions transparent") else None

    def _object(self, verb: int) -> int | None:
        for child in self.clauses.children(verb, "xcomp", "obj", "ccomp", "obl"):
            if self.clauses.relation(child) == "obl" and self.clauses.case(child) not in ("with", "on", "to", "for"):
                continue
            is_thing = self.clauses.is_nominal(child) or self.clauses.syntax.tag(child) == "VERB"
            if child > verb and is_thing and not self._is_time(child):
                return child
        if self.clauses.syntax.is_passive(verb):
            return self.clauses.syntax.own_subject(verb)
        if self.clauses.case(verb) != "to":
            return None
        return self.clauses.object_beside(verb) or self.clauses.noun_before_which(verb, _BACK)

    def _thing_of_noun(self, noun: int) -> int | None:
        """As in "A ban on hunting", "the tax cut", "the dam's closure"."""
        prepositions = words_of("propositions of_nouns")
        for child in self.clauses.children(noun, "nmod", "acl", "obl"):
            if child > noun and self.clauses.case(child) in prepositions and not self._is_time(child):
                return child
        before = [c for c in self.clauses.children(noun, "compound", "nmod") if c < noun and not self._is_time(c)]
        own = [c for c in before if self.clauses.syntax.tag(c) == "PRON"]
        before = [c for c in before if c not in own]
        if own and not before:  # "its ban on the players", whatever the tree hangs "on" on
            return next(
                (w for one in sorted(prepositions) if (w := self.clauses.behind(noun, one, 1)) is not None), None
            )
        if not before:  # "the end of the mission", "an end to the ban", whatever the tree
            return self.clauses.behind(noun, "of", 1) or (
                self.clauses.behind(noun, "to", 1) if self._is_end(noun) else None
            )
        return before[-1] if before else None

    def _is_end(self, noun: int) -> bool:
        return self.clauses.base(noun) in ("end", "halt", "stop")

    def _matter(self, noun: int) -> int | None:
        """What a decision, plan or idea is about: an infinitive or participle, or a noun of something done."""
        for child in self.clauses.children(noun, "acl", "nmod", "ccomp", "xcomp"):
            if child < noun or self.clauses.case(child) not in ("to", "for", "of", "on", "against", "that"):
                continue
            if self.clauses.syntax.tag(child) == "VERB" or self._effect(child) is not None:
                return child
        would = next((c for c in self.clauses.children(noun, "acl") if self._is_what_it_would_do(c, noun)), None)
        would = self._told_right_behind(noun) if would is None else would
        if would is not None:
            return would
        found = self.clauses.infinitive(noun)
        behind = self.clauses.behind(noun, "for", 1)
        if found is not None or behind is not None:
            return found[0] if found is not None else behind
        before = [c for c in self.clauses.children(noun, "compound") if self._effect(c) is not None]
        return before[-1] if before else None

    def _is_what_it_would_do(self, verb: int, noun: int) -> bool:
        """Whether a relative clause tells what a bill or plan is for: "a bill *that would link* pay to results"."""
        subject = self.clauses.syntax.own_subject(verb)
        relative = subject is not None and noun < subject < verb and self.clauses.syntax.folded(subject) in _RELATIVE
        return relative and bool(_WOULD & set(self.clauses.syntax.auxiliaries(verb)))

    def _told_right_behind(self, noun: int) -> int | None:
        """The verb of "a bill that would lower", as the words stand, whatever the tree."""
        verb, end = noun + 3, self.clauses.ends[noun]
        forms = [self.clauses.syntax.folded(word) for word in range(noun + 1, min(noun + 3, end))]
        told = len(forms) > 1 and forms[0] in _RELATIVE and forms[1] in _WOULD
        return verb if told and verb < end and self.clauses.syntax.tag(verb) == "VERB" else None

    def _last(self, way: _Way) -> Proposition | None:
        """The proposition where the way down ends at a word that is no concept of the tables."""
        word = way.word
        is_verb = self.clauses.syntax.tag(word) == "VERB" or self.clauses.is_participle(word)
        if is_verb and word != way.mover:
            return self._last_verb(way)
        if not self._is_thing(word):
            return None
        named = self._named(word)
        somebody = self.names.is_somebody(named) or self.clauses.base(word) in words_of("propositions people")
        concept = self.names.of(named) or event_lemma(self.clauses.syntax.form(word), self.clauses.syntax.tag(word))
        if concept in words_of("propositions dull") or concept in _TIMES or not concept[0].isalpha():
            return None
        return self._made(way, concept, somebody, self._is_done(way, concept))

    def _is_thing(self, word: int) -> bool:
        """Whether a word can be what it comes down to: a noun, or a pronoun for somebody known."""
        is_tied = word + 1 < self.clauses.ends[word] and self.clauses.syntax.form(word + 1) in _HYPHENS
        is_pronoun = self.clauses.syntax.tag(word) == "PRON" and not self.names.is_somebody(word)
        return self.clauses.is_nominal(word) and not is_pronoun and not is_tied

    def _is_done(self, way: _Way, concept: str) -> bool:
        """Whether a noun tells something done ("the ruling"), or a thing that is decided on ("the law")."""
        if self.names.of(way.word) is not None or not (self.clauses.is_nominal(way.head) or way.word == way.head):
            return False
        is_listed = way.effect is not None or concept in words_of("propositions generic")
        return is_listed or concept != self.clauses.base(way.word)

    def _last_verb(self, way: _Way) -> Proposition | None:
        """As in "wants prices to fall": the thing is what does it; of a verb the tables do not know, the verb is."""
        if way.effect is not None:
            moved = replace(way, word=way.mover or 0, sign=way.sign * way.effect.sign, effect=None, known=True)
            return None if way.mover is None else self._last(moved)
        base = self.clauses.base(way.word)
        if base in words_of("propositions dull_verbs") or base in words_of("propositions passing"):
            return None
        allowed = self.clauses.syntax.is_passive(way.head)  # "priests should be allowed to marry"
        has_matter = way.mover is not None or bool(self.clauses.children(way.word, "obj", "iobj", "obl")) or allowed
        let = self.clauses.base(way.head) in words_of("propositions letting")  # "to let an outsider count the votes"
        led = self.clauses.base(way.head) in words_of("propositions transparent")  # "a plan to tax sugar"
        is_own = way.word == way.head or led or (let and self.clauses.head(way.word) == way.head)
        return self._made(replace(way, known=False), base, done=False) if is_own and has_matter else None

    def _named(self, word: int) -> int:
        """The word itself, or the name that a title stands before: "Senator Ruiz"."""
        if self.names.of(word) is not None:
            return word
        names = [c for c in self.clauses.children(word, "flat", "appos") if c > word and self.names.of(c) is not None]
        return names[0] if names else word

    def _made(self, way: _Way, concept: str, somebody: bool = False, done: bool = True) -> Proposition:
        about = [w for w in self._about(way) if w != way.word or self.names.of(w)]
        nouns = frozenset(self.clauses.event(w) for w in about if self._is_content(w))
        if way.mover is not None and self.clauses.syntax.folded(way.mover) in words_of("propositions single"):
            nouns |= {"person"}
        return Proposition(
            sign=way.sign,
            concept=concept,
            names=frozenset(name for w in about for name in [self.names.of(w)] if name is not None),
            nouns=nouns - {concept},
            phrase=phrase_of(self.clauses, way.head, way.word, way.mover),
            nominal=self.clauses.is_nominal(way.head),
            known=way.known,
            done=done,
            somebody=somebody,
            own=way.mover is None and self._is_own(way.word),
            action=way.action,
            bare=way.effect is not None and way.effect.concept is None and self.clauses.is_nominal(way.word),
            pointing=way.word == way.head and self._is_pointing(way.word),
        )

    def _is_pointing(self, noun: int) -> bool:
        """Whether it is a noun for what is decided or planned, with nothing but an article before it."""
        words = self.clauses.syntax.noun_phrase_words(noun)
        folded = [self.clauses.syntax.folded(word) for word in words if self.clauses.syntax.tag(word) != "ADP"]
        is_listed = self.clauses.base(noun) in words_of("propositions taking_up")
        return is_listed and len(folded) == 2 and folded[0] in ("the", "that", "this")

    def _is_own(self, noun: int) -> bool:
        return any(self.clauses.syntax.tag(child) == "PRON" for child in self.clauses.children(noun, "nmod", "det"))

    def _about(self, way: _Way) -> list[int]:
        """The words that say whom and what it is about, those far down in the tree left out."""
        near = {
            w for top in (way.word, way.head) for w in self.clauses.syntax.subtree(top, _LEFT_OUT) if abs(w - top) <= 15
        }
        if way.mover is not None:
            near |= set(self.clauses.syntax.noun_phrase_words(way.mover))
        before = way.word - 1  # "the whaling proposal", whatever the tree hangs it on
        if self.clauses.is_nominal(way.word) and before >= 0 and self.clauses.syntax.tag(before) == "NOUN":
            near.add(before)
        return sorted(near)

    def _is_content(self, word: int) -> bool:
        if self.clauses.syntax.tag(word) not in _CONTENT or self.names.of(word) is not None or self._is_time(word):
            return False
        base = self.clauses.base(word)
        dull = words_of("propositions dull") | words_of("propositions money")
        is_leading = base in words_of("propositions transparent") or base in dull
        return not is_leading and self._effect(word) is None

    def _is_time(self, word: int) -> bool:
        return self.clauses.syntax.folded(word).rstrip(".s") in _TIMES or self.clauses.syntax.tag(word) == "NUM"
