"""A record in a terminal: tables and the brief for a person, lines with tabs for a program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.export.brief import MARKS, document_of, grouped
from onrecord.export.brief.document import Document, Evidence, Line, Piece, Section, spaced
from onrecord.export.brief.markdown import place

Item = Mapping[str, Any]

_STYLES = {"named": "bold", "role": "", "anonymous": "italic", "document": "underline", "report": "dim"}
_OF_A_RUN = {"strong": "bold", "soft": "dim", "source": "", "quote": "", "verbatim": "", "plain": ""}


def show_tables(record: Item, console: Console | None = None) -> None:
    """Prints a table of statements for each report, and last, where it stays in sight, the brief."""
    console = console or Console()
    statements = _by_report(record)
    for report in record["reports"]:
        console.print(_heading(report))
        console.print(_table(statements.get(report["id"], [])))
        console.print()
    _show_brief(document_of(record), console)


def plain_lines(record: Item) -> Iterator[str]:
    """A line a report, and under it a line a statement and a claim:

    `statement`, or `nested` if another statement passes it on; the place of its words; basis; attitude;
    source; cue; content. `commitment`: place, strength, due, parties, action. `position`: place, stance, actor,
    issue, words. `figure`: place, state, value, unit, date, words. Below all reports, `timeline`: earliest and latest
    day, origins, headline; `change`: kind, explanation; `conflict`: label, kind, explanation. Tabs part the fields,
    `-` stands for what is missing.
    """
    statements = _by_report(record)
    claims = {kind: grouped(record[f"{kind}s"], lambda one: one["report"]) for kind in _CLAIMS}
    names = {one["id"]: one.get("name") or one["label"] for kind in ("actors", "issues") for one in record[kind]}
    for report in record["reports"]:
        yield "\t".join(("report", _one_line(report["name"]), _date(report), _one_line(report["title"] or "-")))
        for statement in statements.get(report["id"], []):
            yield "\t".join(_fields(statement))
        for kind, fields in _CLAIMS.items():
            for claim in claims[kind].get(report["id"], []):
                yield "\t".join((kind, _place(claim["evidence"]), *map(_told, fields(claim, names))))
    yield from _story_lines(record)


def _story_lines(record: Item) -> Iterator[str]:
    for entry in record["timeline"]:
        days = entry["date"]["earliest"], entry["date"]["latest"]
        yield "\t".join(("timeline", *map(_told, (*days, entry["origins"], entry["headline"]))))
    for change in record["changes"]:
        yield "\t".join(("change", change["kind"], _told(change["explanation"])))
    for conflict in record["conflicts"]:
        yield "\t".join(("conflict", conflict["label"], conflict["kind"], _told(conflict["explanation"])))


def _commitment(claim: Item, names: Mapping[str, str]) -> tuple[object, ...]:
    parties = ", ".join(names.get(party, party) for party in claim["parties"])
    return claim["strength"], _value(claim["due"]), parties, claim["action"]["text"]


def _position(claim: Item, names: Mapping[str, str]) -> tuple[object, ...]:
    holder, issue = names.get(claim["actor"], claim["actor"]), names.get(claim["issue"], claim["issue"])
    return claim["stance"], holder, issue, _text(claim["evidence"])


def _figure(claim: Item, names: Mapping[str, str]) -> tuple[object, ...]:
    return claim["state"], claim["value"], claim["unit"], _value(claim["date"]), _text(claim["evidence"])


_CLAIMS: Mapping[str, Callable[[Item, Mapping[str, str]], tuple[object, ...]]] = {
    "commitment": _commitment,
    "position": _position,
    "figure": _figure,
}


def _show_brief(document: Document, console: Console) -> None:
    console.print(Rule(Text(_one_line(document.title), "bold"), align="left"))
    console.print(Text(_one_line(" · ".join(document.known)), "dim"))
    console.print(_pieces(document.opening, document.labels))
    for section in document.sections:
        _show_section(section, document.labels, console)


def _show_section(section: Section, labels: Mapping[str, str], console: Console) -> None:
    console.print()
    console.print(Text.assemble((section.title, "bold"), ("  " + section.note, "dim")))
    for group in section.groups:
        if group.title:
            console.print(Padding(Text(_one_line(group.title), "underline"), (0, 0, 0, 2)))
        for line in group.lines:
            _show_line(line, labels, console, 2)


def _show_line(line: Line, labels: Mapping[str, str], console: Console, indent: int) -> None:
    words = Text.assemble((_one_line(line.lead), "bold"), " — ", _pieces(line.pieces, labels))
    console.print(Padding(words, (0, 0, 0, indent)))
    for under in line.under:
        _show_line(under, labels, console, indent + 2)


def _pieces(pieces: Sequence[Piece], labels: Mapping[str, str]) -> Text:
    return Text.assemble(*(Text.assemble(space, _piece(piece, labels)) for space, piece in spaced(pieces)))


def _piece(piece: Piece, labels: Mapping[str, str]) -> Text:
    if isinstance(piece, Evidence):
        return Text(place(piece.passages, labels), "dim")
    words = f"“{_one_line(piece.text)}”" if piece.style == "quote" else _one_line(piece.text)
    mark = MARKS[piece.basis] + " " * bool(words) if piece.basis else ""
    return Text.assemble(mark, (words, _STYLES[piece.basis] if piece.basis else _OF_A_RUN[piece.style]))


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
        _, where, basis, attitude, source, cue, content = _fields(statement)
        who = Text.assemble("↳ " if statement["within"] else "", MARKS[basis], " ", (source, _STYLES[basis]))
        says = Text(cue) if attitude == "speech" else Text.assemble(cue, (f" ({attitude.replace('-', ' ')})", "dim"))
        table.add_row(where, who, says, Text(content))
    return table


def _by_report(record: Item) -> dict[str | None, list[Item]]:
    return grouped(record["statements"], lambda one: one["report"])


def _fields(statement: Item) -> tuple[str, ...]:
    source = statement["source"]
    return (
        "nested" if statement["within"] else "statement",
        _place(statement["evidence"]),
        source["basis"],
        statement["attitude"],
        _words(source["span"]),
        _words(statement["cue"]),
        _one_line(_text(statement["content"])),
    )


def _place(spans: Sequence[Item]) -> str:
    return f"{min(span['start'] for span in spans)}-{max(span['end'] for span in spans)}"


def _text(spans: Sequence[Item]) -> str:
    return " … ".join(span["text"] for span in spans)


def _value(date: Item | None) -> str | None:
    return date["value"] if date else None


def _date(report: Item) -> str:
    return report["date"]["value"] or "-"


def _words(span: Item | None) -> str:
    return "-" if span is None else _one_line(span["text"])


def _told(value: object) -> str:
    """A field of a line; `-` for what is missing."""
    return "-" if value is None or value == "" else _one_line(str(value))


def _one_line(words: str) -> str:
    """The words on one line, without what a terminal would act on or could not encode."""
    line = " ".join(words.split())
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
