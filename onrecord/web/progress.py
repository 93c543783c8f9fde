"""What is told while reports are read, to whoever waits for them in a browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread

from onrecord.casebook import Added
from onrecord.errors import OnRecordError
from onrecord.export.brief.document import counted
from onrecord.export.brief.reading import clipped
from onrecord.model import Annotations, Report
from onrecord.pipeline import Watch
from onrecord.web.evidence import plain

Line = dict[str, str]
_TITLE, _LONGEST, _MOST = 90, 300, 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: a sentence, the ids of the new reports (the first few), and a line for each failure."""

    told: str
    new: tuple[str, ...]
    failed: tuple[str, ...]


class Progress(Watch):
    """Tells of a run in lines, which another thread takes one by one; a source that fails stops no other.

    Args:
        folder: where what was handed in lies meanwhile; its name is told to nobody.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._lines: SimpleQueue[Line | None] = SimpleQueue()
        self._failed: list[OnRecordError] = []
        self._found = self._annotated = 0
        self._outcome: Outcome | OnRecordError | None = None

    def begin(self, work: Callable[[], Outcome]) -> None:
        """Does the work in a thread of its own."""
        Thread(target=self._done, args=(work,), daemon=True).start()

    def _done(self, work: Callable[[], Outcome]) -> None:
        try:
            self._outcome = work()
        except OnRecordError as error:
            self._outcome = error
        except Exception as error:  # whoever waits is told, whatever it was
            self._outcome = OnRecordError("adding", f"failed ({type(error).__name__})", "Look into the room's log")
            raise
        finally:
            self._lines.put(None)

    def next(self) -> Line | None:
        """The next line, as soon as there is one; None at the end."""
        return self._lines.get()

    def outcome(self) -> Outcome:
        """What came of it.

        Raises:
            OnRecordError: nothing did.
        """
        if isinstance(self._outcome, Outcome):
            return self._outcome
        raise self._outcome or OnRecordError("adding", "did not end", "Try again")

    def settled(self, added: Added, new: Sequence[str]) -> Outcome:
        """What is told at the end.

        Raises:
            OnRecordError: every source failed; the first failure.
        """
        if self._failed and not added.new and not added.known:
            raise self._failed[0]
        known = f"; {counted(added.known, 'report')} the case had already" if added.known else ""
        failures = tuple(map(self.line, self._failed[:_MOST]))
        if len(self._failed) > _MOST:
            failures += (f"and {len(self._failed) - _MOST} more that could not be read",)
        return Outcome(f"{counted(added.new, 'report')} added{known}.", tuple(new[: _MOST * 5]), failures)

    def line(self, error: OnRecordError) -> str:
        """An error on one line, without the place where files lie meanwhile."""
        return plain(" ".join(str(error).replace(self._folder, "").lstrip("/").split()))[:_LONGEST]

    def _tell(self, words: str, kind: str = "told") -> None:
        self._lines.put({kind: plain(words)})

    def found(self, report: Report) -> None:
        self._found += 1
        self._tell(f"Read: {clipped(report.title or report.name, _TITLE)}")

    def known(self, report: Report) -> None:
        self._tell(f"In the case already: {clipped(report.title or report.name, _TITLE)}")

    def failed(self, error: OnRecordError) -> None:
        self._failed.append(error)
        self._tell(self.line(error), "failed")

    def annotated(self, annotations: Annotations) -> None:
        self._annotated += 1
        said = sum(one.cue is not None or one.source.basis != "report" for one in annotations.statements)
        self._tell(f"Understood {self._annotated} of {self._found}: {counted(said, 'statement')}")

    def comparing(self, reports: int) -> None:
        self._tell(f"Comparing {counted(reports, 'report')} with one another")
