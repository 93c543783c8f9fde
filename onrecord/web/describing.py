"""The API described, as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any, get_args

from onrecord.model import DecisionKind
from onrecord.version import VERSION
from onrecord.web.book import LISTS

Item = dict[str, Any]
MOST = 1000
"""Objects in one answer at most."""
DECISIONS = tuple(kind for kind in get_args(DecisionKind) if kind != "undo")
"""The kinds of decisions that can be noted; one is taken back by its number."""

_TEXT: Item = {"type": "string"}
_NUMBER: Item = {"type": "integer", "minimum": 0}
_OBJECT: Item = {"type": "object"}
_DAY: Item = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}


def _named(properties: Item, *required: str) -> Item:
    """An object of these properties; those that must be there are named, else all."""
    return {"type": "object", "required": list(required or properties), "properties": properties}


_SCHEMAS: Item = {
    "Record": _named(
        {"format": {"const": "onrecord/1"}, "engine": _OBJECT, **{name: {"type": "array"} for name in LISTS}}
    ),
    "Page": _named(
        {
            "list": {"enum": list(LISTS)},
            "count": _NUMBER,
            "offset": _NUMBER,
            "items": {"type": "array", "items": _OBJECT},
        }
    ),
    "Object": _OBJECT,
    "Found": _named(
        {
            "results": {
                "type": "array",
                "items": _named({"kind": _TEXT, "id": _TEXT, "report": {"type": ["string", "null"]}, "snippet": _TEXT}),
            }
        }
    ),
    "Decisions": _named({"count": _NUMBER, "items": {"type": "array", "items": _OBJECT}}),
    "Noted": _named({"number": _NUMBER}),
    "Added": _named({"new": _NUMBER, "known": _NUMBER, "reports": {"type": "array", "items": _TEXT}}),
    "Refused": _named({"error": _TEXT}),
    "Decision": _named(
        {
            "kind": {"enum": list(DECISIONS)},
            "ids": {"type": "array", "items": _TEXT, "minItems": 1, "description": "of objects of the record"},
            "value": {**_OBJECT, "description": "what it is to be; which fields, depends on the kind"},
            "author": {**_TEXT, "description": "who decides"},
        },
        "kind",
        "ids",
    ),
    "Report": _named(
        {
            "text": {**_TEXT, "pattern": r"\S", "description": "the words of the report"},
            "title": _TEXT,
            "publisher": _TEXT,
            "published": {**_TEXT, "description": "a day: YYYY-MM-DD"},
        },
        "text",
    ),
}


def _query(name: str, words: str, schema: Item) -> Item:
    return {"name": name, "in": "query", "description": words, "schema": schema}


def _path(name: str, words: str, schema: Item) -> Item:
    return {"name": name, "in": "path", "required": True, "description": words, "schema": schema}


_AS_OF = _query("as_of", "the story as known on a day: YYYY-MM-DD, YYYY-MM or YYYY", _DAY)
_OFFSET = _query("offset", "objects left out at the start", {**_NUMBER, "maximum": 10**9})
_LIMIT = _query("limit", "objects at most", {**_NUMBER, "maximum": MOST})
_HANGS_ON = [_query(name, f"only what hangs on this {name}, by id", _TEXT) for name in ("report", "actor", "statement")]
_WORDS = _query("q", "words, or a phrase in quotation marks", {**_TEXT, "maxLength": 200})
_LIST = _path("list", "a list of the record", {"enum": list(LISTS)})
_ID = _path("id", "of an object", _TEXT)
_DECISION_NUMBER = _path("number", "of a decision", {**_NUMBER, "maximum": 10**9})


def description() -> Item:
    """Paths, parameters and answers."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": VERSION,
            "description": "A case: the record in the format onrecord/1. Offsets are Unicode code points.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{}, {"token": []}],
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}, "schemas": _SCHEMAS},
        "paths": {
            "/record": {"get": _reads("record", "The whole record", "Record", _AS_OF)},
            "/search": {"get": _reads("search", "Where words stand, best first", "Found", _WORDS, _LIMIT)},
            "/decisions": {
                "get": _reads("decisions", "The log of decisions", "Decisions"),
                "post": _writes("decide", "Note a decision", "Noted", "Decision"),
            },
            "/decisions/{number}": {
                "parameters": [_DECISION_NUMBER],
                "delete": _writes("undo", "Take a decision back", "Noted"),
            },
            "/reports": {"post": _writes("add", "Take in a report", "Added", "Report")},
            "/{list}": {
                "parameters": [_LIST],
                "get": _reads("list", "One list of the record", "Page", _AS_OF, *_HANGS_ON, _OFFSET, _LIMIT),
            },
            "/{list}/{id}": {
                "parameters": [_LIST, _ID],
                "get": _reads("object", "One object of the record", "Object", _AS_OF),
            },
        },
    }


def _reads(name: str, summary: str, schema: str, *parameters: Item) -> Item:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": list(parameters),
        "responses": {"200": _answer("The answer", schema), **_failures("400", "401", "404")},
    }


def _writes(name: str, summary: str, schema: str, body: str | None = None) -> Item:
    refused = ("400", "401", "403", "404", "415") if body else ("400", "401", "403", "404")
    described: Item = {
        "operationId": name,
        "summary": summary,
        "responses": {"201": _answer("Done", schema), **_failures(*refused)},
    }
    if body is not None:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": _of(body)}}}
    return described


def _of(schema: str) -> Item:
    return {"$ref": f"#/components/schemas/{schema}"}


def _answer(words: str, schema: str) -> Item:
    return {"description": words, "content": {"application/json": {"schema": _of(schema)}}}


_FAILURES: Item = {
    "400": _answer("What was asked cannot be done; `error` says why", "Refused"),
    "401": {"description": "The token is missing", "content": {"text/plain": {"schema": _TEXT}}},
    "403": {
        "description": "The write does not come from this room, or is too long",
        "content": {"text/plain": {"schema": _TEXT}},
    },
    "404": _answer("There is no such thing in the record", "Refused"),
    "415": _answer("The body is not JSON", "Refused"),
}


def _failures(*codes: str) -> Item:
    return {code: _FAILURES[code] for code in codes}
