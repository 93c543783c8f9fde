"""Lists to choose from: statements with filters and pages, actors, conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from starlette.responses import Response

from onrecord.export.brief.days import human, last_day
from onrecord.export.brief.document import Item
from onrecord.export.brief.opening import principal_actors
from onrecord.web.book import Book
from onrecord.web.pages import Asked, rendered
from onrecord.web.story.disagreements import LABELS, disagreement

_PAGE = 50
_MOST_ACTORS = 200
_Thing = TypeVar("_Thing")
Filter = Callable[[Item, str, Book], bool]


def _says(one: Item, asked: str, book: Book) -> bool:
    words = " ".join(span["text"] for span in one["content"]).lower()
    return all(word in words for word in asked.lower().split())


def _since(one: Item, asked: str, book: Book) -> bool:
    date = book.report[one["report"]]["date"]
    return bool(date["latest"]) and last_day(date) >= asked


def _until(one: Item, asked: str, book: Book) -> bool:
    date = book.report[one["report"]]["date"]
    return bool(date["earliest"]) and date["earliest"] <= asked + "~"


def _on_issue(one: Item, asked: str, book: Book) -> bool:
    return any(name == "positions" and claim["issue"] == asked for name, claim in book.claims_of.get(one["id"], []))


FILTERS: Mapping[str, Filter] = {
    "words": _says,
    "actor": lambda one, asked, _: one["source"]["actor"] == asked,
    "basis": lambda one, asked, _: one["source"]["basis"] == asked,
    "attitude": lambda one, asked, _: one["attitude"] == asked,
    "report": lambda one, asked, _: one["report"] == asked,
    "issue": _on_issue,
    "since": _since,
    "until": _until,
}
"""What statements can be chosen by, as it stands in the address."""


def statements(asked: Asked) -> Response:
    """Statements by date of their report, those that meet all filters."""
    book = asked.book()
    every = sorted(book.attributed, key=lambda one: (book.order[one["report"]], one["evidence"][0]["start"]))
    found = [one for one in every if _meets(one, asked, book)]
    page, pages, shown = paged(found, asked)
    return rendered(
        asked,
        "statements.html",
        book,
        shown=shown,
        found=len(found),
        every=len(every),
        page=page,
        pages=pages,
        cite=citation,
        actors=_choices(every, lambda one: one["source"]["actor"], book),
        issues=_issues(book),
        bases=Counter(one["source"]["basis"] for one in every),
        attitudes=Counter(one["attitude"] for one in every),
    )


def _meets(one: Item, asked: Asked, book: Book) -> bool:
    return all(meets(one, asked.query[name], book) for name, meets in FILTERS.items() if asked.query.get(name))


def _choices(every: Sequence[Item], key: Callable[[Item], str], book: Book) -> list[tuple[str, str, int]]:
    count = Counter(key(one) for one in every if key(one) in book.actor)
    return [(one, book.actor_name(one), number) for one, number in count.most_common(_MOST_ACTORS)]


def _issues(book: Book) -> list[tuple[str, str, int]]:
    """What positions are told on: id, words, how many of them."""
    count = Counter(one["issue"] for one in book.record["positions"])
    labels = {issue["id"]: issue["label"] for issue in book.record["issues"]}
    return [(one, labels[one], number) for one, number in count.most_common(_MOST_ACTORS) if one in labels]


def paged(found: Sequence[_Thing], asked: Asked) -> tuple[int, int, Sequence[_Thing]]:
    """The page asked for, how many there are, and what is on it."""
    pages = max(1, -(-len(found) // _PAGE))
    words = asked.query.get("page", "1")
    page = min(max(1, int(words)), pages) if words.isascii() and words.isdigit() and len(words) < 9 else 1
    return page, pages, found[(page - 1) * _PAGE : page * _PAGE]


def citation(one: Item, book: Book) -> str:
    """A statement as it is cited: quotation, source, report, date, place of the words."""
    words = " … ".join(" ".join(span["text"].split()) for span in one["content"])
    report = book.report[one["report"]]
    places = ", ".join(f"{span['start']}–{span['end']}" for span in one["content"])
    publisher = f"{report['publisher']}, " if report["publisher"] else ""
    date = human(report["date"]) or "no date"
    source = book.source_name(one)
    return f"“{words.strip('“”')}” — {source}. {publisher}“{book.title(one['report'])}”, {date}, characters {places}."


def actors(asked: Asked) -> Response:
    """Who is named, by how many origins."""
    book = asked.book()
    rows = [
        (actor, len(told), book.origins(told), len(book.said_by.get(actor["id"], [])))
        for actor, told in principal_actors(book)
    ]
    known = {actor["id"] for actor, *_ in rows}
    rows += [
        (book.actor[one], 0, 0, len(said))
        for one, said in book.said_by.items()
        if one in book.actor
        if one not in known
    ]
    page, pages, shown = paged(rows, asked)
    return rendered(asked, "actors.html", book, shown=shown, every=len(rows), page=page, pages=pages)


def conflicts(asked: Asked) -> Response:
    """All that does not fit, the disputed first."""
    book = asked.book()
    order = list(LABELS)
    every = sorted(
        book.record["conflicts"], key=lambda one: (order.index(one["label"]), -book.origins(one["evidence"]))
    )
    page, pages, shown = paged(every, asked)
    laid_out = [disagreement(one, book) for one in shown]
    return rendered(asked, "conflicts.html", book, shown=laid_out, every=len(every), page=page, pages=pages)
