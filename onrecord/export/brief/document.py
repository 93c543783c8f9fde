"""What a brief is made of, before it is written as Markdown or HTML: sections of lines, each resting on passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Item = Mapping[str, Any]
"""An object of the public record."""

MARKS = {"named": "●", "role": "○", "anonymous": "◌", "document": "▤", "report": "□"}
"""How the source is known, as a shape."""

BASES = {
    "named": "named",
    "role": "known by role or as a group",
    "anonymous": "anonymous, the name withheld",
    "document": "a document",
    "report": "the report’s own words",
}

Style = Literal["plain", "strong", "quote", "verbatim", "soft", "source"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a line.

    Attributes:
        style: `quote` for words that a report itself quotes, `verbatim` for a report's own wording, `source` for who
            says so, `soft` for what the brief adds.
        basis: how a source is known; it is shown as a shape before the words.
    """

    text: str
    style: Style = "plain"
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passages that the words before it rest on; never empty."""

    passages: tuple[Item, ...]

    def __post_init__(self) -> None:
        if not self.passages:
            raise ValueError("evidence without a passage")


Piece = Run | Evidence


@dataclass(frozen=True, slots=True)
class Line:
    """One thing told: what it is filed under (a date, a value, a name), the words with their evidence, and details."""

    lead: str
    pieces: tuple[Piece, ...]
    under: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading of their own, or under none."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the brief.

    Attributes:
        key: its name in links.
        note: one line that says what is in it and what was left out.
    """

    key: str
    title: str
    groups: tuple[Group, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A brief: its title, what is known of the record as a whole, the opening paragraph and the sections."""

    title: str
    known: tuple[str, ...]
    opening: tuple[Piece, ...]
    sections: tuple[Section, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    """Of each report the short name that evidence bears: `r1`."""


def section(key: str, title: str, groups: Iterable[Group], note: str = "") -> Iterator[Section]:
    """The section, if anything is in it."""
    filled = tuple(group for group in groups if group.lines)
    if filled:
        yield Section(key, title, filled, note)


def spaced(pieces: Sequence[Piece]) -> Iterator[tuple[str, Piece]]:
    """Each piece with what parts it from the one before: nothing before punctuation, a blank otherwise."""
    for number, piece in enumerate(pieces):
        follows = isinstance(piece, Run) and piece.text.startswith((",", ".", ";", ":", "?", "!", ")"))
        yield ("" if number == 0 or follows else " "), piece


def soft(text: str) -> Run:
    """What the brief adds."""
    return Run(text, "soft")


def strong(text: str) -> Run:
    """What a reader looks for in the line."""
    return Run(text, "strong")


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 report`, `1,200 reports`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def capital(words: str) -> str:
    """The words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]
