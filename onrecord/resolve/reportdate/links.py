"""Clues from elsewhere: the same happening told again, in another sentence or another report, with another time.

"An agreement last year" in one report and "announced Friday an agreement" in another, of September 2024, make the
first one of 2025. Two tellings are of one happening if they stand close to the same names and to words for the same
kind of happening; the more loosely a time is joined to its happening, the more words they must share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.model import ReportDate
from onrecord.resolve.reportdate.clues import Between
from onrecord.resolve.reportdate.hints import counted_from
from onrecord.resolve.reportdate.lexicon import lexicon
from onrecord.resolve.reportdate.told import Telling, Told
from onrecord.spans import Span

_CONTENT = frozenset(("NOUN", "VERB", "PROPN", "ADJ", "NUM"))
_MOST_ALIKE = 60
"""Tellings that share a name and a kind of happening beyond which the two tell nothing apart."""
_NAMES = 2
_STEMS, _STEMS_WITHIN = 7, 4
_CLEARLY = 1.5
"""How many times more words a telling must share to be preferred to one that names another year."""
_NEWS = timedelta(days=7)

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Happening:
    """One telling of something that happened or is to happen, with its time.

    Attributes:
        days: when it was, as far as that is known without the date of this very report.
        kinds, names: kinds of happenings and beginnings of names close to the time.
        all_names, stems: beginnings of names, and of all words that mean something, in the sentence.
        pegged: known only as news of the day.
    """

    telling: Telling
    told: Told
    days: Days | None
    kinds: frozenset[str]
    names: frozenset[str]
    all_names: frozenset[str]
    stems: frozenset[str]
    pegged: bool = False

    @property
    def report(self) -> str:
        return self.telling.report.id


def linked_clues(tellings: Sequence[Telling], dates: Mapping[str, ReportDate]) -> dict[str, list[Between]]:
    """For each report the clues that other tellings of the same happenings give.

    Args:
        dates: what is known of the reports' dates by now; news of the day is dated by them.
    """
    relative: list[Happening] = []
    index: dict[tuple[str, str], list[Happening]] = defaultdict(list)
    for telling in tellings:
        for one in _happenings(telling, dates.get(telling.report.id)):
            if one.days is None:
                relative.append(one)
                continue
            for key in _keys(one):
                index[key].append(one)
    clues: dict[str, list[Between]] = defaultdict(list)
    for one in relative:
        found = {id(other): other for key in _keys(one) if len(index[key]) <= _MOST_ALIKE for other in index[key]}
        clues[one.report].extend(_equation(one, list(found.values())))
    return clues


def _keys(one: Happening) -> Iterator[tuple[str, str]]:
    return ((kind, name) for kind in sorted(one.kinds) for name in sorted(one.all_names or {""}))


def _happenings(telling: Telling, dated: ReportDate | None) -> Iterator[Happening]:
    """The tellings of a report with a time that can be of use: explicit, counted in years, or news of the day."""
    for told in telling.told:
        if told.span.start < telling.report.body:
            continue
        days = told.days or (_news_days(told, dated) if told.steps is None else None)
        if days is None and told.unit != "year":
            continue
        near, sentence = telling.near(told), telling.sentence(told.first)
        kinds = frozenset(kind for i in near if (kind := lexicon().happening(telling.form(i))))
        if kinds:
            yield Happening(
                telling,
                told,
                days,
                kinds,
                telling.names(near, told),
                telling.names(sentence, told),
                _stems(telling, sentence, told),
                pegged=told.days is None and days is not None,
            )


def _news_days(told: Told, dated: ReportDate | None) -> Days | None:
    """The days on which the news of a report of known date happened."""
    fresh = told.time.rule.startswith("weekday-") or told.time.rule in ("report-day", "day-before-report")
    if dated is None or dated.date is None or dated.status in ("contradicted", "unknown") or not fresh:
        return None
    if told.tense not in ("past", "past?") or dated.date.earliest is None or dated.date.latest is None:
        return None
    return date.fromisoformat(dated.date.earliest) - _NEWS, date.fromisoformat(dated.date.latest)


def _stems(telling: Telling, words: Iterable[int], told: Told) -> frozenset[str]:
    tag = telling.words.tag
    return frozenset(
        lexicon().stem(telling.form(i))
        for i in words
        if not told.first <= i <= told.last and len(telling.form(i)) > 2 and (not tag or tag[i] in _CONTENT)
    )


def _alike(one: Happening, other: Happening) -> int:
    """How many words two tellings share if they are of one happening; 0 if they are not."""
    if one.kinds.isdisjoint(other.kinds) or (one.told.tense == "limit") != (other.told.tense == "limit"):
        return 0
    shared = len(one.stems & other.stems)
    if one.report == other.report:
        apart = one.telling.sentence(one.told.first) != other.telling.sentence(other.told.first)
        return shared if apart and one.told.tense == "limit" and shared >= _STEMS_WITHIN else 0
    telling = (one.names & other.names) - one.telling.common_names - other.telling.common_names
    if len(telling) >= _NAMES and not other.pegged:
        return shared + len(telling)
    return shared if shared >= _STEMS and len(one.all_names & other.all_names) >= _NAMES else 0


def _agreeing(one: Happening, others: Sequence[Happening]) -> list[Happening]:
    """The tellings of the same happening, if those most alike agree on its year; else none."""
    alike = sorted(((_alike(one, other), other) for other in others), key=lambda pair: -pair[0])
    alike = [(count, other) for count, other in alike if count and other.days]
    near = [other for count, other in alike if count * _CLEARLY > alike[0][0]]
    years = {day.year for other in near for day in other.days or ()}
    return near if len(years) == 1 else []


def _equation(one: Happening, others: Sequence[Happening]) -> Iterator[Between]:
    """The report's days from the other tellings of the same happening."""
    found = _agreeing(one, others)
    if not found:
        return
    best = min(found, key=lambda other: (other.pegged, other.report, other.told.span))
    firsts, lasts = zip(*(other.days for other in found if other.days), strict=True)
    days = (max(firsts), min(lasts)) if max(firsts) <= min(lasts) else (min(firsts), max(lasts))
    within = best.report == one.report
    because: tuple[Span, ...] = (one.told.span, best.told.span) if within else (one.told.span,)
    where = f"{days[0].year}" if within else f"{days[0].year}, as '{best.telling.report.name}' tells"
    says = f"speaks of '{one.told.span.of(one.telling.text)}' where it means {where}"
    weight = lexicon().costs["dated_report" if best.pegged else "told_again"]
    yield from counted_from(one.told, one.telling, days, because, says, weight)
