"""The timeline in lanes: what happened, what is to come, when it was reported; uncertain dates as wide as they are."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.export.brief.choose import room
from onrecord.export.brief.course import told_entry, weightiest
from onrecord.export.brief.days import first_day, human, last_day
from onrecord.export.brief.document import Item, Line
from onrecord.web.axis import Axis, days_in
from onrecord.web.book import Book

_MORE = 1.5
_APART = 4.2
_EDGE = 96.0
"""Percent of the width beyond which a letter stands before its mark."""
"""Percent of the width between two letters of one level."""
_LEVEL, _PAD = 24, 34


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on its day, or on the stretch of days it may be of."""

    key: str
    left: float
    right: float
    y: int
    line: Line | None
    event: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """Marks of one kind, one above the other where they would touch."""

    name: str
    top: int
    height: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The timeline of a page."""

    axis: Axis
    lanes: tuple[Lane, ...]
    height: int
    every: int
    chosen: int
    now: float | None


def lanes(book: Book) -> Lanes | None:
    """The weightiest entries of the timeline in lanes, and the reports below; None if nothing is dated."""
    ranked = weightiest(book)
    most = round(room(len(book.reports))["timeline"] * _MORE)
    chosen = sorted(_each_once(ranked)[:most], key=lambda one: (first_day(one["date"]), last_day(one["date"])))
    axis = _axis(chosen, book)
    if axis is None or not chosen:
        return None
    events = {event["id"]: event for event in book.record["events"]}
    keys = dict(zip((id(one) for one in chosen), _keys(len(chosen)), strict=True))
    now = book.last_known or ""
    past = [one for one in chosen if not _is_ahead(one, events, now)]
    ahead = [one for one in chosen if _is_ahead(one, events, now)]
    made: list[Lane] = []
    top = 26
    for name, entries in (("Happened", past), ("To come", ahead)):
        marks = [
            _mark(one, keys[id(one)], axis, Line(human(one["date"]), tuple(told_entry(one, events, book))))
            for one in entries
        ]
        if marks:
            made.append(_stacked(name, marks, top))
            top += made[-1].height + 8
    made.append(_reports(book, axis, top))
    height = top + made[-1].height + 4
    return Lanes(axis, tuple(made), height, len(ranked), len(chosen), axis.at(now) if now else None)


def _each_once(ranked: Sequence[Item]) -> list[Item]:
    """Of entries under the same words the weightiest: a sentence with two dates is drawn once."""
    once: dict[str, Item] = {}
    for entry in ranked:
        once.setdefault(entry["headline"], entry)
    return list(once.values())


def _is_ahead(entry: Item, events: Mapping[str, Item], now: str) -> bool:
    """Whether it lies after the last day known; a stretch around that day does if it is only planned."""
    event = events.get(entry["events"][0]) if entry["events"] else None
    is_planned = event is not None and event["factuality"] != "asserted"
    return bool(now) and (first_day(entry["date"]) > now or (is_planned and last_day(entry["date"]) > now))


def _axis(chosen: Sequence[Item], book: Book) -> Axis | None:
    reports = days_in(one["date"]["earliest"] for one in book.reports)
    dated = days_in(one["date"][end] for one in chosen for end in ("earliest", "latest"))
    recent = reports[len(reports) // 20] if reports else None  # one report far off must not stretch the axis
    days = sorted([*(day for day in reports if recent and day >= recent), *dated])
    if not days:
        return None
    recent = recent or days[0]
    inside = [day for day in days if day.year >= recent.year - 1]
    return Axis.broken(days[0], inside[0], days[-1])


def _keys(number: int) -> list[str]:
    letters = string.ascii_lowercase
    return [letters[n] if n < 26 else f"{letters[n // 26 - 1]}{letters[n % 26]}" for n in range(number)]


def _mark(entry: Item, key: str, axis: Axis, line: Line) -> Mark:
    event = entry["events"][0] if entry["events"] else None
    left, right = axis.at(first_day(entry["date"])), axis.after(last_day(entry["date"]))
    return Mark(key, left, max(right, left + 0.3), 0, line, event, human(entry["date"]))


def _stacked(name: str, marks: Sequence[Mark], top: int) -> Lane:
    """Each mark on the first level on which it touches none before it."""
    ends: list[float] = []
    placed = []
    for one in marks:
        before, after = (_APART, 0.4) if one.right > _EDGE else (0.0, _APART)
        level = next((n for n, end in enumerate(ends) if one.left - before >= end), len(ends))
        ends[level : level + 1] = [one.right + after]
        placed.append(Mark(one.key, one.left, one.right, top + 18 + level * _LEVEL, one.line, one.event, one.label))
    return Lane(name, top, _PAD + 10 + (len(ends) - 1) * _LEVEL + 12, tuple(placed))


def _reports(book: Book, axis: Axis, top: int) -> Lane:
    marks = [
        Mark("", axis.at(first_day(one["date"])), axis.after(last_day(one["date"])), top + 16, None, one["id"], "")
        for one in book.reports
        if first_day(one["date"]) < "9999" and axis.holds(first_day(one["date"]))
    ]
    return Lane("Reported", top, 50, tuple(marks))
