"""The numbers that words tell, with what each counts, as promises and results are compared by them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from onrecord.lemmas import lemma
from onrecord.model import Quantity
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.objects import VAGUE
from onrecord.record.commitments.reading import Reading
from onrecord.spans import Span

Number = tuple[float, str]
"""How many, and of what: its unit of money, or the noun as compared; "" where nothing is named."""

_AGES = frozenset(("old", "hour", "minute", "age", "percentage"))
_MANY = ("hundreds", "thousands", "millions", "billions", "dozens", "tens", "scores")
_OF_THE = 2
_FEW = 2
"""So many, or fewer, tell nothing apart."""


def numbers_in(reading: Reading, span: Span) -> Iterator[Number]:
    """The numbers that the words tell, with what they count."""
    for _, one in reading.quantities.touching(span):
        if not reading.times.touching(one.span) and one.bound != "about" and one.value > _FEW:
            counted = counted_as(reading, one)
            if counted not in VAGUE | _AGES and not one.span.of(reading.report.text).lower().startswith(_MANY):
                yield one.value, counted


def parts_in(reading: Reading, span: Span) -> Iterator[tuple[float, float]]:
    """Pairs of a number and the whole it is of: "11 of the 40", "of the 40 bridges, 11"."""
    found = [one for _, one in sorted(reading.quantities.touching(span), key=lambda pair: pair[0])]
    text = reading.report.text
    for one, other in pairwise(found):
        if text[one.span.end : other.span.start].split()[:1] == ["of"]:
            yield one.value, other.value
    opening = text[span.start : found[0].span.start].lower().split() if found else []
    if opening[:1] == ["of"] and len(opening) <= _OF_THE and len(found) > 1 and found[1].value < found[0].value:
        if text[: found[1].span.start].rstrip().endswith(","):
            yield found[1].value, found[0].value


def counted_as(reading: Reading, one: Quantity) -> str:
    """What a number counts, as compared."""
    if one.unit in lexicon().money:
        return one.unit or ""
    noun = (one.unit or "").rpartition(" ")[2]
    if not noun and one.counted is not None:
        head = reading.syntax.head_of(one.counted)
        noun = reading.kind(head) if head is not None else ""
    return lexicon().kinds.get(lemma(noun, "NOUN"), lemma(noun, "NOUN")) if noun else ""
