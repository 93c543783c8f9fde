"""Reports joined into stories in one pass, in the order of their days: each to the story it is most like, or a new one.

Looked at are only stories that share a heavy term with the report, and of those the likeliest few; a story that nothing
was added to for a while is closed. So neither time a report nor memory grows with the archive, only with what goes on
at one time.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from onrecord.stories.sketching import Sketch
from onrecord.stories.weighing import Meaning, Usage, Vector


@dataclass(frozen=True, slots=True)
class Grain:
    """How alike reports of one story are.

    Attributes:
        alike: from 0 to 1; the least likeness to a story that makes a report part of it.
        meaning: how much of likeness is what sentences mean; the rest is words and names.
        rest: days after its last report on which a story is closed.
        fading: days after which likeness counts half as much less again, as it does for reports without a day not.
    """

    alike: float = 0.35
    meaning: float = 0.2
    rest: int = 60
    fading: float = 0.0


@dataclass(slots=True)
class Story:
    """Reports that tell one story.

    Attributes:
        number: in the order in which stories began.
        reports: ids, in the order of their days.
        first, last: days, as numbers; None where no report has one.
        title: of the report that is most like the story.
        names, words: the heaviest, for people to know it by.
    """

    number: int
    reports: list[str] = field(default_factory=list)
    first: int | None = None
    last: int | None = None
    title: str = ""
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


_KEYS = 12
"""The heaviest terms of a report, by which stories are looked up."""
_SHOWN_BY = 25
"""The heaviest terms of a story, under which it is found."""
_KEPT = 120
"""The terms that are kept of a story."""
_COMPARED = 30
"""Stories that a report is compared with, those first that share most with it."""
_MOST_OPEN = 50_000
"""Stories open at one time; beyond it the one that rested longest is closed."""


@dataclass(slots=True)
class _Open:
    """A story that may grow: the sum of its reports' vectors, and under which terms it is found."""

    story: Story
    weights: Vector = field(default_factory=dict)
    length: float = 0.0
    meaning: Meaning | None = None
    keys: frozenset[str] = frozenset()
    best: float = -1.0


class Grouper:
    """Joins reports into stories.

    Args:
        usage: of the whole archive.
        grain: how alike reports of one story are.
    """

    def __init__(self, usage: Usage, grain: Grain) -> None:
        self._usage, self._grain = usage, grain
        self._open: dict[int, _Open] = {}
        self._by_term: defaultdict[str, set[int]] = defaultdict(set)
        self._count = 0

    def grouped(self, sketches: Iterable[Sketch]) -> Iterator[Story]:
        """The stories, each when it is closed. Sketches come in the order of their days, those without one last."""
        for sketch in sketches:
            yield from self._rested(sketch.day)
            self._place(sketch)
        for number in list(self._open):
            yield self._closed(number)

    def _place(self, sketch: Sketch) -> None:
        vector, meaning = self._usage.vector(sketch), self._usage.meaning(sketch)
        ranked = [(self._likeness(one, vector, meaning, sketch.day), -number) for number, one in self._near(vector)]
        likeness, number = max(ranked, default=(0.0, 0))
        if likeness < self._grain.alike:
            self._count += 1
            number = -self._count
            self._open[-number] = _Open(Story(-number))
        self._add(self._open.pop(-number), sketch, vector, meaning, likeness)

    def _near(self, vector: Vector) -> list[tuple[int, _Open]]:
        """The open stories that share most of the heaviest terms."""
        shared: defaultdict[int, float] = defaultdict(float)
        for term in list(vector)[:_KEYS]:
            for number in self._by_term.get(term, ()):
                one = self._open[number]
                shared[number] += vector[term] * one.weights.get(term, 0.0) / one.length
        nearest = sorted(shared, key=lambda number: (-shared[number], number))[:_COMPARED]
        return [(number, self._open[number]) for number in nearest]

    def _likeness(self, one: _Open, vector: Vector, meaning: Meaning | None, day: int | None) -> float:
        words = sum(weight * one.weights.get(term, 0.0) for term, weight in vector.items()) / one.length
        if meaning is None or one.meaning is None:
            likeness = words
        else:
            near = float(meaning @ one.meaning) / max(1e-6, float(np.linalg.norm(one.meaning)))
            likeness = (1 - self._grain.meaning) * words + self._grain.meaning * max(0.0, near)
        if self._grain.fading and day is not None and one.story.last is not None:
            likeness *= math.exp(-abs(day - one.story.last) / self._grain.fading)
        return likeness

    def _add(self, one: _Open, sketch: Sketch, vector: Vector, meaning: Meaning | None, likeness: float) -> None:
        """Puts a report into a story, which is then the last to have grown."""
        story = one.story
        self._open[story.number] = one
        story.reports.append(sketch.report)
        if sketch.day is not None:
            story.first = sketch.day if story.first is None else min(story.first, sketch.day)
            story.last = sketch.day if story.last is None else max(story.last, sketch.day)
        if likeness > one.best or not story.title:
            story.title, one.best = sketch.title, likeness
        for term, weight in vector.items():
            one.weights[term] = one.weights.get(term, 0.0) + weight
        self._trim(one)
        if meaning is not None:
            one.meaning = meaning if one.meaning is None else one.meaning + meaning

    def _trim(self, one: _Open) -> None:
        heaviest = sorted(one.weights, key=lambda term: (-one.weights[term], term))
        one.weights = {term: one.weights[term] for term in heaviest[:_KEPT]}
        one.length = math.sqrt(sum(weight * weight for weight in one.weights.values())) or 1.0
        keys = frozenset(heaviest[:_SHOWN_BY])
        for term in one.keys - keys:
            self._forget(term, one.story.number)
        for term in keys - one.keys:
            self._by_term[term].add(one.story.number)
        one.keys = keys

    def _forget(self, term: str, number: int) -> None:
        self._by_term[term].discard(number)
        if not self._by_term[term]:
            del self._by_term[term]

    def _rested(self, day: int | None) -> Iterator[Story]:
        """The stories that have rested too long by a day, and those beyond how many may be open."""
        while self._open:
            number, one = next(iter(self._open.items()))
            last = one.story.last
            too_long = day is not None and last is not None and day - last > self._grain.rest
            if not too_long and len(self._open) < _MOST_OPEN:
                return
            yield self._closed(number)

    def _closed(self, number: int) -> Story:
        one = self._open.pop(number)
        for term in one.keys:
            self._forget(term, number)
        terms = list(one.weights)
        one.story.names = tuple(term[1:] for term in terms if term.startswith("="))[:5]
        one.story.words = tuple(term for term in terms if not term.startswith("="))[:5]
        return one.story
