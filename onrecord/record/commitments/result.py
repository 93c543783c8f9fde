"""A clause that tells how something is or was, and of what promises a report may tell the result."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.dates import Date
from onrecord.record.commitments.aspect import Told
from onrecord.record.commitments.numbers import Number
from onrecord.record.commitments.timeliness import Timeliness
from onrecord.spans import Span


@dataclass(frozen=True, slots=True)
class Result:
    """A clause that tells how something is or was.

    Attributes:
        told: how its verb tells it; `deeds`: the groups of deeds that its verb says, and the verb; `loosely` those
            that it may be a result of.
        nouns, numbers, named, places, times: what it tells, with what "them" takes up; `near` who is named around it.
        doer: by whom its subject is known; empty where it is a thing.
        parts: pairs of a number and the whole it is of: "11 of the 40".
        short, whole: whether it says that only so much is done, or all; `part` that it is done of some of them; `back`:
            whether it points back to a promise; `definite`: whether its subject is one thing as known, and told by its
            noun alone: "the count".
        awaited: whether it is told as still not done; timely: how it stands to the time that was promised; own: the
            days told in its own clause; acts: the deeds that its nouns name ("presented his *report*").
    """

    told: Told
    span: Span
    word: int
    deeds: frozenset[str]
    loosely: frozenset[str]
    nouns: frozenset[str]
    numbers: frozenset[Number]
    parts: tuple[tuple[float, float], ...]
    named: frozenset[str]
    near: frozenset[str]
    doer: frozenset[str]
    places: frozenset[str]
    times: tuple[Date, ...]
    short: bool
    part: bool
    whole: bool
    back: bool
    backed: frozenset[str]
    definite: bool
    awaited: bool
    timely: Timeliness | None
    own: tuple[Date, ...]
    acts: frozenset[str]
    forms: frozenset[str] = frozenset()
    """The words of its clause, in lower case."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The nouns, numbers and last days of the promises that a report may tell the result of.

    Other sentences are read only if they say that something had been promised.
    """

    heads: frozenset[str]
    nouns: frozenset[str]
    values: frozenset[float]
    days: frozenset[str]
