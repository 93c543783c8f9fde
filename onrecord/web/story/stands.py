"""Positions as a strip per actor: a mark stands where a report places the position, and nothing where nobody spoke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.export.brief.choose import ISSUE, room, weigh
from onrecord.export.brief.days import first_day
from onrecord.export.brief.document import Item, Line, capital
from onrecord.export.brief.reading import clipped, grouped
from onrecord.export.brief.sides import STANCES, _holder, _shown
from onrecord.web.axis import Axis, days_in
from onrecord.web.book import Book

_LABEL = 90
_ROWS = 3


@dataclass(frozen=True, slots=True)
class Stand:
    """A position told: where it is drawn, and from when to when it is told to be held."""

    stance: str
    x: float | None
    held: tuple[float, float] | None
    day: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """An actor's positions on one issue."""

    actor: str
    name: str
    lines: tuple[Line, ...]
    stands: tuple[Stand, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Question:
    """An issue that can be asked for."""

    id: str
    label: str
    positions: int
    actors: int


@dataclass(frozen=True, slots=True)
class Sides:
    """The strips of one issue, and the other issues."""

    axis: Axis | None
    chosen: Question
    questions: tuple[Question, ...]
    strips: tuple[Strip, ...]
    now: float | None


def sides(book: Book, asked: str | None = None) -> Sides | None:
    """Who stands where on the issue asked for, or else on the weightiest one; None if no position is told."""
    by_issue = grouped(book.record["positions"], lambda one: one["issue"])
    labels = {issue["id"]: issue["label"] for issue in book.record["issues"]}
    known = [issue for issue in by_issue if issue in labels]
    known.sort(key=lambda issue: (-weigh(ISSUE, by_issue[issue], book), labels[issue]))
    if not known:
        return None
    issue = asked if asked in known else known[0]
    limits = room(len(book.reports))
    told = _shown(by_issue[issue], book, limits["sides"] * _ROWS)
    shown = known[: limits["issues"] * 2]
    questions = tuple(_question(one, by_issue[one], labels) for one in dict.fromkeys((*shown, issue)))
    axis = _axis(by_issue[issue], book)
    holders = grouped([group[0] for group in told], lambda one: one["actor"])
    groups = {actor: [group for group in told if group[0]["actor"] == actor] for actor in holders}
    strips = tuple(_strip(actor or "", groups[actor], axis, book) for actor in holders)
    now = axis.at(book.last_known) if axis and book.last_known and axis.holds(book.last_known) else None
    return Sides(axis, _question(issue, by_issue[issue], labels), questions, strips, now)


def _question(issue: str | None, told: Sequence[Item], labels: dict[str, str]) -> Question:
    label = clipped(capital(labels[issue or ""]), _LABEL)
    return Question(issue or "", label, len(told), len({one["actor"] for one in told}))


def _axis(told: Sequence[Item], book: Book) -> Axis | None:
    """From the first report that tells a position on the issue to the last."""
    days = days_in(book.report[one["report"]]["date"][end] for one in told for end in ("earliest", "latest"))
    return Axis.over(days[0], days[-1]) if days else None


def _strip(actor: str, told: Sequence[Sequence[Item]], axis: Axis | None, book: Book) -> Strip:
    stands = [_stand(one, axis, book) for group in told for one in group]
    words = ", ".join(dict.fromkeys(f"{STANCES[one.stance][2:]}" for one in stands))
    name = capital(book.actor_name(actor)) or "Holder not known"
    return Strip(actor, name, tuple(_holder(group, book) for group in told), tuple(dict.fromkeys(stands)), words)


def _stand(position: Item, axis: Axis | None, book: Book) -> Stand:
    when = book.report[position["report"]]["date"]
    start, end = position["held"]["from"], position["held"]["to"]
    if axis is None or (first_day(when) == "9999" and not (start or end)):
        return Stand(position["stance"], None, None)
    here = axis.at(min(start or first_day(when), "9998-12-31"))
    held = (axis.at(start) if start else 0.0, axis.at(end)) if end and end != start else None
    return Stand(position["stance"], here, held, book.known_since([position]))
