"""Dates: a value as written in TIMEX3, the days it may mean, and why.

Values follow TIMEX3 (TimeML 1.2.1): `2024-09-27`, `2024-09`, `2024`, `2024-W39`, `2024-W39-WE`, `2024-Q3`,
`2024-H1`, `2024-SP`, `202` (a decade), `20` (a century), with `T14:30`, `TMO`, `TNI` and the like for times
of day; `XXXX` marks what is not known; `PAST_REF`, `PRESENT_REF` and `FUTURE_REF` name no day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_VALUE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)))?"
    r"(?:T.*)?\Z",
    re.ASCII,
)
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


@dataclass(frozen=True, slots=True)
class Date:
    """A point or stretch of time as one report tells it.

    Attributes:
        value: the TIMEX3 value.
        earliest, latest: first and last day it may mean, ISO 8601, or None where unbounded.
        rule: name of the rule that gave the value.
        anchor: id of the time or report the rule started from, or None.
    """

    value: str
    earliest: str | None
    latest: str | None
    rule: str
    anchor: str | None = None

    @classmethod
    def of(cls, value: str, rule: str, anchor: str | None = None) -> Date:
        """The date that a TIMEX3 value names; bounds are None where the value names no days."""
        bounds = days_of(value)
        if bounds is None:
            return cls(value, None, None, rule, anchor)
        return cls(value, bounds[0].isoformat(), bounds[1].isoformat(), rule, anchor)


def days_of(value: str) -> tuple[date, date] | None:
    """First and last day of a TIMEX3 value, or None if it names none (a duration, `PAST_REF`, `XXXX-05`)."""
    try:
        return _days_of(value)
    except (ValueError, OverflowError):
        return None


def _days_of(value: str) -> tuple[date, date] | None:
    if re.fullmatch(r"[0-9]{2,3}", value):
        width = 10 ** (4 - len(value))
        first = int(value) * width
        return date(first, 1, 1), date(first + width - 1, 12, 31)
    match = _VALUE.match(value)
    if match is None:
        return None
    part = match.groupdict()
    year = int(part["year"])
    if part["day"]:
        day = date(year, int(part["month"]), int(part["day"]))
        return day, day
    if part["month"]:
        return _months(year, int(part["month"]), int(part["month"]))
    if part["week"]:
        monday = date.fromisocalendar(year, int(part["week"]), 1)
        return monday + timedelta(days=5 if part["weekend"] else 0), monday + timedelta(days=6)
    if part["quarter"]:
        return _months(year, 3 * int(part["quarter"]) - 2, 3 * int(part["quarter"]))
    if part["half"]:
        return _months(year, 6 * int(part["half"]) - 5, 6 * int(part["half"]))
    if part["season"]:
        return _months(year, *_SEASONS[part["season"]])
    return _months(year, 1, 12)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    """The days from month `first` to month `last`, where 13 is January of the next year."""
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, first, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])


def year_after(day: str) -> str:
    """The same day a year later, ISO 8601, for comparing; 29 February stays that."""
    return f"{int(day[:4]) + 1:04}{day[4:]}"
