"""Figures, and the counts they are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    Attributes:
        layer, data, measure: what it is of; together they name its floor in `floors.toml`.
        value: in per cent unless the measure says otherwise.
        lower_is_better: for errors; the floor is a ceiling then.
        digits: as many as are worth reading.
    """

    layer: str
    data: str
    measure: str
    value: float
    lower_is_better: bool = False
    digits: int = 1

    @property
    def name(self) -> tuple[str, str, str]:
        return self.layer, self.data, self.measure

    def meets(self, floor: float) -> bool:
        """Whether the figure, as it is shown, is no worse than `floor`. What is no number meets nothing."""
        shown = round(self.value, self.digits)
        return shown <= floor if self.lower_is_better else shown >= floor


@dataclass(slots=True)
class Hits:
    """What was found, what should have been, and what of it agrees."""

    right: float = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: Iterable[Hashable], wanted: Iterable[Hashable]) -> None:
        """Counts one document: each item once for each time that it stands on both sides."""
        ours, theirs = Counter(found), Counter(wanted)
        self.right += (ours & theirs).total()
        self.found += ours.total()
        self.wanted += theirs.total()

    @property
    def precision(self) -> float:
        return percent(self.right, self.found)

    @property
    def recall(self) -> float:
        return percent(self.right, self.wanted)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in per cent; 0 where nothing was found or wanted."""
        return percent(2 * self.right, self.found + self.wanted)


def percent(part: float, whole: float) -> float:
    """`part` of `whole` in per cent; 0 of nothing."""
    return 100 * part / whole if whole else 0.0
