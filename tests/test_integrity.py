"""Damage in a text is named where it is, and sound texts are left alone."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.integrity import find_faults
from onrecord.annotate.sentences import split_sentences
from onrecord.model import Finding, Report, Words

CASE_FILE = Path(__file__).parent / "cases" / "integrity.jsonl"
CASES = [json.loads(line) for line in CASE_FILE.read_text("utf-8").splitlines()]
PIECES = st.sampled_from([
    "We ", "said ", "the ", "the ", "he ", ", ", ". ", "Ada Moreau", "“", "”", "\n\n", "\n", "â€™", "\x00", "\ufffd",
    "…", "of ", "told me", "Mr. ", "&amp;", "12", "🙂",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


def _faults(text: str) -> tuple[Finding, ...]:
    report = Report(id="r:test", name="test", sha256="", text=text)
    words = [found.span() for found in re.finditer(r"\w+(?:['’-]\w+)*|[^\w\s]", text)]
    columns = Words([start for start, _ in words], [end for _, end in words], [0] * len(words))
    return find_faults(report, split_sentences(text), columns)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["note"]) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    text = case["text"]
    found = _faults(text)
    rows: list[list[str]] = [[fault.kind, *(span.of(text) for span in fault.evidence)] for fault in found]
    assert rows == case["findings"]
    assert case.get("suggestion", "") in "".join(fault.suggestion for fault in found)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_findings_are_distinct_and_lie_in_the_text(text: str) -> None:
    found = _faults(text)
    assert len({fault.id for fault in found}) == len(found)
    assert all(fault.evidence and fault.explanation and fault.suggestion for fault in found)
    assert all(span.end <= len(text) for fault in found for span in fault.evidence)
    assert found == _faults(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 5_000_000, id="one word"),
        pytest.param("the " * 80_000, id="one word again and again"),
        pytest.param("of the of the a " * 20_000, id="phrases again and again"),
        pytest.param("we, " * 80_000 + "said.", id="commas"),
        pytest.param("I said, " * 40_000, id="verbs of saying"),
        pytest.param("\x00" * 500_000, id="nothing readable"),
        pytest.param("Ã©" * 200_000, id="letters decoded wrongly"),
        pytest.param("A a a a: " * 30_000, id="labels"),
        pytest.param("a. b " * 60_000, id="chopped"),
    ],
)
def test_time_is_linear(text: str) -> None:
    begun = time.process_time()
    _faults(text)
    assert time.process_time() - begun < 10, "a quadratic scan takes minutes"
