"""What the commands tell: progress and failures on standard error, results in files or on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EPIPE
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from onrecord.errors import OnRecordError
from onrecord.pipeline import Watch

if TYPE_CHECKING:
    from rich.progress import Progress

    from onrecord.model import Annotations, Report


class Narrator(Watch):
    """Tells of a run on standard error: a bar on a terminal, a line for each failure, a summary at the end."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("reading", total=None)
        self._found = self._known = self._repeated = self._failed = self._annotated = self._statements = 0

    def found(self, report: Report) -> None:
        self._found += 1
        self._progress.update(self._task, total=self._found)

    def repeated(self, report: Report) -> None:
        self._repeated += 1

    def failed(self, error: OnRecordError) -> None:
        self._failed += 1
        self._progress.console.print(one_line(error), markup=False, highlight=False, soft_wrap=True)

    def annotated(self, annotations: Annotations) -> None:
        self._annotated += 1
        # What a report tells in its own voice is in the record too, but it is not news that it says so.
        self._statements += sum(one.cue is not None or one.source.basis != "report" for one in annotations.statements)
        self._progress.update(self._task, description="annotating", completed=self._annotated)

    def known(self, report: Report) -> None:
        self._known += 1
        self._progress.update(self._task, completed=self._known)

    def comparing(self, reports: int) -> None:
        self._progress.update(self._task, description=f"comparing {counted(reports, 'report')}", total=None)

    def require_a_report(self) -> None:
        """Leaves the outputs as they were if there is nothing to write.

        Raises:
            OnRecordError: no report was read.
        """
        if not self._found:
            reason = f"no report could be read ({self._failed} failed)"
            raise OnRecordError("nothing written", reason, "Give at least one readable report")

    @property
    def has_come_to_nothing(self) -> bool:
        """Whether something failed, and no report was read."""
        return self._failed > 0 and self._found == 0

    def close(self) -> None:
        """The summary, and the exit status."""
        repeated = f", {self._repeated} given twice" if self._repeated else ""
        repeated += f", {self._known} in the case already" if self._known else ""
        statements = counted(self._statements, "statement")
        click.echo(f"{counted(self._found, 'report')} read{repeated}, {self._failed} failed, {statements}", err=True)
        if self._failed:
            sys.exit(1)


@contextmanager
def narrator() -> Iterator[Narrator]:
    """What tells of a run, for the length of it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Narrator(progress)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """What the user can mend is told in one line."""
    try:
        yield
    except OnRecordError as error:
        click.echo(one_line(error), err=True)
        sys.exit(1)
    except OSError as error:
        if error.errno == EPIPE:
            raise  # whoever read the output has seen enough; click ends without a word
        click.echo(f"writing failed: {error.strerror or error}. Make room, or write elsewhere.", err=True)
        sys.exit(1)


@contextmanager
def output(path: str) -> Iterator[IO[str]]:
    """The file to write, or standard output for `-`."""
    from onrecord.export.files import written_atomically

    if path == "-":
        with click.open_file("-", "w", encoding="utf-8") as file:
            yield file
    else:
        with written_atomically(Path(path)) as file:
            yield file


def load_record(path: Path) -> dict[str, Any]:
    """A record from a file.

    Raises:
        OnRecordError: there is no such file, or no record in it.
    """
    remedy = "Give a file that `onrecord build --json` wrote"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OnRecordError(str(path), f"cannot be read ({error.strerror})", remedy) from error
    except (ValueError, RecursionError) as error:
        raise OnRecordError(str(path), "is not JSON", remedy) from error
    if not isinstance(content, dict) or content.get("format") != "onrecord/1":
        raise OnRecordError(str(path), "is not a record of format onrecord/1", remedy)
    return content


def one_line(error: OnRecordError) -> str:
    """The error on one line, in characters that every stream can carry."""
    return " ".join(str(error).split()).encode("utf-8", "backslashreplace").decode("utf-8")


def tell_of_waiting(reports: int) -> None:
    """Says how many reports an answer leaves out."""
    if reports:
        click.echo(f"{counted(reports, 'report')} added since are not compared yet", err=True)


def counted(number: int, noun: str) -> str:
    """The number and the noun, in the plural where it is one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
