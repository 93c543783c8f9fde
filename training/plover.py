"""Trains the classifier of event types and writes it where the package reads it.

    python -m training.plover --data ../shared/data/events/plover_train.jsonl --out onrecord/data/plover.npz

Each sentence of the data names who does something to whom, and the root of PLOVER that it is. The event is the word of
the tree under which both stand; what the classifier is told of it is what the package will tell it of any event. The
meanings of words come from the encoder that ships; with `--base`, from the one it was trained from, cut to their
principal components, which shows what can be had but cannot be shipped. Accuracy and macro-F1 are of five-fold
cross-validation; the lexicon was written with sight of the sentences, so they flatter a little.

The classifier is a softmax with a weight a root to the power of one half against the number of its sentences, found in
the dual with the kernel of all features (scipy's L-BFGS), since there are fewer sentences than features.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from onrecord.annotate.analysis import Analysis, analyse
from onrecord.annotate.encoder import Encoder, Floats
from onrecord.annotate.eventframes import Frames
from onrecord.annotate.eventtypes import GROUPS, meaning_of
from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.words import tokenise
from onrecord.spans import Span
from onrecord.syntax import Syntax
from training.sums import write_sums

COMPONENTS, RAREST, FOLDS, STRENGTH = 96, 2, 5, 6.0
MEANINGS, SENSES = 0.7, 1.3
"""What the meanings of words, and the lexicon's senses, count beside the words themselves."""
_CONTENT = frozenset(("VERB", "NOUN", "ADJ", "PROPN"))

Meanings = Callable[[str, Analysis], Floats]
"""The meanings [W, D] of the words of a text."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One sentence as the classifier sees it: meaning [5·D], traits by group, and its root."""

    meaning: Floats
    traits: dict[str, tuple[str, ...]]
    root: str


def samples(path: Path, encoder: Encoder, meanings: Meanings) -> list[Sample]:
    items = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [sample_of(item, *analysed(item["text"], encoder), meanings) for item in items]


def analysed(text: str, encoder: Encoder) -> tuple[Syntax, Analysis]:
    """What the encoder says of a sentence."""
    analysis = analyse(encoder, text, tokenise(text, split_sentences(text)), set())
    return Syntax(text, analysis.words), analysis


def sample_of(item: dict[str, Any], syntax: Syntax, analysis: Analysis, meanings: Meanings) -> Sample:
    """A sentence of the data as the classifier sees it."""
    frames, sides = Frames(syntax, analysis), sides_of(syntax, item)
    outside = frozenset(word for side in sides for word in side)
    trigger = trigger_of(frames, sides, outside)
    chain = frames.chain(trigger, outside)
    parts = chain, frames.clause(trigger, outside), frames.around(trigger, outside)
    meaning = meaning_of(meanings(syntax.text, analysis), *parts, frames.sentence(trigger))
    return Sample(meaning, frames.traits(*parts), item["plover15"])


def sides_of(syntax: Syntax, item: dict[str, Any]) -> list[list[int]]:
    """The words of source and target."""
    spans = (item[name] for name in ("source_span", "target_span"))
    return [list(syntax.words_in(Span(*span))) if span else [] for span in spans]


def trigger_of(frames: Frames, sides: Sequence[Sequence[int]], outside: frozenset[int]) -> int:
    """The word under which source and target both stand; below a verb of saying, what is said."""
    paths = [_path(frames.syntax, side, outside) for side in sides if side]
    common = [word for word in paths[0] if all(word in path for path in paths)] if paths else []
    trigger = next(iter(common or [w for path in paths for w in path]), None)
    if trigger is None:
        verbs = (w for w in range(len(frames.syntax.words)) if frames.syntax.tag(w) == "VERB" and w not in outside)
        return next(verbs, 0)
    while frames.analysis.event[trigger] == "REPORTING" and not frames.senses(trigger):
        below = _said(frames, trigger, paths[-1], outside)
        if below is None:
            break
        trigger = below
    return trigger


def _path(syntax: Syntax, side: Sequence[int], outside: frozenset[int]) -> list[int]:
    """The words of content above a participant, nearest first."""
    inside = set(side)
    head = next((w for w in side if syntax.words.head[w] not in inside or syntax.words.head[w] == w), side[0])
    return [w for w in syntax.ancestors(head) if w not in outside and syntax.tag(w) in _CONTENT]


def _said(frames: Frames, verb: int, path: Sequence[int], outside: frozenset[int]) -> int | None:
    syntax = frames.syntax
    below = [w for w in path if w != verb and syntax.words.head[w] == verb]
    clauses = [c for c in syntax.children[verb] if syntax.words.relation[c] in ("ccomp", "xcomp")]
    return next((w for w in (*below, *clauses) if w not in outside), None)


@dataclass(frozen=True, slots=True)
class Space:
    """The features of samples: names of the sparse ones, their rarity, mean and spread of the dense ones."""

    names: list[str]
    rarity: Floats
    mean: Floats
    spread: Floats

    @classmethod
    def of(cls, items: Sequence[Sample]) -> Space:
        counts = Counter(f"{group} {name}" for item in items for group in GROUPS for name in item.traits[group])
        names = sorted(name for name, count in counts.items() if count >= RAREST)
        rarity = [1.0 if name.startswith("senses ") else np.log(len(items) / counts[name]) for name in names]
        dense = np.stack([item.meaning for item in items])
        spread = (dense.std(0) + 1e-6) * np.sqrt(dense.shape[1] / 4) / MEANINGS
        return cls(names, np.array(rarity, np.float32), dense.mean(0), spread)

    def features(self, items: Sequence[Sample]) -> Floats:
        """[N, 5·D + F]."""
        dense = (np.stack([item.meaning for item in items]) - self.mean) / self.spread
        rows = {name: row for row, name in enumerate(self.names)}
        sparse = np.zeros((len(items), len(rows)), np.float32)
        for number, item in enumerate(items):
            for group in GROUPS:
                known = [rows[name] for n in item.traits[group] if (name := f"{group} {n}") in rows]
                weights = self.rarity[known]
                sparse[number, known] = weights / max(float(np.linalg.norm(weights)), 1e-9)
        return np.concatenate([dense, sparse * self.shares], 1).astype(np.float32)

    @property
    def shares(self) -> Floats:
        """[F]: what each sparse feature counts."""
        return np.array([SENSES if name.startswith("senses ") else 1.0 for name in self.names], np.float32)


def fitted(features: Floats, gold: np.ndarray, classes: int) -> tuple[Floats, Floats]:
    """Weights [K, C] and bias [C] of the softmax."""
    kernel = features.astype(np.float64) @ features.T.astype(np.float64)
    wanted = np.eye(classes)[gold]
    weight = STRENGTH * np.sqrt(len(gold) / classes / np.maximum(wanted.sum(0), 1))[gold][:, None]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        dual, bias = flat[:-classes].reshape(len(gold), classes), flat[-classes:]
        inner = kernel @ dual
        scores = inner + bias
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        error = weight * (shares - wanted)
        value = -(weight * wanted * np.log(shares + 1e-12)).sum() + 0.5 * (dual * inner).sum()
        return float(value), np.concatenate([(kernel @ (error + dual)).ravel(), error.sum(0)])

    start = np.zeros(len(gold) * classes + classes)
    flat = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    return (features.T @ flat[:-classes].reshape(len(gold), classes)).astype(np.float32), flat[-classes:]


def out_of_fold(items: Sequence[Sample], seed: int) -> tuple[np.ndarray, Floats]:
    """Of each item its class [N] and the scores [N, C] by the four fifths that it is not in."""
    classes = sorted({item.root for item in items})
    gold = np.array([classes.index(item.root) for item in items])
    order = np.random.RandomState(seed).permutation(len(items))
    scores = np.zeros((len(items), len(classes)), np.float32)
    for fold in range(FOLDS):
        test, train = order[fold::FOLDS], np.setdiff1d(order, order[fold::FOLDS])
        space = Space.of([items[i] for i in train])
        weights, bias = fitted(space.features([items[i] for i in train]), gold[train], len(classes))
        scores[test] = space.features([items[i] for i in test]) @ weights + bias
    return gold, scores


def cross_validated(items: Sequence[Sample], seed: int) -> tuple[float, float]:
    """Accuracy and macro-F1 of five folds."""
    gold, scores = out_of_fold(items, seed)
    found, classes = scores.argmax(1), scores.shape[1]
    hits = [((found == k) & (gold == k)).sum() * 2 / ((found == k).sum() + (gold == k).sum()) for k in range(classes)]
    return float((found == gold).mean()), float(np.mean(hits))


def save(items: Sequence[Sample], path: Path) -> None:
    """Trains on all and writes it: int8 for the sparse weights, half floats for the dense ones."""
    classes = sorted({item.root for item in items})
    gold = np.array([classes.index(item.root) for item in items])
    space = Space.of(items)
    weights, bias = fitted(space.features(items), gold, len(classes))
    dense = weights[: len(space.mean)] / space.spread[:, None]
    sparse = weights[len(space.mean) :] * space.shares[:, None]
    scale = np.abs(sparse).max(0) / 127
    np.savez_compressed(
        path,
        classes=np.frombuffer("\n".join(classes).encode(), np.uint8),
        names=np.frombuffer("\n".join(space.names).encode(), np.uint8),
        rarity=space.rarity.astype(np.float16),
        sparse=np.round(sparse / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        dense=dense.astype(np.float32).astype(np.float16) if np.abs(dense).max() < 6e4 else dense.astype(np.float32),
        bias=(bias - space.mean @ dense).astype(np.float32),
    )
    write_sums(path)
    print(f"{path}: {path.stat().st_size:,} bytes, {len(space.names)} names")


def shipped(_: str, analysis: Analysis) -> Floats:
    """The meanings that the shipped encoder tells."""
    vectors = analysis.meaning
    if vectors is None:
        raise SystemExit("This encoder tells no meanings: train and export it again, or try --base.")
    return np.asarray(vectors, np.float32)


def of_base(path: Path, encoder: Encoder) -> Meanings:
    """The meanings that the encoder before training tells, as principal components of those in the data."""
    import torch

    from training.train import base_encoder

    base = base_encoder(None)[0].eval()

    def full(text: str, analysis: Analysis) -> Floats:
        ids, first = [101], []
        for start, end in zip(analysis.words.starts, analysis.words.ends, strict=True):
            first.append(min(len(ids), 510))
            ids.extend(encoder.pieces.of(text[start:end]))
        tensor = torch.tensor([[*ids[:511], 102]])
        with torch.no_grad():
            states = base(input_ids=tensor, attention_mask=torch.ones_like(tensor)).last_hidden_state[0]
        return states[first].numpy()

    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()[::4]]
    every = np.concatenate([full(text, analysed(text, encoder)[1]) for text in texts])
    axes = np.linalg.svd(every - every.mean(0), full_matrices=False)[2][:COMPONENTS].T
    return lambda text, analysis: (full(text, analysis) - every.mean(0)) @ axes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/events/plover_train.jsonl"))
    parser.add_argument("--out", type=Path, default=Path("onrecord/data/plover.npz"))
    parser.add_argument("--model", type=Path, help="an encoder instead of the one in the package")
    parser.add_argument("--base", action="store_true", help="measure with the encoder before training; write nothing")
    arguments = parser.parse_args()
    encoder = Encoder(model=arguments.model)
    items = samples(arguments.data, encoder, of_base(arguments.data, encoder) if arguments.base else shipped)
    figures = [cross_validated(items, seed) for seed in range(3)]
    print(f"accuracy {np.mean([a for a, _ in figures]):.3f}, macro-F1 {np.mean([f for _, f in figures]):.3f}")
    if not arguments.base:
        save(items, arguments.out)


if __name__ == "__main__":
    main()
