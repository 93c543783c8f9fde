"""Errors counted by class, with examples, and scores counted by how sure they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Errors of one layer: how many of each class, and the words of each."""

    title: str
    counts: Counter[str] = field(default_factory=Counter)
    examples: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: str, example: str = "") -> None:
        self.counts[kind] += 1
        if example:
            self.examples[kind].append(" ".join(example.split()))

    def lines(self, show: int, most: int = 20) -> Iterator[str]:
        """The classes, the commonest first, each with up to `show` examples spread over the corpus."""
        yield f"{self.title}: {self.counts.total()} errors"
        for kind, count in self.counts.most_common(most):
            yield f"  {count:6}  {kind}"
            found = self.examples[kind]
            for example in found[:: max(1, len(found) // show)][:show] if show else ():
                yield f"            {example[:200]}"


@dataclass(slots=True)
class Sureness:
    """How often what is said with a likelihood is right, by bins of the likelihood."""

    title: str
    bounds: Sequence[float] = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
    given: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, likelihood: float, right: bool) -> None:
        self.given.append((likelihood, right))

    def lines(self) -> Iterator[str]:
        """Per bin: how sure, how often right, how many; then what is right if all that is less sure is left out."""
        yield f"{self.title}, how sure it is"
        for low, high in zip((0.0, *self.bounds), (*self.bounds, 1.01), strict=True):
            held = [(sure, right) for sure, right in self.given if low <= sure < high]
            if held:
                said, true = _mean(sure for sure, _ in held), _mean(right for _, right in held)
                yield f"  {low:4.2f} to {min(high, 1):4.2f}  said {said:6.1%}  right {true:6.1%}  of {len(held):6}"
        yield f"{self.title}, what abstaining pays"
        ranked = sorted(self.given, reverse=True)
        for share in (1.0, 0.95, 0.9, 0.8, 0.7, 0.5):
            kept = ranked[: max(1, round(share * len(ranked)))] if ranked else []
            if kept:
                yield f"  the surest {share:4.0%}  right {_mean(right for _, right in kept):6.1%}"


def _mean(values: Iterable[float]) -> float:
    listed = [float(value) for value in values]
    return sum(listed) / len(listed) if listed else 0.0
