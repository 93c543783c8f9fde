from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.quantities import find_quantities
from onrecord.dates import Date
from onrecord.model import (
    Actor,
    Annotations,
    Figure,
    Mention,
    Record,
    Report,
    ReportDate,
    Source,
    Statement,
    Time,
    Words,
)
from onrecord.record.figures import find_figures
from onrecord.spans import Span
from tests.trees import sentences_of, words_of

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "figures.jsonl").read_text("utf-8").splitlines()
]


def annotations_of(case: dict[str, Any]) -> Annotations:
    text = case["text"]
    report, words = Report("r:0", "test", "", text), words_of(text, case["words"])
    sentences = sentences_of(words)
    times = tuple(
        Time(
            f"t:{number}",
            Span(text.index(said), text.index(said) + len(said)),
            "DATE",
            value,
            Date.of(value, "test"),
            "test",
        )
        for number, (said, value) in enumerate(case.get("times", {}).items())
    )
    statements = tuple(
        Statement(f"s:{number}", "r:0", Source(None, case["told"]), None, (sentence,), "indirect", "speech")
        for number, sentence in enumerate(sentences)
        if case["told"]
    )
    quantities = find_quantities(report, sentences, words, times)
    return Annotations(report, sentences, words, times, (), statements, quantities=quantities)


def figures_of(annotations: Annotations, **known: Any) -> tuple[Figure, ...]:
    return find_figures(Record("test", (annotations,), **known), annotations)


def told(text: str, figure: Figure, asked: dict[str, Any]) -> dict[str, Any]:
    """Of a figure, what the case asks for."""
    known = {
        "value": figure.value,
        "bound": figure.bound,
        "counted": figure.counted.of(text),
        "state": figure.state,
        "date": figure.date.value if figure.date else None,
        "rule": figure.date.rule if figure.date else None,
        "evidence": [span.of(text) for span in figure.evidence],
    }
    return {name: known[name] for name in asked}


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    found = figures_of(annotations_of(case))
    assert len(found) == len(case["figures"])
    assert [told(case["text"], *pair) for pair in zip(found, case["figures"], strict=True)] == case["figures"]


def test_the_innermost_statement_tells_it() -> None:
    case = next(case for case in CASES if case["what"] == "a source says it")
    annotations = annotations_of(case)
    inner = Statement("s:in", "r:0", Source(None, "named"), None, (Span(0, 22),), "indirect", "speech", within="s:0")
    outer = annotations.statements
    (figure,) = figures_of(replace(annotations, statements=(*outer, inner)))
    assert figure.statement == "s:in"


def test_a_carried_date_names_its_anchor() -> None:
    case = next(case for case in CASES if case["what"] == "the story goes on")
    (figure,) = figures_of(annotations_of(case))
    assert figure.date is not None
    assert figure.date.anchor == "t:0"


def test_without_tags_what_stands_behind_the_number_is_enough() -> None:
    text = "The blast killed 14 people and hurt three."
    sentence = Span(0, len(text))
    forms = [Span(0, 3), Span(4, 9), Span(10, 16), Span(17, 19), Span(20, 26), Span(27, 30), Span(31, 35), Span(36, 41)]
    words = Words([form.start for form in forms], [form.end for form in forms], [0] * len(forms))
    report = Report("r:0", "test", "", text)
    told_by = Statement("s:0", "r:0", Source(None, "report"), None, (sentence,), "indirect", "speech")
    quantities = find_quantities(report, (sentence,), words, ())
    annotations = Annotations(report, (sentence,), words, (), (), (told_by,), quantities=quantities)
    assert [(figure.value, figure.counted.of(text)) for figure in figures_of(annotations)] == [(14, "people")]


STANDING = (
    "Some/DET/2/advmod 900/NUM/4/nummod Danish/ADJ/4/amod troops/NOUN/6/nsubj still/ADV/6/advmod serve/VERB/6/root "
    "in/ADP/8/case Odra/PROPN/6/obl ./PUNCT/6/punct"
)


def standing(columns: str = STANDING) -> tuple[Figure, ...]:
    """The figures of one sentence in a report of 2 May 2024, in which "Danish" and "Odra" are known."""
    text = " ".join(column.rsplit("/", 3)[0] for column in columns.split())
    annotations = annotations_of({"text": text, "words": columns, "told": "report"})
    known = [word for word in ("Danish", "Odra", "Lund") if word in text]
    mentions = [Mention(f"m:{word}", Span(text.index(word), text.index(word) + len(word)), "other") for word in known]
    return figures_of(
        replace(annotations, mentions=tuple(mentions)),
        dates={"r:0": ReportDate(Date.of("2024-05-02", "declared"), "consistent")},
        actors=(Actor("a:dk", "Denmark", "government", ("Danish",)),),
        actor_of={"m:Danish": "a:dk"},
        place_of={"m:Odra": "p:odra", "m:Lund": "p:lund"},
    )


def test_whose_they_are_and_where_they_are() -> None:
    (figure,) = standing()
    assert (figure.of, figure.place) == ("a:dk", "p:odra")


def test_what_is_so_holds_on_the_day_of_the_report() -> None:
    (figure,) = standing()
    assert figure.date is not None
    assert (figure.date.value, figure.date.rule, figure.date.anchor) == ("2024-05-02", "as-of-report", "r:0")


@pytest.mark.parametrize("verb", ["served", "die"])
def test_what_was_or_what_happens_does_not(verb: str) -> None:
    (figure,) = standing(STANDING.replace("serve", verb))
    assert figure.date is None


def test_what_may_be_does_not_hold() -> None:
    (figure,) = standing(STANDING.replace("still/ADV/6/advmod", "if/SCONJ/6/mark"))
    assert figure.date is None


def test_two_places_are_no_place() -> None:
    (figure,) = standing(STANDING.replace("./PUNCT/6/punct", "near/ADP/10/case Lund/PROPN/6/obl ./PUNCT/6/punct"))
    assert figure.place is None
