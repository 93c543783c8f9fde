"""The dependency trees of a report, with the stretch of text each word governs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from onrecord.model import Annotations, Words

_INSIDE = frozenset(
    ("det", "amod", "nummod", "compound", "flat", "nmod", "appos", "acl", "fixed", "goeswith", "list", "dep")
)
_ASIDE = frozenset(("nmod", "nummod", "list", "dep"))
"""What says something by the way where it stands in brackets: "(1704 – 1787)", "(Ohio)"."""
_OF_DEEDS = frozenset("in at on from with to as by".split())
"""Prepositions that behind a name mostly belong to what its bearer does: "met Ann Lee in Riga"; not so "of"."""
_LONGEST = 150
"""Words beyond which a phrase is no phrase but a sentence the parser lost its way in; only its head is kept then."""
_NEAREST = 64
"""Dependents of one word among which one of a certain relation is looked for."""
_NAME_PART = frozenset(("flat", "compound", "goeswith"))


@dataclass(frozen=True, slots=True)
class Tree:
    """Words with their forms, children, and the first and last word below each of them.

    Attributes:
        forms: the words as written; `low` in lower case with straight apostrophes.
        children: direct dependents of each word, in order.
        first, last: the words at the ends of what each word governs, itself included.
    """

    words: Words
    forms: list[str]
    low: list[str]
    children: list[list[int]]
    first: list[int]
    last: list[int]

    def child(self, word: int, relation: str) -> int | None:
        """The first dependent in that relation."""
        relations = self.words.relation
        return next((k for k in islice(self.children[word], _NEAREST) if relations[k] == relation), None)

    def phrase(self, head: int) -> tuple[int, int]:
        """First and last word of the noun phrase of `head`, without what only attaches it to the sentence."""
        begin = max((k + 1 for k in self.children[head] if k < head and self._attaches(k)), default=0)
        first = last = reach = head
        for k in self.children[head]:
            if k > head and self._has_gap(reach, self.first[k]):
                break
            reach = max(reach, self.last[k])
            if k < begin or self.words.relation[k] not in _INSIDE or (k > head and self._is_beside(head, k)):
                continue
            first, last = min(first, self.first[k]), max(last, self.last[k])
        return (first, self._without_marks(head, last)) if last - first < _LONGEST else (head, head)

    def _has_gap(self, reach: int, begins: int) -> bool:
        """Whether words of something else lie between what a head governs: then the tree is mistaken."""
        return any(self.words.tag[k] != "PUNCT" for k in range(reach + 1, min(begins, reach + _NEAREST)))

    def _attaches(self, word: int) -> bool:
        """Whether a word ties the noun behind it to the sentence: the noun's phrase begins after it."""
        return self.words.relation[word] in ("case", "cop")

    def _is_beside(self, head: int, word: int) -> bool:
        """Whether what `word` governs behind `head` is no part of the phrase: an aside, or told of the sentence."""
        begins = self.first[word]
        relation = self.words.relation[word]
        if relation in _ASIDE and any(self.forms[k] in "([" for k in range(max(begins - 1, 0), begins + 1)):
            return True
        if self.words.tag[head] != "PROPN" or relation not in ("nmod", "nummod"):
            return False
        year = self.words.tag[word] == "NUM" and len(self.forms[word]) == 4
        return year or (relation == "nmod" and self.low[begins] in _OF_DEEDS)

    def _without_marks(self, head: int, last: int) -> int:
        while last > head and self.words.tag[last] == "PUNCT" and self.forms[last] not in ")]":
            last -= 1
        return last

    def name_words(self, head: int) -> list[int]:
        """The proper nouns that make up a name with `head`, in order."""
        parts = [head, *(k for k in self.children[head] if self.words.relation[k] in _NAME_PART)]
        return sorted(k for k in parts if self.words.tag[k] in ("PROPN", "NUM") or k == head)

    def dependents(self, word: int) -> Iterator[int]:
        """The first dependents of a word, in order."""
        return islice(self.children[word], _NEAREST)

    def subject(self, word: int) -> int | None:
        """The subject of the clause that `word` governs: where a wrong tree gives it two, the nearer before it."""
        before = [k for k in self.dependents(word) if self.words.relation[k] == "nsubj" and k < word]
        return before[-1] if before else self.child(word, "nsubj")


def tree_of(annotations: Annotations) -> Tree:
    """The trees of all sentences. Time and memory are linear in the words, whatever the shape of the trees."""
    text, words = annotations.report.text, annotations.words
    forms = [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)]
    children: list[list[int]] = [[] for _ in forms]
    roots: list[int] = []
    for k, head in enumerate(words.head):
        (roots if head == k else children[head]).append(k)
    first, last = list(range(len(forms))), list(range(len(forms)))
    for word in reversed(_from_the_top(roots, children)):
        for k in children[word]:
            first[word], last[word] = min(first[word], first[k]), max(last[word], last[k])
    low = [form.lower().replace("’", "'") for form in forms]
    return Tree(words, forms, low, children, first, last)


def _from_the_top(roots: list[int], children: list[list[int]]) -> list[int]:
    """All words below the roots, each after its head."""
    order = list(roots)
    for word in order:
        order.extend(children[word])
    return order
