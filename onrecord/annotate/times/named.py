"""Days without a year that what happened on them dates: `the September 11 attacks`, `the March 7 memo`, `9/11`.

A day that names a past happening or a text is not the day of that name to come. A few days are so well known that
they are named without a year for a decade and longer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date

from onrecord.annotate.times.arithmetic import real_day
from onrecord.annotate.times.lexicon import Famous, lexicon
from onrecord.annotate.times.scene import Found, Reading

_OF = re.compile(
    r"([^\W\d_]{3,20})(?:\s{1,3}(?:in|on|against)(?:\s{1,3}[^\W\d_]{1,20}){1,3})?\s{1,3}(?P<joint>of|on)\s{1,3}\Z"
)
"""What a date ends: `the bombings of`, `the attacks in the capital on`."""
_WORD = re.compile(r"\s{0,3}[-,]?\s{0,2}([^\W\d_]{2,20})")
_BETWEEN = 3
"""Words that may stand between a day and what it dates: `the July 7 London Underground bombings`."""
_FRESH = 14
"""Days from a well-known day's date within which its bare name is that of this year."""
_YEARS_ALONE = 15
"""Years for which a well-known day goes by its bare name."""
_YEARS_BEFORE = 6


def famous_day(found: Found, month: int, number: int) -> Reading | None:
    """The day that everybody knows by this name, if what it dates or the way it is told says so."""
    for famous in lexicon().famous:
        if (famous.day.month, famous.day.day) != (month, number) or _is_from_before(found, famous):
            continue
        if thing_dated(found) in famous.things or (famous.alone and _goes_by_name(found, famous)):
            return Reading("DATE", famous.day.isoformat(), "well-known-day")
    return None


def short_famous_day(found: Found) -> Reading | None:
    """`9/11`, and `7/7` before what happened on it."""
    for famous in lexicon().famous:
        if found.raw("shortday") != famous.short or _is_from_before(found, famous):
            continue
        if famous.alone or thing_dated(found) in famous.things:
            return Reading("DATE", famous.day.isoformat(), "well-known-day")
    return None


def day_of_past_thing(found: Found, today: date, month: int, number: int) -> Reading | None:
    """The last day of that name on or before the report's, where it names what is past; None where it does not."""
    if thing_dated(found) not in lexicon().around["past_things"] or found.preceded("to_come"):
        return None
    years = range(today.year, today.year - _YEARS_BEFORE, -1)
    days = [day for year in years if (day := real_day(year, month, number)) and day <= today]
    return found.dated(days[0].isoformat(), "day-of-past-thing") if days else None


def thing_dated(found: Found) -> str:
    """The noun that the day tells the date of, in lower case, or ''."""
    behind = _of_what(found)
    return behind or _what_follows(found)


def _of_what(found: Found) -> str:
    match = _OF.search(found.before(80))
    if match is None:
        return ""
    word = match.group(1)
    return word if match.group("joint") == "of" or word.endswith("s") else ""


def _what_follows(found: Found) -> str:
    """The last of the words right behind that make one noun phrase with the day."""
    text, at = found.scene.text, found.end
    known = ""
    for _ in range(_BETWEEN + 1):
        match = _WORD.match(text, at, found.scene.bounds[1])
        if match is None or not _is_nominal(found, match.start(1)):
            break
        known = match.group(1) if _is_thing(match.group(1)) else known
        if "," in text[at : match.start(1)]:
            return ""
        at = match.end()
    return known


def _is_thing(word: str) -> bool:
    things = lexicon().around["past_things"]
    return word in things or any(word in famous.things for famous in lexicon().famous)


def _is_nominal(found: Found, start: int) -> bool:
    """Whether a word may stand in a noun phrase; by its tag, or else if it is none of grammar."""
    words = found.scene.words
    at = bisect_left(words.starts, start)
    if words.tag and at < len(words):
        return words.tag[at] in ("NOUN", "PROPN", "ADJ")
    match = _WORD.match(found.scene.text, start)
    return match is not None and match.group(1) not in lexicon().around["breaks_phrase"]


def _is_from_before(found: Found, famous: Famous) -> bool:
    return found.today is not None and found.today < famous.day


def _goes_by_name(found: Found, famous: Famous) -> bool:
    """Whether the bare day is the well-known one: nothing says it is to come, and this year's is not just over."""
    today = found.today
    if today is None or today.year - famous.day.year > _YEARS_ALONE or found.has("weekday") or found.has("part"):
        return False
    this_year = famous.day.replace(year=today.year)
    near = abs((today - this_year).days) <= _FRESH
    return not near and found.tense() != "future"
