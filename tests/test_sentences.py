"""Sentences end where a reader says they end."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.sentences import split_sentences

CASE_FILE = Path(__file__).parent / "cases" / "sentences.jsonl"
CASES = [json.loads(line) for line in CASE_FILE.read_text("utf-8").splitlines()]
PIECES = st.sampled_from([
    "Mr. ", "U.S. ", "The ", "said", ". ", ".", "? ", "…", "\n", "\n\n", "\r\n", " ", "”", "“", '"', "''", "。", "- ",
    "• ", "1. ", "A: ", "\x00", "\u200b", "\u0301", "🙂", "he ", "I", "(", ")", "[1]", "\u2028", "\f", "é", "7",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@pytest.mark.parametrize("case", [pytest.param(c, id=c["note"]) for c in CASES if "skip" not in c])
def test_case(case: dict[str, object]) -> None:
    text = str(case["text"])
    assert [" ".join(span.of(text).split()) for span in split_sentences(text)] == case["sentences"]


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_spans_are_in_order_and_cover_every_character(text: str) -> None:
    spans = split_sentences(text)
    covered: set[int] = set()
    end = 0
    for span in spans:
        assert span.start >= end
        assert span.of(text) == span.of(text).strip()
        end = span.end
        covered.update(range(span.start, span.end))
    assert all(char.isspace() or index in covered for index, char in enumerate(text))
    assert spans == split_sentences(text)


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_nothing_before_the_start_is_read(head: str, text: str) -> None:
    spans = split_sentences(head + text, len(head))
    moved = [(span.start - len(head), span.end - len(head)) for span in spans]
    assert moved == [(span.start, span.end) for span in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 10_000_000, id="one word"),
        pytest.param("." * 1_000_000, id="full stops"),
        pytest.param(". " * 200_000, id="full stops apart"),
        pytest.param("a. " * 100_000, id="initials"),
        pytest.param('"' * 1_000_000, id="quotation marks"),
        pytest.param('.".' * 100_000, id="quotation marks and full stops"),
        pytest.param('. " ' * 80_000, id="lone quotation marks"),
        pytest.param("\n" * 500_000, id="line breaks"),
        pytest.param("a\n" * 150_000, id="short lines"),
        pytest.param("\x00" * 1_000_000, id="nothing readable"),
        pytest.param("🙂." * 150_000, id="emoji"),
        pytest.param(" " * 1_000_000, id="white space"),
        pytest.param("'" * 500_000 + "." + "'" * 500_000, id="apostrophes"),
        pytest.param(".[1" * 100_000, id="open brackets"),
        pytest.param("." + "\u0301" * 1_000_000 + "a", id="combining marks"),
        pytest.param("A.B." * 100_000, id="one acronym"),
    ],
)
def test_time_is_linear(text: str) -> None:
    begun = time.process_time()
    split_sentences(text)
    assert time.process_time() - begun < 10, "a quadratic scan takes minutes"


def test_nothing_to_split() -> None:
    assert split_sentences("") == ()
    assert split_sentences(" \n\t ") == ()
