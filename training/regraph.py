"""Lays the graph of a shipped model anew, as `training.graph` draws it, with the same weights.

    python -m training.regraph --model onrecord/data/model.onnx --out build/model.onnx

Int8 weights stay what they are, column by column; only operators change. The calibration that the model carries was
fitted to scores with other rounding: `training.calibrate` fits it again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import onnx

from training.graph import graph_of
from training.shipped import parameters_of
from training.sums import write_sums

ATTENTION_HEADS = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("onrecord/data/model.onnx"))
    parser.add_argument("--out", type=Path, default=Path("build/model.onnx"))
    arguments = parser.parse_args()
    model = onnx.load(arguments.model)
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(graph_of(parameters_of(model), ATTENTION_HEADS, metadata), arguments.out)
    write_sums(arguments.out)


if __name__ == "__main__":
    main()
