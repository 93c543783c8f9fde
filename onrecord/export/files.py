"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, EIO, EISDIR, ENOSPC, EROFS
from pathlib import Path
from typing import TextIO

from onrecord.errors import OnRecordError

_FULL = (ENOSPC, EDQUOT, EFBIG, EIO, EROFS)


@contextmanager
def written_atomically(path: Path) -> Iterator[TextIO]:
    """A file to write, which appears under `path` whole at the end of the block, or not at all.

    The place is tried at the start, before any work. A pipe or a device is written to directly.

    Raises:
        OnRecordError: nothing can be written there.
    """
    direct = path.exists() and not path.is_file() and not path.is_dir()
    target = path if direct else Path(os.path.realpath(path))
    part = target if direct else target.with_name(f".{target.name}.{os.getpid()}.part")
    with _named(path):
        if target.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        file = part.open("w", encoding="utf-8", newline="\n")
    try:
        with _roomy(path), file:
            yield file
        if not direct:
            with _named(path):
                part.replace(target)
    finally:
        if not direct:
            part.unlink(missing_ok=True)


@contextmanager
def _roomy(path: Path) -> Iterator[None]:
    """Want of room while writing, told as a failure to write `path`."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        reason = f"cannot be written ({error.strerror or error})"
        raise OnRecordError(str(path), reason, "Make room, or name a file elsewhere") from error


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Failures of the file system, told as failures to write `path`."""
    try:
        yield
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error})"
        raise OnRecordError(str(path), reason, "Name a file in a folder that you can write to") from error


def write_atomically(path: Path, text: str) -> None:
    """Writes `text` to `path`, whole or not at all.

    Raises:
        OnRecordError: nothing can be written there.
    """
    with written_atomically(path) as file:
        file.write(text)
