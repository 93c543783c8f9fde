"""What people decided about the objects of a record, in words, so that it stands beside what machines found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_SILENT = ("note", "undo")
"""Kinds of decisions that change nothing about what they are about."""


def decisions_by_object(decisions: Iterable[Mapping[str, Any]]) -> dict[str, list[tuple[int, str]]]:
    """By object, the numbers and the words (`accept by ada`) of the decisions in effect about it, in their order."""
    made: dict[str, list[tuple[int, str]]] = {}
    for one in decisions:
        if one["status"] == "applied" and one["kind"] not in _SILENT:
            words = f"{one['kind']} by {one['author']}" if one["author"] else one["kind"]
            for identifier in filter(None, one["ids"]):
                made.setdefault(identifier, []).append((one["number"], words))
    return made


def in_words(made: Mapping[str, list[tuple[int, str]]], ids: Iterable[str | None]) -> str | None:
    """What people made of these objects together; None if they are the machine's alone."""
    found = sorted({told for one in ids if one is not None for told in made.get(one, ())})
    return "; ".join(words for _, words in found) or None
