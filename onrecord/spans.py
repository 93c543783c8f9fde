"""Spans: half-open pairs of code-point offsets into the one immutable text of a report."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` up to, not including, `end`. An empty span has no constructor."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The words of `text` at this span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """The words of one report at one span: what every claim opens on.

    Made by `Report.passage`, which copies the words from the report's text; so a passage is verbatim.
    """

    report: str
    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def trimmed(text: str, start: int, end: int, also: str = "") -> Span | None:
    """The span without white space (and characters of `also`) at its ends, or None if nothing is left."""
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return Span(start, end) if start < end else None


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap joined."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


class Offsets:
    """Offsets of one text, code points to UTF-16 units and back (JavaScript counts the latter)."""

    def __init__(self, text: str) -> None:
        self._wide = [i for i, char in enumerate(text) if ord(char) > 0xFFFF]
        self._units = [i + k for k, i in enumerate(self._wide)]

    def to_utf16(self, offset: int) -> int:
        """UTF-16 units before code point `offset`."""
        return offset + bisect_right(self._wide, offset - 1)

    def from_utf16(self, units: int) -> int:
        """Code points before UTF-16 unit `units`; the middle of a pair counts as its start."""
        begun = bisect_right(self._units, units - 1)
        inside = begun > 0 and self._units[begun - 1] == units - 1
        return self._wide[begun - 1] if inside else units - begun


class Located(Generic[Thing]):
    """Things at their spans, found again by place in time that does not grow with the text."""

    _WIDTH = 1024

    def __init__(self, things: Iterable[tuple[Span, Thing]] = ()) -> None:
        self._places: dict[int, list[tuple[Span, Thing]]] = {}
        for span, thing in things:
            self.add(span, thing)

    def add(self, span: Span, thing: Thing) -> None:
        """Put `thing` at `span`."""
        for place in range(span.start // self._WIDTH, (span.end - 1) // self._WIDTH + 1):
            self._places.setdefault(place, []).append((span, thing))

    def touching(self, span: Span) -> list[tuple[Span, Thing]]:
        """All that shares a code point with `span`, each once, in the order in which it was added."""
        first, last = span.start // self._WIDTH, (span.end - 1) // self._WIDTH
        found = []
        for place in range(first, last + 1):
            for own, thing in self._places.get(place, ()):
                if own.overlaps(span) and max(first, own.start // self._WIDTH) == place:
                    found.append((own, thing))
        return found


def covering(spans: Sequence[Span]) -> Span:
    """The shortest span that contains all of `spans`."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))
