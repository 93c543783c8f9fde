"""Factuality of events, from -3 (did not happen) to 3 (happened), on UW (Lee et al. 2015).

The corpus is single sentences; fifty at a time are read as one report, each a paragraph of its own.

Labels are judged in two ways. "Label accuracy" cuts the scores given by hand at 1 and -1: what is asserted or planned
lies above (the corpus scores what will surely happen like what has), what is denied below, and the rest between. But
the corpus scores what somebody may, wants or is asked to do at 1 or 2 as often as at 0. "Label in reach" therefore lets
the possible, requested and conditional reach up to 2, its word for probable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import StatisticsError, correlation, fmean
from typing import Any

from bench.scoring.figures import Figure, percent
from bench.scoring.tokens import analysed, laid_out
from bench.scoring.workbench import Workbench
from onrecord.annotate.analysis import Analysis
from onrecord.annotate.encoder import Encoder
from onrecord.annotate.factuality import factuality_of
from onrecord.model import Factuality
from onrecord.syntax import Syntax

FILE = "annotator/uw_{split}.jsonl.gz"
TOGETHER = 50
CERTAIN = 1.5
"""From here on, either way, an event is taken to have happened, or not to have."""
SURE = 1.0
"""The same where labels are judged: the package calls asserted what it scores so."""
_SURE, _NOT, _OPEN = (SURE, 3.0), (-3.0, -1.0), (-0.999, 0.999)
STRICT: dict[Factuality, tuple[float, float]] = {
    "asserted": _SURE,
    "planned": _SURE,
    "denied": _NOT,
    "possible": _OPEN,
    "requested": _OPEN,
    "conditional": _OPEN,
}
REACH: dict[Factuality, tuple[float, float]] = {
    label: (-2.0, 2.0) if bounds is _OPEN else bounds for label, bounds in STRICT.items()
}
"""The scores given by hand, from and to, with which a label agrees."""


def score(bench: Workbench) -> Iterator[Figure]:
    """Mean absolute error, Pearson's r and accuracies over the events given."""
    items = list(bench.objects(FILE))
    rows = [
        row
        for begin in range(0, len(items), TOGETHER)
        for row in judged(bench.encoder, items[begin : begin + TOGETHER])
    ]
    yield from figures([ours for ours, _, _ in rows], [gold for *_, gold in rows])
    yield from label_figures([(label, gold) for _, label, gold in rows])


def judged(encoder: Encoder, items: Sequence[dict[str, Any]]) -> Iterator[tuple[float, Factuality, float]]:
    """The score and label found and the score given, of each event of sentences read together."""
    tokens: list[str] = []
    openings: list[int] = []
    wanted: list[float | None] = []
    for item in items:
        openings.append(len(tokens))
        tokens += item["tokens"]
        wanted += item["fact"]
    document = laid_out(tokens, openings)
    analysis = analysed(encoder, document, openings)
    syntax = Syntax(document.text, analysis.words)
    for word, gold in zip(document.first, wanted, strict=True):
        if gold is not None:
            yield (*_found(syntax, analysis, word), gold)


def _found(syntax: Syntax, analysis: Analysis, word: int | None) -> tuple[float, Factuality]:
    if word is None:
        return 0.0, "possible"
    return analysis.factuality[word], factuality_of(syntax, analysis, word)


def label_figures(rows: Sequence[tuple[Factuality, float]]) -> Iterator[Figure]:
    """How often the label agrees with the score given, strictly and within reach."""
    strict = sum(low <= gold <= high for label, gold in rows for low, high in (STRICT[label],))
    reach = sum(low <= gold <= high for label, gold in rows for low, high in (REACH[label],))
    yield Figure("factuality", "UW", "label accuracy", percent(strict, len(rows)))
    yield Figure("factuality", "UW", "label in reach", percent(reach, len(rows)))


def figures(found: Sequence[float], wanted: Sequence[float]) -> Iterator[Figure]:
    """The three figures of paired values."""
    pairs = list(zip(found, wanted, strict=True))
    error = fmean(abs(ours - gold) for ours, gold in pairs)
    same = sum(verdict(ours) == verdict(gold) for ours, gold in pairs)
    yield Figure("factuality", "UW", "mean absolute error", error, lower_is_better=True, digits=3)
    yield Figure("factuality", "UW", "Pearson's r", _correlation(found, wanted), digits=3)
    yield Figure("factuality", "UW", "three-way accuracy", percent(same, len(pairs)))
    alike = sum(verdict(ours, SURE) == verdict(gold, SURE) for ours, gold in pairs)
    yield Figure("factuality", "UW", "three-way accuracy at 1", percent(alike, len(pairs)))


def verdict(factuality: float, certain: float = CERTAIN) -> str:
    """Happened, did not happen, or uncertain."""
    if factuality >= certain:
        return "happened"
    return "did not happen" if factuality <= -certain else "uncertain"


def _correlation(found: Sequence[float], wanted: Sequence[float]) -> float:
    """Pearson's r, or 0 where one side never varies."""
    try:
        return correlation(found, wanted)
    except StatisticsError:
        return 0.0
