"""JSON lines: one report a line, `{"id", "text", "published", "publisher", "title", "url"}`, all but `text` optional.

The text is kept unchanged, so that offsets count in the text the user has. Lines without a `text` are read as the
objects of JSON documents are, by the usual names of fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.fields import received_fields
from onrecord.read.limits import MEGABYTE, limits
from onrecord.read.ninjs import is_ninjs, received_ninjs
from onrecord.read.received import Received, date_of_address, digest
from onrecord.read.text import has_words, storable

_MARK = b"\xef\xbb\xbf"


def read_lines(stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The reports of a .jsonl file, read a line at a time; a bad line is an error that names its number."""
    lines = 0
    for number, line in enumerate(_lines(stream, limits().file * MEGABYTE), 1):
        if line is None:
            lines += 1
            remedy = "Leave the line out, or set ONRECORD_FILE_MEGABYTES higher"
            yield UnreadableSource(f"{name}, line {number}", "is longer than is allowed", remedy)
            continue
        data = line.removeprefix(_MARK) if number == 1 else line
        if data.strip():
            lines += 1
            yield _read_line(data, f"{name}, line {number}", f"{name}:{number}")
    if not lines:
        yield UnreadableSource(name, "is empty", "Leave it out, or write one JSON object a line to it")


def _lines(stream: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """The lines of a file; None for one that is not worth the memory."""
    while line := stream.readline(longest + 1):
        if len(line) <= longest:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(longest)
        yield None


def _read_line(data: bytes, subject: str, name: str) -> Received | OnRecordError:
    try:
        fields = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        return UnreadableSource(subject, "is not UTF-8", "Write the file in UTF-8")
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "too deeply nested or too long a number")
        return UnreadableSource(subject, f"is not JSON ({reason})", "Write one whole JSON object a line")
    if not isinstance(fields, dict):
        return UnreadableSource(subject, "is not a JSON object", 'Write {"text": "..."} a line')
    return _received(fields, subject, name)


def _received(fields: dict[str, Any], subject: str, name: str) -> Received | OnRecordError:
    text = fields.get("text")
    if is_ninjs(fields):
        return received_ninjs(fields, subject, name)
    if text is None:
        return received_fields(fields, subject, name, 'Give each line a "text" field')
    if not isinstance(text, str):
        return UnreadableSource(subject, "has a text that is not a string", 'Give each line a "text" field')
    if not has_words(text):
        return UnreadableSource(subject, "has a text without words", "Leave the line out, or give its text")
    kept = storable(text)
    return Received(
        kept,
        _words(fields.get("id")) or name,
        digest(kept.encode()),
        published=fields.get("published"),
        publisher=_words(fields.get("publisher")),
        title=_words(fields.get("title")),
        dates=date_of_address(_words(fields.get("url"))),
        certain=kept == text,
        data=kept.encode(),
    )


def _words(value: object) -> str | None:
    """A field as words, or None if it holds none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return storable(str(value)).strip() or None
