"""Takes the weights back out of a shipped model, so that training can go on from it where no checkpoint is at hand.

    python -m training.restore --model onrecord/data/model.onnx --out build/restored.pt

What int8 rounded stays rounded; a few hundred steps mend it. Heads that are not exported start anew: the silver
entities, and the head of meaning, of which the model keeps some directions only (`training.refit` fits it again).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch

from onrecord.annotate.decoding import no_moves
from onrecord.annotate.labels import ATTRIBUTION
from training.network import Annotator
from training.shipped import parameters_of
from training.train import base_encoder


def state(model: onnx.ModelProto) -> dict[str, torch.Tensor]:
    """All parameters of the network that the model tells of."""
    out = {n: array for n, array in parameters_of(model).items() if not n.startswith("meaning.")}
    (transitions,) = (entry.value for entry in model.metadata_props if entry.key == "transitions")
    moves = np.array(json.loads(transitions)["attribution"], np.float32)
    allowed = no_moves(ATTRIBUTION) > -1
    out["field.transitions"] = np.where(allowed, moves - no_moves(ATTRIBUTION), 0).astype(np.float32)
    return {name: torch.tensor(np.ascontiguousarray(array)) for name, array in out.items()}


def restore(model: Path, out: Path, base: Path | None) -> list[str]:
    """Writes the weights; returns the parameters that the model file does not tell of."""
    network = Annotator(base_encoder(base)[0])
    shapes = {name: parameter.shape for name, parameter in network.named_parameters()}
    left = network.load_state_dict(state(onnx.load(model)), strict=False)
    if left.unexpected_keys:
        raise ValueError(f"{model}: no such parameters: {', '.join(left.unexpected_keys)}")
    torch.save(network.state_dict(), out)
    return [name for name in left.missing_keys if name in shapes]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("onrecord/data/model.onnx"))
    parser.add_argument("--out", type=Path, default=Path("build/restored.pt"))
    parser.add_argument("--base", type=Path, help="folder of the encoder that was trained, if not the default")
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    print("started anew:", *restore(arguments.model, arguments.out, arguments.base))


if __name__ == "__main__":
    main()
