"""Search over everything: as a page, and as JSON while somebody types."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import JSONResponse, Response

from onrecord.export.brief.document import counted
from onrecord.web.book import Book
from onrecord.web.evidence import plain
from onrecord.web.pages import Asked, rendered

_HIT = re.compile("«([^«»]*+)»")
_LONGEST, _MOST = 200, 40


def results(asked: Asked) -> Response:
    """The page with the box, and what was found."""
    book = asked.book()
    words = asked.query.get("q", "")[:_LONGEST]
    found = _found(asked, book, words)
    return rendered(asked, "search.html", book, words=words, found=found, told=_told(words, found))


def as_json(asked: Asked) -> Response:
    """The same for the page's own script."""
    words = asked.query.get("q", "")[:_LONGEST]
    found = _found(asked, asked.book(), words)
    return JSONResponse({"results": found, "told": _told(words, found)})


def _told(words: str, found: list[dict[str, Any]]) -> str:
    if not words.strip():
        return ""
    return f"{counted(len(found), 'place')}{' or more' if len(found) == _MOST else ''}"


def _found(asked: Asked, book: Book, words: str) -> list[dict[str, Any]]:
    rows = asked.room.search(words, _MOST) if words.strip() else []
    return [_result(row, asked, book) for row in rows if row["report"] is None or row["report"] in book.report]


def _result(row: dict[str, Any], asked: Asked, book: Book) -> dict[str, Any]:
    where = f"{book.title(row['report'])} · {book.when(row['report'])}" if row["report"] else ""
    return {
        "kind": row["kind"],
        "href": asked.link(_address(row["kind"], row["id"], book)),
        "parts": [(plain(part), bool(number % 2)) for number, part in enumerate(_HIT.split(row["snippet"])) if part],
        "where": plain(where),
    }


def _address(kind: str, identifier: str, book: Book) -> str:
    if kind == "place":
        mention = next((one for one in book.record["mentions"] if one["place"] == identifier), None)
        return f"/reports/{mention['report']}#w-{mention['id']}" if mention else "/"
    return f"/{kind}s/{identifier}"
