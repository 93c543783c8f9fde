"""The encoder at run time: one pass over a report gives the scores of all heads for each word.

The network is quantised dynamically, so a score depends on the batch it is computed in. Batches therefore
hold windows of one report only: what is read out of a report is a function of that report alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate import labels
from onrecord.annotate.decoding import best_paths, labelled_spans, rooted
from onrecord.annotate.windows import Window, cut_windows
from onrecord.errors import BrokenInstallation
from onrecord.model import Words

DATA = Path(__file__).parent.parent / "data"
WINDOW = 128
"""Sub-tokens the encoder reads at once: as many as in training; longer windows cost accuracy."""
BATCH = 600
"""Sub-tokens a batch: small batches stay in the cache of the processor."""
_CLS, _SEP, _UNKNOWN = 101, 102, 100
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
LabelledSpan = tuple[int, int, str]
"""First word, the word after the last, label."""


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


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the encoder says of each word of a report.

    Attributes:
        words: with tags, heads and relations.
        entities, times, roles: spans of words with their labels.
        link: for each word that opens a source or content, the word that opens its cue, or -1.
        event: event class a word, "O" for none.
        modality, tense: of each word, meant for events.
        factuality: from -3 (did not happen) to 3 (happened), meant for events.
    """

    words: Words
    entities: list[LabelledSpan]
    times: list[LabelledSpan]
    roles: list[LabelledSpan]
    link: list[int]
    event: list[str]
    modality: list[str]
    tense: list[str]
    factuality: list[float]


@dataclass(slots=True)
class _Columns:
    """Decoded labels of all words of a report, filled window by window."""

    tag: Ints
    event: Ints
    modality: Ints
    tense: Ints
    head: Ints
    relation: Ints
    factuality: Floats


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
        self._moves = {name: np.array(m, np.float32) for name, m in json.loads(described["transitions"]).items()}

    @cached_property
    def digest(self) -> str:
        """`sha256:` and the digest of the model file."""
        return "sha256:" + hashlib.sha256(self._path.read_bytes()).hexdigest()

    def analyse(self, text: str, words: Words, paragraphs: set[int]) -> Analysis:
        """Labels for `words` of `text`; `paragraphs` are the indices of words that open a paragraph."""
        ids = [self.pieces.of(text[a:b]) for a, b in zip(words.starts, words.ends, strict=True)]
        shapes = [labels.shape(text[a:b]) for a, b in zip(words.starts, words.ends, strict=True)]
        firsts = [i for i, s in enumerate(words.sentence) if i == 0 or s != words.sentence[i - 1]]
        windows = cut_windows([len(x) for x in ids], [*firsts, len(ids)], paragraphs, WINDOW - 2)
        columns = _empty_columns(len(ids))
        spans: dict[str, list[LabelledSpan]] = {"entity": [], "time": [], "attribution": []}
        link = np.full(len(ids), -1, np.int64)
        for batch in _batches(windows, ids, BATCH):
            outputs = self._run(batch, ids, shapes, words.sentence)
            self._decode(batch, outputs, columns, spans, link)
        return _analysis(words, columns, spans, link)

    def _run(
        self, batch: list[Window], ids: list[Sequence[int]], shapes: list[int], sentence: list[int]
    ) -> list[Floats]:
        lengths = [sum(len(ids[w]) for w in range(x.start, x.end)) + 2 for x in batch]
        longest, width = max(lengths), max(x.end - x.start for x in batch)
        inputs = {name: np.zeros((len(batch), longest), np.int64) for name in ("ids", "mask", "shapes")}
        first = np.zeros((len(batch), width), np.int64)
        owner = np.full((len(batch), width), -1, np.int64)
        for row, window in enumerate(batch):
            flat, kinds, places = [_CLS], [0], []
            for word in range(window.start, window.end):
                places.append(row * longest + len(flat))
                flat.extend(ids[word])
                kinds.extend([shapes[word]] * len(ids[word]))
            flat.append(_SEP)
            inputs["ids"][row, : len(flat)] = flat
            inputs["mask"][row, : len(flat)] = 1
            inputs["shapes"][row, 1 : len(kinds)] = kinds[1:]
            first[row, : len(places)] = places
            owner[row, : len(places)] = sentence[window.start : window.end]
        return list(self._session.run(None, inputs | {"first": first, "sentence": owner}))

    def _decode(
        self,
        batch: list[Window],
        outputs: list[Floats],
        columns: _Columns,
        spans: dict[str, list[LabelledSpan]],
        link: Ints,
    ) -> None:
        scores, factuality, head, relation, links = outputs
        lengths = np.array([x.end - x.start for x in batch])
        offset = 0
        for name, names in labels.TAGGERS.items():
            part = scores[..., offset : offset + len(names)]
            offset += len(names)
            if name in spans:
                paths = best_paths(part, lengths, self._moves[name])
                for row, window in enumerate(batch):
                    spans[name].extend(_kept(labelled_spans(paths[row, : lengths[row]], names), window))
            else:
                _store(getattr(columns, name), part.argmax(-1), batch)
        _store(columns.factuality, factuality, batch)
        _store(columns.relation, relation, batch)
        _store(columns.head, head + np.array([[x.start] for x in batch]), batch)
        _link(batch, links, spans["attribution"], link)


def _open(path: Path, threads: int) -> object:
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


def _empty_columns(count: int) -> _Columns:
    whole = [np.zeros(count, np.int64) for _ in range(6)]
    return _Columns(*whole, factuality=np.zeros(count, np.float32))


def _batches(windows: list[Window], ids: list[Sequence[int]], budget: int) -> list[list[Window]]:
    """Windows of like length together, so many that a batch holds about `budget` sub-tokens."""
    length = {x: sum(len(ids[w]) for w in range(x.start, x.end)) + 2 for x in windows}
    batches: list[list[Window]] = []
    for window in sorted(windows, key=lambda x: (length[x], x.start)):
        if not batches or (len(batches[-1]) + 1) * length[window] > budget:
            batches.append([])
        batches[-1].append(window)
    return batches


def _store(column: NDArray[np.generic], values: NDArray[np.generic], batch: list[Window]) -> None:
    for row, window in enumerate(batch):
        inside = slice(window.keep_start - window.start, window.keep_end - window.start)
        column[window.keep_start : window.keep_end] = values[row, inside]


def _kept(spans: list[LabelledSpan], window: Window) -> list[LabelledSpan]:
    """Spans as words of the report, clipped to what the window keeps."""
    moved = [(max(a + window.start, window.keep_start), min(b + window.start, window.keep_end), n) for a, b, n in spans]
    return [(a, b, name) for a, b, name in moved if a < b]


def _link(batch: list[Window], links: Floats, roles: list[LabelledSpan], link: Ints) -> None:
    """For each source or content of the batch, its best cue among those of the window."""
    for row, window in enumerate(batch):
        own = [span for span in roles if window.keep_start <= span[0] < window.keep_end]
        cues = [span[0] for span in own if span[2] == "cue"]
        if not cues:
            continue
        places = np.array(cues) - window.start
        for start, _, name in own:
            if name != "cue":
                link[start] = cues[int(links[row, start - window.start, places].argmax())]


def _analysis(words: Words, columns: _Columns, spans: dict[str, list[LabelledSpan]], link: Ints) -> Analysis:
    head = rooted(columns.head.tolist(), words.sentence)
    relation = [labels.RELATIONS[i] for i in columns.relation.tolist()]
    tagged = Words(
        words.starts, words.ends, words.sentence, [labels.TAGS[i] for i in columns.tag.tolist()], head, relation
    )
    return Analysis(
        tagged,
        _joined(spans["entity"]),
        _joined(spans["time"]),
        _joined(spans["attribution"]),
        link.tolist(),
        [labels.EVENTS[i] for i in columns.event.tolist()],
        [labels.MODALITY[i] for i in columns.modality.tolist()],
        [labels.TENSES[i] for i in columns.tense.tolist()],
        columns.factuality.tolist(),
    )


def _joined(spans: list[LabelledSpan]) -> list[LabelledSpan]:
    """Spans in the order of the text."""
    return sorted(spans)
