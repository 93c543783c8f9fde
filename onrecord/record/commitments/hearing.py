"""What one report tells of commitments and of what became of them: as it is kept, and as it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar, cast

from onrecord.memory import Kind, Memory
from onrecord.model import Commitment, CommitmentStatus, Record
from onrecord.record.commitments.deeds import Deed, deed_of
from onrecord.record.commitments.delays import put_off_in
from onrecord.record.commitments.finding import commitments_in
from onrecord.record.commitments.kin import kin_of
from onrecord.record.commitments.numbers import numbers_in
from onrecord.record.commitments.objects import nouns_in
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.referring import (
    is_referring,
    numbers_meant,
    owner_before,
    thing_before,
    thing_introduced,
    thing_of_relative,
)
from onrecord.record.commitments.result import Result, Vocabulary
from onrecord.record.commitments.results import results_in
from onrecord.record.commitments.telling import Around, Telling
from onrecord.record.commitments.timed import is_put_off
from onrecord.record.commitments.turns import Outcome, Turn, outcomes_in
from onrecord.spans import Span

Noun = TypeVar("Noun")


_THEME = 20
"""Words at most from what a deed is done to up to the words that bind."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A telling with the commitment that it tells, and the deed by which it is compared."""

    telling: Telling
    commitment: Commitment
    deed: Deed


def commitments_heard(reading: Reading, memory: Memory) -> Iterator[Heard]:
    """What a report tells of commitments, in order."""
    for one in memory.recall(_COMMITMENTS, _commitments_in, reading.excerpt, dict(reading.kinds)):
        yield Heard(one.in_reading(reading), one.commitment, one.deed)


def turns_heard(reading: Reading, memory: Memory) -> Iterator[Outcome]:
    """All that a report says to have become of deeds, in order."""
    for one in memory.recall(_OUTCOMES, _outcomes_in, reading.excerpt, dict(reading.kinds)):
        yield one.in_reading(reading)


def results_heard(reading: Reading, vocabulary: Vocabulary, memory: Memory) -> tuple[Result, ...]:
    """What a report tells to be so, by which it may tell what became of promises of these words, in order."""
    if not (vocabulary.heads or vocabulary.values or vocabulary.days):
        return ()
    nouns = tuple(sorted(vocabulary.heads)), tuple(sorted(vocabulary.nouns))
    told = tuple(sorted(vocabulary.values)), tuple(sorted(vocabulary.days))
    return memory.recall(_RESULTS, _results_in, reading.excerpt, dict(reading.kinds), *nouns, *told)


@dataclass(frozen=True, slots=True)
class _Commitment(Around):
    """What is heard, without the reading: the sentence by its ends."""

    sentence: tuple[int, int]
    commitment: Commitment
    deed: Deed

    def in_reading(self, reading: Reading) -> Telling:
        return _taken_over(Telling, self, reading=reading, sentence=range(*self.sentence))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """An outcome, without the reading: what its turn tells, and its sentence by its ends."""

    status: CommitmentStatus
    deed: Deed
    span: Span
    word: int
    sentence: tuple[int, int]
    names: bool

    def in_reading(self, reading: Reading) -> Outcome:
        return Outcome(_taken_over(Turn, self, reading=reading), range(*self.sentence), self.names)


_COMMITMENTS: Kind[tuple[_Commitment, ...]] = Kind("commitments", tuple[_Commitment, ...])
_OUTCOMES: Kind[tuple[_Outcome, ...]] = Kind("outcomes", tuple[_Outcome, ...])
_RESULTS: Kind[tuple[Result, ...]] = Kind("results", tuple[Result, ...])


def _commitments_in(excerpt: Record, kinds: dict[str, str]) -> tuple[_Commitment, ...]:
    kin = kin_of(excerpt.actors)
    found = commitments_in(Reading.of(excerpt, kinds))
    return tuple(_kept(telling, one, _deed(telling, one, kin)) for telling, one in found)


def _deed(telling: Telling, commitment: Commitment, kin: Mapping[str, frozenset[str]]) -> Deed:
    """The deed by which it is compared; what "it" is in "it will be open by" the words before tell."""
    deed = deed_of(telling, commitment, kin, put_off_in(telling) is not None)
    told = (number for span in commitment.evidence for number in numbers_in(telling.reading, span))
    meant = numbers_meant(telling.reading, telling.signal.bound)
    put_off = is_put_off(telling.reading, telling.signal)
    deed = replace(deed, numbers=frozenset((*told, *meant)), rest=telling.is_rest, put_off=put_off)
    deed = replace(deed, nouns=deed.nouns | _told_of_theme(telling))
    bound = telling.signal.bound
    thing = thing_of_relative(telling.reading, telling.core) if deed.head is None else None
    if thing is not None:
        return replace(deed, head=telling.reading.kind(thing), nouns=deed.nouns | {telling.reading.kind(thing)})
    if deed.head is not None or bound is None or not is_referring(telling.reading, bound):
        return deed
    if telling.reading.is_verb(telling.core) and not telling.signal.group.passive:
        return deed
    found = thing_before(telling.reading, bound, deed.verb) or thing_introduced(telling.reading, bound)
    # What a thing will be, its party is not: whoever "it" was taken for does not open itself.
    return deed if found is None else replace(deed, head=found[0], nouns=deed.nouns | found[1])


def _told_of_theme(telling: Telling) -> frozenset[str]:
    """The nouns told of what it is done to: of "everyone whose phone was read will be informed" the phone; of "its
    results will be published" what was told right before to be somebody's.
    """
    reading, bound, first = telling.reading, telling.signal.bound, telling.signal.first
    if bound is None or not 0 < first - bound < _THEME or not telling.signal.group.passive:
        return frozenset()
    own = nouns_in(reading, reading.syntax.span(bound, first - 1))
    owner = owner_before(reading, bound)
    return own | ({reading.kind(owner)} if owner is not None else frozenset())


def _results_in(
    excerpt: Record,
    kinds: dict[str, str],
    heads: tuple[str, ...],
    nouns: tuple[str, ...],
    values: tuple[float, ...],
    days: tuple[str, ...],
) -> tuple[Result, ...]:
    vocabulary = Vocabulary(frozenset(heads), frozenset(nouns), frozenset(values), frozenset(days))
    return tuple(results_in(Reading.of(excerpt, kinds), kin_of(excerpt.actors), vocabulary))


def _outcomes_in(excerpt: Record, kinds: dict[str, str]) -> tuple[_Outcome, ...]:
    found = outcomes_in(Reading.of(excerpt, kinds), kin_of(excerpt.actors))
    return tuple(
        _taken_over(_Outcome, one.turn, sentence=(one.sentence.start, one.sentence.stop), names=one.names)
        for one in found
    )


def _kept(telling: Telling, commitment: Commitment, deed: Deed) -> _Commitment:
    ends = telling.sentence.start, telling.sentence.stop
    return _taken_over(_Commitment, telling, sentence=ends, commitment=commitment, deed=deed)


def _taken_over(kind: Callable[..., Noun], noun: object, **others: object) -> Noun:
    """A noun of this kind with the others, and with what else it has as another noun has it."""
    names = (one.name for one in fields(cast("type[Any]", kind)))
    return kind(**{name: getattr(noun, name) for name in names if name not in others}, **others)
