"""What is new in a record since a day.

Computed from what is kept, not from two records: new is what rests on the words of a report that was added to the
case, or published, on that day or after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from onrecord.export.questions.answer import Row
from onrecord.export.questions.known import Item, Known, Lists, in_own_voice, told
from onrecord.export.words import joined, place_of

Basis = Literal["added", "published", "either"]

HOW = {
    "added": "New is what stands in reports added to the case",
    "published": "New is what stands in reports published",
    "either": "New is what stands in reports added to the case or published",
}
_SPEAKERS = ("named", "role", "anonymous", "document")


NAMES = ("kind", "says")
"""The columns of the rows."""


def new_since(day: str, lists: Lists, by: Basis = "either") -> list[Row]:
    """What is new since a day (ISO 8601), each with its kind and what it says: reports, changes, conflicts, commitments
    and what became of them, positions, statements.
    """
    known = Known(lists)
    fresh = _fresh(day, known, by)
    return [one for part in _PARTS for one in part(frozenset(fresh), fresh, known)]


def _fresh(day: str, known: Known, by: Basis) -> dict[str, str]:
    """The reports that are new, each with what makes it so."""
    added = known.lists.added()
    fresh: dict[str, str] = {}
    for identifier, report in known.reports.items():
        published = report["date"]["earliest"]
        why = []
        if by != "published" and added.get(identifier, "")[:10] >= day:
            why.append(f"added {added[identifier][:10]}")
        if by != "added" and published and published >= day:
            why.append(f"published {told(report['date'])}")
        if why:
            fresh[identifier] = ", ".join(why)
    return fresh


Part = Callable[[frozenset[str], Mapping[str, str], Known], Iterator[Row]]


def _reports(new: frozenset[str], why: Mapping[str, str], known: Known) -> Iterator[Row]:
    for report in known.reports.values():
        if report["id"] in new:
            title = f" ({report['title']})" if report["title"] else ""
            says = f"{report['name']}{title}: {why[report['id']]}"
            yield Row(report["id"], ("report", says), report["name"], (), known.decided([report["id"]]))


def _statements(new: frozenset[str], why: Mapping[str, str], known: Known) -> Iterator[Row]:
    """What somebody says, by basis: named sources first, then roles, anonymous ones, documents."""
    said = [one for one in known.lists.items("statements", new) if one["report"] in new and not in_own_voice(one)]
    for basis in _SPEAKERS:
        for one in sorted((one for one in said if one["source"]["basis"] == basis), key=known.order):
            words = f"{known.source(one)}: {joined(one['content'])}"
            yield _new(f"said, {basis}", words, one, known)


def _positions(new: frozenset[str], why: Mapping[str, str], known: Known) -> Iterator[Row]:
    for one in _in(new, known, "positions"):
        says = f"{known.actor(one['actor'])} {one['stance']}: {known.issue(one['issue'])}"
        yield _new("position", says, one, known)


def _commitments(new: frozenset[str], why: Mapping[str, str], known: Known) -> Iterator[Row]:
    for one in _in(new, known, "commitments"):
        if one["same_as"] is None:
            due = f", due {told(one['due'])}" if told(one["due"]) else ""
            yield _new(f"commitment, {one['strength']}", f"{one['action']['text']}{due}", one, known)


def _steps(new: frozenset[str], why: Mapping[str, str], known: Known) -> Iterator[Row]:
    """What became of commitments that were known before."""
    for one in known.lists.items("commitments"):
        for step in one["history"]:
            words = [passage for passage in step["evidence"] if passage["report"] in new]
            if words and one["report"] not in new:
                says = f"{one['action']['text']}: {step['status']} {told(step['as_of']) or ''}"
                yield _row("step", says.strip(), one, known, words)


def _changes(new: frozenset[str], why: Mapping[str, str], known: Known) -> Iterator[Row]:
    for one in known.lists.items("changes"):
        if any(passage["report"] in new for passage in one["evidence"]):
            yield _new(f"change, {one['kind']}", one["explanation"], one, known)


def _conflicts(new: frozenset[str], why: Mapping[str, str], known: Known) -> Iterator[Row]:
    for one in known.lists.items("conflicts"):
        if any(passage["report"] in new for passage in one["evidence"]):
            yield _new(f"conflict, {one['label']}", one["explanation"], one, known)


def _in(new: frozenset[str], known: Known, name: str) -> Iterable[Item]:
    return sorted((one for one in known.lists.items(name, new) if one["report"] in new), key=known.order)


def _new(kind: str, says: str, item: Item, known: Known) -> Row:
    return _row(kind, says, item, known, item["evidence"])


def _row(kind: str, says: str, item: Item, known: Known, words: Sequence[Item]) -> Row:
    return Row(item["id"], (kind, says), place_of(words, known.names), tuple(words), known.decided([item["id"]]))


_PARTS: tuple[Part, ...] = (_reports, _changes, _conflicts, _commitments, _steps, _positions, _statements)
"""The order in which it is told: the reports, what does not stand as it did, then what was said."""


def as_objects(found: Iterable[Row]) -> list[Item]:
    """The same as objects for JSON."""
    keys = ("report", "start", "end", "text")
    return [
        {
            **dict(zip(NAMES, one.values, strict=True)),
            "id": one.id,
            "where": [{key: passage[key] for key in keys} for passage in one.passages],
            "decided": one.decided,
        }
        for one in found
    ]
