"""Errors are counted once and in the right class, and sureness is shown as it is."""

from __future__ import annotations

import pytest

from bench.mistakes.spans import compare
from bench.mistakes.tally import Sureness, Tally

Given = list[set[int]]


@pytest.mark.parametrize(
    ("about", "found", "wanted", "kind"),
    [
        ("nothing there", [], [{1, 2}], "missed: nothing was found there"),
        ("nothing given", [{5}], [], "spurious: nothing is given there"),
        ("too long", [{1, 2, 3}], [{1, 2}], "extent: ends too late"),
        ("too short", [{2}], [{1, 2}], "extent: begins too late"),
        ("both ends", [{0, 1, 2, 3}], [{1, 2}], "extent: begins too early and ends too late"),
        ("in pieces", [{1}, {3}], [{1, 2, 3}], "split in several"),
    ],
)
def test_each_error_is_counted_once(about: str, found: Given, wanted: Given, kind: str) -> None:
    tally = Tally("spans")
    compare(tally, [frozenset(one) for one in found], [frozenset(one) for one in wanted], str)
    assert dict(tally.counts) == {kind: 1}, about


def test_what_agrees_is_no_error() -> None:
    tally = Tally("spans")
    compare(tally, [frozenset({1, 2})], [frozenset({1, 2})], str)
    assert not tally.counts


def test_sureness_is_shown_by_bins_and_by_what_abstaining_pays() -> None:
    sure = Sureness("names", (0.5,))
    for likelihood, right in ((0.2, False), (0.4, False), (0.8, True), (0.9, True)):
        sure.add(likelihood, right)
    shown = list(sure.lines())
    assert "0.00 to 0.50  said  30.0%  right   0.0%  of      2" in shown[1]
    assert any("50%  right 100.0%" in line for line in shown)
