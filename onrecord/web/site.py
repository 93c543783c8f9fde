"""The pages of a case as files that open without a server: a folder of them, or all in one file.

Pages are those of the room, made by the same functions; what needs a server (to review, to add, to ask for another
day) is left out, and addresses become names of files. The slider of days still works: it greys what was not yet known.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from importlib.resources import files
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.routing import Match, Route

from onrecord.export.json import as_text
from onrecord.web.app import PAGES
from onrecord.web.book import Book, Item
from onrecord.web.pages import Asked, Still, View, environment, page

_LINK = re.compile(r'href="(/[^"]*)"')
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_ROUTES: tuple[tuple[Route, View], ...] = tuple((Route(path, page(view)), view) for path, view in PAGES)
_PAGES = tuple(path.split("/")[1] for path, _ in PAGES)
_RECORD = "/api/v1/record"
_LONGEST_NAME, _MOST = 120, 3000


@dataclass(frozen=True, slots=True)
class Link:
    """Where a page leads to within the site: an address of the room without the passage it points at, and a mark."""

    address: str
    mark: str = ""


class _Shelf:
    """Stands where the room stands: a record that nobody writes to."""

    is_behind = False
    trouble = ""

    def __init__(self, book: Book) -> None:
        self._book = book

    def book(self, as_of: str | None = None) -> Book:
        return self._book


@dataclass
class Site:
    """The pages of a record that can be reached from its front page, in the order in which they are met.

    Attributes:
        record: in the format `onrecord/1`.
        name: of the case.
        most: pages at most, those nearest to the front page; each takes some milliseconds and some kilobytes.
        every: how many pages are known of, those that are left out included.
    """

    record: Item
    name: str
    most: int = _MOST
    every: int = 0
    _still: Still = field(default_factory=Still)
    _made: dict[str, str] = field(default_factory=dict)

    def pages(self) -> Mapping[str, str]:
        """Address and HTML of each page; links are still those of the room."""
        if not self._made:
            self._walk()
            for address in self._made:
                if address.startswith("/reports/"):  # only now it is known which of its words others point at
                    self._made[address] = self._html(address)
        return self._made

    def _walk(self) -> None:
        todo, met = deque(["/"]), {"/"}
        while todo and len(self._made) < self.most:
            address = todo.popleft()
            html = self._made[address] = self._html(address)
            for found in _LINK.finditer(html):
                link = link_of(unescape(found[1]), self._still)
                if link is not None and link.address not in met:
                    met.add(link.address)
                    todo.append(link.address)
        self.every = len(met)

    def _html(self, address: str) -> str:
        parts = urlsplit(address)
        scope: dict[str, Any] = {"type": "http", "method": "GET", "path": parts.path, "root_path": "", "headers": []}
        scope |= {"query_string": parts.query.encode(), "app": self._app}
        for route, view in _ROUTES:
            match, found = route.matches(scope)
            if match is Match.FULL:
                return bytes(view(Asked(Request({**scope, **found}))).body).decode("utf-8")
        raise LookupError(address)

    @cached_property
    def _app(self) -> Any:
        state = SimpleNamespace(room=_Shelf(Book(self.record, self.name)), templates=environment(), still=self._still)
        return SimpleNamespace(state=state)


def link_of(address: str, still: Still | None = None) -> Link | None:
    """A link of the room as one of the site; None if there is no such page without a server.

    A passage of a report becomes a mark on its page, which is noted.
    """
    parts = urlsplit(address)
    if parts.path.split("/")[1] not in _PAGES:
        return None
    query = parse_qsl(parts.query)
    mark = f"#{parts.fragment}" if parts.fragment else ""
    for key, value in query:
        if key == "at":
            mark = f"#at-{value}"
            if still is not None:
                still.point(parts.path.split("/")[2], value)
    kept = "&".join(f"{key}={value}" for key, value in query if key not in ("at", "as_of"))
    return Link(parts.path + (f"?{kept}" if kept else ""), mark)


def file_of(address: str) -> str:
    """The name of the file for a page, as any file system takes it."""
    parts = urlsplit(address)
    steps = [_UNFIT.sub("-", step)[:_LONGEST_NAME] for step in parts.path.split("/") if step] or ["index"]
    asked = "".join(f"~{_UNFIT.sub('-', key)}-{_UNFIT.sub('-', value)}" for key, value in parse_qsl(parts.query))
    return "/".join(steps) + asked[:_LONGEST_NAME] + ".html"


def folder(site: Site) -> Iterator[tuple[str, bytes]]:
    """The site as files: their names within the folder, and what is in them."""
    pages = site.pages()
    for address, html in pages.items():
        file = file_of(address)
        up = "../" * file.count("/")

        def beside(link: Link, up: str = up) -> str:
            return up + file_of(link.address) + link.mark if link.address in pages else ""

        html = relinked(html, beside).replace(f'href="{_RECORD}"', f'href="{up}record.json"')
        yield file, html.replace('"/static/', f'"{up}static/').encode()
    yield "record.json", as_text(dict(site.record), None).encode()
    yield "static/room.css", asset("room.css")
    yield "static/mark.svg", asset("mark.svg")
    for font in FONTS:
        yield f"static/fonts/{font}", asset("fonts", font)
    yield "static/room.js", script("still").encode()


def relinked(html: str, to: Callable[[Link], str]) -> str:
    """A page with its links led elsewhere; those that lead nowhere are no links any more."""

    def replaced(found: re.Match[str]) -> str:
        link = link_of(unescape(found[1]))
        there = "" if link is None else to(link)
        return f'href="{there}"' if there else found[0] if link is None else "data-left-out"

    return _LINK.sub(replaced, html)


FONTS = ("serif.woff2", "serif-ext.woff2", "serif-italic.woff2", "sans.woff2", "sans-ext.woff2", "OFL.txt")


def asset(*name: str) -> bytes:
    """A file that pages load."""
    return files("onrecord.web").joinpath("static", *name).read_bytes()


_MODULES = "dom turning cards citing knowledge reading".split()
_IMPORT = re.compile(r"^import .*$\n?", re.M)


def script(last: str) -> str:
    """The modules of the room as one script, `last` begins it all: a browser loads no modules from files."""
    parts = (_IMPORT.sub("", asset(f"{name}.js").decode("utf-8")) for name in (*_MODULES, last))
    body = "\n".join(part.replace("export ", "") for part in parts)
    return f'(() => {{ "use strict";\n{body}\n}})();\n'
