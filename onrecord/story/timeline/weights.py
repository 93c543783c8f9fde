"""How much a date matters to a story: by what tells of it, and by what looks back or forward to it.

Counting the reports that name a day does as well as trained models (Gholipour Ghalandari and Ifrim 2020); days that
later reports come back to matter more (Kessler et al. 2012, Tran et al. 2015).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from onrecord.story.timeline.reading import Named, Reading, Reference

_EARLY = 5
"""The sentence of a report that counts half as much as its first."""
_NEXT_DAY = 0.4
"""What a report counts for the day before it was written, whether it names that day or not."""
_SETTLED = 8
"""Days after which a report that names a day does not follow it up but comes back to it."""
_COMES_BACK = 2.0
"""What it counts then: days that are still named after a week are those that a story is told by."""
_YEAR = 365


def date_weights(
    read: Sequence[Reading], named_by: Sequence[Iterable[Reference]], centrality: Mapping[str, float]
) -> Mapping[str, float]:
    """The weight of each date, by its value.

    Each origin counts with its best reference to the date, and for the day before it was written: what matters is
    written about on the next day. It counts as much as it is near the story.

    Args:
        named_by: what each of them refers to.
        centrality: how near each report is to the story, by its id.
    """
    named: defaultdict[str, dict[str, float]] = defaultdict(dict)
    after: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for one, references in zip(read, named_by, strict=True):
        near = centrality[one.annotations.report.id]
        for reference in references:
            _raise(named[reference.named.value], one.origin, near * _weight(reference))
        if one.day:
            before = date.fromisoformat(one.day) - timedelta(1)
            _raise(after[before.isoformat()], one.origin, near * _NEXT_DAY)
    return {value: _total(named[value]) + _total(after[value]) for value in sorted({*named, *after})}


def _raise(by_origin: dict[str, float], origin: str, weight: float) -> None:
    by_origin[origin] = max(by_origin.get(origin, 0.0), weight)


def _total(by_origin: Mapping[str, float]) -> float:
    return sum(by_origin[origin] for origin in sorted(by_origin))


def _weight(reference: Reference) -> float:
    """What stands early in a report counts more, a day more than a year, what is come back to twice, history less."""
    lag = reference.lag or 0
    back = _COMES_BACK if lag >= _SETTLED else 1.0
    return back * _sharpness(reference.named) / (1 + reference.place / _EARLY) / (1 + abs(lag) / _YEAR)


def _sharpness(named: Named) -> float:
    """1 for a day, less the longer the stretch: a fifth for a month, an eighth for a year."""
    return 1 / (1 + math.log2((named.last - named.first).days + 1) * 0.8)
