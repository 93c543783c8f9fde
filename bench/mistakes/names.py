"""Errors of names held to be one: by how the spellings differ; and how sure the score is."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bench.mistakes.tally import Sureness, Tally
from bench.scoring.names import FILE
from bench.scoring.workbench import Workbench
from onrecord.resolve.names import SAME, same_name


def lines(bench: Workbench, show: int) -> Iterator[str]:
    """Pairs missed and pairs held falsely to be one, and the share that is one by score."""
    data = json.loads(bench.path(FILE).read_text("utf-8"))
    tally = Tally("names")
    sure = Sureness("names, score of a pair", (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95))
    for same, pairs in ((True, data["pos"]), (False, data["neg"])):
        for one, other, *_ in pairs:
            score = same_name(one, other).score
            sure.add(score, same)
            if same != (score >= SAME):
                tally.add(
                    ("missed: " if same else "falsely one: ") + _difference(one, other), f"{one} | {other} {score:.2f}"
                )
    yield from tally.lines(show)
    yield from sure.lines()


def _difference(one: str, other: str) -> str:
    mine, theirs = one.lower().split(), other.lower().split()
    if len(mine) != len(theirs):
        return "one has more parts"
    shared = len(set(mine) & set(theirs))
    return f"as many parts, {'none' if not shared else 'some'} the same"
