"""What one source tells and another says otherwise, as a conflict."""

from __future__ import annotations

from onrecord.model import Conflict, ConflictKind, identify
from onrecord.spans import Passage


def disputed(
    kind: ConflictKind, items: tuple[str, str], evidence: tuple[Passage, Passage], explanation: str, *rule: str
) -> Conflict:
    """The conflict of two events or statements, each shown by a passage.

    Args:
        rule: what found it, as a part of its id where more than one may find it.
    """
    return Conflict(
        id=identify("x", kind, *items, *rule),
        kind=kind,
        label="disputed",
        items=items,
        evidence=evidence,
        explanation=explanation,
    )
