"""The clues that one report holds by itself, one function a kind. `HINTS` is the list to argue with."""

from __future__ import annotations

import re
from calendar import day_name
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from onrecord.resolve.reportdate.clues import (
    Between,
    Clue,
    DayOnWeekday,
    EverySoManyYears,
    InYear,
    OnDayOfYear,
    OnWeekday,
    WeekdayOfDay,
    moved,
)
from onrecord.resolve.reportdate.lexicon import Lexicon, lexicon
from onrecord.resolve.reportdate.told import Telling, Told
from onrecord.spans import Span

_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright|(?<!\w)c\.)\s{0,2}\Z", re.IGNORECASE)
_BESIDE = re.compile(r"\s{0,2},?\s{0,2}\(?(?:in\s{1,2}|on\s{1,2}|or\s{1,2})?\Z", re.IGNORECASE)
_WEEKDAY_ALONE = re.compile(r"(?:on\s)?(\w{6,9})(?:\s(?:night|morning|afternoon|evening|in the \w{5,9}))?\Z")
_DAY_OF_MONTH = re.compile(
    r"(\w{3,9}\.?),?\s{1,3}(?:the\s)?(?:(\w{3,9}\.?)\s{1,3}(\d{1,2})|(\d{1,2})\s{1,3}(\w{3,9}\.?))\b"
)
_CLOSE = 4
"""Days after which news of a weekday is old on any day of the week."""
_TOP = 100
"""Words among which a date with its weekday and year is a stamp: prose seldom gives both."""
_WORD = 12
_NEARLY_A_YEAR = 360
_DAYS_OF_YEAR = 365.25
_PERIOD = re.compile(r"(?:the\s{1,3})?\d{4}(?:\s{1,3}\w{5,6})?\s{1,3}(?:period|quarter|half)\b", re.IGNORECASE)
_GONE_BY = re.compile(
    r"(?P<is>\bit(?:['’]s|\sis|\shas\sbeen)\s(?:now\s|just\s|exactly\s)?)?"
    r"(?P<count>\w{1,7})\s(?P<unit>day|week|month|year)s?\s"
    r"(?P<gone>(?:has|have|had)\s(?:now\s)?(?:gone\sby|passed|elapsed)\s)?since\s\Z",
    re.IGNORECASE,
)
_AGO_BEHIND = re.compile(
    r"(?:,\s|\s\()(?:just\s|exactly\s|now\s)?(?P<count>\w{1,7})\s(?P<unit>day|week|month)s?\sago\b", re.IGNORECASE
)
_BEFORE_SINCE = 60
"""Code points before a day in which it may be told how long ago it was."""
_BY_DAY = re.compile(
    r"\b(?P<day>today|tonight|yesterday|tomorrow)(?:,\s(?:on\s)?|\s\()(?:the\s(?P<end>last|first)(?:\sday)?\sof\s)?\Z",
    re.IGNORECASE,
)
_DAYS_OFF = {"today": 0, "tonight": 0, "yesterday": 1, "tomorrow": -1}
_MONTH = 31
_UNITS = {"day": 1.0, "week": 7.0, "month": _DAYS_OF_YEAR / 12, "year": _DAYS_OF_YEAR}
_MOST_GONE = 200
"""A larger number of units is a slip, or no number."""
_ROUGHLY = (0.9, 1.1)
"""What lies behind "three months" that have gone by, as a part of it."""
_MANY_YEARS, _DECADES = 10, 30
"""Hedged numbers of years from the first on, and whole decades from the second, tell no year."""
_DATELINE_DAY = re.compile(
    r"(?:(?P<month>[A-Z][a-z]{2,8})\.?\s{1,2}(?P<day>\d{1,2})|(?P<before>\d{1,2})\s{1,2}(?P<after>[A-Z][a-z]{2,8}))\b(?!,?\s{0,2}\d{4})"
)
_DATELINE = 100
"""Code points before the story in which a dateline may name its day."""
_LEAD = 2
"""Sentences of the story whose weekday is that of the dateline or the day before."""
_LIVED = 60
"""Years before the newest date told from which on dates are history and tell nothing of the report's."""


def clues_in(telling: Telling) -> list[Clue]:
    """All that a report says of its own day, apart from the date it declares. What it says twice counts once."""
    kept: dict[object, Clue] = {}
    again: dict[object, list[Span]] = {}
    for hint in HINTS:
        for clue in hint(telling):
            key = (hint.__name__, replace(clue, because=(), says="")) if isinstance(clue, Between) else id(clue)
            kept.setdefault(key, clue)
            again.setdefault(key, []).extend(clue.because)
    return [replace(c, because=tuple(again[key])) if isinstance(c, Between) else c for key, c in kept.items()]


def _story(telling: Telling) -> Iterator[Told]:
    """The times of the running text with days of their own."""
    return (one for one in telling.told if one.days and one.span.start >= telling.report.body)


def told_as_past(telling: Telling) -> Iterator[Clue]:
    """What is told as past is not later than the report."""
    for one in _story(telling):
        if one.tense in ("past", "past?") and one.days:
            firm = one.tense == "past"
            says = f"tells '{one.span.of(telling.text)}' as past"
            weight = lexicon().costs["firm" if firm else "mixed"]
            slack = int(lexicon().judgement["slack"])
            yield Between((one.span,), says, weight, earliest=one.days[0], slack=slack)


def told_as_future(telling: Telling) -> Iterator[Clue]:
    """What is told as to come is not earlier than the report."""
    for one in _story(telling):
        if one.tense in ("future", "limit") and one.days:
            firm = one.tense == "future"
            says = f"tells '{one.span.of(telling.text)}' as to come"
            weight = lexicon().costs["firm" if firm else "limit"]
            slack = int(lexicon().judgement["slack"])
            yield Between((one.span,), says, weight, latest=one.days[1], slack=slack, checks=firm)


def years_told(telling: Telling) -> Iterator[Clue]:
    """Reports are mostly of the newest year told as past, or the next, and of the first told as to come, or before."""
    past = [one for one in _story(telling) if one.tense in ("past", "past?")]
    future = [one for one in _story(telling) if one.tense in ("future", "limit")]
    if past:
        last = max(past, key=lambda one: (one.days or (date.min,))[0])
        yield _by_gap(telling, last, "after_past", 1)
    if future:
        first = min(future, key=lambda one: (one.days or (date.max,))[0])
        yield _by_gap(telling, first, "before_future", -1)


def _by_gap(telling: Telling, one: Told, table: str, way: int) -> Clue:
    costs = lexicon().years
    year = one.days[0].year if one.days else 1
    against = {year - way * gap: costs["against"] for gap in range(1, _LIVED)}
    listed = {year + way * gap: cost for gap, cost in enumerate(costs[table])}
    kind = "newest past" if way > 0 else "first coming"
    says = f"has '{one.span.of(telling.text)}' for its {kind} date"
    return InYear((one.span,), says, {**against, **listed}, costs["beyond"])


def date_line(telling: Telling) -> Iterator[Clue]:
    """A whole date above the story, or a stamp with weekday and year near its top, is the report's own."""
    declared = telling.report.declared
    for one in telling.told:
        if one.days is None or one.days[0] != one.days[1] or not _is_stamp(telling, one):
            continue
        if declared is None or declared.span is None or not declared.span.overlaps(one.span):
            says = f"stands under the date line '{one.span.of(telling.text)}'"
            yield Between((one.span,), says, lexicon().costs["date_line"], *one.days, int(lexicon().judgement["slack"]))


def _is_stamp(telling: Telling, one: Told) -> bool:
    """Whether a whole date dates the report. One that a headline tells of does not: "the fire of March 3, 2019"."""
    words = one.span.of(telling.text)
    if words in (telling.report.title or "") or telling.before(one.first) in lexicon().telling:
        return False
    if one.span.start < telling.report.body:
        return True
    return one.first < _TOP and words.lower().split()[0].rstrip(",") in lexicon().weekdays


def dateline_day(telling: Telling) -> Iterator[Clue]:
    """A dateline with a day but no year, `LIMA, Sept. 27 (AP)`: that day of some year."""
    report = telling.report
    if report.dateline is None:
        return
    start = max(0, report.body - _DATELINE)
    for match in _DATELINE_DAY.finditer(telling.text, start, report.body):
        month = lexicon().months.get((match["month"] or match["after"]).lower())
        day = int(match["day"] or match["before"])
        if month is None or not 1 <= day <= 31:
            continue
        span, words = Span(*match.span()), match.group()
        yield OnDayOfYear((span,), f"bears '{words}' in its dateline", lexicon().costs["dateline"], month, day)
        yield from _weekday_beside(telling, span, month, day)
        return


def _weekday_beside(telling: Telling, dateline: Span, month: int, day: int) -> Iterator[Clue]:
    """The weekday that the lead of a report tells as past is the dateline's own, or the day before it."""
    known = lexicon()
    lead = [one for one in telling.annotations.sentences if one.end > telling.report.body][:_LEAD]
    for one in telling.told:
        number = _past_weekday(telling, one, known)
        if number and lead and one.span.end <= lead[-1].end:
            says = f"tells '{one.span.of(telling.text)}' as past under the dateline of '{dateline.of(telling.text)}'"
            yield WeekdayOfDay((dateline, one.span), says, known.weekday_costs["dateline"], month, day, number)
            return


def compared_period(telling: Telling) -> Iterator[Clue]:
    """`the 1988 period`, without more, is mostly what the same part of this year is compared with."""
    weight = lexicon().costs["same_period"]
    for one in _story(telling):
        match = _PERIOD.match(telling.text, one.span.start, one.span.end + _WORD)
        if match and one.days:
            year = one.days[0].year
            says = f"compares with '{one.span.of(telling.text)}'"
            costs = {year + 1: 0.0, year: weight, year + 2: 2 * weight}
            yield InYear((one.span,), says, costs, 3 * weight, checks=True)
            return


def copyright_year(telling: Telling) -> Iterator[Clue]:
    """A copyright line names the year of the report, or a later one in which the page was made."""
    for one in telling.told:
        if one.days and _COPYRIGHT.search(telling.text, max(0, one.span.start - 14), one.span.start):
            says = f"has the copyright line '{one.span.of(telling.text)}'"
            yield Between((one.span,), says, lexicon().costs["copyright"], *one.days, checks=False)


def apposition(telling: Telling) -> Iterator[Clue]:
    """`four years ago, in 1994`: two names of one time."""
    for one, other in zip(telling.told, telling.told[1:], strict=False):
        if not _BESIDE.match(telling.text[one.span.end : other.span.start][:12]):
            continue
        relative, explicit = (one, other) if other.days else (other, one)
        if (
            explicit.days
            and relative.steps is not None
            and relative.unit == "year"
            and not _is_final(telling, relative)
        ):
            because = (one.span, other.span)
            says = f"calls {explicit.days[0].year} '{relative.span.of(telling.text)}'"
            yield from counted_from(relative, telling, explicit.days, because, says, lexicon().costs["apposition"])


def _is_final(telling: Telling, one: Told) -> bool:
    """Whether "the last year" is the last of several, and not the year before: "the last year for which ..."."""
    return telling.before(one.first) == "the" or one.span.of(telling.text).lower().startswith("the ")


def by_day(telling: Telling) -> Iterator[Clue]:
    """`Yesterday, June 30, 2031`: the report is of the day after; `today` of the same."""
    for one in telling.told:
        begin = max(0, one.span.start - _BEFORE_SINCE)
        match = _BY_DAY.search(telling.text, begin, one.span.start)
        if match is None or one.days is None or (one.days[1] - one.days[0]).days > _MONTH:
            continue
        first, last = one.days if not match["end"] else (one.days[1 if match["end"] == "last" else 0],) * 2
        off = timedelta(days=_DAYS_OFF[match["day"].lower()])
        span = Span(match.start(), one.span.end)
        yield Between(
            (span,), f"says '{span.of(telling.text)}'", lexicon().costs["apposition"], first + off, last + off
        )


def gone_by(telling: Telling) -> Iterator[Clue]:
    """`A week has gone by since March 5, 2031`, `it is two weeks since ...`: so long after that day."""
    for one in telling.told:
        begin = max(0, one.span.start - _BEFORE_SINCE)
        match = _GONE_BY.search(telling.text, begin, one.span.start)
        if match is None or one.days is None or one.days[0] != one.days[1] or not (match["is"] or match["gone"]):
            continue
        count, unit = _number(match["count"].lower()), _UNITS[match["unit"].lower()]
        if 0 < count <= _MOST_GONE:
            first, last = (one.days[0] + timedelta(days=round(count * unit * part)) for part in _ROUGHLY)
            span = Span(match.start(), one.span.end)
            yield Between((span,), f"says '{span.of(telling.text)}'", lexicon().costs["apposition"], first, last)


def days_ago(telling: Telling) -> Iterator[Clue]:
    """`On April 21, 2031, eight days ago`: so long after that day; days are counted, weeks and months told roughly."""
    for one in telling.told:
        match = _AGO_BEHIND.match(telling.text, one.span.end)
        if match is None or one.days is None or one.days[0] != one.days[1]:
            continue
        count, unit = _number(match["count"].lower()), _UNITS[match["unit"].lower()]
        if 0 < count <= _MOST_GONE:
            parts = (1.0, 1.0) if match["unit"].lower() == "day" else _ROUGHLY
            first, last = (one.days[0] + timedelta(days=round(count * unit * part)) for part in parts)
            span = Span(one.span.start, match.end())
            yield Between((span,), f"says '{span.of(telling.text)}'", lexicon().costs["apposition"], first, last)


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else lexicon().numbers.get(word, 0)


def counted_from(
    relative: Told, telling: Telling, days: tuple[date, date], because: tuple[Span, ...], says: str, weight: float
) -> Iterator[Between]:
    """The report's days, where what lies `relative` to it happened on `days`."""
    if relative.steps is None or relative.unit is None:
        return
    words, before = relative.span.of(telling.text).lower(), telling.before(relative.first, 2)
    hedge = next(
        (hedge for hedge in lexicon().hedges if hedge and (words.startswith(hedge) or before.endswith(hedge))), ""
    )
    if _is_round(-relative.steps, bool(hedge)) and relative.unit == "year":
        return
    whole_years = (days[1] - days[0]).days >= _NEARLY_A_YEAR and not hedge
    if relative.unit == "year" and (whole_years or not words.endswith("ago")):
        first, last = date(days[0].year, 1, 1), date(days[1].year, 12, 31)
        bounds = (moved(first, -relative.steps), moved(last, -relative.steps))
    else:
        bounds = _anniversary(relative, lexicon().hedges[hedge], days)
    if bounds[0] is not None and bounds[1] is not None:
        yield Between(because, says, weight, bounds[0], bounds[1])


def _is_round(years: int, hedged: bool) -> bool:
    """Whether a number of years is only roughly meant: `more than 50 years ago` may be 57, `40 years ago` 38."""
    return years >= _MANY_YEARS if hedged else years >= _DECADES and years % 10 == 0


def _anniversary(
    relative: Told, hedge: tuple[float, float], days: tuple[date, date]
) -> tuple[date | None, date | None]:
    """The days so many units after `days`, `hedge` being the parts of a unit by which they may be earlier or later."""
    unit = _DAYS_OF_YEAR if relative.unit == "year" else _DAYS_OF_YEAR / 12
    count = -(relative.steps or 0)
    try:
        first = days[0] + timedelta(days=round(unit * (count + hedge[0])))
        return first, days[1] + timedelta(days=round(unit * (count + hedge[1])))
    except OverflowError:
        return None, None


def weekday_of_day(telling: Telling) -> Iterator[Clue]:
    """`Friday, Feb. 13` without its year fits few years."""
    known = lexicon()
    for one in telling.told:
        match = _DAY_OF_MONTH.match(one.span.of(telling.text).lower())
        if one.days or match is None or match.group(1) not in known.weekdays:
            continue
        month = known.months.get(match.group(2) or match.group(5))
        day = int(match.group(3) or match.group(4))
        if month and 1 <= day <= 31:
            says = f"writes '{one.span.of(telling.text)}'"
            yield DayOnWeekday(
                (one.span,), says, known.costs["weekday_of_day"], month, day, known.weekdays[match.group(1)]
            )


def weekdays_told(telling: Telling) -> Iterator[Clue]:
    """What is told of weekdays as just past mostly happened on the report's day or a day or two before."""
    known = lexicon()
    told = [(number, one.span) for one in telling.told if (number := _past_weekday(telling, one, known))]
    costs = known.weekday_costs
    if len(told) < costs["fewest"]:
        return
    counts = Counter(number for number, _ in told)
    against = [0.0] * 7
    for number, count in counts.items():
        counted = sum(costs["ratio"] ** i for i in range(min(count, costs["most"])))
        for day in range(7):
            against[day] += counted * costs["after_past"][_days_since(number, day + 1)]
    least = min(against)
    often = " and ".join(day_name[number - 1] for number, _ in counts.most_common(2))
    spans = tuple(span for _, span in told)
    yield OnWeekday(spans, f"speaks of {often} as just past", [cost - least for cost in against])


def _days_since(past: int, day: int) -> int:
    """Days from one weekday (1 to 7) to the next `day`; a weekend between two that are close does not count."""
    apart = (day - past) % 7
    if past > 5 or apart > _CLOSE:
        return apart
    return sum((past + step - 1) % 7 < 5 for step in range(1, apart + 1))


def _past_weekday(telling: Telling, one: Told, known: Lexicon) -> int | None:
    """The number of a weekday that stands alone, told as past."""
    match = _WEEKDAY_ALONE.match(one.span.of(telling.text).lower())
    if match is None or one.tense not in ("past", "past?") or one.days or one.span.start < telling.report.body:
        return None
    return known.weekdays.get(match.group(1)) if one.time.rule.startswith("weekday-") else None


def recurring(telling: Telling) -> Iterator[Clue]:
    """`the November elections` are held in certain years only."""
    for one in telling.told:
        month = lexicon().months.get(one.span.of(telling.text).lower())
        if month is None or one.days:
            continue
        for known in lexicon().recurring:
            beside = [telling.form(i) for i in telling.near(one) if abs(i - one.last) <= 2]
            if month == known.month and any(form.startswith(known.beside) for form in beside):
                says = f"names a month of {known.name}"
                yield EverySoManyYears((one.span,), says, known.cost, known.every, known.remainder)


HINTS: Sequence[Callable[[Telling], Iterator[Clue]]] = (
    told_as_past,
    told_as_future,
    years_told,
    date_line,
    dateline_day,
    compared_period,
    copyright_year,
    apposition,
    by_day,
    gone_by,
    days_ago,
    weekday_of_day,
    weekdays_told,
    recurring,
)
