"""XML files: which kind one is, by its root element, and who reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read import feed, newsml
from onrecord.read.html import read_page
from onrecord.read.received import Received

_ROOT = re.compile(rb"<([A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})(?=[\s/>])")
_BEFORE = re.compile(
    rb"<\?.{0,2000}?\?>|<!--.{0,4000}?-->|<!DOCTYPE[^\[>]{0,600}(?:\[.{0,20000}?\]\s{0,20})?>", re.DOTALL
)
_START = 65_536
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}<\?xml[\s?]")
_WIDE = (b"\xff\xfe<\0?\0x\0m\0l\0", b"\xfe\xff\0<\0?\0x\0m\0l")


def is_xml(start: bytes) -> bool:
    """Whether a file that begins so is XML that onrecord knows, or says itself that it is XML."""
    return bool(_DECLARED.match(start)) or start.startswith(_WIDE) or _root(start) in feed.ROOTS | newsml.ROOTS


def read_xml(stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The reports of a feed, a NewsML-G2 file or an XHTML page.

    Raises:
        UnreadableSource: it is none of them, or damaged.
    """
    data = stream.read()
    root = _root(data[:_START])
    if root in feed.ROOTS:
        yield from feed.read_feed(data, name)
    elif root in newsml.ROOTS:
        yield from newsml.read_newsml(data, name)
    elif root == "html":
        yield from read_page(BytesIO(data), name)
    else:
        kind = f"is XML of a kind that onrecord does not read ({root})" if root else "is XML without a root element"
        yield UnreadableSource(name, kind, "Save its reports as HTML, text or .jsonl first")


def _root(start: bytes) -> str:
    """The name of the root element, without its prefix; empty if none is in sight."""
    plain = start.replace(b"\0", b"") if start.startswith(_WIDE) else start.removeprefix(b"\xef\xbb\xbf")
    at = 0
    while at < len(plain):
        at += len(plain[at:]) - len(plain[at:].lstrip())
        before = _BEFORE.match(plain, at)
        if before is None:
            break
        at = before.end()
    found = _ROOT.match(plain, at) or (_ROOT.match(plain.lstrip(b"\xff\xfe\xfe\xff")) if at == 0 else None)
    return found[2].decode("ascii", "replace") if found else ""
