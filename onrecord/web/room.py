"""The case that a reading room shows: opened once, its record laid out for reading, written to one at a time."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from onrecord.case.store import Store
from onrecord.case.view import View
from onrecord.casebook import Added, Case
from onrecord.errors import OnRecordError
from onrecord.model import Decision, DecisionKind
from onrecord.pipeline import Choices, Watch
from onrecord.web.book import Book, Item

_BOOKS = 5
"""Days for which the record is held ready."""
_BEHIND = "behind"


class Room:
    """A case behind the pages. Safe to use from several threads.

    Args:
        store: where the case is kept; it stays open as long as the room is used.
        threads: as for `onrecord.build`.
    """

    def __init__(self, store: Store, threads: int | None = None) -> None:
        self._store = store
        self._case = Case(store, threads)
        self._books: OrderedDict[str | None, tuple[object, Book]] = OrderedDict()
        self._reading: defaultdict[str | None, Lock] = defaultdict(Lock)
        self._keeping, self._writing = Lock(), Lock()
        self._refreshing: Thread | None = None
        self.trouble = ""
        """Why the record could not be brought up to date; empty if it could."""

    @property
    def name(self) -> str:
        """The case as its file is called."""
        return Path(self._store.name).name

    def book(self, as_of: str | None = None) -> Book:
        """The record as known on a day, or in whole; read again only when the case has changed."""
        state = self._state()
        with self._reading[as_of]:  # one who waits for a day that takes long keeps nobody else waiting
            held = self._books.get(as_of)
            if held is None or held[0] != state:
                held = state, Book(self._record(as_of), self.name)
            self._keep(as_of, held)
        return held[1]

    def _keep(self, as_of: str | None, held: tuple[object, Book]) -> None:
        """Holds a book ready, and lets go of those that nobody asked for of late."""
        with self._keeping:
            self._books[as_of] = held
            self._books.move_to_end(as_of)
            while len(self._books) > _BOOKS:
                gone, _ = self._books.popitem(last=False)
                self._reading.pop(gone, None)

    def _state(self) -> object:
        """Differs when the record does."""
        with self._store.view() as view:
            if self._is_behind(view):
                self._refresh()
            return tuple(view.report_ids()), view.value("record"), view.value("engine")

    def _record(self, as_of: str | None) -> Item:
        if as_of is not None:
            with self._writing:  # one comparison at a time: each takes a core and much memory
                return self._case.record(Choices(as_of))
        with self._store.view() as view:
            kept = view.value("record")
            return view.record() if kept else self._case.record()

    @staticmethod
    def _is_behind(view: View) -> bool:
        return view.value(_BEHIND) not in ("", None)

    @property
    def is_behind(self) -> bool:
        """Whether the record does not yet tell of the latest reports and decisions."""
        with self._store.view() as view:
            return self._is_behind(view)

    def _refresh(self) -> None:
        """Brings the record up to date without keeping anybody waiting: pages show the one before meanwhile."""
        if not self.trouble and (self._refreshing is None or not self._refreshing.is_alive()):
            self._refreshing = Thread(target=self._refresh_now, daemon=True)
            self._refreshing.start()

    def _refresh_now(self) -> None:
        try:
            with self._writing:
                self._case.refresh()
        except OnRecordError as error:
            self.trouble = str(error)

    def settle(self) -> None:
        """Waits until the record tells of all that was added and decided."""
        self._refresh_now()

    def search(self, words: str, limit: int = 20) -> list[dict[str, Any]]:
        """As `Case.search`, without waiting for the record to be brought up to date."""
        with self._store.view() as view:
            return view.search(words, limit)

    def decisions(self) -> list[Decision]:
        """The log of decisions, those not yet told of by the record included."""
        with self._store.view() as view:
            return view.decisions()

    def decide(self, kind: DecisionKind, ids: Sequence[str], value: Mapping[str, Any], author: str) -> int:
        """As `Case.decide`; the record follows by and by."""
        self.trouble = ""
        with self._writing:
            number = self._case.decide(kind, ids, value, author)
        self._refresh()
        return number

    def undo(self, number: int, author: str) -> int:
        """As `Case.undo`; the record follows by and by."""
        self.trouble = ""
        with self._writing:
            undone = self._case.undo(number, author)
        self._refresh()
        return undone

    def add(self, sources: Sequence[Path | str], watch: Watch | None = None) -> tuple[Added, list[str]]:
        """Takes in reports; the record tells of them when this returns.

        Returns:
            What was done, and the ids of the reports that are new.

        Raises:
            OnRecordError: a source could not be read, and no `watch` took the failure.
        """
        with self._writing:
            before = self._report_ids()
            added = self._case.add(sources, watch)
            return added, sorted(self._report_ids() - before)

    def _report_ids(self) -> set[str]:
        with self._store.view() as view:
            return set(view.report_ids())
