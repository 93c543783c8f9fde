"""Opening a case: where it lies, how it is written safely, and how an older one is brought up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sql
from sqlalchemy import Connection, Engine, event

from onrecord.errors import OnRecordError

NEWEST = "0003"
"""The revision of the tables that this version writes: the last file of `migrations/versions`."""
_HEADER = b"SQLite format 3\x00"
_SAFELY = ("busy_timeout=60000", "foreign_keys=ON", "synchronous=FULL")
"""A decision must be on the disk when the command ends: WAL alone would let the last ones go with the power."""
_LOCK = 7_237_124
"""The number under which writers to one case in PostgreSQL wait for one another."""
_WRITING: dict[str, dict[str, Any]] = {
    "sqlite": {"writes": True},
    # A repeatable read would begin before the lock is there, and not see what was written while waiting for it.
    "postgresql": {"writes": True, "isolation_level": "READ COMMITTED"},
}


def is_server(case: str) -> bool:
    """Whether the case lies in PostgreSQL."""
    return case.startswith(("postgresql://", "postgres://"))


def shown_name(case: str) -> str:
    """What a case is called in messages: its address without the password."""
    return sql.make_url(_spelled(case)).render_as_string(hide_password=True) if is_server(case) else case


def connected(case: str, create: bool) -> Engine:
    """The engine for a case.

    Raises:
        OnRecordError: there is no such file, it is no case, or the driver for PostgreSQL is missing.
    """
    return _server(case) if is_server(case) else _file(case, create)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection on which nobody else writes until the block ends: all of it is kept, or nothing."""
    with engine.connect() as connection:
        connection.execution_options(**_WRITING[engine.dialect.name])
        with connection.begin():
            yield connection


def upgraded(engine: Engine, name: str) -> None:
    """Brings the tables of a case to the form this version writes; a new case gets them all.

    Raises:
        OnRecordError: the database holds something else, or a later version made it.
    """
    with engine.connect() as connection:
        revision = _revision(connection, name)
    if engine.dialect.name == "sqlite" and "immutable" not in engine.url.query:
        _write_ahead(engine)
    if revision == NEWEST:
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with writing(engine) as connection:
        _revision(connection, name)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _write_ahead(engine: Engine) -> None:
    """Lets people read while another writes; the file remembers it. Not before it is known to be a case."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


def _revision(connection: Connection, name: str) -> str | None:
    """The revision of the tables; None where there are none yet."""
    tables = set(sql.inspect(connection).get_table_names())
    if not tables:
        return None
    if not {"alembic_version", "decision"} <= tables:
        raise OnRecordError(name, "is a database of something else", "Name a case, or a place where none is yet")
    revision: str | None = connection.scalar(sql.text("SELECT version_num FROM alembic_version"))
    if revision is not None and revision > NEWEST:
        raise OnRecordError(name, "was made by a later version of onrecord", "Run: pip install --upgrade onrecord")
    return revision


def _spelled(case: str) -> str:
    return "postgresql" + case[case.index(":") :]


def _server(case: str) -> Engine:
    url = sql.make_url(_spelled(case)).set(drivername="postgresql+psycopg")
    try:
        engine = sql.create_engine(url, isolation_level="REPEATABLE READ")
    except ModuleNotFoundError as error:
        reason = "PostgreSQL needs a driver that is not installed"
        raise OnRecordError(shown_name(case), reason, "Run: pip install 'onrecord[postgresql]'") from error
    event.listen(engine, "begin", _wait_for_writers)
    return engine


def _file(case: str, create: bool) -> Engine:
    path = Path(case)
    size = _size(path)
    if not size:
        _check_new(path, create)
    elif _start(path) != _HEADER:
        raise OnRecordError(case, "is not a case of onrecord", "Name a file that `onrecord add` made, or a new one")
    is_frozen = bool(size) and not os.access(path.parent, os.W_OK) and not _size(path.with_name(path.name + "-wal"))
    engine = sql.create_engine(_frozen(path) if is_frozen else sql.URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _prepare_to_read if is_frozen else _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _size(path: Path) -> int:
    """The bytes of a file; 0 if there is none, as after a case was killed while it was made."""
    try:
        if path.is_dir():
            raise OnRecordError(str(path), "is a folder, not a case", "Name the file of a case")
        return path.stat().st_size if path.exists() else 0
    except OSError as error:
        raise OnRecordError(str(path), f"cannot be opened ({error.strerror})", "See that you may read it") from error


def _check_new(path: Path, create: bool) -> None:
    if not create:
        raise OnRecordError(str(path), "there is no such case", f"Make one with `onrecord add {path} SOURCE`")
    if not path.parent.is_dir():
        raise OnRecordError(str(path), "its folder does not exist", "Make the folder first")


def _frozen(path: Path) -> sql.URL:
    """A case in a folder where nothing can be written, not even the files by which SQLite keeps programs apart."""
    return sql.URL.create("sqlite", database=f"file:{quote(str(path))}", query={"immutable": "1", "uri": "true"})


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(_HEADER))
    except OSError as error:
        raise OnRecordError(str(path), f"cannot be read ({error.strerror})", "See that you may read it") from error


def _prepare(connection: Any, _: object) -> None:
    """SQLite as a case needs it: Python's own transactions off, so that all of a block is one."""
    connection.isolation_level = None
    for pragma in _SAFELY:
        connection.execute(f"PRAGMA {pragma}")


def _prepare_to_read(connection: Any, _: object) -> None:
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    """A writer waits its turn here: one that read first and wrote later would be turned away at once."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _wait_for_writers(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
