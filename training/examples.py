"""Windows of whole sentences, and batches of them as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from onrecord.annotate.encoder import WordPieces
from onrecord.annotate.labels import shape
from training.corpora import IGNORE, Document

_UPPER, _LOWER, _DIGITS = 2, 0, 5
_MASK = 103
_FRAME = (101, 102)


@dataclass(slots=True)
class Example:
    """Words `start` up to `end` of a document, as sub-tokens that fit the window."""

    document: Document
    start: int
    end: int
    pieces: list[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Variation:
    """Chance changes to a window: what real text shows too (flat case, straight quotation marks), and hidden words.

    A hidden word has to be told from its neighbours, which keeps the network from learning its examples by heart.
    """

    chance: random.Random
    straight: dict[int, int]
    hidden: float = 0.0

    @classmethod
    def of(cls, pieces: WordPieces, chance: random.Random, hidden: float = 0.0) -> Variation:
        marks = {"“": '"', "”": '"', "‘": "'", "’": "'"}
        return cls(chance, {pieces.of(curly)[0]: pieces.of(plain)[0] for curly, plain in marks.items()}, hidden)

    def of_shapes(self, shapes: list[int]) -> list[int]:
        if self.chance.random() >= 0.06:
            return shapes
        flat = _UPPER if self.chance.random() < 0.5 else _LOWER
        return [flat if shape < _DIGITS else shape for shape in shapes]

    def of_ids(self, ids: list[int]) -> list[int]:
        if self.chance.random() < 0.25:
            ids = [self.straight.get(i, i) for i in ids]
        return [_MASK if i not in _FRAME and self.chance.random() < self.hidden else i for i in ids]


def windows(documents: Sequence[Document], pieces: WordPieces, size: int, offset: int = 0) -> Iterator[Example]:
    """Windows of at most `size` sub-tokens; `offset` sentences make the first window shorter, to vary the cuts."""
    for document in documents:
        ids = [pieces.of(word) for word in document.words]
        bounds = [*document.sentences, len(document.words)]
        start, length = bounds[0], 0
        for count, (begin, end) in enumerate(pairwise(bounds)):
            need = sum(map(len, ids[begin:end]))
            if begin > start and (length + need > size - 2 or (offset and count == offset)):
                yield from _cut(document, start, begin, ids, size)
                start, length = begin, 0
            length += need
        yield from _cut(document, start, len(document.words), ids, size)


def _cut(document: Document, start: int, end: int, ids: list[Sequence[int]], size: int) -> Iterator[Example]:
    """One window, or several where a single sentence is longer than the window."""
    while start < end:
        stop, length = start, 0
        while stop < end and length + len(ids[stop]) <= size - 2:
            length += len(ids[stop])
            stop += 1
        yield Example(document, start, stop, ids[start:stop])
        start = stop


def collate(batch: Sequence[Example], variation: Variation | None = None) -> dict[str, Tensor]:
    """Padded tensors: sub-token ids, shapes, mask [B, L]; first sub-token and label columns [B, W]."""
    length = max(sum(map(len, e.pieces)) for e in batch) + 2
    width = max(e.end - e.start for e in batch)
    out = {name: torch.zeros(len(batch), length, dtype=torch.long) for name in ("ids", "shapes", "mask")}
    out |= {"first": torch.zeros(len(batch), width, dtype=torch.long)}
    out |= {"sentence": torch.full((len(batch), width), -1)}
    for row, example in enumerate(batch):
        _fill_inputs(out, row, example, variation)
    for name in batch[0].document.columns:
        out[name] = torch.full((len(batch), width), IGNORE)
        for row, e in enumerate(batch):
            out[name][row, : e.end - e.start] = torch.tensor(e.document.columns[name][e.start : e.end])
    _fill_factuality(out, batch, width)
    _fill_pairs(out, batch, width)
    _fill_taught(out, batch, width)
    return out


def _fill_inputs(out: dict[str, Tensor], row: int, example: Example, variation: Variation | None) -> None:
    shapes = [shape(word) for word in example.document.words[example.start : example.end]]
    if variation is not None:
        shapes = variation.of_shapes(shapes)
    ids, spread, first = [101], [0], []
    for kind, part in zip(shapes, example.pieces, strict=True):
        first.append(len(ids))
        ids.extend(part)
        spread.extend([kind] * len(part))
    ids.append(102)
    spread.append(0)
    if variation is not None:
        ids = variation.of_ids(ids)
    out["ids"][row, : len(ids)] = torch.tensor(ids)
    out["shapes"][row, : len(ids)] = torch.tensor(spread)
    out["mask"][row, : len(ids)] = 1
    out["first"][row, : len(first)] = torch.tensor(first)
    starts = set(example.document.sentences)
    current, owner = 0, []
    for word in range(example.start, example.end):
        current += word in starts
        owner.append(current)
    out["sentence"][row, : len(owner)] = torch.tensor(owner)


def _fill_factuality(out: dict[str, Tensor], batch: Sequence[Example], width: int) -> None:
    if batch[0].document.factuality is not None:
        out["factuality"] = torch.full((len(batch), width), float("nan"))
        for row, e in enumerate(batch):
            values = (e.document.factuality or [])[e.start : e.end]
            out["factuality"][row, : len(values)] = torch.tensor(values)


def _fill_pairs(out: dict[str, Tensor], batch: Sequence[Example], width: int) -> None:
    """Heads, relations and links as word positions inside the window; IGNORE where they leave it."""
    if batch[0].document.heads is not None:
        out["head"] = torch.full((len(batch), width), IGNORE)
        out["relation"] = torch.full((len(batch), width), IGNORE)
    if batch[0].document.links is not None:
        out["link"] = torch.full((len(batch), width), IGNORE)
    for row, e in enumerate(batch):
        for word in range(e.start, e.end):
            if e.document.heads is not None and e.document.relations is not None:
                if e.start <= (head := e.document.heads[word]) < e.end:
                    out["head"][row, word - e.start] = head - e.start
                    out["relation"][row, word - e.start] = e.document.relations[word]
            if e.document.links is not None and e.start <= (cue := e.document.links.get(word, -1)) < e.end:
                out["link"][row, word - e.start] = cue - e.start


def _fill_taught(out: dict[str, Tensor], batch: Sequence[Example], width: int) -> None:
    """What a larger network says, where all windows of the batch have it."""
    columns = [column for e in batch if (column := e.document.taught) is not None]
    if len(columns) < len(batch):
        return
    out["taught"] = torch.zeros(len(batch), width, columns[0].shape[1])
    for row, (e, column) in enumerate(zip(batch, columns, strict=True)):
        out["taught"][row, : e.end - e.start] = torch.tensor(column[e.start : e.end])


def join_sentences(documents: Sequence[Document]) -> list[Document]:
    """One document out of many single sentences, so that they fill windows."""
    joined = Document([], [], {}, None, None, None, [])
    for document in documents:
        joined.sentences.extend(len(joined.words) + s for s in document.sentences)
        joined.words.extend(document.words)
        joined.factuality = (joined.factuality or []) + (document.factuality or [])
    columns = [column for document in documents if (column := document.taught) is not None]
    joined.taught = np.concatenate(columns) if len(columns) == len(documents) else None
    return [joined]
