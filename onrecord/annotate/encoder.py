"""The encoder at run time: one pass over a report gives the scores of all heads for each word.

The network is quantised dynamically, so a score depends on all that is computed together. Each window is therefore
computed alone: what is read out of a window is a function of that window, and nothing is spent on padding. The
weights stay in the cache of the processor from one window to the next.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate import labels
from onrecord.annotate.windows import Window, cut_windows
from onrecord.errors import BrokenInstallation
from onrecord.model import Words
from onrecord.shipped import DATA, checked

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WINDOW = 128
"""Sub-tokens the encoder reads at once: as many as in training; longer windows cost accuracy."""
AT_ONCE = 64
"""Windows whose scores are handed on together: what is done with scores is done for many windows at once."""
_CLS, _SEP, _UNKNOWN = 101, 102, 100
_LINK = 4
"""The output that is about pairs of words."""
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class WordPieces:
    """Sub-token ids of words, remembered: most words of a text have been seen before."""

    LONGEST = 16
    """Sub-tokens of a word that the encoder sees; more tell it nothing."""
    SEEN = 200
    """Characters of a word that are looked at; a "word" may be a whole damaged file."""
    KEEP = 8_192
    """Words remembered at most."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        checked(path, "the vocabulary of the model")
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._known: dict[str, Sequence[int]] = {}

    def of(self, word: str) -> Sequence[int]:
        """At least one and at most `LONGEST` ids."""
        word = word[: self.SEEN]
        known = self._known.get(word)
        if known is None:
            known = self._tokenizer.encode(word, add_special_tokens=False).ids[: self.LONGEST] or [_UNKNOWN]
            if len(self._known) >= self.KEEP:
                self._known.clear()
            self._known[word] = known
        return known


Twins = list[Window]
"""Windows that hold the same words."""


@dataclass(frozen=True, slots=True)
class _Flat:
    """A window as the network reads it: sub-tokens and shapes, and of each word its first sub-token and sentence."""

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    first: tuple[int, ...]
    sentence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the network says of a batch of B windows of up to W words.

    Attributes:
        lengths: [B], true words of each window.
        scores: [B, W, K], of all labels of `labels.TAGGERS`, joined in that order.
        factuality: [B, W], from -3 to 3.
        head, relation: [B, W], of the dependency tree; heads are words of the window.
        link: [B, W, W], of each word to the cue it may belong to.
        meaning: [B, W, D], what each word means where it stands, as principal components of the vectors of the
            encoder before it learnt to label; None from a model without them.
    """

    lengths: Ints
    scores: Floats
    factuality: Floats
    head: Ints
    relation: Ints
    link: Floats
    meaning: Floats | None = None


class Encoder:
    """The shipped network with its tokeniser. Loading takes about a tenth of a second.

    Raises:
        BrokenInstallation: the model file is missing or damaged.
    """

    def __init__(self, threads: int = 1, model: Path | None = None) -> None:
        path = model or DATA / "model.onnx"
        self.digest = "sha256:" + checked(path, "the model")
        """`sha256:` and the digest of the model file."""
        self.pieces = WordPieces(DATA / "tokenizer.json")
        self._session = _open(path, threads)
        self._masked = any(given.name == "mask" for given in self._session.get_inputs())
        described = self._session.get_modelmeta().custom_metadata_map
        self.moves = {name: np.array(m, np.float32) for name, m in json.loads(described["transitions"]).items()}

    def read(self, text: str, words: Words, paragraphs: set[int]) -> Iterator[tuple[list[Twins], Outputs]]:
        """Windows over `words` of `text`, up to `AT_ONCE` together, with what the network says of them.

        Args:
            text: of the report.
            words: of the text.
            paragraphs: the words that open a paragraph, where windows are best cut.
        """
        forms = [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)]
        pieces = [self.pieces.of(form) for form in forms]
        shapes = [_shape(form) for form in forms]
        firsts = [i for i, s in enumerate(words.sentence) if i == 0 or s != words.sentence[i - 1]]
        windows = cut_windows([len(x) for x in pieces], [*firsts, len(pieces)], paragraphs, WINDOW - 2)
        distinct = _distinct(windows, pieces, shapes, words.sentence)
        for start in range(0, len(distinct), AT_ONCE):
            part = distinct[start : start + AT_ONCE]
            yield [twins for _, twins in part], _joined([self._run(flat) for flat, _ in part])

    def _run(self, row: _Flat) -> list[NDArray[np.generic]]:
        """The outputs of the network for one window, each [1, W, …]."""
        given = {"ids": row.ids, "shapes": row.shapes, "first": row.first, "sentence": row.sentence}
        if self._masked:
            given["mask"] = (1,) * len(row.ids)
        inputs = {name: np.array([values], np.int64) for name, values in given.items()}
        outputs: list[NDArray[np.generic]] = self._session.run(None, inputs)
        return outputs


_shape = lru_cache(maxsize=WordPieces.KEEP)(labels.shape)


def _open(path: Path, threads: int) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    slow = ["SkipLayerNormFusion"]  # its operator is six times as slow as the two that it stands for
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=slow
        )
    except Exception as error:
        raise BrokenInstallation(
            str(path), f"the model cannot be loaded ({type(error).__name__})", "Install onrecord again"
        ) from error


def _flat(pieces: list[Sequence[int]], shapes: list[int], sentence: list[int], window: Window) -> _Flat:
    ids, kinds, first = [_CLS], [0], []
    for word in range(window.start, window.end):
        first.append(len(ids))
        ids.extend(pieces[word])
        kinds.extend([shapes[word]] * len(pieces[word]))
    ids.append(_SEP)
    kinds.append(0)
    opening = sentence[window.start]
    own = tuple(s - opening for s in sentence[window.start : window.end])
    return _Flat(tuple(ids), tuple(kinds), tuple(first), own)


def _distinct(
    windows: list[Window], pieces: list[Sequence[int]], shapes: list[int], sentence: list[int]
) -> list[tuple[_Flat, Twins]]:
    """Windows with the same words are read once: a text that repeats itself costs little."""
    twins: dict[_Flat, Twins] = {}
    for window in windows:
        twins.setdefault(_flat(pieces, shapes, sentence, window), []).append(window)
    return list(twins.items())


def _joined(runs: list[list[NDArray[np.generic]]]) -> Outputs:
    """The outputs of single windows side by side, each padded to the most words of any."""
    lengths = np.array([run[0].shape[1] for run in runs])
    width = int(lengths.max())
    return Outputs(
        lengths, *(_stacked(rows, width, place == _LINK) for place, rows in enumerate(zip(*runs, strict=True)))
    )


def _stacked(rows: Sequence[NDArray[np.generic]], width: int, paired: bool) -> NDArray[Any]:
    """[B, width, …] of arrays [1, W, …]; what is said of pairs of words is padded along both."""
    behind = (width,) if paired else rows[0].shape[2:]
    out = np.zeros((len(rows), width, *behind), rows[0].dtype)
    for place, row in zip(out, rows, strict=True):
        place[tuple(slice(size) for size in row.shape[1:])] = row[0]
    return out
