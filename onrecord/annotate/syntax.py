"""Questions that rules ask of a dependency tree (Universal Dependencies 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from onrecord.model import Words
from onrecord.spans import Span

SUBJECTS = frozenset(("nsubj", "csubj"))
_IN_NOUN_PHRASE = frozenset("det amod compound nmod nummod case flat conj cc advmod fixed".split())
_NOT_IN_NOUN_PHRASE = frozenset(("acl", "parataxis", "punct", "advcl"))
_BE = frozenset("be is are was were been being 's 're".split())
_REACH = 250
"""Words from its head at which a subtree ends, and steps up at which a climb ends: a text without full stops is one
sentence, and its tree may be one chain from end to end."""


@dataclass(frozen=True)
class Syntax:
    """The words of a report with the text they stand in."""

    text: str
    words: Words

    def form(self, word: int) -> str:
        """The word as written."""
        return self.text[self.words.starts[word] : self.words.ends[word]]

    @cached_property
    def children(self) -> list[list[int]]:
        """The dependents of each word, in order."""
        out: list[list[int]] = [[] for _ in range(len(self.words))]
        for word, head in enumerate(self.words.head):
            if head != word:
                out[head].append(word)
        return out

    def subtree(self, word: int, without: frozenset[str] = frozenset()) -> list[int]:
        """The word and all below it, sorted; dependents by a relation in `without` are left out with theirs.

        So is what stands more than 250 words off.
        """
        found, waiting = [], [word]
        while waiting:
            current = waiting.pop()
            found.append(current)
            near = (c for c in self.children[current] if abs(c - word) <= _REACH)
            waiting.extend(c for c in near if self.words.relation[c] not in without)
        return sorted(found)

    def child(self, word: int, relations: frozenset[str]) -> int | None:
        """The first dependent by one of the relations."""
        return next((c for c in self.children[word] if self.words.relation[c] in relations), None)

    def ancestors(self, word: int) -> Iterator[int]:
        """The words above, nearest first, at most 250."""
        for _ in range(_REACH):
            head = self.words.head[word]
            if head == word:
                return
            word = head
            yield word

    def subject(self, word: int) -> int | None:
        """Who does what `word` says: its own subject, or that of the clause it is coordinated with or open to."""
        current = word
        for _ in range(6):
            found = self.child(current, SUBJECTS)
            if found is not None and self.words.relation[found] == "nsubj":
                return found
            head = self.words.head[current]
            if head == current or self.words.relation[current] not in ("conj", "xcomp", "advcl", "aux", "cop"):
                return None
            current = head
        return None

    def is_passive(self, verb: int) -> bool:
        """Whether the verb is a participle behind a form of "be"."""
        auxiliaries = [self.form(c).lower() for c in self.children[verb] if self.words.relation[c] == "aux"]
        return bool(auxiliaries) and auxiliaries[-1] in _BE and not self.form(verb).lower().endswith("ing")

    def noun_phrase(self, head: int) -> Span:
        """The noun phrase of `head`, without clauses that only add to it."""
        inside = self.noun_phrase_words(head)
        return self.span(inside[0], inside[-1])

    def noun_phrase_words(self, head: int) -> list[int]:
        """The words of that noun phrase, in order: an unbroken run, which a finite verb ends even in a wrong tree."""
        parts = [c for c in self.children[head] if self.words.relation[c] in _IN_NOUN_PHRASE]
        inside = {w for part in parts for w in self.subtree(part, _NOT_IN_NOUN_PHRASE)}
        inside = {w for w in inside if self.words.tag[w] not in ("VERB", "AUX", "SCONJ")}
        first = last = head
        while first - 1 in inside:
            first -= 1
        while last + 1 in inside:
            last += 1
        return list(range(first, last + 1))

    def span(self, first: int, last: int) -> Span:
        """The span from the start of one word to the end of another."""
        return Span(self.words.starts[first], self.words.ends[last])
