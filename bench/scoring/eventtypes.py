"""Types of events, on the PLV sentences: roots of PLOVER, with YIELD for CONCEDE and RETREAT.

The sentences train the classifier, so its figures are those of five-fold cross-validation, and there are none for an
encoder that tells no meanings. The lexicon alone is judged where it speaks at all. It was written with sight of the
sentences: the figures flatter a little.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean
from typing import Any

from bench.scoring.figures import Figure, percent
from bench.scoring.workbench import Workbench
from onrecord.annotate.eventframes import Frames
from onrecord.annotate.eventtypes import EventTypes, root
from onrecord.annotate.factuality import factuality_of
from training.plover import analysed, cross_validated, sample_of, shipped, sides_of, trigger_of

FILE = "events/plover_train.jsonl"
CUTS = 3
"""Ways to cut the sentences into five folds, over which figures are averaged: one alone may be lucky by a point."""


def score(bench: Workbench) -> Iterator[Figure]:
    """How often the lexicon alone speaks and is right, and the classifier's accuracy and macro-F1."""
    read = [(item, *analysed(item["text"], bench.encoder)) for item in bench.objects(FILE)]
    told = [(by_words(item, *parts), item["plover15"]) for item, *parts in read]
    spoken = [(ours, gold) for ours, gold in told if ours is not None]
    yield Figure("eventtypes", "PLV", "lexicon: speaks", percent(len(spoken), len(told)))
    yield Figure("eventtypes", "PLV", "lexicon: precision", percent(sum(a == b for a, b in spoken), len(spoken)))
    if read[0][2].meaning is not None:
        items = [sample_of(item, syntax, analysis, shipped) for item, syntax, analysis in read]
        figures = [cross_validated(items, seed) for seed in range(CUTS)]
        yield Figure("eventtypes", "PLV", "five-fold accuracy", 100 * fmean(accuracy for accuracy, _ in figures))
        yield Figure("eventtypes", "PLV", "five-fold macro-F1", 100 * fmean(macro for _, macro in figures))


def by_words(item: dict[str, Any], syntax: Any, analysis: Any) -> str | None:
    """The root that the lexicon gives to the event between source and target."""
    sides = sides_of(syntax, item)
    trigger = trigger_of(Frames(syntax, analysis), sides, frozenset(word for side in sides for word in side))
    found, _ = EventTypes(syntax, analysis, by_words_alone=True).of(trigger, factuality_of(syntax, analysis, trigger))
    return root(found) if found else None
