"""How much each word tells of what a report is about, against all reports of the archive."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.stories.sketching import Sketch

Vector = dict[str, float]
"""Weights of terms, of length 1, or empty."""
Meaning = NDArray[np.float32]
_MOST_TERMS = 2_000_000
"""Terms whose reports are counted; beyond it those that one report used are forgotten (lossy counting)."""


@dataclass(slots=True)
class Usage:
    """How many reports use each term, and the mean of what reports mean.

    Attributes:
        names: how many times as much a name weighs as a word.
        most: terms kept of a report, the heaviest.
    """

    names: float = 3.0
    most: int = 60
    reports: int = 0
    use: dict[str, int] = field(default_factory=dict)
    total: Meaning | None = None

    def count(self, sketch: Sketch) -> None:
        """Counts a report."""
        self.reports += 1
        for term in sketch.terms:
            self.use[term] = self.use.get(term, 0) + 1
        if len(self.use) > _MOST_TERMS:
            self.use = {term: count for term, count in self.use.items() if count > 1}
        if sketch.meaning:
            direction = _unit_of(np.array(sketch.meaning, np.float32))
            self.total = direction if self.total is None else self.total + direction

    def vector(self, sketch: Sketch) -> Vector:
        """The heaviest terms of a report by TF-IDF, names counting for more."""
        weights = {term: (1 + math.log(n)) * self._rarity(term) for term, n in sketch.terms.items()}
        heaviest = sorted(weights, key=lambda term: (-weights[term], term))[: self.most]
        return unit({term: weights[term] for term in heaviest if weights[term] > 0})

    def meaning(self, sketch: Sketch) -> Meaning | None:
        """What a report means beyond what all reports do, as a direction; None where the model gives none."""
        if not sketch.meaning or self.total is None:
            return None
        mean = (self.total / max(1, self.reports)).astype(np.float32)
        return _unit_of(_unit_of(np.array(sketch.meaning, np.float32)) - mean)

    def _rarity(self, term: str) -> float:
        rarity = math.log((1 + self.reports) / (0.5 + self.use.get(term, 1)))
        return rarity * (self.names if term.startswith("=") else 1.0)


def unit(weights: Mapping[str, float]) -> Vector:
    """The same weights, of length 1."""
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def _unit_of(vector: Meaning) -> Meaning:
    length = float(np.linalg.norm(vector))
    shorter: Meaning = (vector / length).astype(np.float32) if length else vector
    return shorter
