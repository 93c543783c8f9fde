"""Takes the weights back out of a shipped model, so that training can go on from it where no checkpoint is at hand.

    python -m training.restore --model onrecord/data/model.onnx --out build/restored.pt

What int8 rounded stays rounded; a few hundred steps mend it. Heads that are not exported start anew: the silver
entities, and the head of meaning, of which the model keeps some directions only (`training.refit` fits it again).
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from onrecord.annotate.decoding import no_moves
from onrecord.annotate.labels import ATTRIBUTION
from training.network import Annotator
from training.train import base_encoder

Floats = NDArray[np.float32]

_BIAFFINE = {"": "arc", "_1": "relation", "_2": "link"}
_PAIRS = {"": "arc", "_2": "relation", "_3": "link"}
"""Which head the numbered operations of the graph belong to, in the order of `training.export.Exported`."""


class Weights:
    """The numbers of a model file, as they were before they were quantised (or nearly)."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path)
        self._known = {i.name: numpy_helper.to_array(i) for i in graph.graph.initializer}
        self.metadata = {p.key: p.value for p in graph.metadata_props}
        self._matrix = {
            n.name.removesuffix("_quant"): n.input[1] for n in graph.graph.node if n.op_type == "MatMulInteger"
        }

    def plain(self) -> dict[str, Floats]:
        """Biases and normalisation, by their names in the network."""
        named = {n.removeprefix("network."): a for n, a in self._known.items() if n.startswith("network.")}
        return {n: a for n, a in named.items() if a.dtype == np.float32 and n.endswith(("bias", "LayerNorm.weight"))}

    def embeddings(self) -> dict[str, Floats]:
        found = [n for n in self._known if n.endswith("embeddings.weight_quantized")]
        return {n.removeprefix("network.").removesuffix("_quantized"): self._dequantised(n) for n in found}

    def matrices(self) -> dict[str, Floats]:
        """Each multiplication's matrix [in, out], by the path of its node in the graph."""
        return {node: self._dequantised(name) for node, name in self._matrix.items()}

    def _dequantised(self, name: str) -> Floats:
        base = name.removesuffix("_quantized")
        zero = self._known[f"{base}_zero_point"].astype(np.float32)
        rough: Floats = (self._known[name].astype(np.float32) - zero) * self._known[f"{base}_scale"]
        return rough


def name_in_network(node: str) -> str:
    """The parameter that a linear node of the graph multiplies by; `node` is its path, such as `/entity/MatMul`."""
    path = node.strip("/").removesuffix("/MatMul")
    pair = re.fullmatch(r"(dependent|governor)(_\d)?", path)
    if pair:
        return f"{_BIAFFINE[pair[2] or '']}.{pair[1]}.weight"
    if path.startswith("encoder/"):
        return path.replace("/", ".") + ".weight"
    return "factuality.weight" if path == "factuality" else f"taggers.{path}.weight"


def state(weights: Weights, shapes: dict[str, torch.Size]) -> dict[str, torch.Tensor]:
    """All parameters of the network that the model file tells of."""
    out: dict[str, Floats] = {**weights.plain(), **weights.embeddings()}
    for node, matrix in weights.matrices().items():
        product = re.fullmatch(r"/MatMul(_\d)?", node)
        if product:
            head = f"{_PAIRS[product[1] or '']}.weight"
            classes, size, _ = shapes[head]
            out[head] = matrix.reshape(size, classes, size).transpose(1, 0, 2)
        elif node != "/meaning/MatMul":
            out[name_in_network(node)] = matrix.T
    moves = np.array(json.loads(weights.metadata["transitions"])["attribution"], np.float32)
    allowed = no_moves(ATTRIBUTION) > -1
    out["field.transitions"] = np.where(allowed, moves - no_moves(ATTRIBUTION), 0).astype(np.float32)
    return {name: torch.tensor(np.ascontiguousarray(array)) for name, array in out.items()}


def restore(model: Path, out: Path, base: Path | None) -> list[str]:
    """Writes the weights; returns the parameters that the model file does not tell of."""
    network = Annotator(base_encoder(base)[0])
    shapes = {name: parameter.shape for name, parameter in network.named_parameters()}
    left = network.load_state_dict(state(Weights(model), shapes), strict=False)
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
