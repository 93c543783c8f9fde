"""Doubts about a text itself: where it is damaged, and what it may have said.

Five kinds, each from marks on the surface, none from what the report is about: words that stand twice,
sentences chopped by a stray full stop or a lost letter, speech without quotation marks, letters that were
decoded wrongly, a text that stops in the middle. Nothing is repaired: a finding names the words and what
they may have been. The English words involved are in `data/integrity.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.integrity.damage import cut_end, wrong_letters
from onrecord.annotate.integrity.doubts import Doubt, Reading
from onrecord.annotate.integrity.garbled import chopped_sentences, repeated_words
from onrecord.annotate.integrity.speech import unquoted_speech
from onrecord.annotate.quotations import Quotation, find_quotations
from onrecord.model import Finding, Report, Words, identify
from onrecord.spans import Span


def find_faults(
    report: Report, sentences: Sequence[Span], words: Words, quotations: Sequence[Quotation] | None = None
) -> tuple[Finding, ...]:
    """Findings about the text of `report`, in the order of their first words.

    Kinds: `garbled`, `unquoted_speech`, `encoding`, `truncated`. Speech in quotation marks is not searched for
    repeated words and odd starts: people stammer, and a verbatim quotation keeps it. `quotations` are those of
    `find_quotations`; they are looked for where they are not given.
    """
    quotations = find_quotations(report.text) if quotations is None else quotations
    reading = Reading(report, tuple(sentences), words, tuple(quotations))
    searches = (repeated_words, chopped_sentences, unquoted_speech, wrong_letters, cut_end)
    found = [doubt for search in searches for doubt in search(reading)]
    return tuple(_finding(report, doubt) for doubt in sorted(found, key=lambda doubt: (doubt.spans, doubt.kind)))


def _finding(report: Report, doubt: Doubt) -> Finding:
    identity = identify("f", report.id, doubt.kind, [[span.start, span.end] for span in doubt.spans])
    return Finding(identity, report.id, doubt.kind, doubt.spans, doubt.explanation, doubt.suggestion)
