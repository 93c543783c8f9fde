"""Folders of files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from onrecord.errors import OnRecordError


def write_folder(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Writes files into the folder `path`, which is made if there is none; other files there are left alone.

    All are written beside it first; nothing there changes before the last one is whole.

    Raises:
        OnRecordError: nothing can be written there.
    """
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.mkdir()
        for name, data in files:
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_bytes(data)
        _move(part, target)
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error})"
        raise OnRecordError(str(path), reason, "Name a folder in one that you can write to") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _move(part: Path, target: Path) -> None:
    if not target.exists():
        part.replace(target)
        return
    for file in sorted(path for path in part.rglob("*") if path.is_file()):
        there = target / file.relative_to(part)
        there.parent.mkdir(parents=True, exist_ok=True)
        file.replace(there)
