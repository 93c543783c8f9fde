"""Factuality of events, from -3 (did not happen) to 3 (happened), on UW (Lee et al. 2015).

The corpus is single sentences; fifty at a time are read as one report, each a paragraph of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import StatisticsError, correlation, fmean
from typing import Any

from bench.scoring.figures import Figure, percent
from bench.scoring.tokens import analysed, laid_out
from bench.scoring.workbench import Workbench
from onrecord.annotate.encoder import Encoder

FILE = "annotator/uw_{split}.jsonl.gz"
TOGETHER = 50
CERTAIN = 1.5
"""From here on, either way, an event is taken to have happened, or not to have."""


def score(bench: Workbench) -> Iterator[Figure]:
    """Mean absolute error, Pearson's r and three-way accuracy over the events given."""
    items = list(bench.objects(FILE))
    found: list[float] = []
    wanted: list[float] = []
    for begin in range(0, len(items), TOGETHER):
        for ours, gold in judged(bench.encoder, items[begin : begin + TOGETHER]):
            found.append(ours)
            wanted.append(gold)
    yield from figures(found, wanted)


def judged(encoder: Encoder, items: Sequence[dict[str, Any]]) -> Iterator[tuple[float, float]]:
    """The factuality found and the one given, of each event of sentences read together."""
    tokens: list[str] = []
    openings: list[int] = []
    wanted: list[float | None] = []
    for item in items:
        openings.append(len(tokens))
        tokens += item["tokens"]
        wanted += item["fact"]
    document = laid_out(tokens, openings)
    found = document.of_tokens(analysed(encoder, document, openings).factuality, 0.0)
    for ours, gold in zip(found, wanted, strict=True):
        if gold is not None:
            yield ours, gold


def figures(found: Sequence[float], wanted: Sequence[float]) -> Iterator[Figure]:
    """The three figures of paired values."""
    pairs = list(zip(found, wanted, strict=True))
    error = fmean(abs(ours - gold) for ours, gold in pairs)
    same = sum(verdict(ours) == verdict(gold) for ours, gold in pairs)
    yield Figure("factuality", "UW", "mean absolute error", error, lower_is_better=True, digits=3)
    yield Figure("factuality", "UW", "Pearson's r", _correlation(found, wanted), digits=3)
    yield Figure("factuality", "UW", "three-way accuracy", percent(same, len(pairs)))


def verdict(factuality: float) -> str:
    """Happened, did not happen, or uncertain."""
    if factuality >= CERTAIN:
        return "happened"
    return "did not happen" if factuality <= -CERTAIN else "uncertain"


def _correlation(found: Sequence[float], wanted: Sequence[float]) -> float:
    """Pearson's r, or 0 where one side never varies."""
    try:
        return correlation(found, wanted)
    except StatisticsError:
        return 0.0
