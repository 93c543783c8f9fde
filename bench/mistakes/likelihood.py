"""How sure the encoder is of a span that it labels: the mean likelihood of that label over the words of the span.

The record does not hold these numbers; they are measured here to tell whether they could be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from bench.mistakes.tally import Sureness
from bench.scoring import attribution, entities
from bench.scoring.tokens import labelled_runs, laid_out
from bench.scoring.units import Units
from bench.scoring.workbench import Workbench, polnear_report
from onrecord.annotate import labels
from onrecord.annotate.analysis import analysis_of
from onrecord.annotate.annotator import paragraph_words
from onrecord.annotate.decoding import LabelledSpan
from onrecord.annotate.encoder import Outputs, Twins
from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.words import tokenise
from onrecord.spans import Span

Batches = list[tuple[list[Twins], Outputs]]


def lines(bench: Workbench, show: int) -> Iterator[str]:
    """Of names on CoNLL++, of the three roles on PolNeAR."""
    yield from _names(bench).lines()
    for sure in _roles(bench).values():
        yield from sure.lines()


def _names(bench: Workbench) -> Sureness:
    sure = Sureness("entities, likelihood of a name")
    for item in bench.objects(entities.FILE):
        document, opening = laid_out(item["tokens"], item["sents"]), {0}
        batches: Batches = list(bench.encoder.read(document.text, document.words, opening))
        analysis = analysis_of(bench.encoder.moves, document.text, document.words, opening, batches)
        likely, wanted = _likelihoods(batches, "entity", len(document.words)), labelled_runs(item["ner"])
        for span in analysis.entities:
            sure.add(_of(span, likely, labels.ENTITIES), bool(document.token_spans([span]) <= wanted))
    return sure


def _roles(bench: Workbench) -> dict[str, Sureness]:
    """Spans as the encoder labels them, before whole attributions are made of them."""
    sure = {role: Sureness(f"attribution, likelihood of a {role}") for role in attribution.ROLES}
    for item in bench.objects(attribution.FILE):
        report, units = polnear_report(item), Units(item["text"])
        words = tokenise(report.text, split_sentences(report.text))
        opening = paragraph_words(report.text, words)
        batches: Batches = list(bench.encoder.read(report.text, words, opening))
        analysis = analysis_of(bench.encoder.moves, report.text, words, opening, batches)
        likely = _likelihoods(batches, "attribution", len(words))
        given = {role: {units.of([s]) for one in attribution.given(item) for s in one[role]} for role in sure}
        for span in analysis.roles:
            found = units.of([Span(words.starts[span[0]], words.ends[span[1] - 1])])
            sure[span[2]].add(_of(span, likely, labels.ATTRIBUTION), found in given[span[2]])
    return sure


def _likelihoods(batches: Iterable[tuple[list[Twins], Outputs]], head: str, count: int) -> NDArray[np.float64]:
    """[words, K] of the labels of one head."""
    names = list(labels.TAGGERS)
    first = sum(len(labels.TAGGERS[name]) for name in names[: names.index(head)])
    out = np.zeros((count, len(labels.TAGGERS[head])))
    for batch, outputs in batches:
        scores = np.exp(outputs.scores[..., first : first + out.shape[1]])
        shares = scores / scores.sum(-1, keepdims=True)
        for row, twins in enumerate(batch):
            for window in twins:
                inside = slice(window.keep_start - window.start, window.keep_end - window.start)
                out[window.keep_start : window.keep_end] = shares[row, inside]
    return out


def _of(span: LabelledSpan, likely: NDArray[np.float64], names: tuple[str, ...]) -> float:
    first, end, name = span
    either = [names.index(f"B-{name}"), names.index(f"I-{name}")]
    return float(likely[first:end, either].sum(1).mean())
