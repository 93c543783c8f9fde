"""Averages the weights of trained networks that started from one another: better than each, at no cost.

    python -m training.average build/first.pt build/second.pt --out build/annotator.pt

The method is that of Wortsman et al. 2022, "Model soups".
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def average(paths: list[Path]) -> dict[str, torch.Tensor]:
    """The mean of all floating-point weights; the others are those of the last network."""
    states = [torch.load(path, weights_only=True) for path in paths]
    return {
        name: sum(state[name] for state in states) / len(states) if last.is_floating_point() else last
        for name, last in states[-1].items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("build/annotator.pt"))
    arguments = parser.parse_args()
    torch.save(average(arguments.weights), arguments.out)


if __name__ == "__main__":
    main()
