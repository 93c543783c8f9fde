"""Readings of what recurs (`every Monday`, `twice a year`) and of vague times (`now`, `in the future`)."""

from __future__ import annotations

import re

from onrecord.annotate.times.arithmetic import duration
from onrecord.annotate.times.direction import is_month_name
from onrecord.annotate.times.lengths import length_of
from onrecord.annotate.times.scene import Found, Reading


def set_of_units(found: Found) -> Reading | None:
    """`every Monday`, `each year`, `twice a week`."""
    if found.has("weekday"):
        return Reading("SET", f"XXXX-WXX-{found.value('weekday')}{found.value('daypart') or ''}", "every-weekday")
    if found.has("month"):
        return Reading("SET", f"XXXX-{found.number('month'):02}", "every-month-name") if is_month_name(found) else None
    if found.has("season"):
        return Reading("SET", f"XXXX-{found.value('season')}", "every-season")
    if found.has("daypart"):
        return Reading("SET", f"XXXX-XX-XX{found.value('daypart')}", "every-part-of-day")
    if found.text == "all year round":
        return Reading("SET", "P1Y", "every-year")
    if found.has("unit"):
        value = length_of(found)
        return Reading("SET", value, "every-so-many") if value else None
    step = int(found.value("every") or 1) if found.has("every") else 1
    unit = found.name("singular")
    if unit in ("S", "M") and (unit == "S" or found.text.startswith("per ")):
        return None
    return Reading("SET", duration(step, unit), f"every-{unit.lower()}")


def set_of_weekdays(found: Found) -> Reading | None:
    """`Mondays`, `Tuesday nights`."""
    number = found.value("weekdays") if found.has("weekdays") else found.value("weekday")
    return Reading("SET", f"XXXX-WXX-{number}{found.value('dayparts') or ''}", "every-weekday")


def frequency(found: Found) -> Reading | None:
    """`daily`, `annually`."""
    return Reading("SET", found.name("frequency"), "frequency")


def annual(found: Found) -> Reading | None:
    """`annual`: every year, where the encoder says that it is a time."""
    return Reading("SET", found.name("annual"), "frequency")


def rate(found: Found) -> Reading | None:
    """`$5 a share a year`: a set after a number, else one unit long."""
    unit = found.name("singular")
    if unit in ("S", "M"):
        return None
    counted = found.preceded("before_rate") or re.search(r"\d\s{1,3}\Z", found.before())
    if counted or found.text.startswith("per"):
        return Reading("SET", duration(1, unit), f"every-{unit.lower()}")
    return None


def vague(found: Found) -> Reading | None:
    """`now`, `recently`, `in the future`."""
    value = next(str(found.value(slot)) for slot in ("present", "past", "future") if found.has(slot))
    return Reading("DATE", value, value.lower().replace("_ref", "-reference"))


def weak(found: Found) -> Reading | None:
    """`then`, `at the time`, `already`: times only where the encoder says so."""
    value = found.name("weak")
    return Reading("DATE", value, value.lower().replace("_ref", "-reference"))
