"""Times told together with the one whose place they take: "on June 15 instead of in May", "later than planned"."""

from __future__ import annotations

from onrecord.dates import Date
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.telling import Telling
from onrecord.record.commitments.timed import is_put_off
from onrecord.spans import Span

_REACH, _GAP = 9, 12
_ASIDE, _OPENS = 20, 6
_SET = frozenset("expected due scheduled planned slated foreseen pencilled".split())
_REASONS = frozenset(("because", "since", "due", "owing"))
_LATER = frozenset(("later", "after"))


def put_off_in(telling: Telling) -> Span | None:
    """The words of a telling up to those that say it is later than it was to be; None where none say so."""
    reading, sentence = telling.reading, telling.sentence
    first = min(telling.signal.first, telling.signal.deed, telling.signal.start)
    before = _expected_before(telling) or _not_until(telling) or _put_off(telling)
    if before is not None:
        return before
    ahead = reading.syntax.span(telling.signal.deed, min(telling.end + _GAP, sentence[-1]))
    for span, time in sorted(reading.times.touching(ahead), key=lambda pair: pair[0]):
        inside = reading.syntax.words_in(span)
        if not inside or inside[-1] + 1 >= sentence.stop:
            continue
        last = _replaced(reading, sentence, inside[-1] + 1, time.date) or _than_planned(reading, sentence, inside[0])
        if last is not None:
            bound = telling.signal.bound
            opening = bound if bound is not None and 0 < first - bound < _GAP else first
            return reading.syntax.span(reading.syntax.noun_phrase_words(opening)[0], last)
    return None


def _not_until(telling: Telling) -> Span | None:
    """The words of "will not be out until June 9, because …": whoever gives a reason was to do it sooner."""
    term, reading = telling.terms.not_before, telling.reading
    if term is None or not telling.signal.group.negated or telling.signal.kind not in ("modal", "state"):
        return None
    if not any(reading.form(word) in _REASONS | lexicon().planned for word in telling.sentence):
        return None
    start = telling.signal.bound if telling.signal.bound is not None else telling.signal.first
    opening = min(start, telling.signal.first)
    return Span(
        telling.reading.syntax.span(opening).start, max(term.span.end, telling.reading.syntax.span(opening).end)
    )


def _put_off(telling: Telling) -> Span | None:
    """The words of "has put off its report by two weeks, to May 5"."""
    reading, word, due = telling.reading, telling.signal.governed, telling.terms.due
    if due is None or not is_put_off(reading, telling.signal):
        return None
    return Span(reading.syntax.span(word).start, max(due.span.end, reading.syntax.span(word).end))


def _expected_before(telling: Telling) -> Span | None:
    """The words of "the findings, last expected on May 4, will be published on May 18", if it is later."""
    reading, bound, due = telling.reading, telling.signal.bound, telling.terms.due
    if bound is None or due is None or due.date.earliest is None or not 0 < telling.signal.first - bound < _ASIDE:
        return None
    aside = range(bound + 1, telling.signal.first)
    opened = next((w for w in aside if reading.form(w) in _SET and reading.tag(w) in ("VERB", "ADJ")), None)
    if opened is None or opened > bound + _OPENS or reading.syntax.own_subject(opened) not in (None, bound):
        return None
    for _, time in reading.times.touching(reading.syntax.span(opened, aside[-1])):
        last = time.date.latest if time.date is not None else None
        if last is not None and last < due.date.earliest:
            start = reading.syntax.noun_phrase_words(bound)[0]
            return Span(reading.syntax.span(start).start, max(due.span.end, reading.syntax.span(telling.end).end))
    return None


def _replaced(reading: Reading, sentence: range, word: int, told: Date | None) -> int | None:
    """The last word of an earlier time behind "instead of"; a later one says that it was brought forward."""
    ahead = tuple(reading.form(w) for w in range(word, min(word + 3, sentence.stop)))
    phrase = next((p for p in lexicon().instead if ahead[: len(p)] == p), None)
    if phrase is None:
        return None
    behind = reading.syntax.span(word, min(word + _REACH, sentence[-1]))
    for span, time in sorted(reading.times.touching(behind), key=lambda pair: pair[0]):
        before, now = (date.earliest if date is not None else None for date in (time.date, told))
        later = before is None or now is None or before < now or time.date is None or _may_be_earlier(time.date, now)
        return reading.syntax.words_in(span)[-1] if later else None
    return None


def _may_be_earlier(before: Date, now: str) -> bool:
    """Whether a time without a year is of the year before: a month that is over was not told of the next year."""
    return bool(before.earliest and before.rule.endswith("by-tense") and before.earliest[5:] < now[5:])


def _than_planned(reading: Reading, sentence: range, first: int) -> int | None:
    """The last word of "a week later than planned" behind the time that begins at `first`, before another clause."""
    for word in range(first, min(first + _REACH + 3, sentence.stop - 2)):
        if reading.form(word) in (";", ":", "because", "and", "but"):
            return None
        if reading.form(word) in _LATER and reading.form(word + 1) == "than":
            ends = range(word + 2, min(word + _REACH, sentence.stop))
            return next((w for w in ends if reading.form(w) in lexicon().planned), None)
    return None
