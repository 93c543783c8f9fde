"""How likely it is that two events are one, by the features and the weights they have learnt (logistic regression)."""

from __future__ import annotations

import math

from onrecord.record.sameness.features import FEATURES
from onrecord.record.sameness.lexicon import Weights, lexicon
from onrecord.record.sameness.profiles import Profile


def weights_for(one: Profile, other: Profile) -> Weights:
    """The weights that suit what is known of the two: with vectors only where both have one."""
    known = one.meaning is not None and other.meaning is not None
    return lexicon().with_vectors if known else lexicon().without_vectors


def likelihood(one: Profile, other: Profile) -> float:
    """From 0 to 1: how likely the two events are one, as far as words tell; dates and places may still forbid it."""
    return likelihood_by(weights_for(one, other), one, other)


def likelihood_by(weights: Weights, one: Profile, other: Profile) -> float:
    """The same by weights that are given."""
    total = weights.intercept + sum(weight * FEATURES[name](one, other) for name, weight in weights.of.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
