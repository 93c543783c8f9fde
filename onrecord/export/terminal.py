"""A record in a terminal: tables for a person, lines with tabs for a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.export.brief import MARKS, grouped

Item = Mapping[str, Any]

_STYLES = {"named": "bold", "role": "", "anonymous": "italic", "document": "underline", "report": "dim"}


def show_tables(record: Item, console: Console | None = None) -> None:
    """Prints a table of statements for each report."""
    console = console or Console()
    statements = _by_report(record)
    for report in record["reports"]:
        console.print(_heading(report))
        console.print(_table(statements.get(report["id"], [])))
        console.print()


def plain_lines(record: Item) -> Iterator[str]:
    """A line a report, and under it a line a statement:

    `statement`, or `nested` if another statement passes it on; the place of its words; basis; attitude;
    source; cue; content. Tabs part the fields, `-` stands for what is missing.
    """
    statements = _by_report(record)
    for report in record["reports"]:
        yield "\t".join(("report", _one_line(report["name"]), _date(report), _one_line(report["title"] or "-")))
        for statement in statements.get(report["id"], []):
            yield "\t".join(_fields(statement))


def _heading(report: Item) -> Text:
    date = "no date given" if report["date"]["value"] is None else f"{_date(report)} ({report['date']['status']})"
    title = _one_line(report["title"] or report["name"])
    return Text.assemble((title, "bold"), f"\n{_one_line(report['name'])} · {date}")


def _table(statements: list[Item]) -> Table:
    """A row a statement; a source stands behind the mark of its basis, and an arrow before what another passes on."""
    table = Table(box=None, pad_edge=False, header_style="dim", expand=True)
    table.add_column("at", no_wrap=True, style="dim")
    table.add_column("who", ratio=3, overflow="fold")
    table.add_column("", ratio=3, overflow="fold")
    table.add_column("what", ratio=8, overflow="fold")
    for statement in statements:
        _, place, basis, attitude, source, cue, content = _fields(statement)
        who = Text.assemble("↳ " if statement["within"] else "", MARKS[basis], " ", (source, _STYLES[basis]))
        says = Text(cue) if attitude == "speech" else Text.assemble(cue, (f" ({attitude.replace('-', ' ')})", "dim"))
        table.add_row(place, who, says, Text(content))
    return table


def _by_report(record: Item) -> dict[str | None, list[Item]]:
    return grouped(record["statements"], lambda one: one["report"])


def _fields(statement: Item) -> tuple[str, ...]:
    spans, source = statement["evidence"], statement["source"]
    return (
        "nested" if statement["within"] else "statement",
        f"{spans[0]['start']}-{max(span['end'] for span in spans)}",
        source["basis"],
        statement["attitude"],
        _words(source["span"]),
        _words(statement["cue"]),
        _one_line(" … ".join(span["text"] for span in statement["content"])),
    )


def _date(report: Item) -> str:
    return report["date"]["value"] or "-"


def _words(span: Item | None) -> str:
    return "-" if span is None else _one_line(span["text"])


def _one_line(words: str) -> str:
    """The words on one line, without what a terminal would act on or could not encode."""
    line = " ".join(words.split())
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
