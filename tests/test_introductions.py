"""Who a source is, told where the report introduces it: the words are found wherever they stand.

The trees come from a trained encoder, so a case may fail; four in five must hold, and a failure names the others.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.annotator import Annotator
from onrecord.export.json import notes_as_dict
from onrecord.introductions import introductions
from onrecord.model import Annotations, Words
from onrecord.read.source import read_text

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "introductions.jsonl").read_text(encoding="utf-8").splitlines()
]
RIGHT = 0.8
"""Share of the cases that must hold."""


@pytest.fixture(scope="module")
def readings(model: Path) -> list[Annotations]:
    annotator = Annotator(threads=1, model=model)
    return [annotator.annotate(read_text(case["text"], f"case {i}")) for i, case in enumerate(CASES)]


def told(case: dict[str, Any], notes: Annotations) -> list[str]:
    """The introductions of the source of the statement that the case is about; of all, where it is about none."""
    text = notes.report.text
    found = introductions(notes)
    about = [
        one
        for one in notes.statements
        if case["content"] is None or any(case["content"] in span.of(text) for span in one.content)
    ]
    return [span.of(text) for one in about for span in found.get(one.id, ())]


def test_a_source_is_introduced_by_the_words_that_say_who_it_is(readings: list[Annotations]) -> None:
    wrong = []
    for case, notes in zip(CASES, readings, strict=True):
        words = told(case, notes)
        wanted = case["introduced"]
        if not (any(wanted in one for one in words) if wanted else not words):
            wrong.append(f"{case['about']}: {words}")
    assert len(wrong) <= (1 - RIGHT) * len(CASES), "\n".join(wrong)


def test_introductions_are_verbatim_in_what_is_written(readings: list[Annotations]) -> None:
    for notes in readings:
        text = notes.report.text
        for statement in notes_as_dict(notes)["statements"]:
            for span in statement["source"]["introduced"]:
                assert text[span["start"] : span["end"]] == span["text"]


def test_annotations_without_a_tree_have_no_introductions() -> None:
    report = read_text("Ann Lee said it was late.", "bare")
    assert introductions(Annotations(report, (), Words([], [], []), ())) == {}
