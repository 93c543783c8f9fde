"""The front page: the story as the record tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from starlette.responses import Response

from onrecord.export.brief.became import cause
from onrecord.export.brief.choose import room as space
from onrecord.export.brief.days import first_day
from onrecord.export.brief.document import Item, Line, Run, soft
from onrecord.export.brief.reading import clipped
from onrecord.export.brief.sides import move_line
from onrecord.web.book import Book
from onrecord.web.pages import Asked, Context, rendered
from onrecord.web.places import located
from onrecord.web.room import Room
from onrecord.web.story.disagreements import disagreements
from onrecord.web.story.lanes import lanes
from onrecord.web.story.measures import measures
from onrecord.web.story.promises import promises
from onrecord.web.story.stands import sides

_MOVES, _LATEST = 4, 8
_WORDS = 160
_BASES = ("named", "role", "anonymous", "document", "report")
_laid_out: WeakKeyDictionary[Book, Context] = WeakKeyDictionary()
"""What does not depend on the issue asked for, kept as long as the record."""


def story(asked: Asked) -> Response:
    """The story, with the positions on the issue asked for."""
    book = asked.book()
    return rendered(asked, "story.html", book, sides=sides(book, asked.query.get("issue")), **_parts(book))


def prepare(room: Room) -> None:
    """Lays the front page out, so that the first visitor does not wait for it."""
    _parts(room.book())


def _parts(book: Book) -> Context:
    if book not in _laid_out:
        limits = space(len(book.reports))
        conflicts, every = disagreements(book, limits["disputes"])
        _laid_out[book] = {
            "document": book.document,
            "sections": {section.key: section for section in book.document.sections},
            "moves": list(_moves(book))[:_MOVES],
            "promises": promises(book),
            "lanes": lanes(book),
            "measures": measures(book),
            "conflicts": conflicts,
            "conflicts_in_all": every,
            "sources": _sources(book),
            "map": located(book),
            "latest": list(reversed(book.reports))[:_LATEST],
        }
    return _laid_out[book]


def _moves(book: Book) -> Iterator[tuple[Item, str, Line]]:
    """What changed, the latest first: the change, the date of its report, and the line that tells it."""
    changes = sorted(book.record["changes"], key=lambda one: _day(one, book), reverse=True)
    for change in changes:
        passage = change["evidence"][-1]
        line = move_line(change, book)
        if change["kind"] == "deadline":
            line = _deadline(change, book)
        yield change, book.when(passage["report"]), line


def _deadline(change: Item, book: Book) -> Line:
    """A date that somebody moves, or asks to move: the words, who tells them, and the cause if one is told."""
    passage = change["evidence"][-1]
    words = Run(clipped(passage["text"], _WORDS), "verbatim")
    told = book.told(book.teller_of(passage))
    return Line("moved", (words, book.evidence(change["evidence"]), soft("·"), *told, *cause(change, book)))


def _day(change: Item, book: Book) -> str:
    return first_day(book.report[change["evidence"][-1]["report"]]["date"]).replace("9999", "")


def _sources(book: Book) -> list[tuple[str, int, float, float]]:
    """By basis: how many statements, and where their share begins and how wide it is, in percent."""
    count = Counter(one["source"]["basis"] for one in book.attributed)
    whole, at = max(1, sum(count.values())), 0.0
    out = []
    for basis in _BASES:
        if count[basis]:
            width = 100 * count[basis] / whole
            out.append((basis, count[basis], round(at, 2), round(width, 2)))
            at += width
    return out
