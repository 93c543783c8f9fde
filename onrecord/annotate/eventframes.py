"""What stands around the word of an event: the chain of words that it governs, its clause, and their PLOVER types.

PLOVER is the Political Language Ontology for Verifiable Event Records (openeventdata/PLOVER). Which words speak for
which type is in `data/plover.toml`; how they combine ("hold talks", "agree to withdraw") is read off the tree here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from onrecord.annotate.analysis import Analysis
from onrecord.lemmas import event_lemma, lemma
from onrecord.lexicons import table_of
from onrecord.syntax import Syntax

_SUFFIX = {"VERB": "/v", "NOUN": "/n", "PROPN": "/n", "ADJ": "/a"}
_GOVERNED = ("xcomp", "ccomp", "obj", "obl", "acl", "nmod")
"""Relations down which a chain goes, the closest first."""
_TAKEN = frozenset("obj obl xcomp compound advmod iobj mark ccomp nmod".split())
_COMPLEMENTS = frozenset(("xcomp", "ccomp"))
_BESIDE = frozenset(("case", "mark", "compound", "amod"))
_NOT_IN_CLAUSE = frozenset(("advcl", "conj", "parataxis", "punct"))
_LONGEST_CHAIN = 4
_LONGEST_CLAUSE = 60
_CONTENT = frozenset(("VERB", "NOUN", "ADJ"))
_NO_LEMMA = frozenset(("PUNCT", "SYM", "X"))


@dataclass(frozen=True, slots=True)
class Sense:
    """A type and a mode that a word may speak for; `phrase` if it takes another word beside it to do so."""

    type: str
    mode: str | None
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words for the types of PLOVER.

    Attributes:
        words: lemma, with or without a mark for its part of speech → what it may speak for.
        phrases: first lemma → the other lemmas of a phrase, and what it speaks for; compounds: by the last lemma.
        light: verbs that say little by themselves ("hold" talks).
        weak: lemmas that are events of politics only between actors of politics ("give", "leave").
        vague: lemmas that are so only if what they govern is of politics too ("return" prisoners, not a smile).
        actors: nouns for such actors; matters: nouns for what they deal in.
        declaring: verbs that tell of what is to be ("announce" a ceasefire).
        undoing: verbs that take back what they govern ("lift" sanctions).
        quads: type → the quadrant of the ontology it belongs to.
    """

    words: dict[str, tuple[Sense, ...]]
    phrases: dict[str, tuple[tuple[frozenset[str], Sense], ...]]
    compounds: dict[str, tuple[tuple[frozenset[str], Sense], ...]]
    light: frozenset[str]
    weak: frozenset[str]
    vague: frozenset[str]
    actors: frozenset[str]
    matters: frozenset[str]
    declaring: frozenset[str]
    undoing: frozenset[str]
    quads: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package, read once."""
    table = table_of("plover")
    words: dict[str, tuple[Sense, ...]] = {}
    phrases: dict[str, tuple[tuple[frozenset[str], Sense], ...]] = {}
    compounds: dict[str, tuple[tuple[frozenset[str], Sense], ...]] = {}
    for name, entry, mode in _entries(table["types"]):
        first, *others = entry.split("_")
        if others:
            sense = Sense(name, mode, True)
            phrases[first] = (*phrases.get(first, ()), (frozenset(others), sense))
            compounds[others[-1]] = (*compounds.get(others[-1], ()), (frozenset((first, *others[:-1])), sense))
        else:
            words[entry] = (*words.get(entry, ()), Sense(name, mode))
    sets = {name: frozenset(entries.split()) for name, entries in table["sets"].items()}
    quads = {name: quad for quad, names in table["quads"].items() for name in names.split()}
    return Lexicon(words, phrases, compounds, quads=quads, **sets)


def _entries(types: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str | None]]:
    """Type, entry and mode of each entry of the lexicon."""
    for name, modes in types.items():
        for mode, entries in modes.items():
            for entry in entries.split():
                yield name, entry, None if mode == "plain" else mode


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon holds of a word by itself: its senses, and the phrases it opens or closes."""

    senses: tuple[Sense, ...]
    opened: tuple[tuple[frozenset[str], Sense], ...]
    closed: tuple[tuple[frozenset[str], Sense], ...]


@lru_cache(maxsize=8192)
def entry_of(form: str, tag: str) -> Entry:
    """The entry of a word with its tag."""
    keys = dict.fromkeys((event_lemma(form, tag), lemma(form, tag)))
    opened = tuple(phrase for key in keys for phrase in lexicon().phrases.get(key, ()))
    closed = tuple(phrase for key in keys for phrase in lexicon().compounds.get(key, ()))
    return Entry(_senses_of(keys, _SUFFIX.get(tag)), opened, closed)


def _senses_of(keys: Iterable[str], suffix: str | None) -> tuple[Sense, ...]:
    if suffix is None:
        return ()
    known = lexicon().words
    bare = () if suffix == "/a" else keys
    senses = [*(s for k in bare for s in known.get(k, ())), *(s for k in keys for s in known.get(k + suffix, ()))]
    return tuple(dict.fromkeys(senses))


class Frames:
    """The frames of the events of one report. What is said of a word is worked out once."""

    def __init__(self, syntax: Syntax, analysis: Analysis) -> None:
        self.syntax = syntax
        self.analysis = analysis
        self._senses: dict[int, tuple[Sense, ...]] = {}

    @cached_property
    def names(self) -> frozenset[int]:
        """The words inside of names."""
        return frozenset(w for first, end, _ in self.analysis.entities for w in range(first, end))

    @cached_property
    def bodies(self) -> frozenset[int]:
        """The words inside of names of places and organisations."""
        named = (entity for entity in self.analysis.entities if entity[2] in ("LOC", "ORG"))
        return frozenset(w for first, end, _ in named for w in range(first, end))

    def lemma(self, word: int) -> str:
        """Its lemma; of a noun made of a verb, that of the verb."""
        return event_lemma(self.syntax.form(word), self.syntax.tag(word))

    def plain_lemma(self, word: int) -> str:
        """Its own lemma."""
        return lemma(self.syntax.form(word), self.syntax.tag(word))

    def senses(self, word: int) -> tuple[Sense, ...]:
        """The types and modes that the word may speak for, with what stands beside it; phrases go before words."""
        found = self._senses.get(word)
        if found is None:
            known = entry_of(self.syntax.form(word), self.syntax.tag(word))
            found = self._senses[word] = self._phrases(word, known) or known.senses
        return found

    def _phrases(self, word: int, known: Entry) -> tuple[Sense, ...]:
        if not known.opened and not known.closed:
            return ()
        beside = self._beside(word) if known.opened else frozenset()
        before = self._before(word) if known.closed else frozenset()
        found = [sense for others, sense in known.opened if others <= beside]
        found += [sense for others, sense in known.closed if others <= before]
        return tuple(dict.fromkeys(found))

    def _beside(self, word: int) -> frozenset[str]:
        """Lemmas of what a verb takes, and of what marks that; of a noun, only of the prepositions behind it."""
        relation, children = self.syntax.words.relation, self.syntax.children
        near = [c for c in children[word] if relation[c] in _TAKEN]
        marks = [g for c in near for g in children[c] if relation[g] in _BESIDE and (g > word or relation[g] != "case")]
        if self.syntax.tag(word) in ("NOUN", "PROPN"):
            near = []
        return frozenset(lemma for c in (*near, *marks) for lemma in (self.lemma(c), self.plain_lemma(c)))

    def _before(self, word: int) -> frozenset[str]:
        """Lemmas of the words that a noun is composed with."""
        relation = self.syntax.words.relation
        near = [c for c in self.syntax.children[word] if c < word and relation[c] in ("compound", "amod")]
        return frozenset(lemma for c in near for lemma in (self.lemma(c), self.plain_lemma(c)))

    def chain(self, trigger: int, without: frozenset[int] = frozenset()) -> tuple[int, ...]:
        """The trigger and the events it governs, one below the other: "agreed", "send", "aid"."""
        chain = [trigger]
        while len(chain) < _LONGEST_CHAIN:
            below = [c for c in self.syntax.children[chain[-1]] if c not in without and self._is_governed(c)]
            if not below:
                break
            relation = self.syntax.words.relation
            chain.append(min(below, key=lambda c: (_GOVERNED.index(relation[c]), c)))
        return tuple(chain)

    def _is_governed(self, word: int) -> bool:
        relation = self.syntax.words.relation[word]
        if relation not in _GOVERNED or self.syntax.tag(word) not in _CONTENT:
            return False
        return relation in _COMPLEMENTS or bool(self.senses(word))

    def clause(self, trigger: int, without: frozenset[int] = frozenset()) -> tuple[int, ...]:
        """The words of the clause or phrase of the trigger, but those in `without`; never empty."""
        inside = [w for w in self.syntax.subtree(trigger, _NOT_IN_CLAUSE) if w not in without]
        near = sorted(inside, key=lambda w: (abs(w - trigger), w))[:_LONGEST_CLAUSE]
        return tuple(sorted(near)) or (trigger,)

    def is_light(self, word: int) -> bool:
        """Whether the word is a verb that says little by itself."""
        return self.syntax.tag(word) == "VERB" and self.plain_lemma(word) in lexicon().light

    def around(self, trigger: int, without: frozenset[int] = frozenset()) -> tuple[int, ...]:
        """The words near the trigger in its sentence, but marks and those in `without`; never empty."""
        sentence, last = self.syntax.words.sentence, len(self.syntax.words)
        near = range(max(0, trigger - _LONGEST_CLAUSE // 2), min(last, trigger + _LONGEST_CLAUSE // 2))
        inside = (w for w in near if sentence[w] == sentence[trigger] and w not in without)
        return tuple(w for w in inside if self.syntax.tag(w) not in _NO_LEMMA) or (trigger,)

    def sentence(self, trigger: int) -> tuple[int, ...]:
        """The words near the trigger in its sentence, all of them."""
        sentence, last = self.syntax.words.sentence, len(self.syntax.words)
        near = range(max(0, trigger - _LONGEST_CLAUSE), min(last, trigger + _LONGEST_CLAUSE))
        return tuple(w for w in near if sentence[w] == sentence[trigger])

    def traits(
        self, chain: tuple[int, ...], clause: tuple[int, ...], around: tuple[int, ...]
    ) -> dict[str, tuple[str, ...]]:
        """What a classifier may know of an event, as names in five groups."""
        lemmas = [self.lemma(w) for w in around]
        places = (*self._of_words("clause", clause), *self._of_words("near", around))
        senses = (*self._of_chain(chain), *places, *self._of_mood(chain))
        return {
            "words": tuple(dict.fromkeys(lemmas)),
            "pairs": tuple(dict.fromkeys(f"{a} {b}" for a, b in pairwise(lemmas))),
            "chain": tuple(dict.fromkeys(self.lemma(w) for w in chain)),
            "trigger": (self.lemma(chain[0]),),
            "senses": tuple(dict.fromkeys(senses)),
        }

    def _of_chain(self, chain: tuple[int, ...]) -> Iterator[str]:
        for place, word in enumerate(chain):
            for sense in self.senses(word):
                yield f"{min(place, 2)}:{sense.type}"
                yield f"any:{sense.type}"
                yield f"mode:{sense.type} {sense.mode}"
        types = [sense.type for word in chain for sense in self.senses(word)]
        if len(types) > 1:
            quads = lexicon().quads
            yield f"{types[0]}>{types[1]}"
            yield f"{types[0]}>{quads[types[1]]}"
            yield f"{quads[types[0]]}>{quads[types[1]]}"

    def _of_words(self, place: str, words: tuple[int, ...]) -> Iterator[str]:
        for word in words:
            for sense in self.senses(word):
                yield f"{place}:{sense.type}"

    def _of_mood(self, chain: tuple[int, ...]) -> Iterator[str]:
        """Negation, future, modality and undoing, alone and with the kind of what is governed."""
        types = [sense.type for word in chain for sense in self.senses(word)]
        for mood in self.moods(chain):
            yield mood
            if types:
                yield f"{mood} {lexicon().quads[types[-1]]}"
                yield f"{mood} {types[-1]}"
        for above, _ in zip(self.syntax.ancestors(chain[0]), range(2), strict=False):
            for sense in self.senses(above):
                yield f"above:{sense.type}"
        if self.syntax.tag(chain[0]) == "VERB":
            yield f"tense:{self.analysis.tense[chain[0]]}"

    def moods(self, chain: tuple[int, ...]) -> Iterator[str]:
        """Which of future, negated, modal and undoing the head of a chain is."""
        beside = {self.syntax.folded(c) for word in chain[:2] for c in self.syntax.children[word]}
        for mood, forms in _MOODS.items():
            if beside & forms:
                yield mood
        if self.plain_lemma(chain[0]) in lexicon().undoing:
            yield "undo"


_MOODS = {
    "future": frozenset(("will", "would", "shall", "'ll", "’ll")),
    "negated": frozenset(("not", "n't", "n’t", "no", "never")),
    "modal": frozenset(("must", "should", "can", "may", "could", "might")),
}
