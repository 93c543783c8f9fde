"""Conflicts as two passages side by side, with the words marked in which they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.export.brief.document import Item, Run
from onrecord.web.book import Book
from onrecord.web.evidence import shortened

_OPEN = ("conflict", "disputed")
_TOKEN = re.compile(r"\w+|\W+")
_MOST = 400
"""Words compared at most."""
_ALIKE = 0.45
"""Share of words two passages must have in common for the others to be marked (Ratcliff and Obershelp)."""
LABELS = {
    "conflict": "conflict",
    "disputed": "disputed",
    "update": "later figure",
    "scope": "not the same scope",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a passage: whether it is evidence, and whether the other side has other words."""

    words: str
    evidence: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What one report tells, in its sentence."""

    report: str
    start: int
    end: int
    parts: tuple[Part, ...]
    who: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more passages that do not fit, and the day by which all of them were published."""

    id: str
    kind: str
    label: str
    explanation: str
    sides: tuple[Side, ...]
    more: int
    day: str


def disagreements(book: Book, most: int) -> tuple[list[Disagreement], int]:
    """Conflicts and disputes, those that most witnesses tell first; and how many there are in all."""
    every = [one for one in book.record["conflicts"] if one["label"] in _OPEN]
    every.sort(key=lambda one: (one["label"], -book.origins(one["evidence"])))
    return [disagreement(one, book) for one in every[:most]], len(every)


def disagreement(conflict: Item, book: Book, most: int = 2) -> Disagreement:
    """A conflict of the record, laid out for comparing."""
    shown = conflict["evidence"][:most]
    around = [book.around(one) for one in shown]
    whole = [f"{before}{shortened(one['text'])}{after}" for one, (before, after) in zip(shown, around, strict=True)]
    sides = []
    for number, passage in enumerate(shown):
        other = whole[1 - number] if number < 2 and len(shown) > 1 else whole[number]
        sides.append(_side(passage, around[number], other, book))
    label = LABELS.get(conflict["label"]) or str(conflict["label"])
    more = len(conflict["evidence"]) - len(shown)
    day = book.known_since(shown, every=True)
    return Disagreement(conflict["id"], conflict["kind"], label, conflict["explanation"], tuple(sides), more, day)


def _side(passage: Item, around: tuple[str, str], other: str, book: Book) -> Side:
    before, after = around
    words = shortened(passage["text"])
    parts = tuple(_parts(((before, False), (words, True), (after, False)), other))
    return Side(passage["report"], passage["start"], passage["end"], parts, book.tellers(passage))


def _parts(pieces: Sequence[tuple[str, bool]], other: str) -> Iterator[Part]:
    """The pieces, split where their words are and are not those of the other side."""
    tokens = [(token, evidence) for words, evidence in pieces for token in _TOKEN.findall(words)]
    differing = _differing([token for token, _ in tokens], _TOKEN.findall(other))
    run: list[str] = []
    kind = (False, False)
    for number, (token, evidence) in enumerate(tokens):
        now = evidence, number in differing
        if now != kind and run:
            yield Part("".join(run), *kind)
            run = []
        kind = now
        run.append(token)
    if run:
        yield Part("".join(run), *kind)


def _differing(ours: Sequence[str], theirs: Sequence[str]) -> set[int]:
    """The numbers of our words that the other side has not, where both sides have much in common."""
    if len(ours) > _MOST or len(theirs) > _MOST:
        return set()
    known = {token.lower() for token in theirs}
    matcher = SequenceMatcher(None, [t.lower() for t in ours], [t.lower() for t in theirs], autojunk=False)
    if (
        matcher.ratio() < _ALIKE
    ):  # two sentences with little in common: only their numbers can be set against each other
        return {n for n, token in enumerate(ours) if token[0].isdigit() and token not in known}
    out: set[int] = set()
    for tag, start, end, _, _ in matcher.get_opcodes():
        if tag in ("replace", "delete"):
            out |= {n for n in range(start, end) if ours[n].strip() and ours[n].lower() not in known}
    return out
