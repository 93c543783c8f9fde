"""Positions: who is for or against what, when, and who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.excerpts import excerpts_of
from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Issue, Position, Record, Report, Stance, identify
from onrecord.record.positions.grouping import Cluster, Clusters
from onrecord.record.positions.held import Held
from onrecord.record.positions.holders import Holder
from onrecord.record.positions.issues import Wanted, issue_of
from onrecord.record.positions.lexicon import is_one_pair, lexicon, words_of
from onrecord.record.positions.names import names_of_ids
from onrecord.record.positions.told import Told, told_in
from onrecord.spans import covering

_RECALLED = 2500
"""Code points that "that stance" may stand behind the position it means."""
_TOLD_NEXT = 250
"""Code points behind a bare change of mind within which it is told to what."""
_SENTENCE = 250
"""Code points between what somebody had wanted and what the same sentence tells of it now."""
_THEIRS = frozenset("them their it its him his her they".split())
_SIDES = {"supports", "opposes"}
_TAKEN_UP = 600
"""Code points that "the idea" or "the decision" may stand behind what it takes up."""


@dataclass(frozen=True, slots=True)
class Sided:
    """A told attitude with its issue, and the sign of the propositions that speak for it."""

    told: Told
    issue: Issue
    pro: int
    turned: int = 1
    """The sign of the proposition that a word such as "the idea" takes up."""


def find_positions(
    record: Record, issues: Sequence[Issue] | None = None, memory: Memory = FORGETFUL
) -> tuple[tuple[Position, ...], tuple[Issue, ...]]:
    """The positions of all reports, by report and offset, and the issues they are on, by id.

    Args:
        record: with actors, and what they are meant by.
        issues: the user's own; they take what is on them, and are kept even if nothing is.
        memory: may have the attitudes that each report tells.
    """
    told = [one for excerpt in excerpts_of(record) for one in memory.recall(_TOLD, _told_by, excerpt)]
    texts = {notes.report.id: notes.report.text for notes in record.annotations}
    sided = list(_recalled(told, _sides(told, texts, Wanted(issues or ()))))
    positions = tuple(_without_echoes(tuple(_turned_now(_positions(sided), sided, record)), record))
    used = {position.issue for position in positions}
    kept = {one.issue.id: one.issue for one in sided if one.issue.id in used} | {one.id: one for one in issues or ()}
    return positions, tuple(kept[key] for key in sorted(kept))


_TOLD: Kind[tuple[Told, ...]] = Kind("attitudes", tuple[Told, ...])


def _told_by(excerpt: Record) -> tuple[Told, ...]:
    (notes,) = excerpt.annotations
    return tuple(_with_turns(told_in(excerpt, notes, names_of_ids(excerpt)), notes.report.text))


def _with_turns(told: Iterable[Told], text: str) -> Iterator[Told]:
    """The attitudes of a report; one that follows, of the same holder, on what its clause says was held, is a shift.

    As in "The mayor, who had backed the strikers, called on them to return".
    """
    before: Told | None = None
    for one in told:
        turns = before is not None and one.trigger.start - before.trigger.end < _SENTENCE and not one.before
        if turns and before is not None and before.then and not before.before:
            one = _turned_from(before, one)
            turns = False
        if before is not None and turns and _is_elsewhere(before, one, text):
            one = replace(one, shift=True)
        elif before is not None and turns and _is_opposite(before, one):
            yield replace(before, shift=True, trigger=covering((before.trigger, one.trigger)), held=Held())
        if before is not None and not one.before:
            yield before
            before = None
        if one.before or one.then:
            if before is not None:
                yield before
            before = one
        else:
            yield one
    if before is not None:
        yield before


def _turned_from(before: Told, one: Told) -> Told:
    """The attitude as a shift where its holder had said the opposite: "who said that she was against a ban, wants"."""
    if before.proposition is None or one.proposition is None or one.shift:
        return one
    mine, theirs = (lexicon().effects.get(each.proposition.action or "") for each in (before, one) if each.proposition)
    alike = mine is not None and theirs is not None and mine.sign == theirs.sign
    same = before.proposition.action == one.proposition.action or (
        alike and is_one_pair(before.proposition.action, one.proposition.action)
    )
    ours = before.sign if same else before.sign * before.proposition.sign
    now = one.sign if same else one.sign * one.proposition.sign
    if not same and before.proposition.concept != one.proposition.concept:
        return one
    return one if ours == now else replace(one, shift=True, held=Held(), holders=before.holders or one.holders)


def _is_elsewhere(before: Told, one: Told, text: str) -> bool:
    """Whether the same holder is now for or against something else of theirs ("end their strike").

    The same thing speaks for itself, and what has nothing to do with it is no change of mind.
    """
    if before.proposition is None or one.proposition is None or before.proposition.concept == one.proposition.concept:
        return False
    told = text[one.trigger.start : max(one.trigger.end, one.proposition.phrase.end)].lower().split()
    same = {holder.actor for holder in one.holders} & {holder.actor for holder in before.holders}
    return bool(same) and bool(_THEIRS & set(told))


def _is_opposite(before: Told, one: Told) -> bool:
    """Whether the same holder is now for something, and had been against something, or the other way round."""
    same = {holder.actor for holder in one.holders} & {holder.actor for holder in before.holders}
    if not same or before.proposition is None or one.proposition is None or one.shift or before.sign == one.sign:
        return False
    if one.proposition.concept not in words_of("propositions generic") | words_of("shifts settled"):
        return False  # of the same thing the two positions say so themselves; another has nothing to do with it
    return before.sign * before.proposition.sign != one.sign * one.proposition.sign


def _turned_now(positions: Iterable[Position], sided: Sequence[Sided], record: Record) -> Iterator[Position]:
    """The positions; one held "now", of whose holder an earlier report tells the opposite, is a shift."""
    listed = list(positions)
    days = {key: one.date.earliest for key, one in record.dates.items() if one.date is not None}
    now = {(one.told.report, one.told.evidence) for one in sided if one.told.now}
    sides: dict[tuple[str, str], list[Position]] = {}
    for one in listed:
        sides.setdefault((one.actor, one.issue), []).append(one)
    for one in listed:
        others = sides[one.actor, one.issue] if (one.report, one.evidence) in now else ()
        turned = any(_is_earlier(other, one, days) and {other.stance, one.stance} == _SIDES for other in others)
        yield replace(one, stance="shifts", start=None, end=None, note=None) if turned else one


def _is_earlier(one: Position, other: Position, days: Mapping[str, str | None]) -> bool:
    if one.report == other.report:
        # "In May he was against it. Now he will vote for it", "who had long opposed the dam, now backs it"
        return one.evidence[0] <= other.evidence[0] and one.evidence[-1].end < other.evidence[-1].end
    before, after = days.get(one.report), days.get(other.report)
    return before is not None and after is not None and before < after


def _without_echoes(positions: Sequence[Position], record: Record) -> Iterator[Position]:
    """The positions but those that a headline gives to a mere office, where the report gives them to somebody named."""
    roles = {actor.id for actor in record.actors if actor.type == "role"}
    titles = {notes.report.id: _title_end(notes.report) for notes in record.annotations}
    named = {(one.report, one.issue, one.stance) for one in positions if one.actor not in roles}
    for one in positions:
        is_headline = one.evidence[-1].end <= titles[one.report]
        if not (is_headline and one.actor in roles and (one.report, one.issue, one.stance) in named):
            yield one


def _title_end(report: Report) -> int:
    """Where the headline ends that the text begins with; 0 without one."""
    at = report.text.find(report.title) if report.title else -1
    return at + len(report.title or "") if at >= 0 else 0


def _sides(told: Sequence[Told], texts: dict[str, str], wanted: Wanted) -> dict[Told, Sided]:
    """The issue of every attitude that has a proposition, if it matters enough to be one."""
    sided: dict[Told, Sided] = {}
    free = []
    for one in told:
        if one.proposition is None:
            continue
        found = wanted.match(one.proposition, texts[one.report])
        if found is not None:
            sided[one] = Sided(one, *found)
        else:
            free.append((one.report, one.proposition))
    clusters = Clusters(free)
    found_on = {cluster.id: cluster for cluster in clusters.of.values() if _matters(cluster)}
    issues = {key: issue_of(cluster, texts) for key, cluster in found_on.items()}
    for one in told:
        if one.proposition is not None and one not in sided:
            issue = issues.get(clusters.of[one.report, one.proposition].id)
            if issue is not None:
                sided[one] = Sided(one, *issue)
    return sided


def _matters(cluster: Cluster) -> bool:
    """Whether several take sides on it, or it is at least about something named or known to be done."""
    if len(cluster.members) > 1:
        return True
    proposition = cluster.members[0][1]
    is_told = bool(proposition.names or proposition.nouns)
    return is_told or proposition.known or proposition.concept not in words_of("propositions generic")


def _recalled(told: Sequence[Told], sided: dict[Told, Sided]) -> Iterator[Sided]:
    """The attitudes with their issues; a bare "stance" is on the issue last spoken of in the report.

    What is spoken of but once ("its support for the ally") is passed over where an issue of several comes before it.
    """
    last: Sided | None = None
    usual: Sided | None = None
    often = Counter(one.issue.id for one in sided.values())
    before: Told | None = None
    pending: Told | None = None
    for one in told:
        taken = _taken_up(one, last if last is not None and last.told is before else None)
        before = one
        if taken is not None:
            yield taken
        elif one in sided:
            last = sided[one]
            usual = last if often[last.issue.id] > 1 else usual
            if pending is not None and pending.report == one.report:
                if 0 <= one.trigger.start - pending.trigger.end < _TOLD_NEXT:
                    yield Sided(pending, last.issue, last.pro)
            pending = None
            yield last
        elif one.proposition is None and one.shift and (last is None or last.told.report != one.report):
            pending = one  # "they convinced me otherwise. We now support an inquiry"
        elif one.proposition is None and last is not None and last.told.report == one.report:
            meant = next(
                (o for o in (usual, last) if o is not None and o.told.report == one.report and _is_recalled(o, one)),
                None,
            )
            if meant is not None:
                yield Sided(one, meant.issue, meant.pro)


def _is_recalled(before: Sided, one: Told) -> bool:
    return one.trigger.start - before.told.trigger.start < _RECALLED


def _taken_up(one: Told, last: Sided | None) -> Sided | None:
    """An attitude towards "the idea", "the decision" as one towards what the report last told a position on."""
    if one.proposition is None or not one.proposition.pointing or last is None or last.told.report != one.report:
        return None
    if one.trigger.start - last.told.trigger.start > _TAKEN_UP or last.told.proposition is None:
        return None
    return Sided(one, last.issue, last.pro, last.told.proposition.sign)


def _positions(sided: Sequence[Sided]) -> Iterator[Position]:
    seen = set()
    for one in sorted(sided, key=lambda s: (s.told.report, s.told.trigger.start)):
        for number, holder in enumerate(one.told.holders):
            position = _position(one, holder, number)
            key = (position.report, position.evidence, position.actor, position.issue, position.stance)
            if key not in seen:
                seen.add(key)
                yield position


def _position(sided: Sided, holder: Holder, number: int) -> Position:
    told = sided.told
    stance = _stance(sided)
    return Position(
        id=identify("h", told.report, told.trigger.start, told.trigger.end, "position", holder.first, number),
        report=told.report,
        statement=told.statement.id,
        evidence=told.evidence,
        actor=holder.actor,
        issue=sided.issue.id,
        stance=stance,
        start=told.held.start,
        end=told.held.end,
        note=told.held.note or holder.note,
    )


def _stance(sided: Sided) -> Stance:
    if sided.told.shift:
        return "shifts"
    sign = sided.told.sign * (sided.told.proposition.sign if sided.told.proposition else 1) * sided.turned
    return "supports" if sign == sided.pro else "opposes"
