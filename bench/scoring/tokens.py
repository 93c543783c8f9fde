"""Corpora that come as tokens: their text, the words the annotator sees in it, and the way back.

Tokens are joined by one space, so each run-time word lies in exactly one token. A token has the label of its
first word; a span of words covers the tokens it touches; a token's head is the token that owns the head of its
words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

from onrecord.annotate.analysis import Analysis, analyse
from onrecord.annotate.decoding import LabelledSpan
from onrecord.annotate.encoder import Encoder
from onrecord.annotate.words import tokenise
from onrecord.model import Words
from onrecord.spans import Span

Label = TypeVar("Label")


@dataclass(frozen=True, slots=True)
class Document:
    """Tokens laid out as text.

    Attributes:
        sentences: index of the first token of each sentence.
        owner: token of each run-time word.
        first: first run-time word of each token, or None if the annotator sees no word in it.
    """

    text: str
    tokens: list[str]
    sentences: list[int]
    words: Words
    owner: list[int]
    first: list[int | None]

    def of_tokens(self, labels: Sequence[Label], missing: Label) -> list[Label]:
        """The labels of words as labels of tokens."""
        return [missing if word is None else labels[word] for word in self.first]

    def token_spans(self, spans: Iterable[LabelledSpan]) -> set[LabelledSpan]:
        """Spans of words as spans of tokens."""
        return {(self.owner[start], self.owner[end - 1] + 1, label) for start, end, label in spans}


def laid_out(tokens: list[str], sentences: list[int]) -> Document:
    """The document that `tokens` make; `sentences` are the indices of those that open one."""
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token) + 1)
    bounds = [*sentences, len(tokens)]
    spans = [Span(starts[a], starts[b] - 1) for a, b in pairwise(bounds) if a < b]
    text = " ".join(tokens)
    words = tokenise(text, spans)
    owner = [bisect_right(starts, start) - 1 for start in words.starts]
    first: list[int | None] = [None] * len(tokens)
    for word in range(len(owner) - 1, -1, -1):
        first[owner[word]] = word
    return Document(text, tokens, sentences, words, owner, first)


def analysed(encoder: Encoder, document: Document, paragraphs: Iterable[int] = (0,)) -> Analysis:
    """What the encoder says of a document; `paragraphs` are the tokens that open one."""
    opening = {word for token in paragraphs if (word := document.first[token]) is not None}
    return analyse(encoder, document.text, document.words, opening)


def read_out(encoder: Encoder, items: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Document, Analysis]]:
    """Each object of a corpus with its document and what the encoder says of it."""
    for item in items:
        document = laid_out(item["tokens"], item["sents"])
        yield item, document, analysed(encoder, document)


def labelled_runs(labels: Sequence[str]) -> set[LabelledSpan]:
    """Spans of begin-inside-outside labels; an inside label that continues nothing begins a span."""
    spans: list[LabelledSpan] = []
    for place, label in enumerate(labels):
        if label == "O":
            continue
        goes_on = label.startswith("I-") and spans and spans[-1][1:] == (place, label[2:])
        if goes_on:
            spans[-1] = (spans[-1][0], place + 1, label[2:])
        else:
            spans.append((place, place + 1, label[2:]))
    return set(spans)
