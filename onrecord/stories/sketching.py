"""What a report is about, in little: the words and names it is told in, a vector of what they mean, and its day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from onrecord.dates import days_of
from onrecord.model import Annotations

_TELLING = frozenset(("NOUN", "PROPN", "VERB", "ADJ"))
_NAMES = frozenset(("person", "organization", "place", "other"))
_MARK = "="
"""Before a name, so that "=bush" is not "bush"."""
_LONGEST = 100
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Sketch:
    """A report in little.

    Attributes:
        report: its id.
        name: what the user calls it; title: its headline, or how it begins.
        day: that it declares, as the number of days since the year 1; None where it declares none.
        terms: how often it uses each word and name; names are marked by `=`.
        meaning: the sum of what its sentences mean (int8 vectors); empty where the model gives none.
    """

    report: str
    name: str
    title: str
    day: int | None
    terms: dict[str, int]
    meaning: tuple[int, ...] = ()


def sketch_of(annotations: Annotations) -> Sketch:
    """What a report is about, in little."""
    report = annotations.report
    days = days_of(report.declared.value) if report.declared else None
    return Sketch(
        report=report.id,
        name=report.name,
        title=_title(annotations),
        day=days[0].toordinal() if days else None,
        terms=dict(Counter(_terms(annotations))),
        meaning=_meaning(annotations),
    )


def _terms(annotations: Annotations) -> Iterator[str]:
    text, words = annotations.report.text, annotations.words
    for start, end, tag in zip(words.starts, words.ends, words.tag, strict=False):
        if tag in _TELLING and end - start >= _SHORTEST:
            yield text[start:end].casefold()
    for mention in annotations.mentions:
        if mention.type in _NAMES:
            yield _MARK + " ".join(mention.span.of(text).casefold().split())


def _meaning(annotations: Annotations) -> tuple[int, ...]:
    vectors = [np.frombuffer(one, np.int8) for one in annotations.meanings if one]
    if not vectors:
        return ()
    return tuple(np.array(vectors).sum(axis=0, dtype=np.int64).tolist())


def _title(annotations: Annotations) -> str:
    report = annotations.report
    begun = report.title or (annotations.sentences[0].of(report.text) if annotations.sentences else report.text)
    return " ".join(begun.split())[:_LONGEST]
