"""The command that reads whole archives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import sources_argument
from onrecord.cli.telling import counted, one_line_errors

if TYPE_CHECKING:
    from onrecord.batch.running import Summary


@click.command()
@sources_argument
@click.option("-o", "--output", "folder", metavar="FOLDER", required=True, help="Where the parts are, or go to.")
@click.option("--processes", type=click.IntRange(min=1), help="Workers. Default: one per core.")
@click.option("--shard", type=click.IntRange(min=1), default=100, show_default=True, help="Reports a part.")
@click.option(
    "--engine",
    type=click.Choice(["processes", "ray"]),
    default="processes",
    show_default=True,
    help="Processes of this machine, or Ray on many.",
)
@click.option("--address", metavar="ADDRESS", help="The Ray cluster, such as ray://head:10001 or auto.")
def batch(
    sources: tuple[str, ...], folder: str, processes: int | None, shard: int, engine: str, address: str | None
) -> None:
    """Annotate an archive of any size into Parquet parts, on all cores or on many machines.

    What a run that was stopped has finished is not done again, and reports that come later are added as new parts.
    Commands that take SOURCE take FOLDER, and do not annotate its reports again. What cannot be annotated is told, and
    stands in FOLDER/failures.jsonl.
    """
    from onrecord.batch.running import Plan, run
    from onrecord.cli.batching import batch_narrator

    with one_line_errors(), batch_narrator(Path(folder)) as told:
        plan = Plan(processes, engine, address, reports=shard)
        summary = run(sources, Path(folder), plan, told)
    for line in _summary(summary):
        click.echo(line, err=True)
    told.close()


def _summary(summary: Summary) -> list[str]:
    new = f"{counted(summary.reports, 'report')} annotated into {counted(summary.parts, 'part')}"
    known = f", {summary.known} in parts already" if summary.known else ""
    held = f"{summary.words} words, {counted(summary.statements, 'statement')}, {counted(summary.events, 'event')}"
    lines = [f"{new}{known}; {held}"]
    if summary.others:
        others = counted(summary.others, "part")
        lines.append(f"{others} of another version or model left alone: delete what is not needed")
    return lines
