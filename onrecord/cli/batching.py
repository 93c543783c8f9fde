"""What is told of a batch: progress, failures in lines and in a file, a summary."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.batch.running import BatchWatch
from onrecord.cli.telling import counted, one_line
from onrecord.errors import OnRecordError
from onrecord.export.files import write_atomically

if TYPE_CHECKING:
    from rich.progress import Progress

    from onrecord.batch.worker import Answer
    from onrecord.model import Report
    from onrecord.parts import Refusal

_REMEDY = "Read its text, and leave it out or mend it"


class BatchNarrator(BatchWatch):
    """Tells of a batch on standard error, and gathers its failures.

    Args:
        progress: where the bar is.
        folder: where the failures are written, as `failures.jsonl`.
    """

    def __init__(self, progress: Progress, folder: Path) -> None:
        self._progress = progress
        self._path = folder / "failures.jsonl"
        self._task = progress.add_task("annotating", total=None)
        self._found = self._repeated = self._done = 0
        self._failures: list[OnRecordError] = []

    def found(self, report: Report) -> None:
        self._found += 1
        self._progress.update(self._task, total=self._found)

    def repeated(self, report: Report) -> None:
        self._repeated += 1

    def known(self, report: Report) -> None:
        self._advance(1)

    def made(self, answer: Answer) -> None:
        self._advance(answer.reports + len(answer.refused))

    def failed(self, error: OnRecordError) -> None:
        self._failures.append(error)
        self._progress.console.print(one_line(error), markup=False, highlight=False, soft_wrap=True)

    def refused(self, refusal: Refusal) -> None:
        self.failed(OnRecordError(refusal.name, refusal.reason, _REMEDY))

    def _advance(self, count: int) -> None:
        self._done += count
        self._progress.update(self._task, completed=self._done)

    def write_failures(self) -> None:
        """The failures as JSON lines; no file where there are none."""
        rows = [{"input": one.subject, "reason": one.reason, "remedy": one.remedy} for one in self._failures]
        if rows:
            write_atomically(self._path, "".join(f"{json.dumps(row)}\n" for row in rows))
        else:
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """How much was read and failed, and the exit status."""
        repeated = f", {self._repeated} given twice" if self._repeated else ""
        failed = f", {len(self._failures)} failed"
        click.echo(f"{counted(self._found, 'report')} read{repeated}{failed}", err=True)
        if self._failures:
            click.echo(f"the failures: {self._path}", err=True)
            sys.exit(1)


@contextmanager
def batch_narrator(folder: Path) -> Iterator[BatchNarrator]:
    """What tells of a batch, for the length of it; the failures are written at its end."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        told = BatchNarrator(progress, folder)
        yield told
        told.write_failures()
