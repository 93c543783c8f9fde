"""What a format reader hands over: a text, and what its wrapping said of it, before anything is read out of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from onrecord.model import DeclaredDate, FindingKind
from onrecord.read.written import date_in_address, date_in_name, iso_date


@dataclass(frozen=True, slots=True)
class Notice:
    """A doubt that the source itself raises, of a finding's kind: a correction, an embargo, a text cut short."""

    kind: FindingKind
    explanation: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Received:
    """One report as it came.

    Attributes:
        text: the immutable text; never holds NUL or a lone surrogate.
        name: what the user calls it: a path, an address, or the id of a JSON line.
        sha256: of the bytes as they came, in hexadecimal.
        published: the date field as given, or None.
        dates: other dates found outside the text, such as meta tags.
        encoding, certain: how the bytes were read, and whether that is more than a guess.
        data: the bytes as they came; those of the text where it was part of a larger file.
        seen: the day on which a crawler met it, ISO 8601: it was written by then. None where nobody says.
        notices: doubts that the source itself raises.
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
    seen: str | None = None
    notices: tuple[Notice, ...] = ()


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


def date_of_address(address: str | None) -> tuple[DeclaredDate, ...]:
    """The day in the path of a web address, as a date of the report that stands there."""
    day = date_in_address(address) if address else None
    return (DeclaredDate(day, None, "url"),) if day else ()


def date_of(written: object, how: str) -> tuple[DeclaredDate, ...]:
    """A date that the wrapping gives, in any usual form; none if it cannot be read as one certain day."""
    day = iso_date(written)
    return (DeclaredDate(day, None, how),) if day else ()
