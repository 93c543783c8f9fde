"""Short texts to statements: who says what, by which cue, on which basis, with which attitude.

The encoder is trained, so a case may fail; four in five must hold, and a failure names those that do not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.annotator import Annotator
from onrecord.model import Annotations, Statement
from onrecord.read.source import read_text
from onrecord.spans import Span

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "statements.jsonl").read_text(encoding="utf-8").splitlines()
]
FOUND = 0.8
"""Share of the cases whose statement is found: its source, and most of its content."""
RIGHT = 0.8
"""Share of the found statements that have the cue, the basis and the attitude expected, each for itself."""


@pytest.fixture(scope="module")
def readings(model: Path) -> list[Annotations]:
    """What the annotator makes of each case."""
    annotator = Annotator(threads=1, model=model)
    return [annotator.annotate(read_text(case["text"], f"case {i}")) for i, case in enumerate(CASES)]


def place(text: str, words: str) -> Span:
    assert text.count(words) == 1, f"{words!r} must stand once in {text!r}"
    return Span(text.index(words), text.index(words) + len(words))


def candidates(case: dict[str, Any], notes: Annotations) -> Iterator[Statement]:
    """The statements with the expected source that hold most of the expected content, the best fit first."""
    expected = place(case["text"], case["content"])
    source = place(case["text"], case["source"]) if case["source"] else None
    for statement in sorted(notes.statements, key=lambda one: (sum(map(len, one.content)), one.id)):
        shared = sum(max(0, min(s.end, expected.end) - max(s.start, expected.start)) for s in statement.content)
        own = statement.source.span
        if 2 * shared > len(expected) and (own is None if source is None else own and own.overlaps(source)):
            yield statement


def found(case: dict[str, Any], notes: Annotations) -> Statement | None:
    """The statement of the case. What the report says in its own voice is none, and a nested one has an outer one."""
    spoken = (one for one in candidates(case, notes) if one.source.basis != "report" or one.cue or not case["source"])
    return next((one for one in spoken if not case.get("nested") or one.within), None)


def shown(notes: Annotations) -> str:
    text = notes.report.text
    return "; ".join(
        f"[{one.source.span.of(text) if one.source.span else one.source.basis}"
        f" | {one.cue.of(text) if one.cue else '-'} | {' … '.join(s.of(text) for s in one.content)}"
        f" | {one.source.basis} | {one.attitude}]"
        for one in notes.statements
    )


def assert_share(kept: int, of: int, least: float, failures: list[str]) -> None:
    assert kept >= least * of, f"{kept} of {of} hold, {least:.0%} must:\n" + "\n".join(failures)


def test_who_said_what_is_found(readings: list[Annotations]) -> None:
    pairs = list(zip(CASES, readings, strict=True))
    missed = [(case, notes) for case, notes in pairs if found(case, notes) is None]
    lines = [f"- {case['about']}: {shown(notes)}" for case, notes in missed]
    assert_share(len(pairs) - len(missed), len(pairs), FOUND, lines)


@pytest.mark.parametrize("field", ["cue", "basis", "attitude"])
def test_found_statements_are_read_rightly(readings: list[Annotations], field: str) -> None:
    pairs = [(case, one) for case, notes in zip(CASES, readings, strict=True) if (one := found(case, notes))]
    asked = [(case, one) for case, one in pairs if case[field] is not None]
    wrong = [f"- {case['about']}: {answer(case, one, field)}" for case, one in asked if not agrees(case, one, field)]
    assert_share(len(asked) - len(wrong), len(asked), RIGHT, wrong)


def answer(case: dict[str, Any], statement: Statement, field: str) -> str | None:
    if field == "cue":
        return statement.cue.of(case["text"]) if statement.cue else None
    return statement.source.basis if field == "basis" else statement.attitude


def agrees(case: dict[str, Any], statement: Statement, field: str) -> bool:
    got = answer(case, statement, field)
    return got is not None and (case[field] in got if field == "cue" else case[field] == got)


def test_a_quotation_of_nobody_is_kept_without_a_source(readings: list[Annotations]) -> None:
    case, notes = next(pair for pair in zip(CASES, readings, strict=True) if pair[0]["source"] is None)
    own = [one for one in notes.statements if case["content"] in " ".join(s.of(case["text"]) for s in one.content)]
    assert own
    assert all(one.source.span is None or one.source.span.of(case["text"]) not in case["content"] for one in own)
