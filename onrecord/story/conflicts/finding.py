"""All conflicts of a record, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import chain

from onrecord.memory import FORGETFUL, Memory
from onrecord.model import Conflict, Record
from onrecord.story.comparing import groups_of
from onrecord.story.conflicts.answers import answers
from onrecord.story.conflicts.denials import denial_conflicts
from onrecord.story.conflicts.facing import facing
from onrecord.story.conflicts.flat import flat_denials
from onrecord.story.conflicts.happenings import happening_conflicts
from onrecord.story.conflicts.numbers import number_conflicts
from onrecord.story.conflicts.presence import presence
from onrecord.story.conflicts.said import said_in
from onrecord.story.figures import tellings
from onrecord.story.scenes import scenes

_ALIKE = 0.9
"""Share of the words of two passages that are the same from which on one is a copy of the other."""


_QUOTES = re.compile("[“”„«»]")


def find_conflicts(record: Record, memory: Memory = FORGETFUL) -> tuple[Conflict, ...]:
    """Where passages disagree, sorted by report, offset and id. Numbers that fit each other are no conflict.

    Args:
        record: with figures, and with all beliefs; events that are one make more of it comparable.
    """
    by_report = scenes(record, memory)
    found = list(
        chain(
            number_conflicts(tellings(record, by_report, singles=True), groups_of(record)),
            happening_conflicts(record, by_report),
            denial_conflicts(record, by_report),
            flat_denials(record, by_report),
        )
    )
    shown = frozenset(passage.text for one in found if one.kind == "polarity" for passage in one.evidence)
    found += answers(record, by_report, shown)
    shown = frozenset(passage.text for one in found for passage in one.evidence)
    told = {notes.report.id: said_in(by_report[notes.report.id]) for notes in record.annotations}
    found += facing(told, shown)
    found += presence(record, told)
    return tuple(sorted(_once(record, {conflict.id: conflict for conflict in found}.values()), key=_place))


def _once(record: Record, found: Iterable[Conflict]) -> Iterator[Conflict]:
    """The conflicts without those of a copy that stand in its original as well, and those of a sentence with itself."""
    copies = {report for report, lineage in record.lineage.items() if lineage.relation != "original"}
    every = [one for one in found if one.kind == "number" or len(set(one.evidence)) > 1]
    told = [_words(one) for one in every if not _reports(one) & copies]
    for one in every:
        if not _reports(one) & copies or not any(_are_alike(_words(one), other) for other in told):
            yield one


def _are_alike(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether all passages are the same but for a word or two that whoever copied them changed."""
    if len(some) != len(others):
        return False
    pairs = ((one.split(), other.split()) for one, other in zip(some, others, strict=True))
    return all(SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE for one, other in pairs)


def _reports(conflict: Conflict) -> set[str]:
    return {passage.report for passage in conflict.evidence}


def _words(conflict: Conflict) -> tuple[str, ...]:
    return (conflict.kind, *(" ".join(_QUOTES.sub('"', passage.text).split()) for passage in conflict.evidence))


def _place(conflict: Conflict) -> tuple[str, int, str]:
    first = min(conflict.evidence)
    return first.report, first.start, conflict.id
