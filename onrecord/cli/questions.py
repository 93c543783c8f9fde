"""Questions to a case: one command for each of the table of questions, and `explain` and `diff`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, get_args

import click

from onrecord.cli.options import Asked as Chosen
from onrecord.cli.options import asked_options, case_argument, standing_option
from onrecord.cli.telling import counted, one_line_errors, tell_of_waiting
from onrecord.export.questions.answer import Asked, Row, answer
from onrecord.export.questions.known import Lists, RecordLists
from onrecord.export.questions.table import QUESTIONS, FacetName, Question
from onrecord.model import Basis
from onrecord.pipeline import ALL

_ON_A_TERMINAL = 50
"""Rows shown on a terminal where the user says no number."""

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

_FILTERS: dict[FacetName, Sequence[Decorator]] = {
    "actor": [click.option("--actor", metavar="NAME", help="Only of this actor, by any of its names.")],
    "issue": [click.option("--issue", metavar="WORDS", help="Only on issues that have these words.")],
    "place": [click.option("--place", metavar="NAME", help="Only at this place.")],
    "date": [
        click.option("--from", "since", metavar="DATE", help="Only from this day, month or year on."),
        click.option("--to", "until", metavar="DATE", help="Only up to this day, month or year."),
    ],
    "basis": [click.option("--basis", type=click.Choice(get_args(Basis)), help="Only from sources known like this.")],
    "text": [click.option("--text", metavar="WORDS", help="Only where these words stand.")],
}

_limit: Decorator = click.option(
    "--limit", type=click.IntRange(min=1), help="How many rows. Default: all; 50 on a terminal."
)
_json: Decorator = click.option(
    "--json", "form", flag_value="json", help="Write JSON: all fields, and the words themselves."
)
_csv: Decorator = click.option("--csv", "form", flag_value="csv", help="Write CSV.")


@contextmanager
def lists_of(case: str, chosen: Chosen, standing: bool = False) -> Iterator[Lists]:
    """The lists of a case's record; compared anew where the user chose a day or issues.

    Args:
        standing: whether a record will do that does not tell of the latest reports and decisions.

    Raises:
        OnRecordError: there is no such case, or what was chosen is wrong.
    """
    from onrecord.case.asking import CaseLists, is_behind, waiting
    from onrecord.case.store import Store
    from onrecord.casebook import open_case

    choices = chosen.choices()
    if standing and choices != ALL:
        raise click.UsageError("--standing is the record as it was compared: --as-of and --issues compare anew.")
    with Store(case) as store:
        with store.view() as view:
            behind, added = is_behind(view), CaseLists(view).added()
            if behind and standing and view.value("record") is not None:
                behind = False
                tell_of_waiting(waiting(view))
        if choices != ALL:
            with open_case(case) as opened:
                yield RecordLists(opened.record(choices), added)
            return
        if behind:
            with open_case(case) as opened:
                opened.refresh()
        with store.view() as view:
            yield CaseLists(view)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: an answer loads many objects, and throws none away before it is written."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _command(question: Question) -> click.Command:
    """The command that asks a question; `who` also takes the name as it stands."""

    def ask(case: str, asked: Chosen, standing: bool, limit: int | None, form: str | None, **filters: Any) -> None:
        name = " ".join(filters.pop("name", ()))
        narrowed = Asked(**({"actor": name} if name else {}), **{key: one for key, one in filters.items() if one})
        with one_line_errors(), _uncollected(), lists_of(case, asked, standing) as lists:
            rows = answer(question, lists, narrowed)
        _write(question.names, rows, limit, form)

    command: Callable[..., Any] = asked_options(standing_option(ask))
    for add in (_csv, _json, _limit, *_options(question)):
        command = add(command)
    if question.name == "who":
        command = click.argument("name", nargs=-1)(command)
    return click.command(question.name, help=question.describes)(case_argument(command))


def _options(question: Question) -> Iterator[Decorator]:
    named = question.name == "who"
    for facet, options in reversed(_FILTERS.items()):
        if facet in question.facets and not (named and facet == "actor"):
            yield from reversed(options)


def _write(names: Sequence[str], rows: Sequence[Row], limit: int | None, form: str | None) -> None:
    from onrecord.export.questions import shown

    on_terminal = form is None and sys.stdout.isatty()
    left = rows[: limit or (_ON_A_TERMINAL if on_terminal else None)]
    if form == "json":
        click.echo(shown.as_json(names, left), nl=False)
    elif form == "csv":
        click.echo(shown.as_csv(names, left), nl=False)
    elif on_terminal:
        from rich.console import Console

        shown.as_table(names, left, Console())
    else:
        click.echo("".join(f"{line}\n" for line in shown.as_lines(left)), nl=False)
    _tell_of_the_rest(len(rows), len(left))


def _tell_of_the_rest(found: int, shown: int) -> None:
    if not found:
        click.echo("nothing found", err=True)
    elif shown < found:
        click.echo(f"{counted(found - shown, 'row')} more; --limit {found} shows all", err=True)


@click.command()
@case_argument
@click.argument("identifier", metavar="ID")
@asked_options
@standing_option
@_json
@_csv
def explain(case: str, identifier: str, asked: Chosen, standing: bool, form: str | None) -> None:
    """Say why something is as the record has it.

    ID is that of a statement, an actor, an event, a change, a report, or anything else of the record: by which rules,
    on which words, who passes it on, what else it might be, what was decided about it.
    """
    from onrecord.export.json import as_text
    from onrecord.export.questions.explaining import as_csv, as_lines, as_object
    from onrecord.export.questions.explaining import explain as explained
    from onrecord.export.questions.known import Known

    with one_line_errors(), lists_of(case, asked, standing) as lists:
        found = explained(identifier, lists)
        names = Known(lists).names
    if form == "json":
        click.echo(as_text(as_object(found)), nl=False)
    elif form == "csv":
        click.echo(as_csv(found, names), nl=False)
    else:
        click.echo("".join(f"{one}\n" for one in as_lines(found, names)), nl=False)


@click.command()
@case_argument
@click.option("--since", required=True, metavar="DATE", help="The first day of what counts as new.")
@click.option(
    "--by",
    type=click.Choice(["added", "published", "either"]),
    default="either",
    show_default=True,
    help="What makes a report new: when it was added to the case, or when it was published.",
)
@_limit
@_json
@_csv
@asked_options
@standing_option
def diff(case: str, since: str, by: str, asked: Chosen, standing: bool, limit: int | None, form: str | None) -> None:
    """Show what is new in a case since a day.

    New is what rests on the words of reports that were added or published since: the reports, what changed, where
    they disagree, what was promised and what became of promises, who takes which side, who said what.
    """
    from onrecord.export.json import as_text
    from onrecord.export.questions.answer import first_day
    from onrecord.export.questions.since import HOW, NAMES, as_objects, new_since

    with one_line_errors(), _uncollected(), lists_of(case, asked, standing) as lists:
        found = new_since(first_day(since), lists, by)  # type: ignore[arg-type]
    if form == "json":
        new = as_objects(found[:limit])
        click.echo(as_text({"since": since, "by": by, "new": new}), nl=False)
        _tell_of_the_rest(len(found), len(new))
        return
    if form is None:
        click.echo(f"{HOW[by]} since {since}: {counted(len(found), 'line')}.", err=True)
    _write(NAMES, found, limit, form)


COMMANDS = (*(_command(question) for question in QUESTIONS), explain, diff)
"""Every command of this module."""
