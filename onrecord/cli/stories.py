"""The command that finds the stories of an archive."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import sources_argument, threads_option
from onrecord.cli.telling import Narrator, counted, narrator, one_line_errors, output
from onrecord.errors import OnRecordError
from onrecord.pipeline import Watch, annotate_sources

if TYPE_CHECKING:
    from onrecord.stories import Story

_TITLE, _NAMES = 60, 3


@click.command()
@sources_argument
@click.option("--least", type=click.IntRange(min=1), default=2, show_default=True, help="Reports of a story, at least.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many stories to list.")
@click.option(
    "--alike",
    type=click.FloatRange(0, 1),
    help="How alike reports of one story are: less makes fewer and wider stories. Default: 0.35.",
)
@click.option("--wide", is_flag=True, help="Join stories that are parts of one: a war of a year, and not one battle.")
@click.option(
    "--json", "path", metavar="FILE", help="Write all stories with the ids of their reports; - for standard output."
)
@click.option("--pick", "picked", type=int, metavar="NUMBER", help="Put the reports of this story into --case.")
@click.option("--case", metavar="CASE", help="The case that --pick puts reports into; made if there is none.")
@threads_option
def stories(
    sources: tuple[str, ...],
    least: int,
    limit: int,
    alike: float | None,
    wide: bool,
    path: str | None,
    picked: int | None,
    case: str | None,
    threads: int | None,
) -> None:
    """Find the stories in an archive, largest first, and open a case on one of them.

    SOURCE is best a folder that `onrecord batch` wrote: its reports are not annotated again. The same archive gives the
    same numbers.
    """
    from onrecord.stories import Grain, find_stories, wider

    if (picked is None) != (case is None):
        raise click.UsageError("Give --pick NUMBER and --case CASE together.")
    with one_line_errors(), narrator() as told:
        grain = Grain() if alike is None else Grain(alike=alike)
        found = find_stories(annotate_sources(sources, threads, told), grain)
        found = wider(found) if wide else found
        told.require_a_report()
    if path is not None:
        _write(path, found)
    if picked is not None and case is not None:
        with one_line_errors():
            _open(case, sources, _story(found, picked), threads)
    elif path is None:
        _list([story for story in found if len(story.reports) >= least], limit)
    _close(told, found)


def _list(found: Sequence[Story], limit: int) -> None:
    """A line a story: on a terminal in columns, piped with tabs between them."""
    largest = sorted(found, key=lambda story: (-len(story.reports), story.number))
    for story in largest[:limit]:
        cells = (str(story.number), str(len(story.reports)), _days(story), story.title, ", ".join(story.names[:_NAMES]))
        if sys.stdout.isatty():
            number, reports, days, title, names = cells
            click.echo(f"{number:>6} {reports:>6}  {days:<23} {title[:_TITLE]:<{_TITLE}}  {names}")
        else:
            click.echo("\t".join(cells))


def _days(story: Story) -> str:
    if story.first is None or story.last is None:
        return ""
    first, last = (date.fromordinal(day).isoformat() for day in (story.first, story.last))
    return first if first == last else f"{first}..{last}"


def _story(found: Sequence[Story], number: int) -> Story:
    for story in found:
        if story.number == number:
            return story
    raise OnRecordError(str(number), "is the number of no story", "Take one from the list of `onrecord stories`")


def _open(case: str, sources: Sequence[str], story: Story, threads: int | None) -> None:
    from onrecord.casebook import open_case

    with open_case(case, create=True, threads=threads) as opened:
        added = opened.add(sources, _Passing(), only=frozenset(story.reports))
    click.echo(f"{counted(added.new, 'report')} added to {case}, {added.known} there already", err=True)


class _Passing(Watch):
    """Fails at nothing: what cannot be read was told before."""

    def failed(self, error: OnRecordError) -> None:
        return None


def _write(path: str, found: Sequence[Story]) -> None:
    from onrecord.export.json import as_text

    with one_line_errors(), output(path) as file:
        for story in found:
            row: dict[str, Any] = asdict(story)
            del row["weights"]
            row |= {
                name: date.fromordinal(row[name]).isoformat() for name in ("first", "last") if row[name] is not None
            }
            file.write(as_text(row, indent=None))


def _close(told: Narrator, found: Sequence[Story]) -> None:
    several = sum(len(story.reports) > 1 for story in found)
    click.echo(f"{counted(len(found), 'story').replace('storys', 'stories')}, {several} of several reports", err=True)
    told.close()
