"""Commands on a case: reports added, words searched, the record handed on."""

from __future__ import annotations

import click

from onrecord.cli.options import Asked, asked_options, case_argument, sources_argument, threads_option
from onrecord.cli.telling import narrator, one_line_errors, output


@click.command()
@case_argument
@sources_argument
@threads_option
def add(case: str, sources: tuple[str, ...], threads: int | None) -> None:
    """Add reports to a case; the case is made if there is none."""
    from onrecord.casebook import open_case

    with one_line_errors(), open_case(case, create=True, threads=threads) as opened, narrator() as told:
        opened.add(sources, told)
    told.close()


@click.command()
@case_argument
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many places to show.")
def search(case: str, words: tuple[str, ...], limit: int) -> None:
    """Find words in the reports, statements and names of a case. Words in quotation marks stand together."""
    from onrecord.casebook import open_case

    with one_line_errors(), open_case(case) as opened:
        found = opened.search(" ".join(words), limit)
    for row in found:
        click.echo(f"{row['kind']}\t{row['id']}\t{' '.join(row['snippet'].split())}")
    if not found:
        click.echo("nothing found", err=True)


@click.command()
@case_argument
@click.argument("form", type=click.Choice(["record", "brief", "html"]))
@click.option("-o", "--output", "path", metavar="FILE", default="-", help="Where to write. Default: standard output.")
@asked_options
def export(case: str, form: str, path: str, asked: Asked) -> None:
    """Write a case in another form: the record as JSON, or the brief in Markdown or HTML."""
    from onrecord.casebook import open_case
    from onrecord.export.forms import written_as

    with one_line_errors(), open_case(case) as opened, output(path) as file:
        file.write(written_as(form, opened.record(asked.choices())))
