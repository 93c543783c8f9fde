"""From clues to a judgement: whether a declared date can stand, the smallest repair, or an estimate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp

from onrecord.dates import Date, days_of
from onrecord.model import DateStatus
from onrecord.resolve.reportdate.clues import Between, Clue, InYear, moved, total
from onrecord.resolve.reportdate.lexicon import lexicon
from onrecord.resolve.reportdate.neighbours import Beside
from onrecord.spans import Span, merged

_FARTHEST = 40
"""By how many years a declared date may be mistyped."""
_DAYS_OFF = 7
_YEARS_AROUND = 12
_MOST_YEARS = 150
"""The longest stretch of years that is looked at; a report that names year 800 is not from then."""
_YEAR, _MONTH = timedelta(days=365), timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the clues make of a report's date.

    Attributes:
        date: the declared date, the best repair, or the estimate with its window; None if there is neither.
        against: the clues that speak against the declared date, the strongest first.
        repair: what fits better than a declared date that is contradicted; it stands in its place only where sure.
    """

    status: DateStatus
    date: Date | None
    because: tuple[Span, ...] = ()
    against: tuple[Clue, ...] = ()
    repair: str | None = None


def checked(declared: str, report: str, clues: Sequence[Clue]) -> Judgement:
    """A declared date against the clues. It is contradicted only where a repair is better by a clear margin."""
    days = days_of(declared)
    if days is None:
        return estimated(report, clues)
    arguing = [clue for clue in clues if clue.checks]
    against = sorted((c for c in arguing if c.cost(*days) > 0), key=lambda clue: -clue.cost(*days))
    repair = _repair(days, arguing) if against else None
    margin = total(arguing, *days) - repair[0] if repair else 0.0
    if repair is None or margin < lexicon().judgement["contradicted"]:
        return Judgement("consistent", Date.of(declared, "declared"), _bearing(clues, days))
    better = [clue for clue in against if clue.cost(*days) > clue.cost(*repair[1])]
    value = _like(declared, repair[1][0])
    because = merged(span for clue in better for span in clue.because)
    is_sure = _is_for_sure(margin, days, repair[1])
    stands = Date.of(value, "repaired") if is_sure else Date.of(declared, "declared")
    return Judgement("contradicted", stands, because, tuple(better), value)


def _is_for_sure(margin: float, days: tuple[date, date], repaired: tuple[date, date]) -> bool:
    """Whether the repair may stand for the date. A day of the same week is not what people mistype, so it must be
    better by more than what raises a doubt: else a true date would be moved by what was said of a Sunday.
    """
    near = days[0] == days[1] and abs((repaired[0] - days[0]).days) < _DAYS_OFF
    return not near or margin > lexicon().judgement["days_off"]


def _repair(days: tuple[date, date], clues: Sequence[Clue]) -> tuple[float, tuple[date, date]] | None:
    """The cost and the days of the smallest repair among those that cost least."""
    strict = _strictly(clues)
    best = None
    for repaired in _repairs(days, clues):
        apart = abs((repaired[0] - days[0]).days)
        key = (round(total(clues, *repaired), 6), round(total(strict, *repaired), 6), apart, repaired)
        best = min(best or key, key)
    return (best[0], best[3]) if best else None


def _strictly(clues: Sequence[Clue]) -> list[Clue]:
    """The clues without the slack that is given to declared dates only."""
    return [replace(clue, slack=0) if isinstance(clue, Between) else clue for clue in clues]


def _repairs(days: tuple[date, date], clues: Sequence[Clue]) -> Iterator[tuple[date, date]]:
    """Other years with the same day, the days around, days that a clue names, month and day exchanged."""
    for clue in clues:
        if isinstance(clue, Between) and clue.earliest is not None and clue.earliest == clue.latest:
            yield clue.earliest, clue.latest
    for apart in range(1, _FARTHEST + 1):
        for years in (apart, -apart):
            pair = moved(days[0], years), moved(days[1], years)
            if pair[0] and pair[1]:
                yield pair[0], pair[1]
    if days[0] != days[1]:
        return
    for apart in range(1, _DAYS_OFF):
        for step in (apart, -apart):
            day = days[0] + timedelta(days=step)
            yield day, day
    if days[0].day <= 12:
        swapped = days[0].replace(month=days[0].day, day=days[0].month)
        yield swapped, swapped


def _like(declared: str, day: date) -> str:
    """`day` as finely as the declared value."""
    return day.isoformat()[: min(len(declared), 10)]


def estimated(report: str, clues: Sequence[Clue]) -> Judgement:
    """A report without a date: the year that the clues leave, and the window within which they leave it."""
    clues = _strictly(clues)
    months = list(_months(clues))
    if not months:
        return Judgement("unknown", None)
    likely = [exp(-total(clues, *month)) for month in months]
    whole = sum(likely)
    years: dict[int, float] = {}
    for month, weight in zip(months, likely, strict=True):
        years[month[0].year] = years.get(month[0].year, 0.0) + weight / whole
    year, share = max(years.items(), key=lambda pair: (pair[1], pair[0]))
    window, value = _window(months, [weight / whole for weight in likely], year, clues)
    if share < lexicon().judgement["sure"] and (window[1] - window[0]).days > lexicon().judgement["short"]:
        return Judgement("unknown", None)
    return Judgement(
        "estimated",
        Date(value, window[0].isoformat(), window[1].isoformat(), "estimated", report),
        _bearing(clues, window),
    )


def _bearing(clues: Sequence[Clue], days: tuple[date, date]) -> tuple[Span, ...]:
    """The words of the clues that agree with `days` and speak against a year before or after."""
    spans: list[Span] = []
    for clue in clues:
        around = (_stretch(days[0], -_YEAR), _stretch(days[1], _YEAR))
        if not clue.cost(*days) and any(clue.cost(*other) for other in around):
            spans.extend(clue.because)
    return merged(spans)


def _stretch(day: date, step: timedelta) -> tuple[date, date]:
    """The month around the day a year before or after."""
    try:
        middle = day + step
        return middle - _MONTH, middle + _MONTH
    except OverflowError:
        return day, day


def _months(clues: Iterable[Clue]) -> Iterator[tuple[date, date]]:
    """The months of all years that the clues leave open; none where nothing names a year."""
    named = sorted({year for clue in clues for year in _years_of(clue)})
    if not named:
        return
    last = min(9998, named[-1] + _YEARS_AROUND)
    for year in range(max(1, named[0] - _YEARS_AROUND, last - _MOST_YEARS), last + 1):
        for month in range(1, 13):
            first = date(year, month, 1)
            yield first, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _years_of(clue: Clue) -> Iterator[int]:
    """The years around which a clue says that the report lies."""
    if isinstance(clue, InYear):
        yield min(clue.costs, key=lambda year: (clue.costs[year], year))
    if isinstance(clue, Beside):
        yield from (clue.first_day.year, clue.last_day.year)
    if isinstance(clue, Between):
        closed = clue.earliest is not None and clue.latest is not None
        yield from (bound.year for bound in (clue.earliest, clue.latest) if bound is not None and closed)


def _window(
    months: Sequence[tuple[date, date]], shares: Sequence[float], year: int, clues: Sequence[Clue]
) -> tuple[tuple[date, date], str]:
    """The days that hold most of what is likely, and the value: a month of the year if one stands out."""
    judgement = lexicon().judgement
    ranked = sorted(range(len(months)), key=lambda i: (-shares[i], i))
    kept: list[int] = []
    for i in ranked:
        if sum(shares[k] for k in kept) >= judgement["mass"] and shares[i] < shares[kept[-1]] - 1e-9:
            break
        kept.append(i)
    first, last = months[min(kept)][0], months[max(kept)][1]
    days = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    costs = [total(clues, day, day) for day in days]
    least = min(costs)
    good = [day for day, cost in zip(days, costs, strict=True) if cost <= least + judgement["margin"]]
    return (good[0], good[-1]), _value(good, year, judgement["narrow"])


def _value(good: Sequence[date], year: int, narrow: float) -> str:
    """The only good day, or the month that holds most of them, else the year."""
    if len(good) == 1:
        return good[0].isoformat()
    counts: dict[str, int] = {}
    for day in good:
        counts[day.isoformat()[:7]] = counts.get(day.isoformat()[:7], 0) + 1
    month, count = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    return month if count >= narrow * len(good) else f"{year:04}"
