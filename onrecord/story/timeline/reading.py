"""Reports as the timeline reads them: sentences of the running text, and what in each of them has a date."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from onrecord.dates import Date
from onrecord.furniture import is_furniture
from onrecord.model import Annotations, Event, Record
from onrecord.spans import Span, trimmed
from onrecord.story.timeline.lexicon import lexicon
from onrecord.syntax import Syntax

_CREDIT = re.compile(
    r"(?:Photograph|Photo|Picture|Credit|Image)s?: ?[^\n.]{1,50}?\\?/ ?(?:[A-Z]{2,}\b|[A-Z]\w+(?: Images)?)(?=\s)"
)
"""Who took the picture, where a page put it before the text."""
_CLOCK = re.compile(
    r"[\s,|–—-]{1,4}(?:at )?\d{1,2}[.:]\d{2}(?:\s?[ap]\.?m\b\.?)?(?:\s[A-Z]{2,4}\b)?", re.ASCII | re.IGNORECASE
)
_PLACED = re.compile(
    r"[A-Z][A-Z .'’-]{2,40}(?:, [A-Z][\w. ]{2,20})? \([A-Z][^()\n]{1,30}\)\s{0,2}(?:[—–]|--?)\s{1,2}(?=\S)"
)
"""A dateline that was not taken for one: a place in capitals, an agency nobody knows, a dash."""
_FUSED = re.compile(
    r"(?<!\w)(?P<before>[^\W\d_][\w'’-]{0,30})['’”\")]?\s{1,3}"
    r"(?P<opening>The|A|An|In|On|At|It|This|These|There|He|She|They|When|As|After|With|While|For)(?= [\w“\"‘])"
)
"""A word that opens a sentence, with nothing that ends one before it."""
_LONGEST_STANDFIRST, _SHORTEST = 400, 4
"""Code points of the lines above a story, and the words of these and of the sentence at least."""
_STAMPED = 3
"""Sentences at the head of a report that may hold the stamp of the page."""
_COARSEST = 366
"""Days of the longest stretch that a line of the timeline stands for."""
_ASIDE = frozenset(("acl", "advcl", "csubj"))
_DEEP = 9
_PHRASE = 5
"""Words behind a date among which the noun stands that it belongs to."""
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ"))
_NOT_SAID = frozenset(("question", "refusal-to-comment"))


@dataclass(frozen=True, slots=True)
class Named:
    """Words that bear a date, from its first day to its last."""

    span: Span
    when: Date
    first: date
    last: date

    @classmethod
    def of(cls, span: Span, when: Date | None) -> Named | None:
        """None where the date is no stretch of time short enough for a line of the timeline."""
        if when is None or when.earliest is None or when.latest is None:
            return None
        first, last = date.fromisoformat(when.earliest), date.fromisoformat(when.latest)
        return cls(span, when, first, last) if (last - first).days < _COARSEST else None

    @property
    def value(self) -> str:
        return day_value(self.when)


@dataclass(frozen=True, slots=True)
class Reference:
    """That a report names a day or stretch: in which sentence, and how many days before it was written (or None)."""

    named: Named
    place: int
    lag: int | None


@dataclass(frozen=True)
class Reading:
    """One report as the timeline reads it: its sentences, and what in each of them has a date."""

    annotations: Annotations
    origin: str
    written: Date | None

    @property
    def given(self) -> tuple[Annotations, str, Date | None]:
        """All that it is made of."""
        return self.annotations, self.origin, self.written

    @property
    def day(self) -> str:
        return self.written.latest or "" if self.written is not None else ""

    @cached_property
    def syntax(self) -> Syntax:
        return Syntax(self.annotations.report.text, self.annotations.words)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the running text, without what the page put before them."""
        text, body = self.annotations.report.text, self.annotations.report.body
        out = []
        for number, sentence in enumerate(s for s in self.annotations.sentences if s.end > body):
            start = max(sentence.start, body, self._stamp_end(sentence) if number < _STAMPED else 0)
            if number == 0:
                placed = _PLACED.match(text, start, sentence.end)
                start = max(start, placed.end() if placed else standfirst_end(text, start, sentence.end))
            span = trimmed(text, start, sentence.end) if start < sentence.end else None
            if span is not None and not is_furniture(span.of(text)):
                out.append(span)
        return tuple(out)

    def _stamp_end(self, sentence: Span) -> int:
        """Where the stamp of a page ends that stands in the sentence: a calendar day and a clock, or a credit."""
        text = self.annotations.report.text
        ends = [credit.end() for credit in _CREDIT.finditer(text, sentence.start, sentence.end)]
        for time in self.annotations.times:
            if sentence.contains(time.span) and time.rule == "calendar-day":
                clock = _CLOCK.match(text, time.span.end)
                if clock is not None:
                    ends.append(clock.end())
        return max(ends, default=0)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def place_of(self, span: Span) -> int | None:
        """The number of the sentence that holds the span, or None: it stands in what was cut off."""
        place = bisect_right(self._starts, span.start) - 1
        return place if place >= 0 and self.sentences[place].contains(span) else None

    @cached_property
    def times(self) -> dict[int, list[Named]]:
        """The days and stretches that each sentence names."""
        return self._placed(Named.of(time.span, time.date) for time in self.annotations.times)

    @cached_property
    def said(self) -> dict[int, list[Named]]:
        """The words of saying in each sentence that have a date."""
        said = (one for one in self.annotations.statements if one.attitude not in _NOT_SAID)
        return self._placed(Named.of(one.cue, one.said) for one in said if one.cue is not None)

    @cached_property
    def sourcing(self) -> frozenset[int]:
        """The sentences that tell why a source is not named."""
        spans = (one.source.reason for one in self.annotations.statements)
        return frozenset(place for span in spans if span is not None and (place := self.place_of(span)) is not None)

    def _placed(self, found: Iterable[Named | None]) -> dict[int, list[Named]]:
        out: defaultdict[int, list[Named]] = defaultdict(list)
        for named in found:
            place = None if named is None else self.place_of(named.span)
            if named is not None and place is not None:
                out[place].append(named)
        return out

    @cached_property
    def events(self) -> dict[int, list[Event]]:
        """The events of each sentence."""
        out: defaultdict[int, list[Event]] = defaultdict(list)
        for event in self.annotations.events:
            place = self.place_of(event.trigger)
            if place is not None:
                out[place].append(event)
        return out

    def depth(self, span: Span) -> int:
        """The clauses between the head of the sentence and the word; a noun counts as one more. 9 without syntax."""
        inside = self.syntax.words_in(span)
        if not self.syntax.tagged or not inside:
            return _DEEP
        path = [inside[0], *self.syntax.ancestors(inside[0])]
        relations = [self.syntax.words.relation[word] for word in path]
        # What is said is no aside: the clause under a verb of saying is as much the news as the saying.
        borders = sum(relation in _ASIDE for relation in relations)
        return borders + (self.syntax.tag(inside[0]) not in ("VERB", "AUX"))

    def subject(self, place: int) -> str:
        """The word that the sentence is about, in lower case; "" where none is known."""
        head = self.syntax.head_of(self.sentences[place])
        word = None if head is None else self.syntax.own_subject(head)
        return "" if word is None else self.syntax.folded(word)

    def leans(self, place: int) -> bool:
        """Whether the sentence is about a pronoun."""
        return self.subject(place) in lexicon().leaning

    def is_adverbial(self, span: Span) -> bool:
        """Whether words of time say when something is so ("divided on Monday"), and not which thing is meant.

        Those that stand before a noun they hang on tell which: "the 7 March memorandum". Without syntax nobody knows.
        """
        if self._named_by(span) is not None:
            return False
        head = self.syntax.head_of(span)
        if head is None:
            return True
        above = self.syntax.words.head[head]
        return above <= head or self.syntax.tag(above) not in ("NOUN", "PROPN")

    def _named_by(self, span: Span) -> int | None:
        """The noun that words of time stand before, behind an article, whatever the tree says: "the May 4 raid"."""
        inside = self.syntax.words_in(span)
        if not self.syntax.tagged or not inside or inside[0] == 0 or self.syntax.tag(inside[0] - 1) != "DET":
            return None
        noun, last = None, len(self.syntax.words) - 1
        for word in range(inside[-1] + 1, min(last, inside[-1] + _PHRASE) + 1):
            if self.syntax.tag(word) not in _NOMINAL:
                break
            noun = word if self.syntax.tag(word) in ("NOUN", "PROPN") else noun
        return noun

    def modified(self, span: Span) -> int:
        """Where the word begins that words of time hang on; -1 without syntax."""
        named = self._named_by(span)
        if named is not None:
            return self.syntax.words.starts[named]
        head = self.syntax.head_of(span)
        return -1 if head is None else self.syntax.words.starts[self.syntax.words.head[head]]


def standfirst_end(text: str, start: int, end: int) -> int:
    """Where the lines above a story end that run on into its first sentence without a full stop; `start` if none do.

    "Docks to close Union furious The port of Alma said" goes on at "The": an article or the like with a capital
    letter behind a word that does not ask for a name.
    """
    for match in _FUSED.finditer(text, start, min(end, start + _LONGEST_STANDFIRST)):
        before = text[start : match.start()]
        title = match["before"].lower() in lexicon().before_titles or match["before"][:1].isupper()
        if len(before.split()) >= _SHORTEST and len(text[match.end() : end].split()) >= _SHORTEST and not title:
            return match.start("opening")
    return start


def readings(record: Record) -> list[Reading]:
    """The reports of a record as the timeline reads them, by id."""
    out = []
    for one in sorted(record.annotations, key=lambda one: one.report.id):
        lineage, dated = record.lineage.get(one.report.id), record.dates.get(one.report.id)
        origin = one.report.id if lineage is None else lineage.origin
        out.append(Reading(one, origin, None if dated is None else dated.date))
    return out


def references_of(reading: Reading) -> Iterator[Reference]:
    """All days and stretches that a report names."""
    written = date.fromisoformat(reading.day) if reading.day else None
    for place, names in reading.times.items():
        for named in names:
            yield Reference(named, place, None if written is None else (written - named.last).days)


def publisher_of(reading: Reading) -> str:
    """The publisher of a report; "" where it is not known."""
    return reading.annotations.report.publisher or ""


def day_value(when: Date) -> str:
    """The value of a date without the time of day."""
    return when.value.partition("T")[0]
