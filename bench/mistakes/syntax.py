"""Errors of tags, heads and relations on GUM."""

from __future__ import annotations

from collections.abc import Iterator

from bench.mistakes.tally import Tally
from bench.scoring.syntax import FILE, found, given
from bench.scoring.tokens import read_out
from bench.scoring.workbench import Workbench


def lines(bench: Workbench, show: int) -> Iterator[str]:
    """Tags confused; relations confused where the head is right; relations whose head is wrong, and of how many."""
    tags, relations, heads = Tally("syntax, tags"), Tally("syntax, relations, head right"), Tally("syntax, heads")
    for item, document, analysis in read_out(bench.encoder, bench.objects(FILE)):
        gold = given(item["upos"], item["head"], item["rel"], item["sents"])
        for token, (ours, wanted) in enumerate(zip(found(document, analysis.words), gold, strict=True)):
            around = " ".join(document.tokens[max(0, token - 4) : token + 4])
            example = f"{document.tokens[token]}: {around}"
            if ours.tag != wanted.tag:
                tags.add(f"{wanted.tag} taken for {ours.tag}", example)
            if ours.head != wanted.head:
                heads.add(wanted.relation, example)
            elif ours.relation != wanted.relation:
                relations.add(f"{wanted.relation} taken for {ours.relation}", example)
    for tally in (tags, relations, heads):
        yield from tally.lines(show)
