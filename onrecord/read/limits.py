"""Bounds on what a source may cost: memory and time of its reader, size of what is unpacked or fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.errors import UnreadableSource
from onrecord.settings import setting

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one source may cost.

    Attributes:
        seconds: until a reader of binary or structured files has its next report ready.
        memory: megabytes of address space that such a reader may use, its program included.
        unpacked: megabytes that a compressed file, or one page of an archive, may grow to.
        ratio: how many times larger than its packed form a file of more than a megabyte may become.
        entries: files in a zip archive.
        report: megabytes of a web page, and of the text of any report (millions of characters).
        file: megabytes of a file that is held in memory whole, and of one JSON line.
    """

    seconds: float = 60
    memory: int = 2048
    unpacked: int = 256
    ratio: int = 200
    entries: int = 20_000
    report: int = 10
    file: int = 256

    def too_large(self, name: str, size: int, what: Literal["report", "file"]) -> UnreadableSource | None:
        """Why so many bytes or characters are not read, or None if they may be.

        What is done with a text later takes two hundred times its room.
        """
        allowed = self.report if what == "report" else self.file
        if size <= allowed * MEGABYTE:
            return None
        reason = f"has {size / MEGABYTE:.1f} MB, and a {what} may have {allowed} MB"
        return UnreadableSource(name, reason, f"Split it, or set ONRECORD_{what.upper()}_MEGABYTES higher")


LIMITS = Limits()


def limits() -> Limits:
    """The limits, by the user's settings.

    Raises:
        BadSetting: one of them has a value it cannot have.
    """
    return Limits(
        seconds=setting("read_seconds"),
        memory=setting("read_memory"),
        report=setting("report_megabytes"),
        file=setting("file_megabytes"),
    )


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one fetched page may cost.

    Attributes:
        seconds: for all of it, redirects included.
        idle: seconds without a byte.
        size: megabytes, unpacked.
        redirects: pages passed on the way.
    """

    seconds: float = 40.0
    idle: float = 15.0
    size: int = 20
    redirects: int = 5


FETCH_LIMITS = FetchLimits()
