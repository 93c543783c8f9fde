"""What holds of the annotations of any text whatever."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Protocol

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.annotate.annotator import Annotator
from onrecord.export.json import as_text, notes_as_dict
from onrecord.model import Annotations, Words
from onrecord.read import read_text
from onrecord.spans import Span
from tests.conftest import MODEL

pytestmark = pytest.mark.skipif(not MODEL.exists(), reason="no model in onrecord/data yet: run `make model`")

PIECES = (
    "The dockers will strike from Monday.",
    "Union leader Greta Moss told reporters that",
    "the court had found that the permit was void",
    "“We have waited long enough,” she said.",
    "According to a letter from the club,",
    "a fee of 2.5 million euros was agreed on March 3, 2024",
    "A bank official, who spoke on condition of anonymity because the talks are private, said",
    "the river may rise again next week",
    "Owen Pryce denied that",
    "declined to comment",
    "“If the judge agrees,” lawyer Samuel Oyelaran said, “the strike will end",
    "believes the minister promised that police told him",
    "MODERATOR: Who will pay?",
    "he added",
    "in the last two years",
    "LISBON (NWS) —",
)
MARKS = ("“", "”", '"', "‘", "’", "``", "''", "(", ")", ".", ",", ":", "?", "…", "—", "\n", "\n\n", "\r\n", "\t", " ")
ODD = ("🛑", "e\u0301", "\u0301", "\ufeff", "\0", "\ud83d", "İ", "ß", "\u200b", "\x1c", "\u2028", "東京", "Ω", "²")

news = st.lists(st.sampled_from((*PIECES, *MARKS, *PIECES, *ODD)), max_size=25)
texts = st.text(max_size=120) | news.map(" ".join) | news.map("".join)


class Identified(Protocol):
    @property
    def id(self) -> str: ...


@cache
def annotator() -> Annotator:
    return Annotator(threads=1)


def annotate(text: str) -> Annotations:
    return annotator().annotate(read_text(text, "report", published="2024-03-05"))


def covered(spans: Sequence[Span]) -> set[int]:
    return {offset for span in spans for offset in range(span.start, span.end)}


def word_spans(words: Words) -> list[Span]:
    return [Span(start, end) for start, end in zip(words.starts, words.ends, strict=True)]


@given(texts)
@example(f"{PIECES[9]} {PIECES[9]}\n\n“{PIECES[3]}\n\n{PIECES[11]} {PIECES[1]} {PIECES[2]}.")
@example("The court met\nLISBON (NWS) —\nUnion leader Greta Moss told reporters that\n“We have waited,” she said.")
@settings(max_examples=150, deadline=None)
def test_what_holds_of_any_text(text: str) -> None:
    notes = annotate(text)
    assert_spans_lie_in_the_text(notes)
    assert_words_and_sentences_cover_the_text(notes)
    assert_ids_are_unique(notes)
    assert_statements_within_statements(notes)
    assert_events_belong_to_statements(notes)
    assert_evidence_is_verbatim(notes)


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


@given(news.map(" ".join))
@settings(max_examples=15, deadline=None)
def test_annotating_again_gives_the_same(text: str) -> None:
    assert annotate(text) == annotate(text)
