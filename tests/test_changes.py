from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.dates import Date
from onrecord.model import Actor, Change, Commitment, Issue, Position, Record, Stance, Step
from onrecord.spans import Span
from onrecord.story.changes import find_changes
from tests.test_conflicts import record_of

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "changes.jsonl").read_text("utf-8").splitlines()
]


def case_of(what: str) -> dict[str, Any]:
    return next(case for case in CASES if case["what"] == what)


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    found = find_changes(record_of(case))
    assert [[one.kind, one.cause.text if one.cause else None] for one in found] == case["changes"]


def test_a_risen_toll_names_both_figures() -> None:
    record = record_of(case_of("the toll of one event rises"))
    (change,) = find_changes(record)
    values = {figure.id: figure.value for figure in record.figures}
    assert (values[change.before or ""], values[change.after or ""]) == (12, 18)
    assert "12" in change.explanation
    assert "18" in change.explanation


def told_twice() -> Record:
    """Two reports, two days apart, without numbers."""
    days = ("2024-03-01", "2024-03-03")
    words = "The/DET/2/det plan/NOUN/3/nsubj stands/VERB/3/root ./PUNCT/3/punct"
    empty: dict[str, Any] = {"times": [], "names": [], "told": [], "events": []}
    return record_of({"reports": [{"day": day, "text": "The plan stands .", "words": words, **empty} for day in days]})


def position(report: str, stance: Stance, **known: Any) -> Position:
    return Position(f"o:{report}", report, "s:0", (Span(0, 8),), "a:1", "i:1", stance, **known)


def of_positions(*positions: Position) -> tuple[Change, ...]:
    actors, issues = (Actor("a:1", "The council", "organization", ()),), (Issue("i:1", "the new bridge", (), ()),)
    return find_changes(replace(told_twice(), actors=actors, issues=issues, positions=positions))


def test_another_stance_at_a_later_time_is_a_change() -> None:
    (change,) = of_positions(position("r:0", "supports"), position("r:1", "opposes"))
    assert (change.kind, change.before, change.after) == ("position", "o:r:0", "o:r:1")
    assert "The council on the new bridge" in change.explanation


def test_the_same_stance_again_is_none() -> None:
    assert of_positions(position("r:0", "supports"), position("r:1", "supports")) == ()


def test_a_stance_that_ended_comes_before_one_told_first() -> None:
    ended = position("r:1", "supports", end="2023-12-31")
    (change,) = of_positions(position("r:0", "opposes"), ended)
    assert (change.before, change.after) == ("o:r:1", "o:r:0")


def test_a_position_told_to_shift_is_one_change() -> None:
    (change,) = of_positions(position("r:0", "supports"), position("r:1", "shifts"))
    assert (change.before, change.after) == ("o:r:0", "o:r:1")


def commitment(report: str, due: str | None, same_as: str | None = None, history: tuple[Step, ...] = ()) -> Commitment:
    date = Date.of(due, "test") if due else None
    key = f"c:{report}"
    span = Span(0, 8)
    return Commitment(
        key, report, "s:0", (span,), (), (), span, None, (), date, None, None, "planned", history, same_as
    )


def test_a_deadline_told_anew_has_moved() -> None:
    told = (commitment("r:0", "2024-05"), commitment("r:1", "2024-09", "c:r:0"))
    (change,) = find_changes(replace(told_twice(), commitments=told))
    assert (change.kind, change.before, change.after) == ("deadline", "c:r:0", "c:r:1")


def test_a_moved_deadline_has_the_cause_that_the_next_sentence_gives_for_the_new_date() -> None:
    text = "The pier opens in September . She agreed to the new date because the steel was late ."
    words = (
        "The/DET/2/det pier/NOUN/3/nsubj opens/VERB/3/root in/ADP/5/case September/PROPN/3/obl ./PUNCT/3/punct | "
        "She/PRON/2/nsubj agreed/VERB/2/root to/ADP/6/case the/DET/6/det new/ADJ/6/amod date/NOUN/2/obl "
        "because/SCONJ/11/mark the/DET/9/det steel/NOUN/11/nsubj was/AUX/11/cop late/ADJ/2/advcl ./PUNCT/2/punct"
    )
    empty: dict[str, Any] = {"times": [], "names": [], "told": [], "events": []}
    days = ("2024-03-01", "2024-03-03")
    record = record_of({"reports": [{"day": day, "text": text, "words": words, **empty} for day in days]})
    told = (commitment("r:0", "2024-05"), commitment("r:1", "2024-09", "c:r:0"))
    (change,) = find_changes(replace(record, commitments=told))
    assert change.cause is not None
    assert change.cause.text == "the steel was late"


def test_a_shift_shows_the_position_that_is_told_right_behind() -> None:
    shift = Position("o:1", "r:0", "s:0", (Span(0, 3),), "a:1", "i:1", "shifts")
    now = Position("o:2", "r:0", "s:0", (Span(4, 8),), "a:2", "i:1", "supports")
    changes = of_positions(shift, now)
    (change,) = (one for one in changes if one.after == "o:1")
    assert [passage.text for passage in change.evidence] == ["The", "plan"]


def test_a_status_told_again_is_one_change_with_the_words_of_both() -> None:
    record = told_twice()
    words = [notes.report.passage(Span(0, 8)) for notes in record.annotations]
    days = (Date.of("2024-03-02", "test"), Date.of("2024-03-03", "test"))
    missed = tuple(Step(day, "missed", (passage,)) for day, passage in zip(days, words, strict=True))
    history = (Step(None, "announced", (words[0],)), *missed)
    (change,) = find_changes(replace(record, commitments=(commitment("r:0", None, history=history),)))
    assert change.evidence == tuple(words)


def test_a_deadline_told_more_exactly_has_not_moved() -> None:
    told = (commitment("r:0", "2024-05"), commitment("r:1", "2024-05-20", "c:r:0"))
    assert find_changes(replace(told_twice(), commitments=told)) == ()


def test_steps_of_a_commitment_are_news_or_not() -> None:
    record = told_twice()
    words = [notes.report.passage(Span(0, 8)) for notes in record.annotations]
    kept = (Step(None, "announced", (words[0],)), Step(None, "reaffirmed", (words[1],)))
    met = (*kept, Step(Date.of("2024-03-03", "test"), "met", (words[1],)))
    assert find_changes(replace(record, commitments=(commitment("r:0", None, history=kept),))) == ()
    (change,) = find_changes(replace(record, commitments=(commitment("r:0", None, history=met),)))
    assert change.kind == "status"
    assert "met as of 2024-03-03" in change.explanation


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_words_are_verbatim(case: dict[str, Any]) -> None:
    record = record_of(case)
    texts = {notes.report.id: notes.report.text for notes in record.annotations}
    for change in find_changes(record):
        passages = [*change.evidence, *([change.cause] if change.cause else [])]
        assert all(texts[p.report][p.start : p.end] == p.text for p in passages)
