"""Words that tell how a deed stands to the time that was promised: "a week late", "as announced", "ahead of time".

Whoever says one of these says that something was promised. With a length of time and a day they even tell for which day
it was: what came on October 6, a week late, had been due on September 29.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from onrecord.dates import Date
from onrecord.record.commitments.facts import DEFINITE
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.reading import Reading
from onrecord.spans import Span

Manner = Literal["late", "early", "in time", "over"]

_NEAR, _REACH, _WORDS = 3, 5, 6
_LATE, _EARLY = frozenset(("late", "later")), frozenset(("early", "earlier", "sooner", "ahead", "before"))
_DAYS = frozenset(("deadline", "date", "day"))
_OPENING = frozenset("when after as since by until once before".split())
_CLOSING = frozenset(("", ",", ".", "by", ";", "last", "in", "on", "earlier", "before", "”", "-", "–", "—"))
_VERY = frozenset(("very", "own", "exact", "same", "agreed", "original"))
_WHO = frozenset("he she it they we i".split())
_UNITS = {"day": (1, 1), "week": (7, 2), "fortnight": (14, 2), "month": (30.4, 20), "year": (365, 60)}
"""Days that a unit of time has, and by how many days a length told in it may be off."""
_LONGEST = 60
_AROUND = 12


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How what is told stands to the time that was promised.

    Attributes:
        manner: `over` says that it is told of the end of the time.
        days: by how many days it is later, or under zero earlier; None where that is not told. off: by how many days
            that may be wrong.
        word: the first word of it.
    """

    manner: Manner
    days: int | None
    off: int
    span: Span
    word: int

    def fits(self, told: Date, due: Date) -> bool:
        """Whether a deed of the day `told` was due on `due` if it was so much later or earlier."""
        if self.days is None or told.earliest is None or told.latest is None or due.latest is None:
            return False
        if len(told.value) < len("2005-01-01"):
            return False
        was_due = date.fromisoformat(told.earliest) - timedelta(days=self.days)
        return abs((was_due - date.fromisoformat(due.latest)).days) <= self.off


def timeliness_in(reading: Reading, sentence: range) -> Timeliness | None:
    """The first words of a sentence that tell how it stands to the time that was promised."""
    opening = _opening()
    for word in sentence:
        if reading.form(word) not in opening:
            continue
        for rule in _RULES:
            found = rule(reading, sentence, word)
            if found is not None:
                return found
    return None


@cache
def _opening() -> frozenset[str]:
    """The forms at which a rule may find something: nothing is asked of any other word."""
    deadlines = {form for noun in lexicon().deadlines for form in (noun, f"{noun}s")}
    phrases = {phrase[0] for _, listed in _PHRASES for phrase in listed()}
    return frozenset(_LATE | _EARLY | {"after", "as", "the"} | deadlines | phrases)


def is_unchanged(reading: Reading, sentence: range, first: int, last: int) -> bool:
    """Whether words around those of a promise say that it is as it was: "as planned", "remains set for", "stick to"."""
    near = range(max(sentence.start, first - _AROUND), min(last + _AROUND, sentence.stop))
    if any(reading.matches(word, lexicon().unchanged) for word in near):
        return True
    timely = timeliness_in(reading, sentence)
    as_before = timely is not None and reading.form(timely.word) in ("as", "the")  # not "will be done on time"
    return as_before and timely is not None and timely.manner == "in time" and timely.word in near


def _by_length(reading: Reading, sentence: range, word: int) -> Timeliness | None:
    """As in "a week *late*", "two months *later* than announced", "a day *before* the deadline"."""
    form = reading.form(word)
    if form not in _LATE | _EARLY | {"after"}:
        return None
    length = _length_before(reading, sentence, word)
    last = _last_word(reading, sentence, word, length is not None)
    if length is None or last is None:
        return None
    days, off, first = length
    manner: Manner = "late" if form in _LATE or form == "after" else "early"
    span = reading.syntax.span(first, last)
    return Timeliness(manner, days if manner == "late" else -days, off, span, first)


def _last_word(reading: Reading, sentence: range, word: int, measured: bool) -> int | None:
    """The last word of what says behind it what it is measured by; None where that is no promise."""
    form, following = reading.form(word), reading.form(word + 1)
    if form in ("later", "earlier", "sooner"):
        ends = range(word + 2, min(word + 2 + _WORDS, sentence.stop))
        than = following == "than"
        told = next((w for w in ends if than and _is_planned(reading, w)), None)
        return told + 1 if told is not None and _is_planned(reading, told + 1) else told
    if form == "ahead":
        behind = reading.form(word + 2)
        if following == "of" and (behind in ("time", "schedule") or _is_set_day(reading, sentence, word + 2)):
            return word + 2
        return None
    if form in ("before", "after"):
        return word + 2 if _is_set_day(reading, sentence, word + 1) else None
    if form == "late" or form == "early":
        closes = reading.tag(word + 1) in ("PUNCT", "CCONJ", "SCONJ", "ADP", "") or word + 1 >= sentence.stop
        return word if measured and closes else None
    return None


def _is_planned(reading: Reading, word: int) -> bool:
    base = reading.lemma(word, "VERB")
    return reading.form(word) in lexicon().planned | lexicon().as_told or (
        base in lexicon().undertaking and reading.form(word) != base
    )


def _is_set_day(reading: Reading, sentence: range, word: int) -> bool:
    """As in "the deadline", "its date", "her own deadline", "the day the trust had set"."""
    noun = word + 1 + (reading.form(word + 1) in _VERY)
    if reading.form(word) not in DEFINITE or reading.form(noun) not in _DAYS:
        return False
    ahead = range(noun + 1, min(noun + 1 + _WORDS, sentence.stop))
    return reading.form(noun) == "deadline" or any(_is_planned(reading, w) for w in ahead)


def _length_before(reading: Reading, sentence: range, word: int) -> tuple[int, int, int] | None:
    """Days, by how many they may be off, and the first word of a length of time that ends right before the word."""
    unit = _UNITS.get(reading.lemma(word - 1)) if word - 2 >= sentence.start else None
    if unit is None:
        return None
    many = 1.0 if reading.form(word - 2) in ("a", "an", "one") else None
    for _, one in reading.quantities.touching(reading.syntax.span(word - 2)):
        many = one.value
    if many is None or not 0 < many < _LONGEST:
        return None
    days, off = unit
    return round(many * days), off, word - 2


def _by_phrase(reading: Reading, sentence: range, word: int) -> Timeliness | None:
    """As in "as announced", "on schedule", "ahead of time", "behind schedule"."""
    for manner, phrases in _PHRASES:
        length = reading.matches(word, phrases())
        if length and reading.form(word - 1) != "not":
            return Timeliness(manner, None, 0, reading.syntax.span(word, word + length - 1), word)
    return None


def _as_announced(reading: Reading, sentence: range, word: int) -> Timeliness | None:
    """As in "as announced", "as it had promised"."""
    if reading.form(word) != "as" or reading.form(word - 1) in ("not", "same", "such"):
        return None
    for behind in range(word + 1, min(word + _REACH, sentence.stop)):
        form = reading.form(behind)
        if form in lexicon().as_told:
            had = behind == word + 1 or "had" in [reading.form(w) for w in range(word + 1, behind)]
            follows = reading.form(behind + 1)
            closes = follows in _CLOSING or (follows in _WHO and reading.form(behind + 2) in ("would", "will"))
            span = reading.syntax.span(word, behind)
            return Timeliness("in time", None, 0, span, word) if had and closes else None
        if reading.tag(behind) not in ("PRON", "AUX", "ADV", "DET", "NOUN", "PROPN"):
            return None
    return None


def _on_set_day(reading: Reading, sentence: range, word: int) -> Timeliness | None:
    """As in "on May 5, *the date* they had last given", "on *the day* that had been named"."""
    if reading.form(word) != "the" or reading.form(word - 1) not in ("on", ","):
        return None
    day = word + 1 + (reading.form(word + 1) in _VERY)
    if reading.form(day) not in ("day", "date") or not _is_set_day(reading, sentence, word):
        return None
    return Timeliness("in time", None, 0, reading.syntax.span(word, day), word)


def _when_over(reading: Reading, sentence: range, word: int) -> Timeliness | None:
    """As in "when the deadline ran out", "before the deadline expired"."""
    if reading.lemma(word) not in lexicon().deadlines or reading.tag(word) != "NOUN":
        return None
    opening = range(max(sentence.start, word - _NEAR), word)
    first = next((w for w in opening if reading.form(w) in _OPENING), None)
    if first is None or any(reading.is_verb(w) for w in range(first, word)):
        return None
    for verb in range(word + 1, min(word + _REACH, sentence.stop)):
        ran_out = reading.lemma(verb, "VERB") == "run" and reading.form(verb + 1) == "out"
        if reading.is_verb(verb) and (ran_out or reading.lemma(verb, "VERB") in lexicon().lapsing):
            manner: Manner = "in time" if reading.form(first) == "before" else "over"
            return Timeliness(manner, None, 0, reading.syntax.span(first, verb + ran_out), first)
    return None


_PHRASES: Sequence[tuple[Manner, Callable[[], frozenset[tuple[str, ...]]]]] = (
    ("late", lambda: lexicon().behind_time),
    ("early", lambda: lexicon().ahead_of_time),
    ("in time", lambda: lexicon().in_time),
)
_RULES = (_by_length, _by_phrase, _as_announced, _on_set_day, _when_over)


def shifted(timely: Timeliness | None, times: Sequence[Date], dues: Sequence[Date]) -> bool:
    """Whether one of the days told, less what it is later than promised, is one of the days by which it was due."""
    return timely is not None and any(_fitting(timely, times, dues))


def _fitting(timely: Timeliness, times: Sequence[Date], dues: Sequence[Date]) -> Iterator[bool]:
    return (timely.fits(told, due) for told in times for due in dues)
