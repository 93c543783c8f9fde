"""Quantities on NewsQuant (Almasian et al. 2023, "CQE: A Comprehensive Quantity Extractor"): single sentences of news.

A quantity is found if its value is that of one in the sentence, each counted once. A range is right if both its ends
are; a vague magnitude ("dozens") counts as the range up to ten times it, which is how the guidelines write it, and as
itself, since they sometimes do that. Beside the value, the figures also ask for the bound (the mark that the
guidelines call change) or for the unit.

The guidelines have one mark a quantity where onrecord tells a bound and a change apart: a limit ("more than") goes
before a change ("rose"), a change before "about", and what went from one value to another has none. Units are compared
by their normal form, in small letters; what is counted has its noun phrase for a unit, as there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bench.scoring.figures import Figure, Hits
from bench.scoring.workbench import Workbench
from onrecord.annotate.quantities import find_quantities
from onrecord.model import Quantity
from onrecord.read.source import read_text

FILE = "quantities/newsquant_{split}.jsonl"

_RANGE = re.compile(r"\s*(-?[\d.]+(?:e-?\d+)?)\s*-\s*(-?[\d.]+(?:e-?\d+)?)\s*", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s$", re.IGNORECASE)
_MARKS = {"more_than": ">", "at_least": ">", "less_than": "<", "at_most": "<"}

Value = tuple[float, ...]
"""One number, or the ends of a range in order of size."""


def score(bench: Workbench) -> Iterator[Figure]:
    """F1 of values alone, with bounds, and with units."""
    values, bounds, units = Hits(), Hits(), Hits()
    for number, item in enumerate(bench.objects(FILE)):
        annotations = bench.annotator.annotate(read_text(item["text"], str(number)))
        found = find_quantities(annotations.report, annotations.sentences, annotations.words, annotations.times)
        wanted = [(value_of(gold["value"]), gold["change"], unit_of(gold)) for gold in item["quantities"]]
        ours = [
            (_matched(quantity, wanted), mark(quantity, item["text"]), (quantity.unit or "-").lower())
            for quantity in found
        ]
        values.add([value for value, _, _ in ours], [value for value, _, _ in wanted])
        bounds.add([(value, bound) for value, bound, _ in ours], [(value, bound) for value, bound, _ in wanted])
        units.add([(value, unit) for value, _, unit in ours], [(value, unit) for value, _, unit in wanted])
    yield Figure("quantities", "NewsQuant", "value precision", values.precision)
    yield Figure("quantities", "NewsQuant", "value recall", values.recall)
    yield Figure("quantities", "NewsQuant", "value F1", values.f1)
    yield Figure("quantities", "NewsQuant", "value and bound F1", bounds.f1)
    yield Figure("quantities", "NewsQuant", "value and unit F1", units.f1)


def value_of(written: str) -> Value:
    """The value as the data writes it: `12.0`, `3.0 - 4.0`, `1.99E-29`."""
    ends = _RANGE.fullmatch(written)
    return _rounded(float(ends[1]), float(ends[2])) if ends else _rounded(float(written))


def unit_of(gold: dict[str, Any]) -> str:
    """The unit in its normal form."""
    return str(gold["normalized_unit"]).lower()


def _matched(quantity: Quantity, wanted: list[tuple[Value, str, str]]) -> Value:
    """The value of a quantity; that of a vague magnitude as the sentence has it."""
    ends = values_of(quantity)
    alone = _rounded(quantity.value)
    given = {value for value, _, _ in wanted}
    return alone if is_vague(quantity) and ends not in given and alone in given else ends


def values_of(quantity: Quantity) -> Value:
    """A range as its ends, another quantity as its value."""
    if quantity.low is not None and quantity.high is not None and quantity.low != quantity.high:
        return _rounded(quantity.low, quantity.high)
    return _rounded(quantity.value)


def is_vague(quantity: Quantity) -> bool:
    """Whether it is a magnitude: from the value on, and open to the next."""
    return quantity.low == quantity.value and quantity.high == 10 * quantity.value != 0


def mark(quantity: Quantity, text: str) -> str:
    """The one mark of the guidelines for bound and change; a vague magnitude bears none."""
    if quantity.bound in _MARKS and not is_vague(quantity):
        return _MARKS[quantity.bound]
    if quantity.change is not None and not _FROM.search(text[: quantity.span.start]):
        return quantity.change
    return "~" if quantity.bound == "about" else "="


def _rounded(*ends: float) -> Value:
    """To six digits, in order: the data rounds thirds."""
    return tuple(sorted(float(f"{end:.6g}") for end in ends))
