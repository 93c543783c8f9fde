"""Readings of stretches of the calendar: months, years, decades, centuries, `last week`, `that year`."""

from __future__ import annotations

import re
from datetime import date

from onrecord.annotate.times.arithmetic import duration, moved, value_of
from onrecord.annotate.times.days import calendar_day
from onrecord.annotate.times.direction import Way, explicit_year, is_month_name, spoken_year, told_of, way
from onrecord.annotate.times.lexicon import lexicon
from onrecord.annotate.times.scene import Found, Reading

_RUNNING = frozenset({"week", "month", "quarter"})
"""Units of which `the past` and `the next` one are counted from the day, not from the calendar."""


def month(found: Found) -> Reading | None:
    """`October 2023`, `last April`; a month alone is the nearest that fits the tense."""
    number = found.number("month")
    alone = found.text == found.raw("month")
    if number is None or not is_month_name(found) or (alone and not _stands_alone(found)):
        return None
    year = explicit_year(found)
    if year is not None:
        return Reading("DATE", f"{year:04}-{number:02}", "month-of-year")
    if found.has("relyear"):
        return found.dated(f"XXXX-{number:02}", "month-without-year")
    if found.today is None:
        return _month_untold(found, number)
    return _nearest_month(found, found.today, number)


def _stands_alone(found: Found) -> bool:
    """Whether a month without anything beside it is one: no abbreviation, no lower case, no number after it."""
    numbered = re.match(r"\s?\d", found.after(3))
    return found.capital("month") and not found.one_of("month", "never_alone") and not numbered


def _month_untold(found: Found, number: int) -> Reading:
    told = found.scene.told[-1] if found.scene.told else None
    if told is None:
        return found.dated(f"XXXX-{number:02}", "month-without-year")
    return Reading("DATE", f"{told.day.year:04}-{number:02}", "month-in-year-told", told.id)


def _nearest_month(found: Found, today: date, number: int) -> Reading:
    if found.has("this"):
        return found.dated(f"{today.year:04}-{number:02}", "this-month-name")
    told = way(found)
    total = today.year * 12 + today.month - 1
    ahead = (number - today.month) % 12
    if found.has("last") or found.has("next"):
        rule, steps = "month-by-word", (ahead or 12) if told.toward > 0 else ahead - 12
    else:
        rule = "month-nearest-by-tense" if told.toward else "month-nearest"
        steps = min((ahead, ahead - 12), key=lambda step: (told if told.toward else Way(-1)).cost(30 * step))
    total += steps
    return found.dated(f"{total // 12:04}-{total % 12 + 1:02}", rule)


def year(found: Found) -> Reading | None:
    """`2007`, `early 2007`, `nineteen ninety-six`: as written, if it reads as a year here."""
    if found.raw("spokenyear"):
        return Reading("DATE", f"{spoken_year(found.raw('spokenyear') or ''):04}", "year")
    number = found.raw("year") or ""
    if found.text == number and not _is_year_here(found):
        return None
    if found.followed("counted") or re.match(r"[,.]\d", found.after(2)):
        return None
    return Reading("DATE", number, "year")


def _is_year_here(found: Found) -> bool:
    """Whether what stands around a bare number lets it be a year."""
    if found.preceded("before_year") or found.followed("after_year"):
        return True
    counted = re.match(r"\s{1,3}[a-z]{2,30}s\b", found.scene.original[found.end : found.end + 40])
    return found.preceded("perhaps_before_year") and not counted


def fiscal_year(found: Found) -> Reading | None:
    """`fiscal 2024`: the year it is called by."""
    if found.raw("year"):
        return Reading("DATE", found.raw("year") or "", "fiscal-year")
    steps = -1 if found.has("last") or "latest" in found.text else 1 if found.has("next") else 0
    return found.dated(value_of("year", moved(found.today, "year", steps)), "relative-fiscal-year")


def decade(found: Found) -> Reading | None:
    """`the 1990s`, `'80s`, `nineties`: the decade, of the last century unless the report is of a later one."""
    if found.has("decadeword"):
        return Reading("DATE", f"19{found.value('decadeword')}", "decade")
    digits = re.sub(r"\D", "", found.raw("decade") or "")
    if len(digits) == 4:
        return Reading("DATE", digits[:3], "decade")
    if "the" not in found.text.split() and found.preceded("before_age_decade"):
        return None
    return Reading("DATE", f"19{digits[0]}", "decade")


def century(found: Found) -> Reading | None:
    """`the 20th century`: value 19."""
    words = re.sub(r"[\s-]{1,3}century$", "", found.raw("century") or "")
    ordinals = lexicon().slots["SPOKENDAY"].words
    digits = re.sub(r"\D", "", words)
    number = int(digits) if digits else int(ordinals.get(words.replace(" ", "-"), 0))
    return Reading("DATE", f"{number - 1:02}", "century") if number else None


def relative_unit(found: Found) -> Reading | None:
    """`last week`, `this year`, `next month`: the unit of the calendar so many from the report's."""
    unit = found.name("calendarunit")
    steps = found.step("rel", "last", "this", "next")
    if steps is None:
        steps = -2 if "before" in found.text else 2
    if unit == "day" and steps == 0:
        return None
    rule = {-2: "before-last", -1: "last", 0: "this", 1: "next", 2: "after-next"}[steps] + f"-{unit}"
    words = found.raw("last") or found.raw("rel") or found.raw("next") or ""
    if words.startswith(("the ", "past", "coming")) and steps and unit in _RUNNING:
        return Reading("DURATION", duration(1, unit), f"one-{unit}")
    if unit == "weekend":
        return found.dated(_weekend(found, steps), rule)
    return found.dated(value_of(unit, moved(found.today, unit, steps)), rule)


def _weekend(found: Found, steps: int) -> str:
    """A weekend: `last` is the one before the report's day, `this` and `next` the one of its week."""
    today = found.today
    if today and "coming" in found.text and today.isoweekday() < 6:
        steps = 0
    if today and steps == 0 and found.tense() == "past" and today.isoweekday() < 5:
        steps = -1
    return value_of("weekend", moved(today, "week", steps))


def weekend(found: Found) -> Reading | None:
    """`the weekend`: the last one for what is past, the coming one for what is not."""
    steps = 0
    if found.today and found.today.isoweekday() < 6 and found.tense() != "future":
        steps = -1
    return found.dated(value_of("weekend", moved(found.today, "week", steps)), "weekend-by-tense")


def week_of(found: Found) -> Reading | None:
    """`the week of March 6`, `week 12`."""
    if found.has("weeknumber"):
        number = found.number("weeknumber") or 0
        if not 1 <= number <= 53 or found.today is None:
            return None
        return found.dated(f"{found.today.year:04}-W{number:02}", "week-number")
    inner = calendar_day(found)
    if inner is None or "X" in inner.value:
        return inner
    unit = "weekend" if "weekend" in found.text else "week"
    return Reading("DATE", value_of(unit, date.fromisoformat(inner.value)), "week-of-day", inner.anchor)


def context_unit(found: Found) -> Reading | None:
    """`the following day`, `that year`, `the same month`: from the date told last, or else the report's."""
    unit = found.name("calendarunit")
    steps = found.step("previous") or 0
    told = told_of(found, unit)
    if told is None and "next" in found.text and unit in _RUNNING:
        return Reading("DURATION", duration(1, unit), f"one-{unit}")
    base, anchor = found.base(told)
    return Reading("DATE", value_of(unit, moved(base, unit, steps)), f"{unit}-from-date-told", anchor)


def same_unit_year_before(found: Found) -> Reading | None:
    """`the same month a year ago`: the unit told last, or the report's, a year before."""
    unit = found.name("calendarunit")
    base, anchor = found.base(told_of(found, unit))
    return Reading("DATE", value_of(unit, moved(base, "year", -1)), f"same-{unit}-year-before", anchor)


def bare_unit(found: Found) -> Reading | None:
    """`the year`, `the day`: of the date told last, or the report's; or as long as one, if the encoder says so."""
    unit = found.name("calendarunit")
    if found.proposed == "DURATION":
        return Reading("DURATION", duration(1, unit), "duration")
    if found.proposed == "SET":
        return Reading("SET", duration(1, unit), f"every-{unit}")
    if unit == "day" and found.followed("clause"):
        return None  # "until the day the regulator came": the clause says which
    base, anchor = found.base(told_of(found, unit))
    return Reading("DATE", value_of(unit, base), f"the-{unit}", anchor)


def edge_of_unit(found: Found) -> Reading | None:
    """`the end of the year`, `year-end`: the unit of the report's date."""
    return found.dated(value_of(found.name("calendarunit"), found.today), "edge-of-" + found.name("calendarunit"))
