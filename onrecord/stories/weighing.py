"""How much each word tells of what a report is about, against all reports of the archive."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from onrecord.stories.sketching import Sketch

Vector = dict[str, float]
"""Weights of terms, of length 1, or empty."""
Meaning = NDArray[np.float32]
_ZIPF, _WORDS, _RAREST = 0.1, 600, 40_000
"""Zipf's constant for English, words of a report, and the rank of a word that the vocabulary does not know."""
_MOST_TERMS = 2_000_000
"""Terms whose reports are counted; beyond it those that one report used are forgotten (lossy counting)."""


@dataclass(slots=True)
class Usage:
    """How many reports use each term, and the mean of what reports mean.

    Attributes:
        names: how many times as much a name weighs as a word.
        most: terms kept of a report, the heaviest.
        others: reports on anything at all that are taken to stand beside the archive.
    """

    names: float = 3.0
    most: int = 60
    others: int = 10_000
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
        """How seldom a term is used, in this archive and in English: a small archive is no measure by itself."""
        elsewhere = self.others * commonness(term.removeprefix("="))
        rarity = math.log((1 + self.reports + self.others) / (0.5 + self.use.get(term, 1) + elsewhere))
        return max(0.0, rarity) * (self.names if term.startswith("=") else 1.0)


@lru_cache(maxsize=200_000)
def commonness(term: str) -> float:
    """The share of English reports that use a word, by Zipf's law from its rank; of several words, of the rarest."""
    rank = max((_ranks().get(word, _RAREST) for word in term.split()), default=_RAREST)
    return -math.expm1(-_ZIPF * _WORDS / rank)


@cache
def _ranks() -> dict[str, int]:
    """The ranks of English words by how often they are used: the vocabulary of the encoder is in that order."""
    written = files("onrecord").joinpath("data/tokenizer.json").read_text(encoding="utf-8")
    order = sorted(json.loads(written)["model"]["vocab"].items(), key=lambda item: item[1])
    words = [word for word, _ in order if len(word) > 1 and word.isalpha()]
    return {word: rank for rank, word in enumerate(words, 1)}


def unit(weights: Mapping[str, float]) -> Vector:
    """The same weights, of length 1."""
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def _unit_of(vector: Meaning) -> Meaning:
    length = float(np.linalg.norm(vector))
    shorter: Meaning = (vector / length).astype(np.float32) if length else vector
    return shorter
