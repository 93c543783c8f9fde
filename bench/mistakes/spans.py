"""Spans found against spans given: missed, spurious, of another extent, joined, split."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from bench.mistakes.tally import Tally

Words = frozenset[int]
"""A span as the set of its words."""


def compare(tally: Tally, found: Collection[Words], wanted: Collection[Words], show: Callable[[Words], str]) -> None:
    """Counts what is wrong: each span given that was not found exactly, then each found that touches none given."""
    used: set[Words] = set()
    ours, theirs = set(found), set(wanted)
    for span in sorted(theirs - ours, key=min):
        near = [other for other in ours if other & span]
        kind = _kind(span, near, theirs)
        used.update(near)
        tally.add(kind, f"{show(span)} | {' | '.join(map(show, near))}")
    for span in sorted(ours - theirs, key=min):
        if not any(span & other for other in theirs):
            tally.add("spurious: nothing is given there", show(span))
        elif span not in used:
            tally.add("spurious: part of one that was found", show(span))


def _kind(span: Words, near: list[Words], given: set[Words]) -> str:
    if not near:
        return "missed: nothing was found there"
    if len(near) > 1:
        return "split in several"
    other = near[0]
    if other in given:
        return "missed: only another that overlaps it was found"
    return "extent: " + " and ".join(_ends(span, other))


def _ends(span: Words, other: Words) -> Iterator[str]:
    begin, end = min(other) - min(span), max(other) - max(span)
    if begin:
        yield "begins too early" if begin < 0 else "begins too late"
    if end:
        yield "ends too late" if end > 0 else "ends too early"
    if not begin and not end:
        yield "other words within"
