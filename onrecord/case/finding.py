"""Finds again what a decision was about: after a new model, in a renamed report, in a revised one.

An id hashes what was observed, so most are simply still there. Where one is not, the words decide: the same
passage of the same text, then one that shares most of it, then the same words elsewhere. Whatever fits two
objects fits none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from onrecord.model import Actor, Annotations, Place, Record
from onrecord.model.decisions import Target
from onrecord.spans import Span

OPENING = 200
"""Code points by which a decision about a whole report remembers it."""
_ENOUGH = 0.5
"""Share of words two passages must have in common to be held one (Dice)."""
_GROWING = frozenset(("actors", "places", "issues"))
Where = Sequence[tuple[str, Span]]
Share = Callable[[Where], float]
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
        shares = (self._share_in_place(target, with_name) for with_name in (True, False))
        for share in (*shares, self._share_of_words(target)):
            found = _only_best(objects.items(), share)
            if found is not None:
                return found
        return None

    def has(self, name: str, identifier: str) -> bool:
        """Whether the record's list of this name has an object of this id."""
        return identifier in self._placed.get(name, {})

    def knows_texts(self, target: Target) -> bool:
        """Whether the record has all texts that the object's words stood in."""
        return {one.digest for one in target.evidence} <= set(self._digests.values())

    def _share_in_place(self, target: Target, with_name: bool) -> Share:
        """How much of the words stands at the same places of the same text, and of a report of the same name if asked.

        What means an actor, a place or an issue grows with each report: of these, the texts then known count.
        """
        then: dict[tuple[str, str], list[Span]] = {}
        for one in target.evidence:
            then.setdefault((one.digest, one.name if with_name else ""), []).append(Span(one.start, one.end))
        before = sum(len(span) for spans in then.values() for span in spans)

        def share(where: Where) -> float:
            keyed = [((self._digests[at], self._reports[at].name if with_name else ""), span) for at, span in where]
            shared = sum(_overlap(span, other) for key, span in keyed for other in then.get(key, ()))
            now = sum(len(span) for key, span in keyed if key in then or target.list not in _GROWING)
            return 2 * shared / (before + now) if before + now else 0.0

        return share

    def _share_of_words(self, target: Target) -> Share:
        """1 where all the words are the same, wherever they stand; 0 otherwise."""
        then = sorted(one.words for one in target.evidence)

        def share(where: Where) -> float:
            return float(bool(where) and then == sorted(span.of(self._reports[at].text) for at, span in where))

        return share


def _objects(record: Record) -> Iterator[Placed]:
    """Every object of the record that a decision can be about."""
    for one in record.annotations:
        yield from _read_out(one)
    yield from _meant("actors", record, record.actors, record.actor_of)
    yield from _meant("places", record, record.places, record.place_of)
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


def _meant(name: str, record: Record, beliefs: Sequence[Actor | Place], meant: Mapping[str, str]) -> Iterator[Placed]:
    """Actors or places by the names and sources that mean them."""
    words: dict[str, list[tuple[str, Span]]] = {}
    for one in record.annotations:
        spans = [(mention.id, mention.span) for mention in one.mentions]
        spans += [(told.id, told.source.span) for told in one.statements if told.source.span is not None]
        for identifier, span in spans:
            if identifier in meant:
                words.setdefault(meant[identifier], []).append((one.report.id, span))
    for belief in beliefs:
        yield name, belief.id, tuple(words.get(belief.id, ()))


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _only_best(objects: Iterable[tuple[str, Where]], share: Share) -> str | None:
    ranked = sorted(((share(where), identifier) for identifier, where in objects), reverse=True)[:2]
    if not ranked or ranked[0][0] < _ENOUGH or (len(ranked) == 2 and ranked[1][0] == ranked[0][0]):
        return None
    return ranked[0][1]
