"""How a commitment stands on a day, as far as was known then."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Commitment, CommitmentStatus, Step

_STATES: frozenset[CommitmentStatus] = frozenset(("announced", "begun", "delayed", "due", "met", "missed"))
"""Steps that change how it stands; that it was told again or contested does not."""
_ENDS: frozenset[CommitmentStatus] = frozenset(("met", "missed"))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a commitment stands on a day.

    Attributes:
        status: of the last step by that day that changed it; `due` means that its day has passed and no report known by
            then says what became of it. It is never `missed` without words that say so.
        step: that step, with its words.
        contested: the last step by that day by which somebody stood against it or asked for a delay, or None.
        reaffirmed: the last step by that day that told it again, or None.
    """

    status: CommitmentStatus
    step: Step
    contested: Step | None = None
    reaffirmed: Step | None = None


def standing_at(commitment: Commitment, day: str) -> Standing | None:
    """How the commitment stood on a day; None where it was not yet announced, or is not the first telling.

    Args:
        commitment: the first telling, which has the history.
        day: ISO 8601.
    """
    known = [step for step in commitment.history if _known_by(step, day)]
    states = [step for step in known if step.status in _STATES]
    if not any(step.status != "due" for step in states):
        return None
    last = _last(states)
    return Standing(
        status=last.status,
        step=last,
        contested=_latest(known, "contested"),
        reaffirmed=_latest(known, "reaffirmed"),
    )


def status_at(commitment: Commitment, day: str) -> CommitmentStatus | None:
    """The status of the commitment on a day, as `standing_at` has it."""
    standing = standing_at(commitment, day)
    return standing.status if standing is not None else None


def _known_by(step: Step, day: str) -> bool:
    """Whether the step had happened by the day; a deadline has when its last day is over. Without a date, never."""
    if step.as_of is None:
        return step.status != "due"
    if step.status == "due":
        return step.as_of.latest is not None and step.as_of.latest < day
    return step.as_of.earliest is None or step.as_of.earliest <= day


def _last(states: list[Step]) -> Step:
    """The step that counts: one that ends it, or else the last; a deadline does not outlast a later delay or step."""
    ends = [step for step in states if step.status in _ENDS]
    if ends:
        return ends[-1]
    delays = [place for place, step in enumerate(states) if step.status == "delayed"]
    if delays and [step.status for step in states].count("due") == 1 and states[-1].status == "due":
        return states[delays[-1]]
    return states[-1]


def _latest(steps: list[Step], status: CommitmentStatus) -> Step | None:
    return next((step for step in reversed(steps) if step.status == status), None)
