"""The dates of reports: declared, checked, repaired, estimated; each report by itself first, then beside the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.dates import Date
from onrecord.memory import FORGETFUL, Memory
from onrecord.model import Annotations, Finding, Report, ReportDate, identify
from onrecord.resolve.reportdate.clues import Clue
from onrecord.resolve.reportdate.hints import clues_in
from onrecord.resolve.reportdate.judge import Judgement, checked, estimated
from onrecord.resolve.reportdate.links import linked_clues
from onrecord.resolve.reportdate.neighbours import neighbour_clues
from onrecord.resolve.reportdate.told import Telling
from onrecord.spans import Span

_ROUNDS = 2
"""Once with the dates that reports have by themselves, once with those that others helped to find."""


def date_reports(
    all_annotations: Sequence[Annotations], memory: Memory = FORGETFUL
) -> tuple[dict[str, ReportDate], tuple[Finding, ...]]:
    """The date of every report by its id, and the doubts: `misdated` and `undated`.

    What is said here of a report depends on the others: a happening that one of them dates helps to date those
    that tell of it as "last year". The order of the reports does not matter.
    """
    tellings = [Telling(one, memory) for one in sorted(all_annotations, key=lambda one: one.report.id)]
    alone = {telling.report.id: clues_in(telling) for telling in tellings}
    judged = _judged(tellings, alone)
    for _ in range(_ROUNDS):
        known = _dates(judged)
        linked, beside = linked_clues(tellings, known), neighbour_clues(tellings, known)
        judged = _judged(tellings, alone, linked, beside)
    dates = _dates(judged)
    findings = [f for telling in tellings if (f := _finding(telling.report, judged[telling.report.id]))]
    return dates, tuple(findings)


def _judged(tellings: Sequence[Telling], *found: Mapping[str, Sequence[Clue]]) -> dict[str, Judgement]:
    reports = [telling.report for telling in tellings]
    return {one.id: judge(one, [clue for clues in found for clue in clues.get(one.id, ())]) for one in reports}


def _dates(judged: Mapping[str, Judgement]) -> dict[str, ReportDate]:
    return {key: ReportDate(one.date, one.status, one.because) for key, one in judged.items()}


def judge(report: Report, clues: Sequence[Clue]) -> Judgement:
    """What the clues make of the report's date."""
    if report.declared is None:
        return estimated(report.id, clues)
    return checked(report.declared.value, report.id, clues)


def anchor_for(report: Report, dated: ReportDate) -> Date | None:
    """What relative times of the report start from; its rule is `declared`, `repaired` or `estimated`."""
    if dated.date is None:
        return None
    return Date(dated.date.value, dated.date.earliest, dated.date.latest, dated.date.rule, report.id)


def _finding(report: Report, judged: Judgement) -> Finding | None:
    if judged.repair and report.declared:
        return _misdated(report, judged, report.declared.value, judged.repair)
    return None if report.declared else _undated(report, judged)


def _misdated(report: Report, judged: Judgement, declared: str, repaired: str) -> Finding:
    declared_span = report.declared.span if report.declared else None
    evidence: tuple[Span, ...] = (declared_span,) if declared_span else judged.because
    reasons = "; ".join(dict.fromkeys(clue.says for clue in judged.against[:3]))
    return Finding(
        identify("f", report.id, "misdated"),
        report.id,
        "misdated",
        evidence,
        f"The report declares {declared}, but {reasons}.",
        f"The smallest repair is {declared} -> {repaired}. Check the date at its source.",
    )


def _undated(report: Report, judged: Judgement) -> Finding:
    if judged.date is None:
        told = "its words do not tell when it was written"
    elif judged.date.earliest == judged.date.latest:
        told = f"its words are of {judged.date.earliest}"
    else:
        told = f"its words place it between {judged.date.earliest} and {judged.date.latest}"
    return Finding(
        identify("f", report.id, "undated"),
        report.id,
        "undated",
        (),
        f"The report declares no date; {told}.",
        "Give the date from its source, as YYYY-MM-DD.",
    )
