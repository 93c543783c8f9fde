"""What somebody agreed, pledged, planned or was asked to do, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.dates import year_after
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
from onrecord.record.commitments.matching import group
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.states import states_at
from onrecord.record.commitments.telling import Telling
from onrecord.record.commitments.turns import Turn, find_turns
from onrecord.spans import covering


def find_commitments(record: Record, memory: Memory = FORGETFUL) -> tuple[Commitment, ...]:
    """The commitments of all reports, by report, offset and id.

    Each telling is one; `same_as` leads to the first telling of the same, by the dates of the reports, and that one has
    the history over all reports. Reports need tags, statements and times; those without have none.
    """
    kinds = kinds_named(record.annotations, memory)
    readings = sorted((Reading.of(excerpt, kinds) for excerpt in excerpts_of(record)), key=_told_when)
    heard = [one for reading in readings for one in commitments_heard(reading, memory)]
    told = [(one.telling, one.commitment) for one in heard]
    deeds = [(one.commitment.id, one.deed) for one in heard]
    first_of, groups = group(deeds, frozenset(one.id for telling, one in told if telling.reading.is_copy))
    tellings: dict[str, list[tuple[Telling, Commitment]]] = {}
    for telling, one in told:
        tellings.setdefault(first_of[one.id], []).append((telling, one))
    turns: dict[str, list[Turn]] = {}
    for reading in readings:
        here = [(one.action.start, first_of[one.id]) for telling, one in told if telling.reading is reading]
        for first, turn in find_turns(turns_heard(reading, memory), groups, here):
            if not reading.is_copy and _may_be_of(turn, tellings[first]):
                turns.setdefault(first, []).append(turn)
    promises = _promises(heard, first_of, tellings, groups.common)
    for reading in readings:
        for first, turn in _told_by_results(reading, promises, memory):
            known = turns.setdefault(first, [])
            again = any(one.reading is reading and one.span.overlaps(turn.span) for one in known)
            if not again and _may_be_told_of(turn, tellings[first]):
                known.append(turn)
    for first, turn in _left(heard, first_of, promises):
        turns.setdefault(first, []).append(turn)
    whole = [_whole(one, tellings[first_of[one.id]], turns.get(one.id, ())) for _, one in told]
    return tuple(sorted(whole, key=lambda one: (one.report, min(one.evidence).start, one.id)))


def _promises(
    heard: Sequence[Heard],
    first_of: Mapping[str, str],
    tellings: Mapping[str, Sequence[tuple[Telling, Commitment]]],
    common: frozenset[str],
) -> Promises:
    told: dict[str, list[Deed]] = {}
    for one in heard:
        told.setdefault(first_of[one.commitment.id], []).append(one.deed)
    days = {first: announced_on(tellings[first][0][0]) for first in told}
    dated = {first: (day.earliest if day is not None else None) for first, day in days.items()}
    return Promises.among({first: (dated[first], deeds) for first, deeds in told.items()}, common)


def _told_by_results(reading: Reading, promises: Promises, memory: Memory) -> Iterator[tuple[str, Turn]]:
    """What a report tells to have become of promises by what it tells to be so, whatever its verbs."""
    if reading.is_copy:
        return
    active = promises.active(reading.date.earliest if reading.date is not None else None)
    for first, status, result in outcomes_of(results_heard(reading, active.vocabulary, memory), active):
        deed = Deed("", None, result.nouns, result.doer, result.places, times=result.times)
        yield first, Turn(reading, status, deed, result.span, result.word)


def _left(heard: Sequence[Heard], first_of: Mapping[str, str], promises: Promises) -> Iterator[tuple[str, Turn]]:
    """What is left of a promise and is to follow after its day: the promise is late by so much."""
    for at, one in enumerate(heard):
        if not one.deed.rest or one.telling.reading.is_copy:
            continue
        before = (h for h in reversed(heard[:at]) if h.commitment.report == one.commitment.report)
        first = promises.left_of(one.deed, [first_of[h.commitment.id] for h in before])
        if first is not None and first != first_of[one.commitment.id]:
            yield (
                first,
                Turn(one.telling.reading, "delayed", one.deed, covering(one.commitment.evidence), one.telling.core),
            )


def _may_be_told_of(turn: Turn, tellings: list[tuple[Telling, Commitment]]) -> bool:
    """Whether a later report tells it, or the same one that tells the promise as past."""
    report, day = turn.reading.report.id, turn.reading.date
    if any(one.report == report and span.overlaps(turn.span) for _, one in tellings for span in one.evidence):
        return False
    announced = announced_on(tellings[0][0])
    later = all(one.report != report for _, one in tellings[:1])
    if not later and not _was_to_be_done(turn, tellings):
        return False
    if day is None or announced is None or announced.earliest is None:
        return later
    due = [one.due.latest for _, one in tellings if one.due is not None and one.due.latest is not None]
    in_time = all((day.earliest or "") < year_after(last) for last in due)
    told = when_told(turn)
    return (
        in_time
        and (day.latest or "") >= announced.earliest
        and (told is None or (told.latest or "9999") >= announced.earliest)
    )


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
    report = turn.reading.report.id
    words = turn.reading.syntax.span(turn.word)
    if any(one.report == report and span.overlaps(words) for _, one in tellings for span in one.evidence):
        return False
    due = [one.due.latest for _, one in tellings if one.due is not None and one.due.latest is not None]
    day = turn.reading.date.earliest if turn.reading.date is not None else None
    lasts = turn.status == "missed" and (is_undone(turn.reading, turn.word) or _is_state(turn))
    if (
        lasts
        and not (day and any(last < day < year_after(last) for last in due))
        and not _was_to_be_done(turn, tellings)
    ):
        return False
    number = turn.deed.quantity
    if turn.status == "met" and number is not None:
        if not any(one.quantity is not None and one.quantity.value == number.value for _, one in tellings):
            return False
    announced = announced_on(tellings[0][0])
    told = turn.reading.date
    if told is None:
        return any(one.report == report for _, one in tellings) or turn.deed.verb not in lexicon().recurring
    if announced is None or announced.earliest is None or told.latest is None:
        return report == tellings[0][1].report
    when = when_told(turn)
    return told.latest >= announced.earliest and (when is None or (when.latest or "9999") >= announced.earliest)


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
