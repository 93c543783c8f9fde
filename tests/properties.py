"""What holds of the annotations of any text whatever, as assertions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from onrecord.export.json import as_text, notes_as_dict
from onrecord.model import Annotations, Words
from onrecord.spans import Span


class Identified(Protocol):
    @property
    def id(self) -> str: ...


def assert_all(notes: Annotations) -> None:
    """All of what follows."""
    assert_spans_lie_in_the_text(notes)
    assert_words_and_sentences_cover_the_text(notes)
    assert_ids_are_unique(notes)
    assert_statements_within_statements(notes)
    assert_events_belong_to_statements(notes)
    assert_evidence_is_verbatim(notes)


def covered(spans: Sequence[Span]) -> set[int]:
    return {offset for span in spans for offset in range(span.start, span.end)}


def word_spans(words: Words) -> list[Span]:
    return [Span(start, end) for start, end in zip(words.starts, words.ends, strict=True)]


def assert_spans_lie_in_the_text(notes: Annotations) -> None:
    text = notes.report.text
    spans = [*notes.sentences, *(time.span for time in notes.times), *(mention.span for mention in notes.mentions)]
    spans += [span for one in notes.statements for span in one.evidence]
    spans += [span for one in notes.statements for span in (one.addressee, one.source.reason) if span is not None]
    spans += [span for event in notes.events for span in (event.trigger, *event.evidence)]
    spans += [span for finding in notes.findings for span in finding.evidence]
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text).strip()


def assert_words_and_sentences_cover_the_text(notes: Annotations) -> None:
    text, words = notes.report.text, word_spans(notes.words)
    visible = {offset for offset, char in enumerate(text) if not char.isspace()}
    assert visible <= covered(words)
    assert visible <= covered(notes.sentences)
    assert all(before.end <= after.start for before, after in pairwise(words))
    assert all(notes.sentences[s].contains(word) for word, s in zip(words, notes.words.sentence, strict=True))
    for word, head in enumerate(notes.words.head):
        assert notes.words.sentence[word] == notes.words.sentence[head]


def assert_ids_are_unique(notes: Annotations) -> None:
    kinds: Sequence[Sequence[Identified]] = (
        notes.times,
        notes.mentions,
        notes.statements,
        notes.events,
        notes.findings,
    )
    for kind in kinds:
        ids = [item.id for item in kind]
        assert len(set(ids)) == len(ids)


def assert_statements_within_statements(notes: Annotations) -> None:
    """A statement inside another stands in the words of the other, and the chain leads outwards to the report."""
    by_id = {one.id: one for one in notes.statements}
    for one in notes.statements:
        if one.within is None:
            continue
        outer = by_id[one.within]
        assert one.cue is not None
        assert any(span.contains(one.cue) for span in outer.content)
        assert all(any(whole.contains(span) for whole in outer.content) for span in one.content)
        seen = {one.id}
        while outer.within is not None:
            assert outer.id not in seen
            seen.add(outer.id)
            outer = by_id[outer.within]


def assert_events_belong_to_statements(notes: Annotations) -> None:
    by_id = {one.id: one for one in notes.statements}
    for event in notes.events:
        held = by_id[event.statement].content
        assert any(span.overlaps(event.trigger) for span in held)


def assert_evidence_is_verbatim(notes: Annotations) -> None:
    text = notes.report.text
    written = json.loads(as_text(notes_as_dict(notes), indent=None))
    assert written["report"]["text"] == text
    for kind in ("times", "mentions"):
        for item in written[kind]:
            assert item["text"] == text[item["start"] : item["end"]]
    for kind in ("statements", "events", "findings"):
        for item in written[kind]:
            for span in item["evidence"]:
                assert span["text"] == text[span["start"] : span["end"]]
    assert all(item["evidence"] for item in written["statements"] + written["events"])
