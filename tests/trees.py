"""Words with their trees, as the cases write them down."""

from __future__ import annotations

from onrecord.model import Words
from onrecord.spans import Span


def words_of(text: str, columns: str) -> Words:
    """Words with their trees: `form/TAG/head/relation`, heads counted from 1 within sentences parted by ` | `."""
    words, place = Words([], [], []), 0
    for index, sentence in enumerate(columns.split(" | ")):
        first = len(words)
        for column in sentence.split():
            form, tag, head, relation = column.rsplit("/", 3)
            words.starts.append(place := text.index(form, place))
            words.ends.append(place := place + len(form))
            words.sentence.append(index)
            words.tag.append(tag)
            words.head.append(first + int(head) - 1)
            words.relation.append(relation)
    return words


def sentences_of(words: Words) -> tuple[Span, ...]:
    """The sentences that the words are in, from their first word to their last."""
    last = dict(zip(words.sentence, words.ends, strict=True))
    return tuple(Span(words.starts[words.sentence.index(index)], last[index]) for index in sorted(last))
