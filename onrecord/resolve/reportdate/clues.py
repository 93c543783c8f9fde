"""Clues: what a passage has against a report's having been written on a day, as a cost in nats.

A clue that does not speak against a day costs nothing. Costs add up, as the logarithms of likelihoods do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from onrecord.spans import Span


class Clue(Protocol):
    """What one passage, or several together, say of the day a report was written."""

    @property
    def because(self) -> tuple[Span, ...]:
        """The words that say so."""

    @property
    def says(self) -> str:
        """The same as the end of a sentence that begins with 'the report'."""

    @property
    def checks(self) -> bool:
        """Whether it may be held against a declared date; otherwise it only helps to estimate one."""

    def cost(self, first: date, last: date) -> float:
        """The least cost of a day from `first` to `last`."""


@dataclass(frozen=True, slots=True)
class Between:
    """The report is not from before `earliest` nor from after `latest`; None is open. `slack` days are forgiven."""

    because: tuple[Span, ...]
    says: str
    weight: float
    earliest: date | None = None
    latest: date | None = None
    slack: int = 0
    checks: bool = True

    def cost(self, first: date, last: date) -> float:
        early = self.earliest is not None and (self.earliest - last).days > self.slack
        late = self.latest is not None and (first - self.latest).days > self.slack
        return self.weight if early or late else 0.0


@dataclass(frozen=True, slots=True)
class InYear:
    """Each year has its cost; those not listed cost `beyond`."""

    because: tuple[Span, ...]
    says: str
    costs: Mapping[int, float]
    beyond: float
    checks: bool = False

    def cost(self, first: date, last: date) -> float:
        return min(self.costs.get(year, self.beyond) for year in range(first.year, last.year + 1))


@dataclass(frozen=True, slots=True)
class OnWeekday:
    """Each weekday, Monday first, has its cost."""

    because: tuple[Span, ...]
    says: str
    costs: Sequence[float]
    checks: bool = True

    def cost(self, first: date, last: date) -> float:
        days = min((last - first).days, 6) + 1
        return min(self.costs[(first.weekday() + step) % 7] for step in range(days))


@dataclass(frozen=True, slots=True)
class DayOnWeekday:
    """The day of that name nearest to the report falls on `weekday` (1 to 7)."""

    because: tuple[Span, ...]
    says: str
    weight: float
    month: int
    day: int
    weekday: int
    checks: bool = True

    def cost(self, first: date, last: date) -> float:
        middle = first + (last - first) // 2
        days = [day for year in (middle.year - 1, middle.year, middle.year + 1) if (day := self._in(year))]
        nearest = min(days, key=lambda day: abs(day - middle), default=None)
        fits = nearest is None or nearest.isoweekday() == self.weekday
        return 0.0 if fits else self.weight

    def _in(self, year: int) -> date | None:
        return real_day(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class OnDayOfYear:
    """The report is of a day of the year."""

    because: tuple[Span, ...]
    says: str
    weight: float
    month: int
    day: int
    checks: bool = False

    def cost(self, first: date, last: date) -> float:
        days = (real_day(year, self.month, self.day) for year in range(first.year, last.year + 1))
        return 0.0 if any(day and first <= day <= last for day in days) else self.weight


@dataclass(frozen=True, slots=True)
class WeekdayOfDay:
    """A day of the year lies 0 to 6 days after a `weekday` (1 to 7): for each number of days there is a cost."""

    because: tuple[Span, ...]
    says: str
    costs: Sequence[float]
    month: int
    day: int
    weekday: int
    checks: bool = False

    def cost(self, first: date, last: date) -> float:
        days = [day for year in range(first.year, last.year + 1) if (day := real_day(year, self.month, self.day))]
        return min((self.costs[(day.isoweekday() - self.weekday) % 7] for day in days), default=max(self.costs))


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def total(clues: Sequence[Clue], first: date, last: date) -> float:
    """What all clues together have against the days from `first` to `last`."""
    return sum(clue.cost(first, last) for clue in clues)


def moved(day: date, years: int) -> date | None:
    """The same day so many years later, 28 February for 29; None where the calendar ends."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        if day.month == 2 and day.day == 29:
            return moved(day - timedelta(days=1), years)
        return None


@dataclass(frozen=True, slots=True)
class EverySoManyYears:
    """The report is from a year that leaves `remainder` when divided by `every`."""

    because: tuple[Span, ...]
    says: str
    weight: float
    every: int
    remainder: int
    checks: bool = False

    def cost(self, first: date, last: date) -> float:
        years = range(first.year, min(last.year, first.year + self.every) + 1)
        return 0.0 if any(year % self.every == self.remainder for year in years) else self.weight
