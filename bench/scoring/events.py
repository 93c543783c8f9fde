"""Events and the encoder's time expressions, on TimeBank and AQUAINT as tokens.

Detection asks whether a token is an event; class F1 asks for its class too. Modality is judged on the tokens that
are events by hand. Where a document's polarity is broken, as throughout AQUAINT, its label is `X`: no judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

from bench.scoring.figures import Figure, Hits
from bench.scoring.tokens import labelled_runs, read_out
from bench.scoring.workbench import Workbench

FILE = "annotator/tbaq_{split}.jsonl.gz"
DATA = "TimeBank + AQUAINT"
MODALITIES = ("NEG", "MODAL", "FUT")
JUDGED = ("POS", *MODALITIES)


def score(bench: Workbench) -> Iterator[Figure]:
    """F1 of detection, class, each modality, and exact extents of time expressions."""
    detected, classed, times = Hits(), Hits(), Hits()
    modalities = {name: Hits() for name in MODALITIES}
    for item, document, analysis in read_out(bench.encoder, bench.objects(FILE)):
        found = [(i, name) for i, name in enumerate(document.of_tokens(analysis.event, "O")) if name != "O"]
        wanted = [(i, name) for i, name in enumerate(item["event"]) if name != "O"]
        detected.add((i for i, _ in found), (i for i, _ in wanted))
        classed.add(found, wanted)
        add_modality(modalities, item["event"], item["mod"], document.of_tokens(analysis.modality, "POS"))
        times.add(_extents(document.token_spans(analysis.times)), _extents(labelled_runs(item["timex"])))
    yield Figure("events", DATA, "detection F1", detected.f1)
    yield Figure("events", DATA, "class F1", classed.f1)
    for name, hits in modalities.items():
        yield Figure("events", DATA, f"modality F1 {name}", hits.f1)
    yield Figure("events", DATA, "modality macro-F1", fmean(hits.f1 for hits in modalities.values()))
    yield Figure("events", DATA, "encoder's times, exact F1", times.f1)


def add_modality(modalities: dict[str, Hits], events: list[str], wanted: list[str], found: list[str]) -> None:
    """Counts the events of one document whose modality was judged by hand."""
    judged = [i for i, event in enumerate(events) if event != "O" and wanted[i] in JUDGED]
    for name, hits in modalities.items():
        hits.add((i for i in judged if found[i] == name), (i for i in judged if wanted[i] == name))


def _extents(spans: set[tuple[int, int, str]]) -> set[tuple[int, int]]:
    return {(start, end) for start, end, _ in spans}
