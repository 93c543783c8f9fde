"""Commitments as bars on a time axis: from when they were told to when they are due, moved deadlines as moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.export.brief.choose import room
from onrecord.export.brief.days import first_day, human, last_day
from onrecord.export.brief.document import Item, Line
from onrecord.export.brief.promised import commitment_line, ranked_commitments, standing_date
from onrecord.web.axis import Axis, days_in
from onrecord.web.book import Book

_MORE = 1.6
"""A page holds so many times the commitments of a brief."""
_AHEAD = 4
"""Years after the last report that are drawn at most."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One commitment drawn; places are percent of the axis, None where there is no such thing.

    Attributes:
        told: where it was first told.
        due: the range in which it falls due, of the date that stands.
        old: deadlines that no longer stand.
        starts: the range before which it does not begin.
        kind: `firm`, `possible` or `asked`, by how binding it is.
        moves: where somebody moves the deadline, or asks to, without a new date.
    """

    told: float
    due: tuple[float, float] | None
    old: tuple[float, ...]
    starts: tuple[float, float] | None
    kind: str
    moves: tuple[float, ...]
    beyond: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment: what the brief tells of it, and how it is drawn."""

    id: str
    line: Line
    bar: Bar
    due: str
    description: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Promises:
    """The commitments of a page, on one axis."""

    axis: Axis
    rows: tuple[Promise, ...]
    every: int
    now: float | None


def promises(book: Book) -> Promises | None:
    """The commitments that matter most, by deadline; None if there are none that can be drawn."""
    every = ranked_commitments(book)
    most = round(room(len(book.reports))["agreed"] * _MORE)
    chosen = sorted(every[:most], key=lambda mentions: first_day(standing_date(mentions, book)))
    axis = _axis(chosen, book)
    if axis is None or not chosen:
        return None
    rows = tuple(_promise(mentions, axis, book) for mentions in chosen)
    return Promises(axis, rows, len(every), axis.at(book.last_known) if book.last_known else None)


def _axis(chosen: Sequence[Sequence[Item]], book: Book) -> Axis | None:
    told = days_in(book.report[one["report"]]["date"]["earliest"] for mentions in chosen for one in mentions)
    if not told:
        return None
    dues = days_in(when[end] for when in _dates(chosen) for end in ("earliest", "latest"))
    last = max([told[-1], *days_in([book.last_known])])
    limit = date(min(last.year + _AHEAD, 9998), last.month, 1)
    first = max(min([*dues, told[0]]), told[0] - timedelta(days=366))
    end = max([day for day in dues if day <= limit] + [last + timedelta(days=60)])
    return Axis.over(first, end)


def _dates(chosen: Sequence[Sequence[Item]]) -> Iterator[Item]:
    for mentions in chosen:
        for one in mentions:
            yield from (when for when in (one["due"], one["not_before"]) if when)


def _promise(mentions: Sequence[Item], axis: Axis, book: Book) -> Promise:
    when = standing_date(mentions, book)
    due = when if any(one["due"] is when for one in mentions) else None
    line = commitment_line(mentions, book)
    bar = _bar(mentions, when, due, axis, book)
    passed = bool(when and book.last_known and last_day(when) < book.last_known)
    words = human(when) if when else ""
    return Promise(mentions[0]["id"], line, bar, words, _described(line.lead, bar, passed), passed)


def _bar(mentions: Sequence[Item], when: Item | None, due: Item | None, axis: Axis, book: Book) -> Bar:
    told = min((first_day(book.report[one["report"]]["date"]) for one in mentions), default="9999")
    start = axis.at(told) if told < "9999" else 0.0
    others = {last_day(one["due"]) for one in mentions if one["due"] and last_day(one["due"]) != last_day(when)}
    old = tuple(sorted(axis.after(day) for day in others if day < "9999" and axis.holds(day)))
    starts = _range(when, axis) if due is None else None
    beyond = due is not None and not axis.holds(last_day(due))
    strengths = {one["strength"] for one in mentions}
    kind = "firm" if strengths & {"agreed", "pledged", "planned"} else "asked" if "requested" in strengths else "maybe"
    return Bar(start, _range(due, axis), _moved_from(old, mentions, book), starts, kind, _moves(mentions, axis), beyond)


def _range(when: Item | None, axis: Axis) -> tuple[float, float] | None:
    if when is None or first_day(when) == "9999":
        return None
    return axis.at(first_day(when)), axis.after(last_day(when))


def _moved_from(old: tuple[float, ...], mentions: Sequence[Item], book: Book) -> tuple[float, ...]:
    """Other dates count as moved only where a change of the record says so."""
    ids = {one["id"] for one in mentions}
    moved = any(
        change["kind"] == "deadline" and change["before"] in ids and change["after"] in ids
        for change in book.record["changes"]
    )
    return old if moved else ()


def _moves(mentions: Sequence[Item], axis: Axis) -> tuple[float, ...]:
    """Where a delay or a dispute was told."""
    steps = [step for one in mentions for step in one["history"] if step["status"] in ("delayed", "contested")]
    return tuple(sorted({axis.at(first_day(step["as_of"])) for step in steps if first_day(step["as_of"]) < "9999"}))


def _described(lead: str, bar: Bar, passed: bool) -> str:
    """The bar in words."""
    parts = [f"Due {lead}" if lead != "no date" else "No date given"]
    if bar.old:
        parts.append("the deadline was moved")
    if bar.moves:
        parts.append("a delay or a dispute was reported")
    if passed:
        parts.append("the date has passed")
    return "; ".join(parts) + "."
