"""Opening a case: where it lies, how it is written safely, and how an older one is brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sql
from sqlalchemy import Engine, event

from onrecord.errors import OnRecordError

_HEADER = b"SQLite format 3\x00"
_PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=10000")
"""A decision must be on the disk when the command ends: WAL alone would let the last ones go with the power."""


def is_server(case: str) -> bool:
    """Whether the case lies in PostgreSQL."""
    return case.startswith(("postgresql://", "postgres://"))


def connected(case: str, create: bool) -> Engine:
    """The engine for a case.

    Raises:
        OnRecordError: there is no such file, it is no case, or the driver for PostgreSQL is missing.
    """
    return _server(case) if is_server(case) else _file(case, create)


def upgraded(engine: Engine) -> None:
    """Brings the tables of a case to the form this version writes; a new case gets them all."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _server(case: str) -> Engine:
    url = sql.make_url(case).set(drivername="postgresql+psycopg")
    try:
        return sql.create_engine(url)
    except ModuleNotFoundError as error:
        reason = "PostgreSQL needs a driver that is not installed"
        raise OnRecordError(url.render_as_string(), reason, "Run: pip install 'onrecord[postgresql]'") from error


def _file(case: str, create: bool) -> Engine:
    path = Path(case)
    if path.is_dir():
        raise OnRecordError(case, "is a folder, not a case", "Name the file of a case")
    if not path.exists():
        if not create:
            raise OnRecordError(case, "there is no such case", f"Make one: onrecord add {case} REPORT...")
        if not path.parent.is_dir():
            raise OnRecordError(case, "its folder does not exist", "Make the folder first")
    elif path.stat().st_size and _start(path) != _HEADER:
        raise OnRecordError(case, "is not a case of onrecord", "Name a file that `onrecord add` made, or a new one")
    engine = sql.create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(_HEADER))
    except OSError as error:
        raise OnRecordError(str(path), f"cannot be read ({error.strerror})", "See that you may read it") from error


def _prepare(connection: Any, _: object) -> None:
    """SQLite as a case needs it: Python's own transactions off, so that all of a block is one."""
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sql.Connection) -> None:
    connection.exec_driver_sql("BEGIN")
