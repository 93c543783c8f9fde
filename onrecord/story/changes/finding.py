"""All changes of a record, in order."""

from __future__ import annotations

from itertools import chain

from onrecord.memory import FORGETFUL, Memory
from onrecord.model import Change, Record
from onrecord.story.changes.deadlines import deadline_changes
from onrecord.story.changes.delays import delay_changes
from onrecord.story.changes.figures import figure_changes
from onrecord.story.changes.positions import position_changes
from onrecord.story.changes.statuses import status_changes
from onrecord.story.comparing import groups_of
from onrecord.story.figures import tellings
from onrecord.story.scenes import scenes


def find_changes(record: Record, memory: Memory = FORGETFUL) -> tuple[Change, ...]:
    """What is no longer as it was, sorted by report, offset and id.

    Args:
        record: with all claims and beliefs. Where it has no positions or commitments, none of theirs are found, except
            that a clause which moves the time of something speaks for itself.
    """
    by_report = scenes(record, memory)
    deadlines = tuple(deadline_changes(record, by_report))
    found = chain(
        figure_changes(record, tellings(record, by_report), groups_of(record)),
        position_changes(record, by_report),
        deadlines,
        delay_changes(record, by_report, deadlines),
        status_changes(record, by_report),
    )
    return tuple(sorted({change.id: change for change in found}.values(), key=_place))


def _place(change: Change) -> tuple[str, int, str]:
    first = min(change.evidence)
    return first.report, first.start, change.id
