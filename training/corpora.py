"""Corpora as sequences of run-time words with labels.

Each corpus comes as JSON lines of tokens (see the data card). A token that the run-time tokeniser splits
keeps its label on the first piece; the pieces after it continue a span and are ignored by the other heads.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate import labels
from onrecord.annotate.words import word_spans

IGNORE = -100
SILVER_TYPES = tuple("PERSON ORGANIZATION LOCATION MISC DATE TIME DURATION SET MONEY NUMBER ORDINAL PERCENT".split())
"""Entity types of CoreNLP, an auxiliary task that is not exported."""
HEADS: dict[str, tuple[str, ...]] = {
    **labels.TAGGERS,
    "silver": ("O", *(prefix + name for name in SILVER_TYPES for prefix in ("B-", "I-"))),
}
TAUGHT = ("entity", "attribution")
"""The heads whose scores a larger network teaches (`training.taught`), in the order in which they are joined."""


@dataclass(slots=True)
class Document:
    """Words of one document, sentence starts, and one column of label indices a head that it teaches.

    `taught` is [words, labels of all `TAUGHT` heads]: the scores that a larger network gives each word.
    """

    words: list[str]
    sentences: list[int]
    columns: dict[str, list[int]] = field(default_factory=dict)
    heads: list[int] | None = None
    relations: list[int] | None = None
    links: dict[int, int] | None = None
    factuality: list[float] | None = None
    taught: NDArray[np.float16] | None = None


def read(path: Path, keep: set[str] | None = None) -> Iterator[Document]:
    """The documents of one corpus file, with the columns in `keep` (all if None)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _document(json.loads(line), keep)


def add_taught(documents: list[Document], folder: Path, corpus: str) -> None:
    """Adds to the documents of a corpus what a larger network says of their words.

    Raises:
        ValueError: the file is of other documents.
    """
    ends = np.cumsum([len(document.words) for document in documents])
    scores = np.load(folder / f"{corpus}.npy")
    if len(scores) != ends[-1]:
        raise ValueError(f"{folder / corpus}.npy: {len(scores)} words where the corpus has {ends[-1]}; make it again")
    for document, part in zip(documents, np.split(scores, ends[:-1]), strict=True):
        document.taught = part


def _document(data: dict[str, Any], keep: set[str] | None) -> Document:
    words: list[str] = []
    first: list[int] = []
    for token in data["tokens"]:
        first.append(len(words))
        words.extend(token[a:b] for a, b in word_spans(token) or [(0, len(token))])
    first.append(len(words))
    document = Document(words, [first[i] for i in data["sents"]])
    for name, column in _columns(data).items():
        if keep is None or name in keep:
            document.columns[name] = _spread(column, HEADS[name], first, len(words))
    if "head" in data:
        document.heads, document.relations = _tree(data, first)
    if "rels" in data:
        document.links = _links(data["rels"], first)
    if "fact" in data:
        document.factuality = _spread_floats(data["fact"], first, len(words))
    return document


def _columns(data: dict[str, Any]) -> dict[str, list[str]]:
    """The label of each token by head. A label that its head does not know teaches nothing."""
    columns: dict[str, list[str]] = {}
    for field_name, head in (
        ("ner", "entity"),
        ("sil", "silver"),
        ("timex", "time"),
        ("event", "event"),
        ("upos", "tag"),
        ("mod", "modality"),
        ("tense", "tense"),
    ):
        if field_name in data:
            columns[head] = data[field_name]
    if "attr" in data:
        columns["attribution"] = [x if x == "O" else x[:2] + x[2:].lower() for x in data["attr"]]
    return columns


def _spread(column: list[str], names: tuple[str, ...], first: list[int], length: int) -> list[int]:
    """Token labels on words: spans go on over the pieces of a token, other labels stand on its first piece."""
    index = {name: i for i, name in enumerate(names)}
    out = [IGNORE] * length
    for token, label in enumerate(column):
        out[first[token]] = index.get(label, IGNORE)
        inside = "I-" + label[2:] if label[:2] in ("B-", "I-") else label
        for word in range(first[token] + 1, first[token + 1]):
            out[word] = index[inside] if inside in index and ("B-" + inside[2:] in index or inside == "O") else IGNORE
    return out


def _spread_floats(column: list[float | None], first: list[int], length: int) -> list[float]:
    out = [float("nan")] * length
    for token, value in enumerate(column):
        if value is not None:
            out[first[token]] = value
    return out


def _tree(data: dict[str, Any], first: list[int]) -> tuple[list[int], list[int]]:
    """Heads as word indices of the document (a root is its own head), relations as indices."""
    relation_index = {name: i for i, name in enumerate(labels.RELATIONS)}
    heads: list[int] = []
    relations: list[int] = []
    starts = [*data["sents"], len(data["tokens"])]
    for sentence, after in pairwise(starts):
        for token in range(sentence, after):
            head = data["head"][token]
            heads.append(first[token] if head == 0 else first[sentence + head - 1])
            relations.append(relation_index.get(data["rel"][token], relation_index["dep"]))
            for _ in range(first[token] + 1, first[token + 1]):
                heads.append(first[token])
                relations.append(relation_index["goeswith"])
    return heads, relations


def _links(relations: list[Any], first: list[int]) -> dict[int, int]:
    """First word of each source or content span → first word of its cue."""
    links: dict[int, int] = {}
    for parts in relations:
        cues = [tokens for role, tokens in parts if role == "Cue"]
        if not cues:
            continue
        cue = first[min(cues[0])]
        for role, tokens in parts:
            if role != "Cue":
                for block in _blocks(tokens):
                    links[first[block]] = cue
    return links


def _blocks(tokens: list[int]) -> list[int]:
    """The first token of each unbroken run."""
    ordered = sorted(tokens)
    return [t for i, t in enumerate(ordered) if i == 0 or ordered[i - 1] != t - 1]
