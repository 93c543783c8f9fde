"""From scores to labels: the best allowed label sequence, spans of labels, heads that form trees."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.labels import sequence_allowed

LabelledSpan = tuple[int, int, str]
"""First word, the word after the last, label."""
FORBIDDEN = np.float32(-1e4)
_PART_OF_NAME = 3
"""Letters of the longest word that stands in lower case within names: "von", "bin"."""
_NOUNS = frozenset(("NOUN", "PROPN", "PRON"))
_SUBJECTS = frozenset(("nsubj", "csubj"))


def no_moves(names: tuple[str, ...]) -> NDArray[np.float32]:
    """Transition scores [K, K] that only forbid what a begin-inside-outside sequence may not hold."""
    return np.where(np.array(sequence_allowed(names)), np.float32(0), FORBIDDEN)


def best_paths(
    scores: NDArray[np.float32], lengths: NDArray[np.int64], moves: NDArray[np.float32]
) -> NDArray[np.int64]:
    """Viterbi decoding (Forney 1973) of many sequences at once.

    Args:
        scores: [B, T, K], of each label at each place.
        lengths: [B], of the true sequences; what lies behind is ignored.
        moves: [K, K], of label j after label i.

    Returns:
        [B, T] label indices.
    """
    path: NDArray[np.int64] = scores.argmax(2)
    doubtful = _doubtful(path, lengths, moves)
    path *= np.arange(path.shape[1]) < lengths[:, None]
    if doubtful.any():
        path[doubtful] = _searched(scores[doubtful], lengths[doubtful], moves)
    return path


def _doubtful(path: NDArray[np.int64], lengths: NDArray[np.int64], moves: NDArray[np.float32]) -> NDArray[np.bool_]:
    """[B]: whether the best labels alone may not be the best path, since not every move of theirs is the best."""
    short = moves[path[:, :-1], path[:, 1:]] < moves.max()
    alive = np.arange(1, path.shape[1]) < lengths[:, None]
    doubtful: NDArray[np.bool_] = (moves[0, path[:, 0]] <= FORBIDDEN / 2) | (short & alive).any(1)
    return doubtful


def _searched(scores: NDArray[np.float32], lengths: NDArray[np.int64], moves: NDArray[np.float32]) -> NDArray[np.int64]:
    """The best paths by trying, place by place, each label behind each."""
    value = np.ascontiguousarray(scores.transpose(1, 0, 2))
    value[0] += np.where(moves[0] <= FORBIDDEN / 2, FORBIDDEN, np.float32(0))
    total = np.empty((*value.shape[1:], value.shape[2]), np.float32)
    for before, own in pairwise(value):
        np.add(before[:, :, None], moves, out=total)
        own += np.maximum.reduce(total, axis=1)
    return _traced(value, lengths, moves)


def _traced(value: NDArray[np.float32], lengths: NDArray[np.int64], moves: NDArray[np.float32]) -> NDArray[np.int64]:
    """The paths back from the best last label; `value` [T, B, K] is what the best path to each label is worth."""
    steps, batch, _ = value.shape
    into = np.ascontiguousarray(moves.T)
    path = np.zeros((steps, batch), np.int64)
    label = value[lengths - 1, np.arange(batch)].argmax(1)
    for step in range(steps - 1, -1, -1):
        path[step] = label
        if step:
            label = np.where(step < lengths, (value[step - 1] + into[label]).argmax(1), label)
    return np.where(np.arange(steps)[:, None] < lengths, path, 0).T


def labelled_spans(path: NDArray[np.int64], names: tuple[str, ...]) -> list[LabelledSpan]:
    """Spans (first, after the last, label) of a begin-inside-outside sequence."""
    spans: list[LabelledSpan] = []
    for place in np.flatnonzero(path).tolist():
        name = names[path[place]]
        if name.startswith("I-") and spans and spans[-1][1] == place and spans[-1][2] == name[2:]:
            spans[-1] = (spans[-1][0], place + 1, name[2:])
        else:
            spans.append((place, place + 1, name[2:]))
    return spans


def rooted(heads: Sequence[int], sentence: Sequence[int]) -> list[int]:
    """Heads without cycles: a word that only leads back to itself hangs on its sentence's root, or becomes it."""
    out = [h if 0 <= h < len(heads) and sentence[h] == sentence[i] else i for i, h in enumerate(heads)]
    state = [0] * len(out)
    root: dict[int, int] = {}
    for i, h in enumerate(out):
        if h == i:
            root.setdefault(sentence[i], i)
    for i in range(len(out)):
        path = []
        word = i
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            if out[word] == word:
                break
            if state[out[word]] == 1:
                out[word] = root.setdefault(sentence[word], word)
                break
            word = out[word]
        for word in path:
            state[word] = 2
    return out


def common_in_lower_case(written: Sequence[str], tag: Sequence[str]) -> list[str]:
    """Tags where a word in lower case is no name: "chamber of commerce"; short ones are parts of names ("de", "al")."""
    return [
        "NOUN" if one == "PROPN" and len(form) > _PART_OF_NAME and form.islower() and form.isalpha() else one
        for form, one in zip(written, tag, strict=True)
    ]


def second_roots_as_subjects(
    head: list[int], relation: list[str], tag: Sequence[str], sentence: Sequence[int]
) -> tuple[list[int], list[str]]:
    """Heads and relations where a noun that is left as a root before the root verb of its sentence is its subject.

    Only where the verb has no other: the scores of each word are taken by themselves, so that two may hang on nothing.
    """
    head, relation = list(head), list(relation)
    with_subject = {h for h, name in zip(head, relation, strict=True) if name in _SUBJECTS}
    roots: dict[int, list[int]] = {}
    for word, above in enumerate(head):
        if above == word:
            roots.setdefault(sentence[word], []).append(word)
    for found in roots.values():
        verb = next((word for word in found if tag[word] == "VERB"), None)
        nouns = [word for word in found if verb is not None and word < verb and tag[word] in _NOUNS]
        if verb is not None and verb not in with_subject and len(nouns) == 1:
            head[nouns[0]], relation[nouns[0]] = verb, "nsubj"
    return head, relation
