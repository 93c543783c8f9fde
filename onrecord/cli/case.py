"""Commands on a case: reports added, words searched, the record handed on."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from onrecord.cli.options import (
    Asked,
    asked_options,
    case_argument,
    later_option,
    sources_argument,
    standing_option,
    threads_option,
)
from onrecord.cli.serve import SITE, write_site
from onrecord.cli.telling import narrator, one_line_errors, output, tell_of_waiting
from onrecord.export.forms import FORMS, Files
from onrecord.export.words import one_line

_PLACE = ("kind", "id", "report", "snippet")
"""What is told of a place where words stand."""


@click.command()
@case_argument
@sources_argument
@later_option
@threads_option
def add(case: str, sources: tuple[str, ...], later: bool, threads: int | None) -> None:
    """Add reports to a case; the case is made if there is none."""
    from onrecord.case.connect import is_server
    from onrecord.casebook import open_case

    is_new = not is_server(case) and not Path(case).exists()
    with one_line_errors(), open_case(case, create=True, threads=threads) as opened, narrator() as told:
        opened.add(sources, told, later=later)
    if is_new and told.has_come_to_nothing:
        Path(case).unlink(missing_ok=True)
    told.close()


@click.command()
@case_argument
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many places to show.")
@click.option("--json", "form", flag_value="json", help="Write JSON.")
@click.option("--csv", "form", flag_value="csv", help="Write CSV.")
@standing_option
def search(case: str, words: tuple[str, ...], limit: int, form: str | None, standing: bool) -> None:
    """Find words in the reports, statements and names of a case. Words in quotation marks stand together."""
    from onrecord.case.asking import waiting
    from onrecord.casebook import open_case
    from onrecord.export.json import as_text
    from onrecord.export.tables import csv_text

    with one_line_errors(), open_case(case, standing=standing) as opened:
        found = [{name: row[name] for name in _PLACE} for row in opened.search(" ".join(words), limit)]
        with opened.view() as view:
            names = view.names() if form is None else {}
            tell_of_waiting(waiting(view) if standing else 0)
    if form == "json":
        click.echo(as_text(found), nl=False)  # type: ignore[arg-type]
    elif form == "csv":
        click.echo(csv_text(_PLACE, [tuple(row.values()) for row in found]), nl=False)
    elif sys.stdout.isatty():
        _as_table(found, names)
    else:
        for row in found:
            fields = (row["kind"], row["id"], row["snippet"], names.get(row["report"], "-"))
            click.echo("\t".join(map(one_line, fields)))
    if not found:
        click.echo("nothing found", err=True)


def _as_table(found: Sequence[Mapping[str, str]], names: Mapping[str, str]) -> None:
    from rich.console import Console

    from onrecord.export.questions.answer import Row
    from onrecord.export.questions.shown import as_table

    rows = [Row(row["id"], (row["kind"], row["snippet"]), names.get(row["report"], ""), ()) for row in found]
    as_table(("found in", "words"), rows, Console())


@click.command()
@case_argument
@click.argument("form", metavar="FORM", type=click.Choice([*FORMS, SITE]))
@click.option(
    "-o",
    "--output",
    "path",
    metavar="FILE",
    default="-",
    help="Where to write; a folder for csv, parquet and site. Default: standard output.",
)
@asked_options
def export(case: str, form: str, path: str, asked: Asked) -> None:
    """Write a case in another form; the table of forms is its help."""
    from onrecord.casebook import open_case
    from onrecord.export.folders import write_folder

    if form == SITE:
        write_site(case, path, asked)
        return
    chosen = FORMS[form]
    if isinstance(chosen, Files) and path == "-":
        raise click.UsageError(f"{form} is a folder of files: say which, with -o FOLDER.")
    with one_line_errors(), open_case(case) as opened:
        if isinstance(chosen, Files):
            write_folder(Path(path), chosen.write(opened.record(asked.choices())))
        else:
            with output(path) as file:
                file.write(chosen.write(opened.record(asked.choices())))


_FORMS = "\n".join(f"  {name:12} {form.describes}" for name, form in FORMS.items())
_FORMS += f"\n  {SITE:12} the reading room as pages that open without a server: a folder, or one file NAME.html"
export.help = f"Write a case in another FORM, for people and for other programs.\n\n\b\n{_FORMS}"
