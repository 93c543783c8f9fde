"""What the encoder says of each word of a report, put together from the windows it was read in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate import labels
from onrecord.annotate.adjoining import joined_names
from onrecord.annotate.agreement import Key, agreed, type_scores
from onrecord.annotate.decoding import (
    LabelledSpan,
    best_paths,
    common_in_lower_case,
    labelled_spans,
    rooted,
    second_roots_as_subjects,
)
from onrecord.annotate.encoder import Encoder, Floats, Ints, Outputs, Twins
from onrecord.annotate.extents import whole_names
from onrecord.annotate.missed import with_missed
from onrecord.annotate.windows import Window
from onrecord.model import Words

Bytes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The labels of the words of one report.

    Attributes:
        words: with tags, heads and relations.
        entities, times, roles: spans of words with their labels, in order.
        link: for each word that opens a source or content, the word that opens its cue, or -1.
        event: event class a word, "O" for none.
        modality, tense: of each word, meant for events.
        factuality: from -3 (did not happen) to 3 (happened), meant for events.
        meaning: [words, D] int8, of length 127: what each word means where it stands; None from a model without.
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
    meaning: Bytes | None = None


def analyse(encoder: Encoder, text: str, words: Words, paragraphs: set[int]) -> Analysis:
    """Labels for `words` of `text`; `paragraphs` are the words that open a paragraph."""
    return analysis_of(encoder.moves, text, words, paragraphs, encoder.read(text, words, paragraphs))


def analysis_of(
    moves: dict[str, Floats],
    text: str,
    words: Words,
    paragraphs: set[int],
    batches: Iterable[tuple[list[Twins], Outputs]],
) -> Analysis:
    """The labels that follow from scores: `moves` [K, K] are the transition scores of each sequence head."""
    draft = _Draft(moves, len(words), paragraphs)
    for batch, outputs in batches:
        draft.take(batch, outputs)
    return draft.finished(text, words)


class _Draft:
    """Labels of all words of a report, filled window by window."""

    _WORD_LABELS = ("tag", "event", "modality", "tense")

    def __init__(self, moves: dict[str, Floats], count: int, paragraphs: set[int]) -> None:
        self._moves = moves
        self._paragraphs = paragraphs
        self._columns = {name: np.zeros(count, np.int64) for name in (*self._WORD_LABELS, "head", "relation")}
        self._factuality = np.zeros(count, np.float32)
        self._link = np.full(count, -1, np.int64)
        self._count = count
        self._meaning: Bytes | None = None
        self._spans: dict[str, list[LabelledSpan]] = {"entity": [], "time": [], "attribution": []}
        self._types = np.zeros((count, len(labels.ENTITY_TYPES)), np.float32)

    def take(self, batch: list[Twins], outputs: Outputs) -> None:
        """Keeps of each window what is to be kept of it."""
        offset = 0
        for name, names in labels.TAGGERS.items():
            scores = outputs.scores[..., offset : offset + len(names)]
            offset += len(names)
            if name == "entity":
                _store(self._types, type_scores(scores), batch)
            if name in self._spans:
                self._take_spans(name, best_paths(scores, outputs.lengths, self._moves[name]), batch, outputs)
            else:
                _store(self._columns[name], scores.argmax(-1), batch)
        _store(self._factuality, outputs.factuality, batch)
        _store(self._columns["relation"], outputs.relation, batch)
        _store(self._columns["head"], outputs.head, batch, shifted=True)
        if outputs.meaning is not None:
            if self._meaning is None:
                self._meaning = np.zeros((self._count, outputs.meaning.shape[-1]), np.int8)
            _store(self._meaning, _shortened(outputs.meaning), batch)

    def _take_spans(self, name: str, paths: Ints, batch: list[Twins], outputs: Outputs) -> None:
        names = labels.TAGGERS[name]
        for row, twins in enumerate(batch):
            found = labelled_spans(paths[row, : outputs.lengths[row]], names)
            for window in twins:
                kept = _parted(_kept(found, window), self._paragraphs)
                self._spans[name].extend(kept)
                if name == "attribution":
                    _link(window, kept, outputs.link[row], self._link)

    def _entities(self, text: str, words: Words, tags: Sequence[str]) -> list[LabelledSpan]:
        """The names of the report, each of one type and of one length as far as its places agree."""
        found = [(span, self._types[span[0] : span[1]].mean(0)) for span in sorted(self._spans["entity"])]
        keys = [_key(text, words, first, end) for (first, end, _), _ in found]
        written = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
        names = joined_names(agreed(found, keys), written, tags, words.sentence)
        return with_missed(whole_names(names, written, words.sentence), written, tags, words.sentence)

    def finished(self, text: str, words: Words) -> Analysis:
        """The labels as names, the spans in order, the heads as trees."""
        label = {name: labels.TAGGERS[name] for name in self._WORD_LABELS}
        named = {name: [names[i] for i in self._columns[name].tolist()] for name, names in label.items()}
        written = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
        named["tag"] = common_in_lower_case(written, named["tag"])
        head = rooted(self._columns["head"].tolist(), words.sentence)
        relation = [labels.RELATIONS[i] for i in self._columns["relation"].tolist()]
        head, relation = second_roots_as_subjects(head, relation, named["tag"], words.sentence)
        return Analysis(
            words=Words(words.starts, words.ends, words.sentence, named["tag"], head, relation),
            entities=self._entities(text, words, named["tag"]),
            times=sorted(self._spans["time"]),
            roles=sorted(self._spans["attribution"]),
            link=self._link.tolist(),
            event=named["event"],
            modality=named["modality"],
            tense=named["tense"],
            factuality=self._factuality.tolist(),
            meaning=self._meaning,
        )


def _key(text: str, words: Words, first: int, end: int) -> Key:
    return tuple(text[words.starts[w] : words.ends[w]].lower() for w in range(first, end))


def _shortened(vectors: Floats) -> Bytes:
    """The vectors brought to length 127, as small whole numbers: their directions are what is compared."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    short: Bytes = np.rint(vectors * (127 / np.maximum(lengths, 1e-6))).astype(np.int8)
    return short


def _store(column: NDArray[np.generic], values: NDArray[np.generic], batch: list[Twins], shifted: bool = False) -> None:
    for row, twins in enumerate(batch):
        for window in twins:
            inside = values[row, window.keep_start - window.start : window.keep_end - window.start]
            column[window.keep_start : window.keep_end] = inside + window.start if shifted else inside


def _kept(spans: list[LabelledSpan], window: Window) -> list[LabelledSpan]:
    """Spans as words of the report, clipped to what the window keeps."""
    moved = [(max(a + window.start, window.keep_start), min(b + window.start, window.keep_end), n) for a, b, n in spans]
    return [(a, b, name) for a, b, name in moved if a < b]


def _parted(spans: list[LabelledSpan], paragraphs: set[int]) -> list[LabelledSpan]:
    """Spans cut where a paragraph opens: what runs on behind it is told anew."""
    parts: list[LabelledSpan] = []
    for first, end, name in spans:
        cuts = [first, *(word for word in range(first + 1, end) if word in paragraphs), end]
        parts.extend((a, b, name) for a, b in pairwise(cuts))
    return parts


def _link(window: Window, roles: list[LabelledSpan], scores: Floats, link: Ints) -> None:
    """For each source or content of the window, its best cue among those of the window."""
    cues = [first for first, _, name in roles if name == "cue"]
    if not cues:
        return
    places = np.array(cues) - window.start
    for first, _, name in roles:
        if name != "cue":
            link[first] = cues[int(scores[first - window.start, places].argmax())]
