"""Words as units of comparison, the same for any tokeniser: marks never matter, and partial words count."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from onrecord.spans import Span

WORD = re.compile(r"\w+(?:[’'.\-]\w+)*")


class Units:
    """The words of one text. A word belongs to a span if they share a character."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in WORD.finditer(text)]
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def of(self, spans: Iterable[Span]) -> frozenset[int]:
        """Indices of the words that `spans` touch."""
        return frozenset(
            word
            for span in spans
            for word in range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))
        )


def dice(one: frozenset[int], other: frozenset[int]) -> float:
    """Twice the words shared by the words of both; 1 if neither has any (Dice 1945)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0
