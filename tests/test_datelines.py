"""Trees stop at the dateline."""

from __future__ import annotations

from onrecord.annotate.datelines import set_apart
from onrecord.model import Words


def _words(text: str, heads: list[int], relations: list[str]) -> Words:
    starts, at = [], 0
    for word in text.split():
        starts.append(text.index(word, at))
        at = starts[-1] + len(word)
    ends = [start + len(word) for start, word in zip(starts, text.split(), strict=True)]
    return Words(starts, ends, [0] * len(starts), ["X"] * len(starts), heads, relations)


def test_the_town_of_a_dateline_is_no_subject() -> None:
    text = "OSLO - Unions object ."
    words = _words(text, [3, 3, 3, 3, 3], ["nsubj", "punct", "nsubj", "root", "punct"])
    apart = set_apart(words, text.index("Unions"))
    assert apart.relation == ["dep", "dep", "nsubj", "root", "punct"]
    assert apart.head == words.head


def test_the_body_has_a_root_of_its_own() -> None:
    text = "OSLO - Unions object ."
    apart = set_apart(_words(text, [0, 0, 3, 0, 0], ["root", "punct", "nsubj", "parataxis", "punct"]), 7)
    assert apart.head == [3, 0, 3, 3, 3]
    assert apart.relation[3] == "root"


def test_a_body_that_begins_a_sentence_changes_nothing() -> None:
    text = "Unions object ."
    words = _words(text, [1, 1, 1], ["nsubj", "root", "punct"])
    assert set_apart(words, 0) == words
