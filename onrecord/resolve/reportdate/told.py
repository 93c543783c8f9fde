"""Times as a report tells them: what day they name by themselves, how they lie to the report, and in what tense.

Only what does not depend on the declared date is read here, since that date is what is to be checked.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Literal

from onrecord.dates import days_of
from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Annotations, Time
from onrecord.resolve.reportdate.lexicon import lexicon
from onrecord.spans import Span

Tense = Literal["past", "past?", "future", "limit", "unknown"]
"""`past` and `future` are certain; `past?` is likely; `limit` ends something: "until 2026"."""

_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")
_SHORT_YEAR = re.compile(r"['’]\d\d(?!\d)|\d{1,2}/\d{1,2}/(\d\d)(?!\d)")
_RELATIVE = re.compile(r"(?:(before-last|last|this|next)-|)(year|month)|ago")
_STEPS = {"before-last": -2, "last": -1, "this": 0, "next": 1}
_RIGHT_BEFORE = 2
"""A verb, `on`, and the date."""
_NAME = 4
"""Letters of a name that its forms share: `Iraq` and `Iraqi`."""
_COMMON, _COMMON_FEWEST = 0.2, 3
"""Share and number of sentences with a name above which it is everywhere."""
_WAS = frozenset(("was", "were"))
_LONG = 300
"""Days of a time from which on it is a year."""
_STEPS_UP = 4
"""How far up the tree the verb of a time is looked for."""
_TITLE = 4
"""Words of a name behind its year."""
_NEAR = 8
"""How many words on each side of a time name what it dates."""
_SENTENCE_WORDS = 60
"""A longer sentence is no sentence: only so many words around a time are looked at."""


@dataclass(frozen=True, slots=True)
class Told:
    """One time of one report.

    Attributes:
        days: first and last day, if the words name them without looking at the report's date.
        steps: for `last year`, `two months ago`: how many units from the report's date; else None.
        first, last: its words.
    """

    time: Time
    first: int
    last: int
    tense: Tense
    days: tuple[date, date] | None = None
    unit: Literal["year", "month"] | None = None
    steps: int | None = None

    @property
    def span(self) -> Span:
        return self.time.span


_TOLD: Kind[tuple[Told, ...]] = Kind("times as told", tuple[Told, ...])


class Telling:
    """One report's words, and its times as they are told.

    Args:
        memory: may have the latter.
    """

    def __init__(self, annotations: Annotations, memory: Memory = FORGETFUL) -> None:
        self.annotations = annotations
        self._memory = memory
        self.report = annotations.report
        self.text = annotations.report.text
        self.words = annotations.words

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """Every time with a date, in order."""
        return self._memory.recall(_TOLD, _times_told, self.annotations)

    def form(self, word: int) -> str:
        """A word in small letters."""
        return self.text[self.words.starts[word] : self.words.ends[word]].lower()

    def sentence(self, word: int) -> range:
        """The words of the sentence of `word`, of a very long one those around it."""
        own = self.words.sentence[word]
        first = bisect_left(self.words.sentence, own)
        last = bisect_right(self.words.sentence, own)
        return range(max(first, word - _SENTENCE_WORDS), min(last, word + _SENTENCE_WORDS))

    def near(self, one: Told) -> range:
        """The words of the sentence close to a time."""
        whole = self.sentence(one.first)
        return range(max(whole.start, one.first - _NEAR), min(whole.stop, one.last + _NEAR + 1))

    def before(self, word: int, count: int = 1) -> str:
        """The words before `word` in its sentence, one space between them, or ''."""
        first = max(self.sentence(word).start, word - count)
        return " ".join(self.form(i) for i in range(first, word))

    def names(self, words: range, beside: Told) -> frozenset[str]:
        """The beginnings of the names among `words`, those in the time `beside` aside."""
        return frozenset(
            name for i in words if (name := self._name(i)) is not None and not beside.first <= i <= beside.last
        )

    @cached_property
    def common_names(self) -> frozenset[str]:
        """The names that stand in so many of the report's sentences that they tell no happening from another."""
        named = ((self._name(i), self.words.sentence[i]) for i in range(len(self.words)))
        placed = {(name, sentence) for name, sentence in named if name is not None}
        counts = Counter(name for name, _ in placed)
        most = max(_COMMON_FEWEST, _COMMON * len(self.annotations.sentences))
        return frozenset(name for name, count in counts.items() if count > most)

    def _name(self, word: int) -> str | None:
        """The beginning of the name that a word is, or None."""
        tag = self.words.tag
        if not self.text[self.words.starts[word]].isupper() or (tag and tag[word] not in ("PROPN", "ADJ")):
            return None
        form, known = self.form(word), lexicon()
        return None if form in known.months or form in known.weekdays else form[:_NAME]

    @cached_property
    def _aheads(self) -> list[int]:
        """Before each word, and after the last, how many words so far look ahead."""
        known = lexicon()
        forms = (self.form(i) for i in range(len(self.words)))
        return [0, *accumulate(known.looks_ahead(form) and self._looks_ahead(i) for i, form in enumerate(forms))]

    def _looks_ahead(self, word: int) -> bool:
        """Whether a word that may look ahead is no preposition: the "to" of "came to light" is one."""
        return self.form(word) != "to" or not self.words.tag or self.words.tag[word] != "ADP"

    @cached_property
    def _pasts(self) -> list[int]:
        """Before each word, and after the last, how many past forms there are so far."""
        return [0, *accumulate(self._is_past(i) for i in range(len(self.words)))]

    def read_times(self) -> Iterator[Told]:
        """Every time with a date, in order, read out of the words."""
        for time in self.annotations.times:
            first = bisect_left(self.words.ends, time.span.start + 1)
            last = bisect_left(self.words.starts, time.span.end) - 1
            if time.date is None or first > last or last >= len(self.words) or self._is_in_name(first, last):
                continue
            days = explicit_days(time, time.span.of(self.text))
            unit, steps = (None, None) if days else _steps(time, time.span.of(self.text).lower())
            yield Told(time, first, last, self._tense(first, last, days), days, unit, steps)

    def _is_in_name(self, first: int, last: int) -> bool:
        """Whether a year alone stands in the name of what is held in it: "the 2020 Continental Cup" may be to come."""
        after = last + 1
        if first != last or not self.words.tag or after >= len(self.words) or not self.form(first).isdecimal():
            return False
        return self._name(after) is not None and self.words.head[first] in range(after, after + _TITLE)

    def _tense(self, first: int, last: int, days: tuple[date, date] | None) -> Tense:
        known = lexicon()
        sentence = self.sentence(first)
        joint = self.form(first - 1) if first > sentence.start else ""
        limit = joint in known.limits or (joint == "the" and self.before(first, 2).split()[0] in known.limits)
        past = self._pasts[sentence.stop] > self._pasts[sentence.start]
        if joint and self._is_laid_down(joint, first, last, days):
            return "limit"
        if joint == "of" and self.words.tag and self.words.tag[max(0, first - 2)] == "NOUN":
            # "than the accord of May 2019 foresaw": the verb is another happening's
            return "past" if days is not None and days[0] == days[1] and self._has_acted(first - 2) else "unknown"
        verb = self._verb(first, last)
        if verb is not None and self._has_helper(verb, known.will):
            return "limit" if past or limit else "future"
        before = self._aheads[first - limit] - self._aheads[sentence.start]
        ahead = before + self._aheads[sentence.stop] - self._aheads[last + 1] > 0
        if limit:
            return "limit" if ahead or verb is None or not self._is_past(verb) else "unknown"
        if not past or (verb is not None and not self._is_past(verb)):
            return "unknown"
        if any(self.form(i) in known.will or self.form(i) == "would" for i in range(sentence.start, first)):
            return "unknown"  # "would hand over 12 in 2030 and 60 in 2031"
        placed = joint in known.placing or (days is not None and days[0] == days[1])
        if joint == "on" and self._was_done_before(first):
            return "past"
        if verb is None or not placed or not self._is_next(verb, first):
            return "past?"
        # Next to "said" stands the time of what was said as often as that of the saying. And a verb that stands
        # right before its date ("was signed on May 3, 2011") is past whatever else the sentence holds.
        happened = self.form(verb) not in known.reporting
        return "past" if happened and (not ahead or self._stands_before(verb, first)) else "past?"

    def _is_laid_down(self, joint: str, first: int, last: int, days: tuple[date, date] | None) -> bool:
        """Whether a date is told as one fixed beforehand: "ends in May 2031", "is planned for June 2020".

        What is "for 2019" may be accounts as well as a budget, unless the words before look ahead.
        """
        if joint == "for" and days is not None and (days[1] - days[0]).days > _LONG:
            start = self.sentence(first).start
            if self._aheads[first] == self._aheads[start]:
                return False
        if joint == "for":
            after = last + 1 < len(self.words) and bool(self.words.tag) and self.words.tag[last + 1]
            return after not in ("NOUN", "PROPN", "ADJ")
        return self.before(first, 2).split()[0] in lexicon().scheduled

    def _has_acted(self, noun: int) -> bool:
        """Whether a happening has done something to somebody: "the storm of May 3, 2011, killed nine"."""
        verb = self.words.head[noun]
        below = (word for word in self.sentence(verb) if self.words.head[word] == verb)
        acts = self.words.relation[noun] == "nsubj" and any(self.words.relation[word] == "obj" for word in below)
        return acts and self._is_past(verb) and self.form(verb) not in lexicon().reporting

    def _stands_before(self, verb: int, word: int) -> bool:
        """Whether a past verb stands before the word that places a time, and nothing else does."""
        return 1 <= word - verb <= _RIGHT_BEFORE and self.words.tag[verb] == "VERB"

    def _was_done_before(self, word: int) -> bool:
        """Whether the nearest verb before tells that something was done, not laid down: "was stripped of it on"."""
        near = range(word - 1, max(self.sentence(word).start, word - _NEAR) - 1, -1)
        verb = next((i for i in near if self.words.tag and self.words.tag[i] in ("VERB", "PUNCT")), None)
        if verb is None or self.words.tag[verb] == "PUNCT" or lexicon().looks_ahead(self.form(verb)):
            return False
        helped = any(self.words.head[i] == verb and self.form(i) in _WAS for i in range(max(0, verb - 3), verb))
        return helped and self._is_past(verb)

    def _is_next(self, verb: int, word: int) -> bool:
        """Whether no other verb stands between the two: a verb further off is often not the one meant."""
        between = range(min(verb, word) + 1, max(verb, word))
        return not any(self.words.tag[i] in ("VERB", "AUX") for i in between)

    def _verb(self, first: int, last: int) -> int | None:
        """The nearest verb above a time, or an adjective on the way to it; None without syntax."""
        head = self.words.head
        word = next((i for i in range(last, first - 1, -1) if head and not first <= head[i] <= last), None)
        for _ in range(_STEPS_UP):
            if word is None or head[word] == word:
                return None
            word = head[word]
            if self.words.tag[word] in ("VERB", "AUX", "ADJ"):
                return word
        return None

    def _has_helper(self, verb: int, helpers: frozenset[str]) -> bool:
        """Whether one of `helpers` stands right before a verb and belongs to it."""
        first = max(self.sentence(verb).start, verb - 4)
        return any(self.form(i) in helpers and self.words.head[i] == verb for i in range(first, verb))

    def _is_past(self, word: int) -> bool:
        if self.words.tag and self.words.tag[word] not in ("VERB", "AUX"):
            return False
        form, known = self.form(word), lexicon()
        if self.words.head and self._has_helper(word, known.ahead_helpers):
            return False
        helped = bool(self.words.head) and self._has_helper(word, known.past)
        return helped or form in known.past or (form.endswith("ed") and len(form) > 3)


def _times_told(annotations: Annotations) -> tuple[Told, ...]:
    return tuple(Telling(annotations).read_times())


def explicit_days(time: Time, words: str) -> tuple[date, date] | None:
    """First and last day of a time whose words hold its year, or None."""
    days = days_of(time.value)
    if days is None or time.anchor is not None:
        return None
    years = {int(year) for year in _YEAR.findall(words)}
    short = {match.group()[-2:] for match in _SHORT_YEAR.finditer(words)}
    named = days[0].year in years or time.value[2:4] in short
    return days if named and len(time.value) >= 4 else None


def _steps(time: Time, words: str) -> tuple[Literal["year", "month"] | None, int | None]:
    """Unit and number of steps of a time that is counted from the report's date in years or months."""
    match = _RELATIVE.fullmatch(time.rule)
    if match is None:
        return None, None
    if match.group(1):
        return ("year" if match.group(2) == "year" else "month"), _STEPS[match.group(1)]
    if time.rule != "ago" or not words.endswith("ago"):
        return None, None
    return _counted(words)


def _counted(words: str) -> tuple[Literal["year", "month"] | None, int | None]:
    """`almost two years ago`: the unit and how many of it, counted back."""
    tokens = words.replace("-", " ").split()
    unit = tokens[-2].rstrip("s") if len(tokens) > 2 else ""
    number = lexicon().numbers.get(tokens[-3]) or (int(tokens[-3]) if tokens[-3:-2] and tokens[-3].isdecimal() else 0)
    if not number or number > 200:
        return None, None
    if unit == "year":
        return "year", -number
    return ("month", -number) if unit == "month" else (None, None)
