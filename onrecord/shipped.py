"""The large files that come with the package, each checked against its digest before it is used.

A model that was cut short while it was downloaded, or a gazetteer that a failing disk has changed, would otherwise
give wrong answers in silence. The digests lie beside the files, as `sha256sum` writes them; `make sums` writes them
anew. Checking costs about a millisecond for each megabyte.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from onrecord.errors import BrokenInstallation

DATA = Path(__file__).parent / "data"
SUMS = "SHA256SUMS"
_REMEDY = "Install onrecord again"


def checked(path: Path, called: str) -> str:
    """The sha256 of a file in hexadecimal; a file of `DATA` must have the one that is written beside it.

    Args:
        path: of the file.
        called: what it is, for a sentence: "the model".

    Raises:
        BrokenInstallation: the file is missing, cannot be read, or is not what was shipped.
    """
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise BrokenInstallation(str(path), f"{called} is missing", _REMEDY) from None
    except OSError as error:
        raise BrokenInstallation(str(path), f"{called} cannot be read ({error.strerror})", _REMEDY) from error
    if path.parent == DATA and found != _digests().get(path.name):
        reason = f"{called} is damaged or was changed: its sha256 is not the one in {SUMS}"
        raise BrokenInstallation(str(path), reason, _REMEDY)
    return found


def is_shipped(name: str) -> bool:
    """Whether the package came with a file of that name."""
    return name in _digests()


@cache
def _digests() -> dict[str, str]:
    """The digest of each file by its name, as the package was shipped."""
    path = DATA / SUMS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenInstallation(str(path), "the list of digests is missing or damaged", _REMEDY) from error
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
