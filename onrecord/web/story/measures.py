"""Figures as small charts: the values of one measure from zero on, with their bounds, the newest filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.export.brief.choose import room
from onrecord.export.brief.document import Item, Line
from onrecord.export.brief.numbers import heaviest, measures_of, told_when, value_line, value_of
from onrecord.export.brief.reading import clipped, grouped
from onrecord.web.book import Book

_VALUES = 3
_ALIKE = 20
"""Values so many times apart hardly count the same thing: no bars are drawn to compare them."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: as the brief tells it, and where it lies between zero and the largest of its measure, in percent."""

    id: str
    line: Line
    words: str
    x: float
    low: float
    high: float
    bound: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, with its values, the latest first."""

    title: str
    values: tuple[Value, ...]
    more: int
    comparable: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures of a page."""

    shown: tuple[Measure, ...]
    every: int


def measures(book: Book) -> Measures | None:
    """The measures that weigh most; None if the record has none worth a line."""
    every = measures_of(book)
    chosen = heaviest(every, room(len(book.reports))["figures"])
    return Measures(tuple(_told(told, book) for told in chosen), len(every)) if chosen else None


def _told(told: Sequence[Item], book: Book) -> Measure:
    same = list(grouped(told, lambda one: f"{value_of(one)}|{book.day(one['date'])}|{one['state']}").values())
    same.sort(key=lambda group: told_when(group[0], book), reverse=True)
    shown = same[:_VALUES]
    largest = max((abs(one["high"] or one["value"]) for group in shown for one in group), default=1) or 1
    values = tuple(_drawn(group, largest, book) for group in shown)
    figure = told[0]
    scope = book.actor_name(figure["of"]) or (
        book.place[figure["place"]]["name"] if figure["place"] in book.place else ""
    )
    title = clipped(figure["counted"]["text"], 60)
    return Measure(
        title if not scope or scope in title else f"{title}, {scope}",
        values,
        len(same) - len(shown),
        _comparable(shown),
    )


def _comparable(shown: Sequence[Sequence[Item]]) -> bool:
    """Whether several values may be of one thing."""
    sizes = [abs(group[0]["value"]) for group in shown]
    return len(sizes) > 1 and min(sizes) > 0 and max(sizes) / min(sizes) <= _ALIKE


def _drawn(group: Sequence[Item], largest: float, book: Book) -> Value:
    one = group[0]
    scale = 64 / largest
    low, high = one["low"], one["high"]
    x = round(abs(one["value"]) * scale, 2)
    return Value(
        one["id"],
        value_line(group, book),
        value_of(one),
        x,
        round(abs(low if low is not None else one["value"]) * scale, 2),
        round(abs(high if high is not None else one["value"]) * scale, 2),
        one["bound"],
    )
