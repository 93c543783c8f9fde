"""The encoder at run time: one pass over a report gives the scores of all heads for each word.

The network is quantised dynamically, so a score depends on the batch it is computed in. Batches therefore
hold windows of one report only: what is read out of a report is a function of that report alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate import labels
from onrecord.annotate.windows import Window, cut_windows
from onrecord.errors import BrokenInstallation
from onrecord.model import Words

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

DATA = Path(__file__).parent.parent / "data"
WINDOW = 128
"""Sub-tokens the encoder reads at once: as many as in training; longer windows cost accuracy."""
BATCH = 600
"""Sub-tokens a batch: small batches stay in the cache of the processor."""
_CLS, _SEP, _UNKNOWN = 101, 102, 100
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class WordPieces:
    """Sub-token ids of words, remembered: most words of a text have been seen before."""

    LONGEST = 16
    """Sub-tokens of a word that the encoder sees; more tell it nothing."""
    _KEEP = 200_000

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._known: dict[str, Sequence[int]] = {}

    def of(self, word: str) -> Sequence[int]:
        """At least one and at most `LONGEST` ids."""
        known = self._known.get(word)
        if known is None:
            known = self._tokenizer.encode(word[:200], add_special_tokens=False).ids[: self.LONGEST] or [_UNKNOWN]
            if len(self._known) >= self._KEEP:
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
        self._path = model or DATA / "model.onnx"
        self.pieces = WordPieces(DATA / "tokenizer.json")
        self._session = _open(self._path, threads)
        described = self._session.get_modelmeta().custom_metadata_map
        self.moves = {name: np.array(m, np.float32) for name, m in json.loads(described["transitions"]).items()}

    @cached_property
    def digest(self) -> str:
        """`sha256:` and the digest of the model file."""
        return "sha256:" + hashlib.sha256(self._path.read_bytes()).hexdigest()

    def read(self, text: str, words: Words, paragraphs: set[int]) -> Iterator[tuple[list[Twins], Outputs]]:
        """Windows over `words` of `text`, in batches, with what the network says of them.

        Args:
            text: of the report.
            words: of the text; the order of the windows does not follow theirs.
            paragraphs: the words that open a paragraph, where windows are best cut.
        """
        pieces = [self.pieces.of(text[a:b]) for a, b in zip(words.starts, words.ends, strict=True)]
        shapes = [labels.shape(text[a:b]) for a, b in zip(words.starts, words.ends, strict=True)]
        firsts = [i for i, s in enumerate(words.sentence) if i == 0 or s != words.sentence[i - 1]]
        windows = cut_windows([len(x) for x in pieces], [*firsts, len(pieces)], paragraphs, WINDOW - 2)
        inputs = {w: _flat(pieces, shapes, words.sentence, w) for w in windows}
        for batch in _batches(inputs):
            yield batch, self._run([inputs[twins[0]] for twins in batch])

    def _run(self, rows: list[_Flat]) -> Outputs:
        longest, width = max(len(r.ids) for r in rows), max(len(r.first) for r in rows)
        inputs = {name: np.zeros((len(rows), longest), np.int64) for name in ("ids", "mask", "shapes")}
        inputs["first"] = np.zeros((len(rows), width), np.int64)
        inputs["sentence"] = np.full((len(rows), width), -1, np.int64)
        for number, row in enumerate(rows):
            inputs["ids"][number, : len(row.ids)] = row.ids
            inputs["mask"][number, : len(row.ids)] = 1
            inputs["shapes"][number, : len(row.shapes)] = row.shapes
            inputs["first"][number, : len(row.first)] = row.first
            inputs["first"][number] += number * longest
            inputs["sentence"][number, : len(row.sentence)] = row.sentence
        lengths = np.array([len(row.first) for row in rows])
        return Outputs(lengths, *self._session.run(None, inputs))


def _open(path: Path, threads: int) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
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
    opening = sentence[window.start]
    own = tuple(s - opening for s in sentence[window.start : window.end])
    return _Flat(tuple(ids), tuple(kinds), tuple(first), own)


def _batches(inputs: dict[Window, _Flat]) -> list[list[Twins]]:
    """Windows of like length together, so many that a batch holds about `BATCH` sub-tokens.

    Windows with the same words are read once: a text that repeats itself costs little.
    """
    twins: dict[_Flat, Twins] = {}
    for window, flat in inputs.items():
        twins.setdefault(flat, []).append(window)
    batches: list[list[Twins]] = []
    for flat, same in sorted(twins.items(), key=lambda item: (len(item[0].ids), item[1][0].start)):
        if not batches or (len(batches[-1]) + 1) * len(flat.ids) > BATCH:
            batches.append([])
        batches[-1].append(same)
    return batches
