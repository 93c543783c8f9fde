"""Timelines: the dates that are chosen, and what is told of each, against a timeline that journalists made.

What is chosen is what `onrecord.story.timeline` weighs most: as many days as the reference has, between its first and
its last; of each day the heaviest lines, as many as the reference has sentences a day on average.

- *Date-F1*: days that both name, exactly.
- *align+ m:1 ROUGE-1 F* (Martschat and Markert 2017, "Improving ROUGE for Timeline Summarization"). For recall each
  reference date goes to the chosen date of least cost, for precision each chosen date to the reference date of least
  cost, several to one if need be. Cost is (1 - 1/(days apart + 1)) * (1 - F1 of their words). Words in common count
  1/(days apart + 1) of what they would on one day; counts are summed over all dates before dividing (micro). Words of
  grammar are left out and words meet by their lemmas, in the counts and in the cost; the published scorer takes the
  stems of Porter and its own list of such words for the counts, and words as they stand for the cost.

A report that holds the reference itself (newspapers print their timelines) is left out of what is read: more than a
tenth of the reference's sentences stand in it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.scoring.figures import Figure, Hits
from bench.scoring.workbench import Workbench
from onrecord.lemmas import lemma
from onrecord.model import TimelineEntry
from onrecord.pipeline import build
from onrecord.story.timeline import make_timeline, top
from onrecord.story.timeline.lexicon import lexicon

FOLDER = "stories/iraq-2005"
FILES = (f"{FOLDER}/articles.jsonl.gz", f"{FOLDER}/timelines.jsonl")
_DATA = "Timeline17, Iraq 2005"
_WORD = re.compile(r"[^\W_]+")
_HOLDS_REFERENCE = 0.1

Timeline = Mapping[date, Sequence[str]]
"""Of each date the sentences that tell of it."""
Bag = Counter[str]


@dataclass(frozen=True, slots=True)
class Rouge:
    """Recall and precision of words, from 0 to 1."""

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def score(bench: Workbench) -> Iterator[Figure]:
    """Both figures, in per cent."""
    reference = read_reference(bench.path(FILES[1]))
    record = _record(list(bench.objects(FILES[0])), reference)
    found = chosen(make_timeline(record), reference)
    dates = Hits()
    dates.add(list(found), list(reference))
    yield Figure("timeline", _DATA, "Date-F1", dates.f1)
    yield Figure("timeline", _DATA, "align+ m:1 ROUGE-1 F", 100 * aligned(found, reference).f1)


def read_reference(path: Path) -> dict[date, list[str]]:
    """The timeline of the first line: pairs of a day and the sentences that tell of it."""
    out: dict[date, list[str]] = {}
    for day, sentences in json.loads(path.read_text("utf-8").splitlines()[0]):
        out.setdefault(date.fromisoformat(day), []).extend(sentence.strip() for sentence in sentences)
    return out


def _record(items: Sequence[Mapping[str, Any]], reference: Timeline) -> Any:
    """The record of the reports, but for those that hold the reference."""
    told = [_key(sentence) for sentences in reference.values() for sentence in sentences]
    kept = [item for item in items if _held(item["text"], told) <= _HOLDS_REFERENCE * len(told)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text("".join(json.dumps(item) + "\n" for item in kept), "utf-8")
        return build([path], threads=1)


def _held(text: str, told: Sequence[str]) -> int:
    key = _key(text)
    return sum(sentence in key for sentence in told)


def _key(text: str) -> str:
    return " " + " ".join(_WORD.findall(text.lower())) + " "


def chosen(timeline: Sequence[TimelineEntry], reference: Timeline) -> dict[date, list[str]]:
    """What the timeline tells of the days that it weighs most; a line that may be of two days tells of both."""
    first, last = min(reference).isoformat(), max(reference).isoformat()
    lines = [entry for entry in timeline if len(entry.date.value) == len(first)]
    days = [entry.date.value for entry in top([e for e in lines if first <= e.date.value <= last], len(reference))]
    length = round(sum(map(len, reference.values())) / len(reference))
    return {date.fromisoformat(day): _told_of(day, lines, length) for day in days}


def _told_of(day: str, lines: Sequence[TimelineEntry], length: int) -> list[str]:
    """The heaviest lines that are of the day, or may be."""
    own = [entry for entry in lines if (entry.date.earliest or "") <= day <= (entry.date.latest or "")]
    return [entry.headline for entry in sorted(own, key=lambda entry: -entry.weight)[:length]]


def aligned(found: Timeline, reference: Timeline) -> Rouge:
    """The align+ m:1 variant of ROUGE-1."""
    ours = {day: _bag(sentences) for day, sentences in found.items()}
    theirs = {day: _bag(sentences) for day, sentences in reference.items()}
    return Rouge(recall=_covered(theirs, ours), precision=_covered(ours, theirs))


def _covered(wanted: Mapping[date, Bag], given: Mapping[date, Bag]) -> float:
    """The share of the words in `wanted` that the dates of `given` which they go to have as well."""
    total = sum(bag.total() for bag in wanted.values())
    if not total or not given:
        return 0.0
    right = 0.0
    for day, bag in sorted(wanted.items()):
        other = min(sorted(given), key=_cost_of(day, bag, given))
        right += _near(day, other) * (bag & given[other]).total()
    return right / total


def _cost_of(day: date, bag: Bag, given: Mapping[date, Bag]) -> Callable[[date], float]:
    return lambda other: (1 - _near(day, other)) * (1 - _overlap(bag, given[other]))


def _near(day: date, other: date) -> float:
    return 1 / (abs((day - other).days) + 1)


def _overlap(one: Bag, other: Bag) -> float:
    words = one.total() + other.total()
    return 2 * (one & other).total() / words if words else 0.0


def _bag(sentences: Sequence[str]) -> Bag:
    words = (word.lower() for sentence in sentences for word in _WORD.findall(sentence))
    return Counter(_stem(word) for word in words if word not in lexicon().function_words)


def _stem(word: str) -> str:
    return lemma(lemma(word, "VERB"), "NOUN")
