"""A promise over all its tellings, and what a clause that may tell of it has in common with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.dates import Date
from onrecord.record.commitments.deeds import Deed
from onrecord.record.commitments.numbers import Number
from onrecord.record.commitments.objects import VAGUE
from onrecord.record.commitments.result import Result

FEW_THINGS = 5
_LONG, _SHORTLY = 200, 35
"""Days after a promise is due, or made where it has no day, within which reports tell what became of it."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment over all its tellings, as results are held against it."""

    first: str
    verbs: frozenset[str]
    heads: frozenset[str]
    nouns: frozenset[str]
    numbers: frozenset[Number]
    parties: frozenset[str]
    spoken: bool
    places: frozenset[str]
    dues: tuple[Date, ...]
    starts: tuple[Date, ...]
    announced: str | None
    negated: bool = False
    """Whether it is that something will not be done."""

    @classmethod
    def of(cls, first: str, announced: str | None, deeds: Sequence[Deed]) -> Promise:
        """The promise whose first telling is `first`."""
        return cls(
            first=first,
            announced=announced,
            verbs=frozenset(deed.verb for deed in deeds),
            heads=frozenset(deed.head for deed in deeds if deed.head is not None) - VAGUE,
            nouns=frozenset(noun for deed in deeds for noun in deed.nouns) - VAGUE,
            numbers=frozenset(number for deed in deeds for number in deed.numbers),
            parties=frozenset(party for deed in deeds for party in deed.parties),
            spoken=any(deed.spoken for deed in deeds),
            places=frozenset(place for deed in deeds for place in deed.places),
            dues=tuple(deed.due for deed in deeds if deed.due is not None),
            starts=tuple(deed.start for deed in deeds if deed.start is not None),
            negated=all(deed.negated for deed in deeds),
        )

    @property
    def last_day(self) -> str | None:
        """The latest day by which it is to be done, as far as that is known."""
        return max((due.latest for due in self.dues if due.latest is not None), default=None)

    def is_open(self, day: str) -> bool:
        """Whether a report of that day may tell what became of it."""
        if self.announced is not None and day < self.announced:
            return False
        last = self.last_day or self.announced
        return last is None or days_between(last, day) <= _LONG

    def is_due(self, day: str) -> bool:
        """Whether the day is near that by which it is to be done, or before it."""
        return self.last_day is not None and days_between(self.last_day, day) <= _SHORTLY


def days_between(one: str, other: str) -> int:
    """Days from one day to another, ISO 8601; under zero where the other is earlier."""
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def shared_number(result: Result, promise: Promise) -> float:
    """How telling a number is that both tell of the same things: 2 for many or for money, 1 for a few, 0 for none."""
    for value, counted in sorted(result.numbers, reverse=True):
        for other, noun in sorted(promise.numbers):
            if value == other and (counted == noun or ((not counted or not noun) and value > FEW_THINGS)):
                return 2.0 if value > FEW_THINGS else 1.0
    return 0.0


def is_the_day(due: Date, told: Date) -> bool:
    """Whether a day is told, and is the last by which it was to be done."""
    return len(told.value) >= len("2005-01-01") and told.latest is not None and told.latest == due.latest


def is_later(result: Result, promise: Promise) -> bool:
    """Whether a day is told that is after all by which it was to be done."""
    last = promise.last_day
    return last is not None and any((time.earliest or "") > last for time in result.own)
