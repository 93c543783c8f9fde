"""What all pages share: the templates, the state in the address, and the answer to what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from onrecord.errors import OnRecordError
from onrecord.export.brief.days import day, human
from onrecord.export.brief.document import BASES, MARKS, capital, counted
from onrecord.export.brief.reading import clipped
from onrecord.story.asof import parse_day
from onrecord.version import VERSION
from onrecord.web.book import Book
from onrecord.web.evidence import SHORT, Notes, loose, plain, run
from onrecord.web.room import Room

Context = dict[str, Any]


@dataclass(slots=True)
class Still:
    """What pages know that are written as files: which passages of each report they point at."""

    passages: dict[str, set[tuple[int, int]]] = field(default_factory=dict)

    def point(self, report: str, passage: str) -> None:
        """Notes that a page points at a passage, `start-end`."""
        start, _, end = passage.partition("-")
        if start.isdigit() and end.isdigit():
            self.passages.setdefault(report, set()).add((int(start), int(end)))


NAV = (
    ("/", "Story"),
    ("/reports", "Reports"),
    ("/actors", "Actors"),
    ("/statements", "Statements"),
    ("/review", "Review"),
    ("/search", "Search"),
    ("/add", "Add"),
)
_LONGEST_WORD = 240
_MONSTER = re.compile(rf"\S{{{_LONGEST_WORD},}}")
_SERVED = ("/review", "/search", "/add")
"""Pages that need a server."""
_KEPT = ("as_of",)
"""State that goes with a reader from page to page."""


def environment() -> Environment:
    """The templates; all that is put into them is escaped."""
    made = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_shown,
    )
    made.globals.update(
        counted=counted, human=human, day=day, run=run, clipped=clipped, BASES=BASES, MARKS=MARKS, SHORT=SHORT
    )
    made.filters.update(loose=loose, whole=_whole)
    made.globals.update(VERSION=VERSION, capital=capital)
    return made


def _shown(value: object) -> str:
    """A value as a page holds it. No name of a real thing has words of hundreds of letters, and they make a page slow:
    where all of one is to stand, templates say `loose` or `whole`.
    """
    if isinstance(value, Markup):
        return value
    words = plain(value)
    return _MONSTER.sub(lambda found: f"{found[0][:_LONGEST_WORD]}…", words) if len(words) > _LONGEST_WORD else words


def _whole(words: str) -> Markup:
    """All words as they are, for what is copied or sent."""
    return escape(plain(words))


class Asked:
    """What a request asks for."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.room: Room = request.app.state.room
        self.query = request.query_params
        self.still: Still | None = getattr(request.app.state, "still", None)

    @property
    def as_of(self) -> str | None:
        """The day asked for.

        Raises:
            HTTPException: it is none.
        """
        words = self.query.get("as_of")
        try:
            return parse_day(words) if words else None
        except OnRecordError as error:
            raise HTTPException(400, str(error)) from error

    def book(self) -> Book:
        """The record as of the day asked for."""
        return self.room.book(self.as_of)

    def link(self, path: str, **state: str | int | None) -> str:
        """An address within the room that keeps the state of this one."""
        kept = {name: self.query[name] for name in _KEPT if self.query.get(name)}
        kept.update({name: str(value) for name, value in state.items() if value not in (None, "")})
        path, hash_sign, fragment = path.partition("#")
        return path + (f"?{urlencode(kept)}" if kept else "") + hash_sign + fragment

    def same(self, **state: str | int | None) -> str:
        """This address with other state."""
        now: dict[str, str] = dict(self.query.items())
        now.update({name: str(value) for name, value in state.items() if value not in (None, "")})
        now = {name: value for name, value in now.items() if name not in state or state[name] not in (None, "")}
        return self.request.url.path + (f"?{urlencode(now)}" if now else "")


View = Callable[[Asked], Response]


def page(view: View) -> Callable[[Request], Awaitable[Response]]:
    """A page made in a thread of its own, so that a slow one keeps no other waiting."""

    @wraps(view)
    async def answer(request: Request) -> Response:
        return await run_in_threadpool(view, Asked(request))

    return answer


def rendered(asked: Asked, template: str, book: Book, code: int = 200, **context: Any) -> HTMLResponse:
    """A page; `notes` are made here so that the evidence of a page is numbered through."""
    state = asked.request.app.state
    notes = context.pop("notes", None) or Notes(book)
    shared: Mapping[str, Any] = {
        "book": book,
        "notes": notes,
        "NAV": [one for one in NAV if asked.still is None or one[0] not in _SERVED],
        "link": lambda *given, **state: _whole(asked.link(*given, **state)),
        "same": lambda **state: _whole(asked.same(**state)),
        "path": asked.request.url.path,
        "query": asked.query,
        "as_of": asked.query.get("as_of"),
        "days": report_days(asked.room.book()) if book.reports or asked.query.get("as_of") else [],
        "form_secret": getattr(state, "form_secret", ""),
        "still": asked.still is not None,
        "behind": asked.room.is_behind,
        "trouble": asked.room.trouble,
    }
    return HTMLResponse(state.templates.get_template(template).render({**shared, **context}), code)


def report_days(book: Book) -> list[tuple[str, int]]:
    """The days on which reports were published, each with how many there were by then."""
    days = sorted(report["date"]["earliest"] for report in book.reports if report["date"]["earliest"])
    return [(one, number) for number, one in enumerate(days, 1) if number == len(days) or days[number] != one]


def missing(what: str) -> HTTPException:
    """The answer to an address under which there is nothing."""
    return HTTPException(404, f"The record has no {what} under this address. It may have gone with a decision.")
