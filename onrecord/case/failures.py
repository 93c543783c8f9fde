"""What databases complain of, in words a user can act on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from onrecord.errors import OnRecordError


@contextmanager
def told(case: str) -> Iterator[None]:
    """Failures of the database, told as one line about the case.

    Raises:
        OnRecordError: in place of the database's own error.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, json.JSONDecodeError, UnicodeDecodeError) as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        raise OnRecordError(case, f"cannot be used ({reason})", _remedy(reason)) from error


_REMEDIES = (
    (("locked",), "Wait until the other program that writes to it has ended"),
    (("full", "I/O error"), "Make room on the disk; what was kept before is safe"),
    (
        ("not a database", "malformed", "unsupported", "corrupt", "decode", "line 1"),
        "It is damaged: take the last copy of it",
    ),
    (("readonly", "unable to open"), "See that you may write to it and to its folder"),
    (("connection",), "See that the server runs, and that the address is right"),
)
"""What a user can do, by words of the database's complaint."""


def _remedy(reason: str) -> str:
    for signs, remedy in _REMEDIES:
        if any(sign in reason for sign in signs):
            return remedy
    return "See that it is a case of onrecord that you may write to"
