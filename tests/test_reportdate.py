from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.annotator import Annotator
from onrecord.dates import Date
from onrecord.model import Annotations, DeclaredDate, Finding, ReportDate
from onrecord.read.source import read, read_text
from onrecord.resolve.reportdate import anchor_for, date_reports
from onrecord.resolve.reportdate.clues import Between, DayOnWeekday, EverySoManyYears, InYear, OnWeekday, moved
from onrecord.resolve.reportdate.judge import checked, estimated
from onrecord.resolve.reportdate.lexicon import lexicon

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "reportdate.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def annotator(model: Path) -> Annotator:
    return Annotator(threads=1, model=model)


def annotated(annotator: Annotator, reports: list[dict[str, Any]]) -> list[Annotations]:
    return [
        annotator.annotate(read_text(one["text"], f"report-{i}.txt", published=one.get("published")))
        for i, one in enumerate(reports)
    ]


def dated(annotator: Annotator, reports: list[dict[str, Any]]) -> tuple[list[ReportDate], tuple[Finding, ...]]:
    notes = annotated(annotator, reports)
    dates, findings = date_reports(notes)
    return [dates[one.report.id] for one in notes], findings


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_status_and_value(annotator: Annotator, case: dict[str, Any]) -> None:
    found, findings = dated(annotator, case["reports"])
    told = [{"status": one.status, "value": one.date.value if one.date else None} for one in found]
    assert told == case["dates"]
    kinds = sorted(finding.kind for finding in findings)
    wanted = ["misdated" for one in case["dates"] if one["status"] == "contradicted"]
    assert kinds == wanted + ["undated" for one in case["reports"] if "published" not in one]


def test_a_finding_shows_the_date_and_names_the_smallest_repair(annotator: Annotator) -> None:
    text = (
        "Date: 2017-05-04\nPORT ALMA (NWS) — The strike ended. The harbour was closed on March 3, 2019, by the council."
    )
    (note,) = annotated(annotator, [{"text": text}])
    dates, (finding,) = date_reports([note])
    assert [span.of(text) for span in finding.evidence] == ["2017-05-04"]
    assert "2017-05-04 -> 2019-05-04" in finding.suggestion
    assert "March 3, 2019" in finding.explanation
    assert [span.of(text) for span in dates[note.report.id].because] == ["March 3, 2019"]


def test_the_order_of_reports_does_not_matter(annotator: Annotator) -> None:
    notes = annotated(annotator, [one for case in CASES for one in case["reports"]])
    notes = [replace(note, report=replace(note.report, id=f"r:{i}")) for i, note in enumerate(notes)]
    assert date_reports(notes) == date_reports(notes[::-1])


def test_relative_times_start_from_the_repaired_or_estimated_date(annotator: Annotator) -> None:
    (wrong,) = annotated(annotator, CASES[0]["reports"])
    dates, _ = date_reports([wrong])
    anchor = anchor_for(wrong.report, dates[wrong.report.id])
    assert anchor == Date("2019-05-04", "2019-05-04", "2019-05-04", "repaired", wrong.report.id)
    (count,) = annotated(annotator, next(case for case in CASES if "count" in case["case"])["reports"])
    dates, _ = date_reports([count])
    anchor = anchor_for(count.report, dates[count.report.id])
    assert anchor == Date("2015", "2015-01-01", "2015-12-31", "estimated", count.report.id)
    assert anchor_for(count.report, ReportDate(None, "unknown")) is None


def test_a_month_is_the_best_value_only_where_the_window_allows() -> None:
    start, end = date(2013, 5, 2), date(2013, 5, 20)
    narrow = estimated("r:0", [Between((), "", 5.0, start, end)])
    assert narrow.date == Date("2013-05", "2013-05-02", "2013-05-20", "estimated", "r:0")
    wide = estimated("r:0", [Between((), "", 9.0, date(2013, 2, 1), date(2013, 11, 30))])
    assert wide.date == Date("2013", "2013-02-01", "2013-11-30", "estimated", "r:0")
    day = estimated("r:0", [Between((), "", 12.0, start, start)])
    assert day.date == Date("2013-05-02", "2013-05-02", "2013-05-02", "estimated", "r:0")


def test_clues_that_disagree_give_no_estimate() -> None:
    clues = [Between((), "", 8.0, date(year, 1, 1), date(year, 12, 31)) for year in (2003, 2011)]
    assert estimated("r:0", clues).status == "unknown"


def test_what_only_recurs_is_never_held_against_a_declared_date() -> None:
    odd = EverySoManyYears((), "names an election", 50.0, 2, 0)
    history = InYear((), "has a newest date", {2001: 0.0}, 50.0)
    assert checked("2013-05-02", "r:0", [odd, history]).status == "consistent"


def test_a_declared_month_is_repaired_to_a_month() -> None:
    judged = checked("2013-05", "r:0", [Between((), "", 20.0, earliest=date(2015, 1, 1))])
    assert judged.date is not None
    assert (judged.status, judged.date.value) == ("contradicted", "2015-05")


def test_day_and_month_exchanged_is_a_repair() -> None:
    judged = checked("2013-04-09", "r:0", [Between((), "", 20.0, date(2013, 9, 1), date(2013, 9, 10))])
    assert judged.date is not None
    assert judged.date.value == "2013-09-04"


def test_each_clue_costs_only_where_it_speaks_against() -> None:
    between = Between((), "", 3.0, date(2013, 5, 2), date(2013, 5, 20), slack=2)
    assert [between.cost(day, day) for day in (date(2013, 4, 29), date(2013, 4, 30), date(2013, 5, 22))] == [3.0, 0, 0]
    friday = OnWeekday((), "", [1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0])
    assert friday.cost(date(2013, 5, 3), date(2013, 5, 3)) == 0
    assert friday.cost(date(2013, 5, 4), date(2013, 5, 6)) == 1
    assert friday.cost(date(2013, 5, 4), date(2013, 5, 11)) == 0
    named = DayOnWeekday((), "", 3.0, month=2, day=13, weekday=5)
    assert named.cost(date(1998, 3, 1), date(1998, 3, 1)) == 0
    assert named.cost(date(1997, 3, 1), date(1997, 3, 1)) == 3
    leap = DayOnWeekday((), "", 3.0, month=2, day=29, weekday=2)
    assert leap.cost(date(2001, 3, 1), date(2001, 3, 1)) == 0


@given(st.dates(), st.integers(-3000, 3000))
def test_moving_by_years_never_fails(day: date, years: int) -> None:
    moved_day = moved(day, years)
    assert moved_day is None or moved_day.year == day.year + years


@given(st.dates(min_value=date(1, 1, 1)), st.dates())
def test_any_declared_date_can_be_checked(day: date, bound: date) -> None:
    judged = checked(day.isoformat(), "r:0", [Between((), "", 20.0, earliest=bound, slack=31)])
    assert judged.status in ("consistent", "contradicted")
    assert judged.status == "consistent" or (bound - day).days > 31


def test_words_of_the_lexicon_look_ahead_only_where_they_should() -> None:
    known = lexicon()
    assert all(known.looks_ahead(word) for word in ("expects", "to", "plans", "maturing", "until", "’ll"))
    assert not any(
        known.looks_ahead(word) for word in ("tons", "plant", "terminated", "william", "closed", "ordinary"[:4])
    )
    assert known.happening("treaties") is None
    assert known.happening("announced") == "announcement"
    assert known.stem("attacked") == known.stem("war")


def test_a_megabyte_of_dates_takes_seconds(annotator: Annotator) -> None:
    (note,) = annotated(
        annotator, [{"text": "The mill was sold in May 2011. It closed last year.", "published": "2012-01-01"}]
    )
    many = 3000
    length = len(note.report.text) + 1
    text = (note.report.text + " ") * many
    shift = len(note.words)
    words = replace(
        note.words,
        starts=[start + i * length for i in range(many) for start in note.words.starts],
        ends=[end + i * length for i in range(many) for end in note.words.ends],
        sentence=[one + 2 * i for i in range(many) for one in note.words.sentence],
        tag=note.words.tag * many,
        head=[one + i * shift for i in range(many) for one in note.words.head],
        relation=note.words.relation * many,
    )
    spans = [(time, i) for i in range(many) for time in note.times]
    times = tuple(
        replace(t, span=replace(t.span, start=t.span.start + i * length, end=t.span.end + i * length)) for t, i in spans
    )
    report = replace(note.report, text=text, declared=DeclaredDate("2012-01-01", None, "field"))
    begun = process_time()
    dates, _ = date_reports([replace(note, report=report, words=words, times=times)])
    assert dates[report.id].status == "consistent"
    assert process_time() - begun < 10


@pytest.mark.shared
def test_the_example_reports_are_dated(annotator: Annotator, shared: Path) -> None:
    gold = json.loads((shared / "gold" / "iraq-drawdown.json").read_text("utf-8"))["dates"]
    reports = [one for path in sorted((shared / "reports" / "iraq-drawdown").iterdir()) for one in read(path)]
    notes = [annotator.annotate(report) for report in reports if not isinstance(report, Exception)]
    dates, _ = date_reports(notes)
    found = {note.report.name: dates[note.report.id] for note in notes}
    for wanted in gold:
        judged = found[wanted["report"]]
        assert judged.date is not None
        if wanted["declared"] is None:
            assert wanted["earliest_ok"] <= str(judged.date.earliest) <= wanted["best"] <= str(judged.date.latest)
            assert str(judged.date.latest) <= wanted["latest_ok"]
        else:
            assert (judged.status, judged.date.value) == ("contradicted", wanted["best_repair"])
