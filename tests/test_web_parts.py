"""Parts of the reading room by themselves: the time axis, differing words, file names, who must show a token."""

from __future__ import annotations

import re
import sys
from datetime import date
from html import unescape

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="the reading room is not installed: pip install 'onrecord[web]'")

from onrecord.cli.serve import serve
from onrecord.errors import OnRecordError
from onrecord.web.adding import file_name
from onrecord.web.axis import Axis
from onrecord.web.evidence import loose, plain
from onrecord.web.land import path
from onrecord.web.serving import address_of, token_for
from onrecord.web.story.disagreements import _differing

DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))


@given(DAYS, DAYS, DAYS)
def test_an_axis_keeps_the_order_of_days(one: date, two: date, three: date) -> None:
    start, turn, end = sorted((one, two, three))
    for axis in (Axis.over(start, end), Axis.broken(start, turn, end)):
        places = [axis.at(day) for day in (start, turn, end)]
        assert places == sorted(places)
        assert all(0 <= place <= 100 for place in places)
        assert axis.after(end) <= 100


@given(DAYS, DAYS)
def test_an_axis_has_a_few_ticks_in_order(one: date, two: date) -> None:
    ticks = Axis.over(*sorted((one, two))).ticks()
    assert len(ticks) <= 16
    assert [tick.x for tick in ticks] == sorted(tick.x for tick in ticks)


def test_months_and_years_stand_where_they_begin() -> None:
    axis = Axis.over(date(2024, 3, 1), date(2024, 8, 1))
    assert {tick.label for tick in axis.ticks()} >= {"Mar 2024", "Apr", "May", "June", "July", "Aug"}
    assert all(axis.at(date(2024, month, 1)) in {tick.x for tick in axis.ticks()} for month in (4, 7))


def test_a_long_past_is_drawn_on_a_scale_of_its_own() -> None:
    assert Axis.broken(date(1990, 1, 1), date(2024, 1, 1), date(2025, 1, 1)).gap is not None
    assert Axis.broken(date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1)).gap is None


@pytest.mark.parametrize(
    ("ours", "theirs", "differ"),
    [
        ("The strike killed 12 people", "The strike killed 19 people", {"12"}),
        ("Delays cost 40 airlines dearly", "Nobody counted more than 35 of them", {"40"}),
        ("The vote was held on Monday", "The vote was held on Monday", set()),
        ("the mayor signed the deal", "the mayor refused the deal", {"signed"}),
    ],
)
def test_words_are_marked_in_which_two_passages_differ(ours: str, theirs: str, differ: set[str]) -> None:
    words, others = ([part for word in text.split() for part in (word, " ")] for text in (ours, theirs))
    assert {words[number] for number in _differing(words, others)} == differ


@given(st.text())
def test_no_character_of_a_text_turns_or_breaks_a_page(words: str) -> None:
    shown = plain(words)
    assert len(shown) == len(words)
    assert not set(shown) & set("\x00\x08\x1b\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
    shown.encode()


@given(st.text(), st.integers(0, 400))
def test_a_word_without_end_can_be_broken_and_stays_what_it_is(words: str, number: int) -> None:
    word = "<&a>b" * number
    shown = str(loose(words + word))
    assert unescape(shown.replace("<wbr>", "")) == plain(words + word)
    assert all(len(unescape(piece)) < 160 for piece in re.split(r"<wbr>|\s", shown))


@given(st.text(min_size=1))
def test_a_file_name_stays_in_its_folder(given_name: str) -> None:
    name = file_name(given_name + ".txt")
    assert "/" not in name
    assert "\\" not in name
    assert name not in ("", ".", "..")
    assert len(name) <= 70


def test_a_file_that_onrecord_does_not_read_is_refused() -> None:
    with pytest.raises(OnRecordError, match="no file that onrecord reads"):
        file_name("budget.xlsx")


def test_only_a_room_on_this_machine_needs_no_token() -> None:
    assert token_for("127.0.0.1", None) is None
    assert token_for("localhost", None) is None
    assert token_for("::1", None) is None
    assert token_for("127.0.0.1", "mine") == "mine"
    made = token_for("0.0.0.0", None)
    assert made is not None
    assert len(made) > 20
    assert made != token_for("0.0.0.0", None)
    assert address_of("::1", 8400, None) == "http://[::1]:8400/"


def test_outlines_reach_into_the_drawing_only() -> None:
    europe = path(lambda lon: lon * 20, lambda lat: (60 - lat) * 20, 800, 400)
    assert europe.startswith("M")
    assert 500 < len(europe) < 60_000
    assert path(lambda lon: lon + 5000, lambda lat: lat, 10, 10) == ""


def test_a_missing_extra_tells_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(serve, ["story.case"])
    assert result.exit_code == 1
    assert "pip install 'onrecord[web]'" in result.output


def test_a_case_that_is_not_there_is_told_in_one_line() -> None:
    result = CliRunner().invoke(serve, ["/nowhere/story.case"])
    assert result.exit_code == 1
    assert "there is no such case" in result.output
    assert "Traceback" not in result.output
