"""Puts decisions into effect: between what machines read and what is derived from it.

A decision is a fact about the case, not about one record; machines never undo it: decisions are applied again to
every record that is made of the case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.case import changing, joining
from onrecord.case.finding import Finder, digest
from onrecord.dates import Date
from onrecord.model import Annotations, Record, Report, ReportDate
from onrecord.model.decisions import Decision, Settled, Target

Change = Callable[[Record, str, Mapping[str, Any]], Record]
Joint = Callable[[Record, Sequence[str]], Record]
Stage = Mapping[tuple[str, str], Change]

NAMING = frozenset(("actor", "issue", "place", "of", "part_of"))
"""Values that are ids of other objects; these are among the targets too, so that they are found again."""
_LISTS = {
    "beliefs": frozenset(("reports", "times", "mentions", "statements", "events", "findings", "actors", "places")),
    "claims": frozenset(("positions", "commitments", "figures", "issues")),
    "story": frozenset(("changes", "conflicts")),
}
"""The lists of the record that are settled at each stage: what rests on them is made afterwards."""
_BELIEFS: Stage = {
    ("reject", "statements"): changing.without_statement,
    ("correct", "statements"): changing.statement,
    ("correct", "mentions"): changing.mention,
    ("split", "actors"): joining.split_actor,
    ("correct", "actors"): changing.actor,
    ("reject", "events"): changing.without_event,
    ("correct", "events"): changing.event,
    ("reject", "findings"): changing.without_finding,
}
_CLAIMS: Stage = {
    ("correct", "events"): changing.place_of_event,
    ("reject", "positions"): changing.without("positions"),
    ("correct", "positions"): changing.claim("positions"),
    ("reject", "commitments"): changing.without_commitment,
    ("correct", "commitments"): changing.claim("commitments"),
    ("status", "commitments"): changing.commitment_status,
    ("reject", "figures"): changing.without("figures"),
    ("correct", "figures"): changing.claim("figures"),
    ("word", "issues"): changing.claim("issues"),
}
_STORY: Stage = {
    ("reject", "changes"): changing.without("changes"),
    ("reject", "conflicts"): changing.without("conflicts"),
    ("correct", "conflicts"): changing.claim("conflicts"),
}
_JOINT: Mapping[tuple[str, str], Joint] = {
    ("beliefs", "merge"): joining.merged_actors,
    ("claims", "same"): joining.same_events,
    ("claims", "different"): joining.different_events,
}
"""What each kind of decision does at each stage to an object of each list. Accepting and noting change nothing."""
_STAGES: Mapping[str, Stage] = {"beliefs": _BELIEFS, "claims": _CLAIMS, "story": _STORY}


class Settlement:
    """The decisions of a case, to be applied in their order; those undone are left out.

    Args:
        decisions: all of them, in the order of their numbers.
    """

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._decisions = tuple(decisions)
        gone = undone(self._decisions)
        # Else its words would lead to the actor that it was parted from.
        self._unmade = {
            joining.part_id(one.targets[0].id, one.value["aliases"])
            for one in decisions
            if one.kind == "split" and one.number in gone
        }
        self._standing = frozenset(one.number for one in decisions if one.kind != "undo" and one.number not in gone)

    def dates(self, annotations: Iterable[Annotations]) -> dict[str, ReportDate]:
        """By report, the date a person gave it; a copy, or another version, has a date of its own."""
        given = [
            (target, decision.value["date"])
            for decision in self._decisions
            if decision.number in self._standing and decision.kind == "correct" and "date" in decision.value
            for target in decision.targets
            if target.list == "reports"
        ]
        if not given:
            return {}
        texts: dict[str, list[Report]] = {}
        for one in annotations:
            texts.setdefault(digest(one.report.text), []).append(one.report)
        found = ((_meant(target, texts), value) for target, value in given)
        return {report.id: _dated(report, value) for report, value in found if report is not None}

    def of_beliefs(self, record: Record) -> Record:
        """The record with what was decided about what was read out of the reports, and about actors."""
        return self._applied("beliefs", record)

    def of_claims(self, record: Record) -> Record:
        """The record with what was decided about positions, commitments, figures and issues, and events that are one.

        The claims of a rejected statement go with it.
        """
        for settled in record.decisions:
            if _is_done(settled) and settled.decision.kind == "reject":
                for target in settled.decision.targets:
                    if target.list == "statements":
                        record = changing.without_claims_in(record, target.evidence)
        return self._applied("claims", record)

    def of_story(self, record: Record) -> Record:
        """The record with what was decided about changes and conflicts."""
        return self._applied("story", record)

    def _applied(self, stage: str, record: Record) -> Record:
        settled = {one.decision.number: one for one in record.decisions}
        finder: Finder | None = None
        for one in self._decisions:
            if not one.targets:
                continue
            if one.number not in settled and one.targets[0].list in _LISTS[stage]:
                finder = finder or Finder(record)
                if record.as_of is None or all(map(finder.knows_texts, one.targets)):
                    settled[one.number] = self._found(finder, one, _merged(settled.values()))
            known = settled.get(one.number)
            if known is not None and _is_done(known):
                record, known = _done(stage, record, known)
                settled[one.number] = known
                if one.kind == "split":
                    finder = None  # there is an actor more, whom later decisions may be about
        return replace(record, decisions=tuple(settled[number] for number in sorted(settled)))

    def _found(self, finder: Finder, decision: Decision, merged: Mapping[str, str]) -> Settled:
        """What became of a decision: what it is about, under the ids of this record."""
        now: dict[str, str | None] = {}
        for target in decision.targets:
            whole = _followed(target.id, merged)
            found = whole if finder.has(target.list, whole) else finder.find(target)
            is_unmade = found != target.id and target.id in self._unmade
            now[target.id] = None if is_unmade or found is None else _followed(found, merged)
        named = {value for key, value in decision.value.items() if key in NAMING}
        ids = tuple(now[target.id] for target in decision.targets if target.id not in named)
        value = {key: now.get(given, given) if key in NAMING else given for key, given in decision.value.items()}
        if decision.number not in self._standing:
            return Settled(decision, "undone", ids)
        if None in now.values():
            return Settled(decision, "vanished", ids)
        return Settled(replace(decision, value=value), "applied", ids)


def _is_done(settled: Settled) -> bool:
    return settled.status == "applied"


def undone(decisions: Sequence[Decision]) -> set[int]:
    """The numbers of the decisions undone: from the last backwards, since undoing can be undone."""
    gone: set[int] = set()
    for one in reversed(decisions):
        if one.kind == "undo" and one.number not in gone:
            gone.add(int(one.value["number"]))
    return gone


def _meant(target: Target, texts: Mapping[str, Sequence[Report]]) -> Report | None:
    """The report that a decision is about: of those with its text the one of its name, or the only one."""
    same = [report for quoted in target.evidence for report in texts.get(quoted.digest, ())]
    names = {quoted.name for quoted in target.evidence}
    of_its_name = [report for report in same if report.name in names]
    left = of_its_name or same
    return left[0] if len(left) == 1 else None


def _dated(report: Report, value: str) -> ReportDate:
    if report.declared is None:
        return ReportDate(Date.of(value, "decided"), "estimated")
    return ReportDate(Date.of(value, "decided"), "consistent" if report.declared.value == value else "contradicted")


def _merged(settled: Iterable[Settled]) -> dict[str, str]:
    """By actor that was merged into another, that other."""
    merges = (one.ids for one in settled if one.decision.kind == "merge" and _is_done(one))
    return {str(other): str(ids[0]) for ids in merges for other in ids[1:] if other != ids[0]}


def _followed(identifier: str, merged: Mapping[str, str]) -> str:
    while identifier in merged:
        identifier = merged[identifier]
    return identifier


def _done(stage: str, record: Record, settled: Settled) -> tuple[Record, Settled]:
    """The record with what a decision does at this stage; an actor that it makes is among its objects then."""
    decision, ids = settled.decision, [identifier for identifier in settled.ids if identifier is not None]
    joint = _JOINT.get((stage, decision.kind))
    if joint is not None:
        return joint(record, ids), settled
    name = decision.targets[0].list
    change = _STAGES[stage].get((decision.kind, name))
    if change is None:
        return record, settled
    before = {one.id for one in record.actors}
    for identifier in ids:
        record = change(record, identifier, decision.value)
    made = tuple(one.id for one in record.actors if one.id not in before)
    return record, replace(settled, ids=settled.ids + made)
