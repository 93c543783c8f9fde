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
    Event,
    Figure,
    Lineage,
    Mention,
    Participants,
    Place,
    Record,
    Report,
    ReportDate,
    Source,
    Statement,
    Time,
)
from onrecord.record.figures import find_figures
from onrecord.spans import Span
from onrecord.story.conflicts import find_conflicts
from onrecord.story.fitting import fit
from tests.trees import sentences_of, words_of

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "conflicts.jsonl").read_text("utf-8").splitlines()
]


def record_of(case: dict[str, Any]) -> Record:
    """The record of a case: its reports as annotated, with the figures that are read out of them."""
    told = [annotations_of(f"r:{number}", report) for number, report in enumerate(case["reports"])]
    beliefs = Record(
        "test",
        tuple(told),
        dates={
            f"r:{n}": ReportDate(Date.of(one["day"], "test"), "consistent") for n, one in enumerate(case["reports"])
        },
        actor_of={key: value for n, one in enumerate(case["reports"]) for key, value in _actors(n, one)},
        place_of={_mention(n, one): one[3] for n, r in enumerate(case["reports"]) for one in r["names"] if one[3]},
        actors=tuple(Actor(key, key, "organization", (key,)) for key in sorted(_ids(case, 2))),
        places=tuple(Place(key, key, (), None, 50.0, 10.0, "town", None) for key in sorted(_ids(case, 3))),
    )
    return replace(beliefs, figures=tuple(f for one in told for f in find_figures(beliefs, one)))


def _mention(number: int, name: list[Any]) -> str:
    return f"m:{number}:{name[0]}"


def _ids(case: dict[str, Any], column: int) -> set[str]:
    return {name[column] for report in case["reports"] for name in report["names"] if name[column]}


def _actors(number: int, report: dict[str, Any]) -> list[tuple[str, str]]:
    named = [(_mention(number, name), name[2]) for name in report["names"] if name[2]]
    return named + [(f"s:{number}:{i}", one["actor"]) for i, one in enumerate(report["told"]) if one["actor"]]


def annotations_of(key: str, report: dict[str, Any]) -> Annotations:
    """One report of a case, whose spans are pairs of offsets."""
    number, words = key[2:], words_of(report["text"], report["words"])
    sentences = sentences_of(words)
    made = Report(key, key, "", report["text"])
    times = tuple(
        Time(f"t:{number}:{start}", Span(start, end), "DATE", value, Date.of(value, "test"), "test")
        for start, end, value in report["times"]
    )
    statements = tuple(_statement(key, f"s:{number}:{i}", one) for i, one in enumerate(report["told"]))
    events = tuple(
        Event(
            f"e:{number}:{start}",
            key,
            f"s:{number}:{told}",
            Span(start, end),
            (Span(start, end),),
            factuality,
            Date.of(value, "test") if value else None,
        )
        for start, end, factuality, value, told in report["events"]
    )
    return Annotations(
        made,
        sentences,
        words,
        times,
        tuple(Mention(f"m:{number}:{start}", Span(start, end), "other") for start, end, _, _ in report["names"]),
        statements,
        events,
        quantities=find_quantities(made, sentences, words, times),
    )


def _statement(report: str, key: str, told: dict[str, Any]) -> Statement:
    return Statement(
        key,
        report,
        Source(Span(*told["source"]) if told["source"] else None, told["basis"]),
        Span(*told["cue"]) if told["cue"] else None,
        tuple(Span(*pair) for pair in told["content"]),
        "indirect",
        told["attitude"],
    )


def case_of(what: str) -> dict[str, Any]:
    return next(case for case in CASES if case["what"] == what)


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    found = find_conflicts(record_of(case))
    assert [[one.kind, one.label] for one in found] == case["conflicts"]


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_passages_are_verbatim_and_two(case: dict[str, Any]) -> None:
    record = record_of(case)
    texts = {notes.report.id: notes.report.text for notes in record.annotations}
    for conflict in find_conflicts(record):
        assert len(set(conflict.evidence)) == 2
        assert all(texts[p.report][p.start : p.end] == p.text for p in conflict.evidence)
        assert conflict.explanation.endswith(".")


def test_reports_of_one_origin_are_a_revision() -> None:
    record = record_of(case_of("two reports price one deal differently"))
    lineage = {key: Lineage("o:1", "revision", None, None, "") for key in ("r:0", "r:1")}
    (conflict,) = find_conflicts(replace(record, lineage=lineage))
    assert "revision" in conflict.explanation


def test_the_order_of_reports_changes_nothing() -> None:
    record = record_of(case_of("each side counts the jobs differently"))
    turned = replace(record, annotations=record.annotations[::-1], figures=record.figures[::-1])
    assert find_conflicts(turned) == find_conflicts(record)


def test_what_no_one_annotated_holds_no_conflict() -> None:
    text = "x" * 100_000
    empty = Annotations(Report("r:0", "x", "", text), (Span(0, len(text)),), words_of("", ""))
    assert find_conflicts(Record("test", (empty,))) == ()


def figure(value: float, bound: Any = "exact", low: float | None = None, high: float | None = None) -> Figure:
    span = Span(0, 1)
    return Figure("n:1", "r:0", "s:0", (span,), value, low, high, bound, None, span, "current")


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        (figure(12, "at_least"), figure(18), True),
        (figure(12), figure(18), False),
        (figure(2500), figure(2487), True),
        (figure(150_000), figure(80_000), False),
        (figure(100, "about"), figure(110), True),
        (figure(100, "at_most"), figure(130, "more_than"), False),
        (figure(1400, "exact", 1200, 1600), figure(1200), True),
    ],
)
def test_bounds_decide_what_fits(one: Figure, other: Figure, fits: bool) -> None:
    assert fit(one, other) is fits
    assert fit(other, one) is fits


KILLED = "Somebody/PRON/2/nsubj killed/VERB/2/root Brandt/PROPN/2/obj there/ADV/2/advmod ./PUNCT/2/punct"


def killed_twice(one: Participants, other: Participants) -> Record:
    """Two reports that Brandt was killed, each with who did it, and where; Odra and Lund are far from each other."""
    reports = [
        {
            "day": "2024-05-02",
            "text": "Somebody killed Brandt there .",
            "words": KILLED,
            "times": [],
            "names": [[16, 22, "a:1", None]],
            "told": [],
            "events": [[9, 15, "asserted", None, 0]],
        }
    ] * 2
    places = (
        Place("p:odra", "Odra", (), None, 50.0, 10.0, "town", None),
        Place("p:lund", "Lund", (), None, 55.7, 13.2, "town", None),
    )
    known = {"e:0:9": one, "e:1:9": other}
    actors = tuple(Actor(f"a:{n}", f"{n}", "group", (), part_of="a:2" if n == 4 else None) for n in range(1, 5))
    return replace(record_of({"reports": reports}), participants=known, places=places, actors=actors)


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        (Participants(("a:2",)), Participants(("a:3",)), ["actor"]),
        (Participants(("a:2",)), Participants(("a:4",)), []),
        (Participants(("a:2",)), Participants(), []),
        (Participants(place="p:odra"), Participants(place="p:lund"), ["place"]),
        (Participants(place="p:odra"), Participants(place="p:odra"), []),
    ],
    ids=["another doer", "a doer and his own", "no doer told", "another place", "the same place"],
)
def test_who_did_it_and_where(one: Participants, other: Participants, kinds: list[str]) -> None:
    assert [conflict.kind for conflict in find_conflicts(killed_twice(one, other))] == kinds
