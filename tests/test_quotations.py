"""Quotation marks are paired as a reader pairs them, and a missing one does little harm."""

from __future__ import annotations

import json
import time
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.quotations import Quotation, find_quotations

CASE_FILE = Path(__file__).parent / "cases" / "quotations.jsonl"
CASES = [json.loads(line) for line in CASE_FILE.read_text("utf-8").splitlines()]
PIECES = st.sampled_from([
    "“", "”", '"', "''", "``", "'", "‘", "’", "«", "»", "„", "said", " ", " ", "\n\n", "\n", ". ", ", ", "It", "s ",
    "6'2\"", "90s", "(", ")", "—", "\x00", "🙂", "a",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


def _row(text: str, quotation: Quotation) -> list[str]:
    flags = {
        "unclosed": not quotation.closed,
        "continues": quotation.continues,
        "nested": quotation.nested,
        "scare": quotation.scare,
    }
    return [quotation.span.of(text), *(name for name, holds in flags.items() if holds)]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["note"]) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert [_row(case["text"], q) for q in find_quotations(case["text"])] == case["quotations"]


def test_inner_is_what_stands_between_the_marks() -> None:
    text = "He said “ we go ” and ``you stay.''"
    assert [q.inner.of(text) for q in find_quotations(text)] == ["we go", "you stay."]


def test_nothing_before_the_start_is_read() -> None:
    text = "“A Title He said: “we go”"
    assert [q.span.of(text) for q in find_quotations(text, 8)] == ["“we go”"]


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_quotations_are_in_order_and_do_not_cross(text: str) -> None:
    quotations = find_quotations(text)
    assert [q.span.start for q in quotations] == sorted(q.span.start for q in quotations)
    for quotation in quotations:
        assert quotation.span.contains(quotation.inner)
        assert not (quotation.closed and quotation.continues)
    for a, b in product(quotations, quotations):
        assert not a.span.overlaps(b.span) or a.span.contains(b.span) or b.span.contains(a.span)
    outer = [q for q in quotations if not q.nested]
    assert all(a.span.end <= b.span.start for a, b in pairwise(outer))
    assert quotations == find_quotations(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(" " * 1_000_000, id="white space"),
        pytest.param("a" * 10_000_000, id="one word"),
        pytest.param('"' * 1_000_000, id="straight marks"),
        pytest.param("“" * 1_000_000, id="opening marks"),
        pytest.param("”" * 1_000_000, id="closing marks"),
        pytest.param("'" * 1_000_000, id="apostrophes"),
        pytest.param("“\n\n" * 80_000, id="opening marks, each in its paragraph"),
        pytest.param('a "b ' * 80_000, id="never closed"),
        pytest.param("‘a " * 80_000, id="single marks never closed"),
        pytest.param("“a „b «c ``d " * 25_000, id="all kinds never closed"),
        pytest.param("“a\n" * 60_000 + "b”", id="a closing mark far away"),
        pytest.param("." * 1_000_000, id="full stops"),
        pytest.param("\x00🙂" * 500_000, id="nothing readable"),
    ],
)
def test_time_is_linear(text: str) -> None:
    begun = time.process_time()
    find_quotations(text)
    assert time.process_time() - begun < 10, "a quadratic scan takes minutes"
