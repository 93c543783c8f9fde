"""Two numbers that make one quantity: "5 to 8 percent", "between 10 and 20", "three or four", "from 30 to 35"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.annotate.quantities.lexicon import lexicon
from onrecord.annotate.quantities.measures import Measure

_LINK = re.compile(r"(?:[ \u00a0\n]*[-‐‑–—−][ \u00a0\n]?|[ \u00a0\n-](to|or|and)[ \u00a0\n-])$", re.IGNORECASE)
_AND_BETWEEN = re.compile(r"\bbetween(?: (?:about|roughly|some|around))?[ \u00a0\n]$", re.IGNORECASE)
_FROM = re.compile(
    r"\bfrom(?:[ \u00a0\n](?:up to|just|about|around|some|roughly|only|nearly|the))?[ \u00a0\n]$",
    re.IGNORECASE,
)
_TO = re.compile(r"[ \u00a0\n]to[ \u00a0\n](?:(?:about|around|just|some|nearly|roughly|only)[ \u00a0\n])?$")
_FAR = 60
"""Code points that may stand between the ends of a change ("from 12 tons in May to 15 in June")."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One quantity: a measure, or two that are the ends of a range.

    Attributes:
        first, last: the measures; the same where there is no range.
        low, high: the ends in order of size.
        moves: whether the range tells from what to what something changed, and not what lies between.
    """

    first: Measure
    last: Measure
    low: float
    high: float
    moves: bool = False

    @property
    def start(self) -> int:
        return self.first.start

    @property
    def end(self) -> int:
        return self.last.end

    @property
    def ranges(self) -> bool:
        """Whether there are two ends."""
        return self.low != self.high


def find_amounts(text: str, measures: Sequence[tuple[int, Measure]]) -> Iterator[tuple[int, Amount]]:
    """The amounts, in order, each with its sentence; `measures` come with theirs."""
    place = 0
    while place < len(measures):
        sentence, first = measures[place]
        joined = None
        if place + 1 < len(measures) and measures[place + 1][0] == sentence:
            joined = _joined(text, first, measures[place + 1][1])
        yield sentence, joined or _single(first)
        place += 2 if joined else 1


def _single(measure: Measure) -> Amount:
    value = measure.value
    return Amount(measure, measure, value, 10 * value if measure.number.form == "vague" else value)


def _joined(text: str, first: Measure, last: Measure) -> Amount | None:
    """The two as a range, or None."""
    if not _may_join(first, last):
        return None
    between = text[first.end : last.start]
    link = _LINK.match(between) if len(between) <= 8 else None
    if link is not None:
        return _range(text, first, last, (link[1] or "").lower())
    if len(between) <= _FAR and _is_change(text, first, between):
        return _ends(*_same_scale(first, last), moves=True)
    return None


def _may_join(first: Measure, last: Measure) -> bool:
    if "fraction" in (first.number.form, last.number.form) and first.base != last.base:
        return False
    if "vague" in (first.number.form, last.number.form) or last.start < first.end:
        return False
    return first.bare or first.base == last.base or (last.bare and first.kind != "time")


def _is_change(text: str, first: Measure, between: str) -> bool:
    before = text[max(0, first.start - 30) : first.start]
    return bool(_TO.search(between) and _FROM.search(before)) and not any(mark in between for mark in ";:()")


def _range(text: str, first: Measure, last: Measure, link: str) -> Amount | None:
    low, high = _same_scale(first, last)
    before = text[max(0, first.start - 30) : first.start]
    if link == "and":
        return _ends(low, high) if _AND_BETWEEN.search(before) and low.value < high.value else None
    if link == "or":
        near = low.number.whole and high.number.whole and low.value < high.value <= 2 * low.value + 1
        return _ends(low, high) if near and first.bare else None
    comes_from = bool(_FROM.search(before))
    if link == "to":
        if comes_from and low.value != high.value:
            return _ends(low, high, moves=True)
        whole = not first.bare or first.number.scale > 1 or (last.bare and last.value > 5 * first.value)
        if whole and _is_step(before):
            return None
        return _ends(low, high) if low.value < high.value else None
    return _ends(low, high) if low.value < high.value and _is_stroke(text, first, last) else None


def _is_step(before: str) -> bool:
    """Whether the first number is by how much something changed, and the second what it came to."""
    words = before.lower().split()[-1:]
    return bool(words) and (words[0] == "by" or words[0] in lexicon().change or words[0] in lexicon().change_of_measure)


def _is_stroke(text: str, first: Measure, last: Measure) -> bool:
    """Whether a stroke between two numbers joins the ends of a range, not two sides of a score or parts of a name."""
    if not last.bare or not first.bare:
        return True
    return not last.joint and text[last.end : last.end + 1] in tuple(" \u00a0\n,;.)") and first.number.form == "digits"


def _same_scale(first: Measure, last: Measure) -> tuple[Measure, Measure]:
    """The two with the magnitude of the second where the first shares it ("1 to 2 thousand")."""
    ours, theirs = first.number, last.number
    if ours.scale == 1 and theirs.scale > 1 and ours.mantissa < theirs.mantissa and theirs.end > theirs.start:
        return replace(first, number=replace(ours, scale=theirs.scale)), last
    return first, last


def _ends(low: Measure, high: Measure, moves: bool = False) -> Amount:
    if low.bare and not high.bare:
        low = replace(low, unit=high.unit, kind=high.kind)
    elif high.unit and low.unit and len(low.unit) > len(high.unit):
        high = replace(high, unit=low.unit)
    elif high.bare and not low.bare:
        high = replace(high, unit=low.unit, kind=low.kind)
    values = sorted((low.value, high.value))
    return Amount(low, high, values[0], values[1], moves)
