"""The wrapping of a report: header lines, headline, byline, dateline; and where the story itself begins.

The top of a text is read line by line. Each line is shown to the steps of `_STEPS` in turn; the first that knows it
notes what it says and moves on, and the first line that nobody knows begins the story. Only the first lines are
looked at, so the cost does not grow with the report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.model import Dateline, DeclaredDate
from onrecord.read.credits import byline, label, notice, post
from onrecord.read.dateline import opening_at
from onrecord.read.headers import date_ahead, date_line, header, stamp
from onrecord.read.headline import given_title, headline, is_headline, issuer
from onrecord.read.top import FENCE, Top, passed
from onrecord.spans import Span

_MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What the top of a report says: `dates` in the order found, `body` where the running text begins."""

    title: str | None
    publisher: str | None
    byline: Span | None
    dateline: Dateline | None
    dates: tuple[DeclaredDate, ...]
    body: int


_Step = Callable[[Top, Span], bool]


def wrapping(text: str, title: str | None = None) -> Wrapping:
    """Reads the top of `text`. `title` is the headline if it is known from elsewhere."""
    top = Top(text, 0, " ".join(title.split()) if title else None)
    top.skip_space()
    for _ in range(_MOST_LINES):
        if top.at >= len(text) or top.settled or not _one_step(top):
            break
        top.skip_space()
    if top.at >= len(text):  # all of it looked like wrapping: then it is the story
        return Wrapping(title or top.title, top.publisher or top.agency, top.byline, None, _dates(top), 0)
    return Wrapping(title or top.title, top.publisher or top.agency, top.byline, top.dateline, _dates(top), top.at)


def _one_step(top: Top) -> bool:
    line = top.line()
    return any(step(top, line) for step in _STEPS)


def _dates(top: Top) -> tuple[DeclaredDate, ...]:
    return (*top.dates, *top.changed)


def _fence(top: Top, line: Span) -> bool:
    """A line of dashes, as around the front matter of Markdown."""
    return passed(top, line) if FENCE.fullmatch(line.of(top.text).rstrip()) else False


def _dateline(top: Top, line: Span) -> bool:
    opening = opening_at(top.text, top.at)
    if opening is None or opening.body >= len(top.text):
        return False
    if is_headline(top, line) and opening.dateline.agency is None and opening.declared is None:
        return False  # `IRAQ - Troops to go home` over a story is a headline
    if top.dateline is not None:
        return False
    top.dateline, top.at = opening.dateline, opening.body
    top.settled = top.headed or not opening.alone
    top.agency = opening.dateline.agency or top.agency
    top.dates.extend([opening.declared] if opening.declared else [])
    return True


_STEPS: tuple[_Step, ...] = (
    _fence,
    given_title,
    header,
    date_line,
    date_ahead,
    stamp,
    byline,
    post,
    label,
    issuer,
    notice,
    _dateline,
    headline,
)
