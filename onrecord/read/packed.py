"""Zip files: Word documents and web archives are such; anything else in one has to be unpacked first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.read.archives import opened_zip
from onrecord.read.office import WORD_PART, read_word
from onrecord.read.received import Received
from onrecord.read.webarchive import read_wacz, web_entries


def is_zip(start: bytes) -> bool:
    """Whether a file that begins so is a zip archive with something in it."""
    return start.startswith(b"PK\x03\x04")


def read_zip(stream: BinaryIO, name: str) -> Iterator[Received | OnRecordError]:
    """The reports of a zip archive, if it is a Word document or a web archive.

    Raises:
        UnreadableSource: it is damaged, or not to be trusted.
    """
    archive = opened_zip(stream, name)
    names = archive.namelist()
    if WORD_PART in names:
        stream.seek(0)
        yield from read_word(archive, stream.read(), name)
    elif web_entries(archive):
        yield from read_wacz(archive, name)
    else:
        kind = "a table, slides or another office document" if "[Content_Types].xml" in names else "a zip file"
        yield UnreadableSource(name, f"is {kind}", "Save its reports as text, or unpack them, first")
