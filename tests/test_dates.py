from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dates import Date, days_of

DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))
YEARS = st.integers(1000, 9998)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-09-27", "2024-09-27", "2024-09-27"),
        ("2024-09-27T14:30", "2024-09-27", "2024-09-27"),
        ("2024-09-27TMO", "2024-09-27", "2024-09-27"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-W39", "2024-09-23", "2024-09-29"),
        ("2024-W39-WE", "2024-09-28", "2024-09-29"),
        ("2021-W01", "2021-01-04", "2021-01-10"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2024-SP", "2024-03-01", "2024-05-31"),
        ("2024-WI", "2024-12-01", "2025-02-28"),
        ("2023-WI", "2023-12-01", "2024-02-29"),
        ("202", "2020-01-01", "2029-12-31"),
        ("20", "2000-01-01", "2099-12-31"),
    ],
)
def test_the_days_a_value_names(value: str, first: str, last: str) -> None:
    made = Date.of(value, "rule", "t:1")
    assert (made.earliest, made.latest) == (first, last)
    assert (made.value, made.rule, made.anchor) == (value, "rule", "t:1")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "P3M",
        "PT5H",
        "PAST_REF",
        "PRESENT_REF",
        "FUTURE_REF",
        "XXXX-05",
        "2024-XX",
        "2024-13",
        "2024-02-30",
        "2024-W54",
        "2024-Q5",
        "2024-H3",
        "2024-09-27 ",
        "2024-09-27\n",
        "0000",
        "00",
        "000",
        "20245",
        "2",
        "9999-WI",
        "2024-9-7",
        "20\n",
        "202\n",
        "٢٠٢٤",
        "٢٠",
        "²⁰",
    ],
)
def test_what_names_no_days(value: str) -> None:
    assert days_of(value) is None
    assert Date.of(value, "rule") == Date(value, None, None, "rule", None)


@given(DAYS)
def test_a_day_is_itself(day: date) -> None:
    assert days_of(day.isoformat()) == (day, day)


@given(DAYS)
def test_every_wider_value_holds_the_day(day: date) -> None:
    year, week, _ = day.isocalendar()
    values = [f"{day:%Y-%m}", f"{day:%Y}", f"{year:04}-W{week:02}", f"{day:%Y}-Q{(day.month + 2) // 3}"]
    values += [f"{day:%Y}-H{1 if day.month < 7 else 2}", f"{day:%Y}"[:3], f"{day:%Y}"[:2]]
    for value in values:
        bounds = days_of(value)
        assert bounds is not None, value
        assert bounds[0] <= day <= bounds[1]


@given(YEARS)
def test_quarters_halves_and_months_make_up_the_year(year: int) -> None:
    whole = days_of(f"{year:04}")
    for parts in (["Q1", "Q2", "Q3", "Q4"], ["H1", "H2"], [f"{month:02}" for month in range(1, 13)]):
        bounds = [days_of(f"{year:04}-{part}") for part in parts]
        known = [bound for bound in bounds if bound is not None]
        assert len(known) == len(parts)
        assert (known[0][0], known[-1][1]) == whole
        assert all(left[1] + timedelta(days=1) == right[0] for left, right in pairwise(known))


@given(YEARS)
def test_seasons_are_three_months_and_follow_each_other(year: int) -> None:
    known = [bound for season in ("SP", "SU", "FA", "WI") if (bound := days_of(f"{year:04}-{season}")) is not None]
    assert len(known) == 4
    assert known[-1][1] == date(year + 1, 2, monthrange(year + 1, 2)[1])
    assert all(left[1] + timedelta(days=1) == right[0] for left, right in pairwise(known))


@given(st.text(alphabet="0123456789-WQHSPTX\n E", max_size=12))
def test_bounds_are_in_order_whatever_the_value(value: str) -> None:
    made = Date.of(value, "rule")
    assert (made.earliest is None) == (made.latest is None)
    if made.earliest is not None and made.latest is not None:
        assert date.fromisoformat(made.earliest) <= date.fromisoformat(made.latest)
