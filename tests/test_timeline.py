from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.scoring.timeline import aligned, chosen
from onrecord.dates import Date
from onrecord.errors import OnRecordError
from onrecord.model import (
    Annotations,
    Event,
    Lineage,
    Record,
    Report,
    ReportDate,
    SameEvent,
    Source,
    Statement,
    Time,
    TimelineEntry,
    Words,
)
from onrecord.spans import Span
from onrecord.story.asof import parse_day, published_by, undated
from onrecord.story.timeline import make_timeline, top
from onrecord.story.timeline.reading import standfirst_end

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "timeline.jsonl").read_text("utf-8").splitlines()
]
AGROUND = "The ferry Astrid ran aground off the island of Lundy on Friday ."


def annotated(number: int, case: Mapping[str, Any]) -> Annotations:
    """A report as the case gives it; in each sentence all words hang on its head."""
    name = f"r:{number}"
    text = "\n".join(sentence["text"] for sentence in case["sentences"])
    report = Report(name, f"{number}.txt", "", text, publisher=case.get("publisher"))
    words, sentences, start = Words([], [], []), [], 0
    events: list[Event] = []
    times: list[Time] = []
    statements: list[Statement] = []
    for index, sentence in enumerate(case["sentences"]):
        span = Span(start, start + len(sentence["text"]))
        sentences.append(span)
        _add_words(words, text, span, index, sentence["head"])
        for trigger, (day, factuality) in sentence["events"].items():
            at = _find(text, trigger, span)
            when = None if day is None else Date.of(day, "test")
            events.append(Event(f"e:{number}:{at.start}", name, "s:0", at, (at,), factuality, when))
        for words_of_time, value in sentence["times"].items():
            at = _find(text, words_of_time, span)
            times.append(
                Time(f"t:{number}:{at.start}", at, "DATE", value, Date.of(value, "test"), _rule(words_of_time))
            )
        for cue, value in sentence.get("said", {}).items():
            at, said = _find(text, cue, span), Date.of(value, "test")
            source = Source(None, "named")
            statements.append(
                Statement(f"s:{number}:{at.start}", name, source, at, (span,), "indirect", "speech", said=said)
            )
        start = span.end + 1
    return Annotations(report, tuple(sentences), words, tuple(times), (), tuple(statements), tuple(events))


def _rule(words: str) -> str:
    return "calendar-day" if re.search(r"\d .*\d{4}", words) else "test"


def _find(text: str, words: str, span: Span) -> Span:
    start = text.index(words, span.start, span.end)
    return Span(start, start + len(words))


def _add_words(words: Words, text: str, sentence: Span, index: int, head: str) -> None:
    first, place = len(words), _find(text, head, sentence).start
    starts = [match.start() + sentence.start for match in re.finditer(r"\S+", sentence.of(text))]
    for at in starts:
        words.starts.append(at)
        words.ends.append(at + len(re.match(r"\S+", text[at:])[0]))  # type: ignore[index]
        words.sentence.append(index)
        words.tag.append("VERB" if at == place or text[at:].startswith("began") else "NOUN")
        words.head.append(first + starts.index(place))
        form = text[at : words.ends[-1]]
        words.relation.append("root" if at == place else "aux" if form in ("may", "will", "did") else "obl")


def record_of(reports: list[dict[str, Any]], **more: Any) -> Record:
    made = tuple(annotated(number, report) for number, report in enumerate(reports))
    dates = {
        one.report.id: ReportDate(Date.of(report["day"], "declared"), "consistent")
        for one, report in zip(made, reports, strict=True)
        if report["day"] is not None
    }
    lineage = {
        one.report.id: Lineage(report.get("origin", f"o:{one.report.id}"), "original", None, None, "")
        for one, report in zip(made, reports, strict=True)
    }
    return Record("", made, dates=dates, lineage=lineage, **more)


def aground(day: str, on: str, text: str = AGROUND, words: str = "Friday") -> dict[str, Any]:
    sentence = {"text": text, "head": "ran", "events": {"ran": [on, "asserted"]}, "times": {words: on}}
    return {"day": day, "sentences": [sentence]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_lines(case: dict[str, Any]) -> None:
    lines = make_timeline(record_of(case["reports"]))
    assert [[e.date.value, e.headline, e.reports, e.origins] for e in lines] == [line[:4] for line in case["lines"]]
    for entry, line in zip(lines, case["lines"], strict=True):
        assert [entry.date.earliest, entry.date.latest] == line[4:] or not line[4:]


def test_evidence_is_verbatim_and_opens_with_the_headline() -> None:
    record = record_of([report for case in CASES for report in case["reports"]])
    texts = {one.report.id: one.report.text for one in record.annotations}
    for entry in make_timeline(record):
        assert entry.headline == entry.evidence[0].text
        assert all(texts[p.report][p.start : p.end] == p.text for p in entry.evidence)


def test_the_first_event_is_that_of_the_headline() -> None:
    entry = make_timeline(record_of([aground("2024-05-04", "2024-05-03"), aground("2024-05-05", "2024-05-03")]))[0]
    trigger = next(e for e in annotated(0, aground("2024-05-04", "2024-05-03")).events if e.id == entry.events[0])
    assert entry.evidence[0].report == trigger.report


def test_events_found_to_be_one_are_one_line_in_other_words_too() -> None:
    other = aground("2024-05-05", "2024-05-03", "A passenger ship ran onto rocks in the Bristol Channel on Friday .")
    reports = [aground("2024-05-04", "2024-05-03"), other]
    first, second = (one.events[0].id for one in record_of(reports).annotations)
    assert len(make_timeline(record_of(reports))) == 2
    same = {second: SameEvent(first, "told of one ship")}
    assert [entry.reports for entry in make_timeline(record_of(reports, same_event=same))] == [2]


def test_one_event_has_the_sharpest_date_that_is_told() -> None:
    vague = aground("2024-07-01", "2024-05", "The Astrid ran aground in May , owners recall .", "May")
    reports = [aground("2024-05-04", "2024-05-03"), vague]
    first, second = (one.events[0].id for one in record_of(reports).annotations)
    lines = make_timeline(record_of(reports, same_event={second: SameEvent(first, "one ship")}))
    assert [(entry.date.value, entry.reports) for entry in lines] == [("2024-05-03", 2)]


def test_a_day_that_many_come_back_to_weighs_more() -> None:
    later = [aground(f"2024-06-0{n}", "2024-05-03") for n in range(1, 5)]
    fine = aground("2024-06-01", "2024-05-20", "The ferry Berta ran late on Monday .", "Monday")
    lines = make_timeline(record_of([*later, fine]))
    assert max(lines, key=lambda entry: entry.weight).date.value == "2024-05-03"


def test_the_usual_age_of_a_publishers_news_dates_news_that_names_no_day() -> None:
    paper = {"publisher": "The Morning Post"}
    named = [
        {
            **aground(f"2024-05-{n:02}", f"2024-05-{n - 1:02}", f"The ship N{n} ran aground yesterday .", "yesterday"),
            **paper,
        }
        for n in range(10, 16)
    ]
    text = "A storm tore the roof off the town hall of Visby ."
    storm = {"text": text, "head": "tore", "events": {"tore": [None, "asserted"]}, "times": {}}
    lines = make_timeline(record_of([*named, {"day": "2024-08-20", "sentences": [storm], **paper}]))
    entry = next(entry for entry in lines if entry.headline == text)
    assert (entry.date.value, entry.date.earliest, entry.date.latest) == ("2024-08-19", "2024-08-19", "2024-08-20")


# ------------------------------------------------------------------------------------------- choosing


def entry(day: str, weight: float, headline: str = "x") -> TimelineEntry:
    passage = annotated(0, aground("2024-05-04", "2024-05-03")).report.passage(Span(0, 3))
    return TimelineEntry(Date.of(day, "test"), (), (passage,), headline, 1, 1, weight)


def test_top_takes_each_date_once_before_any_twice() -> None:
    lines = [entry("2024-01-01", 9), entry("2024-01-01", 8, "y"), entry("2024-02-01", 1), entry("2024-03-01", 2)]
    assert [(one.date.value, one.weight) for one in top(lines, 2)] == [("2024-01-01", 9), ("2024-03-01", 2)]
    assert [one.weight for one in top(lines, 4)] == [9, 8, 1, 2]


@given(
    st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2020, 2, 1)), st.integers(0, 9)), max_size=30),
    st.integers(0, 40),
)
def test_top_is_in_order_and_never_more_than_asked_for(given_lines: list[tuple[date, int]], n: int) -> None:
    lines = [entry(day.isoformat(), weight) for day, weight in given_lines]
    found = top(lines, n)
    assert len(found) == min(n, len(lines))
    assert [one.date.value for one in found] == sorted(one.date.value for one in found)


def test_the_order_of_reports_changes_nothing() -> None:
    record = record_of([report for case in CASES for report in case["reports"]])
    shuffled = list(record.annotations)
    random.Random(3).shuffle(shuffled)
    assert make_timeline(replace(record, annotations=tuple(shuffled))) == make_timeline(record)


def test_no_reports_make_no_timeline() -> None:
    assert make_timeline(Record("", ())) == ()


def test_words_without_syntax_do_no_harm() -> None:
    one = annotated(0, aground("2024-05-04", "2024-05-03"))
    for words in (Words([], [], []), Words(one.words.starts, one.words.ends, one.words.sentence)):
        bare = Record("", (replace(one, words=words),), dates=record_of([aground("2024-05-04", "2024-05-03")]).dates)
        assert all(entry.headline == AGROUND for entry in make_timeline(bare))


def test_a_text_without_full_stops_costs_no_more_than_its_length() -> None:
    text = "The ferry ran aground on Friday and " * 3000
    endless = aground("2024-05-04", "2024-05-03", text + ".")
    begun = time.process_time()
    assert make_timeline(record_of([endless])) == ()
    assert time.process_time() - begun < 20


# ------------------------------------------------------------------------------------------- as of a day


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024", "2024-12-31"), ("2024-02", "2024-02-29"), ("2024-05-03", "2024-05-03"), (" 2023-02 ", "2023-02-28")],
)
def test_a_day_a_month_or_a_year_is_a_day(text: str, day: str) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "text", ["", "May 2024", "2024-13", "2023-02-29", "2024-W12", "199", "2024-5-3", "2024-05-03T10:00"]
)
def test_anything_else_is_told_to_be_no_date(text: str) -> None:
    with pytest.raises(OnRecordError, match="is not a date"):
        parse_day(text)


def test_as_of_a_day_only_what_was_published_is_known() -> None:
    record = record_of(
        [aground("2024-05-04", "2024-05-03"), aground("2024-06", "2024-05-03"), {**CASES[0]["reports"][0], "day": None}]
    )

    def known(day: str) -> list[str]:
        return [one.report.id for one in published_by(record.annotations, record.dates, day)]

    assert known("2024-05-03") == []
    assert known("2024-05-04") == ["r:0"]
    assert known("2024-06-01") == ["r:0", "r:1"], "one of June may be of the first"
    assert [one.report.id for one in undated(record.annotations, record.dates)] == ["r:2"]


# ------------------------------------------------------------------------------------------- the score


def test_a_timeline_like_the_reference_scores_all() -> None:
    reference = {date(2024, 5, 3): ["The ferry ran aground."], date(2024, 5, 9): ["The court fined the bank."]}
    assert aligned(reference, reference).f1 == pytest.approx(1)


def test_words_on_the_next_day_count_half_and_grammar_nothing() -> None:
    reference = {date(2024, 5, 3): ["The ferry sank."]}
    assert aligned({date(2024, 5, 4): ["A ferry was sinking"]}, reference).f1 == pytest.approx(0.5)
    assert aligned({date(2024, 5, 3): ["The and of"]}, reference).f1 == 0
    assert aligned({}, reference).f1 == 0


def test_several_dates_may_go_to_one() -> None:
    reference = {date(2024, 5, 3): ["ferry sank"]}
    found = {date(2024, 5, 3) + timedelta(n): ["ferry sank"] for n in range(2)}
    assert aligned(found, reference).precision == pytest.approx(0.75)
    assert aligned(found, reference).recall == pytest.approx(1)


def test_as_many_days_are_chosen_as_the_reference_has() -> None:
    reference = {date(2024, 1, 1): ["a"], date(2024, 3, 1): ["b"]}
    lines = [
        entry("2023-12-31", 9),
        entry("2024-01-01", 3),
        entry("2024-02", 8),
        entry("2024-02-01", 1),
        entry("2024-03-01", 2),
    ]
    assert sorted(chosen(lines, reference)) == [date(2024, 1, 1), date(2024, 3, 1)]


# ------------------------------------------------------------------------------------------- what a page adds


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        (
            "Port to close in spring Union calls it a betrayal The port of Alma said on Friday it would shut.",
            "The port",
        ),
        ("Read the full letter here In a letter seen by us the minister told the bank to pay.", "In a letter"),
        ("The port of Alma said on Friday that it would shut its gates.", "The port"),
        ("Readers of The Harbour Gazette were told on Friday that it would shut.", "Readers"),
        ("Ruiz told An Evening Paper that nobody would lose a job this year.", "Ruiz"),
    ],
)
def test_lines_that_run_into_the_first_sentence_are_left_out(text: str, opening: str) -> None:
    assert text[standfirst_end(text, 0, len(text)) :].startswith(opening)


def test_what_is_said_to_readers_is_no_line() -> None:
    call = "Click here to read how the ferry Astrid ran aground off Lundy on Friday ."
    assert make_timeline(record_of([aground("2024-05-04", "2024-05-03", call)])) == ()
