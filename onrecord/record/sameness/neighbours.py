"""The second look at two events: what all others that they may be one with say of it.

Two tellings of one happening are like the same third tellings; two happenings told in like words each have tellings of
their own. So after the first look at every pair, each is looked at again, with three numbers: how likely it was at
first, how many of the others that either may be one with are shared, and how far those agree.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

SIGHTS = ("intercept", "own", "shared", "agreed")
"""What the second look weighs: the log-odds of the first, the share of neighbours in common, their agreement."""
_LIKELY = 0.4
"""Likelihood from which on two are neighbours."""
_LEAST = 0.05
"""Likelihood under which a neighbour adds nothing to the agreement."""
_SUREST = 1e-6

Pair = tuple[int, int]


class Neighbours:
    """Of each thing those that it may be one with, by the likelihoods of a first look.

    Args:
        pairs: likelihood, from 0 to 1, of each pair of things that may be one.
    """

    def __init__(self, pairs: Iterable[tuple[float, int, int]]) -> None:
        self._near: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for likely, one, other in pairs:
            if likely >= _LEAST:
                self._near[one][other] = self._near[other][one] = likely
        self._total = {thing: sum(near.values()) for thing, near in self._near.items()}
        self._likely = {thing: _likely_of(near) for thing, near in self._near.items()}

    def sights(self, likely: float, one: int, other: int) -> tuple[float, float, float]:
        """The log-odds of a pair, the share of its neighbours in common (Jaccard), and how far all agree."""
        return _log_odds(likely), self._shared(one, other), self._agreed(one, other)

    def again(self, weights: Mapping[str, float], likely: float, one: int, other: int) -> float:
        """How likely the pair is at the second look."""
        own, shared, agreed = self.sights(likely, one, other)
        total = weights["intercept"] + weights["own"] * own
        return _logistic(total + weights["shared"] * shared + weights["agreed"] * agreed)

    def are_alone(self, one: int, other: int) -> bool:
        """Whether neither has a neighbour besides the other."""
        mine, theirs = self._likely.get(one, frozenset()), self._likely.get(other, frozenset())
        return mine <= {other} and theirs <= {one}

    def _shared(self, one: int, other: int) -> float:
        mine, theirs = self._likely.get(one, frozenset()), self._likely.get(other, frozenset())
        shared = len(mine & theirs)
        return shared / (len(mine) + len(theirs) - shared) if shared else 0.0

    def _agreed(self, one: int, other: int) -> float:
        mine, theirs = self._near.get(one), self._near.get(other)
        if not mine or not theirs:
            return 0.0
        small, large = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
        agreed = sum(likely * large[thing] for thing, likely in small.items() if thing in large)
        return agreed / min(self._total[one], self._total[other])


def _likely_of(near: Mapping[int, float]) -> frozenset[int]:
    return frozenset(thing for thing, likely in near.items() if likely >= _LIKELY)


def _log_odds(likely: float) -> float:
    held = min(1 - _SUREST, max(_SUREST, likely))
    return math.log(held / (1 - held))


def _logistic(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
