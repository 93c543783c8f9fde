"""Errors of names on CoNLL++: the type, the extent, missed, spurious; and how sure the types are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.mistakes.spans import compare
from bench.mistakes.tally import Tally
from bench.scoring.entities import FILE
from bench.scoring.tokens import labelled_runs, read_out
from bench.scoring.workbench import Workbench
from onrecord.annotate.decoding import LabelledSpan


def lines(bench: Workbench, show: int) -> Iterator[str]:
    """Types confused where the words agree; extents where they do not; where in a text the errors stand."""
    types, extents, where = Tally("entities, types"), Tally("entities, extents"), Tally("entities, where")
    for item, document, analysis in read_out(bench.encoder, bench.objects(FILE)):
        found, wanted = document.token_spans(analysis.entities), labelled_runs(item["ner"])
        own = {(start, end): kind for start, end, kind in found}
        gold = {(start, end): kind for start, end, kind in wanted}
        tokens, bounds = document.tokens, [*document.sentences, len(document.tokens)]
        for span, kind in gold.items():
            if span in own and own[span] != kind:
                types.add(f"{kind} taken for {own[span]}", " ".join(tokens[slice(*span)]))
        compare(extents, _words(found), _words(wanted), partial(_shown, tokens))
        for start, end, _ in found ^ wanted:
            sentence = max(place for place in bounds if place <= start)
            closing = next(place for place in bounds if place >= end)
            where.add(_place(tokens[sentence:closing], sentence == 0), " ".join(tokens[start:end]))
    for tally in (types, extents, where):
        yield from tally.lines(show)


def _shown(tokens: list[str], span: frozenset[int]) -> str:
    return " ".join(tokens[word] for word in sorted(span))


def _words(spans: set[LabelledSpan]) -> set[frozenset[int]]:
    return {frozenset(range(start, end)) for start, end, _ in spans}


def _place(sentence: list[str], first: bool) -> str:
    letters = [token for token in sentence if token.isalpha()]
    capitals = sum(token.isupper() for token in letters)
    if letters and 2 * capitals > len(letters):
        return "in a headline in capitals" if first else "in a line in capitals"
    if sum(any(c.isdigit() for c in token) for token in sentence) * 4 >= len(sentence):
        return "in a table of results"
    return "in running text" if len(sentence) > 12 else "in a short line"
