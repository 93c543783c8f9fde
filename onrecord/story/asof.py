"""What was known by a day: the reports published until then, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onrecord.dates import days_of
from onrecord.errors import OnRecordError
from onrecord.model import Annotations, ReportDate

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)


def parse_day(text: str) -> str:
    """The day (ISO 8601) that a user names; of a year or a month the last one.

    Raises:
        OnRecordError: it is no year, month or day of the calendar.
    """
    days = days_of(text.strip()) if _DAY.fullmatch(text.strip()) else None
    if days is None:
        named = " ".join(text.split()) or "an empty date"
        raise OnRecordError(named, "is not a date", "Give a year, a month or a day: 2024, 2024-05 or 2024-05-03")
    return days[1].isoformat()


def published_by(annotations: Sequence[Annotations], dates: Mapping[str, ReportDate], day: str) -> list[Annotations]:
    """The reports that may have been published by `day` (ISO 8601), in the order given.

    Of a report that may be of any of several days the first counts. Reports without a date are left out: nobody
    knows whether they could have been read by then; `undated` tells which these are.
    """
    return [one for one in annotations if _first_day(dates, one) <= day]


def undated(annotations: Sequence[Annotations], dates: Mapping[str, ReportDate]) -> list[Annotations]:
    """The reports of which no day is known before which they were not published, in the order given."""
    return [one for one in annotations if _first_day(dates, one) == _NEVER]


_NEVER = "~"
"""Sorts behind every day."""


def _first_day(dates: Mapping[str, ReportDate], annotations: Annotations) -> str:
    dated = dates.get(annotations.report.id)
    if dated is None or dated.date is None or dated.date.earliest is None:
        return _NEVER
    return dated.date.earliest
