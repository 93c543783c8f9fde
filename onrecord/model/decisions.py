"""What people decide about a record. Decisions are kept for ever, keyed to the words they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

DecisionKind = Literal[
    "accept", "reject", "correct", "merge", "split", "same", "different", "word", "status", "note", "undo"
]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a report as a decision remembers them: enough to find them again in a renamed or revised report.

    Attributes:
        name: of the report.
        digest: SHA-256 of its text.
    """

    name: str
    digest: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a decision is about: an object of a list of the record, by the words that bear it.

    Attributes:
        list: name of the list (`statements`, `actors`, ...).
        id: the object's id when it was decided; it may have changed since.
        evidence: the words; of an actor, those that name it.
    """

    list: str
    id: str
    evidence: tuple[Quoted, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, and when.

    Attributes:
        made: time, ISO 8601 in UTC.
        targets: the objects it is about, two or more for `merge`, `same` and `different`, none for `undo`; behind
            them the objects that `value` names by their ids, so that these are found again too.
        value: what it is to be: the fields corrected, the words of a note, the number of the decision undone.
        number: its place in the order of decisions, from 1; 0 before it is kept.
    """

    made: str
    author: str
    kind: DecisionKind
    targets: tuple[Target, ...]
    value: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a decision in a record.

    Attributes:
        status: `applied`; `vanished` where the words it is about are no longer there; `undone` by a later one.
        ids: the objects it is about, as the record called them before it took effect, None for each that vanished;
            of a `split` also the actor that it made.
    """

    decision: Decision
    status: Literal["applied", "vanished", "undone"]
    ids: tuple[str | None, ...]
