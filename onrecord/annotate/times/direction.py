"""What the readings share: which way a date without a year lies, and which year the words around it tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.annotate.times.lexicon import spelled_numbers
from onrecord.annotate.times.scene import Found, Told

AGAINST_TENSE = 150
"""Days by which a date that the tense speaks against must be nearer to be taken all the same."""
AGAINST_FIRM_TENSE = 400
"""The same where the verb that the date belongs to tells the tense."""
AGAINST_QUARTER = 200
"""The same for quarters in the past tense, and half of it in the future: reports name them mostly when over."""
_LATER_YEAR = re.compile(
    r"\s?(?:,|and|or|to|-|–|through|until|till|,\s{1,3}and)\s{0,3}(?:\d{1,2}\s{1,3})?(?:[a-z]{3,9}\.?\s{1,3})?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s?,?\s{1,3})?((?:1[89]|20)\d\d)(?![\w,])"
)
"""A date with its year that follows a coordinated one without: `5 May and 6 June 2001`."""
_FINENESS = {"day": 10, "week": 8, "weekend": 8, "month": 7, "quarter": 7}
"""How long the value of a date is at least if it tells the unit."""


@dataclass(frozen=True, slots=True)
class Way:
    """Which way from the report a date lies: 1 ahead, -1 behind, 0 not told; and how much that counts."""

    toward: int
    against: int = AGAINST_TENSE

    def cost(self, distance: int) -> int:
        """How far a date is, in days; one on the other side counts as `against` further."""
        return abs(distance) + (self.against if distance * self.toward < 0 else 0)


def way(found: Found) -> Way:
    """By `last` and `next`, or else by the tense of the clause."""
    step = found.step("last", "next")
    if step:
        return Way(step, AGAINST_FIRM_TENSE)
    clause = found.clause()
    toward = {"past": -1, "future": 1}.get(clause.tense, 0)
    return Way(toward, AGAINST_FIRM_TENSE if clause.firm else AGAINST_TENSE)


def is_month_name(found: Found) -> bool:
    """Whether the month is one: `may` and `march` are only with a capital letter."""
    return found.capital("month") or not found.one_of("month", "not_a_month")


def explicit_year(found: Found) -> int | None:
    """The year that the expression names, or the dates coordinated with it."""
    if found.raw("year"):
        return int(found.raw("year") or 0)
    if found.raw("spokenyear"):
        return spoken_year(found.raw("spokenyear") or "")
    if found.raw("shortyear"):
        short = int((found.raw("shortyear") or "")[1:])
        return short + (1900 if short > 50 else 2000)
    if found.has("relyear"):
        return found.today.year + (found.number("relyear") or 0) if found.today else None
    later = _LATER_YEAR.match(found.scene.text, found.end, found.scene.bounds[1])
    return int(later.group(1)) if later else None


def spoken_year(words: str) -> int:
    """The year of `nineteen ninety-six` or `two thousand and four`."""
    parts = re.split(r"[\s-]+", words)
    numbers = spelled_numbers()
    if parts[0] == "two":
        return 2000 + (numbers.get(parts[-1], 0) if len(parts) > 2 else 0)
    rest = sum(numbers.get(part, 0) for part in parts[1:] if part not in ("hundred", "oh"))
    return 100 * numbers[parts[0]] + rest


def told_of(found: Found, unit: str) -> Told | None:
    """The date told last that is at least as fine as `unit`."""
    told = found.scene.last_told(3)
    return told if told and len(told.value) >= _FINENESS.get(unit, 4) else None
