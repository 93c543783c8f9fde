"""Names in doubt in damaged texts, and what a sound text is spared."""

from __future__ import annotations

import hashlib

import pytest

from onrecord.model import Actor, Annotations, Finding, Mention, Record, Report, Source, Statement, Words
from onrecord.spans import Span
from onrecord.story.doubts import with_doubts

TEXT = """Minister Ana Tolland spoke. Tolland said it was a risk for Tollan. it was late.

Operations against the Red Front go on, a Red Front official said."""


def record_of(damaged: bool) -> Record:
    """One report with two names that are nearly one, and an official of a group that is fought."""
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    report = Report(id="r:1", name="one.txt", sha256=sha256, text=TEXT)

    def at(words: str, number: int = 0) -> Span:
        start = -1
        for _ in range(number + 1):
            start = TEXT.index(words, start + 1)
        return Span(start, start + len(words))

    mentions = (
        Mention("m:1", at("Ana Tolland"), "person"),
        Mention("m:2", at("Tolland", 1), "person"),
        Mention("m:3", at("Tollan", 2), "place"),
        Mention("m:4", at("Red Front"), "organization"),
        Mention("m:5", at("Red Front", 1), "organization"),
    )
    said = Statement(
        "s:1",
        "r:1",
        Source(at("a Red Front official"), "role", None, "one"),
        at("said", 1),
        (at("Operations against the Red Front go on"),),
        "indirect",
        "speech",
    )
    garbled = Finding("f:1", "r:1", "garbled", (at("Tollan. it"),), "A sentence was chopped.", "Check the source.")
    notes = Annotations(
        report,
        (at(TEXT),),
        Words([], [], []),
        mentions=mentions,
        statements=(said,),
        findings=(garbled,) if damaged else (),
    )
    group = Actor("a:front", "Red Front", "group", ("Red Front", "the Red Front"))
    return Record("test", (notes,), actors=(group,), actor_of={"m:4": "a:front", "m:5": "a:front"})


def doubted(record: Record) -> list[str]:
    return [
        span.of(TEXT)
        for notes in with_doubts(record).annotations
        for finding in notes.findings
        if finding.kind == "suspect_name"
        for span in finding.evidence
    ]


def test_a_damaged_text_has_its_names_doubted() -> None:
    assert doubted(record_of(damaged=True)) == ["Tollan", "a Red Front official"]


def test_a_sound_text_has_none_doubted() -> None:
    assert doubted(record_of(damaged=False)) == []


@pytest.mark.parametrize("times", [2, 3])
def test_doubts_are_not_told_twice(times: int) -> None:
    record = record_of(damaged=True)
    for _ in range(times):
        record = with_doubts(record)
    assert len([f for f in record.annotations[0].findings if f.kind == "suspect_name"]) == 2
