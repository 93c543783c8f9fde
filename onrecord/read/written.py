"""Dates as fields, headers and datelines write them: `2024-08-29T10:15Z`, `Thu, 29 Aug 2024`, `Sept. 26, 2024`.

Only whole dates are read here; what "Friday" means is for `annotate` to say. `03/04/2024` is read by nobody:
half the world means 3 April and half 4 March, so it gives no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from onrecord.read.lexicon import lexicon

_TIME = re.compile(
    r"[\s,T@|]{0,4}(?:at\s)?\d{1,2}(?:[:.h]\d\d(?::\d\d(?:\.\d{1,9})?)?)?\s{0,2}(?:[ap]\.?m\.?(?!\w))?"
    r"(?:\s?\(?(?:Z|[A-Z]{2,4}|[+-]\d\d:?\d\d)(?![\w.])\)?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d[:.h]\d\d|\d\s?[ap]\.?m", re.IGNORECASE)
_COMPACT_IN_NAME = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?![0-9A-Za-z])")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-])", re.IGNORECASE)
_LONGEST_FIELD = 200


@dataclass(frozen=True, slots=True)
class Written:
    """A date found at `start` up to `end`; `value` is ISO 8601: a day, or a month where no day is given."""

    start: int
    end: int
    value: str


def iso_date(written: object) -> str | None:
    """ISO 8601 value of a date field in any usual form (text, or seconds or milliseconds since 1970), or None."""
    if isinstance(written, bool) or written is None:
        return None
    if isinstance(written, int | float):
        return _since_1970(float(written))
    words = str(written).strip()[:_LONGEST_FIELD]
    if re.fullmatch(r"(?:1[6-9]|20|21)\d\d", words):
        return words
    found = find_date(words, 0, len(words))
    return found.value if found else None


def find_date(text: str, start: int, end: int) -> Written | None:
    """The first date between `start` and `end` that names at least a month and a year; days before months."""
    for forms in _forms():
        found = [written for pattern, read in forms for written in _first(pattern, read, text, start, end)]
        if found:
            return min(found, key=lambda written: (written.start, -written.end))
    return None


def after_time(text: str, at: int, end: int) -> int:
    """Offset behind a time of day (`, 10:15 a.m. GMT`) that begins at `at`, or `at` if none does."""
    match = _TIME.match(text, at, min(end, at + 60))
    return match.end() if match and _CLOCK.search(match.group()) else at


def date_in_name(name: str) -> str | None:
    """The day that a file name gives, set off by other marks than letters and digits, or None."""
    match = _COMPACT_IN_NAME.search(name[-_LONGEST_FIELD:])
    return _iso(int(match[1]), int(match[3]), int(match[4])) if match else None


def date_in_address(address: str) -> str | None:
    """The day in the path of a web address (`/2024/08/29/` or `/2024/aug/29/`), or None."""
    match = _IN_ADDRESS.search(address[: 5 * _LONGEST_FIELD])
    if match is None:
        return None
    month = int(match[2]) if match[2].isdigit() else lexicon().months.get(match[2].casefold(), 0)
    return _iso(int(match[1]), month, int(match[3]))


def month_pattern() -> str:
    """A pattern for the names of the months, longest first, case to be ignored."""
    return "(?:" + "|".join(sorted(lexicon().months, key=lambda word: (-len(word), word))) + ")"


def two_digit_year(year: int) -> int:
    """The year that two digits mean: 70 and later is the twentieth century."""
    return year if year > 99 else year + (1900 if year >= 70 else 2000)


_Read = Callable[[re.Match[str]], str | None]


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[tuple[re.Pattern[str], _Read], ...], ...]:
    """Two groups of (pattern, reader): forms that name a day, then those that name a month."""
    month = month_pattern()
    days = (
        (r"(?<![\d/.-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", _year_first),
        (r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)", _compact),
        (rf"\b({month})\b\.?\s{{0,3}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(\d{{4}})(?!\d)", _month_first),
        (
            rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]{{1,2}}(?:of\s)?({month})\b\.?,?[\s-]{{1,2}}(\d{{4}}|\d\d)(?![\d:])",
            _day_first,
        ),
        (r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/])", _numbers),
    )
    months = (
        (rf"\b({month})\b\.?,?\s{{1,3}}(\d{{4}})(?!\d)", _month_and_year),
        (r"(?<![\d/.-])(\d{4})-(\d\d)(?![\d-])", _year_and_month),
    )
    return tuple(tuple((re.compile(p, re.IGNORECASE), read) for p, read in group) for group in (days, months))


def _first(pattern: re.Pattern[str], read: _Read, text: str, start: int, end: int) -> Iterator[Written]:
    for match in pattern.finditer(text, start, end):
        value = read(match)
        if value is not None:
            yield Written(match.start(), match.end(), value)
            return


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 1600 <= year <= 2199 else None
    except ValueError:
        return None


def _iso_month(year: int, month: int) -> str | None:
    whole = _iso(year, month, 1)
    return whole[:7] if whole else None


def _month(word: str) -> int:
    return lexicon().months[word.casefold()]


def _year_first(match: re.Match[str]) -> str | None:
    return _iso(int(match[1]), int(match[3]), int(match[4]))


def _compact(match: re.Match[str]) -> str | None:
    return _iso(int(match[1]), int(match[2]), int(match[3]))


def _month_first(match: re.Match[str]) -> str | None:
    return _iso(int(match[3]), _month(match[1]), int(match[2]))


def _day_first(match: re.Match[str]) -> str | None:
    return _iso(two_digit_year(int(match[3])), _month(match[2]), int(match[1]))


def _numbers(match: re.Match[str]) -> str | None:
    """`29/08/2024` and `08/29/2024` can be read in one way only; `03/04/2024` cannot, and gives nothing."""
    year, first, second = two_digit_year(int(match[4])), int(match[1]), int(match[3])
    readings = {value for value in (_iso(year, first, second), _iso(year, second, first)) if value}
    return readings.pop() if len(readings) == 1 else None


def _month_and_year(match: re.Match[str]) -> str | None:
    return _iso_month(int(match[2]), _month(match[1]))


def _year_and_month(match: re.Match[str]) -> str | None:
    return _iso_month(int(match[1]), int(match[2]))


def _since_1970(seconds: float) -> str | None:
    """The UTC day of a count of seconds, or of milliseconds if it is too large for seconds."""
    if 1600 <= seconds <= 2199 and seconds == int(seconds):
        return str(int(seconds))
    if re.fullmatch(r"(?:19|20)\d{6}", f"{seconds:.0f}") and seconds == int(seconds):
        return iso_date(f"{seconds:.0f}")
    try:
        return datetime.fromtimestamp(seconds / 1000 if abs(seconds) > 1e11 else seconds, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return None
