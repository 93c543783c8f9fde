"""Readings of parts of a year: seasons, quarters, halves."""

from __future__ import annotations

import re
from datetime import date

from onrecord.annotate.times.arithmetic import SEASON_OF_MONTH, SEASON_START, moved, value_of
from onrecord.annotate.times.direction import AGAINST_QUARTER, Way, explicit_year
from onrecord.annotate.times.scene import Found, Reading


def season(found: Found) -> Reading | None:
    """`spring 2024`, `last fall`; a winter is named by the year it ends in unless one is told."""
    code = found.name("season")
    year = explicit_year(found)
    if year is not None:
        return Reading("DATE", f"{year:04}-{code}", "season-of-year")
    if found.today is None:
        return found.dated(f"XXXX-{code}", "season-without-year")
    steps = found.step("rel", "last", "this", "next", "previous") or 0
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
    if found.text in ("fall", "spring") and not found.preceded("before_bare_season"):
        return None
    if found.followed("after_no_season"):
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
    if code and not found.has("year") and not found.capital("quartercode"):
        return None
    year = explicit_year(found)
    if year is None and found.has("rel") and found.today:
        year = found.today.year + (found.number("rel") or 0)
    if year is not None:
        told = None if number else found.scene.quarter_told()
        return Reading(
            "DATE", f"{year:04}" + (f"-Q{number}" if number else told.value[4:] if told else ""), "quarter-of-year"
        )
    if found.today is None or number is None:
        return found.dated(f"XXXX-Q{number or 'X'}", "quarter-without-year")
    return _nearest_quarter(found, found.today, number)


def _nearest_quarter(found: Found, today: date, number: int) -> Reading:
    if re.search(r"\byear[\s-](?:ago|earlier)", found.text):
        return found.dated(f"{today.year - 1:04}-Q{number}", "quarter-of-last-year")
    told = Way(1, AGAINST_QUARTER // 2) if found.tense() == "future" else Way(-1, AGAINST_QUARTER)
    ahead = (number - (today.month + 2) // 3) % 4
    steps = min((ahead, ahead - 4), key=lambda step: told.cost(90 * step))
    return found.dated(value_of("quarter", moved(today, "quarter", steps)), "quarter-by-tense")


def quarter_told(found: Found) -> Reading | None:
    """`the quarter`: the one told last, if one was."""
    told = found.scene.quarter_told()
    return Reading("DATE", told.value, "quarter-told", told.id) if told else None


def half(found: Found) -> Reading | None:
    """`the first half of 2023`."""
    number = found.number("ordinalhalf") or (1 if found.text.startswith("first") else 2)
    year = explicit_year(found)
    if year is None and found.today is not None:
        year = found.today.year + (found.step("rel") or 0)
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
