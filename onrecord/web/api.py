"""The HTTP API: the same JSON as the format `onrecord/1`, list by list, with decisions and reports taken in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.export.json import as_text
from onrecord.model import DecisionKind
from onrecord.web.adding import pasted
from onrecord.web.book import LISTS
from onrecord.web.describing import DECISIONS, MOST, description
from onrecord.web.forms import json_of
from onrecord.web.pages import Asked, page


def record(asked: Asked) -> Response:
    """The whole record."""
    return _json(asked.book().record)


def listed(asked: Asked) -> Response:
    """A list of the record, or the part of it that hangs on a report, an actor or a statement."""
    name = asked.request.path_params["list"]
    if name not in LISTS:
        raise HTTPException(404, f"There is no list “{name[:60]}”. The lists are {', '.join(LISTS)}.")
    items = [one for one in asked.book().record[name] if _meets(one, asked)]
    offset, limit = _number(asked, "offset", 0, 10**9), _number(asked, "limit", 100, MOST)
    return _json({"list": name, "count": len(items), "offset": offset, "items": items[offset : offset + limit]})


def single(asked: Asked) -> Response:
    """One object."""
    name, identifier = asked.request.path_params["list"], asked.request.path_params["id"]
    one = asked.book().of(name, identifier)
    if one is None:
        raise HTTPException(404, "The record has nothing under this id.")
    return _json(one)


def search(asked: Asked) -> Response:
    """Where words stand."""
    words = asked.query.get("q", "")[:200]
    found = asked.room.search(words, _number(asked, "limit", 20, MOST)) if words.strip() else []
    return _json({"results": found})


def decisions(asked: Asked) -> Response:
    """The log of decisions."""
    log = [
        {
            "number": one.number,
            "made": one.made,
            "author": one.author,
            "kind": one.kind,
            "list": one.targets[0].list if one.targets else None,
            "ids": [target.id for target in one.targets],
            "value": dict(one.value),
        }
        for one in asked.room.decisions()
    ]
    return _json({"count": len(log), "items": log})


def openapi(asked: Asked) -> Response:
    """What this API can be asked."""
    return _json(description())


async def decide(request: Request) -> Response:
    """Notes a decision."""
    given = await json_of(request)
    kind, ids, value = given.get("kind"), given.get("ids"), given.get("value", {})
    if kind not in DECISIONS:
        raise HTTPException(400, f"kind must be one of {', '.join(DECISIONS)}.")
    if not isinstance(ids, list) or not ids or not all(isinstance(one, str) for one in ids):
        raise HTTPException(400, "ids must be a list of ids of the record.")
    if not isinstance(value, dict):
        raise HTTPException(400, "value must be an object.")
    room = request.app.state.room
    number = await run_in_threadpool(room.decide, cast(DecisionKind, kind), ids, value, _words(given, "author"))
    return _json({"number": number}, 201)


async def undo(request: Request) -> Response:
    """Takes a decision back."""
    number = int(request.path_params["number"])
    undone = await run_in_threadpool(request.app.state.room.undo, number, "")
    return _json({"number": undone}, 201)


async def add(request: Request) -> Response:
    """Takes in one report."""
    given = await json_of(request)
    fields = {name: _words(given, name) for name in ("text", "title", "published", "publisher")}
    if not fields["text"].strip():
        raise HTTPException(400, "text must hold the words of the report.")
    with TemporaryDirectory(prefix="onrecord-") as folder:
        path = pasted(Path(folder), fields["text"], FormData(fields))
        added, new = await run_in_threadpool(request.app.state.room.add, [path])
    return _json({"new": added.new, "known": added.known, "reports": new}, 201)


def _meets(one: Mapping[str, Any], asked: Asked) -> bool:
    report, actor, statement = (asked.query.get(name) for name in ("report", "actor", "statement"))
    if report and one.get("report", one.get("id")) != report:
        return False
    if statement and one.get("statement") != statement:
        return False
    return not actor or actor in _actors(one)


def _actors(one: Mapping[str, Any]) -> list[str]:
    source = one.get("source") or {}
    single_ids = [one.get("actor"), source.get("actor"), one.get("of")]
    return [
        *single_ids,
        *one.get("parties", ()),
        *one.get("actors", ()),
        *one.get("recipients", ()),
        *one.get("to", ()),
    ]


def _number(asked: Asked, name: str, default: int, most: int) -> int:
    words = asked.query.get(name)
    if words is None:
        return default
    if not (words.isascii() and words.isdigit() and len(words) < 12):
        raise HTTPException(400, f"{name} must be a whole number.")
    if int(words) > most:
        raise HTTPException(400, f"{name} may be at most {most}.")
    return int(words)


def _words(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise HTTPException(400, f"{name} must be a string.")
    return value


def _json(content: Any, status: int = 200) -> Response:
    return Response(as_text(content, None), status, media_type="application/json")


ROUTES = [
    Route("/openapi.json", page(openapi)),
    Route("/record", page(record)),
    Route("/search", page(search)),
    Route("/decisions", page(decisions)),
    Route("/decisions", decide, methods=["POST"]),
    Route("/decisions/{number:int}", undo, methods=["DELETE"]),
    Route("/reports", add, methods=["POST"]),
    Route("/{list}", page(listed)),
    Route("/{list}/{id}", page(single)),
]
