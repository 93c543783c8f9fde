"""What somebody agreed, pledged, planned or was asked to do, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.dates import year_after
from onrecord.excerpts import excerpts_of
from onrecord.memory import FORGETFUL, Memory
from onrecord.model import Commitment, Record
from onrecord.record.commitments.facts import is_undone
from onrecord.record.commitments.hearing import commitments_heard, turns_heard
from onrecord.record.commitments.history import announced_on, steps_of, when_told
from onrecord.record.commitments.kinds import kinds_named
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.matching import group
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.states import states_at
from onrecord.record.commitments.telling import Telling
from onrecord.record.commitments.turns import Turn, find_turns


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
    whole = [_whole(one, tellings[first_of[one.id]], turns.get(one.id, ())) for _, one in told]
    return tuple(sorted(whole, key=lambda one: (one.report, min(one.evidence).start, one.id)))


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
    if any(one.report == report and span.overlaps(turn.span) for _, one in tellings for span in one.evidence):
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
