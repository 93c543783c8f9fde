"""Groups of what is one, by average link: the surest pair first, and a group only grows while its pairs agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

_MOST_COMPARED = 8
"""Members of a group that a merge is judged by, so that the cost of large groups stays bounded."""

Judged = Callable[[int, int], float]
"""How likely two are one, from 0 to 1; negative where something forbids it."""


def grouped(count: int, pairs: Iterable[tuple[float, int, int]], judged: Judged, bar: float) -> list[int]:
    """For each of `count` things the smallest number of its group.

    Args:
        pairs: likelihood and the two things, of all pairs that may be one.
        judged: asked for pairs between groups.
        bar: what the mean over pairs between two groups must reach.
    """
    groups = [[number] for number in range(count)]
    owner = list(range(count))
    for _, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        small, large = sorted((owner[one], owner[other]), key=lambda group: (len(groups[group]), -group))
        if small == large or not _agree(groups[small], groups[large], judged, bar):
            continue
        for member in groups[small]:
            owner[member] = large
        groups[large] += groups[small]
        groups[small] = []
    first = [min(group, default=number) for number, group in enumerate(groups)]
    return [first[group] for group in owner]


def _agree(one: Sequence[int], other: Sequence[int], judged: Judged, bar: float) -> bool:
    """Whether the pairs between two groups are likely on average, and none is forbidden."""
    total, pairs = 0.0, 0
    for a in one[:_MOST_COMPARED]:
        for b in other[:_MOST_COMPARED]:
            likely = judged(a, b)
            if likely < 0:
                return False
            total += likely
            pairs += 1
    return total >= bar * pairs
