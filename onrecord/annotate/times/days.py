"""Readings of days and times of day: `Oct. 7, 2023`, `will meet Friday`, `yesterday`, `4:32 p.m.`, `Easter`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.annotate.times.arithmetic import UNKNOWN, holiday, moved, real_day, value_of, weekday_from
from onrecord.annotate.times.direction import explicit_year, is_month_name, way
from onrecord.annotate.times.lengths import amount_of
from onrecord.annotate.times.named import day_of_past_thing, famous_day
from onrecord.annotate.times.scene import Found, Reading, Told
from onrecord.model import TimeType

_NO_NEWS = 60
"""Days after which a date without a year, beside one of another year, belongs to what is looked back to."""


def iso_day(found: Found) -> Reading | None:
    """`2024-02-06`, `2024-02-06T14:30Z`: as written."""
    value = found.text.replace(" ", "T").upper()
    if real_day(int(value[:4]), int(value[5:7]), int(value[8:10])) is None:
        return None
    return Reading("TIME" if "T" in value else "DATE", value, "as-written")


def numeric_day(found: Found) -> Reading | None:
    """`10/7/23` month first unless that cannot be; `7.10.2023` day first."""
    words = found.raw("numericday") or ""
    first, second, year = (int(part) for part in re.split(r"[/.]", words))
    if len(words) - words.rfind("." if "." in words else "/") == 3:
        year += 1900 if year > 50 else 2000
    month_first = "." not in words and first <= 12
    day = real_day(year, first, second) if month_first else real_day(year, second, first)
    return Reading("DATE", day.isoformat(), "month-first" if month_first else "day-first") if day else None


def calendar_day(found: Found) -> Reading | None:
    """`Oct. 7, 2023`; without a year the nearest that fits the tense."""
    month = found.number("month")
    number = _day_number(found)
    assert month is not None
    if number is None or not is_month_name(found):
        return None
    year = explicit_year(found)
    if year is not None:
        return _full_day(year, month, number)
    if real_day(2000, month, number) is None:
        return None
    famous = famous_day(found, month, number)
    if famous is not None:
        return famous
    if found.today is None:
        told = found.scene.told[-1] if found.scene.told else None
        if told:
            return Reading("DATE", f"{told.day.year:04}-{month:02}-{number:02}", "day-in-year-told", told.id)
        return found.dated(f"XXXX-{month:02}-{number:02}", "day-without-year")
    return _nearest_day(found, found.today, month, number)


def _full_day(year: int, month: int, number: int) -> Reading | None:
    day = real_day(year, month, number)
    return Reading("DATE", day.isoformat(), "calendar-day") if day else None


def _nearest_day(found: Found, today: date, month: int, number: int) -> Reading | None:
    """The day of that name nearest to the report that the tense (and a weekday beside it) allows."""
    days = [day for year in range(today.year - 6, today.year + 7) if (day := real_day(year, month, number))]
    weekday = found.number("weekday")
    agreeing = [day for day in days if weekday and day.isoweekday() == weekday and abs((day - today).days) < 500]
    if agreeing:
        return found.dated(min(agreeing, key=lambda day: abs(day - today)).isoformat(), "day-agreeing-with-weekday")
    told = way(found)
    past = day_of_past_thing(found, today, month, number)
    best = min(days, key=lambda day: told.cost((day - today).days))
    looked_back = _year_looked_back_to(found, today, best)
    if looked_back and (past or told.toward < 0) and real_day(looked_back.day.year, month, number):
        return Reading("DATE", f"{looked_back.day.year:04}-{month:02}-{number:02}", "day-in-year-told", looked_back.id)
    return past or found.dated(best.isoformat(), "day-nearest-by-tense" if told.toward else "day-nearest-to-report")


def _year_looked_back_to(found: Found, today: date, nearest: date) -> Told | None:
    """The whole date told right before in the same paragraph, if it is of an earlier year and the day is no news."""
    told = found.scene.last_told(1)
    if told is None or not told.whole or told.day.year >= nearest.year or (today - nearest).days < _NO_NEWS:
        return None
    return None if "\n" in found.scene.original[told.end : found.start] else told


def _day_number(found: Found) -> int | None:
    for slot in ("day", "dayth"):
        words = found.raw(slot)
        if words:
            return int(re.sub(r"\D", "", words))
    return found.number("spokenday")


def day_of_month(found: Found) -> Reading | None:
    """`the 5th`: of the month told last, or of the report's month."""
    number = _day_number(found)
    told = found.scene.last_told(2)
    base = told.day if told and len(told.value) >= 7 else found.today
    if number is None:
        return None
    if base is None:
        return found.dated(f"XXXX-XX-{number:02}", "day-of-month")
    day = real_day(base.year, base.month, number)
    return Reading("DATE", day.isoformat(), "day-of-month", told.id if told else found.origin) if day else None


def weekday(found: Found) -> Reading | None:
    """`announced Friday` is on or before the report's day, `will meet Friday` on or after."""
    number = found.number("weekday")
    if number is None or (found.one_of("weekday", "never_alone") and not found.has("daypart")):
        return None
    if not found.capital("weekday") and len(found.raw("weekday") or "") < 6:
        return None
    part = str(found.value("daypart") or "")
    kind: TimeType = "TIME" if part else "DATE"
    if found.today is None:
        return Reading(kind, f"XXXX-WXX-{number}{part}", "weekday-unanchored")
    day, rule, anchor = _weekday(found, found.today, number)
    return Reading(kind, day.isoformat() + part, rule, anchor)


def _weekday(found: Found, today: date, number: int) -> tuple[date, str, str | None]:
    """The day, the rule and what it started from."""
    told = found.scene.last_told(1)
    if found.has("previous") and told:
        return (
            weekday_from(told.day, number, found.number("previous") or 1, same=False),
            "weekday-from-date-told",
            told.id,
        )
    step = found.step("rel", "last", "this", "next", "previous")
    if found.text.endswith(" week"):
        monday = weekday_from(today, 1, -1, same=True)
        return monday + timedelta(days=7 * (step or 0) + number - 1), "weekday-of-week", found.origin
    if step:
        rule = "weekday-before" if step < 0 else "weekday-after"
        return weekday_from(today, number, step, same=False), rule, found.origin
    tense = found.tense()
    ahead = tense == "future" or (step == 0 and tense != "past")
    rule = "weekday-on-or-after" if ahead else "weekday-on-or-before"
    return weekday_from(today, number, 1 if ahead else -1, same=True), rule, found.origin


def weekday_offset(found: Found) -> Reading | None:
    """`the day before Tuesday`, `two weeks from Monday`."""
    number = found.number("weekday") or 1
    if found.today is None:
        return Reading("DATE", "XXXX-XX-XX", "days-from-weekday")
    base, _, anchor = _weekday(found, found.today, number)
    sign = -1 if re.search(r"\b(?:before|ago)\b", found.text) else 1
    if found.has("unit"):
        amount = amount_of(found.value("howmany"))
        if amount is None or found.name("unit") in ("S", "M", "H"):
            return None
        base_day = moved(base, found.name("unit"), sign * int(amount))
    else:
        base_day = moved(base, "day", sign)
    return Reading("DATE", value_of("day", base_day), "days-from-weekday", anchor)


def deictic(found: Found) -> Reading | None:
    """`today`, `yesterday morning`, `the day after tomorrow`."""
    steps = int(found.value("deictic") or 0)
    part = str(found.value("daypart") or "")
    value = value_of("day", moved(found.today, "day", steps)) + part
    rule = {0: "report-day", -1: "day-before-report", 1: "day-after-report"}.get(steps, "days-from-report")
    return Reading("TIME" if part else "DATE", value, rule, found.origin)


def tonight(found: Found) -> Reading | None:
    """`tonight`: the night of the report's day."""
    return Reading("TIME", value_of("day", found.today) + "TNI", "report-night", found.origin)


def part_of_day(found: Found) -> Reading | None:
    """`this morning`, `last night`, `the next morning`."""
    part = str(found.value("daypart") or "TNI")
    words = set(found.text.split())
    told = found.scene.last_told(1) if words & {"that", "next", "following", "previous"} else None
    base, anchor = found.base(told)
    steps = -1 if words & {"last", "previous"} else 1 if words & {"next", "following"} else 0
    return Reading("TIME", value_of("day", moved(base, "day", steps)) + part, "part-of-day", anchor)


def bare_part_of_day(found: Found) -> Reading | None:
    """`the morning`: of the day told last, or of the report's day."""
    told = found.scene.last_told(1)
    base, anchor = found.base(told if told and len(told.value) >= 10 else None)
    return Reading("TIME", value_of("day", base) + found.name("daypart"), "part-of-day", anchor)


def clock(found: Found) -> Reading | None:
    """`4:32 p.m.`, `1430 GMT`, `noon`: on the day told in the same sentence, or the report's day."""
    time = _clock_time(found)
    if time is None:
        return None
    told = found.scene.last_told(0)
    base, anchor = found.base(told if told and len(told.value) >= 10 else None)
    zone = str(found.value("zone") or "")
    return Reading("TIME", value_of("day", base) + time + zone, "clock", anchor)


def _clock_time(found: Found) -> str | None:
    if found.has("noon"):
        return str(found.value("noon"))
    words = found.raw("clock") or found.raw("clock24") or found.raw("clockgmt") or ""
    hours, minutes = _hours_minutes(words) if words else (found.number("hourword"), "00")
    if hours is None:
        return None
    if found.raw("clock24") and re.search(r"[:.\d]\Z", found.before(1)):
        return None
    if found.has("half"):
        hours = hours % 12 + (found.number("half") or 0) if hours <= 12 else hours
    elif found.has("daypart") and found.value("daypart") != "TMO" and hours < 12:
        hours += 12
    return f"T{hours:02}:{minutes}"


def _hours_minutes(words: str) -> tuple[int, str]:
    parts = re.split(r"[:.]", words)
    if len(parts) == 1 and len(words) == 4:
        return int(words[:2]), words[2:]
    return int(parts[0]), ":".join(parts[1:]) or "00"


def named_holiday(found: Found) -> Reading | None:
    """`Thanksgiving`: in the year told, or the nearest that fits the tense."""
    code = found.name("holiday")
    year = explicit_year(found)
    if not found.capital("holiday"):
        return None
    if year is not None:
        return Reading("DATE", holiday(code, year).isoformat(), "holiday")
    if found.today is None:
        value = f"XXXX-{code}" if re.fullmatch(r"\d\d-\d\d", code) else UNKNOWN["day"]
        return found.dated(value, "holiday-without-year")
    today = found.today
    days = [holiday(code, year) for year in (today.year - 1, today.year, today.year + 1)]
    step = found.step("rel", "last", "next")
    toward = way(found).toward if step is None else step
    if toward:
        days = [day for day in days if (day - today).days * toward >= 0]
    return found.dated(min(days, key=lambda day: abs(day - today)).isoformat(), "holiday-nearest")
