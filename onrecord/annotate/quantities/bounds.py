"""What the words around a number make of it: a bound ("at least", "or more"), and a change ("rose", "down")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.annotate.quantities.lexicon import lexicon
from onrecord.annotate.quantities.ranges import Amount
from onrecord.model import Bound
from onrecord.spans import Span

Change = Literal["up", "down"] | None

_TOKEN = re.compile(r"[\w.'’]+|[<>]=|[^\w\s]")
_BEHIND = re.compile(r"(?:[ \u00a0\n]|(?=[-+]))([+]|-? ?[a-z]+(?:[ \u00a0\n][a-z]+){0,2})", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_CONVERSION = re.compile(r"[ \u00a0\n]?[(/,][ \u00a0\n]?$")
_NEAR = 64
_LONGEST_PHRASE = 4
_OBJECT = 6
"""Words back from "by" to look for the verb: "to raise the levy on imported cars by 5 percent"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Bound and change of one amount.

    Attributes:
        start, end: from the words for the bound before it to those behind.
        by: whether "by" says that the amount is a change, so that one of counted things may be.
    """

    bound: Bound
    change: Change
    start: int
    end: int
    by: bool = False

    @property
    def plain(self) -> bool:
        """Whether nothing bounds or changes it."""
        return self.bound == "exact" and self.change is None


def read_bound(text: str, amount: Amount, sentence: Span) -> Reading:
    """The bound and the change that the words before and behind an amount give it."""
    begin = max(sentence.start, amount.start - _NEAR)
    tokens = [(m[0].lower(), m.start()) for m in _TOKEN.finditer(text, begin, amount.start)]
    tokens = [(word, at) for word, at in tokens if word not in ("(", "“", '"')] if tokens else tokens
    bound, used = _before(tokens)
    start, end = tokens[-used][1] if used else amount.start, amount.end
    if bound is None or bound == "about":
        behind, end = _behind(text, amount.end, sentence.end)
        bound = lexicon().behind.get(amount.last.number.more) or behind or bound
    if amount.moves and bound in ("at_most", "at_least"):
        bound = None
    if bound is None and amount.first.number.form == "vague":
        bound = "more_than"
    rest = tokens[: len(tokens) - used] if used else tokens
    change, by = _change(amount, [word for word, _ in rest])
    return Reading(bound or "exact", change, start, end, by)


def is_conversion(text: str, earlier: Amount, amount: Amount) -> bool:
    """Whether the amount says the earlier one in another unit: "11 km (seven miles)"."""
    if amount.last.bare or earlier.last.bare or amount.start - earlier.end > 3:
        return False
    between = text[earlier.end : amount.start]
    return bool(_CONVERSION.match(between)) and "," not in between


def _before(tokens: Sequence[tuple[str, int]]) -> tuple[Bound | None, int]:
    """The bound in front, and how many tokens from the end it begins."""
    phrases, fillers = lexicon().before, lexicon().fillers
    skipped = 0
    while True:
        end = len(tokens) - skipped
        for length in range(min(_LONGEST_PHRASE, end), 0, -1):
            bound = phrases.get(" ".join(word for word, _ in tokens[end - length : end]))
            if bound is not None:
                return bound, skipped + length
        if skipped == 2 or end == 0 or tokens[end - 1][0] not in fillers:
            return None, 0
        skipped += 1


def _behind(text: str, end: int, limit: int) -> tuple[Bound | None, int]:
    """The bound behind, and where it ends."""
    match = _BEHIND.match(text, end, limit)
    words = list(_WORD.finditer(text, match.start(1), match.end(1))) if match else []
    for length in range(len(words), 0, -1):
        bound = lexicon().behind.get(" ".join(word[0].lower() for word in words[:length]))
        if bound is not None:
            return bound, words[length - 1].end()
    return None, end


def _change(amount: Amount, words: Sequence[str]) -> tuple[Change, bool]:
    """The way of the change, and whether "by" tells it."""
    if amount.first.plus:
        return "up", True
    if amount.moves:
        return _move(amount, words), True
    by = False
    for back, word in enumerate(reversed(words)):
        way = _way(amount, word)
        if way is not None:
            return way, by
        by = by or word == "by"
        if word not in lexicon().change_fillers or back >= 4:
            break
    return (_change_of_object(amount, words) if by else None), by


def _move(amount: Amount, words: Sequence[str]) -> Change:
    """Which way "from 20 to 35" goes, where a verb says that it is a change, not a range."""
    if not any(_way(amount, word) for word in words[-_OBJECT:]):
        return None
    return "up" if amount.first.value < amount.last.value else "down"


def _way(amount: Amount, word: str) -> Change:
    way = lexicon().change.get(word)
    if way is not None:
        return way
    way = lexicon().change_of_measure.get(word)
    shares = amount.last.kind == "percentage" or amount.last.unit == "point"
    return way if shares or (way == "up" and amount.last.kind == "currency") else None


def _change_of_object(amount: Amount, words: Sequence[str]) -> Change:
    """As in "expected to grow sales by 12 percent": the verb before its object."""
    for word in reversed(words[-_OBJECT:]):
        if not (word[0].isalpha() or word[0] in "'’"):
            return None
        way = _way(amount, word)
        if way is not None:
            return way
    return None
