"""Every word is read, and kept from exactly one window, however long its sentence is."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.windows import cut_windows


@st.composite
def texts(draw: st.DrawFn) -> tuple[list[int], list[int], set[int], int]:
    lengths = draw(st.lists(st.integers(1, 16), max_size=120))
    inner = sorted(draw(st.sets(st.integers(1, max(1, len(lengths) - 1)))))
    sentences = [0, *(i for i in inner if i < len(lengths)), len(lengths)] if lengths else [0, 0]
    paragraphs = {s for s in sentences if draw(st.booleans())}
    return lengths, sentences, paragraphs, draw(st.integers(16, 60))


@given(texts())
def test_each_word_is_kept_once_and_in_order(case: tuple[list[int], list[int], set[int], int]) -> None:
    lengths, sentences, paragraphs, size = case
    windows = cut_windows(lengths, sentences, paragraphs, size)
    kept = [word for w in windows for word in range(w.keep_start, w.keep_end)]
    assert kept == list(range(len(lengths)))


@given(texts())
def test_no_window_is_too_long(case: tuple[list[int], list[int], set[int], int]) -> None:
    lengths, sentences, paragraphs, size = case
    for window in cut_windows(lengths, sentences, paragraphs, size):
        assert sum(lengths[window.start : window.end]) <= size
        assert window.start <= window.keep_start < window.keep_end <= window.end


def test_short_sentences_share_a_window_and_paragraphs_stay_whole() -> None:
    windows = cut_windows([1] * 12, [0, 3, 6, 9, 12], {0, 6}, 7)
    assert [(w.start, w.end) for w in windows] == [(0, 6), (6, 12)]


def test_parts_of_a_long_sentence_overlap() -> None:
    windows = cut_windows([1] * 30, [0, 30], {0}, 12)
    assert all(before.end > after.start for before, after in pairwise(windows))
