"""Vectors of words put together: what a sentence is about, for comparing it with others."""

from __future__ import annotations

import numpy as np

from onrecord.annotate.analysis import Analysis


def word_meaning(analysis: Analysis, word: int) -> bytes:
    """What a word means where it stands, as small whole numbers (int8); empty from a model without vectors."""
    return b"" if analysis.meaning is None else analysis.meaning[word].tobytes()


def sentence_meanings(analysis: Analysis, count: int) -> tuple[bytes, ...]:
    """Of each of the `count` sentences the mean direction of its words, of length 127 (int8); a sentence without
    words, and each sentence from a model without vectors, has none.
    """
    if analysis.meaning is None:
        return ()
    sums = np.zeros((count, analysis.meaning.shape[1]), np.float32)
    sentence = np.array(analysis.words.sentence, np.int64)
    if len(sentence):
        starts = np.flatnonzero(np.diff(sentence, prepend=-1))  # words stand in the order of their sentences
        sums[sentence[starts]] = np.add.reduceat(analysis.meaning.astype(np.float32), starts, axis=0)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    short = np.rint(sums * (127 / np.maximum(lengths, 1e-6))).astype(np.int8)
    return tuple(row.tobytes() if length else b"" for row, length in zip(short, lengths[:, 0], strict=True))
