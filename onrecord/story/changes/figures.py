"""Figures that changed: told so in one sentence, or told differently at different times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from onrecord.model import Change, Figure, Quantity, Record, identify
from onrecord.spans import Passage
from onrecord.story.comparing import Tie, comparable, day_gap, pairs, tie
from onrecord.story.figures import Telling
from onrecord.story.fitting import fit
from onrecord.story.lexicon import lexicon
from onrecord.story.wording import figure_said, number_said

RUNNING = frozenset(("cost", "lose", "raise", "spend"))
"""Deeds whose money adds up from report to report."""
_CAME = 90
"""Code points before a number within which the word that says it changed stands."""
_WORDS = 14
_SPELT = frozenset("two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split())
_LOWER = ("at_least", "more_than")
_LEAST = 10
"""Below it, what is counted in different reports is seldom the same group."""
_BREATH = 2
_FROM = 12
"""Code points before a number among which "from" makes it what something came from."""


def figure_changes(record: Record, told: Iterable[Telling], groups: Mapping[str, str]) -> Iterator[Change]:
    """Numbers that are told to have changed, that a later report tells anew, or that are so no more."""
    telling = list(told)
    found = [
        *_told_from_to(record),
        *_from_neighbour(record, telling),
        *_within_report(telling),
        *_of_events(telling, groups),
        *_of_states(telling),
        *_of_costs(telling),
    ]
    known = {change.after for change in found} | {change.before for change in found}
    yield from found
    yield from (change for change in _came_to(record, telling) if change.after not in known)


def _told_from_to(record: Record) -> Iterator[Change]:
    """One number that went from one value to another: "rose from 12 to 35"."""
    changed: dict[str, list[Figure]] = {}
    for figure in record.figures:
        if figure.state == "change":
            changed.setdefault(figure.report, []).append(figure)
    for notes in record.annotations:
        if notes.report.id not in changed:
            continue
        moved = {q.span: q for q in notes.quantities if _is_from_to(q, notes.report.text)}
        for figure in changed[notes.report.id]:
            quantity = next((moved[span] for span in moved if any(e.contains(span) for e in figure.evidence)), None)
            if quantity is not None:
                evidence = tuple(notes.report.passage(span) for span in figure.evidence)
                yield _change(None, figure, evidence, _went(quantity))


def _is_from_to(quantity: Quantity, text: str) -> bool:
    if quantity.change is None or quantity.low is None or quantity.high is None or quantity.low == quantity.high:
        return False
    return "from" in text[max(0, quantity.span.start - _FROM) : quantity.span.start].lower().split()


def _went(quantity: Quantity) -> str:
    low, high = number_said(quantity.low or 0), number_said(quantity.high or 0)
    first, last = (low, high) if quantity.change == "up" else (high, low)
    return f"Told to have gone from {first} to {last} {quantity.unit or ''}".strip() + "."


def _from_neighbour(record: Record, told: list[Telling]) -> Iterator[Change]:
    """Two numbers of one sentence, the later one told first: "1,800 are left, down from 2,500 a year ago"."""
    texts = {notes.report.id: notes.report.text for notes in record.annotations}
    for now, before in pairwise(told):
        if now.report != before.report or now.sentence != before.sentence:
            continue
        lead = texts[now.report][max(0, before.phrase.start - _FROM) : before.phrase.end].lower()
        if not _counts_alike(now, before) or not any(f"{way} from" in lead for way in ("down", "up")):
            continue
        if now.figure.value != before.figure.value:
            yield _change(before.figure, now.figure, (before.phrase, now.phrase), "Told to have changed")


def _counts_alike(one: Telling, other: Telling) -> bool:
    mine, theirs = one.measure, other.measure
    return one.figure.counted == other.figure.counted or (mine.kind, mine.unit) == (theirs.kind, theirs.unit)


def _within_report(told: list[Telling]) -> Iterator[Change]:
    """A number that a report takes up again to say that it moved: "the number of dead rose to 100"."""
    for index, one in enumerate(told):
        for other in told[index + 1 : index + 3]:
            near = one.report == other.report and 0 < other.sentence - one.sentence <= _BREATH
            if near and other.moved and other.taken_up and comparable(one, other) and not fit(one.figure, other.figure):
                yield _change(
                    one.figure, other.figure, (one.shown, other.shown), "The report takes the number up again"
                )


def _of_events(told: list[Telling], groups: Mapping[str, str]) -> Iterator[Change]:
    """The count of one event, higher in a later report; not one that the earlier report gives as well."""
    latest: dict[str, tuple[str, Telling, Telling]] = {}
    given = {(one.report, one.measure, one.figure.value) for one in told}
    for one, other in pairs(told, groups):
        if (one.report, other.measure, other.figure.value) in given:
            continue
        if comparable(one, other) and _has_grown(one, other, tie(one, other, groups)):
            known = latest.get(other.figure.id)
            if known is None or (known[0], known[1].start) < (one.day or "", one.start):
                latest[other.figure.id] = (one.day or "", one, other)
    for _, one, other in latest.values():
        yield _change(one.figure, other.figure, (one.shown, other.shown), _since(one.day, other.day))


def _has_grown(one: Telling, other: Telling, common: Tie) -> bool:
    if not common.strong or one.day is None or other.day is None or one.day >= other.day:
        return False
    higher = other.measure.deed in lexicon().growing and other.figure.value > one.figure.value
    return higher and (one.figure.bound in _LOWER or not fit(one.figure, other.figure))


def _of_states(told: list[Telling]) -> Iterator[Change]:
    """What is so at one time and no longer at a later: troops in a country, the dead of a war up to a day."""
    chains: dict[tuple[object, ...], list[tuple[str, Telling]]] = {}
    for one in told:
        when = _as_of(one)
        if when is not None and _is_kept_count(one):
            key = (one.measure, one.figure.place, one.qualities, one.overall)
            chains.setdefault(key, []).append((when, one))
    for dated in chains.values():
        yield from _along(sorted(dated, key=lambda each: (each[0], each[1].report, each[1].start)))


def _along(dated: list[tuple[str, Telling]]) -> Iterator[Change]:
    for (before, one), (after, other) in pairwise(dated):
        if before < after and not fit(one.figure, other.figure) and (day_gap(before, after) or 0) > 0:
            yield _change(one.figure, other.figure, (one.shown, other.shown), _since(before, after))


def _as_of(telling: Telling) -> str | None:
    date = telling.figure.date
    return date.earliest if date is not None else None


def _is_kept_count(telling: Telling) -> bool:
    """Whether one can ask again later how many there are: of somebody's, somewhere, no part, no plan."""
    measure, figure = telling.measure, telling.figure
    if telling.part or measure.planned or measure.unit is not None or figure.value < _LEAST:
        return False
    if measure.owner is None or (figure.place is None and not _is_had(telling)):
        return False
    return measure.deed == "" or (telling.known and telling.overall)


def _is_had(telling: Telling) -> bool:
    """Whether it is told of now, in the report's own time, how many somebody has: "it now has orders for 201 jets"."""
    return telling.measure.deed == "" and telling.figure.state in ("current", "claimed") and not telling.measure.planned


def _came_to(record: Record, told: list[Telling]) -> Iterator[Change]:
    """What is told to have come to a number, from none that is told: "revised the number of the dead to four"."""
    texts = {notes.report.id: notes.report.text for notes in record.annotations}
    for one in told:
        if one.measure.planned or one.figure.state == "change":
            continue
        text = texts[one.report]
        for span in one.figure.evidence:
            before = text[max(one.shown.start, span.start - _CAME) : span.end].replace(",", " , ").split()
            if _is_told_to_come(before):
                yield _change(None, one.figure, (one.shown,), "Told to be another number than before.")
                break


def _is_told_to_come(words: list[str]) -> bool:
    """Whether a word of change stands before a "to" with a number right behind it."""
    for at, word in enumerate(words[:-1]):
        number = words[at + 1].strip("$€£")
        if word == "to" and (number[:1].isdigit() or number.lower() in _SPELT):
            earlier = words[max(0, at - _WORDS) : at]
            border = max(
                (i for i, one in enumerate(earlier) if one in (",", ";", ":") or one.endswith(".")), default=-1
            )
            return any(one.lower() in lexicon().came for one in earlier[border + 1 :])
    return False


def _of_costs(told: list[Telling]) -> Iterator[Change]:
    """What something has cost, told anew and higher by a later report that names the same."""
    costs = [one for one in told if one.measure.deed in RUNNING and one.measure.unit and not one.part]
    costs = [one for one in costs if one.day is not None and not one.measure.planned]
    for before, after in pairwise(sorted(costs, key=lambda one: (one.day or "", one.report, one.start))):
        alike = (before.measure.deed, before.measure.unit) == (after.measure.deed, after.measure.unit)
        related = before.measure.kind == after.measure.kind or bool(before.own.names & after.own.names)
        later = (before.day or "") < (after.day or "") and before.figure.value < after.figure.value
        if alike and related and later:
            yield _change(before.figure, after.figure, (before.shown, after.shown), _since(before.day, after.day))


def _since(before: str | None, after: str | None) -> str:
    return f"Told differently as of {before} and of {after}"


def _change(before: Figure | None, after: Figure, evidence: tuple[Passage, ...], why: str) -> Change:
    explanation = why
    if before is not None:
        explanation = f"{why}: from {figure_said(before)} to {figure_said(after)}."
    return Change(
        id=identify("d", "figure", before.id if before else None, after.id),
        kind="figure",
        before=before.id if before else None,
        after=after.id,
        cause=None,
        evidence=evidence,
        explanation=explanation,
    )
