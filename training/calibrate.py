"""Chooses how readily each label is given, on development data, and writes it into the exported model.

    python -m training.calibrate --data ../shared/data --model onrecord/data/model.onnx

A network trained to be right word by word gives too few spans. One number a label is added to its score: the one
with which the attributions come out best, found label by label over a grid, in two rounds. The network runs once; what
is tried are only decodings. The number is kept in the transition scores of the model's metadata.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx

from bench.scoring.attribution import FILE, Counts, add_document, given
from bench.scoring.workbench import Workbench, polnear_report
from onrecord.annotate.analysis import analysis_of
from onrecord.annotate.annotator import paragraph_words
from onrecord.annotate.attribution import Attribution, find_attributions
from onrecord.annotate.encoder import Outputs, Twins
from onrecord.annotate.labels import ATTRIBUTION
from onrecord.annotate.quotations import Quotation, find_quotations
from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.words import tokenise
from onrecord.model import Report, Words
from onrecord.spans import Span
from onrecord.syntax import Syntax
from training.sums import write_sums

GRID = (-1.5, -1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0)
GROUPS = (("O",), ("B-cue",), ("B-source",), ("B-content",), ("I-content",))

Fragments = dict[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Scored:
    """A development report with what the network says of it."""

    report: Report
    words: Words
    paragraphs: set[int]
    batches: list[tuple[list[Twins], Outputs]]
    quotations: tuple[Quotation, ...]
    gold: list[Fragments]


def scored(bench: Workbench) -> list[Scored]:
    out = []
    for item in bench.objects(FILE):
        report = polnear_report(item)
        words = tokenise(report.text, split_sentences(report.text))
        paragraphs = paragraph_words(report.text, words)
        batches = list(bench.encoder.read(report.text, words, paragraphs))
        out.append(Scored(report, words, paragraphs, batches, find_quotations(report.text), given(item)))
    return out


def objective(reports: Sequence[Scored], moves: dict[str, np.ndarray]) -> float:
    """Mean of all figures of the attribution layer."""
    everything, speech = Counts(), Counts()
    for one in reports:
        analysis = analysis_of(moves, one.report.text, one.words, one.paragraphs, one.batches)
        found = find_attributions(Syntax(one.report.text, analysis.words), analysis, one.quotations, one.report.body)
        add_document(everything, speech, one.report.text, [_roles(a) for a in found], one.gold)
    return (everything.whole.f1 + speech.whole.f1 + sum(h.f1 for h in everything.fragments.values()) / 3) / 3


def _roles(attribution: Attribution) -> Fragments:
    source, cue = attribution.source, attribution.cue
    return {"source": (source,) if source else (), "cue": (cue,) if cue else (), "content": attribution.content}


def shifted(moves: np.ndarray, labels: Sequence[str], amount: float) -> np.ndarray:
    """Transition scores [K, K] with `amount` added to every move into one of the labels."""
    out = moves.copy()
    for label in labels:
        out[:, ATTRIBUTION.index(label)] += np.float32(amount)
    return out


def calibrate(reports: Sequence[Scored], moves: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    best = objective(reports, moves)
    print(f"as trained: {best:.3f}")
    for group in GROUPS * 2:
        tried = {a: {**moves, "attribution": shifted(moves["attribution"], group, a)} for a in GRID if a}
        results = {amount: objective(reports, candidate) for amount, candidate in tried.items()}
        amount = max(results, key=lambda a: results[a])
        if results[amount] > best + 0.02:
            best, moves = results[amount], tried[amount]
            print(f"{' '.join(group)} {amount:+}: {best:.3f}", flush=True)
    return moves


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", type=Path, default=Path("onrecord/data/model.onnx"))
    arguments = parser.parse_args()
    bench = Workbench(arguments.data, model=arguments.model)
    moves = calibrate(scored(bench), bench.encoder.moves)
    model = onnx.load(arguments.model)
    (entry,) = (p for p in model.metadata_props if p.key == "transitions")
    entry.value = json.dumps({name: np.round(matrix, 4).tolist() for name, matrix in moves.items()})
    onnx.save(model, arguments.model)
    write_sums(arguments.model)


if __name__ == "__main__":
    main()
