"""What somebody agreed, pledged, planned or was asked to do, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.dates import Date, year_after
from onrecord.excerpts import excerpts_of
from onrecord.memory import FORGETFUL, Memory
from onrecord.model import Commitment, Record
from onrecord.record.commitments.deeds import Deed
from onrecord.record.commitments.facts import is_undone
from onrecord.record.commitments.fulfilment import Promises, outcomes_of
from onrecord.record.commitments.hearing import Heard, commitments_heard, results_heard, turns_heard
from onrecord.record.commitments.history import announced_on, steps_of, when_told
from onrecord.record.commitments.kinds import kinds_named
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.matching import Groups, group
from onrecord.record.commitments.promises import days_between
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.states import states_at
from onrecord.record.commitments.telling import Telling
from onrecord.record.commitments.turns import Turn, find_turns
from onrecord.spans import Span, covering

_MONTH = 35
_SHORTLY = 400
"""Code points behind what was not done within which another day for it is told."""


def find_commitments(record: Record, memory: Memory = FORGETFUL) -> tuple[Commitment, ...]:
    """The commitments of all reports, by report, offset and id.

    Each telling is one; `same_as` leads to the first telling of the same, by the dates of the reports, and that one has
    the history over all reports. Reports need tags, statements and times; those without have none.
    """
    kinds = kinds_named(record.annotations, memory)
    readings = sorted((Reading.of(excerpt, kinds) for excerpt in excerpts_of(record)), key=_told_when)
    told = _Told.of([one for reading in readings for one in commitments_heard(reading, memory)])
    turns = _became(told, readings, memory)
    whole = [_whole(one.commitment, told.like(one), turns.get(one.commitment.id, ())) for one in told.heard]
    return tuple(sorted(whole, key=lambda one: (one.report, min(one.evidence).start, one.id)))


@dataclass(frozen=True, slots=True)
class _Told:
    """What all reports tell of commitments.

    Attributes:
        heard: every telling, in the order of the reports.
        first_of: the id of the first telling of the same, by the id of each.
        tellings: all that tell one commitment, by the id of the first.
    """

    heard: Sequence[Heard]
    first_of: Mapping[str, str]
    groups: Groups
    tellings: Mapping[str, list[tuple[Telling, Commitment]]]

    @classmethod
    def of(cls, heard: Sequence[Heard]) -> _Told:
        copied = frozenset(one.commitment.id for one in heard if one.telling.reading.is_copy)
        first_of, groups = group([(one.commitment.id, one.deed) for one in heard], copied)
        tellings: dict[str, list[tuple[Telling, Commitment]]] = {}
        for one in heard:
            tellings.setdefault(first_of[one.commitment.id], []).append((one.telling, one.commitment))
        return cls(heard, first_of, groups, tellings)

    def first(self, one: Heard) -> str:
        """The id of the first telling of the same commitment."""
        return self.first_of[one.commitment.id]

    def like(self, one: Heard) -> list[tuple[Telling, Commitment]]:
        """All tellings of the same commitment."""
        return self.tellings[self.first(one)]


def _became(told: _Told, readings: Sequence[Reading], memory: Memory) -> Mapping[str, list[Turn]]:
    """What became of each commitment, by the id of its first telling."""
    turns: defaultdict[str, list[Turn]] = defaultdict(list)
    for reading in readings:
        for first, turn in _told_by_words(reading, told, memory):
            turns[first].append(turn)
    promises = _promises(told)
    for reading in readings:
        for first, turn in _told_by_results(reading, promises, memory):
            again = any(one.reading is reading and one.span.overlaps(turn.span) for one in turns[first])
            if not again and _may_be_told_of(turn, told.tellings[first]):
                turns[first].append(turn)
    for first, turn in (*_left(told, promises), *_set_anew(told, turns)):
        turns[first].append(turn)
    return turns


def _promises(told: _Told) -> Promises:
    deeds: dict[str, list[Deed]] = {}
    for one in told.heard:
        deeds.setdefault(told.first(one), []).append(one.deed)
    days = {first: announced_on(told.tellings[first][0][0]) for first in deeds}
    dated = {first: (day.earliest if day is not None else None) for first, day in days.items()}
    return Promises.among({first: (dated[first], same) for first, same in deeds.items()}, told.groups.common)


def _told_by_words(reading: Reading, told: _Told, memory: Memory) -> Iterator[tuple[str, Turn]]:
    """What a report says to have become of commitments."""
    here = [(one.commitment.action.start, told.first(one)) for one in told.heard if one.telling.reading is reading]
    for first, turn in find_turns(turns_heard(reading, memory), told.groups, here):
        if not reading.is_copy and _may_be_of(turn, told.tellings[first]):
            yield first, turn


def _told_by_results(reading: Reading, promises: Promises, memory: Memory) -> Iterator[tuple[str, Turn]]:
    """What a report tells to have become of promises by what it tells to be so, whatever its verbs."""
    if reading.is_copy:
        return
    active = promises.active(_day_of(reading.date))
    for first, status, result in outcomes_of(results_heard(reading, active.vocabulary, memory), active):
        deed = Deed("", None, result.nouns, result.doer, result.places, times=result.times)
        yield first, Turn(reading, status, deed, result.span, result.word)


def _day_of(date: Date | None) -> str | None:
    """The day of a report, where it is known to a month or so; of one that may be of any season it tells nothing."""
    if date is None or date.earliest is None or date.latest is None:
        return None
    return date.earliest if days_between(date.earliest, date.latest) <= _MONTH else None


def _left(told: _Told, promises: Promises) -> Iterator[tuple[str, Turn]]:
    """What is left of a promise and is to follow after its day: the promise is late by so much."""
    for at, one in enumerate(told.heard):
        if not one.deed.rest or one.telling.reading.is_copy:
            continue
        before = (h for h in reversed(told.heard[:at]) if h.commitment.report == one.commitment.report)
        first = promises.left_of(one.deed, [told.first(h) for h in before])
        if first is not None and first != told.first(one):
            span = covering(one.commitment.evidence)
            yield first, Turn(one.telling.reading, "delayed", one.deed, span, one.telling.core)


def _set_anew(told: _Told, turns: Mapping[str, Sequence[Turn]]) -> Iterator[tuple[str, Turn]]:
    """A later day told right behind what was not done: "they were to have reported. The report will be ready on"."""
    missed = [(first, turn) for first, found in turns.items() for turn in found if turn.status == "missed"]
    for one in told.heard:
        others = ((first, turn) for first, turn in missed if first != told.first(one))
        first = next((first for first, turn in others if _is_set_anew(one, turn, told.tellings[first])), None)
        if first is not None:
            span = covering(one.commitment.evidence)
            yield first, Turn(one.telling.reading, "delayed", one.deed, span, one.telling.core)


def _is_set_anew(one: Heard, missed: Turn, tellings: list[tuple[Telling, Commitment]]) -> bool:
    """Whether it is told shortly behind what was not done, of a thing named there, with a day after all before."""
    gap = one.commitment.action.start - missed.span.end
    if missed.reading.report.id != one.commitment.report or not 0 <= gap < _SHORTLY:
        return False
    due, last = one.commitment.due, max(_last_days(tellings), default="9999")
    named = {one.deed.head, *one.deed.nouns} & missed.deed.nouns
    return bool(named) and due is not None and last < (due.earliest or "")


def _may_be_told_of(turn: Turn, tellings: list[tuple[Telling, Commitment]]) -> bool:
    """Whether a later report tells it, or the same one that tells the promise as past."""
    day = turn.reading.date
    if _is_of_own_words(turn, turn.reading.syntax.span(turn.word), tellings):
        return False
    announced = announced_on(tellings[0][0])
    later = tellings[0][1].report != turn.reading.report.id
    if not later and not _was_to_be_done(turn, tellings):
        return False
    if day is None or announced is None or announced.earliest is None:
        return later
    in_time = all((day.earliest or "") < year_after(last) for last in _last_days(tellings))
    return in_time and _is_since(turn, day, announced.earliest)


def _whole(one: Commitment, tellings: Sequence[tuple[Telling, Commitment]], turns: Sequence[Turn]) -> Commitment:
    """The commitment with who is bound, where another telling says so, and with its history if it is the first."""
    first = tellings[0][1]
    parties = one.parties or next((other.parties for _, other in tellings if other.parties), ())
    if one.id != first.id:
        return replace(one, parties=parties, same_as=first.id)
    return replace(one, parties=parties, history=steps_of(tellings, turns))


def _told_when(reading: Reading) -> tuple[str, str]:
    day = reading.date.earliest if reading.date is not None else None
    return day or "9999", reading.report.id


def _may_be_of(turn: Turn, tellings: list[tuple[Telling, Commitment]]) -> bool:
    """Whether the turn is not older than the commitment, and not the words of the commitment itself."""
    if _is_of_own_words(turn, turn.reading.syntax.span(turn.word), tellings):
        return False
    if _lasts(turn) and not _is_right_after(turn, tellings) and not _was_to_be_done(turn, tellings):
        return False
    if not _is_of_as_many(turn, tellings):
        return False
    announced, day, report = announced_on(tellings[0][0]), turn.reading.date, turn.reading.report.id
    if day is None:
        return any(one.report == report for _, one in tellings) or turn.deed.verb not in lexicon().recurring
    if announced is None or announced.earliest is None or day.latest is None:
        return report == tellings[0][1].report
    return _is_since(turn, day, announced.earliest)


def _is_of_own_words(turn: Turn, span: Span, tellings: list[tuple[Telling, Commitment]]) -> bool:
    """Whether words of the turn's report are those that tell the commitment."""
    own = (one for _, one in tellings if one.report == turn.reading.report.id)
    return any(told.overlaps(span) for one in own for told in one.evidence)


def _last_days(tellings: list[tuple[Telling, Commitment]]) -> list[str]:
    """The days by which it was to be done, as told."""
    return [one.due.latest for _, one in tellings if one.due is not None and one.due.latest is not None]


def _is_since(turn: Turn, day: Date, announced: str) -> bool:
    """Whether neither the report, of that day, nor the time that it tells for the turn is before the announcement."""
    told = when_told(turn)
    return (day.latest or "") >= announced and (told is None or (told.latest or "9999") >= announced)


def _lasts(turn: Turn) -> bool:
    """Whether it tells of something that is still not done."""
    return turn.status == "missed" and (is_undone(turn.reading, turn.word) or _is_state(turn))


def _is_right_after(turn: Turn, tellings: list[tuple[Telling, Commitment]]) -> bool:
    """Whether the report is of the year after a day by which it was to be done."""
    day = turn.reading.date.earliest if turn.reading.date is not None else None
    return bool(day) and any(last < (day or "") < year_after(last) for last in _last_days(tellings))


def _is_of_as_many(turn: Turn, tellings: list[tuple[Telling, Commitment]]) -> bool:
    """Whether a number that is told as met is the one that was promised."""
    number = turn.deed.quantity
    if turn.status != "met" or number is None:
        return True
    return any(one.quantity is not None and one.quantity.value == number.value for _, one in tellings)


def _is_state(turn: Turn) -> bool:
    """Whether it tells how a thing still is, and no deed."""
    words = turn.reading.syntax.words_in(turn.span)
    return any(states_at(turn.reading, range(words[0], words[-1] + 1), turn.word))


def _was_to_be_done(turn: Turn, tellings: list[tuple[Telling, Commitment]]) -> bool:
    """Whether the report that tells it not done tells the promise as over: "had promised to pay by May 1"."""
    here = (telling for telling, one in tellings if one.report == turn.reading.report.id)
    return any(
        telling.reading.form(w) == "had"
        for telling in here
        for w in range(max(telling.sentence.start, telling.signal.governed - 3), telling.signal.governed)
    )
