"""Finds again what a decision was about: after a new model, in a renamed report, in a revised one.

An id hashes what was observed, so most are simply still there. Where one is not, the words decide: the same
passage of the same text, then one that shares most of it, then the same words elsewhere. Whatever fits two
objects fits none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from onrecord.model import Annotations, Record
from onrecord.model.decisions import Target
from onrecord.spans import Span

OPENING = 200
"""Code points by which a decision about a whole report remembers it."""
_ENOUGH = 0.5
"""Share of words two passages must have in common to be held one (Dice)."""
Placed = tuple[str, str, tuple[tuple[str, Span], ...]]
"""List, id, and where the object's words stand: report and span."""


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class Finder:
    """The objects of a record by the words that bear them."""

    def __init__(self, record: Record) -> None:
        self._reports = {one.report.id: one.report for one in record.annotations}
        self._digests = {report.id: digest(report.text) for report in self._reports.values()}
        self._placed: dict[str, dict[str, tuple[tuple[str, Span], ...]]] = {}
        for name, identifier, where in _objects(record):
            self._placed.setdefault(name, {})[identifier] = where

    def find(self, target: Target) -> str | None:
        """The id of the object now; None if its words are gone, or fit several objects equally."""
        objects = self._placed.get(target.list, {})
        if target.id in objects:
            return target.id
        for share in (self._share_in_place, self._share_of_words):
            found = _only_best(objects.items(), lambda where, share=share: share(target, where))  # type: ignore[misc]
            if found is not None:
                return found
        return None

    def _share_in_place(self, target: Target, where: Sequence[tuple[str, Span]]) -> float:
        """How much of the words stands at the same places of the same text."""
        then = [(one.digest, Span(one.start, one.end)) for one in target.evidence]
        now = [(self._digests[report], span) for report, span in where]
        shared = sum(_overlap(a, b) for text, a in then for other, b in now if text == other)
        total = sum(len(span) for _, span in (*then, *now))
        return 2 * shared / total if total else 0.0

    def _share_of_words(self, target: Target, where: Sequence[tuple[str, Span]]) -> float:
        """1 where all the words are the same, wherever they stand; 0 otherwise."""
        now = sorted(span.of(self._reports[report].text) for report, span in where)
        return float(bool(now) and now == sorted(one.words for one in target.evidence))


def _objects(record: Record) -> Iterator[Placed]:
    """Every object of the record that a decision can be about."""
    for one in record.annotations:
        yield from _read_out(one)
    yield from _actors(record)
    for name in ("positions", "commitments", "figures"):
        for claim in getattr(record, name):
            yield name, claim.id, tuple((claim.report, span) for span in claim.evidence)
    for name in ("changes", "conflicts"):
        for item in getattr(record, name):
            yield name, item.id, tuple((passage.report, passage.span) for passage in item.evidence)
    for issue in record.issues:
        held = [p for p in record.positions if p.issue == issue.id]
        yield "issues", issue.id, tuple((p.report, span) for p in held for span in p.evidence)


def _read_out(one: Annotations) -> Iterator[Placed]:
    report = one.report
    if report.text:
        yield "reports", report.id, ((report.id, Span(0, min(OPENING, len(report.text)))),)
    for name in ("statements", "events", "findings"):
        for item in getattr(one, name):
            yield name, item.id, tuple((report.id, span) for span in item.evidence)
    for name in ("mentions", "times"):
        for item in getattr(one, name):
            yield name, item.id, ((report.id, item.span),)


def _actors(record: Record) -> Iterator[Placed]:
    named: dict[str, list[tuple[str, Span]]] = {}
    for one in record.annotations:
        for mention in one.mentions:
            if mention.id in record.actor_of:
                named.setdefault(record.actor_of[mention.id], []).append((one.report.id, mention.span))
    for actor in record.actors:
        yield "actors", actor.id, tuple(named.get(actor.id, ()))


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _only_best(
    objects: Iterable[tuple[str, tuple[tuple[str, Span], ...]]],
    share: Callable[[Sequence[tuple[str, Span]]], float],
) -> str | None:
    ranked = sorted(((share(where), identifier) for identifier, where in objects), reverse=True)[:2]
    if not ranked or ranked[0][0] < _ENOUGH or (len(ranked) == 2 and ranked[1][0] == ranked[0][0]):
        return None
    return ranked[0][1]
