"""By when, and not before when: the times that belong to a deed.

A time belongs to a deed if it stands in its clause, or before the subject ("After the vote, troops will leave"). The
words before it say what it is: a day by whose end ("by", "until", "on"), or one before which it does not begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.dates import Date
from onrecord.model import Time
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import RELATIVE, Reading
from onrecord.record.commitments.signal import Signal
from onrecord.record.commitments.timed import is_put_off
from onrecord.spans import Span

_SKIPPED = frozenset(("the", "a", "an", "about", "around", "late", "early", "mid", "-", "next", "this", "its", "their"))
_LONGEST_PHRASE, _LEADING = 5, 60
_ASIDE, _BEYOND = 16, 8
_STARTING = frozenset(("starting", "beginning", "from", "by", "no", "not", "effective"))
_GOVERNING = frozenset(("undertaking", "paper", "asking", "deadline"))
_TO_COME = frozenset(("would", "will", "'ll", "’ll", "wo", "shall", "must"))
_GUESSED = {"day-nearest-by-tense": "day-to-come", "month-nearest-by-tense": "month-to-come"}
_WEEK, _LATELY, _YEAR = 7, 60, 366
_LENGTH = re.compile(r"P(\d{1,3})([DWMY])\Z")
_HOURS = re.compile(r"PT(\d{1,3})H\Z")
_POSSESSIVES = frozenset("its their his her our my".split())
_GIVEN = 8
"""Words before a length of time within which the verb stands that gives it."""
_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}


@dataclass(frozen=True, slots=True)
class Term:
    """A time of a deed: `kind` is `due`, `not_before` or `day`; `span` covers the words before the time too."""

    kind: str
    date: Date
    span: Span


@dataclass(frozen=True, slots=True)
class Terms:
    """What is told of the time of a deed."""

    due: Term | None = None
    not_before: Term | None = None

    @property
    def told(self) -> tuple[Term, ...]:
        return tuple(term for term in (self.due, self.not_before) if term is not None)


def terms_of(reading: Reading, sentence: range, signal: Signal, end: int, before: int) -> Terms:
    """The terms of a deed whose clause ends with the word `end`; `before` is where its sentence last said a deed."""
    found = [*_behind(reading, signal, end), *_ahead(reading, sentence, signal, before)]
    if is_put_off(reading, signal):
        found += _moved_to(reading, sentence, signal)
    if not any(term.kind == "due" for term in found):
        found += _behind_aside(reading, sentence, end)
    told_to = signal.kind == "state" and signal.strength == "requested"
    if signal.kind in _GOVERNING or told_to or (signal.kind == "modal" and reading.form(signal.first) in _TO_COME):
        lately = 0 if _is_just_undertaken(reading, sentence, signal) else _LATELY
        found = [replace(term, date=_ahead_of(reading, term, lately)) for term in found]
    firm = [term for term in found if term.kind == "due"]
    due = next((term for term in firm if not _is_of_thing(reading, signal, term)), next(iter(firm), None))
    days = [term for term in found if term.kind == "day" and to_come(reading, term.date)]
    day = min(
        days, key=lambda term: _first_form(reading, term) == "for", default=None
    )  # "the wages for May on the 28th"
    not_before = next((term for term in found if term.kind == "not_before"), None)
    if due is None and not_before is None:
        due = day
    if signal.group.negated and due is not None and _first_form(reading, due) in ("until", "before"):
        return Terms(None, due)
    return Terms(due, not_before)


def _is_of_thing(reading: Reading, signal: Signal, term: Term) -> bool:
    """Whether the time is told of what a thing is: "refund all tickets *bought before Friday* by May 1"."""
    words = reading.syntax.words_in(term.span)
    inner = range(signal.deed + 1, words[0]) if words else range(0)
    return any(reading.is_verb(w) and reading.syntax.words.relation[w] == "acl" for w in inner)


def _is_just_undertaken(reading: Reading, sentence: range, signal: Signal) -> bool:
    """Whether nothing tells that it was undertaken long before the report: no "had", no other time before the deed."""
    before = range(max(sentence.start, signal.governed - 4), signal.governed)
    if signal.kind not in ("undertaking", "asking") or any(reading.form(w) in ("had", "who", "which") for w in before):
        return False
    ahead = reading.syntax.span(sentence.start, max(sentence.start, signal.deed - 1))
    return not reading.times.touching(ahead)


def _ahead_of(reading: Reading, term: Term, lately: int) -> Date:
    """The date, where its year or week was guessed from the past tense of "agreed to": the next such day instead.

    What is agreed is to come. A day that is over only lately (for so many days) may be a deadline that has just passed,
    and stays.
    """
    day, report = term.date, reading.date
    if report is None or report.earliest is None or day.latest is None or day.latest >= report.earliest:
        return day
    over = (date.fromisoformat(report.earliest) - date.fromisoformat(day.latest)).days
    if day.rule == "weekday-on-or-before" and term.kind == "due" and over < _WEEK:
        return Date.of(
            (date.fromisoformat(day.latest) + timedelta(days=_WEEK)).isoformat(), "weekday-to-come", day.anchor
        )
    if day.rule in _GUESSED and lately < over < _YEAR:
        return Date.of(f"{int(day.value[:4]) + 1}{day.value[4:]}", _GUESSED[day.rule], day.anchor)
    return day


def _behind(reading: Reading, signal: Signal, end: int) -> Iterator[Term]:
    """Times in the clause; one said of something told there ("those who fell in May") is none of the deed's."""
    if end <= signal.first and end <= signal.deed:
        return
    first = min(signal.first, signal.deed) if signal.kind in ("deadline", "scheduled") else signal.deed
    if signal.kind == "deadline":
        first = max(0, first - 4)
    for term in _terms_between(reading, first, end, signal.kind == "deadline"):
        words = reading.syntax.words_in(term.span)
        inner = range(signal.deed + 1, words[0]) if words else range(0)
        told_of = any(reading.form(w) in RELATIVE for w in inner) and any(reading.is_finite(w) for w in inner)
        if not told_of or (term.kind == "due" and to_come(reading, term.date)):
            yield term


def _moved_to(reading: Reading, sentence: range, signal: Signal) -> Iterator[Term]:
    """The day behind "to" or "until" to which something is put off: "put off their report by two weeks, to May 5"."""
    last = min(signal.governed + _ASIDE, sentence.stop - 1)
    yield from (term for term in _terms_between(reading, signal.governed, last) if term.kind == "due")


def _behind_aside(reading: Reading, sentence: range, end: int) -> Iterator[Term]:
    """The firm time right behind an aside before which the clause ends: "the road, on which mills depend, by May 1"."""
    opening = end + 2
    if reading.form(end + 1) != "," or opening >= sentence.stop:
        return
    if reading.form(opening) in _STARTING:  # "will be paid in full, starting May 24"
        found = list(_terms_between(reading, opening, min(opening + _BEYOND, sentence.stop - 1)))
        yield from (term for term in found[:1] if reading.syntax.words_in(term.span)[0] == opening)
        return
    if not _opens_aside(reading, opening):
        return
    closing = (w for w in range(opening + 1, min(opening + _ASIDE, sentence.stop)) if reading.form(w) == ",")
    behind = next(closing, sentence.stop) + 1
    for term in _terms_between(reading, behind, min(behind + _BEYOND, sentence.stop - 1)):
        if term.kind != "day" and reading.syntax.words_in(term.span)[0] == behind:
            yield term
        return


def _opens_aside(reading: Reading, word: int) -> bool:
    """As in "which", "on which", "whose"."""
    return reading.form(word + (reading.tag(word) == "ADP")) in (*RELATIVE, "whose")


def _ahead(reading: Reading, sentence: range, signal: Signal, before: int) -> Iterator[Term]:
    """Times before the subject, back to the verb before it; those of a clause with "which" count."""
    subject = signal.bound if signal.bound is not None and signal.bound < signal.first else signal.first
    start = max(sentence.start, subject - _LEADING)
    for word in range(subject - 1, max(start, before) - 1, -1):
        if reading.is_verb(word) and not _in_relative(reading, sentence, word):
            start = word + 1
            break
    for term in _terms_between(reading, start, subject - 1):
        words = reading.syntax.words_in(term.span)
        opens = bool(words) and (words[0] == start or reading.form(words[0] - 1) in (",", "that", "and", "“", "which"))
        if term.kind != "day" or opens:
            yield term
    yield from _beside(reading, signal, subject)


def _beside(reading: Reading, signal: Signal, subject: int) -> Iterator[Term]:
    """Firm times between the subject and the deed: "will by May 1 hand over"."""
    if signal.kind not in ("modal", "state", "undertaking", "paper"):
        return
    for term in _terms_between(reading, subject + 1, signal.deed - 1):
        if term.kind != "day" and (signal.kind == "modal" or to_come(reading, term.date)):
            yield term


def _in_relative(reading: Reading, sentence: range, verb: int) -> bool:
    """As in "the phase, which already *runs*"."""
    subject = reading.syntax.own_subject(verb)
    if subject is not None and reading.form(subject) in RELATIVE:
        return True
    before = verb - 1
    while before > sentence.start and reading.tag(before) in ("ADV", "AUX"):
        before -= 1
    return reading.form(before) in RELATIVE


def _terms_between(reading: Reading, first: int, last: int, named: bool = False) -> Iterator[Term]:
    """The terms among the words; `named`: a noun says of its own that they are ("the May 5 deadline")."""
    if last < first:
        return
    span = reading.syntax.span(first, last)
    for time_span, time in sorted(reading.times.touching(span), key=lambda pair: pair[0]):
        if span.start <= time_span.start < span.end:
            term = _term(reading, time) or (Term("due", time.date, time_span) if named and time.date else None)
            if term is not None and term.span.start >= span.start:
                yield term


def _term(reading: Reading, time: Time) -> Term | None:
    """What the words before the time make of it; None where they make it part of something else."""
    inside = reading.syntax.words_in(time.span)
    if inside and time.type == "DURATION":
        return _within(reading, time, inside)
    if not inside or time.date is None or time.date.earliest is None or _is_of_noun(reading, inside):
        return None
    own = _phrase_in(reading, inside[0], inside)
    if own is not None:
        return Term(own, time.date, time.span)
    kinds = lexicon().times
    for length in range(_LONGEST_PHRASE, 0, -1):
        first = inside[0] - length
        if first < 0:
            continue
        forms = tuple(reading.form(word) for word in range(first, inside[0]))
        kept = forms if forms in kinds else tuple(form for form in forms if form not in _SKIPPED) or forms
        if kept in kinds and (forms[0] == kept[0]):
            span = Span(reading.syntax.span(first).start, time.span.end)
            around = _around(reading, first) if kinds[kept] == "day" else None
            return around(time.date, span) if around else Term(kinds[kept], time.date, span)
    if reading.form(inside[0] - 1) in ("of", "than", "since", "'s", "’s", "last") if inside[0] else False:
        return None
    return None if _is_stamp(reading, time) else Term("day", time.date, time.span)


def _is_of_noun(reading: Reading, inside: range) -> bool:
    """Whether a bare year only says which of several things a noun means: "its 2024 bonds"."""
    behind = inside[-1] + 1
    bare = len(inside) == 1 and reading.form(inside[0]).isdigit()
    owned = reading.form(inside[0] - 1) in _POSSESSIVES
    return bare and owned and reading.tag(behind) in ("NOUN", "PROPN")


def _within(reading: Reading, time: Time, inside: range) -> Term | None:
    """As in "within two weeks", "gave the firm two weeks to pay": counted from the day of the report."""
    days, first = _days_of(time.value), inside[0]
    within = reading.form(first - 1) == "within" or _is_given(reading, inside)
    if days is None or reading.date is None or reading.date.latest is None or not within:
        return None
    last = (date.fromisoformat(reading.date.latest) + timedelta(days=days)).isoformat()
    due = Date(last, reading.date.earliest, last, "within-length", time.id)
    return Term("due", due, Span(reading.syntax.span(first - 1).start, time.span.end))


def _days_of(length: str) -> int | None:
    """How many days a TIMEX3 duration is long, begun ones counted; None for one of no fixed length."""
    found = _LENGTH.match(length)
    if found is not None:
        return int(found[1]) * _DAYS[found[2]]
    hours = _HOURS.match(length)
    return -(-int(hours[1]) // 24) if hours is not None else None


def _is_given(reading: Reading, inside: range) -> bool:
    """As in "has three weeks to pay", "gave them 72 hours to leave"."""
    before = range(max(0, inside[0] - _GIVEN), inside[0])
    giving = any(reading.lemma(w, "VERB") in lexicon().giving for w in before if reading.is_verb(w))
    return giving and reading.form(inside[-1] + 1) == "to"


def _around(reading: Reading, first: int) -> Callable[[Date, Span], Term] | None:
    """What an event with the date is to the deed: "after the vote on May 5"; None where no such word stands before."""
    for word in range(first - 1, max(-1, first - 6), -1):
        if reading.form(word) in lexicon().around:
            kind, start = lexicon().times[(reading.form(word),)], reading.syntax.span(word).start
            return lambda day, span: Term(kind, day, Span(start, span.end))
        if reading.tag(word) not in ("NOUN", "PROPN", "DET", "ADJ"):
            return None
    return None


def _is_stamp(reading: Reading, time: Time) -> bool:
    """Whether it is the day of the report itself, written out: the stamp of a page, not a time of the deed."""
    if reading.date is None or time.date is None or time.date.earliest != reading.date.earliest:
        return False
    return any(char.isdigit() for char in time.span.of(reading.report.text))


def _phrase_in(reading: Reading, first: int, inside: range) -> str | None:
    """What the time's own first words make of it ("by Friday" where the preposition is within)."""
    known = lexicon().times.get((reading.form(first),))
    return known if known is not None and len(inside) > 1 and known != "day" else None


def _first_form(reading: Reading, term: Term) -> str:
    return reading.form(reading.syntax.words_in(term.span)[0])


def to_come(reading: Reading, date: Date) -> bool:
    """Whether the date is not over when the report is written; True where that is not known."""
    if reading.date is None or reading.date.earliest is None or date.latest is None:
        return True
    return date.latest >= reading.date.earliest
