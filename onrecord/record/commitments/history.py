"""What became of a commitment: announced, begun, due, met, missed, delayed, contested, told again.

Each step rests on words that say so. That a day has passed is no word that the promise was broken, and a deed told as
past is no word that all of it is done, but for deeds that are done at once (a signature, a vote).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.dates import Date
from onrecord.model import Commitment, CommitmentStatus, Step
from onrecord.record.commitments.deadlines import to_come
from onrecord.record.commitments.delays import put_off_in
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.telling import Telling, governor_of
from onrecord.record.commitments.timeliness import is_unchanged
from onrecord.record.commitments.turns import Turn
from onrecord.spans import Passage

_SINCE = frozenset(("since", "from"))
_RIGHT_BEHIND = 150
"""Code points within which words go on from others that tell the same step."""
_RANK: Mapping[str, int] = {
    "announced": 0,
    "reaffirmed": 1,
    "contested": 2,
    "delayed": 3,
    "begun": 4,
    "due": 5,
    "missed": 6,
    "met": 7,
}


def steps_of(tellings: Sequence[tuple[Telling, Commitment]], turns: Sequence[Turn]) -> tuple[Step, ...]:
    """The history of one commitment.

    Args:
        tellings: of it, in the order of their reports; the first announces it.
        turns: what became of it, in the order of their reports.
    """
    steps = [_announced(*tellings[0]), *_due(tellings), *_reaffirmed(tellings), *_put_off(tellings)]
    # Words that say that it was put off tell more than those that only tell another day.
    put_off = {passage.report for step in steps if step.status == "delayed" for passage in step.evidence}
    put_off |= {turn.reading.report.id for turn in turns if turn.status == "delayed"}
    steps = [step for step in steps if not _is_put_off_by(step, turns)]
    steps += [step for step in _moved_later(tellings) if step.evidence[0].report not in put_off]
    told: dict[tuple[CommitmentStatus, str], int] = {}
    for at, step in enumerate(steps):
        told.setdefault((step.status, step.evidence[0].report), at)
    for turn in turns:
        key = (turn.status, turn.reading.report.id)
        passage = turn.reading.report.passage(turn.span)
        if key in told:
            steps[told[key]] = _with(steps[told[key]], passage)
        elif not _is_given_up_late(turn, steps):
            told[key] = len(steps)
            steps.append(Step(when_told(turn), turn.status, (passage,)))
    return tuple(sorted(steps, key=_order))


def _is_put_off_by(step: Step, turns: Sequence[Turn]) -> bool:
    """Whether the words that tell it again are those that tell it put off."""
    words = step.evidence[0]
    late = (turn for turn in turns if turn.status == "delayed" and turn.reading.report.id == words.report)
    return step.status == "reaffirmed" and any(turn.span.overlaps(words.span) for turn in late)


def _with(step: Step, passage: Passage) -> Step:
    """The step with more words that tell the same right behind those that it has."""
    last = step.evidence[-1]
    near = 0 <= passage.span.start - last.span.end < _RIGHT_BEHIND
    return replace(step, evidence=(*step.evidence, passage)) if near else step


def _order(step: Step) -> tuple[str, int, Passage]:
    day = None
    if step.as_of is not None:
        day = step.as_of.latest if step.status == "due" else step.as_of.earliest
    return day or "9999", _RANK[step.status], step.evidence[0]


def _announced(telling: Telling, commitment: Commitment) -> Step:
    passages = tuple(telling.reading.report.passage(span) for span in commitment.evidence)
    return Step(announced_on(telling), "announced", passages)


def announced_on(telling: Telling) -> Date | None:
    """The day told beside the word that binds ("announced Friday"), or that of saying it, or that of the report."""
    reading = telling.reading
    first, last = sorted((telling.signal.governed, telling.signal.deed))
    terms = [term.span for term in telling.terms.told]
    if telling.signal.kind in ("undertaking", "paper", "asking"):
        beside = reading.syntax.span(max(telling.sentence.start, first - 4), last)
        for span, time in sorted(reading.times.touching(beside), key=lambda pair: pair[0]):
            past = time.date is not None and _not_after(time.date, reading.date)
            if past and not any(term.overlaps(span) for term in terms):
                return time.date
    said = telling.statement.said
    if said is None or not _not_after(said, reading.date):
        return reading.date
    own = [time.date for term in terms for _, time in reading.times.touching(term)]
    return reading.date if said in own else said


def _not_after(day: Date, report: Date | None) -> bool:
    if day.earliest is None or report is None or report.latest is None:
        return False
    return day.earliest <= report.latest


def _due(tellings: Sequence[tuple[Telling, Commitment]]) -> Iterator[Step]:
    """One step for each deadline told, with the words that told it first."""
    seen: set[tuple[str | None, str | None]] = set()
    for telling, commitment in tellings:
        term = telling.terms.due
        if term is None or commitment.due is None:
            continue
        key = (commitment.due.earliest, commitment.due.latest)
        if key not in seen:
            seen.add(key)
            yield Step(commitment.due, "due", (telling.reading.report.passage(term.span),))


def _reaffirmed(tellings: Sequence[tuple[Telling, Commitment]]) -> Iterator[Step]:
    """One step for each later report that tells it with the same terms, or without any."""
    due = next((commitment.due for _, commitment in tellings if commitment.due is not None), None)
    reports = {tellings[0][1].report}
    if _is_unchanged(tellings[0][0]):
        yield _again(*tellings[0])
    for telling, commitment in tellings[1:]:
        same = commitment.due is None or due is None or _is_within(commitment.due, due) or _says_again(telling)
        if commitment.report in reports or telling.reading.is_copy or not same:
            continue
        reports.add(commitment.report)
        yield _again(telling, commitment)


def _again(telling: Telling, commitment: Commitment) -> Step:
    passages = tuple(telling.reading.report.passage(span) for span in commitment.evidence)
    return Step(telling.statement.said or telling.reading.date, "reaffirmed", passages)


def _is_unchanged(telling: Telling) -> bool:
    """Whether its own words say that it had been promised before: "will be published by June 1 as promised"."""
    first = min(telling.signal.first, telling.signal.deed)
    if telling.reading.is_copy or telling.signal.group.negated:
        return False
    return is_unchanged(telling.reading, telling.sentence, first, telling.end)


def _is_within(one: Date, other: Date) -> bool:
    """Whether the two are one time, or one is a day or month of the other: "April 30", "the end of April"."""
    return one.value == other.value or (min(len(one.value), len(other.value)) > len("2005") and _starts(one, other))


def _starts(one: Date, other: Date) -> bool:
    return one.value.startswith(other.value) or other.value.startswith(one.value)


def _put_off(tellings: Sequence[tuple[Telling, Commitment]]) -> Iterator[Step]:
    """One step for each report that tells it together with the time whose place its time takes."""
    reports = set()
    for telling, commitment in tellings:
        words = None if telling.reading.is_copy or commitment.report in reports else put_off_in(telling)
        if words is not None:
            reports.add(commitment.report)
            yield Step(telling.reading.date, "delayed", (telling.reading.report.passage(words),))


def _moved_later(tellings: Sequence[tuple[Telling, Commitment]]) -> Iterator[Step]:
    """One step for each report that tells it with a firm deadline after all that were told before."""
    last: str | None = None
    told: set[str] = set()
    set_anew = any(telling.is_now for telling, _ in tellings)
    if not any(commitment.parties or telling.is_now for telling, commitment in tellings):
        return  # nobody's: "the votes will be counted on" another day in another state
    for telling, commitment in tellings:
        term = telling.terms.due
        firm = term is not None and (term.kind == "due" or set_anew)
        if term is None or not firm or telling.reading.is_copy or commitment.due is None:
            continue
        first, end = commitment.due.earliest, commitment.due.latest
        if first is None or end is None:
            continue
        words = _words_of_time(telling, commitment)
        again = bool(words & told)  # in the same words it is the day of a report that is another, not the deadline
        told |= words
        if last is not None and first > last and not again and _is_set_anew(telling, commitment):
            passages = tuple(telling.reading.report.passage(span) for span in commitment.evidence)
            yield Step(telling.statement.said or telling.reading.date, "delayed", passages)
        last = end if last is None else max(last, end)


def _words_of_time(telling: Telling, commitment: Commitment) -> set[str]:
    """The words for its deadline, and all of its evidence that tells a time."""
    text, term = telling.reading.report.text, telling.terms.due
    timed = [span for span in commitment.evidence if telling.reading.times.touching(span)]
    return {" ".join(span.of(text).lower().split()) for span in (*timed, *([term.span] if term is not None else ()))}


def _is_set_anew(telling: Telling, commitment: Commitment) -> bool:
    """Whether a day to come is set for one and the same deed: of deeds that come again it may be another one's."""
    if commitment.strength in ("requested", "possible") or commitment.due is None:
        return False
    comes_again = telling.deed in lexicon().recurring and telling.signal.kind != "deadline" and not telling.is_now
    return not comes_again and telling.reading.date is not None and to_come(telling.reading, commitment.due)


def _is_given_up_late(turn: Turn, steps: Sequence[Step]) -> bool:
    """Whether it is told to be called off when it had begun, or was done: a strike that is called off has been."""
    dropped = turn.status == "missed" and turn.reading.deed(turn.word) == "cancel"
    return dropped and any(step.status in ("begun", "met") for step in steps)


def _says_again(telling: Telling) -> bool:
    """Whether it stands behind a word for saying again what was said: "reaffirmed that"."""
    cue = telling.reading.cue_of(telling.statement)
    above = governor_of(telling.reading, telling.sentence, telling.signal)
    return any(word is not None and telling.reading.lemma(word) in lexicon().again for word in (cue, above))


def when_told(turn: Turn) -> Date | None:
    """The day told in the clause, if it is not to come; else that of the report. A delay tells other days."""
    if turn.status in ("delayed", "reaffirmed"):
        return turn.reading.date
    for span, time in sorted(turn.reading.times.touching(turn.span), key=lambda pair: pair[0]):
        first = turn.reading.syntax.words_in(span)[0]
        if turn.reading.form(first - 1) in _SINCE or turn.reading.form(first) in _SINCE:
            continue
        if time.date is not None and _not_after(time.date, turn.reading.date):
            return time.date
    return turn.reading.date
