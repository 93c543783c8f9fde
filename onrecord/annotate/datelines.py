"""Trees that stop at the dateline: in "LONDON (Reuters) - The union backs the merger" the union is the subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from onrecord.model import Words


def set_apart(words: Words, body: int) -> Words:
    """The words with no dependency between title or dateline and body, but for one that holds them together.

    What stands before the body in its first sentence hangs on the root of the body by the relation "dep".

    Args:
        words: with heads and relations.
        body: offset behind title and dateline.
    """
    head, relation = list(words.head), list(words.relation)
    for sentence in _straddling(words, body):
        before = [word for word in sentence if words.starts[word] < body]
        behind = sentence[len(before) :]
        crossing = [word for word in behind if head[word] < behind[0]]
        root = next((word for word in behind if head[word] == word), crossing[0] if crossing else behind[0])
        for word in crossing:
            head[word] = root
        relation[root] = "root" if head[root] == root else relation[root]
        for word in before:
            if head[word] == word or head[word] >= behind[0]:
                head[word], relation[word] = root, "dep"
    return replace(words, head=head, relation=relation)


def _straddling(words: Words, body: int) -> Iterator[list[int]]:
    """The words of each sentence that begins before the body and ends in it: one at most."""
    for _, of in groupby(range(len(words)), key=words.sentence.__getitem__):
        sentence = list(of)
        if words.starts[sentence[0]] < body <= words.starts[sentence[-1]]:
            yield sentence
