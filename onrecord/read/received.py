"""What a format reader hands over: a text, and what its wrapping said of it, before anything is read out of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from onrecord.model import DeclaredDate
from onrecord.read.written import date_in_name


@dataclass(frozen=True, slots=True)
class Received:
    """One report as it came.

    Attributes:
        text: the immutable text; never holds NUL or a lone surrogate.
        name: what the user calls it: a path, or the id of a JSON line.
        sha256: of the bytes as they came, in hexadecimal.
        published: the date field as given, or None.
        dates: other dates found outside the text, such as meta tags.
        encoding, certain: how the bytes were read, and whether that is more than a guess.
        data: the bytes as they came; those of the text where it was part of a larger file.
    """

    text: str
    name: str
    sha256: str
    published: object = None
    publisher: str | None = None
    title: str | None = None
    dates: tuple[DeclaredDate, ...] = ()
    encoding: str = "utf-8"
    certain: bool = True
    data: bytes = b""


def digest(data: bytes) -> str:
    """SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def received_file(
    text: str,
    name: str,
    data: bytes,
    *,
    encoding: str,
    certain: bool,
    publisher: str | None = None,
    title: str | None = None,
    dates: tuple[DeclaredDate, ...] = (),
) -> Received:
    """The report of a file, with the date its name gives, if any."""
    day = date_in_name(name)
    named = (DeclaredDate(day, None, "file name"),) if day else ()
    return Received(text, name, digest(data), None, publisher, title, (*dates, *named), encoding, certain, data)
