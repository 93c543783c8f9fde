"""Readings of what is counted: `two years ago`, `a year earlier`, `six-month`, `the past two decades`."""

from __future__ import annotations

import re
from datetime import date

from onrecord.annotate.times.arithmetic import duration, moved, value_of
from onrecord.annotate.times.direction import told_of
from onrecord.annotate.times.scene import Found, Reading

_UNFINISHED = re.compile(r"(?:\s{1,3}|\s?-\s?)old\b|-[a-z]")
"""What follows a length that is part of something longer: an age, `year-earlier`."""


def ago(found: Found) -> Reading | None:
    """`two years ago`, `a week from now`: so many units from the report's date."""
    sign = 1 if found.has("fromnow") else -1
    unit = found.name("unit") if found.has("unit") else found.name("plural")
    amount = found.value("howmany") if found.has("howmany") else "X"
    number = amount_of(amount)
    if number is None:
        return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", "vague-ago")
    if unit in ("S", "M", "H"):
        return Reading("TIME", value_of("day", found.today) + "TXX:XX", "hours-ago", found.origin)
    told = found.scene.quarter_told()
    if unit == "year" and number == 1 and told:
        return Reading("DATE", value_of("quarter", moved(told.day, "year", -1)), "same-quarter-year-before", told.id)
    return _offset(found, found.today, found.origin, unit, sign * number, "ago")


def earlier(found: Found) -> Reading | None:
    """`a year earlier`, `two days later`: so many units from the date told last, or the report's."""
    sign = int(found.value("earlier") or 0)
    if found.text.endswith(("before", "after")) and re.match(r"\s{1,3}[\w(\"“$]", found.after()):
        return None
    unit = found.name("unit") if found.has("unit") else found.name("plural")
    number = amount_of(found.value("howmany") if found.has("howmany") else "X")
    if number is None:
        return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", "vague-earlier")
    if unit in ("S", "M", "H"):
        return Reading("DURATION", duration(number, unit), "duration")
    told = found.scene.quarter_told()
    if unit == "year" and told:
        steps = sign * int(number)
        return Reading("DATE", value_of("quarter", moved(told.day, "year", steps)), "same-quarter-year-before", told.id)
    base, anchor = found.base(told_of(found, unit))
    return _offset(found, base, anchor, unit, sign * number, "from-date-told")


def _offset(found: Found, base: date | None, anchor: str | None, unit: str, number: float, rule: str) -> Reading:
    if not float(number).is_integer():
        finer = {"year": ("month", 12), "decade": ("year", 10), "century": ("year", 100), "month": ("week", 4)}
        unit, factor = finer.get(unit, ("day", 7))
        number = round(number * factor)
    day = moved(base, unit, int(number))
    if base is not None and day is None:
        return Reading("DATE", "PAST_REF" if number < 0 else "FUTURE_REF", rule)
    if unit == "decade" or (unit == "week" and abs(number) < 3):
        unit = {"decade": "year", "week": "day"}[unit]
    return Reading("DATE", value_of(unit, day), rule, anchor)


def amount_of(value: object) -> float | None:
    """A number as written (`2,500`, `1 1/2`, `two`), or None if it is vague."""
    if isinstance(value, int | float):
        return value
    words = str(value or "X").replace(",", "").replace("½", " 1/2").strip()
    if words == "X":
        return None
    total = 0.0
    for part in words.split():
        upper, _, lower = part.partition("/")
        total += float(upper) / float(lower or 1)
    return int(total) if total.is_integer() else total


def length_of(found: Found, amount: str = "howmany", unit: str = "unit") -> str | None:
    """The duration value of the amount and unit found."""
    name = found.name(unit)
    number = amount_of(found.value(amount) if found.has(amount) else found.value("number"))
    if found.raw(unit) == "second" or (name == "quarter" and "-" in found.text):
        return None
    return duration("X" if number is None else number, name)


def vague_span(found: Found) -> Reading | None:
    """`recent years`, `coming weeks`: a length without a number; `future quarters`: the future."""
    unit = found.name("plural")
    if re.search(r"\b(?:last|past|recent|coming|ahead|come)\b", found.text) or unit in ("S", "M"):
        return Reading("DURATION", duration("X", unit), "vague-duration")
    ahead = re.search(r"\b(?:future|later)\b", found.text)
    return Reading("DATE", "FUTURE_REF" if ahead else "PAST_REF", "vague-span")


def span(found: Found) -> Reading | None:
    """`the past two years`, `the next six months`: a length beside the report's date."""
    value = length_of(found)
    return Reading("DURATION", value, "span") if value else None


def plain_duration(found: Found) -> Reading | None:
    """`two years`, `six-month`, `8-year-old`."""
    if found.has("calendarunit"):
        return Reading("DURATION", duration(1, found.name("calendarunit")), "duration")
    if found.raw("howmany") in ("a", "an") and found.name("unit") == "S":
        return None
    if _UNFINISHED.match(found.after()) and not found.text.endswith(("old", "long")):
        return None
    if re.search(r"half\Z|and a half\b|-half-", found.text):
        amount = amount_of(found.value("howmany") if found.has("howmany") else found.value("number"))
        return Reading("DURATION", duration((amount or 0) + 0.5, found.name("unit")), "duration")
    value = length_of(found)
    if value and found.proposed == "SET" and found.raw("howmany") in ("a", "an"):
        return Reading("SET", value, f"every-{found.name('unit').lower()}")
    return Reading("DURATION", value, "duration") if value else None


def compound_duration(found: Found) -> Reading | None:
    """`three years and six months`."""
    first, second = length_of(found), length_of(found, "howmanymore", "unitmore")
    if first is None or second is None or "X" in first + second:
        return None
    if "T" in first and "T" in second:
        second = second.replace("PT", "P")
    return Reading("DURATION", first + second[1:], "compound-duration")


def duration_range(found: Found) -> Reading | None:
    """`two to three weeks`: the first number, as TimeBank has it."""
    value = length_of(found)
    return Reading("DURATION", value, "duration-range") if value else None


def plural_duration(found: Found) -> Reading | None:
    """`decades`, `the months`: an unknown number of them."""
    return Reading("DURATION", duration("X", found.name("plural")), "vague-duration")
