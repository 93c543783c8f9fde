"""Dates as people write them: 6 February 2025, September 2025, spring 2024; uncertain ones with their range."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from onrecord.dates import days_of

_MONTHS = "January February March April May June July August September October November December".split()
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_QUARTERS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
_PARTS = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])"
    r"|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?:T.*)?\Z",
    re.ASCII,
)
_ISO_DAY = re.compile(r"(?<![\w-])\d{4}-[01]\d-[0-3]\d(?![\w-])", re.ASCII)
_LATE = "9999"
_NARROW = 14
"""Days: an uncertain date within fewer is told by its range."""


def human(when: Mapping[str, Any] | None, at_length: bool = False) -> str:
    """A date of the record in words; empty if it names no day at all.

    A date whose days are fewer or more than its value names is uncertain: it bears "~", or is told by the days it
    lies between if those are few. So is one whose value names no day. `at_length` adds the range to what bears "~".
    """
    if when is None:
        return ""
    bounds = days_of(when["value"] or "")
    told = when["earliest"], when["latest"]
    if bounds is None:
        return _range(*told)
    if told == (bounds[0].isoformat(), bounds[1].isoformat()) or told == (None, None):
        return _value(when["value"])
    if _is_narrow(*told):
        return _range(*told)
    return f"~{_value(when['value'])}" + (f", {_range(*told)}" if at_length else "")


def day(iso: str) -> str:
    """One day: `6 February 2025`."""
    known = date.fromisoformat(iso)
    return f"{known.day} {_MONTHS[known.month - 1]} {known.year}"


def in_words(told: str) -> str:
    """A sentence of an explanation with its dates as people write them."""
    return _ISO_DAY.sub(_as_day, told).replace(" -> ", " to ")


def _as_day(found: re.Match[str]) -> str:
    try:
        return day(found.group())
    except ValueError:
        return found.group()


def first_day(when: Mapping[str, Any] | None) -> str:
    """For sorting: the first day it may be, or the last where the first is open; undated last."""
    return (when and (when["earliest"] or when["latest"])) or _LATE


def last_day(when: Mapping[str, Any] | None) -> str:
    """For sorting: the last day it may be, or the first where the last is open; undated last."""
    return (when and (when["latest"] or when["earliest"])) or _LATE


def stretch(earliest: str, latest: str) -> str:
    """From one day to another, without saying the same year or month twice."""
    start, end = date.fromisoformat(earliest), date.fromisoformat(latest)
    if start == end:
        return day(earliest)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day(latest)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} to {day(latest)}"
    return f"{day(earliest)} to {day(latest)}"


def _is_narrow(earliest: str | None, latest: str | None) -> bool:
    """Whether the range says more in fewer words than the value."""
    if earliest is None or latest is None:
        return True
    return (date.fromisoformat(latest) - date.fromisoformat(earliest)).days < _NARROW


def _between(start: date, end: date) -> str:
    first = f"{start.day}"
    if start.month != end.month or start.year != end.year:
        first += f" {_MONTHS[start.month - 1]}" + (f" {start.year}" if start.year != end.year else "")
    last = day(end.isoformat())
    return f"{first} or {last}" if (end - start).days == 1 else f"between {first} and {last}"


def _range(earliest: str | None, latest: str | None) -> str:
    if earliest and latest:
        return (
            day(earliest) if earliest == latest else _between(date.fromisoformat(earliest), date.fromisoformat(latest))
        )
    if earliest:
        return f"not before {day(earliest)}"
    return f"not after {day(latest)}" if latest else ""


def _value(value: str) -> str:
    if len(value) == 2:
        return f"the {_ordinal(int(value) + 1)} century"
    if len(value) == 3:
        return f"the {value}0s"
    match = _PARTS.match(value)
    if match is None:
        return value
    part = match.groupdict()
    year = str(int(part["year"]))
    if part["day"]:
        return f"{int(part['day'])} {_MONTHS[int(part['month']) - 1]} {year}"
    if part["month"]:
        return f"{_MONTHS[int(part['month']) - 1]} {year}"
    return _stretch_of_year(part, year)


def _stretch_of_year(part: Mapping[str, str | None], year: str) -> str:
    if part["week"]:
        first = date.fromisocalendar(int(year), int(part["week"]), 6 if part["weekend"] else 1)
        return f"the {'weekend' if part['weekend'] else 'week'} of {day(first.isoformat())}"
    if part["quarter"]:
        return f"{_QUARTERS[part['quarter']]} quarter of {year}"
    if part["half"]:
        return f"{_QUARTERS[part['half']]} half of {year}"
    return f"{_SEASONS[part['season']]} {year}" if part["season"] else year


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
