"""Errors of quantities on NewsQuant: value, bound, unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bench.mistakes.tally import Tally
from bench.scoring.quantities import FILE, mark, unit_of, value_of, values_of
from bench.scoring.workbench import Workbench
from onrecord.annotate.quantities import find_quantities
from onrecord.read.source import read_text


def lines(bench: Workbench, show: int) -> Iterator[str]:
    """Values missed and spurious; of values that agree, bounds and units that do not."""
    values, bounds, units = Tally("quantities, value"), Tally("quantities, bound"), Tally("quantities, unit")
    for number, item in enumerate(bench.objects(FILE)):
        notes = bench.annotator.annotate(read_text(item["text"], str(number)))
        found = find_quantities(notes.report, notes.sentences, notes.words, notes.times)
        ours = [(values_of(one), mark(one, item["text"]), (one.unit or "-").lower()) for one in found]
        gold = [(value_of(one["value"]), one["change"], unit_of(one)) for one in item["quantities"]]
        mine, theirs = Counter(value for value, _, _ in ours), Counter(value for value, _, _ in gold)
        for value in (theirs - mine).elements():
            values.add("missed", f"{value} in {item['text']}")
        for value in (mine - theirs).elements():
            values.add("spurious", f"{value} in {item['text']}")
        for value in set(mine) & set(theirs):
            one, other = (next(row for row in rows if row[0] == value) for rows in (ours, gold))
            if one[1] != other[1]:
                bounds.add(f"'{other[1]}' taken for '{one[1]}'", f"{value} in {item['text']}")
            if one[2] != other[2]:
                units.add(
                    "no unit given" if other[2] == "-" else _difference(one[2], other[2]), f"{one[2]} | {other[2]}"
                )
    for tally in (values, bounds, units):
        yield from tally.lines(show)


def _difference(ours: str, wanted: str) -> str:
    mine, theirs = set(ours.split()), set(wanted.split())
    if ours == "-":
        return "no unit found"
    if mine < theirs or theirs < mine:
        return "fewer words than given" if mine < theirs else "more words than given"
    return "other words, some shared" if mine & theirs else "other words"
