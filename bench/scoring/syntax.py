"""Syntax: universal tags, heads and relations, each token counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.scoring.figures import Figure, percent
from bench.scoring.tokens import Document, read_out
from bench.scoring.workbench import Workbench
from onrecord.model import Words

FILE = "annotator/gum_{split}.jsonl.gz"
ROOT = -1


@dataclass(frozen=True, slots=True)
class Leaf:
    """A token's place in the tree: index of its head in the document (`ROOT` for none), relation, tag."""

    head: int
    relation: str
    tag: str


@dataclass(slots=True)
class Counts:
    """How many tokens, and how many of them have the right tag, head, and head with relation."""

    tokens: int = 0
    tags: int = 0
    heads: int = 0
    labelled: int = 0

    def add(self, ours: Sequence[Leaf], gold: Sequence[Leaf]) -> None:
        for found, wanted in zip(ours, gold, strict=True):
            attached = found.head == wanted.head
            self.tokens += 1
            self.tags += found.tag == wanted.tag
            self.heads += attached
            self.labelled += attached and found.relation == wanted.relation


def given(upos: Sequence[str], head: Sequence[int], rel: Sequence[str], sentences: Sequence[int]) -> list[Leaf]:
    """The leaves of a treebank's document, whose heads are counted from 1 within the sentence, 0 for the root."""
    leaves = []
    for begin, end in zip(sentences, [*sentences[1:], len(upos)], strict=True):
        for token in range(begin, end):
            parent = begin + head[token] - 1 if head[token] else ROOT
            leaves.append(Leaf(parent, rel[token].split(":")[0], upos[token]))
    return leaves


def found(document: Document, words: Words) -> list[Leaf]:
    """The leaves that tagged words give the tokens."""
    return [_leaf(document.owner, words, token, word) for token, word in enumerate(document.first)]


def _leaf(owner: Sequence[int], words: Words, token: int, first: int | None) -> Leaf:
    if first is None:
        return Leaf(ROOT, "dep", "X")
    word = first
    while words.head[word] != word and owner[words.head[word]] == token:
        word = words.head[word]  # a head within the token says nothing of the token
    head = ROOT if words.head[word] == word else owner[words.head[word]]
    return Leaf(head, words.relation[word], words.tag[first])


def score(bench: Workbench) -> Iterator[Figure]:
    """Tag accuracy, unlabelled and labelled attachment (CoNLL-X; Buchholz and Marsi 2006)."""
    every, worded = Counts(), Counts()
    for item, document, analysis in read_out(bench.encoder, bench.objects(FILE)):
        gold = given(item["upos"], item["head"], item["rel"], item["sents"])
        ours = found(document, analysis.words)
        every.add(ours, gold)
        kept = [place for place, leaf in enumerate(gold) if leaf.relation != "punct"]
        worded.add([ours[place] for place in kept], [gold[place] for place in kept])
    yield Figure("syntax", "GUM", "tag accuracy", percent(every.tags, every.tokens))
    yield Figure("syntax", "GUM", "UAS", percent(every.heads, every.tokens))
    yield Figure("syntax", "GUM", "LAS", percent(every.labelled, every.tokens))
    yield Figure("syntax", "GUM", "LAS without punctuation", percent(worded.labelled, worded.tokens))
