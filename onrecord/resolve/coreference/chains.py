"""Chains: the mentions that are held to mean one and the same, and what a span stands for by them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model import Annotations
from onrecord.spans import Span


@dataclass(frozen=True, slots=True)
class Chain:
    """What several mentions mean is one and the same.

    Attributes:
        mentions: in the order of the text, at least one.
        head: the words that tell best what it is: the longest name, else the first phrase that is no pronoun.
        named: whether `head` is a name.
        descriptions: phrases that say what it is, in apposition or after a form of "be": "a doctor" of Ann Lee.
    """

    mentions: tuple[Span, ...]
    head: Span
    named: bool
    descriptions: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if not self.mentions or len(self.mentions) + len(self.descriptions) < 2:
            raise ValueError("a chain of one mention and nothing else")


class Antecedents:
    """What phrases of one report stand for. A span means what the mention with the same head word means."""

    def __init__(self, annotations: Annotations, chains: Iterable[Chain]) -> None:
        self._words = annotations.words
        self._chain_of: dict[int, Chain] = {}
        for chain in chains:
            for span in (*chain.mentions, *chain.descriptions):
                self._chain_of.setdefault(self.head(span), chain)
        self._chain_of.pop(-1, None)

    def chain(self, span: Span) -> Chain | None:
        """The chain of what `span` means, or None if nothing else in the report means the same."""
        return self._chain_of.get(self.head(span))

    def of(self, span: Span) -> Span | None:
        """The best name for what `span` means, or None if no mention of it is a name."""
        chain = self.chain(span)
        return chain.head if chain is not None and chain.named else None

    def head(self, span: Span) -> int:
        """The first word of `span` that depends on no other word of it; -1 if no word begins there."""
        first, end = bisect_left(self._words.starts, span.start), bisect_left(self._words.starts, span.end)
        for word in range(first, end if self._words.head else first):
            head = self._words.head[word]
            if head == word or not first <= head < end:
                return word
        return -1
