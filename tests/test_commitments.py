from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.quantities import find_quantities
from onrecord.dates import Date
from onrecord.model import (
    Actor,
    Annotations,
    Commitment,
    Record,
    Report,
    ReportDate,
    Source,
    Statement,
    Step,
    Time,
    Words,
)
from onrecord.record.commitments import find_commitments
from onrecord.spans import Passage, Span
from onrecord.story.status import standing_at, status_at
from tests.trees import sentences_of, words_of

FOLDER = Path(__file__).parent / "cases"


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


CASES, STORIES = read("commitments.jsonl"), read("commitments_history.jsonl")


def at(text: str, said: str | None) -> Span | None:
    return None if said is None else Span(text.index(said), text.index(said) + len(said))


def spans_of(text: str, said: list[str]) -> tuple[Span, ...]:
    return tuple(span for span in (at(text, words) for words in said) if span is not None)


def annotations_of(case: dict[str, Any], name: str) -> Annotations:
    """A report as a case gives it; what no case statement says is told by the report."""
    text = case["text"]
    report, words = Report(name, name, "", text), words_of(text, case["words"])
    sentences = sentences_of(words)
    times = tuple(
        Time(f"t:{said}", span, "DATE" if date.earliest else "DURATION", value, date, rule)
        for said, (value, rule) in case.get("times", {}).items()
        for span in spans_of(text, [said])
        for date in [Date.of(value, rule)]
    )
    whole = [{"content": [sentence.of(text)], "basis": "report", "directness": "indirect"} for sentence in sentences]
    statements = tuple(
        Statement(
            f"s:{name}:{number}",
            name,
            Source(at(text, told.get("source")), told["basis"]),
            at(text, told.get("cue")),
            spans_of(text, told["content"]),
            told["directness"],
            told.get("attitude", "speech"),
        )
        for number, told in enumerate([*whole, *case.get("statements", ())])
    )
    quantities = find_quantities(report, sentences, words, times)
    return Annotations(report, sentences, words, times, (), statements, quantities=quantities)


def record_of(cases: list[dict[str, Any]]) -> Record:
    """A record of the reports of some cases; who is meant by which words is told by the cases."""
    annotations = tuple(annotations_of(case, f"r:{number}") for number, case in enumerate(cases))
    names = sorted({actor for case in cases for actor in case.get("actors", {}).values()})
    types = {name: kind for case in cases for name, kind in case.get("types", {}).items()}
    referents = {
        one.report.id: tuple(
            sorted(
                (span, f"a:{name}")
                for said, name in case.get("actors", {}).items()
                for span in spans_of(one.report.text, [said])
            )
        )
        for one, case in zip(annotations, cases, strict=True)
    }
    spoken = {
        statement.id: f"a:{case['actors'][source]}"
        for one, case in zip(annotations, cases, strict=True)
        for statement in one.statements
        for source in [statement.source.span.of(one.report.text) if statement.source.span else None]
        if source in case.get("actors", {})
    }
    return Record(
        model="",
        annotations=annotations,
        dates={
            one.report.id: ReportDate(Date.of(case["published"], "declared"), "consistent")
            for one, case in zip(annotations, cases, strict=True)
        },
        actors=tuple(Actor(f"a:{name}", name, types.get(name, "organization"), (name,)) for name in names),
        actor_of=spoken,
        referents=referents,
    )


def told(text: str, one: Commitment) -> dict[str, Any]:
    """Of a commitment what it says, without what it does not."""
    known: dict[str, Any] = {
        "action": one.action.of(text),
        "strength": one.strength,
        "parties": [party.removeprefix("a:") for party in one.parties],
        "to": [party.removeprefix("a:") for party in one.to],
        "due": one.due.value if one.due else None,
        "not_before": one.not_before.value if one.not_before else None,
        "condition": one.condition.of(text) if one.condition else None,
        "quantity": one.quantity.value if one.quantity else None,
    }
    return {name: value for name, value in known.items() if value not in (None, [])}


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    found = find_commitments(record_of([case]))
    assert [told(case["text"], one) for one in found] == case["commitments"]


def by_first(record: Record) -> list[dict[str, Any]]:
    found = find_commitments(record)
    texts = {one.report.id: one.report.text for one in record.annotations}
    return [
        {
            "action": one.action.of(texts[one.report]),
            "tellings": 1 + sum(other.same_as == one.id for other in found),
            "history": [[step.status, step.as_of.value if step.as_of else None] for step in one.history],
        }
        for one in found
        if one.same_as is None
    ]


@pytest.mark.parametrize("story", STORIES, ids=[story["what"] for story in STORIES])
def test_what_became_of_it(story: dict[str, Any]) -> None:
    assert by_first(record_of(story["reports"])) == story["commitments"]


@pytest.mark.parametrize("story", STORIES, ids=[story["what"] for story in STORIES])
def test_the_order_of_reports_in_the_record_changes_nothing(story: dict[str, Any]) -> None:
    record = record_of(story["reports"])
    turned = replace(record, annotations=tuple(reversed(record.annotations)))
    assert find_commitments(turned) == find_commitments(record)


@pytest.mark.parametrize("story", STORIES, ids=[story["what"] for story in STORIES])
def test_every_step_opens_on_the_words_of_a_report(story: dict[str, Any]) -> None:
    record = record_of(story["reports"])
    texts = {one.report.id: one.report.text for one in record.annotations}
    passages = [passage for one in find_commitments(record) for step in one.history for passage in step.evidence]
    assert passages
    assert all(passage.text == texts[passage.report][passage.start : passage.end] for passage in passages)


def test_only_the_first_telling_has_a_history() -> None:
    for story in STORIES:
        for one in find_commitments(record_of(story["reports"])):
            assert bool(one.history) == (one.same_as is None)


def test_a_report_without_tags_or_without_words_has_none() -> None:
    text = "The firm agreed to pay $5 million by May 1."
    bare = Annotations(Report("r:0", "test", "", text), (Span(0, len(text)),), Words([0], [3], [0]))
    empty = Annotations(Report("r:1", "test", "", ""), (), Words([], [], []))
    assert find_commitments(Record("", (bare, empty))) == ()


def test_a_report_of_one_endless_sentence_is_read() -> None:
    column = "will/AUX/2/aux close/VERB/2/root and/CCONJ/2/cc "
    case = {"text": "will close and " * 2000, "words": (column * 2000).strip(), "published": "2025-01-01"}
    assert isinstance(find_commitments(record_of([case])), tuple)


def step(day: str, status: str) -> Step:
    return Step(Date.of(day, "test"), status, (Passage("r:0", 0, 1, "x"),))  # type: ignore[arg-type]


HISTORIES: Mapping[str, list[Step]] = {
    "kept": [
        step("2025-01-10", "announced"),
        step("2025-03-01", "begun"),
        step("2025-06", "due"),
        step("2025-06-12", "met"),
    ],
    "silent": [step("2025-01-10", "announced"), step("2025-06", "due")],
    "moved": [
        step("2025-01-10", "announced"),
        step("2025-05-02", "delayed"),
        step("2025-06", "due"),
        step("2025-09", "due"),
    ],
    "put off": [step("2025-01-10", "announced"), step("2025-05-02", "delayed"), step("2025-06", "due")],
    "disputed": [step("2025-01-10", "announced"), step("2025-02-01", "contested"), step("2025-06", "due")],
}


@pytest.mark.parametrize(
    ("history", "day", "status"),
    [
        ("kept", "2025-01-09", None),
        ("kept", "2025-01-10", "announced"),
        ("kept", "2025-03-05", "begun"),
        ("kept", "2025-06-30", "met"),
        ("kept", "2026-01-01", "met"),
        ("silent", "2025-06-30", "announced"),
        ("silent", "2025-07-01", "due"),
        ("silent", "2030-01-01", "due"),
        ("moved", "2025-05-03", "delayed"),
        ("moved", "2025-10-01", "due"),
        ("put off", "2025-07-15", "delayed"),
        ("disputed", "2025-03-01", "announced"),
    ],
)
def test_how_it_stood_on_a_day(history: str, day: str, status: str | None) -> None:
    one = Commitment(
        id="c:1",
        report="r:0",
        statement="s:0",
        evidence=(Span(0, 1),),
        parties=(),
        to=(),
        action=Span(0, 1),
        quantity=None,
        places=(),
        due=None,
        not_before=None,
        condition=None,
        strength="agreed",
        history=tuple(HISTORIES[history]),
    )
    assert status_at(one, day) == status
    standing = standing_at(one, day)
    assert (standing is not None and standing.contested is not None) == (history == "disputed" and status is not None)
