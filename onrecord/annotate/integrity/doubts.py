"""What a search for faults is given, and what it finds."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from onrecord.annotate.quotations import Quotation
from onrecord.model import FindingKind, Report, Words
from onrecord.spans import Span, merged

TOKEN = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+|,\d+)*+|[,;:.!?]|[^\s\w]")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fault, by its words; it becomes a finding of the report."""

    kind: FindingKind
    spans: tuple[Span, ...]
    explanation: str
    suggestion: str


class Reading:
    """A report with what the searches look up in it."""

    def __init__(
        self, report: Report, sentences: tuple[Span, ...], words: Words, quotations: tuple[Quotation, ...]
    ) -> None:
        self.text = report.text
        self.body = report.body
        self.sentences = sentences
        self.words = words
        self._quoted = merged(quotation.span for quotation in quotations)
        self._starts = [span.start for span in self._quoted]

    def is_quoted(self, span: Span) -> bool:
        """Whether any of `span` stands in quotation marks."""
        index = bisect_left(self._starts, span.end) - 1
        return index >= 0 and self._quoted[index].end > span.start
