"""How well and how fast sentences are found: `python bench/sentences.py [--data DIR] [--show N]`.

Boundaries are scored against the sentence starts in PolNeAR (silver: CoreNLP's), and in UD English GUM and EWT
(by hand; the text is put together again from the tokens by simple rules, so spacing is not the original's).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.annotate.sentences import split_sentences

_NO_SPACE_BEFORE = re.compile(r"[.,;:!?%)\]}’”…]+|n['’]t|['’](?:s|re|ve|ll|d|m|S)?|''")
_OFFSETS_FIT = 0.95
"""Share of tokens whose offsets are right, below which a report is left out: its text was changed."""
_NO_SPACE_AFTER = frozenset("([{“‘$£€#") | {"``"}

Document = tuple[str, list[int], list[int]]
"""Text, token starts, indices of the tokens that begin a sentence."""


def documents(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped JSON lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def polnear(data: Path, split: str) -> Iterator[Document]:
    """The reports of PolNeAR with CoreNLP's tokens, where their offsets fit the raw text."""
    texts = {d["doc_id"]: d["text"] for d in documents(data / "attribution" / f"polnear_{split}.jsonl.gz")}
    for silver in documents(data / "attribution" / f"polnear_silver_{split}.jsonl.gz"):
        if silver["off_ok"] > _OFFSETS_FIT:
            yield texts[silver["doc_id"]], silver["b"], silver["s"]


def universal(data: Path, name: str) -> Iterator[Document]:
    """The documents of a UD treebank, tokens joined by simple rules, as one paragraph."""
    for document in documents(data / "annotator" / f"{name}.jsonl.gz"):
        pieces, starts, at, glued, inside = [], [], 0, True, False
        for token in document["tokens"]:
            closing = token == '"' and inside
            space = "" if glued or closing or _NO_SPACE_BEFORE.fullmatch(token) else " "
            inside = inside != (token == '"')
            pieces.append(space + token)
            starts.append(at + len(space))
            at += len(space) + len(token)
            glued = token in _NO_SPACE_AFTER or (token == '"' and not closing)
        yield "".join(pieces), starts, document["sents"]


def compared(document: Document) -> tuple[set[int], set[int]]:
    """Indices of the first words of sentences: those found, those given.

    Words, not marks, because the silver standard counts the opening marks of ``''So,'' he said`` to the sentence
    before. A text's first is left out, and so are paragraphs: CoreNLP runs over blank lines where no full stop stands.
    """
    text, starts, given = document
    ends = [*starts[1:], len(text)]
    worded = [any(c.isalnum() for c in text[left:right]) for left, right in zip(starts, ends, strict=True)]
    found = first_words({bisect_left(starts, span.start) for span in split_sentences(text)}, worded)
    wanted = first_words(set(given), worded)
    inner = {i for i in found | wanted if "\n\n" not in text[starts[max(0, i - 2)] : starts[i]]} - {0}
    return found & inner, wanted & inner


def first_words(boundaries: set[int], worded: list[bool]) -> set[int]:
    """Each boundary moved to the next token that is a word."""
    found = set()
    for index in boundaries:
        while index < len(worded) and not worded[index]:
            index += 1
        found.add(index)
    return found - {len(worded)}


def score(name: str, corpus: list[Document], show: int) -> None:
    """Prints precision, recall and F1 of the boundaries, and the first `show` disagreements."""
    right = found_all = given_all = 0
    for document in corpus:
        found, given = compared(document)
        right += len(found & given)
        found_all += len(found)
        given_all += len(given)
        for index in sorted(found ^ given):
            if show > 0:
                show -= 1
                at = document[1][index]
                sign = "+" if index in found else "-"
                print(sign, repr(document[0][max(0, at - 60) : at] + " || " + document[0][at : at + 50]))
    precision, recall = right / found_all, right / given_all
    middle = 2 * precision * recall / (precision + recall)
    print(f"{name}: precision {precision:.4f} recall {recall:.4f} F1 {middle:.4f} boundaries {given_all}")


def speed(corpus: list[Document]) -> None:
    """Prints words split a second, on one core."""
    words = sum(len(document[0].split()) for document in corpus)
    begun = time.perf_counter()
    for document in corpus:
        split_sentences(document[0])
    print(f"speed: {words / (time.perf_counter() - begun):,.0f} words/s over {words:,} words")


def main() -> None:
    """Scores, then times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--show", type=int, default=0, help="disagreements to print for each corpus")
    parser.add_argument("--only", default="", help="only corpora whose name holds this")
    arguments = parser.parse_args()
    for split in ("train", "dev"):
        if arguments.only in f"polnear_{split}":
            corpus = list(polnear(arguments.data, split))
            score(f"polnear_{split}", corpus, arguments.show)
            speed(corpus)
    for name in ("gum_dev", "ewt_dev"):
        if arguments.only in name:
            score(name, list(universal(arguments.data, name)), arguments.show)


if __name__ == "__main__":
    main()
