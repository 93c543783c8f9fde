"""Commands on reports: a record of them, what is in each, a record shown."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from onrecord.cli.options import Asked, asked_options, sources_argument, threads_option
from onrecord.cli.telling import Narrator, load_record, narrator, one_line_errors, output
from onrecord.pipeline import Choices, annotate_sources
from onrecord.pipeline import build as build_record

Item = dict[str, Any]


@click.command()
@sources_argument
@click.option(
    "--json", "record_path", metavar="FILE", help="Where to write the record, as JSON; - for standard output."
)
@click.option(
    "--brief",
    "brief_path",
    metavar="FILE",
    help="Where to write the brief: HTML where the name ends in .html, else Markdown; - for standard output.",
)
@click.option("--case", metavar="CASE", help="Keep the reports in a case as well, as `add` does.")
@asked_options
@threads_option
def build(
    sources: tuple[str, ...],
    record_path: str | None,
    brief_path: str | None,
    case: str | None,
    asked: Asked,
    threads: int | None,
) -> None:
    """Write the record of reports, and the brief."""
    if record_path is None and brief_path is None and case is None:
        raise click.UsageError("Say what to write: --json FILE, --brief FILE, or --case CASE.")
    with one_line_errors(), ExitStack() as outputs:
        choices = asked.choices()
        record_file = outputs.enter_context(output(record_path)) if record_path else None
        brief_file = outputs.enter_context(output(brief_path)) if brief_path else None
        told = outputs.enter_context(narrator())
        record = _kept(case, sources, choices, threads, told) if case else _built(sources, choices, threads, told)
        told.require_a_report()
        from onrecord.export.forms import written_as

        if record_file is not None:
            record_file.write(written_as("record", record))
        if brief_file is not None:
            brief_file.write(written_as("html" if Path(brief_path or "").suffix == ".html" else "brief", record))
    told.close()


def _built(sources: tuple[str, ...], choices: Choices, threads: int | None, told: Narrator) -> Item:
    from onrecord.export.json import record_as_dict

    return record_as_dict(build_record(sources, threads, told, choices))


def _kept(case: str, sources: tuple[str, ...], choices: Choices, threads: int | None, told: Narrator) -> Item:
    from onrecord.casebook import open_case

    with open_case(case, create=True, threads=threads) as opened:
        opened.add(sources, told)
        return opened.record(choices)


@click.command()
@sources_argument
@click.option("-o", "--output", "path", metavar="FILE", default="-", help="Where to write. Default: standard output.")
@threads_option
def annotate(sources: tuple[str, ...], path: str, threads: int | None) -> None:
    """Write what is in each report, a line a report.

    The reports are not compared with one another, so any number of them can be given.
    """
    from onrecord.export.json import as_text, notes_as_dict

    with one_line_errors(), output(path) as file, narrator() as told:
        for annotations in annotate_sources(sources, threads, told):
            file.write(as_text(notes_as_dict(annotations), indent=None))
        told.require_a_report()
    told.close()


@click.command()
@click.argument("record", metavar="RECORD.JSON", type=click.Path(path_type=Path))
def show(record: Path) -> None:
    """Show the statements of a record.

    On a terminal as tables; piped, as lines with tabs between the fields.
    """
    from onrecord.export.terminal import plain_lines, show_tables

    with one_line_errors():
        content = load_record(record)
    if sys.stdout.isatty():
        show_tables(content)
        return
    for line in plain_lines(content):
        click.echo(line)
