"""What people decided, done to a record: first to what was read and believed, then to what was claimed from it.

Machines never undo it: decisions are applied again to every record that is made of the case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.case import changing
from onrecord.case.finding import Finder, digest
from onrecord.dates import Date
from onrecord.model import Annotations, Record, ReportDate
from onrecord.model.decisions import Decision, Settled

Change = Callable[[Record, str, Mapping[str, Any]], Record]
Joint = Callable[[Record, Sequence[str]], Record]

_BELIEVED = frozenset(("reports", "statements", "mentions", "actors"))
"""Lists that are settled before claims are read, since claims rest on them."""
_STORY = frozenset(("changes", "conflicts"))
"""Lists that are settled last, since nothing rests on them."""
_SINGLE: Mapping[tuple[str, str], Change] = {
    ("reject", "statements"): changing.without_statement,
    ("correct", "statements"): changing.statement,
    ("correct", "mentions"): changing.mention,
    ("split", "actors"): changing.split_actor,
    ("correct", "actors"): changing.actor,
    ("reject", "events"): changing.without_event,
    ("correct", "events"): changing.event,
    ("reject", "findings"): changing.without_finding,
    ("reject", "positions"): changing.without("positions"),
    ("correct", "positions"): changing.claim("positions", ("actor", "issue", "stance", "start", "end", "note")),
    ("reject", "commitments"): changing.without("commitments"),
    ("status", "commitments"): changing.commitment_status,
    ("reject", "figures"): changing.without("figures"),
    ("correct", "figures"): changing.claim(
        "figures", ("value", "low", "high", "bound", "unit", "of", "place", "state")
    ),
    ("reject", "changes"): changing.without("changes"),
    ("reject", "conflicts"): changing.without("conflicts"),
    ("correct", "conflicts"): changing.claim("conflicts", ("label",)),
    ("word", "issues"): changing.claim("issues", ("label",)),
}
"""What each kind of decision does to an object of each list. Accepting and noting change nothing."""
_JOINT: Mapping[str, Joint] = {
    "merge": changing.merged_actors,
    "same": changing.same_events,
    "different": changing.different_events,
}


@dataclass(frozen=True, slots=True)
class Settlement:
    """The decisions of a case, to be applied in their order; those undone are left out."""

    decisions: tuple[Decision, ...]

    def standing(self) -> tuple[Decision, ...]:
        """The decisions that are neither undone nor undo others."""
        undone = {one.value.get("number") for one in self._valid_undos()}
        return tuple(one for one in self.decisions if one.kind != "undo" and one.number not in undone)

    def dates(self, annotations: Iterable[Annotations]) -> dict[str, ReportDate]:
        """By report, the date a person gave it."""
        given = {
            one.digest: decision.value["date"]
            for decision in self.standing()
            if decision.kind == "correct" and "date" in decision.value
            for target in decision.targets
            if target.list == "reports"
            for one in target.evidence
        }
        if not given:
            return {}
        found = {}
        for report in (one.report for one in annotations):
            value = given.get(digest(report.text))
            if value is not None:
                agrees = report.declared is not None and report.declared.value == value
                found[report.id] = ReportDate(Date.of(value, "decided"), "consistent" if agrees else "contradicted")
        return found

    def of_beliefs(self, record: Record) -> Record:
        """The record with what was decided about statements, mentions and actors."""
        return self._applied(record, lambda name: name in _BELIEVED)

    def of_claims(self, record: Record) -> Record:
        """The record with what was decided about events, positions, commitments, figures, issues and findings."""
        return self._applied(record, lambda name: name not in _BELIEVED | _STORY)

    def of_story(self, record: Record) -> Record:
        """The record with what was decided about changes and conflicts."""
        return self._applied(record, lambda name: name in _STORY)

    def _valid_undos(self) -> list[Decision]:
        """The undoing decisions that were not undone themselves, from the last backwards."""
        undone: set[int] = set()
        valid = []
        for one in reversed(self.decisions):
            if one.kind == "undo" and one.number not in undone:
                undone.add(int(one.value["number"]))
                valid.append(one)
        return valid

    def _applied(self, record: Record, is_ours: Callable[[str], bool]) -> Record:
        ours = [one for one in self.decisions if one.targets and is_ours(one.targets[0].list)]
        if not ours:
            return record
        finder, standing = Finder(record), {one.number for one in self.standing()}
        settled = list(record.decisions)
        for one in ours:
            ids = tuple(finder.find(target) for target in one.targets)
            if one.number not in standing:
                settled.append(Settled(one, "undone", ids))
            elif any(identifier is None for identifier in ids) and one.targets[0].list != "reports":
                settled.append(Settled(one, "vanished", ids))
            else:
                record = _done(record, one, [identifier for identifier in ids if identifier is not None])
                settled.append(Settled(one, "applied", ids))
        return replace(record, decisions=tuple(sorted(settled, key=lambda one: one.decision.number)))


def _done(record: Record, decision: Decision, ids: list[str]) -> Record:
    joint = _JOINT.get(decision.kind)
    if joint is not None:
        return joint(record, ids)
    change = _SINGLE.get((decision.kind, decision.targets[0].list))
    if change is not None:
        for identifier in ids:
            record = change(record, identifier, decision.value)
    return record
