"""Packed files without traps: what is unpacked stays in bounds, and nothing is ever written to disk."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, BinaryIO

from onrecord.errors import UnreadableSource
from onrecord.read.limits import LIMITS, MEGABYTE

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_ENCRYPTED = 0x1
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 16


def too_large(name: str, what: str) -> UnreadableSource:
    """The refusal of a file that grows without measure when it is unpacked."""
    reason = (
        f"holds {what} that unpacks to more than is allowed ({LIMITS.unpacked} MB, or {LIMITS.ratio} times its size)"
    )
    return UnreadableSource(name, reason, "If you trust it, unpack it yourself and give what is inside")


def opened_zip(stream: BinaryIO, name: str) -> ZipFile:
    """The zip archive, its table of contents checked.

    Raises:
        UnreadableSource: it is damaged, locked, too large unpacked, or names files outside itself.
    """
    from zipfile import BadZipFile, ZipFile

    try:
        archive = ZipFile(stream)
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise UnreadableSource(name, f"is a damaged zip file ({error})", "Download or save it again") from None
    entries = archive.infolist()
    if len(entries) > LIMITS.entries:
        raise UnreadableSource(name, f"holds {len(entries)} files", f"Give archives of at most {LIMITS.entries}")
    for entry in entries:
        _check_entry(entry, name)
    if sum(entry.file_size for entry in entries if not _is_archived_web(entry)) > LIMITS.unpacked * MEGABYTE:
        raise too_large(name, "content")
    return archive


def _check_entry(entry: ZipInfo, name: str) -> None:
    if _leads_outside(entry.filename):
        reason = f"holds a file that would lie outside of it ('{entry.filename[:60]}')"
        raise UnreadableSource(name, reason, "Do not trust it; get it from its source again")
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableSource(name, "is locked with a password", "Save a copy without the password")
    if entry.file_size > MEGABYTE and entry.file_size > LIMITS.ratio * max(entry.compress_size, 1):
        raise too_large(name, "a file")


def _leads_outside(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return path.startswith(("/", "\\")) or ".." in parts or parts[0].endswith(":")


def _is_archived_web(entry: ZipInfo) -> bool:
    """A WARC file in a WACZ archive is read page by page, so its size is no danger."""
    return entry.filename.endswith((".warc", ".warc.gz"))


def gzip_start(start: bytes) -> bytes:
    """The first bytes inside a gzip file that begins so; empty if it is none."""
    if not start.startswith(_GZIP):
        return b""
    try:
        return zlib.decompressobj(wbits=31).decompress(start, 4096)
    except zlib.error:
        return b""


class BoundedStream:
    """A stream that refuses to give more than its bound, for readers of packed content.

    Args:
        stream: where the bytes come from.
        most: how many it may give.
        refusal: raised when it would give more.
    """

    def __init__(self, stream: IO[bytes], most: int, refusal: UnreadableSource) -> None:
        self._stream = stream
        self._left = most
        self._refusal = refusal

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes.

        Raises:
            UnreadableSource: the bound is passed.
        """
        wanted = self._left + 1 if size < 0 else min(size, self._left + 1)
        data = self._stream.read(wanted)
        self._left -= len(data)
        if self._left < 0:
            raise self._refusal
        return data

    def chunks(self) -> Iterator[bytes]:
        """All bytes, piece by piece."""
        while data := self.read(_CHUNK):
            yield data
