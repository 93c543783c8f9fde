"""Label sequences obey their grammar, and heads always lead to a root."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.decoding import (
    best_paths,
    common_in_lower_case,
    labelled_spans,
    no_moves,
    rooted,
    second_roots_as_subjects,
)
from onrecord.annotate.labels import ATTRIBUTION


def _best_by_trying(scores: np.ndarray, moves: np.ndarray) -> float:
    best = -np.inf
    for path in itertools.product(range(scores.shape[1]), repeat=len(scores)):
        if ATTRIBUTION[path[0]].startswith("I-"):
            continue
        total = sum(scores[i, k] for i, k in enumerate(path)) + sum(moves[a, b] for a, b in itertools.pairwise(path))
        best = max(best, float(total))
    return best


@given(st.integers(0, 10_000), st.integers(1, 4))
def test_the_best_path_is_found(seed: int, length: int) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.normal(size=(2, 5, len(ATTRIBUTION))).astype(np.float32)
    moves = no_moves(ATTRIBUTION) + chance.normal(size=(7, 7)).astype(np.float32) * 0.3
    path = best_paths(scores, np.array([length, 5]), moves)[0, :length]
    own = sum(scores[0, i, k] for i, k in enumerate(path)) + sum(moves[a, b] for a, b in itertools.pairwise(path))
    assert np.isclose(own, _best_by_trying(scores[0, :length], moves), atol=1e-4)


def test_spans_join_what_continues_and_part_what_begins_again() -> None:
    names = ("O", "B-cue", "I-cue", "B-source", "I-source")
    assert labelled_spans(np.array([1, 2, 1, 0, 3, 4]), names) == [
        (0, 2, "cue"),
        (2, 3, "cue"),
        (4, 6, "source"),
    ]


@given(st.lists(st.tuples(st.integers(-2, 30), st.integers(0, 3)), max_size=30))
def test_every_word_leads_to_the_root_of_its_sentence(words: list[tuple[int, int]]) -> None:
    sentence = sorted(s for _, s in words)
    heads = rooted([h for h, _ in words], sentence)
    for word in range(len(heads)):
        current = word
        for _ in range(len(heads) + 1):
            if heads[current] == current:
                break
            current = heads[current]
        assert heads[current] == current
        assert sentence[current] == sentence[word]


def test_a_noun_left_without_a_head_is_the_subject_of_the_verb_behind_it() -> None:
    heads, relations = second_roots_as_subjects([0, 1, 1], ["root", "root", "obj"], ["NOUN", "VERB", "NOUN"], [0, 0, 0])
    assert (heads, relations) == ([1, 1, 1], ["nsubj", "root", "obj"])


def test_a_verb_with_a_subject_takes_no_second_one() -> None:
    given_heads, names = [0, 2, 2], ["root", "nsubj", "root"]
    assert second_roots_as_subjects(given_heads, names, ["NOUN", "PRON", "VERB"], [0, 0, 0]) == (given_heads, names)


def test_a_word_in_lower_case_is_no_name() -> None:
    words, tags = ["the", "chamber", "of", "van", "Dyk"], ["DET", "PROPN", "ADP", "PROPN", "PROPN"]
    assert common_in_lower_case(words, tags) == ["DET", "NOUN", "ADP", "PROPN", "PROPN"]
