"""Entities: exact span and type, as in the CoNLL-2003 shared task (Tjong Kim Sang and De Meulder 2003)."""

from __future__ import annotations

from collections.abc import Iterator

from bench.scoring.figures import Figure, Hits
from bench.scoring.tokens import labelled_runs, read_out
from bench.scoring.workbench import Workbench

FILE = "annotator/conllpp_{split}.jsonl.gz"


def score(bench: Workbench) -> Iterator[Figure]:
    """F1 of all types, and of each."""
    total = Hits()
    kinds = {kind: Hits() for kind in ("PER", "ORG", "LOC", "MISC")}
    for item, document, analysis in read_out(bench.encoder, bench.objects(FILE)):
        found, wanted = document.token_spans(analysis.entities), labelled_runs(item["ner"])
        total.add(found, wanted)
        for kind, hits in kinds.items():
            hits.add((s for s in found if s[2] == kind), (s for s in wanted if s[2] == kind))
    yield Figure("entities", "CoNLL++", "F1", total.f1)
    for kind, hits in kinds.items():
        yield Figure("entities", "CoNLL++", f"F1 {kind}", hits.f1)
