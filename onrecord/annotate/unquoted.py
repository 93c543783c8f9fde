"""Speech that lost its quotation marks and its verb: "We will not leave, Ada Moreau, head of the union."."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.attribution import Attribution
from onrecord.model import Finding, Mention
from onrecord.spans import Located

_FIRST_PERSON = frozenset(("i", "we"))
_GAP = 3
"""Code points between a clause and the name of its speaker: a comma and a space."""


def give_to_speakers(
    text: str, found: Sequence[Attribution], faults: Sequence[Finding], mentions: Sequence[Mention]
) -> tuple[Attribution, ...]:
    """The attributions, those of "I" and "we" in a clause of unquoted speech given to whom is named behind it.

    The whole clause is the content then, and there is no cue. Where nobody is named behind it, nothing changes.
    """
    clauses = Located((f.evidence[0], f.evidence[0]) for f in faults if f.kind == "unquoted_speech")
    people = {m.span.start: m.span for m in mentions if m.type == "person"}
    out = []
    for attribution in found:
        source = attribution.source
        clause = next((c for c, _ in clauses.touching(source) if c.contains(source)), None) if source else None
        if source is None or clause is None or source.of(text).lower() not in _FIRST_PERSON:
            out.append(attribution)
            continue
        speaker = next((people[at] for at in range(clause.end, clause.end + _GAP) if at in people), None)
        out.append(attribution if speaker is None else Attribution(speaker, None, (clause,)))
    return tuple(out)
