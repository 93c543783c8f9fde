"""Settles dates between tellings: one that leaves the day open takes it from one that names it and tells the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from onrecord.dates import Date
from onrecord.story.timeline.happenings import Alike, Rated, by_day, shared_events
from onrecord.story.timeline.reading import day_value


def settled(rated: Sequence[Rated], same: Mapping[str, str]) -> list[Rated]:
    """The tellings with the date that is best known of each.

    An event that reports were found to share has the sharpest date that any of them gives, if it lies within the
    others. News whose day is a guess has the day on which another report tells the same to have happened.

    Args:
        same: by event the event that stands for all tellings of it.
    """
    sharpest = _sharpest(rated, same)
    sharp = [_sharpened(one, sharpest, same) for one in rated]
    sure = {value: _Day(told, same) for value, told in by_day(one for one in sharp if not _is_guess(one)).items()}
    return [_placed(one, sure) if _is_guess(one) else one for one in sharp]


class _Day:
    """What is told of one day by those that name it."""

    def __init__(self, told: Sequence[Rated], same: Mapping[str, str]) -> None:
        self._told = told
        self._alike = Alike(same)
        for one in told:
            self._alike.add(one)

    def find(self, rated: Rated) -> Rated | None:
        """The first that tells the same."""
        number = self._alike.find(rated)
        return None if number is None else self._told[number]


def _sharpest(rated: Sequence[Rated], same: Mapping[str, str]) -> dict[str, Date]:
    """By shared event the shortest stretch that a telling gives it; the earliest of several."""
    known: defaultdict[str, list[Date]] = defaultdict(list)
    for one in rated:
        for shared in shared_events(one, same):
            if not _is_guess(one):
                known[shared].append(one.telling.date)
    return {shared: min(dates, key=lambda when: (_days(when), when.earliest or "")) for shared, dates in known.items()}


def _sharpened(rated: Rated, sharpest: Mapping[str, Date], same: Mapping[str, str]) -> Rated:
    for shared in shared_events(rated, same):
        own, other = rated.telling.date, sharpest.get(shared)
        if other is not None and _days(other) < _days(own) and _within(other, own):
            return _with(rated, other)
    return rated


def _placed(rated: Rated, sure: Mapping[str, _Day]) -> Rated:
    for value in _window(rated.telling.date):
        found = sure[value].find(rated) if value in sure else None
        if found is not None:
            return _with(rated, found.telling.date)
    return rated


def _with(rated: Rated, when: Date) -> Rated:
    return replace(rated, telling=replace(rated.telling, date=replace(when, value=day_value(when))))


def _is_guess(rated: Rated) -> bool:
    return rated.telling.date.earliest != rated.telling.date.latest and rated.telling.when == "news"


def _within(inner: Date, outer: Date) -> bool:
    return (outer.earliest or "") <= (inner.earliest or "") and (inner.latest or "") <= (outer.latest or "")


def _days(when: Date) -> int:
    first, last = _ends(when)
    return max(0, (last - first).days + 1)


def _window(when: Date) -> Iterator[str]:
    """The days it may be, the last first: what reports tell is most often of the same day."""
    first, last = _ends(when)
    for back in range((last - first).days + 1):
        yield (last - timedelta(back)).isoformat()


def _ends(when: Date) -> tuple[date, date]:
    return date.fromisoformat(when.earliest or ""), date.fromisoformat(when.latest or "")
