"""Learns the weights by which events are held to be one, and says what they are worth on topics they have not seen.

    python bench/sameness.py --data ../shared/data [--model encoder.onnx]

Logistic regression over pairs of triggers of ECB+ within a subtopic (Newton's method, ridge penalty), once with the
features that need vectors and once without; then a second look at each pair by what the first says of its neighbours
(`onrecord/record/sameness/neighbours.py`), learnt on the same pairs. Weights learnt on odd topics are printed as they
stand in `onrecord/data/sameness.toml`; the table below them shows both halves, learnt on the one and measured on the
other. The bar is the one that does best on the half that was learnt from.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a script too

from bench.scoring.coreference import Tally
from bench.scoring.sameness import (
    Story,
    annotated,
    clusters,
    first_look,
    grouped_by,
    groups_of,
    pairs_of,
    second_look,
    tallied,
)
from bench.scoring.workbench import Workbench
from onrecord.record.sameness.features import FEATURES, OF_VECTORS
from onrecord.record.sameness.lexicon import Weights
from onrecord.record.sameness.neighbours import SIGHTS, Neighbours

ROOT = Path(__file__).resolve().parent.parent
RIDGE = 1e-3
STEPS = 60
BARS = (0.25, 0.3, 0.35, 0.4, 0.45)
Floats = NDArray[np.float64]


def examples(stories: Sequence[Story], names: Sequence[str]) -> tuple[Floats, Floats]:
    """Features [P, F] of the pairs of all stories, and whether each is one event [P]."""
    rows, truths = [], []
    for story in stories:
        for one, other in pairs_of(story.profiles):
            rows.append([FEATURES[name](story.profiles[one], story.profiles[other]) for name in names])
            truths.append(story.chains[one] == story.chains[other])
    return np.array(rows, dtype=float), np.array(truths, dtype=float)


def learnt(features: Floats, truth: Floats) -> tuple[float, Floats]:
    """Intercept and weights [F] of the logistic regression; features are standardised for the penalty."""
    centre, spread = features.mean(0), features.std(0) + 1e-9
    inputs = np.c_[np.ones(len(features)), (features - centre) / spread]
    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        guess = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (guess - truth) / len(truth) + RIDGE * np.r_[0, weights[1:]]
        bend = (inputs * (guess * (1 - guess))[:, None]).T @ inputs / len(truth) + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    own = weights[1:] / spread
    return float(weights[0] - own @ centre), own


def weights_from(stories: Sequence[Story], names: Sequence[str]) -> Weights:
    """What is learnt from the stories, first look and second, with the bar that does best on them."""
    intercept, values = learnt(*examples(stories, names))
    of = {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}
    first = Weights(round(intercept, 3), of, BARS[0], {})
    known = [first_look(story.profiles, first) for story in stories]
    again = replace(first, second=second_from(stories, known))
    seen = [second_look(pairs, again) for pairs in known]
    return max((replace(again, bar=bar) for bar in BARS), key=lambda weights: conll(stories, seen, weights.bar))


def second_from(stories: Sequence[Story], known: Sequence[Mapping[tuple[int, int], float]]) -> dict[str, float]:
    """What the second look learns from the first."""
    rows, truths = [], []
    for story, pairs in zip(stories, known, strict=True):
        near = Neighbours((value, *pair) for pair, value in pairs.items())
        rows += [near.sights(value, *pair) for pair, value in pairs.items()]
        truths += [story.chains[one] == story.chains[other] for one, other in pairs]
    intercept, values = learnt(np.array(rows, dtype=float), np.array(truths, dtype=float))
    return {name: round(float(value), 3) for name, value in zip(SIGHTS, (intercept, *values), strict=True)}


def conll(stories: Sequence[Story], seen: Sequence[Mapping[tuple[int, int], float]], bar: float) -> float:
    """CoNLL F1 of the groups that likelihoods make."""
    tally = Tally()
    for story, pairs in zip(stories, seen, strict=True):
        tally.add(clusters(grouped_by(len(story.profiles), pairs, bar)), clusters(story.chains))
    return tally.conll


def worth(stories: Sequence[Story], weights: Weights) -> float:
    """CoNLL F1 of the groups that the weights make."""
    return tallied(stories, partial(groups_of, weights=weights)).conll


def as_toml(section: str, weights: Weights) -> Iterator[str]:
    yield f"[weights.{section}]"
    yield f"intercept = {weights.intercept}"
    yield f"bar = {weights.bar}"
    yield from (f"{name} = {value}" for name, value in weights.of.items())
    yield f"[weights.{section}.second]"
    yield from (f"{name} = {value}" for name, value in weights.second.items())


def main() -> None:
    """Learns on odd topics, then on even ones, and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data")
    parser.add_argument("--model", type=Path, help="an encoder instead of the one in the package")
    asked = parser.parse_args()
    stories = list(annotated(Workbench(asked.data, model=asked.model), lambda topic: True))
    report([s for s in stories if s.topic % 2], [s for s in stories if s.topic % 2 == 0])


def report(odd: Sequence[Story], even: Sequence[Story]) -> None:
    """Prints the weights learnt on odd topics, and a table of both directions."""
    lines = []
    knows = any(profile.meaning is not None for story in odd for profile in story.profiles)
    for section, left_out in (("with_vectors", frozenset[str]()), ("without_vectors", OF_VECTORS)):
        if section == "with_vectors" and not knows:
            print("# the model tells no meanings: weights with vectors stay as they are")
            continue
        names = [name for name in FEATURES if name not in left_out]
        for learnt_on, measured_on, title in ((odd, even, "odd → even"), (even, odd, "even → odd")):
            weights = weights_from(learnt_on, names)
            if learnt_on is odd:
                print(*as_toml(section, weights), sep="\n", end="\n\n")
            figures = f"{worth(learnt_on, weights):.1f} learnt, {worth(measured_on, weights):.1f} measured"
            lines.append(f"{section:<16} {title:<11} {figures}, bar {weights.bar}")
    for title, stories in (("odd", odd), ("even", even)):
        lemma = tallied(stories, lambda profiles: [profile.lemma for profile in profiles])
        lines.append(f"same lemma       {title:<11} {lemma.conll:.1f}")
    print(*lines, sep="\n")


if __name__ == "__main__":
    main()
