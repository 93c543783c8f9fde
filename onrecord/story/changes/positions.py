"""Positions that changed: told so, or held differently at different times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.lemmas import lemma
from onrecord.memory import Kind
from onrecord.model import Change, Position, Record, identify
from onrecord.spans import Located, Passage, Span, covering
from onrecord.story.changes.causes import cause_of, change_told
from onrecord.story.lexicon import lexicon
from onrecord.story.scenes import Scene
from onrecord.syntax import Syntax

_BEHIND = 300
"""Code points behind words of a shift within which the same report tells what is held now."""
_SIDES = frozenset(("supports", "opposes"))


@dataclass(frozen=True, slots=True)
class Held:
    """A position with the days as of which it is held."""

    position: Position
    day: str | None

    @property
    def order(self) -> tuple[str, str, int]:
        """By day, then by place."""
        return self.day or "", self.position.report, self.position.evidence[0].start


def position_changes(record: Record, by_report: Mapping[str, Scene]) -> Iterator[Change]:
    """Of each actor on each issue: a stance that is told to shift, and one that is another at a later time."""
    names = {actor.id: actor.name for actor in record.actors}
    labels = {issue.id: issue.label for issue in record.issues}
    told: dict[tuple[str, str], list[Position]] = {}
    for position in record.positions:
        told.setdefault((position.report, position.issue), []).append(position)
    groups: dict[tuple[str, str], list[Held]] = {}
    for position in record.positions:
        day = _day(position, by_report[position.report])
        groups.setdefault((position.actor, position.issue), []).append(Held(position, day))
    for (actor, issue), group in groups.items():
        who, what = names.get(actor, "The actor"), labels.get(issue, "the issue")
        yield from _of_one(sorted(group, key=lambda one: one.order), by_report, f"{who} on {what}", told)
    known = _shifts_at(record)
    for notes in record.annotations:
        read = known.get(notes.report.id, Located())
        shifts = by_report[notes.report.id].each(_SHIFTS, _told_shifts)
        yield from (change for word, change in shifts if not read.touching(word))


_SHIFTS: Kind[tuple[tuple[Span, Change], ...]] = Kind("told shifts", tuple[tuple[Span, Change], ...])


def _shifts_at(record: Record) -> dict[str, Located[str]]:
    """Where each report tells of a position that shifts."""
    out: dict[str, Located[str]] = {}
    for position in record.positions:
        if position.stance == "shifts":
            for span in position.evidence:
                out.setdefault(position.report, Located()).add(span, position.id)
    return out


def _told_shifts(scene: Scene) -> Iterator[tuple[Span, Change]]:
    """Clauses that tell that somebody thinks again about a stance, each with the verb."""
    syntax = scene.syntax
    for word, tag in enumerate(syntax.words.tag if syntax.tagged else ()):
        if tag != "VERB" or lemma(syntax.form(word), "VERB") not in lexicon().reconsider:
            continue
        thing, who = _stance_of(syntax, word), _who_shifts(syntax, word)
        if thing is None or who is None:
            continue
        span = covering([syntax.noun_phrase(who), syntax.span(word), syntax.noun_phrase(thing)])
        why = f"A stance ({syntax.noun_phrase(thing).of(syntax.text)}) is told to be thought about again."
        yield syntax.span(word), change_told(scene, "position", span, word, why)


def _stance_of(syntax: Syntax, verb: int) -> int | None:
    thing = syntax.child(verb, frozenset(("obj",)))
    return thing if thing is not None and lemma(syntax.form(thing), "NOUN") in lexicon().stances else None


def _who_shifts(syntax: Syntax, verb: int) -> int | None:
    """Who does: the subject of a plain clause, or whom something led to do it; None where it is but asked or feared."""
    words = {syntax.folded(child) for child in syntax.children[verb]}
    if words & (lexicon().undone | {"will", "would", "should", "must"}):
        return None
    head = syntax.words.head[verb]
    if syntax.words.relation[verb] in ("xcomp", "advcl", "ccomp") and "to" in words:
        if lemma(syntax.form(head), "VERB") not in lexicon().led or set(syntax.auxiliaries(head)) & lexicon().undone:
            return None
        led = [c for c in syntax.children[head] if head < c < verb and syntax.tag(c) in ("NOUN", "PROPN", "PRON")]
        return led[0] if led else None
    return None if "to" in words else syntax.own_subject(verb)


def _day(position: Position, scene: Scene) -> str | None:
    """A position that ended is of the day on which it did; else it is of its start, its saying, or its report."""
    said = scene.statements.get(position.statement)
    told = said.said.earliest if said is not None and said.said is not None else None
    return position.end or position.start or told or scene.day


def _of_one(
    held: list[Held],
    by_report: Mapping[str, Scene],
    about: str,
    told_there: Mapping[tuple[str, str], Sequence[Position]],
) -> Iterator[Change]:
    shifts = [one for one in held if one.position.stance == "shifts"]
    for one in shifts:
        before = next((h.position for h in reversed(held) if h.order < one.order and h.position.stance in _SIDES), None)
        shift = one.position
        now = _told_right_behind(shift, told_there.get((shift.report, shift.issue), ()))
        yield _change(before, shift, by_report, f"{about}: a position is told to shift", now)
    sided = [one for one in held if one.position.stance in _SIDES]
    for one, other in pairwise(sided):
        if _has_turned(one, other) and not _is_told_between(one, other, shifts):
            told = f"{one.position.stance} as of {one.day}, {other.position.stance} as of {other.day}"
            yield _change(one.position, other.position, by_report, f"{about}: {told}")


def _has_turned(one: Held, other: Held) -> bool:
    if one.position.stance == other.position.stance:
        return False
    ended = one.position.note == "was" and one.position.report == other.position.report
    return ended or (one.day is not None and other.day is not None and one.day < other.day)


def _is_told_between(one: Held, other: Held, shifts: list[Held]) -> bool:
    return any(one.order <= shift.order <= other.order for shift in shifts)


def _told_right_behind(shift: Position, told: Sequence[Position]) -> Position | None:
    """The position to which it shifted, where the next words tell one: "I have changed my mind. We now favour it"."""
    end = shift.evidence[-1].end
    near = (one for one in told if one.stance in _SIDES and 0 <= one.evidence[0].start - end < _BEHIND)
    return min(near, key=lambda one: one.evidence[0].start, default=None)


def _change(
    before: Position | None,
    after: Position,
    by_report: Mapping[str, Scene],
    why: str,
    now: Position | None = None,
) -> Change:
    evidence: list[Passage] = []
    for position in (before, after, now):
        if position is not None:
            evidence += [by_report[position.report].annotations.report.passage(span) for span in position.evidence]
    return Change(
        id=identify("d", "position", before.id if before else None, after.id),
        kind="position",
        before=before.id if before else None,
        after=after.id,
        cause=_cause(after, by_report[after.report]),
        evidence=tuple(dict.fromkeys(evidence)),
        explanation=f"{why}.",
    )


def _cause(position: Position, scene: Scene) -> Passage | None:
    """What the first clause of the position's words that gives a cause gives."""
    if not scene.syntax.tagged:
        return None
    for span in position.evidence:
        for word in scene.syntax.words_in(span):
            found = cause_of(scene, word) if scene.syntax.tag(word) == "VERB" else None
            if found is not None:
                return found
    return None
