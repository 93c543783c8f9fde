"""The top of a report while it is read: how far, and what was found on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onrecord.model import Dateline, DeclaredDate
from onrecord.spans import Span

FENCE = re.compile(r"(?:-{3,}+|={3,}+|\*{3,}+|_{3,}+|\+{3,}+)[ \t]*+\Z")
"""A line of dashes."""
_LONGEST_LINE = 400


@dataclass(slots=True)
class Top:
    """The state of reading: `at` is the offset reached, the rest is what was found on the way.

    `released` is set right after a line like `PRESS RELEASE`, `settled` once nothing but the story can follow.
    """

    text: str
    at: int
    given: str | None
    title: str | None = None
    publisher: str | None = None
    agency: str | None = None
    byline: Span | None = None
    dateline: Dateline | None = None
    dates: list[DeclaredDate] = field(default_factory=list)
    changed: list[DeclaredDate] = field(default_factory=list)
    headed: bool = False
    released: bool = False
    settled: bool = False

    def skip_space(self) -> None:
        text, at = self.text, self.at
        while at < len(text) and (text[at].isspace() or text[at] == "\ufeff"):
            at += 1
        self.at = at

    def line(self) -> Span:
        """The line at `at`, cut at 400 characters: no line of a wrapping is longer."""
        limit = min(len(self.text), self.at + _LONGEST_LINE)
        ends = [end for end in (self.text.find(mark, self.at, limit) for mark in "\n\r") if end >= 0]
        return Span(self.at, max(min(ends, default=limit), self.at + 1))


def passed(top: Top, line: Span) -> bool:
    """Moves on behind the line, which is thereby known."""
    top.at = line.end
    return True
