"""Speed: words a second of all that `annotate` does, from raw text to statements, on one thread.

Words are what white space parts. The best of three passes counts, since other work on the machine only slows; each
pass has an annotator that has seen no word yet, but is warmed up on one report. Beside the time on the clock stands
the time of the processor, which on one thread is the same on a quiet machine and steadier on a busy one. "Who, where,
when" is what the reports' dates, origins, places, actors (with coreference) and figures cost beside it, once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.scoring.figures import Figure, percent
from bench.scoring.workbench import Workbench, polnear_report
from onrecord.annotate.analysis import analyse
from onrecord.annotate.sentences import split_paragraphs, split_sentences
from onrecord.annotate.words import tokenise
from onrecord.model import Annotations, Record, Report, Words
from onrecord.record.figures import find_figures
from onrecord.resolve.actors import resolve_actors
from onrecord.resolve.lineage import trace_lineage
from onrecord.resolve.places import resolve_places
from onrecord.resolve.reportdate import date_reports

FILE = "attribution/polnear_{split}.jsonl.gz"
PASSES = 3

Prepared = tuple[str, Words, set[int]]
"""Text, words, and the words that open a paragraph: what the encoder is given."""


@dataclass(frozen=True, slots=True)
class Seconds:
    """Seconds that passed, and seconds that this process used."""

    clock: float
    processor: float


def score(bench: Workbench) -> Iterator[Figure]:
    """Words a second of everything, and of the encoder with its decoding; the share of the latter."""
    reports = [polnear_report(item) for item in bench.objects(FILE)]
    words = sum(len(report.text.split()) for report in reports)
    texts = [_prepared(report.text) for report in reports]
    passes = [(_annotating(bench, reports), _encoding(bench, texts)) for _ in range(PASSES)]
    clock = min(whole.clock for whole, _ in passes)
    processor = min(whole.processor for whole, _ in passes)
    alone = min(encoder.processor for _, encoder in passes)
    yield Figure("speed", "PolNeAR", "words/s", words / clock, digits=0)
    yield Figure("speed", "PolNeAR", "words/s of processor", words / processor, digits=0)
    yield Figure("speed", "PolNeAR", "encoder alone", words / alone, digits=0)
    yield Figure("speed", "PolNeAR", "encoder's share of time, %", percent(alone, processor), lower_is_better=True)
    resolving = _resolving([bench.annotator.annotate(report) for report in reports])
    yield Figure("speed", "PolNeAR", "who, where, when, % of it", percent(resolving, processor), lower_is_better=True)


def _annotating(bench: Workbench, reports: Sequence[Report]) -> Seconds:
    annotator = bench.fresh_annotator()
    annotator.annotate(reports[0])
    return taken(lambda: [annotator.annotate(report) for report in reports])


def _resolving(annotations: Sequence[Annotations]) -> float:
    """Seconds of the processor for what is asked across reports: dates, origins, places, actors, figures."""

    def work() -> None:
        dates, _ = date_reports(annotations)
        trace_lineage([one.report for one in annotations])
        places = resolve_places(annotations)
        named = [places.added_to(one) for one in annotations]
        actors = resolve_actors(named, dates=dates, places=places.literal)
        record = Record("", tuple(named), dates=dates, actors=actors.actors, actor_of=actors.by_mention)
        for one in named:
            find_figures(record, one)

    return taken(work).processor


def _encoding(bench: Workbench, texts: Sequence[Prepared]) -> Seconds:
    encoder = bench.fresh_encoder()
    analyse(encoder, *texts[0])
    return taken(lambda: [analyse(encoder, *text) for text in texts])


def _prepared(text: str) -> Prepared:
    words = tokenise(text, split_sentences(text))
    openings = {paragraph.start for paragraph in split_paragraphs(text)}
    return text, words, {word for word, start in enumerate(words.starts) if start in openings}


def taken(work: Callable[[], object]) -> Seconds:
    """How long `work` takes."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Seconds(time.perf_counter() - clock, time.process_time() - processor)
