"""Calendar arithmetic on TIMEX3 values: units, steps, weekdays, holidays."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

SEASON_OF_MONTH = {12: "WI", 1: "WI", 2: "WI", 3: "SP", 4: "SP", 5: "SP", 6: "SU", 7: "SU", 8: "SU", 9: "FA", 10: "FA"}
SEASON_START = {"WI": 1, "SP": 3, "SU": 6, "FA": 9}
UNKNOWN = {
    "day": "XXXX-XX-XX",
    "night": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "fortnight": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
    "millennium": "X",
}
"""The value of one unknown unit of the calendar."""
_YEARS = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}
_DAYS = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
_LETTERS = {"day": "D", "night": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE"}
_WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}


def value_of(unit: str, day: date | None) -> str:
    """The value of the `unit` of the calendar that `day` lies in."""
    if day is None:
        return UNKNOWN[unit]
    if unit in ("day", "night"):
        return day.isoformat()
    if unit in ("week", "weekend", "fortnight"):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    if unit == "month":
        return f"{day.year:04}-{day.month:02}"
    if unit == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return f"{day.year:04}"[: {"year": 4, "decade": 3, "century": 2, "millennium": 1}[unit]]


def moved(day: date | None, unit: str, steps: int) -> date | None:
    """The day `steps` units from `day`; None where the calendar ends or `day` is unknown."""
    if day is None:
        return None
    if unit in _DAYS:
        try:
            return day + timedelta(days=_DAYS[unit] * steps)
        except OverflowError:
            return None
    months = {"month": 1, "quarter": 3}.get(unit) or 12 * _YEARS[unit]
    total = day.year * 12 + day.month - 1 + months * steps
    year, month = divmod(total, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weekday_from(day: date, weekday: int, direction: int, same: bool) -> date:
    """The nearest `weekday` (1 to 7) after (`direction` 1) or before (-1) `day`; `same` lets `day` itself count."""
    apart = (weekday - day.isoweekday()) * direction % 7
    if apart == 0 and not same:
        apart = 7
    return day + timedelta(days=apart * direction)


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian algorithm, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holiday(code: str, year: int) -> date:
    """The day of a holiday: `12-25`, `05-mon-last`, `11-thu-4`, `11-tue-after` (the first Monday) or `easter-2`."""
    if code.startswith("easter"):
        return easter(year) + timedelta(days=int(code[6:]))
    month, _, rest = code.partition("-")
    if rest.isdigit():
        return date(year, int(month), int(rest))
    name, _, which = rest.partition("-")
    return _nth_weekday(year, int(month), _WEEKDAYS[name], which)


def _nth_weekday(year: int, month: int, weekday: int, which: str) -> date:
    first = weekday_from(date(year, month, 1), weekday, 1, same=True)
    if which == "last":
        return weekday_from(date(year, month, monthrange(year, month)[1]), weekday, -1, same=True)
    if which == "after":
        anchor = _nth_weekday(year, month, 1, "1") if weekday == 2 else _nth_weekday(year, month, 4, "4")
        return weekday_from(anchor, weekday, 1, same=False)
    return first + timedelta(weeks=int(which) - 1)


def duration(amount: float | str, unit: str) -> str:
    """The TIMEX3 value of `amount` units (`X` if vague): `P2Y`, `PT24H`, `P2Y6M`, `PXW`."""
    if unit in ("S", "M", "H"):
        return _clock_duration(amount, unit)
    if unit in ("century", "millennium"):
        return f"P{_plain(amount)}{'CE' if unit == 'century' else 'L'}"
    if unit == "fortnight":
        amount, unit = (amount if isinstance(amount, str) else 2 * amount), "week"
    if unit == "weekend":
        return f"P{_plain(amount)}WE"
    if isinstance(amount, str) or float(amount).is_integer():
        return f"P{_plain(amount)}{_LETTERS[unit]}"
    if unit == "year" and (amount * 12) % 1 == 0:
        years, months = divmod(round(amount * 12), 12)
        return "P" + (f"{years}Y" if years else "") + f"{months}M"
    return f"P{_plain(amount)}{_LETTERS[unit]}"


def _clock_duration(amount: float | str, unit: str) -> str:
    if isinstance(amount, str) or float(amount).is_integer() or unit == "S":
        return f"PT{_plain(amount)}{unit}"
    whole, rest = divmod(round(amount * 60, 3), 60)
    smaller = {"H": "M", "M": "S"}[unit]
    return "PT" + (f"{int(whole)}{unit}" if whole else "") + f"{_plain(rest)}{smaller}"


def _plain(amount: float | str) -> str:
    return amount if isinstance(amount, str) else f"{amount:g}"
