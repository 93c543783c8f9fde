"""Report dates: a declared date is shifted, or taken away, and what the text and other reports say is asked.

Texts are those of TimeML files, whose creation time is true. *Alone*: each report by itself. *Beside others*: a fifth
of the reports of a corpus at a time is shifted or left undated, beside the rest with their true dates. *Date lines* are
whole dates above the story; where they are left out, the running text has to tell. TimeBank and AQUAINT shaped the
method; MEANTIME is the check, and its reports all bear date lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import cast

from bench.scoring.figures import Figure, percent
from bench.scoring.workbench import Workbench
from bench.times import gold_of
from onrecord.annotate.analysis import Analysis, analyse
from onrecord.annotate.encoder import Encoder
from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.times import find_times
from onrecord.annotate.words import tokenise
from onrecord.dates import Date
from onrecord.model import Annotations, DeclaredDate, Mention, Report, ReportDate, TimeType, identify
from onrecord.read.source import read_text
from onrecord.resolve.reportdate import date_reports
from onrecord.spans import Span

FOLDERS = {"TimeBank": "times/timebank", "AQUAINT": "times/aquaint", "MEANTIME": "times/meantime"}
LAYER = "reportdates"
_SHIFTS = (-365, 365, -30)
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Document:
    """A report of known day, read once; its times are read again for each day it is made to declare."""

    day: date
    report: Report
    sentences: tuple[Span, ...]
    analysis: Analysis

    def declaring(self, day: date | None, lines: bool) -> Annotations:
        """What is read out of the report if it declares `day`, with or without the dates above the story."""
        declared = DeclaredDate(day.isoformat(), None, "field") if day else None
        report = replace(self.report, declared=declared)
        anchor = Date.of(day.isoformat(), "declared", report.id) if day else None
        starts, ends = self.analysis.words.starts, self.analysis.words.ends
        spans = [(Span(starts[i], ends[k - 1]), cast("TimeType", kind)) for i, k, kind in self.analysis.times]
        times = find_times(report, self.sentences, self.analysis.words, spans, anchor)
        kept = times if lines else tuple(time for time in times if time.span.start >= report.body)
        return Annotations(report, self.sentences, self.analysis.words, kept, self._mentions())

    def _mentions(self) -> tuple[Mention, ...]:
        words = self.analysis.words
        spans = [Span(words.starts[i], words.ends[k - 1]) for i, k, _ in self.analysis.entities]
        return tuple(Mention(identify("m", span.start, span.end), span, "other") for span in spans)


def score(bench: Workbench) -> Iterator[Figure]:
    """What is flagged, falsely flagged, answered and answered rightly."""
    corpora = {data: list(_documents(bench.encoder, bench.path(folder))) for data, folder in FOLDERS.items()}
    every = list(corpora.values())
    yield from _figures("all", every, lines=True)
    yield from _figures("all, no date lines", every, lines=False)
    yield from _figures("MEANTIME", [corpora["MEANTIME"]], lines=True)


def _figures(data: str, corpora: Sequence[Sequence[Document]], lines: bool) -> Iterator[Figure]:
    all_documents = [document for documents in corpora for document in documents]
    for shift in (0, *_SHIFTS):
        flagged = sum(_alone(one, shift, lines).status == "contradicted" for one in all_documents)
        value = percent(flagged, len(all_documents))
        if shift == 0:
            yield Figure(LAYER, data, "false alarms", value, lower_is_better=True)
        else:
            yield Figure(LAYER, data, f"flagged at {shift:+} d", value)
    yield from _answered(data, "alone", [(one, _alone(one, None, lines)) for one in all_documents])
    answers = [answer for documents in corpora for answer in _beside(documents, lines)]
    yield from _answered(data, "beside others", answers)


def _answered(data: str, how: str, answers: Sequence[tuple[Document, ReportDate]]) -> Iterator[Figure]:
    counts: Counter[str] = Counter()
    for document, dated in answers:
        if dated.date is None or dated.date.earliest is None or dated.date.latest is None:
            continue
        counts["answered"] += 1
        counts["year"] += dated.date.value[:4] == f"{document.day.year:04}"
        counts["window"] += dated.date.earliest <= document.day.isoformat() <= dated.date.latest
    yield Figure(LAYER, data, f"answered {how}", percent(counts["answered"], len(answers)))
    yield Figure(LAYER, data, f"year right {how}", percent(counts["year"], counts["answered"]))
    yield Figure(LAYER, data, f"in window {how}", percent(counts["window"], counts["answered"]))


def _alone(document: Document, shift: int | None, lines: bool) -> ReportDate:
    day = None if shift is None else document.day + timedelta(days=shift)
    dates, _ = date_reports([document.declaring(day, lines)])
    return dates[document.report.id]


def _beside(documents: Sequence[Document], lines: bool) -> Iterator[tuple[Document, ReportDate]]:
    """Each document undated, beside four fifths of the corpus."""
    dated = [one.declaring(one.day, lines) for one in documents]
    for fold in range(_FOLDS):
        undated = {i: one.declaring(None, lines) for i, one in enumerate(documents) if i % _FOLDS == fold}
        dates, _ = date_reports([undated.get(i, annotations) for i, annotations in enumerate(dated)])
        for i in undated:
            yield documents[i], dates[documents[i].report.id]


def _documents(encoder: Encoder, folder: Path) -> Iterator[Document]:
    for path in sorted(folder.glob("*.tml*")):
        gold = gold_of(path)
        if gold.day is None or len(gold.day) < len("2024-01-01"):
            continue
        day = date.fromisoformat(gold.day[:10])
        report = read_text(gold.text, gold.name, published=day.isoformat())
        sentences = split_sentences(report.text)
        words = tokenise(report.text, sentences)
        yield Document(day, report, sentences, analyse(encoder, report.text, words, set()))
