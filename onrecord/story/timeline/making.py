"""Makes the timeline: the happenings of each date under the words of a report, weighted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.dates import Date
from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Annotations, Record, TimelineEntry
from onrecord.story.timeline.centrality import read_story, uses_of
from onrecord.story.timeline.happenings import Happening, by_day, happenings, may_stand, rate
from onrecord.story.timeline.news import age_of_news, usual_ages
from onrecord.story.timeline.reading import Reading, Reference, day_value, publisher_of, readings, references_of
from onrecord.story.timeline.settling import settled
from onrecord.story.timeline.tellings import Telling, tellings_of
from onrecord.story.timeline.weights import date_weights


@dataclass(frozen=True, slots=True)
class _Dated:
    """What a report has to do with dates: how old its news is where it names the day, and the days it names."""

    age: int | None
    references: tuple[Reference, ...]


_USES: Kind[dict[str, int]] = Kind("uses of words", dict[str, int])
_DATED: Kind[_Dated] = Kind("dated", _Dated)
_TOLD: Kind[tuple[Telling, ...]] = Kind("told on dates", tuple[Telling, ...])


def make_timeline(record: Record, memory: Memory = FORGETFUL) -> tuple[TimelineEntry, ...]:
    """What the reports tell to have happened, or to be going to, in the order of its dates.

    One line is one happening on one date: a day, or the month or year where only that is told. Tellings of one
    happening are joined; the best of them, a whole sentence, is the headline. What is denied has no line, and what is
    only possible or asked for has one where its date lies ahead of the report.
    """
    read = readings(record)
    dated = [memory.recall(_DATED, _dates_in(one), *one.given) for one in read]
    told = _tellings(read, dated, memory)
    uses = {one.annotations.report.id: memory.recall(_USES, uses_of, one.annotations) for one in read}
    story = read_story(uses, {one.annotations.report.id: one.origin for one in read})
    near = {report: story.centrality(story.vector(counts)) for report, counts in uses.items()}
    weights = date_weights(read, [one.references for one in dated], near)
    same = {event: of.of for event, of in record.same_event.items()}
    rated = by_day(settled([rate(one, story, near[one.report]) for one in told], same))
    entries = [entry for value in sorted(rated) for entry in _lines(happenings(rated[value], same), weights)]
    return tuple(sorted(entries, key=_in_time))


def top(timeline: Sequence[TimelineEntry], n: int) -> tuple[TimelineEntry, ...]:
    """The `n` lines that matter most, in the order of their dates: one a date, and more only when dates run out."""
    by_date: defaultdict[str, int] = defaultdict(int)
    ranked = []
    for entry in sorted(timeline, key=lambda entry: (-entry.weight, _in_time(entry))):
        ranked.append((by_date[day_value(entry.date)], -entry.weight, _in_time(entry), entry))
        by_date[day_value(entry.date)] += 1
    chosen = sorted(ranked, key=lambda one: one[:3])[:n]
    return tuple(sorted((entry for *_, entry in chosen), key=_in_time))


def _dates_in(reading: Reading) -> Callable[[Annotations, str, Date | None], _Dated]:
    return lambda *_: _Dated(age_of_news(reading), tuple(references_of(reading)))


def _tellings(read: Sequence[Reading], dated: Sequence[_Dated], memory: Memory) -> list[Telling]:
    ages = usual_ages((publisher_of(one), when.age) for one, when in zip(read, dated, strict=True))
    usual = [ages.get(publisher_of(one), 0) for one in read]
    told = (memory.recall(_TOLD, _told_in(one), *one.given, age) for one, age in zip(read, usual, strict=True))
    return [telling for some in told for telling in some]


def _told_in(reading: Reading) -> Callable[[Annotations, str, Date | None, int], tuple[Telling, ...]]:
    return lambda _, __, ___, age: tuple(one for one in tellings_of(reading, age) if may_stand(one))


def _lines(found: Sequence[Happening], weights: Mapping[str, float]) -> Iterator[TimelineEntry]:
    """The lines of one date. The first has the weight of the date, the others ever smaller shares of it."""
    ranked = sorted(found, key=lambda one: (-one.strength, one.best.order))
    for rank, happening in enumerate(ranked, 1):
        share = happening.strength / ranked[0].strength / rank
        yield _line(happening, weights.get(day_value(happening.best.telling.date), 0.0) * share)


def _line(happening: Happening, weight: float) -> TimelineEntry:
    telling = happening.best.telling
    events = [event.id for rated in happening.tellings for event in rated.telling.events]
    passages = [rated.telling.passage for rated in happening.tellings]
    return TimelineEntry(
        date=telling.date,
        events=tuple(dict.fromkeys(events)),
        evidence=tuple(dict.fromkeys(passages)),
        headline=passages[0].text,
        reports=happening.reports,
        origins=happening.origins,
        weight=weight,
    )


def _in_time(entry: TimelineEntry) -> tuple[str, str, float, str, int]:
    first = entry.evidence[0]
    return entry.date.earliest or "", entry.date.latest or "", -entry.weight, first.report, first.start
