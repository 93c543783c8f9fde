"""Tellings: sentences of reports that tell of a date, and of what happens on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.dates import Date
from onrecord.model import Event
from onrecord.spans import Passage
from onrecord.story.timeline.centrality import terms_of
from onrecord.story.timeline.news import NEWS_SENTENCES, age_of_news, is_past, news_date
from onrecord.story.timeline.reading import Named, Reading, day_value

When = Literal["told", "said", "named", "news"]
"""How a sentence has its date: of an event in it, of its being said, of something else in it, or as news of the day."""

_ENDLESS = 1000
"""Code points of a sentence that may be a line at most: a text without full stops is one sentence."""
_HAPPENING = frozenset(("asserted", "planned"))
_AHEAD = frozenset(("possible", "requested", "conditional"))


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that tells what happens on a date.

    Attributes:
        origin: of the report; day: on which it was written (ISO 8601), "" where that is not known.
        passage: the sentence without what the page put before it; place: its number in the report's running text.
        uses: how often the sentence uses each of the words that tell what it is about.
        date: when it happens; dates: how many days and stretches the sentence names.
        events: that happen then, the one that bears the date best first; empty where only something is said.
        depth: clauses between the head of the sentence and that event.
        subject: of the sentence, one word in lower case; "" where none is known.
    """

    passage: Passage
    uses: Mapping[str, int]
    origin: str
    day: str
    place: int
    date: Date
    dates: int
    when: When
    events: tuple[Event, ...]
    depth: int
    subject: str

    @property
    def report(self) -> str:
        return self.passage.report

    @property
    def text(self) -> str:
        return self.passage.text


def tellings_of(reading: Reading, age: int) -> Iterator[Telling]:
    """All tellings of a report; `age` is how old its publisher's news usually is, in days."""
    own = age_of_news(reading)
    for place, sentence in enumerate(reading.sentences):
        if len(sentence) > _ENDLESS or (place in reading.sourcing and reading.leans(place)):
            continue
        yield from _told(reading, place)
        yield from _beside(reading, place)
        if place < NEWS_SENTENCES and not reading.times.get(place):
            yield from _news(reading, place, news_date(reading, own, age))


def _told(reading: Reading, place: int) -> Iterator[Telling]:
    """The dates of a sentence on which something in it happens."""
    names = reading.times.get(place, ())
    free = {named.value for named in names if reading.is_adverbial(named.span)}
    bound = {(named.value, reading.modified(named.span)) for named in names}
    by_date: defaultdict[str, list[Event]] = defaultdict(list)
    for event in reading.events.get(place, ()):
        if event.date is None or not _may_stand(event, event.date, reading.day):
            continue
        value = day_value(event.date)
        if value in free or (value, event.trigger.start) in bound:
            by_date[value].append(event)
    for value in sorted(by_date):
        yield from _telling(reading, place, "told", by_date[value])


def _may_stand(event: Event, when: Date, written: str) -> bool:
    """What is denied never happened; what is only possible or asked for stands where its date is still to come."""
    if event.factuality in _HAPPENING:
        return True
    return event.factuality in _AHEAD and bool(written) and when.earliest is not None and when.earliest > written


def _telling(reading: Reading, place: int, when: When, events: Sequence[Event]) -> Iterator[Telling]:
    """The telling of events that have one date, that which is nearest to the head of the sentence first."""
    depths = {event.id: reading.depth(event.trigger) for event in events}
    ordered = sorted(events, key=lambda event: (depths[event.id], event.trigger.start, event.id))
    if ordered[0].date is not None:
        yield _made(reading, place, ordered[0].date, when, tuple(ordered), depths[ordered[0].id])


def _made(reading: Reading, place: int, when: Date, how: When, events: tuple[Event, ...], depth: int) -> Telling:
    return Telling(
        passage=reading.annotations.report.passage(reading.sentences[place]),
        uses=dict(Counter(terms_of(reading.annotations, reading.sentences[place]))),
        origin=reading.origin,
        day=reading.day,
        place=place,
        date=replace(when, value=day_value(when)),  # a line stands for a day, whatever the hour
        dates=len({named.value for named in reading.times.get(place, ())}),
        when=how,
        events=events,
        depth=depth,
        subject=reading.subject(place),
    )


def _beside(reading: Reading, place: int) -> Iterator[Telling]:
    """The dates on which something in a sentence was said, or is so ("the ministers were divided on Monday")."""
    seen = {day_value(event.date) for event in reading.events.get(place, ()) if event.date is not None}
    happened = {event.trigger.start for event in reading.events.get(place, ()) if event.factuality == "asserted"}
    names = [
        named
        for named in reading.times.get(place, ())
        if reading.is_adverbial(named.span) or reading.modified(named.span) in happened
    ]
    both: tuple[tuple[When, Sequence[Named]], ...] = (("said", reading.said.get(place, ())), ("named", names))
    for when, found in both:
        for named in found:
            if named.value not in seen:
                seen.add(named.value)
                yield _made(reading, place, named.when, when, (), reading.depth(named.span))


def _news(reading: Reading, place: int, when: Date | None) -> Iterator[Telling]:
    """A sentence at the head of a report that tells in the past tense what happened, and does not say when."""
    if when is None:
        return
    # An event with the report's own date, where the sentence names none, has it from the stamp that was cut off.
    events = [
        event
        for event in reading.events.get(place, ())
        if event.factuality == "asserted" and (event.date is None or event.date.latest == reading.day)
    ]
    if not events or not is_past(reading.syntax, reading.sentences[place]) or _head_is_denied(reading, place):
        return
    known = {event.id: event for event in events}
    for told in _telling(reading, place, "news", [replace(event, date=when) for event in events]):
        yield replace(told, events=tuple(known[event.id] for event in told.events))


def _head_is_denied(reading: Reading, place: int) -> bool:
    """Whether what the sentence is about did not happen, or is not sure to have."""
    events = reading.events.get(place, ())
    first = min(events, key=lambda event: (reading.depth(event.trigger), event.trigger.start), default=None)
    return first is not None and first.factuality != "asserted"
