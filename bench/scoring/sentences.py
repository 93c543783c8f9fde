"""Sentences: their boundaries in raw text against CoreNLP's, which are silver: good, but no person's."""

from __future__ import annotations

from collections.abc import Iterator

from bench.scoring.figures import Figure, Hits
from bench.scoring.workbench import Workbench
from bench.sentences import compared, polnear

FILES = ("attribution/polnear_{split}.jsonl.gz", "attribution/polnear_silver_{split}.jsonl.gz")


def score(bench: Workbench) -> Iterator[Figure]:
    """F1 of the boundaries within paragraphs."""
    hits = Hits()
    for document in polnear(bench.data, bench.split):
        hits.add(*compared(document))
    yield Figure("sentences", "PolNeAR, silver", "boundary F1", hits.f1)
