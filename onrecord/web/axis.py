"""A time axis in percent of its width, with a break where a long past would crowd out the present."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = "Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec".split()
_BREAK_LEFT, _BREAK_RIGHT = 30.0, 34.0
_LONG_AGO = 4
"""A past so many times longer than the time of the reports is drawn on a scale of its own."""
_TICKS = 7


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with what it says."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of days and the share of the width it takes."""

    start: date
    end: date
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Axis:
    """Days drawn from left to right; usually one piece, two where the axis is broken."""

    pieces: tuple[Piece, ...]

    @classmethod
    def over(cls, start: date, end: date) -> Axis:
        """An axis that holds these days with a little room on both sides."""
        room = max(timedelta(days=10), (end - start) / 24)
        return cls((Piece(_moved(start, -room), _moved(end, room), 0.0, 100.0),))

    @classmethod
    def broken(cls, start: date, turn: date, end: date) -> Axis:
        """An axis with days before `turn` on a scale of their own, if they are many more than those after it."""
        if (turn - start).days < _LONG_AGO * max(60, (end - turn).days):
            return cls.over(start, end)
        room = max(timedelta(days=10), (end - turn) / 24)
        past = Piece(_moved(start, -(turn - start) / 30), turn, 0.0, _BREAK_LEFT)
        return cls((past, Piece(turn, _moved(end, room), _BREAK_RIGHT, 100.0)))

    def at(self, day: date | str) -> float:
        """Where a day lies, in percent; days beyond the ends lie at the ends."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        for piece in self.pieces:
            if day <= piece.end:
                share = (max(day, piece.start) - piece.start).days / max(1, (piece.end - piece.start).days)
                return round(piece.left + share * (piece.right - piece.left), 2)
        return self.pieces[-1].right

    def after(self, day: date | str) -> float:
        """Where a day ends."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        return self.at(_moved(day, timedelta(days=1)))

    def holds(self, day: str) -> bool:
        """Whether a day lies on the axis."""
        return self.pieces[0].start <= date.fromisoformat(day) <= self.pieces[-1].end

    @property
    def gap(self) -> float | None:
        """The middle of the break, if there is one."""
        return (self.pieces[0].right + self.pieces[1].left) / 2 if len(self.pieces) > 1 else None

    def ticks(self) -> list[Tick]:
        """Years or months with their labels, as many as can be read."""
        return [tick for piece in self.pieces for tick in self._ticks_of(piece)]

    def _ticks_of(self, piece: Piece) -> Iterator[Tick]:
        most = max(2, round(_TICKS * (piece.right - piece.left) / 100))
        months = (piece.end.year - piece.start.year) * 12 + piece.end.month - piece.start.month
        step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200) if months / s <= most), 6000)
        for number, day in enumerate(_firsts(piece.start, piece.end, step)):
            month = _MONTHS[day.month - 1] + ("" if number else f" {day.year}")
            yield Tick(self.at(day), str(day.year) if step >= 12 or day.month == 1 else month)


def _firsts(start: date, end: date, step: int) -> Iterable[date]:
    """First days of months, `step` months apart, counted from January."""
    month = start.year * 12 + start.month  # the month after that of `start`, counted from 0
    month += -month % step
    while (day := _first(month)) is not None and day <= end:
        yield day
        month += step


def _first(month: int) -> date | None:
    year, number = divmod(month, 12)
    return date(year, number + 1, 1) if year < 9999 else None


def _moved(day: date, by: timedelta) -> date:
    """A day moved within what the calendar holds."""
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min


def days_in(whens: Iterable[str | None]) -> list[date]:
    """The days named, in order."""
    return sorted(date.fromisoformat(one) for one in whens if one)
