"""Trees that stop at the dateline: in "LONDON (Reuters) - The union backs the merger" the union is the subject."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from onrecord.model import Words


def set_apart(words: Words, body: int) -> Words:
    """The words with no dependency between title or dateline and body, but for one that holds them together.

    What stands before the body in its first sentence hangs on the root of the body by the relation "dep".

    Args:
        words: with heads and relations.
        body: offset behind title and dateline.
    """
    first = bisect_left(words.starts, body)
    if first in (0, len(words)) or words.sentence[first - 1] != words.sentence[first]:
        return words
    number = words.sentence[first]
    before = range(bisect_left(words.sentence, number), first)
    behind = range(first, bisect_right(words.sentence, number))
    head, relation = list(words.head), list(words.relation)
    crossing = [word for word in behind if head[word] < first]
    roots = [word for word in behind if head[word] == word]
    root = (roots or crossing)[0]
    for word in crossing:
        head[word] = root
    relation[root] = "root"
    for word in before:
        if head[word] == word or head[word] >= first:
            head[word], relation[word] = root, "dep"
    return replace(words, head=head, relation=relation)
