"""What is compared of an event: the word that tells it, who takes part, when and where, and the sentence around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.dates import Date
from onrecord.lemmas import lemma
from onrecord.model import Annotations, Event, Record
from onrecord.record.participants.arguments import arguments_of
from onrecord.record.participants.phrases import is_abbreviation, lemma_at
from onrecord.record.parties import Parties
from onrecord.record.sameness.lexicon import lexicon
from onrecord.spans import Located, Span
from onrecord.syntax import Syntax

Vector = NDArray[np.float32]

_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM"))
_NAMING = frozenset(("NOUN", "PROPN", "ADJ"))
_NAME_PARTS = frozenset(("flat", "compound"))
_PHRASES = frozenset(("obl", "nmod", "obj", "iobj", "nsubj", "compound", "amod"))
_BEFORE = frozenset(("compound", "nmod", "amod", "nummod"))
_DEFINITE = frozenset(("the",))
_NOT_IN_CLAUSE = frozenset(("advcl", "conj", "cc", "parataxis", "ccomp", "punct", "mark", "acl"))
_LEAST_TELLING = 3
"""The smallest number that tells one happening from another: one and two are everywhere."""
_LONGEST_CLAUSE = 60
"""Words around a trigger beyond which its sentence is not looked at: a text without full stops is one sentence."""


@dataclass(slots=True)
class Profile:
    """What is compared of one event.

    Attributes:
        form: the trigger as written, in lower case.
        lemma: of the trigger, under which verbs and their nouns meet.
        meaning, sentence_meaning: vectors of length one, or None.
        actors, recipients: ids of actors.
        doers, undergoers: base forms of the words that head their phrases.
        around: base forms of all else that hangs on the trigger.
        place: id of the place where it happens.
        all_places: ids of all places that anything tied to the trigger names.
        places: ids of places, and the words for them.
        context: base forms of the content words of the sentence.
        numbers: values with units in the clause.
    """

    id: str
    report: str
    offset: int
    sentence: int
    form: str
    lemma: str
    tag: str
    meaning: Vector | None
    sentence_meaning: Vector | None
    actors: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    doers: frozenset[str] = frozenset()
    undergoers: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    place: str | None = None
    all_places: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    date: Date | None = None
    days_around: frozenset[str] = frozenset()
    """Exact days (ISO 8601) that the sentence names."""
    told: str | None = None
    """Day (ISO 8601) of the report, as far as known."""
    factuality: str = "asserted"
    is_definite: bool = False
    name: frozenset[str] = frozenset()
    """Exact days and ids of places that stand before a noun like a name: "the July 7 bombings"."""
    parties: frozenset[str] = field(init=False)
    words: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.parties = self.actors | self.recipients
        self.words = self.doers | self.undergoers | self.around


class Profiler:
    """Makes the profiles of the events of one report.

    Args:
        record: with actors and places; participants and places of its own are used where it has them.
        annotations: of the report.
        meanings: [words, D], of each word of the report; where None, an event brings its own meaning or has none.
    """

    def __init__(self, record: Record, annotations: Annotations, meanings: NDArray[np.int8] | None = None) -> None:
        self._annotations, self._meanings = annotations, meanings
        self._syntax = Syntax(annotations.report.text, annotations.words)
        self._parties = Parties(record, annotations, self._syntax)
        self._participants = record.participants
        literal = [(m.span, record.place_of[m.id]) for m in annotations.mentions if m.id in record.place_of]
        self._places = Located(literal)
        self._quantities = Located((q.span, q) for q in annotations.quantities)
        exact = [t for t in annotations.times if t.date is not None and t.date.earliest == t.date.latest is not None]
        self._days = Located((time.span, str(time.date.earliest)) for time in exact if time.date is not None)
        self._sentences: dict[int, tuple[frozenset[str], Vector | None]] = {}
        self._openings = _openings(annotations.words.sentence)
        dated = record.dates.get(annotations.report.id)
        self._told = dated.date.earliest if dated is not None and dated.date is not None else None

    def is_generic(self, event: Event) -> bool:
        """Whether the word of the event says too little to make it one with another."""
        word = self._syntax.head_of(event.trigger)
        return word is None or lemma_at(self._syntax, word) in lexicon().generic

    def of_event(self, event: Event) -> Profile | None:
        """The profile of an event of the report; None where its words have no syntax."""
        word = self._syntax.head_of(event.trigger)
        if word is None:
            return None
        meaning = np.frombuffer(event.meaning, np.int8) if event.meaning else None
        return self.of_word(event.id, word, meaning, event)

    def of_word(
        self, name: str, word: int, meaning: NDArray[np.int8] | None = None, event: Event | None = None
    ) -> Profile:
        """The profile of whatever the word tells, under a name; what is known of it as an event is taken along."""
        syntax = self._syntax
        if meaning is None and self._meanings is not None:
            meaning = self._meanings[word]
        found = arguments_of(syntax, word)
        context, sentence_meaning = self._sentence(word)
        clause = self._clause(word)
        places, place_words = self._placed(found.places)
        known = self._participants.get(name)
        return Profile(
            id=name,
            report=self._annotations.report.id,
            offset=self._annotations.words.starts[word],
            sentence=self._annotations.words.sentence[word],
            form=syntax.folded(word),
            lemma=lemma_at(syntax, word),
            tag=syntax.tag(word),
            meaning=None if meaning is None else _of_length_one(meaning.astype(np.float32)),
            sentence_meaning=sentence_meaning,
            actors=frozenset(known.actors) if known else self._actors(found.agents),
            recipients=frozenset(known.recipients) if known else self._actors(found.recipients),
            doers=self._words(found.agents),
            undergoers=self._words(found.recipients),
            around=self._around(word) - {lemma_at(syntax, word)},
            place=known.place if known else (places[0] if places else None),
            all_places=self._all_places(word, [*found.places, *found.agents, *found.recipients]),
            places=frozenset(places) | place_words,
            context=context,
            numbers=self._numbers(clause),
            date=event.date if event else None,
            days_around=self._days_around(word),
            told=self._told,
            factuality=event.factuality if event else "asserted",
            is_definite=self._is_definite(word),
            name=self._name(word, event),
        )

    def _actors(self, heads: Iterable[int]) -> frozenset[str]:
        return frozenset(actor for head in heads for actor in self._parties.of_phrase(head))

    def _words(self, heads: Iterable[int]) -> frozenset[str]:
        """Base forms of the heads, and of the other words of a name."""
        out = set()
        for head in heads:
            parts = [c for c in self._syntax.children[head] if self._syntax.words.relation[c] in _NAME_PARTS]
            out |= {self._base(w) for w in (head, *parts) if self._syntax.tag(w) in _NAMING}
        return frozenset(out)

    def _around(self, word: int) -> frozenset[str]:
        children = [c for c in self._syntax.children[word] if self._syntax.words.relation[c] in _PHRASES]
        return self._words(children)

    def _base(self, word: int) -> str:
        return lemma(self._syntax.form(word), self._syntax.tag(word))

    def _placed(self, heads: Iterable[int]) -> tuple[list[str], frozenset[str]]:
        """Ids of the places that the heads name, and the words for places."""
        ids: list[str] = []
        words: list[str] = []
        for head in heads:
            named = [p for s, p in self._places.touching(self._syntax.span(head)) if self._syntax.head_of(s) == head]
            ids += named
            words += self._words([head]) if named or self._syntax.tag(head) == "PROPN" else []
        return ids, frozenset(words)

    def _all_places(self, word: int, heads: Iterable[int]) -> frozenset[str]:
        near = [c for c in self._syntax.children[word] if self._syntax.words.relation[c] in _PHRASES]
        return frozenset(self._placed([*heads, *near])[0])

    def _is_definite(self, word: int) -> bool:
        """Whether it is a noun behind "the": the reader is expected to know which one."""
        return any(self._syntax.folded(c) in _DEFINITE for c in self._syntax.children[word])

    def _name(self, word: int, event: Event | None) -> frozenset[str]:
        if not self._is_definite(word):
            return frozenset()
        before = [c for c in self._syntax.children[word] if c < word and self._syntax.words.relation[c] in _BEFORE]
        places = self._placed([c for c in before if not is_abbreviation(self._syntax.form(c))])[0]
        dated = event is not None and event.date is not None and event.date.earliest == event.date.latest is not None
        after = [c for c in self._syntax.children[word] if self._syntax.words.relation[c] == "nmod"]
        spans = [self._syntax.span(c) for c in (*before, *after)]
        days = [day for span in spans for _, day in self._days.touching(span)] if dated else []
        return frozenset((*places, *days))

    def _clause(self, word: int) -> list[int]:
        return self._syntax.subtree(word, _NOT_IN_CLAUSE)

    def _numbers(self, clause: list[int]) -> frozenset[str]:
        out = set()
        for word in clause[:_LONGEST_CLAUSE]:
            if self._syntax.tag(word) == "NUM":
                found = self._quantities.touching(self._syntax.span(word))
                out |= {f"{q.value:g} {q.unit or ''}".strip() for _, q in found if q.value >= _LEAST_TELLING}
        return frozenset(out)

    def _days_around(self, word: int) -> frozenset[str]:
        words = self._annotations.words
        number = bisect_right(self._openings, word) - 1
        first = max(self._openings[number], word - _LONGEST_CLAUSE)
        last = min(self._openings[number + 1] - 1, word + _LONGEST_CLAUSE)
        around = Span(words.starts[first], words.ends[last])
        return frozenset(day for _, day in self._days.touching(around))

    def _sentence(self, word: int) -> tuple[frozenset[str], Vector | None]:
        """Content words and meaning of the sentence of the word, or of the words around it in a very long one."""
        number = bisect_right(self._openings, word) - 1
        first, end = self._openings[number], self._openings[number + 1]
        if end - first > 2 * _LONGEST_CLAUSE:
            first, end = max(first, word - _LONGEST_CLAUSE), min(end, word + _LONGEST_CLAUSE)
            return self._read(first, end)
        if number not in self._sentences:
            self._sentences[number] = self._read(first, end)
        return self._sentences[number]

    def _read(self, first: int, end: int) -> tuple[frozenset[str], Vector | None]:
        content = [w for w in range(first, end) if self._syntax.tag(w) in _CONTENT]
        words = frozenset(lemma_at(self._syntax, w) for w in content) - lexicon().empty
        return words, self._meaning_of(first, end)

    def _meaning_of(self, first: int, end: int) -> Vector | None:
        if self._meanings is not None:
            return _of_length_one(self._meanings[first:end].astype(np.float32).mean(0))
        number = self._annotations.words.sentence[first]
        if number < len(self._annotations.meanings) and self._annotations.meanings[number]:
            return _of_length_one(np.frombuffer(self._annotations.meanings[number], np.int8).astype(np.float32))
        return None


def with_meanings(annotations: Annotations, profiles: Sequence[Profile]) -> Sequence[Profile]:
    """The profiles of a report's events, given the meanings that its annotations have of their words and sentences."""
    events = {event.id: event.meaning for event in annotations.events}
    sentences: dict[int, Vector | None] = {}
    for profile in profiles:
        profile.meaning = _vector(events[profile.id])
        if profile.sentence not in sentences:
            held = annotations.meanings[profile.sentence : profile.sentence + 1]
            sentences[profile.sentence] = _vector(held[0]) if held else None
        profile.sentence_meaning = sentences[profile.sentence]
    return profiles


def _vector(meaning: bytes | None) -> Vector | None:
    return _of_length_one(np.frombuffer(meaning, np.int8).astype(np.float32)) if meaning else None


def _openings(sentence: list[int]) -> list[int]:
    """The first word of each sentence, and the number of words."""
    return [i for i, number in enumerate(sentence) if i == 0 or sentence[i - 1] != number] + [len(sentence)]


def _of_length_one(vector: NDArray[np.float32]) -> Vector | None:
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length > 0 else None
