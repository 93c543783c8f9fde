"""What a reading may look at: the match, the report around it, the anchor and the dates told before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from onrecord.annotate.times.lexicon import Value, lexicon
from onrecord.annotate.times.tense import Clause, Tense, tense_at
from onrecord.dates import Date, days_of
from onrecord.model import TimeType, Words

JOINT = re.compile(r"\s{0,2},?\s{1,3}(?:on\s{1,3})?")
"""What stands between a time of day and its day."""
_WORD_BEFORE = re.compile(r"([^\W\d_]+|\S)\s{0,3}\Z")
_WORD_AFTER = re.compile(r"\s{0,3}([^\W\d_]+|\S|\Z)")


def is_plausible(day: date) -> bool:
    """Whether dates may be counted from `day` without leaving the calendar."""
    return 1000 <= day.year <= 9000


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means. `anchor` is the id of what its value started from, or None."""

    type: TimeType
    value: str
    rule: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A date told earlier in the report, which a later expression may start from.

    Attributes:
        end: where its words end; whole: whether they name its year.
    """

    id: str
    value: str
    day: date
    sentence: int
    end: int = 0
    whole: bool = False


@dataclass(slots=True)
class Scene:
    """One report while its times are read. `text` is in lower case, `original` is not."""

    report: str
    original: str
    text: str
    words: Words
    anchor: Date | None
    told: list[Told] = field(default_factory=list)
    quarter: Told | None = None
    sentence: int = 0
    bounds: tuple[int, int] = (0, 0)
    last: tuple[int, int] = (0, 0)
    """Where the expression before the one at hand begins and ends."""

    @property
    def today(self) -> date | None:
        """The report's day, or the middle of its window where only a month or a year is known."""
        bounds = days_of(self.anchor.value) if self.anchor else None
        middle = bounds[0] + (bounds[1] - bounds[0]) // 2 if bounds else None
        return middle if middle and is_plausible(middle) else None

    def clause(self, start: int, end: int) -> Clause:
        return tense_at(self.original, start, end, self.bounds, self.words)

    def tell(self, told: Told) -> None:
        """Remember a date for those that start from it."""
        self.told.append(told)
        if told.value[4:6] == "-Q":
            self.quarter = told

    def quarter_told(self) -> Told | None:
        """The quarter told last, if not more than a dozen sentences ago."""
        return self.quarter if self.quarter and self.sentence - self.quarter.sentence <= 12 else None

    def last_told(self, within: int) -> Told | None:
        """The date told last, if not more than `within` sentences ago."""
        if self.told and self.sentence - self.told[-1].sentence <= within:
            return self.told[-1]
        return None


@dataclass(frozen=True, slots=True)
class Found:
    """A shape found in the text of a scene."""

    scene: Scene
    match: re.Match[str]
    proposed: TimeType | None = None
    """The type that the encoder gives the words, where it holds them to be a time."""

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()

    @property
    def text(self) -> str:
        """The words found, in lower case, single spaces between them."""
        return " ".join(self.match.group().split())

    def has(self, slot: str) -> bool:
        return self.match.groupdict().get(slot) is not None

    def raw(self, slot: str) -> str | None:
        """The words that stand for a slot, or None."""
        return self.match.groupdict().get(slot)

    def value(self, slot: str) -> Value | None:
        """The value of the words that stand for a slot, or None."""
        words = self.raw(slot)
        return None if words is None else lexicon().slots[slot.upper()].value(words)

    def number(self, slot: str) -> int | None:
        value = self.value(slot)
        return None if value is None or value == "" else int(value)

    def name(self, slot: str) -> str:
        """The value of a slot that is certainly there, as a string."""
        return str(self.value(slot))

    def capital(self, slot: str) -> bool:
        """Whether the words that stand for a slot begin with a capital letter."""
        at = self.match.start(slot)
        return self.scene.original[at].isupper()

    def before(self, length: int = 24) -> str:
        """The text just before, in the same sentence."""
        return self.scene.text[max(self.scene.bounds[0], self.start - length) : self.start]

    def after(self, length: int = 40) -> str:
        """The text just after, in the same sentence."""
        return self.scene.text[self.end : min(self.scene.bounds[1], self.end + length)]

    def preceded(self, kind: str) -> bool:
        """Whether the word or mark just before is one of a list of `[around]` in the lexicon."""
        match = _WORD_BEFORE.search(self.before())
        return match is not None and match.group(1) in lexicon().around[kind]

    def followed(self, kind: str) -> bool:
        """Whether the word or mark just after is one of a list of `[around]`; `` stands for the sentence's end."""
        match = _WORD_AFTER.match(self.after())
        return match is not None and match.group(1) in lexicon().around[kind]

    def one_of(self, slot: str, kind: str) -> bool:
        """Whether the words that stand for a slot are in a list of `[around]`."""
        return self.raw(slot) in lexicon().around[kind]

    def step(self, *slots: str) -> int | None:
        """The value of the first of `slots` that is there, a number of steps; None if none is."""
        return next((self.number(slot) for slot in slots if self.has(slot)), None)

    def clause(self) -> Clause:
        """The tense of the clause; that of a day with its time of day is seen from before the two."""
        first, last = self.scene.last
        joined = JOINT.fullmatch(self.scene.text, last, self.start)
        return self.scene.clause(first if joined else self.start, self.end)

    def tense(self) -> Tense:
        return self.clause().tense

    @property
    def today(self) -> date | None:
        return self.scene.today

    @property
    def origin(self) -> str | None:
        """The id of the report, if it has a date to start from."""
        return self.scene.report if self.scene.anchor else None

    def dated(self, value: str, rule: str) -> Reading:
        """A date whose value started from the report's date."""
        return Reading("DATE", value, rule, self.origin)

    def base(self, told: Told | None) -> tuple[date | None, str | None]:
        """The day to start from and its id: of the date told, or else of the report."""
        return (told.day, told.id) if told else (self.today, self.origin)
