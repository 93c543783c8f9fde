"""How each kind of time expression is valued.

A reading is a function named in `data/times.toml`. It takes what was found and returns its TIMEX3 type and
value with the rule that gave it, or None where the words mean something else here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from onrecord.annotate.times.arithmetic import (
    SEASON_OF_MONTH,
    SEASON_START,
    UNKNOWN,
    duration,
    holiday,
    moved,
    real_day,
    value_of,
    weekday_from,
)
from onrecord.annotate.times.scene import Found, Reading, Told
from onrecord.annotate.times.lexicon import lexicon, spelled_numbers

_AGAINST_TENSE = 150
"""Days by which a date that the tense speaks against must be nearer to be taken all the same."""
_AGAINST_QUARTER = 200
"""The same for quarters, which reports name mostly when they are over."""
_LATER_YEAR = re.compile(r"\s?(?:,|and|or|to|-|–|through|until|till|,\s{1,3}and)\s{0,3}(?:[a-z]{3,9}\.?\s{1,3})?(?:\d{1,2}(?:st|nd|rd|th)?\s?,?\s{1,3})?((?:1[89]|20)\d\d)(?![\w,])")
_BEFORE_YEAR = re.compile(r"(?:\b(?:in|since|until|till|by|from|to|of|for|during|before|after|through|between|and|or|around|about|the|year|early|late|mid|than|back|circa|spring|summer|autumn|fall|winter|year|as|into)\s{1,3}|[(\[]|mid-|post-|pre-|\d{4}\s?[-–/]\s?)\Z")
_UNFINISHED = re.compile(r"(?:\s{1,3}|\s?-\s?)old\b|-[a-z]")
"""What follows a length that is part of something longer: an age, `year-earlier`."""
_OWNED_YEAR = re.compile(r"(?:\b(?:an?|the|its|his|her|their|our|that|this)|['’]s)\s{1,3}\Z")
_AFTER_YEAR = re.compile(r"\s?(?:[.,;:)\]?!'’\"-]|\Z|\s(?:and|or|to|when|as|after|for|with|but|by|in|at|on|the|he|she|it|they|was|is|were|has|had|that|because|before|until|through|while|where|who|which|from|election|elections|season|report|budget|census|war|campaign|olympics|world|summer|winter|game|games)\b)")


# ---------------------------------------------------------------- calendar days


def iso_day(found: Found) -> Reading | None:
    """`2024-02-06`, `2024-02-06T14:30Z`: as written."""
    value = found.text.replace(" ", "T").upper()
    day = real_day(int(value[:4]), int(value[5:7]), int(value[8:10]))
    return day and Reading("TIME" if "T" in value else "DATE", value, "as-written")


def numeric_day(found: Found) -> Reading | None:
    """`10/7/23` month first unless that cannot be; `7.10.2023` day first."""
    words = found.raw("numericday") or ""
    first, second, year = (int(part) for part in re.split(r"[/.]", words))
    if len(words) - words.rfind("." if "." in words else "/") == 3:
        year += 1900 if year > 50 else 2000
    month_first = "." not in words and first <= 12
    day = real_day(year, first, second) if month_first else real_day(year, second, first)
    return day and Reading("DATE", day.isoformat(), "month-first" if month_first else "day-first")


def calendar_day(found: Found) -> Reading | None:
    """`Oct. 7, 2023`; without a year the nearest that fits the tense."""
    month = found.number("month")
    number = _day_number(found)
    assert month is not None
    if number is None or not _is_month_name(found):
        return None
    year = _explicit_year(found)
    if year is not None:
        return _full_day(year, month, number)
    if real_day(2000, month, number) is None:
        return None
    if found.today is None:
        told = found.scene.told[-1] if found.scene.told else None
        if told:
            return Reading("DATE", f"{told.day.year:04}-{month:02}-{number:02}", "day-in-year-told", told.id)
        return found.dated(f"XXXX-{month:02}-{number:02}", "day-without-year")
    return _nearest_day(found, found.today, month, number)


def _full_day(year: int, month: int, number: int) -> Reading | None:
    day = real_day(year, month, number)
    return day and Reading("DATE", day.isoformat(), "calendar-day")


def _nearest_day(found: Found, today: date, month: int, number: int) -> Reading | None:
    """The day of that name nearest to the report that the tense (and a weekday beside it) allows."""
    days = [day for year in range(today.year - 6, today.year + 7) if (day := real_day(year, month, number))]
    weekday = found.number("weekday")
    agreeing = [day for day in days if weekday and day.isoweekday() == weekday and abs((day - today).days) < 500]
    if agreeing:
        return found.dated(min(agreeing, key=lambda day: abs(day - today)).isoformat(), "day-agreeing-with-weekday")
    direction = _direction(found)
    best = min(days, key=lambda day: _cost((day - today).days, direction, _AGAINST_TENSE))
    return found.dated(best.isoformat(), f"day-nearest-{('by-tense' if direction else 'to-report')}")


def _cost(distance: int, direction: int, against: int) -> int:
    """How far a date is from the report; one that the tense speaks against counts as `against` further."""
    return abs(distance) + (against if distance * direction < 0 else 0)


def _direction(found: Found) -> int:
    """1 towards the future, -1 towards the past, 0 where the words do not tell."""
    if found.has("last"):
        return -1
    if found.has("next"):
        return 1
    return {"past": -1, "future": 1, "present": 0, "unknown": 0}[found.tense()]


def _day_number(found: Found) -> int | None:
    for slot in ("day", "dayth"):
        words = found.raw(slot)
        if words:
            return int(re.sub(r"\D", "", words))
    return found.number("spokenday")


def _is_month_name(found: Found) -> bool:
    words = found.raw("month") or ""
    return words not in ("may", "march", "mar", "dec", "jan", "sep", "jun") or found.capital("month")


def _explicit_year(found: Found) -> int | None:
    """The year that the expression names, or the dates coordinated with it."""
    if found.raw("year"):
        return int(found.raw("year") or 0)
    if found.raw("spokenyear"):
        return _spoken_year(found.raw("spokenyear") or "")
    if found.raw("shortyear"):
        short = int((found.raw("shortyear") or "")[1:])
        return short + (1900 if short > 50 else 2000)
    if found.has("relyear"):
        return found.today.year + int(found.value("relyear") or 0) if found.today else None
    later = _LATER_YEAR.match(found.scene.text, found.end, found.scene.bounds[1])
    return int(later.group(1)) if later else None


def _spoken_year(words: str) -> int:
    parts = re.split(r"[\s-]+", words)
    numbers = spelled_numbers()
    if parts[0] == "two":
        return 2000 + (numbers.get(parts[-1], 0) if len(parts) > 2 else 0)
    rest = sum(numbers.get(part, 0) for part in parts[1:] if part not in ("hundred", "oh"))
    return 100 * numbers[parts[0]] + rest


def day_of_month(found: Found) -> Reading | None:
    """`the 5th`: of the month told last, or of the report's month."""
    number = _day_number(found)
    told = found.scene.last_told(2)
    base = told.day if told and len(told.value) >= 7 else found.today
    if number is None or base is None:
        return found.dated(f"XXXX-XX-{number:02}", "day-of-month")
    day = real_day(base.year, base.month, number)
    if day is None:
        return None
    return Reading("DATE", day.isoformat(), "day-of-month", told.id if told else found.scene.report)


# ---------------------------------------------------------------- months, years and longer


def month(found: Found) -> Reading | None:
    """`October 2023`, `last April`; a month alone is the nearest that fits the tense."""
    number = found.number("month")
    assert number is not None
    words = found.raw("month") or ""
    if not _is_month_name(found) or (found.text == words and words in ("jan", "mar", "dec", "sep", "jun", "apr")) or (not found.capital("month") and found.text == found.raw("month")):
        return None
    if re.match(r"\s?\d", found.after(3)) and not found.has("year"):
        return None
    year = _explicit_year(found)
    if year is not None:
        return Reading("DATE", f"{year:04}-{number:02}", "month-of-year")
    if found.has("relyear"):
        return found.dated(f"XXXX-{number:02}", "month-without-year")
    if found.today is None:
        return _month_untold(found, number)
    return _nearest_month(found, found.today, number)


def _month_untold(found: Found, number: int) -> Reading:
    told = found.scene.told[-1] if found.scene.told else None
    if told is None:
        return found.dated(f"XXXX-{number:02}", "month-without-year")
    return Reading("DATE", f"{told.day.year:04}-{number:02}", "month-in-year-told", told.id)


def _nearest_month(found: Found, today: date, number: int) -> Reading:
    if found.has("this"):
        return found.dated(f"{today.year:04}-{number:02}", "this-month-name")
    direction = _direction(found)
    total = today.year * 12 + today.month - 1
    ahead = (number - today.month) % 12
    if found.has("last") or found.has("next"):
        rule, steps = "month-by-word", (ahead or 12) if direction > 0 else ahead - 12
    else:
        rule = "month-nearest-by-tense" if direction else "month-nearest"
        steps = min((ahead, ahead - 12), key=lambda step: _cost(30 * step, direction or -1, _AGAINST_TENSE))
    total += steps
    return found.dated(f"{total // 12:04}-{total % 12 + 1:02}", rule)


def year(found: Found) -> Reading | None:
    """`2007`, `early 2007`, `nineteen ninety-six`: as written, if it reads as a year here."""
    if found.raw("spokenyear"):
        return Reading("DATE", f"{_spoken_year(found.raw('spokenyear') or ''):04}", "year")
    number = found.raw("year") or ""
    bare = found.text == number
    before, after = found.before(), found.after()
    if bare and not (_BEFORE_YEAR.search(before) or _OWNED_YEAR.search(before) or _AFTER_YEAR.match(after)):
        return None
    if re.match(r"(?:,\d|\.\d|\s?%|\s(?:percent|people|troops|miles|feet|points|dollars|euros|meters|metres|tons|tonnes|pounds|yards|kilometers|kilometres|km|acres|votes|jobs|workers|soldiers|deaths|barrels)\b)", found.after()):
        return None
    return Reading("DATE", number, "year")


def year_range(found: Found) -> Reading | None:
    """`2003-07`: the years are a stretch, told by its first year and its length."""
    parts = re.split(r"[-–/]", found.raw("years") or "")
    first = int(parts[0])
    last = int(parts[1]) if len(parts[1]) == 4 else first // 100 * 100 + int(parts[1])
    if last < first:
        last += 100
    if not first < last <= first + 120 or re.match(r"[-/–]\d", found.after(2)):
        return None
    return Reading("DURATION", f"P{last - first}Y", "year-range")


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
    if re.search(r"\b(?:in|his|her|their|my|our|low|mid|high|upper|lower)[\s-]{1,3}\Z", found.before()) and "the" not in found.text:
        return None
    return Reading("DATE", f"19{digits[0]}", "decade")


def century(found: Found) -> Reading | None:
    """`the 20th century`: value 19."""
    words = re.sub(r"[\s-]{1,3}century$", "", found.raw("century") or "")
    ordinals = lexicon().slots["SPOKENDAY"].words
    digits = re.sub(r"\D", "", words)
    number = int(digits) if digits else int(ordinals.get(words.replace(" ", "-"), 0))
    return Reading("DATE", f"{number - 1:02}", "century") if number else None


# ---------------------------------------------------------------- weeks and days


def weekday(found: Found) -> Reading | None:
    """`announced Friday` is on or before the report's day, `will meet Friday` on or after."""
    number = found.number("weekday")
    assert number is not None
    if found.raw("weekday") in ("sun", "sat", "wed", "mon", "fri", "thu", "tue", "sun.", "sat.") and not found.capital("weekday"):
        return None
    if found.text in ("sun", "sat", "mon", "wed"):
        return None
    part = str(found.value("daypart") or "")
    type_ = "TIME" if part else "DATE"
    if found.today is None:
        return Reading(type_, f"XXXX-WXX-{number}{part}", "weekday-unanchored")
    day, rule, anchor = _weekday(found, found.today, number)
    return Reading(type_, day.isoformat() + part, rule, anchor)


def _weekday(found: Found, today: date, number: int) -> tuple[date, str, str | None]:
    report = found.scene.report
    told = found.scene.last_told(1)
    if found.has("previous") and told:
        direction = int(found.value("previous") or 1)
        return weekday_from(told.day, number, direction, same=False), "weekday-from-date-told", told.id
    if found.text.endswith(" week"):
        steps = -1 if found.has("last") else 1 if found.has("next") else 0
        monday = weekday_from(today, 1, -1, same=True)
        shifted = moved(moved(monday, "week", steps), "day", number - 1)
        return shifted or today, "weekday-of-week", report
    relative = next((int(found.value(slot) or 0) for slot in ("rel", "last", "previous") if found.has(slot)), None)
    if relative:
        return weekday_from(today, number, relative, same=False), "weekday-" + ("before" if relative < 0 else "after"), report
    tense = found.tense()
    if tense == "future":
        return weekday_from(today, number, 1, same=True), "weekday-on-or-after", report
    if relative == 0 and tense != "past":
        return weekday_from(today, number, 1, same=True), "weekday-on-or-after", report
    return weekday_from(today, number, -1, same=True), "weekday-on-or-before", report


def deictic(found: Found) -> Reading | None:
    """`today`, `yesterday morning`, `the day after tomorrow`."""
    steps = int(found.value("deictic") or 0)
    part = str(found.value("daypart") or "")
    value = value_of("day", moved(found.today, "day", steps)) + part
    rule = {0: "report-day", -1: "day-before-report", 1: "day-after-report"}.get(steps, "days-from-report")
    return Reading("TIME" if part else "DATE", value, rule, found.scene.report if found.today else None)


def tonight(found: Found) -> Reading | None:
    """`tonight`: the night of the report's day."""
    return Reading("TIME", value_of("day", found.today) + "TNI", "report-night", found.scene.report)


def part_of_day(found: Found) -> Reading | None:
    """`this morning`, `last night`, `the next morning`."""
    part = str(found.value("daypart") or "TNI")
    base, anchor = found.today, found.scene.report
    told = found.scene.last_told(1)
    if re.search(r"\b(?:that|next|following|previous)\b", found.text) and told:
        base, anchor = told.day, told.id
    steps = -1 if re.search(r"\b(?:last|previous)\b", found.text) else 1 if re.search(r"\b(?:next|following)\b", found.text) else 0
    return Reading("TIME", value_of("day", moved(base, "day", steps)) + part, "part-of-day", anchor)


def bare_part_of_day(found: Found) -> Reading | None:
    """`the morning`: of the day told last, or of the report's day."""
    told = found.scene.last_told(1)
    base = told.day if told and len(told.value) >= 10 else found.today
    value = value_of("day", base) + str(found.value("daypart"))
    return Reading("TIME", value, "part-of-day", told.id if told else found.scene.report)


def clock(found: Found) -> Reading | None:
    """`4:32 p.m.`, `1430 GMT`, `noon`: on the day told in the same sentence, or the report's day."""
    time = _clock_time(found)
    if time is None:
        return None
    told = found.scene.last_told(0)
    base = told.day if told and len(told.value) >= 10 else found.today
    zone = str(found.value("zone") or "")
    return Reading("TIME", value_of("day", base) + time + zone, "clock", told.id if told else found.scene.report)


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
        hours = hours % 12 + int(found.value("half") or 0) if hours <= 12 else hours
    elif found.has("daypart") and found.value("daypart") != "TMO" and hours < 12:
        hours += 12
    return f"T{hours:02}:{minutes}"


def _hours_minutes(words: str) -> tuple[int, str]:
    parts = re.split(r"[:.]", words)
    if len(parts) == 1 and len(words) == 4:
        return int(words[:2]), words[2:]
    return int(parts[0]), ":".join(parts[1:]) or "00"


def relative_unit(found: Found) -> Reading | None:
    """`last week`, `this year`, `next month`: the unit of the calendar so many from the report's."""
    unit = found.name("calendarunit")
    steps = next(int(found.value(s) or 0) for s in ("rel", "last", "this", "next", "calendarunit_") if found.has(s)) if any(found.has(s) for s in ("rel", "last", "this", "next")) else (-2 if "before last" in found.text else 2)
    if unit == "day" and steps == 0:
        return None
    rule = {-1: "last", 0: "this", 1: "next"}.get(steps, "relative") + f"-{unit}"
    if re.match(r"(?:the|past|coming)\b", found.text) and abs(steps) == 1 and unit != "weekend":
        return Reading("DURATION", duration(1, unit), "one-" + unit)
    if unit == "weekend":
        return found.dated(_weekend(found, steps), rule)
    return found.dated(value_of(unit, moved(found.today, unit, steps)), rule)


def _weekend(found: Found, steps: int) -> str:
    """A weekend: `last` is the one before the report's day, `this` and `next` the one of its week."""
    today = found.today
    if today is not None and steps == 0 and found.tense() == "past" and today.isoweekday() < 5:
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
    steps = int(found.value("previous") or 0) if found.has("previous") else 0
    told = _told_of(found, unit)
    if told is None and (steps == 0 or "next" in found.text) and unit in ("year", "month", "quarter", "decade", "week"):
        if "next" in found.text:
            return Reading("DURATION", duration(1, unit), "one-" + unit)
    base, anchor = (told.day, told.id) if told else (found.today, found.scene.report)
    return Reading("DATE", value_of(unit, moved(base, unit, steps)), f"{unit}-from-date-told", anchor)


def same_unit_year_before(found: Found) -> Reading | None:
    """`the same month a year ago`: the unit told last, or the report's, a year before."""
    unit = found.name("calendarunit")
    told = _told_of(found, unit)
    base, anchor = (told.day, told.id) if told else (found.today, found.scene.report)
    return Reading("DATE", value_of(unit, moved(base, "year", -1)), f"same-{unit}-year-before", anchor)


def _told_of(found: Found, unit: str) -> Told | None:
    """The date told last that is at least as fine as `unit`."""
    fine = {"day": 10, "week": 8, "weekend": 8, "month": 7, "quarter": 7}.get(unit, 4)
    told = found.scene.last_told(3)
    return told if told and len(told.value) >= fine else None


def bare_unit(found: Found) -> Reading | None:
    """`the year`, `the day`: of the date told last, or the report's; or as long as one, if the encoder says so."""
    unit = found.name("calendarunit")
    if found.proposed == "DURATION":
        return Reading("DURATION", duration(1, unit), "duration")
    if found.proposed == "SET":
        return Reading("SET", duration(1, unit), f"every-{unit}")
    told = _told_of(found, unit)
    base, anchor = (told.day, told.id) if told else (found.today, found.scene.report)
    return Reading("DATE", value_of(unit, base), f"the-{unit}", anchor)


def edge_of_unit(found: Found) -> Reading | None:
    """`the end of the year`, `year-end`: the unit of the report's date."""
    return found.dated(value_of(found.name("calendarunit"), found.today), "edge-of-" + found.name("calendarunit"))


# ---------------------------------------------------------------- seasons, quarters, halves


def season(found: Found) -> Reading | None:
    """`spring 2024`, `last fall`; a winter is named by the year it ends in unless one is told."""
    code = found.name("season")
    year = _explicit_year(found)
    if year is not None:
        return Reading("DATE", f"{year:04}-{code}", "season-of-year")
    if found.today is None:
        return found.dated(f"XXXX-{code}", "season-without-year")
    steps = next((int(found.value(s) or 0) for s in ("rel", "last", "this", "next", "previous") if found.has(s)), 0)
    return found.dated(f"{_season_year(found.today, code, steps):04}-{code}", "season-by-word")


def _season_year(today: date, code: str, steps: int) -> int:
    begun = SEASON_START[code] <= today.month
    if steps < 0:
        over = today.month >= SEASON_START[code] + 3
        return today.year if over else today.year - 1
    if steps > 0:
        return today.year + 1 if begun else today.year
    return today.year


def bare_season(found: Found) -> Reading | None:
    """`in the summer`: the nearest that fits the tense; `fall` and `spring` must be nouns here."""
    code = found.name("season")
    word = found.raw("season")
    if found.text == word and word in ("fall", "spring") and not re.search(r"\b(?:in|of|by|until|since|during|each|or|and)\s{1,3}\Z", found.before()):
        return None
    if re.match(r"\s{1,3}(?:of|in|from|to|by|out|into|short|apart|olympics|olympic|games|back|off|behind)\b", found.after()):
        return None
    if found.today is None:
        return found.dated(f"XXXX-{code}", "season-without-year")
    now = SEASON_OF_MONTH.get(found.today.month, "FA")
    begun = SEASON_START[code] <= found.today.month
    year = found.today.year
    if code != now:
        tense = found.tense()
        year += 1 if begun and tense == "future" else -1 if not begun and tense == "past" else 0
    return found.dated(f"{year:04}-{code}", "season-by-tense")


def quarter(found: Found) -> Reading | None:
    """`the third quarter of 2023`; without a year the last one begun, or the next one for what is to come."""
    code = found.raw("quartercode")
    number = int(code[1]) if code else found.number("ordinalquarter")
    if found.has("quartercode") and not found.has("year") and found.scene.original[found.match.start("quartercode")] != "Q":
        return None
    year = _explicit_year(found)
    if year is None and found.has("rel") and found.today:
        year = found.today.year + int(found.value("rel") or 0)
    if year is not None and number is None:
        told = found.scene.quarter_told()
        return Reading("DATE", f"{year:04}" + (told.value[4:] if told else ""), "quarter-of-year")
    if year is not None:
        return Reading("DATE", f"{year:04}-Q{number}", "quarter-of-year")
    if found.today is None or number is None:
        return found.dated(f"XXXX-Q{number}", "quarter-without-year")
    if re.search(r"\byear[\s-](?:ago|earlier)|last year", found.text):
        return found.dated(f"{found.today.year - 1:04}-Q{number}", "quarter-of-last-year")
    direction = {"future": 1}.get(found.tense(), -1)
    ahead = (number - (found.today.month + 2) // 3) % 4
    steps = min((ahead, ahead - 4), key=lambda step: _cost(90 * step, direction, _AGAINST_QUARTER))
    return found.dated(value_of("quarter", moved(found.today, "quarter", steps)), "quarter-by-tense")


def quarter_told(found: Found) -> Reading | None:
    """`the quarter`: the one told last, if one was."""
    told = found.scene.quarter_told()
    return told and Reading("DATE", told.value, "quarter-told", told.id)


def half(found: Found) -> Reading | None:
    """`the first half of 2023`."""
    number = found.number("ordinalhalf") or (1 if found.text.startswith("first") else 2)
    year = _explicit_year(found)
    if year is None and found.today is not None:
        year = found.today.year + int(found.value("rel") or 0)
    return found.dated(f"{year:04}-H{number}" if year else f"XXXX-H{number}", "half-of-year")


def year_ago_period(found: Found) -> Reading | None:
    """`the year-earlier quarter`: the same period as the one told last, a year before."""
    steps = 0 if found.text.startswith("the latest") else -1
    told = found.scene.quarter_told()
    if told:
        return Reading("DATE", value_of("quarter", moved(told.day, "year", steps)), "same-quarter-year-before", told.id)
    if steps == 0:
        return None
    return found.dated(value_of("year", moved(found.today, "year", -1)), "year-before")


# ---------------------------------------------------------------- counted from a date


def ago(found: Found) -> Reading | None:
    """`two years ago`, `a week from now`: so many units from the report's date."""
    sign = 1 if found.has("fromnow") else -1
    unit = found.name("unit") if found.has("unit") else found.name("plural")
    amount = found.value("howmany") if found.has("howmany") else "X"
    number = _amount(amount)
    if number is None:
        return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", "vague-ago")
    if unit in ("S", "M", "H"):
        return Reading("TIME", value_of("day", found.today) + "TXX:XX", "hours-ago", found.scene.report)
    told = found.scene.quarter_told()
    if unit == "year" and number == 1 and told:
        return Reading("DATE", value_of("quarter", moved(told.day, "year", -1)), "same-quarter-year-before", told.id)
    return _offset(found, found.today, found.scene.report if found.today else None, unit, sign * number, "ago")


def earlier(found: Found) -> Reading | None:
    """`a year earlier`, `two days later`: so many units from the date told last, or the report's."""
    sign = int(found.value("earlier") or 0)
    if re.search(r"\b(?:before|after)\Z", found.text) and re.match(r"\s{1,3}[\w(\"“$]", found.after()):
        return _duration_before(found)
    unit = found.name("unit") if found.has("unit") else found.name("plural")
    number = _amount(found.value("howmany") if found.has("howmany") else "X")
    if number is None:
        return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", "vague-earlier")
    if unit in ("S", "M", "H"):
        return Reading("DURATION", duration(number, unit), "duration")
    told = found.scene.quarter_told()
    if unit == "year" and told:
        steps = sign * int(number)
        return Reading("DATE", value_of("quarter", moved(told.day, "year", steps)), "same-quarter-year-before", told.id)
    told = found.scene.last_told(3)
    if told and len(told.value) < {"day": 10, "week": 8, "month": 7, "quarter": 7}.get(unit, 4):
        told = None
    base, anchor = (told.day, told.id) if told else (found.today, found.scene.report)
    return _offset(found, base, anchor, unit, sign * number, "from-date-told")


def _duration_before(found: Found) -> Reading | None:
    return None


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


def _amount(value: object) -> float | None:
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


def weekday_offset(found: Found) -> Reading | None:
    """`the day before Tuesday`, `two weeks from Monday`."""
    number = found.number("weekday") or 1
    if found.today is None:
        return Reading("DATE", "XXXX-XX-XX", "days-from-weekday")
    base, _, anchor = _weekday(found, found.today, number)
    sign = -1 if re.search(r"\b(?:before|ago)\b", found.text) else 1
    if found.has("unit"):
        amount = _amount(found.value("howmany"))
        if amount is None or found.name("unit") in ("S", "M", "H"):
            return None
        steps, unit = sign * int(amount), found.name("unit")
    else:
        steps, unit = sign, "day"
    return Reading("DATE", value_of("day", moved(base, unit, steps)), "days-from-weekday", anchor)


# ---------------------------------------------------------------- durations and sets


def _length(found: Found, amount: str = "howmany", unit: str = "unit") -> str | None:
    """The duration value of the amount and unit found."""
    name = found.name(unit)
    number = _amount(found.value(amount) if found.has(amount) else found.value("number"))
    if name == "S" and found.raw(unit) == "second" or re.search(r"quarters?\Z", found.text) and "-" in found.text:
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
    value = _length(found)
    return value and Reading("DURATION", value, "span")


def plain_duration(found: Found) -> Reading | None:
    """`two years`, `six-month`, `8-year-old`."""
    if found.has("calendarunit"):
        return Reading("DURATION", duration(1, found.name("calendarunit")), "duration")
    if found.raw("howmany") in ("a", "an") and found.name("unit") == "S":
        return None
    if _UNFINISHED.match(found.after()) and not found.text.endswith(("old", "long")):
        return None
    if re.search(r"half\Z|and a half\b|-half-", found.text):
        amount = _amount(found.value("howmany") if found.has("howmany") else found.value("number"))
        return Reading("DURATION", duration((amount or 0) + 0.5, found.name("unit")), "duration")
    value = _length(found)
    if value and found.proposed == "SET" and found.raw("howmany") in ("a", "an"):
        return Reading("SET", value, f"every-{found.name('unit').lower()}")
    return value and Reading("DURATION", value, "duration")


def compound_duration(found: Found) -> Reading | None:
    """`three years and six months`."""
    first, second = _length(found), _length(found, "howmanymore", "unitmore")
    if first is None or second is None or "X" in first + second:
        return None
    if "T" in first and "T" in second:
        second = second.replace("PT", "P")
    return Reading("DURATION", first + second[1:], "compound-duration")


def duration_range(found: Found) -> Reading | None:
    """`two to three weeks`: the first number, as TimeBank has it."""
    value = _length(found)
    return value and Reading("DURATION", value, "duration-range")


def plural_duration(found: Found) -> Reading | None:
    """`decades`, `the months`: an unknown number of them."""
    return Reading("DURATION", duration("X", found.name("plural")), "vague-duration")


def set_of_units(found: Found) -> Reading | None:
    """`every Monday`, `each year`, `twice a week`."""
    if found.has("weekday"):
        return Reading("SET", f"XXXX-WXX-{found.value('weekday')}{found.value('daypart') or ''}", "every-weekday")
    if found.has("month"):
        return Reading("SET", f"XXXX-{found.number('month'):02}", "every-month-name") if _is_month_name(found) else None
    if found.has("season"):
        return Reading("SET", f"XXXX-{found.value('season')}", "every-season")
    if found.has("daypart"):
        return Reading("SET", f"XXXX-XX-XX{found.value('daypart')}", "every-part-of-day")
    if found.text == "all year round":
        return Reading("SET", "P1Y", "every-year")
    if found.has("unit"):
        value = _length(found)
        return value and Reading("SET", value, "every-so-many")
    step = int(found.value("every") or 1) if found.has("every") else 1
    unit = found.name("singular")
    if unit == "S" or found.text.startswith("per ") and unit in ("S", "M"):
        return None
    return Reading("SET", duration(step, unit), f"every-{unit.lower()}")


def set_of_weekdays(found: Found) -> Reading | None:
    """`Mondays`, `Tuesday nights`."""
    number = found.value("weekdays") if found.has("weekdays") else found.value("weekday")
    return Reading("SET", f"XXXX-WXX-{number}{found.value('dayparts') or ''}" if found.has("dayparts") else f"XXXX-WXX-{number}", "every-weekday")


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
    if re.search(r"(?:\d|million|billion|thousand|times|once|twice|dollars|percent|cents)\s{1,3}\Z", found.before()):
        return Reading("SET", duration(1, unit), f"every-{unit.lower()}")
    if found.text.startswith("per"):
        return Reading("SET", duration(1, unit), f"every-{unit.lower()}")
    return None


# ---------------------------------------------------------------- vague times and holidays


def vague(found: Found) -> Reading | None:
    """`now`, `recently`, `in the future`."""
    value = next(str(found.value(slot)) for slot in ("present", "past", "future") if found.has(slot))
    return Reading("DATE", value, value.lower().replace("_ref", "-reference"))


def weak(found: Found) -> Reading | None:
    """`then`, `at the time`, `already`: times only where the encoder says so."""
    value = found.name("weak")
    return Reading("DATE", value, value.lower().replace("_ref", "-reference"))


def named_holiday(found: Found) -> Reading | None:
    """`Thanksgiving`: in the year told, or the nearest that fits the tense."""
    code = found.name("holiday")
    year = _explicit_year(found)
    if not found.capital("holiday"):
        return None
    if year is not None:
        return Reading("DATE", holiday(code, year).isoformat(), "holiday")
    if found.today is None:
        value = f"XXXX-{code}" if re.fullmatch(r"\d\d-\d\d", code) else UNKNOWN["day"]
        return found.dated(value, "holiday-without-year")
    today = found.today
    days = [holiday(code, year) for year in (today.year - 1, today.year, today.year + 1)]
    direction = int(found.value("rel") or 0) if found.has("rel") else _direction(found)
    if direction:
        days = [day for day in days if (day - today).days * direction >= 0]
    return found.dated(min(days, key=lambda day: abs(day - today)).isoformat(), "holiday-nearest")


READINGS: dict[str, Callable[[Found], Reading | None]] = {
    "iso_day": iso_day,
    "numeric_day": numeric_day,
    "calendar_day": calendar_day,
    "day_of_month": day_of_month,
    "month": month,
    "year": year,
    "year_range": year_range,
    "fiscal_year": fiscal_year,
    "decade": decade,
    "century": century,
    "weekday": weekday,
    "deictic": deictic,
    "tonight": tonight,
    "part_of_day": part_of_day,
    "bare_part_of_day": bare_part_of_day,
    "clock": clock,
    "relative_unit": relative_unit,
    "weekend": weekend,
    "week_of": week_of,
    "context_unit": context_unit,
    "same_unit_year_before": same_unit_year_before,
    "bare_unit": bare_unit,
    "quarter_told": quarter_told,
    "edge_of_unit": edge_of_unit,
    "season": season,
    "bare_season": bare_season,
    "quarter": quarter,
    "half": half,
    "year_ago_period": year_ago_period,
    "ago": ago,
    "earlier": earlier,
    "weekday_offset": weekday_offset,
    "vague_span": vague_span,
    "span": span,
    "duration": plain_duration,
    "compound_duration": compound_duration,
    "duration_range": duration_range,
    "plural_duration": plural_duration,
    "set_of_units": set_of_units,
    "set_of_weekdays": set_of_weekdays,
    "frequency": frequency,
    "annual": annual,
    "rate": rate,
    "vague": vague,
    "weak": weak,
    "holiday": named_holiday,
}
