"""Lays the graph of a traced model anew, as `training.graph` draws it, with the same weights.

    python -m training.regraph --model onrecord/data/model.onnx --out build/model.onnx

Int8 weights stay what they are, column by column; only operators change. Needed once, for a model that was traced.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from onrecord.annotate import labels
from training.graph import EMBEDDINGS, PAIRS, Floats, graph_of

ATTENTION_HEADS = 12
_NAMED = {"/factuality": "factuality", "/meaning": "meaning", **{f"/{n}": f"taggers.{n}" for n in labels.TAGGERS}}
_SUFFIXES = ("", "_1", "_2")
"""By which the tracer told apart the biaffine heads, in the order of `PAIRS`."""


def weights_of(model: onnx.ModelProto) -> dict[str, Floats]:
    """The parameters of a traced and quantised network, by their names in `network.Annotator`."""
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    weights = _plain(constants) | _tables(constants)
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            name = node.input[1].removesuffix("_quantized")
            matrix = constants[f"{name}_quantized"].astype(np.float32) * constants[f"{name}_scale"]
            weights |= _placed(node.name.removesuffix("MatMul_quant").rstrip("/"), node.name, matrix)
    return weights


def _plain(constants: dict[str, NDArray[np.generic]]) -> dict[str, Floats]:
    """What was not quantised: biases and gains."""
    ends = ("_quantized", "_scale", "_zero_point")
    own = {n: c for n, c in constants.items() if n.startswith(("network.", "meaning.")) and not n.endswith(ends)}
    return {name.removeprefix("network."): constant.astype(np.float32) for name, constant in own.items()}


def _tables(constants: dict[str, NDArray[np.generic]]) -> dict[str, Floats]:
    out = {}
    for kind in ("word", "token_type", "position"):
        name = f"{EMBEDDINGS}.{kind}_embeddings.weight"
        whole, zero, scale = (
            constants[f"network.{name}_{part}"].astype(np.float32) for part in ("quantized", "zero_point", "scale")
        )
        out[name] = (whole - zero) * scale
    return out


def _placed(where: str, node: str, matrix: Floats) -> dict[str, Floats]:
    """The matrix of a product under the name of its layer."""
    if where.startswith("/encoder/encoder"):
        return {where[1:].replace("/", ".") + ".weight": matrix.T}
    if where in _NAMED:
        return {f"{_NAMED[where]}.weight": matrix.T}
    for suffix, name in zip(_SUFFIXES, PAIRS, strict=True):
        for part in ("dependent", "governor"):
            if where == f"/{part}{suffix}":
                return {f"{name}.{part}.weight": matrix.T}
    size = len(matrix)
    by_node = {"/MatMul_quant": "arc", "/MatMul_2_quant": "relation", "/MatMul_3_quant": "link"}
    return {f"{by_node[node]}.weight": matrix.reshape(size, -1, size).transpose(1, 0, 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("onrecord/data/model.onnx"))
    parser.add_argument("--out", type=Path, default=Path("build/model.onnx"))
    arguments = parser.parse_args()
    traced = onnx.load(arguments.model)
    metadata = {entry.key: entry.value for entry in traced.metadata_props}
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(graph_of(weights_of(traced), ATTENTION_HEADS, metadata), arguments.out)


if __name__ == "__main__":
    main()
