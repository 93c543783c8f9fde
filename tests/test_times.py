from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.times import find_times
from onrecord.annotate.times.arithmetic import easter, holiday
from onrecord.annotate.times.lexicon import expression, lexicon
from onrecord.annotate.times.readings import READINGS
from onrecord.annotate.words import tokenise
from onrecord.dates import Date
from onrecord.model import Report, Time, TimeType, Words
from onrecord.spans import Span

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "times.jsonl").read_text("utf-8").splitlines()]
REPORT = "r:0"


def times_of(
    text: str,
    day: str | None = None,
    proposals: list[tuple[str, TimeType]] | None = None,
    words: Words | None = None,
) -> tuple[Time, ...]:
    sentences = split_sentences(text)
    proposed = None
    if proposals is not None:
        proposed = [(Span(text.index(said), text.index(said) + len(said)), kind) for said, kind in proposals]
    anchor = Date.of(day, "declared", REPORT) if day else None
    report = Report(REPORT, "test", "", text)
    return find_times(report, sentences, words or tokenise(text, sentences), proposed, anchor)


def told(text: str, times: tuple[Time, ...]) -> list[tuple[str, str, str]]:
    return [(time.span.of(text), time.type, time.value) for time in times]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_words_type_and_value(case: dict[str, Any]) -> None:
    found = times_of(case["text"], case["report_date"])
    wanted = [(time["words"], time["type"], time["value"]) for time in case["times"]]
    assert told(case["text"], found) == wanted
    for time, want in zip(found, case["times"], strict=True):
        assert want.get("rule", time.rule) == time.rule


def test_a_value_names_its_rule_and_its_anchor() -> None:
    (time,) = times_of("The board announced Friday that it would close.", "2024-09-30")
    assert time.date == Date("2024-09-27", "2024-09-27", "2024-09-27", "weekday-on-or-before", REPORT)
    assert (time.rule, time.anchor) == ("weekday-on-or-before", REPORT)


def test_a_time_counted_from_another_is_anchored_on_it() -> None:
    first, second = times_of("Envoys met on June 3, 2011. Two days later, they left.", "2024-09-30")
    assert second.value == "2011-06-05"
    assert second.anchor == first.id


def test_absolute_dates_have_no_anchor_and_durations_no_date() -> None:
    absolute, length = times_of("On May 3, 1961, the siege had lasted two years.", "2024-09-30")
    assert absolute.anchor is None
    assert length.date is None


def test_a_new_anchor_moves_relative_times_and_keeps_their_ids() -> None:
    text = "The board met Friday, two years ago and on May 3, 1961."
    undated, early, late = times_of(text), times_of(text, "2024-02-06"), times_of(text, "2025-02-06")
    assert [time.value for time in undated] == ["XXXX-WXX-5", "XXXX", "1961-05-03"]
    assert [time.value for time in early] == ["2024-02-02", "2022", "1961-05-03"]
    assert [time.value for time in late] == ["2025-01-31", "2023", "1961-05-03"]
    assert [time.id for time in undated] == [time.id for time in early] == [time.id for time in late]
    assert all(time.anchor is None for time in undated)


def test_a_day_without_a_year_is_the_one_that_the_window_of_the_report_holds() -> None:
    def read(first: str, last: str) -> list[str]:
        text = "The money came on April 8. The court sat in February."
        report = Report(REPORT, "test", "", text)
        window = Date("2022", first, last, "estimated", REPORT)
        return [time.value for time in find_times(report, (Span(0, len(text)),), Words([], [], []), None, window)]

    assert read("2021-12-01", "2022-07-31") == ["2022-04-08", "2022-02"]
    assert read("2021-01-01", "2022-12-31") == ["2022", "2022"], "two of each name"


def test_without_proposals_ambiguous_words_are_left_alone() -> None:
    text = "The recent past of the day then came up."
    assert told(text, times_of("Then the day came.", "2024-09-30")) == []


def test_proposals_decide_what_is_ambiguous() -> None:
    text = "Sales for the year were flat, and the shop is now shut."
    lengths = times_of(text, "2024-09-30", [("the year", "DURATION")])
    assert told(text, lengths) == [("the year", "DURATION", "P1Y")]
    dates = times_of(text, "2024-09-30", [("the year", "DATE"), ("now", "DATE")])
    assert told(text, dates) == [("the year", "DATE", "2024"), ("now", "DATE", "PRESENT_REF")]


def test_plain_dates_need_no_proposal() -> None:
    text = "The treaty of Oct. 7, 2023, was signed."
    assert told(text, times_of(text, "2024-09-30", [])) == [("Oct. 7, 2023", "DATE", "2023-10-07")]


def test_syntax_tells_the_tense_of_the_governing_verb() -> None:
    text = "The envoy told them Sunday he will leave."
    words = tokenise(text, split_sentences(text))
    tag = ["DET", "NOUN", "VERB", "PRON", "PROPN", "PRON", "AUX", "VERB", "PUNCT"]
    past = Words(
        words.starts, words.ends, words.sentence, tag, [1, 2, 2, 2, 2, 7, 7, 2, 2],
        ["det", "nsubj", "root", "iobj", "obl", "nsubj", "aux", "ccomp", "punct"],
    )  # fmt: skip
    future = Words(past.starts, past.ends, past.sentence, tag, [1, 2, 2, 2, 7, 7, 7, 2, 2], past.relation)
    assert times_of(text, "2024-09-25", words=past)[0].value == "2024-09-22"
    assert times_of(text, "2024-09-25", words=future)[0].value == "2024-09-29"


def test_spans_hold_after_characters_that_grow_in_lower_case() -> None:
    text = "İİİ İstanbul voted on May 3, 2015."
    (time,) = times_of(text)
    assert time.span.of(text) == "May 3, 2015"


def test_every_shape_compiles_and_every_reading_is_used() -> None:
    shapes = {shape for shapes in lexicon().begins.values() for shape in shapes}
    assert {shape.reading for shape in shapes} == set(READINGS)
    for shape in shapes:
        assert expression(shape.text).groups >= 0


@pytest.mark.parametrize(("year", "day"), [(1999, "1999-04-04"), (2008, "2008-03-23"), (2024, "2024-03-31")])
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == day


def test_every_holiday_has_a_day_in_every_year() -> None:
    for code in lexicon().slots["HOLIDAY"].words.values():
        assert all(abs(holiday(str(code), year).year - year) == 0 for year in (1999, 2024))


@pytest.mark.parametrize(
    "piece", ["monday ", "the end of the ", "1/1/", "two two ", "twenty-", "more than a ", "\n \n"]
)
def test_time_grows_with_length_alone(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        report = Report(REPORT, "test", "", text)
        begun = process_time()
        find_times(report, (Span(0, len(text)),), Words([], [], []), None, None)
        return process_time() - begun

    seconds(2_000)
    assert seconds(80_000) < 8 * seconds(20_000) + 0.5


@given(st.text(max_size=200), st.sampled_from([None, "2024-02-29", "2024-02", "2024", "0001-01-01", "9999-12-31"]))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_ordered_spans_that_do_not_overlap(text: str, day: str | None) -> None:
    check_order(times_of(text, day))


_PIECES = [
    "last",
    "two",
    "years",
    "ago",
    "Friday",
    "May",
    "3",
    ",",
    "2024",
    "the",
    "end",
    "of",
    "quarter",
    "a.m.",
    "4:30",
]
_PIECES += [
    "century",
    "next",
    "every",
    "from now",
    "1990s",
    "99999",
    "spring",
    "the following",
    "Easter",
    "later",
    "half",
]


@given(
    st.lists(st.sampled_from(_PIECES), max_size=14), st.sampled_from([None, "2024-02-29", "0001-01-01", "9999-12-31"])
)
@settings(max_examples=300, deadline=None)
def test_any_row_of_time_words_is_read_without_fault(pieces: list[str], day: str | None) -> None:
    check_order(times_of(" ".join(pieces), day))


def check_order(times: tuple[Time, ...]) -> None:
    ends = [0]
    for time in times:
        assert time.span.start >= ends[-1]
        ends.append(time.span.end)


def test_the_lexicon_is_read_only_when_it_is_needed() -> None:
    code = (
        "from onrecord.annotate.times import find_times;"
        "from onrecord.annotate.times.lexicon import lexicon, expression;"
        "assert lexicon.cache_info().currsize == 0 and expression.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.shared
def test_figures_on_meantime_by_rules_alone() -> None:
    root = Path(__file__).parent.parent
    data = root / ".." / "shared" / "data"
    if not (data / "times" / "meantime").is_dir():
        pytest.skip("the data for development is not here")
    command = [
        sys.executable,
        str(root / "bench" / "times.py"),
        "--data",
        str(data),
        "--sets",
        "meantime",
        "--no-encoder",
    ]
    line = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root).stdout.split()
    figures = {name: float(line[line.index(name) + 1]) for name in ("strict", "relaxed", "value")}
    assert figures["strict"] >= 87
    assert figures["relaxed"] >= 92
    assert figures["value"] >= 84
