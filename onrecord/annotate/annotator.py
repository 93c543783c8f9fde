"""Annotates one report: one pass of the encoder, then plain code, in the order of `Annotator.annotate`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from onrecord.annotate.analysis import Analysis, analyse
from onrecord.annotate.attribution import Attribution, find_attributions
from onrecord.annotate.beside import Beside
from onrecord.annotate.datelines import put_back, set_apart
from onrecord.annotate.decoding import LabelledSpan
from onrecord.annotate.encoder import Encoder
from onrecord.annotate.estimates import find_estimates
from onrecord.annotate.events import find_events
from onrecord.annotate.groups import find_groups
from onrecord.annotate.integrity import find_faults
from onrecord.annotate.meaning import sentence_meanings
from onrecord.annotate.nesting import find_nested
from onrecord.annotate.quantities import find_quantities
from onrecord.annotate.quotations import find_quotations
from onrecord.annotate.refusals import find_refusals
from onrecord.annotate.scripts import with_script_lines
from onrecord.annotate.sentences import split_paragraphs, split_sentences
from onrecord.annotate.statements import make_statements
from onrecord.annotate.times import find_times
from onrecord.annotate.unquoted import give_to_speakers
from onrecord.annotate.voices import Voices
from onrecord.annotate.words import tokenise
from onrecord.dates import Date
from onrecord.model import Annotations, Mention, MentionType, Report, TimeType, Words, identify
from onrecord.settings import threads as default_threads
from onrecord.spans import Span, trimmed
from onrecord.syntax import Syntax

_MUCH = 60_000
"""Characters that are read before processes are started: as many as are read while one starts."""
_PART = re.compile(r"[^,/;]+")
_MENTION_TYPES: dict[str, MentionType] = {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": "other"}


class Annotator:
    """Reads reports one by one. What it finds in a report depends on that report and the model alone.

    Args:
        threads: reports read at the same time; as many as the setting `threads` says if None. What is found
            does not depend on it.
        model: another model file than the one that is shipped.

    Raises:
        BrokenInstallation: the model file is missing or damaged.
    """

    def __init__(self, threads: int | None = None, model: Path | None = None) -> None:
        self._threads = threads or default_threads()
        self._path = model
        self._encoder = Encoder(threads=1, model=model)

    @property
    def model(self) -> str:
        """`sha256:` and the digest of the model file."""
        return self._encoder.digest

    def annotate(self, report: Report, anchor: Date | None = None) -> Annotations:
        """All that is read out of `report`; relative times start from `anchor`, else from the date it declares."""
        text = report.text
        sentences = split_sentences(text)
        untagged = tokenise(text, sentences)
        apart = set_apart(untagged, report.body)
        analysis = analyse(self._encoder, text, apart, paragraph_words(text, untagged))
        words = put_back(analysis.words, untagged.sentence)
        analysis = replace(analysis, words=words)
        mentions = _mentions(report, analysis)
        times = find_times(report, sentences, words, _proposed_times(analysis), anchor or anchor_of(report))
        quotations = find_quotations(text)
        syntax = Syntax(text, words)
        faults = find_faults(report, sentences, words, quotations)
        attributed = find_attributions(syntax, analysis, quotations, report.body)
        attributions = _with_more(report, syntax, give_to_speakers(text, attributed, faults, mentions))
        statements = make_statements(report, sentences, syntax, mentions, times, quotations, attributions)
        voices = Voices(report, sentences, statements)
        events = find_events(report, analysis, times, voices, anchor or anchor_of(report))
        quantities = find_quantities(report, sentences, words, times)
        for place in (*(quantity.span for quantity in quantities), *_roots(syntax)):
            voices.at(place)
        return Annotations(
            report=report,
            sentences=sentences,
            words=words,
            times=times,
            mentions=tuple(sorted((*mentions, *find_groups(report, syntax, mentions)), key=lambda m: (m.span, m.id))),
            statements=tuple(sorted((*statements, *voices.own), key=lambda s: (s.content[0], s.id))),
            events=events,
            quantities=quantities,
            findings=faults,
            meanings=sentence_meanings(analysis, len(sentences)),
        )

    def annotate_all(self, reports: Iterable[Report]) -> Iterator[Annotations]:
        """The annotations of each report, in the order of the reports, `threads` of them read at once.

        Few are read by threads of this process, which take turns at what is plain Python; where there is much to
        read, processes are started beside this one, which goes on as well. The annotations are the same.
        """
        if self._threads == 1:
            yield from map(self.annotate, reports)
            return
        beside, length = Beside(self._threads - 1, self._path), 0
        with ThreadPoolExecutor(self._threads) as pool:
            waiting: list[Future[Annotations]] = []
            try:
                for report in reports:
                    length += len(report.text)
                    waiting.append(pool.submit(self._annotated, report, beside if length > _MUCH else None))
                    if len(waiting) >= 4 * self._threads:
                        yield waiting.pop(0).result()
                for future in waiting:
                    yield future.result()
            finally:
                for future in waiting:
                    future.cancel()
                beside.close()

    def _annotated(self, report: Report, beside: Beside | None) -> Annotations:
        """The annotations, made in a process beside this one where there is one and it lives."""
        return (beside and beside.annotate(report)) or self.annotate(report)


def anchor_of(report: Report) -> Date | None:
    """The date that relative times of the report start from: the one it declares."""
    return Date.of(report.declared.value, "declared", report.id) if report.declared else None


def paragraph_words(text: str, words: Words) -> set[int]:
    """The words that open a paragraph."""
    openers = set()
    for paragraph in split_paragraphs(text):
        openers.add(paragraph.start)
    return {i for i, start in enumerate(words.starts) if start in openers}


def _roots(syntax: Syntax) -> list[Span]:
    """The words that all others of their sentence hang on: what a report says of its own, it says by them."""
    tags, heads = syntax.words.tag, syntax.words.head
    return [syntax.span(w) for w, head in enumerate(heads) if head == w and tags[w] in ("VERB", "NOUN", "ADJ", "AUX")]


def _with_more(report: Report, syntax: Syntax, attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """The attributions with those that no cue of saying tells: of scripts, estimates, refusals, what stands inside."""
    attributions = with_script_lines(report.text, attributions, report.body)
    attributions += tuple(find_estimates(syntax, attributions))
    attributions += tuple(find_refusals(syntax, attributions))
    return attributions + tuple(find_nested(syntax, attributions))


def _span(words: Words, labelled: LabelledSpan) -> Span:
    return Span(words.starts[labelled[0]], words.ends[labelled[1] - 1])


def _mentions(report: Report, analysis: Analysis) -> tuple[Mention, ...]:
    """The names, in order; what stands before the agency of a dateline is places, whatever it looks like."""
    ahead = _places_ahead(report)
    named = [(_span(analysis.words, one), _MENTION_TYPES[one[2]]) for one in analysis.entities]
    named = [(span, kind) for span, kind in named if not any(span.overlaps(place) for place, _ in ahead)]
    return tuple(
        Mention(identify("m", report.id, span.start, span.end, "mention"), span, kind)
        for span, kind in sorted(ahead + named)
    )


def _places_ahead(report: Report) -> list[tuple[Span, MentionType]]:
    """The places of the dateline, each by itself: "SAN REMO, Italy" are two."""
    whole = report.dateline.place if report.dateline else None
    if whole is None:
        return []
    parts = [trimmed(report.text, *match.span()) for match in _PART.finditer(report.text, whole.start, whole.end)]
    return [(part, "place") for part in parts if part is not None]


def _proposed_times(analysis: Analysis) -> list[tuple[Span, TimeType]]:
    return [(_span(analysis.words, labelled), labelled[2]) for labelled in analysis.times]  # type: ignore[misc]
