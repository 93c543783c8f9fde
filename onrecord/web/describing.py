"""The API described, as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from onrecord.version import VERSION
from onrecord.web.book import LISTS

Item = dict[str, Any]
_OBJECT: Item = {"type": "object"}
_AS_OF = ("as_of", "the story as known on a day: YYYY-MM-DD, YYYY-MM or YYYY", {"type": "string"})
_OFFSET = ("offset", "objects left out at the start", {"type": "integer", "minimum": 0})
_LIMIT = ("limit", "objects at most", {"type": "integer", "minimum": 0, "maximum": 1000})
_HANGS_ON = tuple(
    (name, f"only what hangs on this {name}, by id", {"type": "string"}) for name in ("report", "actor", "statement")
)


def description() -> Item:
    """Paths, parameters and answers."""
    lists = {"name": "list", "in": "path", "required": True, "schema": {"type": "string", "enum": list(LISTS)}}
    identifier = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": VERSION,
            "description": "A case: the record in the format onrecord/1. Offsets are Unicode code points.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{}, {"token": []}],
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "paths": {
            "/record": {"get": _reads("The whole record", _AS_OF)},
            "/{list}": {
                "parameters": [lists],
                "get": _reads("One list of the record", _AS_OF, *_HANGS_ON, _OFFSET, _LIMIT),
            },
            "/{list}/{id}": {"parameters": [lists, identifier], "get": _reads("One object of the record", _AS_OF)},
            "/search": {"get": _reads("Where words stand, best first", ("q", "words", {"type": "string"}), _LIMIT)},
            "/decisions": {"get": _reads("The log of decisions"), "post": _writes("Note a decision", _DECISION)},
            "/decisions/{number}": {"parameters": [number], "delete": _writes("Take a decision back")},
            "/reports": {"post": _writes("Take in a report", _REPORT)},
        },
    }


_DECISION: Item = {
    "type": "object",
    "required": ["kind", "ids"],
    "properties": {
        "kind": {
            "enum": ["accept", "reject", "correct", "merge", "split", "same", "different", "word", "status", "note"]
        },
        "ids": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "value": _OBJECT,
        "author": {"type": "string"},
    },
}
_REPORT: Item = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "minLength": 1},
        "title": {"type": "string"},
        "publisher": {"type": "string"},
        "published": {"type": "string", "description": "YYYY-MM-DD"},
    },
}


def _reads(summary: str, *parameters: tuple[str, str, Item]) -> Item:
    listed = [
        {"name": name, "in": "query", "description": words, "schema": schema} for name, words, schema in parameters
    ]
    return {"summary": summary, "parameters": listed, "responses": {"200": _answer("The answer"), **_FAILURES}}


def _writes(summary: str, body: Item | None = None) -> Item:
    described: Item = {"summary": summary, "responses": {"201": _answer("Done"), **_FAILURES}}
    if body is not None:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return described


def _answer(words: str) -> Item:
    return {"description": words, "content": {"application/json": {"schema": _OBJECT}}}


_FAILURES: Item = {
    "400": _answer("What was asked cannot be done; `error` says why"),
    "401": {"description": "The token is missing"},
    "403": {"description": "The write does not come from this room"},
    "404": _answer("There is no such thing in the record"),
    "415": _answer("The body is not JSON"),
}
