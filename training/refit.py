"""Fits again the two heads of numbers, which suffer when weights are averaged: meaning and factuality.

    python -m training.refit build/annotator.pt --data ../shared/data/annotator

The head of meaning becomes the least-squares map from the words' states to what the encoder said of them before it
learnt to label. The factuality scores get the scale and offset with the least mean absolute error on training data.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from onrecord.annotate.encoder import WordPieces
from training.corpora import Document, read
from training.examples import collate, join_sentences, windows
from training.network import Annotator
from training.train import Teacher, base_encoder

_CORPORA = (("gum_train", 3), ("polnear_train", 8), ("conllpp_train", 8))
"""Corpora whose words fit the head of meaning, and of how many documents one is taken."""
_WINDOWS = 250
_ROWS = 16
_RIDGE = 1.0


def batches(documents: list[Document], pieces: WordPieces) -> Iterator[dict[str, Tensor]]:
    """The first windows of the documents, in batches."""
    found = list(windows(documents, pieces, 128))
    for start in range(0, len(found), _ROWS):
        yield collate(found[start : start + _ROWS])


@torch.no_grad()
def fit_meaning(network: Annotator, teacher: Teacher, pieces: WordPieces, data: Path) -> float:
    """Sets the head of meaning; returns the mean cosine between what it says and what it was taught."""
    states, taught = [], []
    for corpus, every in _CORPORA:
        documents = list(read(data / f"{corpus}.jsonl.gz"))[::every]
        for number, batch in enumerate(batches(documents, pieces)):
            if number * _ROWS >= _WINDOWS:
                break
            teacher.add_to(batch)
            known = batch["sentence"] >= 0
            states.append(network.words(batch["ids"], batch["mask"], batch["shapes"], batch["first"])[known])
            taught.append(functional.normalize(batch["meaning"][known].float(), dim=-1))
    inputs, wanted = torch.cat(states).double(), torch.cat(taught).double()
    inputs = torch.cat([inputs, torch.ones(len(inputs), 1)], 1)
    square = inputs.T @ inputs + _RIDGE * torch.eye(inputs.shape[1])
    weights = torch.linalg.solve(square, inputs.T @ wanted)
    network.meaning.weight.copy_(weights[:-1].T)
    network.meaning.bias.copy_(weights[-1])
    return float(functional.cosine_similarity(inputs @ weights, wanted).mean())


@torch.no_grad()
def fit_factuality(network: Annotator, pieces: WordPieces, data: Path) -> float:
    """Scales and moves the factuality scores; returns their mean absolute error on the training data."""
    said, wanted = [], []
    documents = join_sentences(list(read(data / "uw_train.jsonl.gz")))
    for batch in batches(documents, pieces):
        states = network.words(batch["ids"], batch["mask"], batch["shapes"], batch["first"])
        known = ~torch.isnan(batch["factuality"])
        said.append(network.factuality(states).squeeze(-1)[known])
        wanted.append(batch["factuality"][known])
    scores, gold = torch.cat(said), torch.cat(wanted)
    tried = [(s / 50, o / 50) for s in range(40, 61) for o in range(-25, 26)]
    scale, offset = min(tried, key=lambda one: float((one[0] * scores + one[1] - gold).abs().mean()))
    network.factuality.weight.mul_(scale)
    network.factuality.bias.mul_(scale).add_(offset)
    return float((scale * scores + offset - gold).abs().mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/annotator"))
    parser.add_argument("--base", type=Path, help="folder of the encoder that was trained, if not the default")
    arguments = parser.parse_args()
    encoder, folder = base_encoder(arguments.base)
    teacher, network = Teacher(encoder), Annotator(encoder)
    network.load_state_dict(torch.load(arguments.weights, weights_only=True))
    network.eval()
    pieces = WordPieces(folder / "tokenizer.json")
    print("meaning, mean cosine:", round(fit_meaning(network, teacher, pieces, arguments.data), 3))
    print("factuality, mean absolute error:", round(fit_factuality(network, pieces, arguments.data), 3))
    torch.save(network.state_dict(), arguments.weights)


if __name__ == "__main__":
    main()
