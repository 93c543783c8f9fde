"""A record in a terminal: the brief for a person, fields between tabs for a program."""

from __future__ import annotations

import io
import json
from typing import Any

from rich.console import Console

from onrecord.export.terminal import plain_lines, show_tables
from tests.conftest import HARBOUR
from tests.test_brief import Story


def screen(record: dict[str, Any]) -> str:
    console = Console(file=io.StringIO(), width=200)
    show_tables(record, console)
    shown: str = console.file.getvalue()  # type: ignore[attr-defined]
    return shown


def fields(record: dict[str, Any], kind: str) -> list[list[str]]:
    lines = [line.split("\t") for line in plain_lines(record)]
    return [line[1:] for line in lines if line[0] == kind]


def test_the_brief_comes_last_where_it_stays_in_sight() -> None:
    shown = screen(Story().record)
    assert shown.index("the last crane leaves in June.") < shown.index("Removal of the cranes")
    assert shown.rindex("What is agreed and due next") < shown.rindex("Timeline") < shown.rindex("The reports")


def test_lines_of_the_brief_keep_their_source_and_their_place() -> None:
    (line,) = [line for line in screen(Story().record).splitlines() if "Ana Ruiz: a delay of two months" in line]
    assert "○ the operator (intention), according to ◌ a port official" in line
    start = HARBOUR.index("a delay of two months")
    assert f"[r1 {start}–{start + len('a delay of two months')}]" in line


def test_claims_are_lines_under_their_report() -> None:
    record = Story().record
    june = ["agreed", "2024-06", "the operator", "the last crane leaves in June"]
    assert june in [line[1:] for line in fields(record, "commitment")]
    assert ["opposes", "the operator", "removal of the cranes"] in [line[1:4] for line in fields(record, "position")]
    assert ["current", "40", "crane", "2019", "About 40 cranes"] in [line[1:] for line in fields(record, "figure")]


def test_the_story_stands_below_the_reports() -> None:
    record = Story().record
    assert fields(record, "timeline")[0] == ["2024-06-01", "2024-06-30", "1", "the last crane leaves in June"]
    assert ["deadline", "It is not as it was."] in fields(record, "change")
    assert ["update", "number", "The later report tells of fewer."] in fields(record, "conflict")


def test_no_text_can_act_on_the_terminal() -> None:
    text = json.dumps(Story().record).replace("the union wants", "the\\u001b[31m\\u0007\\tunion [bold]wants")
    record = json.loads(text)
    assert not {"\x1b", "\x07"} & set(screen(record))
    assert "[bold]wants" in screen(record)
    assert not {"\x1b", "\x07"} & set("".join(plain_lines(record)))
    assert len({line.count("\t") for line in plain_lines(record) if line.startswith("position")}) == 1
