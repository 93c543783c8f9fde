"""The command line: parse, call, write.

Results go to files or to standard output; what is told of the run goes to standard error. Exit status 0:
all was read; 1: something failed, and a line says what (the outputs of the rest are still written); 2: usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from errno import EPIPE
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from onrecord.errors import OnRecordError
from onrecord.pipeline import Watch, annotate_sources
from onrecord.pipeline import build as build_record
from onrecord.version import VERSION

if TYPE_CHECKING:
    from rich.progress import Progress

    from onrecord.model import Annotations, Record, Report

_sources = click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
_threads = click.option("--threads", type=click.IntRange(min=1), help="Reports read at once. Default: one per core.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="onrecord")
def main() -> None:
    """Puts a developing story on the record: who said what, when, on whose authority, and in which words.

    SOURCE is a text or HTML file, a folder of them, or a .jsonl file with one report a line.
    """


@main.command()
@_sources
@click.option(
    "--json", "record_path", metavar="FILE", help="Where to write the record, as JSON; - for standard output."
)
@click.option("--brief", "brief_path", metavar="FILE", help="Where to write the brief, in Markdown; - likewise.")
@_threads
def build(sources: tuple[str, ...], record_path: str | None, brief_path: str | None, threads: int | None) -> None:
    """Write the record of reports, and the brief."""
    if record_path is None and brief_path is None:
        raise click.UsageError("Say what to write: --json FILE, --brief FILE, or both.")
    with _one_line_errors(), ExitStack() as outputs:
        record_file = outputs.enter_context(_output(record_path)) if record_path else None
        brief_file = outputs.enter_context(_output(brief_path)) if brief_path else None
        narrator = outputs.enter_context(_narrator())
        record = build_record(sources, threads, narrator)
        narrator.require_a_report()
        _write(record, record_file, brief_file)
    narrator.close()


@main.command()
@_sources
@click.option("-o", "--output", "path", metavar="FILE", default="-", help="Where to write. Default: standard output.")
@_threads
def annotate(sources: tuple[str, ...], path: str, threads: int | None) -> None:
    """Write what is in each report, a line a report.

    The reports are not compared with one another, so any number of them can be given.
    """
    from onrecord.export.json import as_text, notes_as_dict

    with _one_line_errors(), _output(path) as file, _narrator() as narrator:
        for annotations in annotate_sources(sources, threads, narrator):
            file.write(as_text(notes_as_dict(annotations), indent=None))
        narrator.require_a_report()
    narrator.close()


@main.command()
@click.argument("record", metavar="RECORD.JSON", type=click.Path(path_type=Path))
def show(record: Path) -> None:
    """Show the statements of a record.

    On a terminal as tables; piped, as lines with tabs between the fields.
    """
    from onrecord.export.terminal import plain_lines, show_tables

    with _one_line_errors():
        content = _load(record)
    if sys.stdout.isatty():
        show_tables(content)
        return
    for line in plain_lines(content):
        click.echo(line)


def _write(record: Record, record_file: IO[str] | None, brief_file: IO[str] | None) -> None:
    from onrecord.export.brief import brief
    from onrecord.export.json import as_text, record_as_dict

    content = record_as_dict(record)
    if record_file is not None:
        record_file.write(as_text(content))
    if brief_file is not None:
        brief_file.write(brief(content))


class _Narrator(Watch):
    """Tells of a run on standard error: a bar on a terminal, a line for each failure, a summary at the end."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("reading", total=None)
        self._found = self._repeated = self._failed = self._annotated = self._statements = 0

    def found(self, report: Report) -> None:
        self._found += 1
        self._progress.update(self._task, total=self._found)

    def repeated(self, report: Report) -> None:
        self._repeated += 1

    def failed(self, error: OnRecordError) -> None:
        self._failed += 1
        self._progress.console.print(_one_line(error), markup=False, highlight=False, soft_wrap=True)

    def annotated(self, annotations: Annotations) -> None:
        self._annotated += 1
        # What a report tells in its own voice is in the record too, but it is not news that it says so.
        self._statements += sum(one.cue is not None or one.source.basis != "report" for one in annotations.statements)
        self._progress.update(self._task, description="annotating", completed=self._annotated)

    def require_a_report(self) -> None:
        """Leaves the outputs as they were if there is nothing to write.

        Raises:
            OnRecordError: no report was read.
        """
        if not self._found:
            reason = f"no report could be read ({self._failed} failed)"
            raise OnRecordError("nothing written", reason, "Give at least one readable report")

    def close(self) -> None:
        """The summary, and the exit status."""
        repeated = f", {self._repeated} given twice" if self._repeated else ""
        statements = _counted(self._statements, "statement")
        click.echo(f"{_counted(self._found, 'report')} read{repeated}, {self._failed} failed, {statements}", err=True)
        if self._failed:
            sys.exit(1)


@contextmanager
def _narrator() -> Iterator[_Narrator]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield _Narrator(progress)


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """What the user can mend is told in one line."""
    try:
        yield
    except OnRecordError as error:
        click.echo(_one_line(error), err=True)
        sys.exit(1)
    except OSError as error:
        if error.errno == EPIPE:
            raise  # whoever read the output has seen enough; click ends without a word
        click.echo(f"writing failed: {error.strerror or error}. Make room, or write elsewhere.", err=True)
        sys.exit(1)


@contextmanager
def _output(path: str) -> Iterator[IO[str]]:
    """The file to write, or standard output for `-`."""
    from onrecord.export.files import written_atomically

    if path == "-":
        with click.open_file("-", "w", encoding="utf-8") as file:
            yield file
    else:
        with written_atomically(Path(path)) as file:
            yield file


def _load(path: Path) -> dict[str, Any]:
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


def _one_line(error: OnRecordError) -> str:
    """The error on one line, in characters that every stream can carry."""
    return " ".join(str(error).split()).encode("utf-8", "backslashreplace").decode("utf-8")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
