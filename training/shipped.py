"""The parameters of the network, read back out of a model file: one laid out by `training.graph`, or a traced one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from onrecord.annotate import labels
from training.graph import EMBEDDINGS, PAIRS, Floats

Constants = Mapping[str, NDArray[np.generic]]

_NAMED = {"/factuality": "factuality", "/meaning": "meaning", **{f"/{n}": f"taggers.{n}" for n in labels.TAGGERS}}
_SUFFIXES = ("", "_1", "_2")
"""By which the tracer told apart the biaffine heads, in the order of `PAIRS`."""


def parameters_of(model: onnx.ModelProto) -> dict[str, Floats]:
    """The parameters of a shipped model, as int8 left them, by their names in `network.Annotator`.

    The head of meaning has the directions that were kept. What is not exported is not there.
    """
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    return _laid_out(constants) if "pairs.int8" in constants else _traced(model, constants)


def _traced(model: onnx.ModelProto, constants: Constants) -> dict[str, Floats]:
    """Of a graph that torch traced and onnxruntime quantised."""
    weights = _plain(constants) | _tables(constants)
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            name = node.input[1].removesuffix("_quantized")
            matrix = constants[f"{name}_quantized"].astype(np.float32) * constants[f"{name}_scale"].astype(np.float32)
            weights |= _placed(node.name.removesuffix("MatMul_quant").rstrip("/"), node.name, matrix)
    return weights


def _plain(constants: Constants) -> dict[str, Floats]:
    """What was not quantised: biases and gains."""
    ends = ("_quantized", "_scale", "_zero_point")
    own = {n: c for n, c in constants.items() if n.startswith(("network.", "meaning.")) and not n.endswith(ends)}
    return {name.removeprefix("network."): constant.astype(np.float32) for name, constant in own.items()}


def _tables(constants: Constants) -> dict[str, Floats]:
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


def _laid_out(constants: Constants) -> dict[str, Floats]:
    """Of a graph that `training.graph` laid out."""
    out = {name: c.astype(np.float32) for name, c in constants.items() if name.endswith(("bias", "LayerNorm.weight"))}
    for kind in ("word", "token_type", "position"):
        whole, zero, scale = (constants[f"{kind}{part}"].astype(np.float32) for part in ("", ".zero", ".scale"))
        out[f"{EMBEDDINGS}.{kind}_embeddings.weight"] = (whole - zero) * scale
    for name in [name.removesuffix(".int8") for name in constants if name.endswith(".int8")]:
        matrix = constants[f"{name}.int8"].astype(np.float32) * constants[f"{name}.scale"].astype(np.float32)
        out |= _unjoined(name, matrix, out, constants)
    joined = ("labels.bias", "pairs.bias", *(f"{name}.bias" for name in PAIRS))
    return {name: array for name, array in out.items() if name not in joined}


def _unjoined(name: str, matrix: Floats, biases: Mapping[str, Floats], constants: Constants) -> dict[str, Floats]:
    """The layers that one product stands for: itself, several side by side, or a biaffine form."""
    if name in PAIRS:
        size = matrix.shape[0]
        rows = matrix.reshape(size, -1, size + 1).transpose(1, 0, 2)
        return {f"{name}.weight": np.concatenate([rows, biases[f"{name}.bias"].reshape(-1, 1, size + 1)], 1)}
    if name not in ("labels", "pairs"):
        return {f"{name}.weight": matrix.T}
    if name == "pairs":
        sizes = {f"{pair}.{part}": 0 for pair in PAIRS for part in ("dependent", "governor")}
        sizes = dict(zip(sizes, constants["pairs.sizes"].tolist(), strict=True))
    else:
        sizes = {f"taggers.{tagger}": len(names) for tagger, names in labels.TAGGERS.items()}
        sizes |= {"factuality": 1, "meaning": int(constants["labels.sizes"][-1])}
    cuts = np.cumsum(list(sizes.values()))[:-1]
    parts = zip(sizes, np.split(matrix, cuts, 1), np.split(biases[f"{name}.bias"], cuts), strict=True)
    return {f"{layer}.{kind}": array for layer, w, b in parts for kind, array in (("weight", w.T), ("bias", b))}
