"""The ONNX graph of the network, laid down operator by operator.

A traced module carries what tracing saw: shapes computed at run time, one quantisation a product, a mask that few
windows need. Here each operator is chosen for the int8 kernels of onnxruntime:

- Windows of one length are read together, without padding and without a mask.
- Query, key and value are products of one quantised input; all labels are one product, and so are all that pairs
  of words are scored with.
- Attention is one operator, which never lays its heads down side by side in memory.
- The last layer is computed for the words' first sub-tokens alone, since nothing reads the others.
- The sum before a layer normalisation stays apart from it: fused, they are six times as slow.

Weights are int8, one scale a column; activations are quantised where they are used. Embeddings are uint8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from onrecord.annotate import labels

Floats = NDArray[np.float32]
Weights = Mapping[str, Floats]
"""The parameters of `network.Annotator` by name; those of `meaning` cut to its principal components."""

OPSET = 23
"""The first with an operator for attention."""
MICROSOFT = "com.microsoft"
EPSILON = 1e-12
FORBIDDEN = np.float32(-1e4)
EMBEDDINGS = "encoder.embeddings"
PAIRS = ("arc", "relation", "link")


@dataclass(slots=True)
class Graph:
    """Operators and constants in the making; each method returns the name of what its operator puts out."""

    weights: Weights
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def constant(self, name: str, value: NDArray[np.generic] | np.generic | Sequence[int]) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(np.asarray(value)), name)
        return name

    def scalar(self, name: str, value: np.generic) -> str:
        self.constants[name] = numpy_helper.from_array(np.asarray(value), name)
        return name

    def several(self, kind: str, inputs: Sequence[str], outputs: Sequence[str], **attributes: object) -> list[str]:
        own = kind in ("DynamicQuantizeMatMul", "FastGelu", "MatMulIntegerToFloat")
        domain = MICROSOFT if own else ""
        self.nodes.append(helper.make_node(kind, list(inputs), list(outputs), domain=domain, **attributes))
        return list(outputs)

    def add(self, kind: str, *inputs: str, to: str = "", **attributes: object) -> str:
        return self.several(kind, inputs, [to or f"{kind}.{len(self.nodes)}"], **attributes)[0]

    def quantised(self, name: str, matrix: Floats) -> tuple[str, str]:
        """A matrix [in, out] as int8 with one scale a column."""
        scale = np.maximum(np.abs(matrix).max(0), 1e-9).astype(np.float32) / np.float32(127)
        whole = np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8)
        return self.constant(f"{name}.int8", whole), self.constant(f"{name}.scale", scale)

    def product(self, name: str, states: str, matrix: Floats, bias: Floats | None) -> str:
        """[…, out]: states times matrix [in, out], plus bias [out]."""
        whole, scale = self.quantised(name, matrix)
        rest = [] if bias is None else [self.constant(f"{name}.bias", bias)]
        return self.add("DynamicQuantizeMatMul", states, whole, scale, "", *rest)

    def linear(self, name: str, states: str) -> str:
        """The linear layer of that name."""
        return self.product(name, states, self.weights[f"{name}.weight"].T, self.weights[f"{name}.bias"])

    def joined(self, name: str, states: str, layers: Sequence[str], activated: bool) -> list[str]:
        """Several linear layers on the same states as one product, and parted again."""
        matrix = np.concatenate([self.weights[f"{layer}.weight"].T for layer in layers], 1)
        bias = np.concatenate([self.weights[f"{layer}.bias"] for layer in layers])
        if activated:
            whole = self.activated(name, self.product(name, states, matrix, None), bias)
        else:
            whole = self.product(name, states, matrix, bias)
        sizes = self.constant(f"{name}.sizes", np.array([len(self.weights[f"{layer}.bias"]) for layer in layers]))
        return self.several("Split", [whole, sizes], [f"{layer}.out" for layer in layers], axis=-1)

    def activated(self, name: str, states: str, bias: Floats) -> str:
        return self.add("FastGelu", states, self.constant(f"{name}.bias", bias))

    def normalised(self, name: str, states: str) -> str:
        """Layer normalisation (Ba et al. 2016)."""
        gain = self.constant(f"{name}.weight", self.weights[f"{name}.weight"])
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.add("LayerNormalization", states, gain, bias, axis=-1, epsilon=EPSILON)


def graph_of(weights: Weights, attention_heads: int, metadata: Mapping[str, str]) -> onnx.ModelProto:
    """The network as the package calls it: what `encoder.Outputs` describes, of windows of one length."""
    graph = Graph(weights)
    words = _encoded(graph, attention_heads)
    _labels(graph, words)
    _pairs(graph, words)
    return _model(graph, metadata)


def _model(graph: Graph, metadata: Mapping[str, str]) -> onnx.ModelProto:
    whole, real = TensorProto.INT64, TensorProto.FLOAT
    inputs = {"ids": "BL", "shapes": "BL", "first": "BW", "sentence": "BW"}
    outputs = {"scores": "BWK", "factuality": "BW", "head": "BW", "relation": "BW", "link": "BWV", "meaning": "BWD"}
    ins = [helper.make_tensor_value_info(name, whole, list(axes)) for name, axes in inputs.items()]
    kinds = {"head": whole, "relation": whole}
    outs = [helper.make_tensor_value_info(name, kinds.get(name, real), list(axes)) for name, axes in outputs.items()]
    body = helper.make_graph(graph.nodes, "onrecord", ins, outs, list(graph.constants.values()))
    versions = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(body, opset_imports=versions, ir_version=10, producer_name="onrecord")
    for key, value in metadata.items():
        model.metadata_props.add(key=key, value=value)
    return model


def _encoded(graph: Graph, attention_heads: int) -> str:
    """[B, W, hidden]: each word as its first sub-token."""
    states = graph.normalised(f"{EMBEDDINGS}.LayerNorm", _embedded(graph))
    layers = sum(name.endswith("attention.self.query.weight") for name in graph.weights)
    for number in range(layers):
        read = _first(graph, states) if number == layers - 1 else states
        states = _layer(graph, f"encoder.encoder.layer.{number}", states, read, attention_heads)
    return states


def _embedded(graph: Graph) -> str:
    length = graph.add("Shape", "ids", start=1, end=2)
    start = graph.constant("start", [0])
    for kind in ("word", "token_type", "position"):
        _table(graph, kind)
    places = graph.add("Slice", "position", start, length, start)
    summands = [graph.add("Gather", "word", "ids"), graph.add("Gather", "token_type", "shapes"), places]
    tables = ("word", "token_type", "position")
    real = [
        graph.add("DequantizeLinear", summand, f"{kind}.scale", f"{kind}.zero")
        for summand, kind in zip(summands, tables, strict=True)
    ]
    return graph.add("Add", graph.add("Add", real[0], real[1]), real[2])


def _table(graph: Graph, kind: str) -> None:
    """An embedding table as uint8 with one scale and one zero point."""
    table = graph.weights[f"{EMBEDDINGS}.{kind}_embeddings.weight"]
    low, high = min(float(table.min()), 0.0), max(float(table.max()), 0.0)
    scale = np.float32((high - low) / 255)
    zero = np.rint(-low / scale)
    graph.constant(kind, np.clip(np.rint(table / scale) + zero, 0, 255).astype(np.uint8))
    graph.scalar(f"{kind}.scale", scale)
    graph.scalar(f"{kind}.zero", np.uint8(zero))


def _first(graph: Graph, states: str) -> str:
    """Of [B, L, hidden] the rows that `first` counts in the flattened batch: [B, W, hidden]."""
    hidden = len(graph.weights[f"{EMBEDDINGS}.LayerNorm.weight"])
    flat = graph.add("Reshape", states, graph.constant("flat", [-1, hidden]))
    return graph.add("Gather", flat, "first", axis=0)


def _layer(graph: Graph, name: str, states: str, read: str, attention_heads: int) -> str:
    """One layer of the encoder; `read` are the states that go on, which attend to all of `states`."""
    own = f"{name}.attention.self"
    query, key, value = _query_key_value(graph, own, states, read)
    context = graph.add("Attention", query, key, value, q_num_heads=attention_heads, kv_num_heads=attention_heads)
    attended = graph.add("Add", graph.linear(f"{name}.attention.output.dense", context), read)
    attended = graph.normalised(f"{name}.attention.output.LayerNorm", attended)
    parts = [attended] if read != states else _opener_apart(graph, attended)
    wide, narrow = f"{name}.intermediate.dense", f"{name}.output.dense"
    inner = [graph.product(wide, part, graph.weights[f"{wide}.weight"].T, None) for part in parts]
    outer = [graph.linear(narrow, graph.activated(wide, part, graph.weights[f"{wide}.bias"])) for part in inner]
    whole = outer[0] if len(outer) == 1 else graph.add("Concat", *outer, axis=1)
    return graph.normalised(f"{name}.output.LayerNorm", graph.add("Add", whole, attended))


def _opener_apart(graph: Graph, states: str) -> list[str]:
    """The state of the sub-token that opens the window, and those of the others.

    Attention that has nowhere to go goes there, and it holds numbers several times as large as any word's (Sun et al.
    2024). Quantised on one scale with it, words lose two of their eight bits.
    """
    sizes = graph.constant("opener", [1]), graph.constant("end", [np.iinfo(np.int64).max])
    along = graph.constant("along", [1])
    opener = graph.add("Slice", states, graph.constant("start", [0]), sizes[0], along)
    return [opener, graph.add("Slice", states, sizes[0], sizes[1], along)]


def _query_key_value(graph: Graph, name: str, states: str, read: str) -> list[str]:
    """Three products, of one quantisation where the same states are read."""
    quantised = graph.several("DynamicQuantizeLinear", [states], [f"{name}.{part}" for part in ("x", "scale", "zero")])
    out = []
    for part in ("query", "key", "value"):
        layer = f"{name}.{part}"
        if part == "query" and read != states:
            out.append(graph.linear(layer, read))
            continue
        whole, scale = graph.quantised(layer, graph.weights[f"{layer}.weight"].T)
        bias = graph.constant(f"{layer}.bias", graph.weights[f"{layer}.bias"])
        x, x_scale, x_zero = quantised
        out.append(graph.add("MatMulIntegerToFloat", x, whole, x_scale, scale, x_zero, "", bias))
    return out


def _labels(graph: Graph, words: str) -> None:
    """The heads that say something of each word, as one product."""
    taggers = [f"taggers.{name}" for name in labels.TAGGERS]
    matrix = np.concatenate([graph.weights[f"{n}.weight"].T for n in (*taggers, "factuality", "meaning")], 1)
    bias = np.concatenate([graph.weights[f"{n}.bias"] for n in (*taggers, "factuality", "meaning")])
    whole = graph.product("labels", words, matrix, bias)
    meant = len(graph.weights["meaning.bias"])
    sizes = graph.constant("labels.sizes", np.array([len(bias) - 1 - meant, 1, meant]))
    factuality = graph.several("Split", [whole, sizes], ["scores", "factuality.column", "meaning"], axis=-1)[1]
    graph.add("Squeeze", factuality, graph.constant("last", [-1]), to="factuality")


def _pairs(graph: Graph, words: str) -> None:
    """Heads, relations and links: biaffine scores (Dozat and Manning 2017)."""
    layers = [f"{name}.{part}" for name in PAIRS for part in ("dependent", "governor")]
    parts = graph.joined("pairs", words, layers, activated=True)
    one = [graph.constant("one.behind", [0, 0, 0, 0, 0, 1]), graph.scalar("one", np.float32(1))]
    arc, arc_to, relation, relation_to, link, link_to = (
        graph.add("Pad", part, *one) if place % 2 else part for place, part in enumerate(parts)
    )
    scores = graph.add("Where", _in_one_sentence(graph), _all_pairs(graph, "arc", arc, arc_to), "forbidden")
    head = graph.add("ArgMax", scores, to="head", axis=-1, keepdims=0)
    _relation(graph, relation, relation_to, head)
    _all_pairs(graph, "link", link, link_to, to="link")


def _in_one_sentence(graph: Graph) -> str:
    """[B, W, W]: which words share a sentence."""
    graph.scalar("forbidden", FORBIDDEN)
    rows = graph.add("Unsqueeze", "sentence", graph.constant("rows", [2]))
    return graph.add("Equal", rows, graph.add("Unsqueeze", "sentence", graph.constant("columns", [1])))


def _all_pairs(graph: Graph, name: str, dependent: str, governor: str, to: str = "") -> str:
    """[B, W, W]: the score of each word with each governor; the last row of the weight is the dependents' bias."""
    weight = graph.weights[f"{name}.weight"][0]
    left = graph.product(name, dependent, weight[:-1], weight[-1])
    return graph.add("MatMul", left, graph.add("Transpose", governor, perm=[0, 2, 1]), to=to)


def _relation(graph: Graph, dependent: str, governor: str, head: str) -> None:
    """[B, W]: the likeliest relation of each word to its head."""
    weight = graph.weights["relation.weight"]
    classes, size = weight.shape[0], weight.shape[1]
    matrix = weight[:, :-1].transpose(1, 0, 2).reshape(size - 1, classes * size)
    left = graph.product("relation", dependent, matrix, weight[:, -1].reshape(-1))
    left = graph.add("Reshape", left, graph.constant("relation.form", [0, 0, classes, size]))
    index = graph.add("Unsqueeze", head, graph.constant("behind", [2]))
    form = graph.add("Shape", governor)
    right = graph.add("GatherElements", governor, graph.add("Expand", index, form), axis=1)
    right = graph.add("Unsqueeze", right, graph.constant("column", [3]))
    scores = graph.add("Squeeze", graph.add("MatMul", left, right), "column")
    graph.add("ArgMax", scores, to="relation", axis=-1, keepdims=0)
