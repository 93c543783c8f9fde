"""What a story is about, and how near a sentence is to it: centroids of TF-IDF vectors (Radev et al. 2004)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.model import Annotations, Words
from onrecord.spans import Span
from onrecord.story.timeline.lexicon import lexicon
from onrecord.syntax import Syntax

Vector = Mapping[str, float]
"""Weights of words; of length 1, or empty."""


@dataclass(frozen=True, slots=True)
class Story:
    """What all reports together are about.

    Attributes:
        rarity: of each word, the logarithm of how many origins there are to one that uses it.
        centroid: the mean of the origins' vectors. An origin counts once, however often it was copied.
    """

    rarity: Mapping[str, float]
    centroid: Vector

    def vector(self, counts: Mapping[str, int]) -> Vector:
        """The TF-IDF vector of words that are used so often."""
        return _unit({term: (1 + math.log(n)) * self.rarity.get(term, 0.0) for term, n in counts.items()})

    def centrality(self, vector: Vector) -> float:
        """How near a vector is to the story, from 0 to 1."""
        return similarity(vector, self.centroid)


def read_story(uses: Mapping[str, Mapping[str, int]], origins: Mapping[str, str]) -> Story:
    """What the reports are about.

    Args:
        uses: by report, how often it uses each of the words that tell what it is about.
        origins: the origin of each report by its id.
    """
    by_origin: dict[str, dict[str, int]] = {}
    for report, counts in uses.items():
        most = by_origin.setdefault(origins[report], {})
        most.update({term: n for term, n in counts.items() if n > most.get(term, 0)} if most else counts)
    use = Counter(term for counts in by_origin.values() for term in counts)
    # What all reports use still weighs: in a story of two or three it is what they are about.
    rarity = {term: math.log(1 + len(by_origin) / n) for term, n in use.items()}
    story = Story(rarity, {})
    total: defaultdict[str, float] = defaultdict(float)
    for origin in sorted(by_origin):
        for term, weight in story.vector(by_origin[origin]).items():
            total[term] += weight
    return Story(rarity, _unit(total))


def terms_of(annotations: Annotations, span: Span | None = None) -> list[str]:
    """The words of a report, or of a span of it, that tell what it is about; in lower case."""
    words: Words = annotations.words
    syntax = Syntax(annotations.report.text, words)
    function_words = lexicon().function_words
    inside = range(len(words)) if span is None else syntax.words_in(span)
    forms = (syntax.folded(word) for word in inside)
    return [form for form in forms if form[0].isalnum() and form not in function_words]


def uses_of(annotations: Annotations) -> dict[str, int]:
    """How often a report uses each of those words."""
    return dict(Counter(terms_of(annotations)))


def similarity(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1."""
    small, large = sorted((one, other), key=len)
    return sum(weight * large[term] for term, weight in small.items() if term in large)


def _unit(vector: Mapping[str, float]) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}
