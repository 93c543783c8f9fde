"""The nouns of onrecord. The sentence they serve:

*In report R, at this span, source S, known on basis B, said or held C.*

Everything here is frozen. Spans count code points of the report's text. Ids hash what was observed
(report, span, kind), never what is believed.
"""

from __future__ import annotations

from onrecord.model.beliefs import Actor, ActorType, Participants, Place, Precision, Role, SameEvent
from onrecord.model.claims import (
    Attitude,
    Basis,
    Bound,
    Commitment,
    CommitmentStatus,
    Count,
    Directness,
    Event,
    Factuality,
    Figure,
    FigureState,
    Issue,
    Mention,
    MentionType,
    Position,
    Quantity,
    Source,
    Stance,
    Statement,
    Step,
    Strength,
    Time,
    TimeType,
)
from onrecord.model.decisions import Decision, DecisionKind, Quoted, Settled, Target
from onrecord.model.record import Annotations, Record
from onrecord.model.reports import (
    Dateline,
    DateStatus,
    DeclaredDate,
    Finding,
    FindingKind,
    Lineage,
    Relation,
    Report,
    ReportDate,
    Words,
    identify,
)
from onrecord.model.story import Change, ChangeKind, Conflict, ConflictKind, ConflictLabel, TimelineEntry

__all__ = [
    "Actor",
    "ActorType",
    "Annotations",
    "Attitude",
    "Basis",
    "Bound",
    "Change",
    "ChangeKind",
    "Commitment",
    "CommitmentStatus",
    "Conflict",
    "ConflictKind",
    "ConflictLabel",
    "Count",
    "DateStatus",
    "Dateline",
    "Decision",
    "DecisionKind",
    "DeclaredDate",
    "Directness",
    "Event",
    "Factuality",
    "Figure",
    "FigureState",
    "Finding",
    "FindingKind",
    "Issue",
    "Lineage",
    "Mention",
    "MentionType",
    "Participants",
    "Place",
    "Position",
    "Precision",
    "Quantity",
    "Quoted",
    "Record",
    "Relation",
    "Report",
    "ReportDate",
    "Role",
    "SameEvent",
    "Settled",
    "Source",
    "Stance",
    "Statement",
    "Step",
    "Strength",
    "Target",
    "Time",
    "TimeType",
    "TimelineEntry",
    "Words",
    "identify",
]
