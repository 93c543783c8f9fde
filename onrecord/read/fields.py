"""Rows and objects to reports: text, title, date and publisher by the names under which the world keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.lexicon import lexicon
from onrecord.read.markup import has_markup, markup_text
from onrecord.read.received import Received, date_of_address, digest
from onrecord.read.text import has_words, storable

_LONGEST_NAME = 300


def role_of(name: str) -> str:
    """A column's name as the lexicon writes names: small letters, blanks for other marks."""
    return " ".join(name.replace("_", " ").replace("-", " ").casefold().split())


def by_role(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields say, by role: the first name of each role whose field is filled counts."""
    named = {role_of(str(name)): value for name, value in fields.items()}
    found = {}
    for role, names in lexicon().fields.items():
        value = next((named[name] for name in names if named.get(name) not in (None, "", [], {})), None)
        if value is not None:
            found[role] = value
    return found


def received_fields(fields: Mapping[str, Any], subject: str, name: str, remedy: str) -> Received | OnRecordError:
    """The report of one row or object; its text is kept unchanged, unless it is HTML.

    Args:
        fields: by their own names.
        subject: what an error is about.
        name: of the report where it has no id and no address.
        remedy: what to do if there is no text.
    """
    told = by_role(fields)
    text = told.get("text")
    if not isinstance(text, str):
        reason = "has no text" if text is None else "has a text that is not a string"
        return UnreadableSource(subject, reason, remedy)
    kept = markup_text(text) if has_markup(text) and "</" in text else storable(text)
    if not has_words(kept):
        return UnreadableSource(subject, "has a text without words", "Leave it out, or give its text")
    data = kept.encode()
    address = words_of(told.get("url"))
    return Received(
        kept,
        words_of(told.get("id")) or address or name,
        digest(data),
        published=told.get("published"),
        publisher=words_of(_inner(told.get("publisher"))),
        title=words_of(told.get("title")),
        dates=date_of_address(address),
        certain=kept == text or has_markup(text),
        data=data,
    )


def words_of(value: object) -> str | None:
    """A field as words, or None if it holds none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(storable(str(value)).split())[:_LONGEST_NAME] or None


def _inner(value: object) -> object:
    """The name of a thing that is told as an object: `{"id": null, "name": "The Tide"}`."""
    return value.get("name") or value.get("title") if isinstance(value, dict) else value
