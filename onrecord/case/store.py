"""A case on disk: one SQLite file, or a schema in PostgreSQL. A Writer changes it, a View reads it.

All that one `add` changes is written in one transaction: whoever opens the case later sees it whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from onrecord.case.connect import connected, shown_name, upgraded, writing
from onrecord.case.failures import told
from onrecord.case.view import View
from onrecord.case.writer import Writer


class Store:
    """A case. Use as a context manager.

    Args:
        case: path of a file, or a URL that begins with `postgresql://`.
        create: whether to make the case where there is none.

    Raises:
        OnRecordError: there is no such case, it cannot be made, or the file is something else.
    """

    def __init__(self, case: str, create: bool = False) -> None:
        with told(case):
            self.name = shown_name(case)
        with told(self.name):
            self._engine: Engine = connected(case, create)
            upgraded(self._engine, self.name)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    @contextmanager
    def view(self) -> Iterator[View]:
        """The case as it is now; what others write meanwhile is not seen."""
        with told(self.name), self._engine.connect() as connection:
            yield View(connection)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """Changes, all kept at the end of the block, or none; other writers wait meanwhile."""
        with told(self.name), writing(self._engine) as connection:
            yield Writer(connection)
