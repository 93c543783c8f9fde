"""How sure the encoder is of what it labels, and the classifier of the kind of an event.

Of a span that is the mean likelihood of its label over its words. The record does not hold these numbers; they are
measured here to tell whether they could be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from bench.mistakes.tally import Sureness
from bench.scoring import attribution, entities, events, eventtypes, syntax
from bench.scoring.tokens import Document, labelled_runs, laid_out
from bench.scoring.units import Units
from bench.scoring.workbench import Workbench, polnear_report
from onrecord.annotate import labels
from onrecord.annotate.analysis import Analysis, analysis_of
from onrecord.annotate.annotator import paragraph_words
from onrecord.annotate.decoding import LabelledSpan
from onrecord.annotate.encoder import Outputs, Twins
from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.words import tokenise
from onrecord.spans import Span
from training.plover import analysed, out_of_fold, sample_of, shipped

Batches = list[tuple[list[Twins], Outputs]]


def lines(bench: Workbench, show: int) -> Iterator[str]:
    """Of names on CoNLL++, the roles on PolNeAR, tags on GUM, events and times on TimeBank, kinds of event on PLV."""
    yield from _names(bench).lines()
    for sure in _roles(bench).values():
        yield from sure.lines()
    yield from _tags(bench).lines()
    for sure in _events(bench):
        yield from sure.lines()
    yield from _kinds(bench).lines()


def _names(bench: Workbench) -> Sureness:
    sure = Sureness("entities, likelihood of a name")
    for item in bench.objects(entities.FILE):
        document = laid_out(item["tokens"], item["sents"])
        batches, analysis = _read(bench, document)
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


def _tags(bench: Workbench) -> Sureness:
    sure = Sureness("syntax, likelihood of a tag")
    for item in bench.objects(syntax.FILE):
        document = laid_out(item["tokens"], item["sents"])
        batches, analysis = _read(bench, document)
        likely = _likelihoods(batches, "tag", len(document.words)).max(1)
        for word, wanted in zip(document.first, item["upos"], strict=True):
            if word is not None:
                sure.add(likely[word], analysis.words.tag[word] == wanted)
    return sure


def _events(bench: Workbench) -> tuple[Sureness, Sureness]:
    """Words found to be events, with whether they are; times found, with whether their extent is right."""
    happened, timed = Sureness("events, likelihood of an event"), Sureness("times, likelihood of a time expression")
    for item in bench.objects(events.FILE):
        document = laid_out(item["tokens"], item["sents"])
        batches, analysis = _read(bench, document)
        likely = 1 - _likelihoods(batches, "event", len(document.words))[:, 0]
        for word, wanted in zip(document.first, item["event"], strict=True):
            if word is not None and analysis.event[word] != "O":
                happened.add(likely[word], wanted != "O")
        within, given = _likelihoods(batches, "time", len(document.words)), _extents(labelled_runs(item["timex"]))
        for span in analysis.times:
            timed.add(_of(span, within, labels.TIMES), _extents(document.token_spans([span])) <= given)
    return happened, timed


def _extents(spans: Iterable[LabelledSpan]) -> set[tuple[int, int]]:
    return {(start, end) for start, end, _ in spans}


def _kinds(bench: Workbench) -> Sureness:
    """Roots of PLOVER by the classifier alone, out of fold."""
    sure = Sureness("kind of event, likelihood of a root", (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9))
    read = [(item, *analysed(item["text"], bench.encoder)) for item in bench.objects(eventtypes.FILE)]
    samples = [sample_of(item, tree, analysis, shipped) for item, tree, analysis in read]
    for cut in range(eventtypes.CUTS):
        gold, scores = out_of_fold(samples, cut)
        for wanted, shares in zip(gold, _normalised(scores), strict=True):
            sure.add(float(shares.max()), int(shares.argmax()) == wanted)
    return sure


def _read(bench: Workbench, document: Document) -> tuple[Batches, Analysis]:
    batches: Batches = list(bench.encoder.read(document.text, document.words, {0}))
    return batches, analysis_of(bench.encoder.moves, document.text, document.words, {0}, batches)


def _likelihoods(batches: Iterable[tuple[list[Twins], Outputs]], head: str, count: int) -> NDArray[np.float64]:
    """[words, K] of the labels of one head."""
    names = list(labels.TAGGERS)
    first = sum(len(labels.TAGGERS[name]) for name in names[: names.index(head)])
    out = np.zeros((count, len(labels.TAGGERS[head])))
    for batch, outputs in batches:
        shares = _normalised(outputs.scores[..., first : first + out.shape[1]])
        for row, twins in enumerate(batch):
            for window in twins:
                inside = slice(window.keep_start - window.start, window.keep_end - window.start)
                out[window.keep_start : window.keep_end] = shares[row, inside]
    return out


def _normalised(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Likelihoods [..., K] that sum to 1."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)


def _of(span: LabelledSpan, likely: NDArray[np.float64], names: tuple[str, ...]) -> float:
    first, end, name = span
    either = [names.index(f"B-{name}"), names.index(f"I-{name}")]
    return float(likely[first:end, either].sum(1).mean())
