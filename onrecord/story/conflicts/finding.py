"""All conflicts of a record, in order."""

from __future__ import annotations

from itertools import chain

from onrecord.model import Conflict, Record
from onrecord.story.comparing import groups_of
from onrecord.story.conflicts.denials import denial_conflicts
from onrecord.story.conflicts.happenings import happening_conflicts
from onrecord.story.conflicts.numbers import number_conflicts
from onrecord.story.measures import tellings
from onrecord.story.scenes import scenes


def find_conflicts(record: Record) -> tuple[Conflict, ...]:
    """Where passages disagree, sorted by report, offset and id. Numbers that fit each other are no conflict.

    Args:
        record: with figures, and with all beliefs; events that are one make more of it comparable.
    """
    by_report = scenes(record)
    found = chain(
        number_conflicts(tellings(record, by_report), groups_of(record)),
        happening_conflicts(record, by_report),
        denial_conflicts(record, by_report),
    )
    return tuple(sorted({conflict.id: conflict for conflict in found}.values(), key=_place))


def _place(conflict: Conflict) -> tuple[str, int, str]:
    first = min(conflict.evidence)
    return first.report, first.start, conflict.id
