from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.words import tokenise, word_spans

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases/words.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_words_are_those_a_grammarian_would_count(case: dict[str, object]) -> None:
    text = str(case["text"])
    assert [text[a:b] for a, b in word_spans(text)] == case["words"]


@given(st.text())
def test_no_character_but_white_space_is_lost(text: str) -> None:
    spans = word_spans(text)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = "".join(text[a:b] for a, b in spans)
    assert [c for c in covered if not c.isspace()] == [c for c in text if not c.isspace()]


@given(st.text(max_size=200))
def test_each_word_lies_in_its_sentence(text: str) -> None:
    sentences = split_sentences(text)
    words = tokenise(text, sentences)
    for start, end, index in zip(words.starts, words.ends, words.sentence, strict=True):
        assert sentences[index].start <= start < end <= sentences[index].end
