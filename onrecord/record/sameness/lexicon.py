"""What the comparison of events knows of English, and the weights it has learnt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.lexicons import table_of


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model of whether two events are one: an intercept, a weight a feature, and the bar to pass.

    Attributes:
        second: intercept and weights of the second look, by what `neighbours.SIGHTS` names.
    """

    intercept: float
    of: Mapping[str, float]
    bar: float
    second: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Near-synonyms and words that tell too little.

    Attributes:
        kind: lemma → number of the group of near-synonyms it is in; a lemma may be in one group only.
        empty: content words that say nothing of what a sentence is about.
        generic: triggers that never make two events one.
        recurring: triggers of what happens again and again, in one place too.
        lasting: triggers of what goes on for long, so that days may differ.
        once: triggers of what happens once to a person; once_in_place: once to a country or town, within a story.
        points: what each shared thing is worth as evidence.
        enough, enough_recurring: points from which on two events are one, and where such things recur.
        bar: what the pairs between two groups of events must reach on average to be one group.
    """

    kind: Mapping[str, int]
    empty: frozenset[str]
    generic: frozenset[str]
    recurring: frozenset[str]
    lasting: frozenset[str]
    once: frozenset[str]
    once_in_place: frozenset[str]
    points: Mapping[str, int]
    enough: int
    enough_recurring: int
    bar: float
    with_vectors: Weights
    without_vectors: Weights


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    table = table_of("sameness")
    groups = [line.split() for line in table["near_synonyms"]["groups"].splitlines()]
    words = {name: frozenset(text.split()) for name, text in table["words"].items()}
    return Lexicon(
        kind={lemma: number for number, group in enumerate(groups) for lemma in group},
        empty=words["empty"],
        generic=words["generic"],
        recurring=words["recurring"],
        lasting=words["lasting"],
        once=words["once"],
        once_in_place=words["once_in_place"],
        points=table["points"],
        **table["grouping"],
        with_vectors=_weights(table["weights"]["with_vectors"]),
        without_vectors=_weights(table["weights"]["without_vectors"]),
    )


def _weights(table: Mapping[str, Any]) -> Weights:
    own = {name: value for name, value in table.items() if name not in ("intercept", "bar", "second")}
    return Weights(table["intercept"], own, table["bar"], table["second"])
