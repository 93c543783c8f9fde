"""Whether two tellings are about one thing: the same event, or the same number over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from onrecord.dates import Date
from onrecord.model import Record
from onrecord.story.figures import Telling
from onrecord.story.measures import Measure

Key = tuple[str, str, str | None, bool]
"""Deed, kind, unit, and whether it is planned."""
_NEXT = 8
"""With how many of those that follow a telling is compared among those it shares an anchor with."""
_NEAR_DAYS = 3
"""Days between reports within which they may be of one event that neither dates."""
_WIDE_DAYS = 7
_FEW_WORDS = 2
_MANY_WORDS = 5
_HALF = 0.5
_SOME_WORDS = 3


def day_gap(one: str | None, other: str | None) -> int | None:
    """Days between two days, or None where one is not known."""
    if one is None or other is None:
        return None
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def days_around(day: str, reach: int) -> list[str]:
    """The days from so many before a day to as many behind it, ISO 8601; those beyond the calendar are left out."""
    middle = date.fromisoformat(day).toordinal()
    near = range(max(1, middle - reach), min(date.max.toordinal(), middle + reach) + 1)
    return [date.fromordinal(one).isoformat() for one in near]


def overlap(one: Date | None, other: Date | None) -> bool | None:
    """Whether two dates may be the same day; None where one is not known."""
    if one is None or other is None or not (one.earliest and one.latest and other.earliest and other.latest):
        return None
    return one.earliest <= other.latest and other.earliest <= one.latest


def meet(one: frozenset[str], other: frozenset[str]) -> bool | None:
    """Whether two sets share something; None where one is empty."""
    return bool(one & other) if one and other else None


@dataclass(frozen=True, slots=True)
class Tie:
    """What two tellings have in common besides what they count: dates, places, names, words; None is not told.

    Attributes:
        known: whether what happens to the counted is of the lexicon, and not any verb.
        share: of the words that the shorter sentence is about, those that are common.
    """

    same_event: bool
    dates: bool | None
    places: bool | None
    names: int
    words: int
    share: float
    gap: int | None
    known: bool

    @property
    def strong(self) -> bool:
        """Whether it is enough to take both for tellings of one event, or of what is so at one time."""
        if self.dates is False or self.places is False:
            return False
        return self.same_event or any(test(self) for test in _ENOUGH)

    @property
    def near(self) -> bool:
        """Whether the reports are of the same days."""
        return self.gap is not None and self.gap <= _NEAR_DAYS

    @property
    def alike(self) -> bool:
        """Whether the sentences are about the same."""
        return self.words >= _SOME_WORDS or (self.words >= _FEW_WORDS and self.share == 1)


_ENOUGH: tuple[Callable[[Tie], bool], ...] = (
    lambda tie: tie.known and bool(tie.dates and tie.places and tie.words),
    lambda tie: tie.near and bool(tie.names or tie.places) and tie.alike,
    lambda tie: bool(tie.dates) and bool(tie.names or tie.places) and tie.alike,
    lambda tie: tie.known and bool(tie.names or tie.places) and tie.words >= _MANY_WORDS and tie.share > _HALF,
)
"""What makes two tellings one event, where neither date nor place speaks against it."""


def tie(one: Telling, other: Telling, groups: Mapping[str, str]) -> Tie:
    """What two tellings have in common.

    Args:
        groups: event → the first event of those that are one with it.
    """
    ours, theirs = groups.get(one.event or "", one.event), groups.get(other.event or "", other.event)
    words, least = (
        len(one.about.contents & other.about.contents),
        min(len(one.about.contents), len(other.about.contents)),
    )
    return Tie(
        same_event=ours is not None and ours == theirs,
        dates=_same_days(one.date, other.date),
        places=meet(one.about.places, other.about.places),
        names=len(one.about.names & other.about.names),
        words=words,
        share=words / least if least else 0.0,
        gap=day_gap(one.day, other.day),
        known=one.known,
    )


def _same_days(one: Date | None, other: Date | None) -> bool | None:
    """Whether two dates are of the same days; a month or a year that holds both days tells nothing."""
    met = overlap(one, other)
    return None if met and (_is_wide(one) or _is_wide(other)) else met


def _is_wide(told: Date | None) -> bool:
    gap = None if told is None else day_gap(told.earliest, told.latest)
    return gap is None or gap > _WIDE_DAYS


def groups_of(record: Record) -> dict[str, str]:
    """Event → the first of those that are one with it."""
    return {event: same.of for event, same in record.same_event.items()}


def comparable(one: Telling, other: Telling) -> bool:
    """Whether two count the same: the same deed and kind, nobody else's, no part of the other."""
    mine, theirs = one.measure, other.measure
    if key_of(mine) != key_of(theirs):
        return False
    if mine.owner is not None and theirs.owner is not None and mine.owner != theirs.owner:
        return False
    return one.qualities == other.qualities and not one.part and not other.part and one.overall == other.overall


def by_measure(tellings: Iterable[Telling]) -> dict[Key, list[Telling]]:
    """Tellings by what they count, whosever they are."""
    out: dict[Key, list[Telling]] = {}
    for telling in tellings:
        out.setdefault(key_of(telling.measure), []).append(telling)
    return out


def key_of(measure: Measure) -> Key:
    """By what two measures must agree to be compared."""
    return measure.deed, measure.kind, measure.unit, measure.planned


def pairs(tellings: Iterable[Telling], groups: Mapping[str, str]) -> Iterator[tuple[Telling, Telling]]:
    """Pairs from different reports that count alike and share a place, a date, a name or an event, each once.

    Of those that share one, each meets the next few only: in the order of their reports' days.
    """
    seen = set()
    for bucket in _buckets(tellings, groups):
        for index, one in enumerate(bucket):
            for other in bucket[index + 1 : index + 1 + _NEXT]:
                key = (one.figure.id, other.figure.id)
                if one.report != other.report and key not in seen:
                    seen.add(key)
                    yield one, other


def _buckets(tellings: Iterable[Telling], groups: Mapping[str, str]) -> Iterator[list[Telling]]:
    for alike in by_measure(tellings).values():
        shared: dict[str, list[Telling]] = {}
        for telling in sorted(alike, key=lambda one: (one.day or "", one.report, one.start)):
            for anchor in _anchors(telling, groups):
                shared.setdefault(anchor, []).append(telling)
        yield from shared.values()


def _anchors(telling: Telling, groups: Mapping[str, str]) -> list[str]:
    event = groups.get(telling.event or "", telling.event)
    dated = [] if telling.date is None else [telling.date.value]
    return sorted(set(chain(telling.about.names, telling.about.places, dated, [event] if event else [])))
