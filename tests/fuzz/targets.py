"""What is fuzzed: functions of bytes that end in silence unless something does not hold that must hold of any input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO

from onrecord.annotate.annotator import Annotator
from onrecord.annotate.integrity import find_faults
from onrecord.annotate.quantities import find_quantities
from onrecord.annotate.quotations import find_quotations
from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.times import find_times
from onrecord.annotate.words import tokenise
from onrecord.dates import Date
from onrecord.errors import OnRecordError
from onrecord.read.formats import ENTRIES, FORMATS, Format
from onrecord.read.isolated import Job, _answers
from onrecord.read.received import Received
from onrecord.read.source import _reading, _told, read_text
from onrecord.resolve.gazetteer import gazetteer
from onrecord.resolve.names import same_name
from tests import properties

READERS: tuple[Format, ...] = (*FORMATS, ENTRIES)


def reading(data: bytes) -> None:
    """A file of the format that its first byte chooses ends in reports, whose spans lie in their text, or in a line."""
    if not data:
        return
    form = READERS[data[0] % len(READERS)]
    for item in _read(form, data[1:]):
        if isinstance(item, OnRecordError):
            shown = str(_told(item))
            assert len(shown.splitlines()) <= 1, shown
            assert item.reason, item
            assert item.remedy, item
            continue
        found = _reading(item)
        report = found.report
        assert report.text == item.text
        line = report.dateline
        declared = report.declared.span if report.declared else None
        for span in (report.byline, declared, *((line.span, line.place) if line else ())):
            assert span is None or 0 <= span.start <= span.end <= len(report.text), span
        assert report.body <= len(report.text)
        report.text.encode()
        for finding in found.findings:
            assert all(0 <= span.start < span.end <= len(report.text) for span in finding.evidence)


def _read(form: Format, data: bytes) -> list[Received | OnRecordError]:
    """As the package reads it: where it reads apart, whatever a parser raises is told; elsewhere nothing is caught."""
    if not form.apart:
        try:
            return list(form.read(BytesIO(data), "fuzzed.bin"))
        except OnRecordError as error:
            return [error]
    answers = list(_answers(Job("fuzzed.bin", form.name, None, data)))
    told = [OnRecordError(*one.error) for one in answers if one.error is not None]
    return [*told, *(one.report for one in answers if one.report is not None)]


def rules(data: bytes) -> None:
    """What plain code reads out of a text lies in it, in order."""
    report = read_text(data.decode("utf-8", "replace"), "fuzzed", published="2024-03-05")
    text = report.text
    sentences = split_sentences(text)
    words = tokenise(text, sentences)
    quotations = find_quotations(text)
    times = find_times(report, sentences, words, None, Date.of("2024-03-05", "declared", report.id))
    quantities = find_quantities(report, sentences, words, times)
    faults = find_faults(report, sentences, words, quotations)
    spans = [*sentences, *(one.span for one in times), *(one.span for one in quantities)]
    spans += [span for fault in faults for span in fault.evidence]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert list(sentences) == sorted(sentences)
    for name in (text[:80], text[-80:]):
        gazetteer().named(name)
        same_name(name, text[:40])


@cache
def _annotator() -> Annotator:
    return Annotator(threads=1)


def annotating(data: bytes) -> None:
    """The invariants of `tests.test_properties` hold of any text."""
    report = read_text(data.decode("utf-8", "replace"), "fuzzed", published="2024-03-05")
    properties.assert_all(_annotator().annotate(report))


TARGETS: Mapping[str, Callable[[bytes], None]] = {"reading": reading, "rules": rules, "annotating": annotating}
