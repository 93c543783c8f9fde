"""For a report without a date: the dated reports that share many of its rarer names, if all are of one time.

A story about one company may run for years; then its reports tell nothing, since those likest are of many times.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log, sqrt

from onrecord.dates import days_of
from onrecord.model import ReportDate
from onrecord.resolve.reportdate.lexicon import lexicon
from onrecord.resolve.reportdate.told import Telling
from onrecord.spans import Span

_MOST_HOLDERS = 200
"""A name in more reports than this is no rarer name, however many reports there are."""
_TRUSTED = frozenset(("consistent", "estimated"))


@dataclass(frozen=True, slots=True)
class Beside:
    """Dated reports that resemble this one are from `first_day` to `last_day`; a day costs more the farther it is.

    Attributes:
        fading: days from there that cost one nat.
        most: what a day far from there costs.
    """

    because: tuple[Span, ...]
    says: str
    first_day: date
    last_day: date
    fading: float
    most: float
    checks: bool = False

    def cost(self, first: date, last: date) -> float:
        apart = max((first - self.last_day).days, (self.first_day - last).days, 0)
        return min(self.most, apart / self.fading)


def neighbour_clues(tellings: Sequence[Telling], dates: Mapping[str, ReportDate]) -> dict[str, list[Beside]]:
    """For each report without a declared date a clue from the dated reports that share names with it, if any do."""
    undated = [telling for telling in tellings if telling.report.declared is None]
    if not undated:
        return {}
    names = {telling.report.id: _names(telling) for telling in tellings}
    holders: dict[str, list[str]] = defaultdict(list)
    for report, held in names.items():
        for name in held:
            holders[name].append(report)
    weight = {name: log(len(tellings) / len(held)) for name, held in holders.items() if len(held) <= _MOST_HOLDERS}
    length = {report: sqrt(sum(weight.get(name, 0.0) ** 2 for name in held)) for report, held in names.items()}
    known = {telling.report.id: day for telling in tellings if (day := _day(dates.get(telling.report.id)))}
    found = {}
    for telling in undated:
        own = telling.report.id
        shared: Counter[str] = Counter()
        likeness: dict[str, float] = defaultdict(float)
        for name in sorted(names[own]):
            for other in holders[name] if name in weight else ():
                if other != own and other in known:
                    shared[other] += 1
                    likeness[other] += weight[name] ** 2 / max(1e-9, length[own] * length[other])
        clue = _clue({k: v for k, v in likeness.items() if shared[k] >= lexicon().neighbours["names"]}, known)
        if clue is not None:
            found[own] = [clue]
    return found


def _clue(likeness: Mapping[str, float], known: Mapping[str, date]) -> Beside | None:
    """A clue from the likest reports, if there are enough of them and they are of one time."""
    settings = lexicon().neighbours
    ranked = sorted(likeness.items(), key=lambda pair: (-pair[1], pair[0]))[: int(settings["most"])]
    days = sorted(known[report] for report, value in ranked if value >= settings["likeness"])
    if len(days) < settings["fewest"] or (days[-1] - days[0]).days > settings["wide"]:
        return None
    is_narrow = (days[-1] - days[0]).days <= settings["spread"]
    fading, most = (settings["fading"], settings["cost"]) if is_narrow else (settings["faint"], settings["least"])
    says = f"shares many names with {len(days)} reports of {days[0]} to {days[-1]}"
    return Beside((), says, days[0], days[-1], fading, most)


def _names(telling: Telling) -> frozenset[str]:
    """The names of a report, in small letters, each once."""
    return frozenset(
        " ".join(mention.span.of(telling.text).casefold().split())
        for mention in telling.annotations.mentions
        if mention.type != "group"
    )


def _day(dated: ReportDate | None) -> date | None:
    """The day of a report whose date can be trusted and is known to the month at least."""
    if dated is None or dated.date is None or dated.status not in _TRUSTED:
        return None
    days = days_of(dated.date.value)
    return days[0] + (days[1] - days[0]) // 2 if days and (days[1] - days[0]).days <= 31 else None
