from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.spans import Offsets, Passage, Span, covering, merged, trimmed

TEXTS = st.text(alphabet=st.sampled_from("ab é\u2028\U0001f6d1\U00010348\n"), max_size=40)
SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (4, 2), (-1, 2)])
def test_no_span_is_empty_or_runs_backwards(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(SPANS, SPANS)
def test_overlap_is_a_shared_code_point(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)
    assert one.contains(other) == (len(shared) == len(other))
    assert len(one) == one.end - one.start


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_trimmed_takes_off_white_space_and_nothing_else(text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), min(end, len(text))
    span = trimmed(text, start, end)
    if span is None:
        assert not text[start:end].strip()
    else:
        assert span.of(text) == text[start:end].strip()
        assert start <= span.start < span.end <= end


def test_trimmed_takes_off_what_else_is_named() -> None:
    assert trimmed(' "word," ', 0, 9, '",') == Span(2, 6)
    assert trimmed('" , "', 0, 5, '",') is None


@given(st.lists(SPANS, max_size=12))
def test_merged_covers_the_same_code_points_in_order(spans: list[Span]) -> None:
    joined = merged(spans)
    assert {i for s in joined for i in range(s.start, s.end)} == {i for s in spans for i in range(s.start, s.end)}
    assert all(left.end < right.start for left, right in pairwise(joined))
    assert merged(joined) == joined


@given(st.lists(SPANS, min_size=1, max_size=12))
def test_covering_is_the_shortest_that_contains_all(spans: list[Span]) -> None:
    whole = covering(spans)
    assert all(whole.contains(span) for span in spans)
    assert whole.start in {span.start for span in spans}
    assert whole.end in {span.end for span in spans}


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_offsets_count_as_utf16_does(text: str) -> None:
    offsets = Offsets(text)
    for offset in range(len(text) + 1):
        assert offsets.to_utf16(offset) == units(text[:offset])


@given(TEXTS)
def test_offsets_come_back(text: str) -> None:
    offsets = Offsets(text)
    for offset in range(len(text) + 1):
        assert offsets.from_utf16(offsets.to_utf16(offset)) == offset


@given(TEXTS)
def test_the_middle_of_a_pair_counts_as_its_start(text: str) -> None:
    offsets = Offsets(text)
    for offset, char in enumerate(text):
        if ord(char) > 0xFFFF:
            assert offsets.from_utf16(units(text[:offset]) + 1) == offset


@given(TEXTS)
def test_code_points_never_run_backwards(text: str) -> None:
    offsets = Offsets(text)
    counted = [offsets.from_utf16(unit) for unit in range(units(text) + 1)]
    assert counted == sorted(counted)


def test_a_passage_knows_its_span() -> None:
    assert Passage("r:0", 2, 5, "abc").span == Span(2, 5)
