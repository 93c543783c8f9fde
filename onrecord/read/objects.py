"""JSON documents: a list of reports, an object that holds one, or news items of the IPTC's ninjs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.fields import received_fields
from onrecord.read.lexicon import lexicon
from onrecord.read.ninjs import is_ninjs, received_ninjs
from onrecord.read.received import Received
from onrecord.read.text import decode

_REMEDY = 'Give it a "text" field'
_DEEPEST = 4


def read_objects(stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The reports of a .json file; one that cannot be read is an error that names its place."""
    try:
        content = json.loads(decode(stream.read()).text)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "too deeply nested or too long a number")
        yield UnreadableSource(name, f"is not JSON ({reason})", "Write a list of objects, each with a text field")
        return
    if isinstance(content, dict) and (is_ninjs(content) or _list_in(content) is None):
        yield _report(content, name, name)
        return
    listed = _list_in(content)
    if not listed:
        yield UnreadableSource(name, "holds no reports", "Write a list of objects, each with a text field")
        return
    for number, item in enumerate(listed, 1):
        yield _report(item, f"{name}, item {number}", f"{name}:{number}")


def _list_in(content: object, depth: int = 0) -> list[Any] | None:
    """The list of reports: the content itself, or what it holds under a usual name."""
    if isinstance(content, list):
        return content
    if not isinstance(content, dict) or depth > _DEEPEST:
        return None
    inner = (_list_in(content[key], depth + 1) for key in lexicon().fields["lists"] if key in content)
    return next((found for found in inner if found is not None), None)


def _report(item: object, subject: str, name: str) -> Received | OnRecordError:
    if not isinstance(item, Mapping):
        return UnreadableSource(subject, "is not a JSON object", 'Write {"text": "..."} for each report')
    if is_ninjs(item):
        return received_ninjs(item, subject, name)
    return received_fields(item, subject, name, _REMEDY)
