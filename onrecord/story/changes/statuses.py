"""Commitments whose state changed: begun, met, missed, delayed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from onrecord.model import Change, Commitment, Record, Step, identify
from onrecord.story.scenes import Scene

_NEWS = frozenset(("begun", "met", "missed", "delayed"))
"""What is news of a commitment; to be due, contested or told again leaves it as it was."""


def status_changes(record: Record, by_report: Mapping[str, Scene]) -> Iterator[Change]:
    """Of each commitment, each step that is news against the one before."""
    for commitment in record.commitments:
        if commitment.same_as is None:
            runs = [tuple(run) for _, run in groupby(commitment.history, lambda step: step.status)]
            for before, after in pairwise(runs):
                if after[0].status in _NEWS:
                    yield _change(commitment, before[-1], after)


def _change(commitment: Commitment, before: Step, told: Sequence[Step]) -> Change:
    """The change to what the steps tell one after the other, with the words of all."""
    after = told[0]
    first = after.evidence[0]
    words = [passage for step in told for passage in step.evidence]
    when = f" as of {after.as_of.value}" if after.as_of is not None else ""
    return Change(
        id=identify("d", "status", commitment.id, after.status, first.report, first.start),
        kind="status",
        before=commitment.id,
        after=commitment.id,
        cause=None,
        evidence=tuple(dict.fromkeys((*before.evidence[:1], *words))),
        explanation=f"A commitment that was {before.status} is {after.status}{when}.",
    )
