"""Happenings: tellings of one date that tell the same, and how good each telling is as the headline."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.story.timeline.centrality import Story, Vector, similarity
from onrecord.story.timeline.lexicon import lexicon
from onrecord.story.timeline.reading import day_value
from onrecord.story.timeline.tellings import Telling, When

_SAME = 0.4
"""Cosine from which two sentences about one date tell the same."""
_KEYS = 6
"""The heaviest words of a sentence: two that share none of them are not compared."""
_LEAST = 0.02
"""Centrality at least: what shares no word with the rest of the story may still be told."""
_EARLY = 5
"""The sentence of a report that counts half as much as its first."""
_QUOTED = re.compile(r"[“\"][^”\"]{0,500}+[”\"]")
_OPENING, _CLOSING = "“", "”"
_SHORT, _LONG = 6, 25
"""Words under which a sentence is a scrap, and over which it is longer than a line should be."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A telling, what it is about, and how well it would stand as a line of its own (0 to 1)."""

    telling: Telling
    vector: Vector
    score: float

    @property
    def order(self) -> tuple[float, str, str, int]:
        """The best first; of equals the earliest report's."""
        return -self.score, self.telling.day, self.telling.report, self.telling.passage.start


@dataclass(slots=True)
class Happening:
    """Tellings that are one, the best of them first."""

    tellings: list[Rated] = field(default_factory=list)

    @property
    def best(self) -> Rated:
        return self.tellings[0]

    @property
    def origins(self) -> int:
        return len({rated.telling.origin for rated in self.tellings})

    @property
    def reports(self) -> int:
        return len({rated.telling.report for rated in self.tellings})

    @property
    def strength(self) -> float:
        """How well it is told, by all origins together; each counts with its best telling."""
        by_origin: dict[str, float] = {}
        for rated in self.tellings:
            by_origin[rated.telling.origin] = max(by_origin.get(rated.telling.origin, 0.0), rated.score)
        return sum(by_origin[origin] for origin in sorted(by_origin))


def rate(telling: Telling, story: Story, report: float) -> Rated:
    """The telling with its score: how near it is to the story, squared, times what each feature says of it.

    Args:
        report: how near its report is to the story.
    """
    vector = story.vector(telling.uses)
    score = (_LEAST + story.centrality(vector)) ** 2 * (_LEAST + report)
    for feature in FEATURES:
        score *= feature(telling)
    return Rated(telling, vector, score)


def may_stand(telling: Telling) -> bool:
    """Whether a sentence may be a line at all: not if it asks, or tells of the page around the report."""
    low = telling.text.lower()
    return not low.rstrip("”\"'’ ").endswith("?") and not any(words in low for words in lexicon().page)


def _early(telling: Telling) -> float:
    """What stands at the head of a report is its news."""
    return 1 / (1 + telling.place / _EARLY)


def _main_clause(telling: Telling) -> float:
    """A date in an aside is not what the sentence is about."""
    return 1 / (1 + telling.depth)


def _one_date(telling: Telling) -> float:
    """A sentence that names one date tells of it alone."""
    return 1 / math.sqrt(max(1, telling.dates))


def _sure_of_date(telling: Telling) -> float:
    """That a happening has the date is told; that something was said then is less; news of the day is a guess."""
    shares: Mapping[When, float] = {"told": 1.0, "said": 0.6, "named": 0.25, "news": 0.5}
    return shares[telling.when]


def _happens(telling: Telling) -> float:
    """What is only possible, or asked for, may never happen."""
    return 1.0 if not telling.events or telling.events[0].factuality in ("asserted", "planned") else 0.5


def _readable(telling: Telling) -> float:
    """A headline is neither a scrap nor a page."""
    words = len(telling.text.split())
    if words < _SHORT:
        return 0.05
    return 1.0 if words <= _LONG else _LONG / words


def _stands_alone(telling: Telling) -> float:
    """A sentence that opens with a pronoun or a connective, or is about a pronoun, leans on the one before it."""
    first = re.search(r"[^\W\d_]+", telling.text)
    leans = first is None or first[0].lower() in lexicon().leaning or telling.subject in lexicon().leaning
    return 0.3 if leans else 1.0


def _is_reported(telling: Telling) -> float:
    """Words of those who speak in the first person, and quotations broken off, are no headlines."""
    text = telling.text
    words = re.findall(r"[^\W\d_]+", _QUOTED.sub(" ", text))
    outside = {word.lower() for word in words if len(word) == 1 or not word.isupper()}  # "US" is no pronoun
    broken = text.count(_OPENING) != text.count(_CLOSING) or text.count('"') % 2 == 1
    return (0.3 if broken else 1.0) * (0.2 if outside & lexicon().speaking else 1.0)


FEATURES: tuple[Callable[[Telling], float], ...] = (
    _early,
    _main_clause,
    _one_date,
    _sure_of_date,
    _happens,
    _readable,
    _stands_alone,
    _is_reported,
)
"""What makes a telling a good headline, as factors of its score."""


class Alike:
    """Tellings by their heaviest words, so that each is compared only with those that may tell the same."""

    def __init__(self, same: Mapping[str, str]) -> None:
        self._same = same
        self._all: list[Rated] = []
        self._by_key: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, rated: Rated) -> int:
        """Keeps a telling; its number."""
        self._all.append(rated)
        for key in self._keys(rated):
            self._by_key[key].append(len(self._all) - 1)
        return len(self._all) - 1

    def find(self, rated: Rated) -> int | None:
        """The number of the first telling kept that tells the same."""
        near = sorted({number for key in self._keys(rated) for number in self._by_key.get(key, ())})
        return next((number for number in near if self._tells_same(rated, self._all[number])), None)

    def _keys(self, rated: Rated) -> list[str]:
        heaviest = sorted(rated.vector, key=lambda term: (-rated.vector[term], term))[:_KEYS]
        return [*heaviest, *shared_events(rated, self._same)]

    def _tells_same(self, one: Rated, other: Rated) -> bool:
        if set(shared_events(one, self._same)) & set(shared_events(other, self._same)):
            return True
        return similarity(one.vector, other.vector) >= _SAME


def happenings(rated: Sequence[Rated], same: Mapping[str, str]) -> list[Happening]:
    """The happenings of one date: each telling, best first, joins the first happening that tells the same.

    Args:
        same: by event the event that stands for all tellings of it, where reports were compared.
    """
    out: list[Happening] = []
    best = Alike(same)
    for one in sorted(rated, key=lambda one: one.order):
        number = best.find(one)
        if number is None:
            number = best.add(one)
            out.append(Happening())
        out[number].tellings.append(one)
    return out


def shared_events(rated: Rated, same: Mapping[str, str]) -> list[str]:
    """The event that a telling is about, if there is one, under the id that stands for all tellings of it."""
    return [same.get(event.id, event.id) for event in rated.telling.events[:1]]


def by_day(tellings: Iterable[Rated]) -> dict[str, list[Rated]]:
    """The tellings of each date, by its value."""
    out: defaultdict[str, list[Rated]] = defaultdict(list)
    for one in tellings:
        out[day_value(one.telling.date)].append(one)
    return dict(out)
