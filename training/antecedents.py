"""Learns what speaks for a phrase being what a pronoun stands for, and writes it where the package reads it.

    python -m training.antecedents --data ../shared/data --out onrecord/data/antecedents.toml [--halves]

Every pronoun of the third person in the training part of OntoGUM, as the annotator that ships reads it, is a choice
between the phrases before it that agree with it and none of them; right are those of its chain, none if there is none.
The weights are those of a softmax over each choice, in which all that is right counts together (Durrett and Klein 2013,
"Easy victories and uphill battles in coreference resolution"), with a ridge penalty (scipy's L-BFGS). As what a pronoun
is joined to changes what later ones see, it is learnt twice: first with each joined to what is right, then with each
joined to what the first weights choose. `--halves` learns on each half of the documents and prints the figures of the
other instead.
"""

from __future__ import annotations

import argparse
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.scoring.coreference import Tally, Text, annotated, clusters_of
from bench.scoring.workbench import Workbench
from onrecord.model import Annotations
from onrecord.resolve.coreference.phrases import Phrase
from onrecord.resolve.coreference.pronouns import Finder
from onrecord.resolve.coreference.sieve import before_pronouns
from onrecord.resolve.coreference.weighing import ALONE, KIND_OF, TRAITS, Weights

ROOT = Path(__file__).resolve().parent.parent
RIDGE, RAREST, STEPS = 1.5, 15, 200
LEAN = {"it": -2.0, "they": -2.0, "he": -1.0}
"""Added to what speaks for none, since a link that is missed costs the measures more than one that is wrong."""
_HEAD = """\
# What speaks for a phrase being what a pronoun stands for, by kind of pronoun ("he" for "she" too): the weights of the
# values of each trait of a candidate, and of the pronoun itself where it may stand for none of them. The greatest sum
# wins. Written by `python -m training.antecedents`; what the traits are is told in `resolve/coreference/weighing.py`.
"""

Floats = NDArray[np.float64]
Value = tuple[str, str, str]
"""Side ("candidate" or "none"), trait and value."""
Documents = Sequence[tuple[Text, Annotations]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A pronoun: the values of each way to go, the last of which is none of the candidates, and which are right."""

    kind: str
    ways: list[list[Value]]
    right: list[bool]


class Given:
    """The chains that are given, asked by our phrases: by their words, else by their heads."""

    def __init__(self, text: Text, annotations: Annotations) -> None:
        self._text, self._starts = text, annotations.words.starts
        self._by_words = {mention: n for n, cluster in enumerate(text.clusters) for mention in cluster}
        self._by_head: dict[int, int] = {}
        for mention, number in self._by_words.items():
            self._by_head.setdefault(text.head_of(mention), number)

    def chain(self, phrase: Phrase) -> int | None:
        exact = self._by_words.get(self._text.tokens(phrase.span))
        if exact is not None or phrase.kind == "several":
            return exact
        return self._by_head.get(bisect_left(self._text.ends, self._starts[phrase.head] + 1))


def choices(text: Text, annotations: Annotations, judge: Mapping[str, Weights] | None) -> Iterator[Choice]:
    """The choices of one document, each joined to what is right before the next, or to what `judge` chooses."""
    partition, voices = before_pronouns(annotations)
    finder, given = Finder(partition, voices), Given(text, annotations)
    for pronoun in finder.pronouns():
        found = finder.certain(pronoun)
        if found is None:
            pairs = list(finder.pairs(pronoun))
            chain = given.chain(pronoun)
            right = [chain is not None and given.chain(pair.candidate) == chain for pair in pairs]
            ways = [
                [("candidate", name, trait(finder.sight, pair)) for name, trait in TRAITS.items()] for pair in pairs
            ]
            ways.append([("none", name, trait(finder.sight, pronoun)) for name, trait in ALONE.items()])
            kind = KIND_OF[pronoun.key[0]]
            yield Choice(kind, ways, [*right, not any(right)])
            taught = next((pair.candidate for pair, yes in zip(pairs, right, strict=True) if yes), None)
            found = taught if judge is None else finder.antecedent(pronoun, judge[kind])
        if found is not None:
            partition.join(found, pronoun)


def learnt(documents: Documents) -> dict[str, Weights]:
    """The weights by kind of pronoun."""
    judge: dict[str, Weights] | None = None
    for _ in range(2):
        made = [choice for text, notes in documents for choice in choices(text, notes, judge)]
        judge = {kind: _weights(fitted([c for c in made if c.kind == kind]), LEAN[kind]) for kind in LEAN}
    assert judge is not None
    return judge


def fitted(made: Sequence[Choice]) -> dict[Value, float]:
    """The weight of every value that is not too rare."""
    counts = Counter(value for choice in made for way in choice.ways for value in way)
    place = {value: n for n, value in enumerate(sorted(value for value, n in counts.items() if n >= RAREST))}
    ways = [[place[value] for value in way if value in place] for choice in made for way in choice.ways]
    lengths = np.array([len(way) for way in ways])
    values, way_of = np.concatenate([np.array(way, int) for way in ways]), np.repeat(np.arange(len(ways)), lengths)
    sizes = np.array([len(choice.ways) for choice in made])
    firsts = np.cumsum(sizes) - sizes
    right = np.array([yes for choice in made for yes in choice.right])

    def soft(scores: Floats) -> tuple[Floats, Floats]:
        """Likelihoods of the ways [W] within each choice, and the logarithm of what they were divided by [C]."""
        top = np.maximum.reduceat(scores, firsts)
        raised = np.exp(scores - np.repeat(top, sizes))
        total = np.add.reduceat(raised, firsts)
        return raised / np.repeat(total, sizes), top + np.log(total)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = np.bincount(way_of, weights[values], len(ways)).astype(np.float64)
        likely, total = soft(scores)
        wanted, good = soft(np.where(right, scores, -1e3))
        slope = np.bincount(values, (likely - wanted)[way_of], len(place))
        return float((total - good).sum() + RIDGE * weights @ weights), slope + 2 * RIDGE * weights

    found = minimize(loss, np.zeros(len(place)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return {value: float(found.x[n]) for value, n in place.items()}


def _weights(values: Mapping[Value, float], lean: float) -> Weights:
    sides: dict[str, dict[str, dict[str, float]]] = {
        "candidate": {name: {} for name in TRAITS}, "none": {name: {} for name in ALONE}
    }  # fmt: skip
    for (side, trait, value), weight in values.items():
        sides[side][trait][value] = weight
    early = sides["none"]["early"]
    sides["none"]["early"] = {value: early.get(value, 0.0) + lean for value in ("no", "yes")}
    return Weights(*(tuple(_rounded(of) for of in side.values()) for side in sides.values()))


def _rounded(of: Mapping[str, float]) -> dict[str, float]:
    return {value: round(weight, 2) for value, weight in of.items() if round(weight, 2)}


def written(judge: Mapping[str, Weights]) -> str:
    """The weights as a file of TOML."""
    parts = [_HEAD]
    for kind, own in judge.items():
        sides = (("candidate", TRAITS, own.candidate), ("none", ALONE, own.alone))
        for side, names, tables in sides:
            parts.append(f"\n[{kind}.{side}]\n")
            for name, table in zip(names, tables, strict=True):
                inside = ", ".join(f'"{value}" = {weight}' for value, weight in table.items())
                parts.append(f'"{name}" = {{ {inside} }}\n' if table else "")
    return "".join(parts)


def halves(documents: Documents) -> Iterator[str]:
    """The figures of each half with the weights that the other taught."""
    for n in (0, 1):
        judge = learnt(documents[n::2])
        yield f"half {2 - n}, learnt on the other: CoNLL F1 {_tallied(documents[1 - n :: 2], judge).conll:.2f}"


def _tallied(documents: Iterable[tuple[Text, Annotations]], judge: Mapping[str, Weights]) -> Tally:
    tally = Tally()
    for text, annotations in documents:
        tally.add(clusters_of(text, annotations, judge), text.clusters)
    return tally


def main() -> None:
    """Learns and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=ROOT / "onrecord" / "data" / "antecedents.toml")
    parser.add_argument("--halves", action="store_true", help="print figures of halves; write nothing")
    asked = parser.parse_args()
    documents = list(annotated(Workbench(asked.data, "train")))
    if asked.halves:
        print(*halves(documents), sep="\n")
        return
    asked.out.write_text(written(learnt(documents)), encoding="utf-8")


if __name__ == "__main__":
    main()
