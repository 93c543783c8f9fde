"""A process that reads files whose parsers are large, one after the other, within bounds set from outside.

`python -m onrecord.read.isolated MEGABYTES` takes jobs from standard input and answers on standard output, in frames
(`onrecord.frames`); `onrecord.read.apart` speaks to it. It writes no files and dies with its parent.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import msgspec

from onrecord.errors import OnRecordError, UnreadableSource
from onrecord.frames import read_frame, write_frame
from onrecord.read.received import Received

_PACKAGES = {"docx": "python-docx"}
"""Names under which libraries are installed, where they differ from those by which they are imported."""
MEMORY = "memory"
"""The reason that stands for want of memory, until the parent says how much there was."""


class Job(msgspec.Struct, frozen=True):
    """What is to be read: a file by its path, or bytes where there is none."""

    name: str
    format: str
    path: str | None = None
    data: bytes = b""


class Answer(msgspec.Struct, frozen=True):
    """A report, or an error as subject, reason and remedy, or neither at the end.

    Attributes:
        leaving: whether the process ends here, since it cannot be trusted to go on.
    """

    report: Received | None = None
    error: tuple[str, str, str] | None = None
    leaving: bool = False


def main(arguments: list[str]) -> None:
    """Reads jobs until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand between the frames
    _bound(int(arguments[0]))
    while (data := read_frame(sys.stdin.buffer)) is not None:
        leaving = False
        for answer in _answers(msgspec.msgpack.decode(data, type=Job)):
            leaving = leaving or answer.leaving
            write_frame(answers, msgspec.msgpack.encode(answer))
        if leaving:
            return


def _answers(job: Job) -> Iterator[Answer]:
    """The reports and errors of a job, and the end."""
    try:
        for item in _items(job):
            yield Answer(error=_told(item)) if isinstance(item, OnRecordError) else Answer(report=item)
    except OnRecordError as error:
        yield Answer(error=_told(error))
    except ModuleNotFoundError as error:
        needed = _PACKAGES.get(str(error.name).partition(".")[0], str(error.name))
        reason = f"is {job.format}, and the library that reads such is missing ({needed})"
        yield Answer(error=(job.name, reason, f"Install it: pip install {needed}"))
    except (MemoryError, ImportError):  # the second where a library's code finds no room
        yield Answer(error=(job.name, MEMORY, MEMORY))
        yield Answer(leaving=True)
        return
    except Exception as error:  # whatever a parser of files from anywhere may raise
        told = " ".join(str(error).split())[:100]
        kind = f"{type(error).__name__}: {told}" if told else type(error).__name__
        reason = f"is {job.format} that cannot be read ({kind})"
        yield Answer(error=(job.name, reason, "Save it again, or give its text"))
    yield Answer()


def _items(job: Job) -> Iterator[Received | OnRecordError]:
    from onrecord.read.formats import format_named

    read = format_named(job.format).read
    if job.path is None:
        yield from read(BytesIO(job.data), job.name)
        return
    try:
        with Path(job.path).open("rb") as stream:
            yield from read(stream, job.name)
    except FileNotFoundError:
        yield UnreadableSource(job.name, "does not exist", "Check the path")


def _told(error: OnRecordError) -> tuple[str, str, str]:
    return error.subject, error.reason, error.remedy


def _bound(megabytes: int) -> None:
    """Bounds memory, forbids writing files and core dumps, where the system knows how."""
    try:
        import resource
    except ImportError:  # Windows
        return
    bounds = (
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in bounds:
        with suppress(ValueError, OSError):  # macOS bounds no address space
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main(sys.argv[1:])
