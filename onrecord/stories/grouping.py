"""Reports joined into stories in one pass, in the order of their days: each to the story it is most like, or a new one.

Looked at are only stories that share a heavy term with the report, and of those the likeliest few; a story that nothing
was added to for a while is closed. So neither time a report nor memory grows with the archive, only with what goes on
at one time.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from onrecord.stories.weighing import Meaning, Vector, unit


@dataclass(frozen=True, slots=True)
class Grain:
    """How alike is what one story joins.

    Attributes:
        alike: from 0 to 1; the least likeness to a story that makes a report part of it.
        meaning: how much of likeness is what sentences mean; the rest is words and names.
        rest: days after its last report on which a story is closed; None for never.
        keys: the heaviest terms by which stories are looked up.
    """

    alike: float = 0.35
    meaning: float = 0.2
    rest: int | None = 60
    keys: int = 12


WIDE = Grain(alike=0.05, meaning=0.0, rest=None, keys=60)
"""How alike stories are that are parts of one wider story: a war of a year, and not one battle."""


@dataclass(slots=True)
class Story:
    """Reports that tell one story.

    Attributes:
        number: in the order in which stories began.
        reports: ids, in the order of their days.
        first, last: days, as numbers; None where no report has one.
        title: of the report that is most like the story.
        names, words: the heaviest, for people to know it by.
        weights: the sum of its reports' vectors, the heaviest terms of it.
    """

    number: int
    reports: list[str] = field(default_factory=list)
    first: int | None = None
    last: int | None = None
    title: str = ""
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    weights: Vector = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """What joins a story: a report, or a whole story that is part of a wider one."""

    reports: Sequence[str]
    title: str
    first: int | None
    last: int | None
    weights: Vector
    meaning: Meaning | None = None


def item_of_story(story: Story) -> Item:
    """A story as what joins a wider one."""
    return Item(story.reports, story.title, story.first, story.last, story.weights)


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
    length: float = 1.0
    meaning: Meaning | None = None
    keys: frozenset[str] = frozenset()
    best: float = -1.0


class Grouper:
    """Joins reports into stories.

    Args:
        grain: how alike reports of one story are.
    """

    def __init__(self, grain: Grain) -> None:
        self._grain = grain
        self._open: dict[int, _Open] = {}
        self._by_term: defaultdict[str, set[int]] = defaultdict(set)
        self._count = 0

    def grouped(self, items: Iterable[Item]) -> Iterator[Story]:
        """The stories, each when it is closed. Reports come in the order of their days, those without one last."""
        for item in items:
            yield from self._rested(item.first)
            self._place(item)
        for number in list(self._open):
            yield self._closed(number)

    def _place(self, item: Item) -> None:
        vector = unit(item.weights)
        ranked = [(self._likeness(one, vector, item.meaning), -number) for number, one in self._near(vector)]
        likeness, number = max(ranked, default=(0.0, 0))
        if likeness < self._grain.alike:
            self._count += 1
            number = -self._count
            self._open[-number] = _Open(Story(-number))
        self._add(self._open.pop(-number), item, likeness)

    def _near(self, vector: Vector) -> list[tuple[int, _Open]]:
        """The open stories that share most of the heaviest terms."""
        shared: defaultdict[int, float] = defaultdict(float)
        for term in list(vector)[: self._grain.keys]:
            for number in self._by_term.get(term, ()):
                one = self._open[number]
                shared[number] += vector[term] * one.weights.get(term, 0.0) / one.length
        nearest = sorted(shared, key=lambda number: (-shared[number], number))[:_COMPARED]
        return [(number, self._open[number]) for number in nearest]

    def _likeness(self, one: _Open, vector: Vector, meaning: Meaning | None) -> float:
        words = sum(weight * one.weights.get(term, 0.0) for term, weight in vector.items()) / one.length
        if meaning is None or one.meaning is None:
            return words
        near = float(meaning @ one.meaning) / max(1e-6, float(np.linalg.norm(one.meaning)))
        return (1 - self._grain.meaning) * words + self._grain.meaning * max(0.0, near)

    def _add(self, one: _Open, item: Item, likeness: float) -> None:
        """Puts a report into a story, which is then the last to have grown."""
        story = one.story
        self._open[story.number] = one
        story.reports += item.reports
        story.first = min((day for day in (story.first, item.first) if day is not None), default=None)
        story.last = max((day for day in (story.last, item.last) if day is not None), default=None)
        if likeness > one.best or not story.title:
            story.title, one.best = item.title, likeness
        for term, weight in item.weights.items():
            one.weights[term] = one.weights.get(term, 0.0) + weight
        self._trim(one)
        if item.meaning is not None:
            one.meaning = item.meaning if one.meaning is None else one.meaning + item.meaning

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
            rest = self._grain.rest
            too_long = rest is not None and day is not None and last is not None and day - last > rest
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
        one.story.weights = one.weights
        return one.story
