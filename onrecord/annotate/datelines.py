"""Trees that stop at the dateline: in "LONDON (Reuters) - The union backs the merger" the union is the subject."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from onrecord.model import Words


def set_apart(words: Words, body: int) -> Words:
    """The words with what stands before the body in its first sentence as a sentence of its own.

    Args:
        words: of a report.
        body: offset behind title and dateline.
    """
    first = bisect_left(words.starts, body)
    if first in (0, len(words)) or words.sentence[first - 1] != words.sentence[first]:
        return words
    return replace(words, sentence=[*words.sentence[:first], *(number + 1 for number in words.sentence[first:])])


def put_back(words: Words, sentence: list[int]) -> Words:
    """The words of `set_apart`, with trees by now, in the sentences they were in: the dateline hangs on the body.

    Args:
        sentence: of each word, its own.
    """
    if words.sentence == sentence:
        return words
    first = bisect_right([own - told for told, own in zip(sentence, words.sentence, strict=True)], 0)
    root = next(word for word in range(first, len(words)) if words.head[word] == word)
    head, relation = list(words.head), list(words.relation)
    for word in range(bisect_left(sentence, sentence[first]), first):
        if head[word] == word:
            head[word], relation[word] = root, "dep"
    return replace(words, sentence=sentence, head=head, relation=relation)
