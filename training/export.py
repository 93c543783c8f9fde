"""Exports a trained network to the ONNX file that the package ships.

    python -m training.export --weights build/annotator.pt --out onrecord/data

The graph is quantised to int8: dynamic, per channel. Auxiliary heads are left out. Attention and layer
normalisation stay unfused, since the int8 kernels of onnxruntime are faster on the plain graph (measured).
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.annotate import labels
from onrecord.annotate.decoding import no_moves
from onrecord.annotate.encoder import WordPieces
from training.corpora import read
from training.examples import collate, windows
from training.network import Annotator
from training.train import base_encoder

INPUTS = {"ids": "BL", "mask": "BL", "shapes": "BL", "first": "BW", "sentence": "BW"}
OUTPUTS = {"scores": "BW", "factuality": "BW", "head": "BW", "relation": "BW", "link": "BWV", "meaning": "BWD"}
COMPONENTS = 96
"""Principal components of meaning that are kept."""


class Exported(nn.Module):
    """The network as the package calls it; `first` holds places in the flattened batch."""

    def __init__(self, network: Annotator, meaning: nn.Linear) -> None:
        super().__init__()
        self.network = network
        self.meaning = meaning

    def forward(self, ids: Tensor, mask: Tensor, shapes: Tensor, first: Tensor, sentence: Tensor) -> tuple[Tensor, ...]:
        network = self.network
        states = network.encoder(input_ids=ids, attention_mask=mask, token_type_ids=shapes).last_hidden_state
        words = states.flatten(0, 1)[first]
        scores = torch.cat([network.taggers[name](words) for name in labels.TAGGERS], -1)
        same = (sentence.unsqueeze(1) == sentence.unsqueeze(2)) & (sentence >= 0).unsqueeze(1)
        head = (network.arc.all_pairs(words) - (~same).float() * 1e4).argmax(-1)
        relation = network.relation.given(words, head).argmax(-1)
        pairs = network.link.all_pairs(words)
        return scores, network.factuality(words).squeeze(-1), head, relation, pairs, self.meaning(words)


def sample() -> tuple[Tensor, ...]:
    ids = torch.randint(1000, 20000, (2, 24))
    first = torch.tensor([[1, 3, 4, 9], [25, 26, 30, 31]])
    return ids, torch.ones_like(ids), torch.zeros_like(ids), first, torch.tensor([[0, 0, 1, 1], [0, 0, 0, -1]])


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


def export(weights: Path, out: Path, base: Path | None, data: Path) -> None:
    encoder, folder = base_encoder(base)
    network = Annotator(encoder)
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    axes = {name: dict(enumerate(shape)) for name, shape in {**INPUTS, **OUTPUTS}.items()}
    with tempfile.TemporaryDirectory() as temporary:
        plain, small = Path(temporary) / "plain.onnx", Path(temporary) / "small.onnx"
        with torch.no_grad():
            torch.onnx.export(
                Exported(network, principal(network, folder, data)),
                sample(),
                str(plain),
                input_names=list(INPUTS),
                output_names=list(OUTPUTS),
                dynamic_axes=axes,
                opset_version=17,
                dynamo=False,
            )
        simplify(plain)
        options = {"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT}
        quantize_dynamic(plain, small, weight_type=QuantType.QInt8, per_channel=True, extra_options=options)
        model = onnx.load(small)
        model.metadata_props.add(key="transitions", value=transitions(network))
        out.mkdir(parents=True, exist_ok=True)
        onnx.save(model, out / "model.onnx")
    shutil.copy(folder / "tokenizer.json", out / "tokenizer.json")


def simplify(path: Path) -> None:
    """Fuses what makes the graph faster without changing what is quantised: the activation function."""
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    options = FusionOptions("bert")
    options.enable_attention = False
    options.enable_skip_layer_norm = False
    options.enable_bias_skip_layer_norm = False
    options.enable_embed_layer_norm = False
    options.enable_gelu_approximation = True
    model = optimizer.optimize_model(
        str(path), model_type="bert", num_heads=12, hidden_size=384, opt_level=0, optimization_options=options
    )
    model.save_model_to_file(str(path))


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
