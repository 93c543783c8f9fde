"""Spelling variants of transliterated names: whether two ways of writing are held to be one name.

Pairs of officials' names from CountryInfo, three different ones for each pair of variants. They are halved by a hash of
the pair; one half sets the threshold, the other is measured, and the shipped threshold is measured on both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from bench.scoring.figures import Figure, percent
from bench.scoring.workbench import Workbench
from onrecord.resolve.names import SAME, same_name

FILE = "actors/arabic_name_pairs.json"

Scored = tuple[float, bool]
"""The score of a pair, and whether it is one name."""


def score(bench: Workbench) -> Iterator[Figure]:
    """F1 on each half with the threshold that is best on the other, and with the shipped one on all."""
    halves = _halves(bench)
    for measured, other in ((1, 0), (0, 1)):
        threshold = _best_threshold(halves[other])
        yield Figure("names", "Arabic pairs", f"F1, half {measured}", _f1(halves[measured], threshold))
    yield Figure("names", "Arabic pairs", "F1, shipped threshold", _f1(halves[0] + halves[1], SAME))


def _halves(bench: Workbench) -> tuple[list[Scored], list[Scored]]:
    data = json.loads(bench.path(FILE).read_text("utf-8"))
    halves: tuple[list[Scored], list[Scored]] = ([], [])
    for same, pairs in ((True, data["pos"]), (False, data["neg"])):
        for one, other, *_ in pairs:
            key = hashlib.sha256("|".join(sorted((one, other))).encode()).hexdigest()
            halves[int(key, 16) % 2].append((same_name(one, other).score, same))
    return halves


def _best_threshold(scored: Sequence[Scored]) -> float:
    """The score, among those given, that parts the pairs best."""
    return max(sorted({value for value, _ in scored}), key=lambda threshold: _f1(scored, threshold))


def _f1(scored: Sequence[Scored], threshold: float) -> float:
    found = sum(value >= threshold for value, _ in scored)
    wanted = sum(same for _, same in scored)
    right = sum(same and value >= threshold for value, same in scored)
    return percent(2 * right, found + wanted)
