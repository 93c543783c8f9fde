"""All that a report counts or measures, following the guidelines of NewsQuant.

Numbers are read where they stand, joined with their units and with one another where two make a range; then the words
around tell bounds, changes and what is counted; and what counts nothing is refused.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.annotate.quantities.bounds import Reading, is_conversion, read_bound
from onrecord.annotate.quantities.measures import Measure, read_measure
from onrecord.annotate.quantities.nouns import Counted, Nouns
from onrecord.annotate.quantities.numbers import find_numbers
from onrecord.annotate.quantities.ranges import Amount, find_amounts
from onrecord.annotate.quantities.refusals import Scene, is_no_number, is_refused
from onrecord.model import Quantity, Report, Time, Words, identify
from onrecord.spans import Located, Span


def find_quantities(
    report: Report, sentences: Sequence[Span], words: Words, times: Sequence[Time]
) -> tuple[Quantity, ...]:
    """The quantities of a report, in order.

    Args:
        report: the report.
        sentences: where its sentences lie, in order.
        words: its words; what is counted is found by their tags, and by word lists where they have none.
        times: its time expressions; what they hold is no quantity, unless it counts a unit of time.
    """
    text = report.text
    located = Located((time.span, time) for time in times)
    nouns = Nouns(text, words, located)
    found: list[Quantity] = []
    earlier: tuple[Amount, Reading] | None = None
    for index, amount in find_amounts(text, list(_measures(text, sentences, words, located))):
        sentence = sentences[index]
        reading = read_bound(text, amount, sentence)
        counted = nouns.of(amount, reading.end)
        if counted is not None and amount.last.bare and not reading.by:
            reading = replace(reading, change=None)
        if earlier is not None and reading.plain and is_conversion(text, earlier[0], amount):
            reading = replace(reading, bound=earlier[1].bound, change=earlier[1].change)
        earlier = (amount, reading)
        scene = Scene(text, located, sentence, not reading.plain, counted)
        if not is_refused(amount, scene):
            found.append(_quantity(report, amount, reading, counted))
    return tuple(found)


def _measures(
    text: str, sentences: Sequence[Span], words: Words, times: Located[Time]
) -> Iterator[tuple[int, Measure]]:
    """Each number with its unit and the index of its sentence; dates, and what is outside of sentences, left out."""
    starts = [sentence.start for sentence in sentences]
    for number in find_numbers(text, words.starts, words.ends):
        index = bisect_right(starts, number.start) - 1
        if index >= 0 and number.end <= sentences[index].end:
            measure = read_measure(text, number, sentences[index].end)
            if not is_no_number(text, measure, times):
                yield index, measure


def _quantity(report: Report, amount: Amount, reading: Reading, counted: Counted | None) -> Quantity:
    span = Span(reading.start, reading.end)
    vague = amount.first.number.form == "vague"
    value = amount.low if vague or not amount.ranges else float(f"{(amount.low + amount.high) / 2:.15g}")
    low, high = _ends(amount, reading)
    return Quantity(
        id=identify("q", report.id, span.start, span.end, "quantity"),
        span=span,
        value=value,
        low=low,
        high=high,
        bound=reading.bound,
        unit=_unit(amount, counted),
        counted=counted.span if counted else None,
        change=reading.change,
    )


def _ends(amount: Amount, reading: Reading) -> tuple[float | None, float | None]:
    """The ends of the range, of a vague magnitude, or of what a bound leaves open."""
    if amount.ranges:
        return amount.low, amount.high
    if reading.bound in ("more_than", "at_least"):
        return amount.low, None
    if reading.bound in ("less_than", "at_most"):
        return None, amount.high
    return (amount.low, amount.high) if reading.bound == "exact" else (None, None)


def _unit(amount: Amount, counted: Counted | None) -> str | None:
    if amount.last.unit is not None:
        return amount.last.unit
    if counted is None or amount.last.number.form == "fraction":
        return None
    return counted.name
