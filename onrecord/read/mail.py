"""Mails: the text of one message, its subject as the title, its date; attachments are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.markup import markup_text
from onrecord.read.received import Notice, Received, digest
from onrecord.read.text import decode, has_words, storable

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

_HEADER = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]{0,60}:)[^\n]{0,2000}")
_CUT = Notice("truncated", "The mail ends before its last part does.", "Save the message again.")


def read_mail(stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The one report of an .eml file."""
    from email import policy
    from email.parser import BytesParser

    data = stream.read()
    if not _HEADER.match(data.lstrip(b"\xef\xbb\xbf\r\n")):
        yield UnreadableSource(name, "is not a mail", "Save the message again, or give its text")
        return
    message = BytesParser(policy=policy.default).parsebytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
    text = _text(message)
    if not has_words(text):
        yield UnreadableSource(name, "is a mail without a text", "Give its attachment, or its text, instead")
        return
    yield Received(
        text,
        name,
        digest(data),
        published=_header(message, "Date"),
        title=_header(message, "Subject"),
        data=data,
        notices=(_CUT,) if _is_cut(message) else (),
    )


def _is_cut(message: EmailMessage) -> bool:
    """Whether a part of the mail lacks the line that ends it."""
    return any("Boundary" in type(defect).__name__ for part in message.walk() for defect in part.defects)


def _text(message: EmailMessage) -> str:
    """The plain body, or else what the HTML one shows."""
    for kind in ("plain", "html"):
        part = message.get_body(preferencelist=(kind,))
        if part is not None:
            words = _content(part)
            text = markup_text(words) if kind == "html" else words
            if has_words(text):
                return text
    return ""


def _content(part: MIMEPart) -> str:
    """The words of a part, as it says they are encoded; where that cannot be, as they look."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(payload or "").encode("utf-8", "surrogateescape")
    return decode(data, part.get_content_charset()).text.replace("\r\n", "\n")


def _header(message: EmailMessage, key: str) -> str | None:
    """A header's words. Broken ones raise anything from the standard library's parser."""
    try:
        words = message.get(key)
    except Exception:  # as above
        return None
    return " ".join(storable(str(words)).split()) or None if words is not None else None
