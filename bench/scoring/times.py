"""Times with their values, from raw text: strict, relaxed and value F1 as TempEval-3 defines them.

The document's creation time is the report's declared date. Counting is that of `bench/times.py`. MEANTIME shaped no
rule and no weight; TimeBank and AQUAINT taught the encoder, so their figures are of training data.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.scoring.figures import Figure
from bench.scoring.workbench import Workbench
from bench.times import Gold, Score, count, gold_of
from onrecord.annotate.annotator import Annotator
from onrecord.model import Time
from onrecord.read.source import read_text

FOLDERS = {"MEANTIME": "times/meantime", "TimeBank": "times/timebank", "AQUAINT": "times/aquaint"}


def score(bench: Workbench) -> Iterator[Figure]:
    """The three figures of each corpus."""
    for data, folder in FOLDERS.items():
        total = _counted(bench.annotator, bench.path(folder))
        yield Figure("times", data, "strict F1", total.f1(total.strict))
        yield Figure("times", data, "relaxed F1", total.f1(total.loose))
        yield Figure("times", data, "value F1", total.f1(total.values))


def _counted(annotator: Annotator, folder: Path) -> Score:
    total = Score()
    for path in sorted(folder.glob("*.tml*")):
        gold = gold_of(path)
        count(total, gold, found(annotator, gold))
    return total


def found(annotator: Annotator, gold: Gold) -> tuple[Time, ...]:
    """The times onrecord finds in the text of a TimeML file that was written on the day it says."""
    day = gold.day[:10] if gold.day else None
    return annotator.annotate(read_text(gold.text, gold.name, published=day)).times
