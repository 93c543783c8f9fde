"""The sentences of a report, as rules that compare reports need them: what they name, and what they are about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from onrecord.excerpts import excerpts_of
from onrecord.latest import Latest
from onrecord.lemmas import event_lemma
from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Annotations, Figure, Record, Statement, Time
from onrecord.spans import Located, Passage, Span
from onrecord.story.lexicon import lexicon
from onrecord.syntax import Syntax

_OPEN_TAGS = frozenset(("NOUN", "VERB", "PROPN", "ADJ"))
_FINE = frozenset(("exact", "town"))
_LONGEST = 400
"""Code points of a sentence that are shown, and words of it that are read: a text without full stops is one."""


Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Scene:
    """One report among the others."""

    record: Record
    annotations: Annotations
    figures: tuple[Figure, ...] = ()
    _fine: frozenset[str] = frozenset()
    _excerpt: Record | None = None
    _memory: Memory = FORGETFUL
    _contents: dict[int, frozenset[str]] = field(default_factory=dict)

    def each(self, kind: Kind[tuple[Thing, ...]], read: Callable[[Scene], Iterable[Thing]]) -> tuple[Thing, ...]:
        """What is read out of the scene, which a memory may have.

        Args:
            read: a function of the report, what is believed of it, its figures, and who takes part in its events.
        """
        if self._excerpt is None:
            return tuple(read(self))
        return self._memory.recall(kind, lambda _: tuple(read(self._alone)), self._excerpt)

    @cached_property
    def _alone(self) -> Scene:
        """The scene as it is read where a memory keeps what is read out of it: with nothing of other reports."""
        return self if self._excerpt is None else _scene(self._excerpt)

    @cached_property
    def syntax(self) -> Syntax:
        return Syntax(self.annotations.report.text, self.annotations.words)

    @property
    def report(self) -> str:
        return self.annotations.report.id

    @cached_property
    def day(self) -> str | None:
        """The first day on which the report may have been written."""
        known = self.record.dates.get(self.report)
        return known.date.earliest if known is not None and known.date is not None else None

    @cached_property
    def last_day(self) -> str | None:
        """The last day on which the report may have been written."""
        known = self.record.dates.get(self.report)
        return known.date.latest if known is not None and known.date is not None else None

    @cached_property
    def origin(self) -> str:
        """Reports with the same one are one witness."""
        lineage = self.record.lineage.get(self.report)
        return lineage.origin if lineage is not None else self.report

    @cached_property
    def statements(self) -> dict[str, Statement]:
        return {statement.id: statement for statement in self.annotations.statements}

    @cached_property
    def times(self) -> frozenset[Span]:
        """Where the report tells times."""
        return frozenset(time.span for time in self.annotations.times)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.annotations.sentences]

    @cached_property
    def _mentions(self) -> Located[str]:
        return Located((mention.span, mention.id) for mention in self.annotations.mentions)

    def sentence_of(self, span: Span) -> int:
        """The index of the sentence that a span begins in."""
        return max(0, bisect_right(self._starts, span.start) - 1)

    def shown(self, sentence: int, around: Span) -> Passage:
        """The sentence as evidence; of one that does not end, the words around."""
        whole = self.annotations.sentences[sentence]
        if len(whole) > _LONGEST or not whole.contains(around):
            return self.annotations.report.passage(around)
        return self.annotations.report.passage(whole)

    def actor_at(self, span: Span) -> str | None:
        """The actor that the words mean: a name, or what refers back to one."""
        found = [self.record.actor_of.get(mention) for _, mention in self._mentions.touching(span)]
        found += [actor for _, actor in self._referents.touching(span)]
        return next((actor for actor in found if actor is not None), None)

    @cached_property
    def _referents(self) -> Located[str]:
        return Located(self.record.referents.get(self.report, ()))

    def names(self, sentence: int) -> frozenset[str]:
        """Actors and places that the sentence names; the words of each name stand beside whom they mean."""
        found = set()
        for span, mention in self._mentions.touching(self._near(sentence)):
            known = {self.record.actor_of.get(mention), self.record.place_of.get(mention)} - {None}
            found |= known | {span.of(self.annotations.report.text).lower()}
        return frozenset(one for one in found if one is not None)

    def other_years(self, sentence: int) -> frozenset[str]:
        """The years that the sentence tells, besides that of the report."""
        told = [time.date for _, time in self._dated.touching(self._near(sentence)) if time.date is not None]
        years = {date.earliest[:4] for date in told if date.earliest is not None}
        return frozenset(years - {(self.day or "")[:4]})

    @cached_property
    def _dated(self) -> Located[Time]:
        return Located((time.span, time) for time in self.annotations.times)

    def fine_places(self, sentence: int) -> frozenset[str]:
        """The towns, and what is smaller, that the sentence names."""
        ids = [mention for _, mention in self._mentions.touching(self._near(sentence))]
        return frozenset(self.record.place_of[m] for m in ids if m in self.record.place_of) & self._fine

    def contents(self, sentence: int) -> frozenset[str]:
        """What the sentence is about: its open words in their base form, without those that stand everywhere."""
        if sentence not in self._contents:
            self._contents[sentence] = frozenset(self._contents_of(sentence))
        return self._contents[sentence]

    def contents_of(self, words: Iterable[int]) -> frozenset[str]:
        """Of some words the open ones in their base form, without those that stand everywhere."""
        found = (self._lemma(word) for word in words if self.syntax.tag(word) in _OPEN_TAGS)
        return frozenset(word for word in found if len(word) > 2 and word not in lexicon().common)

    @cached_property
    def persons(self) -> frozenset[str]:
        """The actors that are persons by name."""
        return frozenset(actor.id for actor in self.record.actors if actor.type == "person")

    def actors_in(self, span: Span) -> frozenset[str]:
        """The actors that words within the span name, or refer back to."""
        named = (self.record.actor_of.get(mention) for _, mention in self._mentions.touching(span))
        referred = (actor for _, actor in self._referents.touching(span))
        return frozenset(actor for actor in (*named, *referred) if actor is not None)

    def words(self, sentence: int) -> frozenset[str]:
        """All words of the sentence in their base form."""
        return frozenset(self._lemma(word) for word in self._words(sentence))

    def _near(self, sentence: int) -> Span:
        whole = self.annotations.sentences[sentence]
        return Span(whole.start, min(whole.end, whole.start + 4 * _LONGEST))

    def _words(self, sentence: int) -> range:
        return self.syntax.words_in(self._near(sentence))

    def _lemma(self, word: int) -> str:
        return event_lemma(self.syntax.form(word), self.syntax.tag(word))

    def _contents_of(self, sentence: int) -> list[str]:
        if not self.syntax.tagged:
            return []
        found = [self._lemma(word) for word in self._words(sentence) if self.syntax.tag(word) in _OPEN_TAGS]
        return [word for word in found if len(word) > 2 and word not in lexicon().common]


def scenes(record: Record, memory: Memory = FORGETFUL) -> dict[str, Scene]:
    """The scene of each report, by its id."""
    fine, figures = _fine(record), _figures(record)
    excerpts: Iterable[Record | None] = [None] * len(record.annotations)
    if memory is not FORGETFUL:
        excerpts = _excerpts(record, figures)
    return {
        one.report.id: Scene(record, one, figures.get(one.report.id, ()), fine, excerpt, memory)
        for one, excerpt in zip(record.annotations, excerpts, strict=True)
    }


_EXCERPTS: Latest[Sequence[Record]] = Latest()


def _excerpts(record: Record, figures: Mapping[str, tuple[Figure, ...]]) -> Sequence[Record]:
    """The excerpts with claims: changes and conflicts are read out of the same."""
    plain = excerpts_of(record)
    return _EXCERPTS.of(
        (record.participants, record.figures, *plain),
        lambda: [_with_claims(record, excerpt, figures) for excerpt in plain],
    )


def _fine(record: Record) -> frozenset[str]:
    return frozenset(place.id for place in record.places if place.precision in _FINE)


def _figures(record: Record) -> dict[str, tuple[Figure, ...]]:
    found: dict[str, list[Figure]] = {}
    for figure in record.figures:
        found.setdefault(figure.report, []).append(figure)
    return {report: tuple(figures) for report, figures in found.items()}


def _scene(excerpt: Record) -> Scene:
    (annotations,) = excerpt.annotations
    return Scene(excerpt, annotations, excerpt.figures, _fine(excerpt))


def _with_claims(record: Record, excerpt: Record, figures: Mapping[str, tuple[Figure, ...]]) -> Record:
    """The excerpt with the claims that scenes are read against."""
    (one,) = excerpt.annotations
    events = (event.id for event in one.events)
    known = {event: record.participants[event] for event in events if event in record.participants}
    return replace(excerpt, figures=figures.get(one.report.id, ()), participants=known)
