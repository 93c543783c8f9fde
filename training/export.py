"""Exports a trained network to the ONNX file that the package ships.

    python -m training.export --weights build/annotator.pt --out onrecord/data

The graph is drawn by `training.graph`, quantised to int8. Auxiliary heads are left out.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from onrecord.annotate import labels
from onrecord.annotate.decoding import no_moves
from onrecord.annotate.encoder import WordPieces
from training.corpora import read
from training.examples import collate, windows
from training.graph import graph_of
from training.network import Annotator
from training.sums import write_sums
from training.train import base_encoder

COMPONENTS = 96
"""Principal components of meaning that are kept."""


@torch.no_grad()
def principal(network: Annotator, folder: Path, data: Path) -> nn.Linear:
    """The head of meaning cut down to the directions in which the words of the training data differ most."""
    pieces = WordPieces(folder / "tokenizer.json")
    documents = list(read(data / "gum_train.jsonl.gz", set()))
    batch = collate(list(windows(documents, pieces, 128))[:400])
    states = network.words(batch["ids"], batch["mask"], batch["shapes"], batch["first"])
    vectors = network.meaning(states)[batch["sentence"] >= 0]
    centre = vectors.mean(0)
    axes = torch.linalg.svd(vectors - centre, full_matrices=False).Vh[:COMPONENTS]
    head = nn.Linear(vectors.shape[1], COMPONENTS)
    head.weight.copy_(axes @ network.meaning.weight)
    head.bias.copy_(axes @ (network.meaning.bias - centre))
    return head


def transitions(network: Annotator) -> str:
    """Transition scores of each sequence head as JSON."""
    moves = {name: no_moves(labels.TAGGERS[name]) for name in ("entity", "time", "attribution")}
    moves["attribution"] = moves["attribution"] + network.field.transitions.detach().numpy()
    return json.dumps({name: np.round(matrix, 4).tolist() for name, matrix in moves.items()})


def parameters(network: Annotator, meaning: nn.Linear) -> dict[str, np.ndarray]:
    """The network's parameters by name, the head of meaning replaced by the one that is cut down."""
    named = {**network.state_dict(), "meaning.weight": meaning.weight, "meaning.bias": meaning.bias}
    return {name: tensor.detach().numpy() for name, tensor in named.items()}


def export(weights: Path, out: Path, base: Path | None, data: Path) -> None:
    encoder, folder = base_encoder(base)
    network = Annotator(encoder)
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    named = parameters(network, principal(network, folder, data))
    model = graph_of(named, encoder.config.num_attention_heads, {"transitions": transitions(network)})
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(model, out / "model.onnx")
    shutil.copy(folder / "tokenizer.json", out / "tokenizer.json")
    write_sums(out / "model.onnx")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=Path("build/annotator.pt"))
    parser.add_argument("--out", type=Path, default=Path("onrecord/data"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data/annotator"))
    parser.add_argument("--base", type=Path, help="folder of the encoder that was trained, if not the default")
    arguments = parser.parse_args()
    export(arguments.weights, arguments.out, arguments.base, arguments.data)


if __name__ == "__main__":
    main()
