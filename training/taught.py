"""What a trained larger network says of every word of the corpora, and of reports that nobody labelled.

    python -m training.taught build/larger.pt --base FOLDER --data ../shared/data --out build/taught

Writes one `CORPUS.npy` a corpus, [words, labels of all `corpora.TAUGHT` heads], scores before any normalisation, and
`unlabelled.jsonl.gz`, a corpus of words without labels, made of plain reports. `training.train --taught` reads them.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.annotate.encoder import WordPieces
from onrecord.annotate.sentences import split_sentences
from onrecord.annotate.words import tokenise
from training.corpora import HEADS, TAUGHT, Document, read
from training.examples import Example, collate, windows
from training.network import Annotator
from training.train import MIXTURE, base_encoder, shipped_base

UNLABELLED = "unlabelled"
_REPORTS = "stories/iraq-2005/articles.jsonl.gz"
_ROWS = 16


def texts_of(path: Path) -> Iterator[str]:
    """The texts of reports, one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def write_unlabelled(texts: Iterator[str], path: Path) -> None:
    """A corpus of words and sentence starts out of plain texts."""
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for text in texts:
            words = tokenise(text, split_sentences(text))
            forms = [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)]
            firsts = [i for i, s in enumerate(words.sentence) if i == 0 or s != words.sentence[i - 1]]
            out.write(json.dumps({"tokens": forms, "sents": firsts}) + "\n")


@torch.no_grad()
def told(network: Annotator, documents: list[Document], pieces: WordPieces) -> NDArray[np.float16]:
    """[words of all documents, labels of all `TAUGHT` heads]: what a network says of each word, in windows."""
    starts = dict(zip(map(id, documents), np.cumsum([0, *(len(d.words) for d in documents)]), strict=False))
    labels = sum(len(HEADS[name]) for name in TAUGHT)
    out = np.zeros((sum(len(document.words) for document in documents), labels), np.float16)
    for batch in _batches(documents, pieces):
        scores = _scores(network, collate(batch))
        for row, example in enumerate(batch):
            begin = starts[id(example.document)] + example.start
            out[begin : begin + example.end - example.start] = scores[row, : example.end - example.start]
    return out


def _scores(network: Annotator, batch: dict[str, Tensor]) -> NDArray[np.float16]:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words = network.words(batch["ids"], batch["mask"], batch["shapes"], batch["first"])
        return network.told(words.float()).float().numpy().astype(np.float16)


def _batches(documents: list[Document], pieces: WordPieces) -> Iterator[list[Example]]:
    found = sorted(windows(documents, pieces, 128), key=lambda example: sum(map(len, example.pieces)))
    for start in range(0, len(found), _ROWS):
        yield found[start : start + _ROWS]


def write_scores(network: Annotator, pieces: WordPieces, data: Path, out: Path, corpora: list[str]) -> None:
    """One file of scores a corpus; a corpus that has its file already is left alone, so that it can be gone on with."""
    unlabelled = out / f"{UNLABELLED}.jsonl.gz"
    if not unlabelled.exists():
        write_unlabelled(texts_of(data / _REPORTS), unlabelled)
    for corpus in corpora:
        path = out / f"{corpus}.npy"
        if not path.exists():
            np.save(path, told(network, list(read(_source(data, out, corpus), set())), pieces))
            print(path, flush=True)


def _source(data: Path, out: Path, corpus: str) -> Path:
    return (out if corpus == UNLABELLED else data / "annotator") / f"{corpus}.jsonl.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, help="of the trained larger network")
    parser.add_argument("--base", type=Path, required=True, help="folder of the encoder that was trained")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("build/taught"))
    parser.add_argument("--corpora", nargs="*", default=[corpus for corpus, _, _ in MIXTURE.values()])
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    pieces = WordPieces(shipped_base() / "tokenizer.json")
    network = Annotator(base_encoder(arguments.base)[0])
    network.load_state_dict(torch.load(arguments.weights, weights_only=True))
    network.eval()
    write_scores(network, pieces, arguments.data, arguments.out, arguments.corpora)


if __name__ == "__main__":
    main()
