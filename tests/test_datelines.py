"""Trees stop at the dateline."""

from __future__ import annotations

from dataclasses import replace

from onrecord.annotate.datelines import put_back, set_apart
from onrecord.model import Words


def _words(text: str, heads: list[int], relations: list[str]) -> Words:
    starts, at = [], 0
    for word in text.split():
        starts.append(text.index(word, at))
        at = starts[-1] + len(word)
    ends = [start + len(word) for start, word in zip(starts, text.split(), strict=True)]
    return Words(starts, ends, [0] * len(starts), ["X"] * len(starts), heads, relations)


def test_what_stands_before_the_body_is_read_as_a_sentence() -> None:
    text = "OSLO - Unions object ."
    words = _words(text, [], [])
    assert set_apart(words, text.index("Unions")).sentence == [0, 0, 1, 1, 1]


def test_the_dateline_hangs_on_the_body() -> None:
    apart = replace(
        _words("OSLO - Unions object .", [0, 0, 3, 3, 3], ["root", "punct", "nsubj", "root", "punct"]),
        sentence=[0, 0, 1, 1, 1],
    )
    whole = put_back(apart, [0] * 5)
    assert whole.sentence == [0] * 5
    assert whole.head == [3, 0, 3, 3, 3]
    assert whole.relation == ["dep", "punct", "nsubj", "root", "punct"]


def test_a_body_that_begins_a_sentence_changes_nothing() -> None:
    words = _words("Unions object .", [1, 1, 1], ["nsubj", "root", "punct"])
    assert set_apart(words, 0) == words
    assert put_back(words, words.sentence) == words
