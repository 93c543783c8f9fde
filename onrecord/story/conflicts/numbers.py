"""Numbers of the same that do not fit each other."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from onrecord.model import Conflict, ConflictLabel, Figure, identify
from onrecord.story.comparing import Key, Tie, comparable, key_of, meet, overlap, pairs, tie
from onrecord.story.figures import Telling
from onrecord.story.fitting import fit
from onrecord.story.lexicon import lexicon
from onrecord.story.wording import figure_said

Alike = dict[tuple[str, Key], list[Telling]]
"""By report and measure."""
_ENOUGH = 50
_LEAST = 10
"""Below it, what is counted without a deed ("two candidates") is picked out anew each time."""
_ALIKE, _NEARLY = 4, 0.75
"""Words that two sentences share, and their share of the shorter one, where they say nearly the same."""
_MORE = 3
"""Words of a second sentence that may be new where it is still about the same."""
_OF, _THE = 16, frozenset(("the", "its", "their"))
_BUT = frozenset(("but", "however"))
_IN = re.compile(r"\b[Ii]n ((?:[A-Z][\w’'-]+ ?){1,3})\b")
_MONTHS = frozenset(month_name)
_BREATH = 2
"""Sentences between two numbers of one report that are set against each other."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What it means that two numbers differ, and why."""

    label: ConflictLabel
    because: str


def number_conflicts(tellings: Iterable[Telling], groups: Mapping[str, str]) -> Iterator[Conflict]:
    """Within each report between its sources, and between reports of one event."""
    told = list(tellings)
    for one, other in _set_against(told):
        yield _conflict(one, other, Verdict("disputed", "two sources in one report differ"))
    by_report = _by_report(told)
    for one, other in pairs(told, groups):
        verdict = _judge(one, other, tie(one, other, groups))
        if verdict is not None and not _is_unclear(one, other, by_report):
            yield _conflict(one, other, verdict)


def _by_report(told: Iterable[Telling]) -> Alike:
    """What each report counts alike; of each, the first few are enough to tell whether there is but one."""
    out: Alike = {}
    for telling in told:
        same = out.setdefault((telling.report, key_of(telling.measure)), [])
        if len(same) < _ENOUGH:
            same.append(telling)
    return out


def _set_against(told: list[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Neighbours in one report that count the same event's same, told by different sources."""
    for index, one in enumerate(told):
        for other in told[index + 1 : index + 4]:
            near = one.report == other.report and other.sentence - one.sentence <= _BREATH
            if not near or not _told_to_differ(one, other):
                continue
            alike = comparable(one, other) or _is_alike_beside(one, other)
            if (alike and _of_one_thing(one, other)) or _is_contrasted(one, other) or _is_counted_again(one, other):
                yield one, other


def _is_alike_beside(one: Telling, other: Telling) -> bool:
    """Whether two sources count the same right after each other, though one says since when: "hired 30 since March"."""
    near = other.sentence - one.sentence <= 1 and bool(one.source and other.source) and one.known
    return near and comparable(replace(one, overall=False), replace(other, overall=False))


def _is_counted_again(one: Telling, other: Telling) -> bool:
    """Whether another only counts the same right behind: "carried out 18 computers. The firm spoke of 11"."""
    mine, theirs = one.measure, other.measure
    if other.sentence - one.sentence != 1 or theirs.deed not in lexicon().telling or not other.source:
        return False
    alike = (mine.kind, mine.unit, one.qualities) == (theirs.kind, theirs.unit, other.qualities)
    return alike and not (one.part or other.part or one.moved or other.moved or other.known)


def _is_contrasted(one: Telling, other: Telling) -> bool:
    """Whether "but" sets the number of another source against the one of the sentence before, of the same kind."""
    mine, theirs = one.measure, other.measure
    if other.sentence - one.sentence != 1 or not (one.source and other.source) or one.known or other.known:
        return False
    alike = (mine.kind, mine.unit, mine.planned) == (theirs.kind, theirs.unit, theirs.planned) and mine.unit is None
    first = other.shown.text.split(maxsplit=1)[0].strip('“",').lower() if other.shown.text.strip() else ""
    plain = not (one.part or other.part or one.moved or other.moved or one.qualities != other.qualities)
    return alike and plain and first in _BUT and min(one.figure.value, other.figure.value) > 1


def _of_one_thing(one: Telling, other: Telling) -> bool:
    """Whether neighbours are about the same: the second takes the first up, or says the same happened to the same."""
    if other.taken_up:
        return True
    if one.measure.unit is not None or not one.known:
        return False
    if other.moved or meet(one.own.names, other.own.names) is False:
        return False
    return one.sentence == other.sentence or bool(one.own.names & other.own.names) or _says_no_more(one, other)


def _says_no_more(one: Telling, other: Telling) -> bool:
    """Whether both are somebody's, and the second sentence adds little but the number."""
    return bool(one.source and other.source) and len(other.own.contents - one.own.contents) <= _MORE


def _told_to_differ(one: Telling, other: Telling) -> bool:
    if min(one.figure.value, other.figure.value) < 1:
        return False  # a share of something: "half the toll of the other war"
    if _is_whole(one) or _is_whole(other):
        return False  # of "14 of the 120" the 120
    if one.source == other.source or "?" in (one.source, other.source) or fit(one.figure, other.figure):
        return False
    if other.moved and not other.source:
        return False
    if meet(_whereabouts(one), _whereabouts(other)) is False and one.sentence != other.sentence:
        return False  # "in Port Elgar organisers counted", "police in Highmoor put the crowd there at"
    return overlap(one.date, other.date) is not False and meet(one.own.places, other.own.places) is not False


def _whereabouts(telling: Telling) -> frozenset[str]:
    """The names behind "in", which may be of places that nobody knows."""
    return frozenset(map(str.strip, _IN.findall(telling.shown.text))) - _MONTHS


def _is_whole(telling: Telling) -> bool:
    """Whether the number is the whole of which a part is told right before: "14 of the 120"."""
    start = telling.phrase.start - telling.shown.start
    before = telling.shown.text[max(0, start - _OF) : start].split() if start > 0 else []
    behind = before[-2:] if before[-1:] and before[-1].lower() in _THE else ["", *before[-1:]]
    return behind[:1] == ["of"] and len(before) > len(behind) and before[-3][:1].isdigit()


def _judge(one: Telling, other: Telling, common: Tie) -> Verdict | None:
    """The earlier report first."""
    if not comparable(one, other) or fit(one.figure, other.figure):
        return None
    if not common.strong or one.elsewhen != other.elsewhen:
        return _scope(common)
    if not one.known and min(one.figure.value, other.figure.value) < _LEAST:
        return None
    later = one.day is not None and other.day is not None and one.day < other.day
    if later and _rises(one.figure, other.figure) and one.measure.deed in lexicon().growing:
        return Verdict("update", f"the later report ({other.day}) tells a higher number than the earlier ({one.day})")
    if one.source and other.source and one.source != other.source:
        return Verdict("disputed", "different sources tell them")
    return Verdict("conflict", "nothing told of dates, places or sources explains it")


def _scope(common: Tie) -> Verdict | None:
    """Of sentences that say nearly the same, that they are told of different days or places."""
    if common.words < _ALIKE or common.share < _NEARLY:
        return None
    if common.dates is False:
        return Verdict("scope", "they are told of different dates")
    return Verdict("scope", "they are told of different places") if common.places is False else None


def _rises(one: Figure, other: Figure) -> bool:
    return other.value > one.value


def _is_unclear(one: Telling, other: Telling, by_report: Alike) -> bool:
    """Whether one of the reports tells a number that fits the other's elsewhere, or several that do not fit."""
    ours = [telling for telling in by_report[one.report, key_of(one.measure)] if comparable(telling, one)]
    theirs = [telling for telling in by_report[other.report, key_of(other.measure)] if comparable(telling, other)]
    if any(fit(mine.figure, their.figure) for mine in ours for their in theirs):
        return True
    return any(not fit(a.figure, b.figure) for told in (ours, theirs) for a in told for b in told[:1])


def _conflict(one: Telling, other: Telling, verdict: Verdict) -> Conflict:
    ids = (one.figure.id, other.figure.id)
    same_origin = one.report != other.report and one.origin == other.origin
    return Conflict(
        id=identify("x", "number", *ids),
        kind="number",
        label=verdict.label,
        items=ids,
        evidence=(one.shown, other.shown) if one.shown != other.shown else (one.phrase, other.phrase),
        explanation=_explained(one, other, verdict, same_origin),
    )


def _explained(one: Telling, other: Telling, verdict: Verdict, same_origin: bool) -> str:
    told = f"{figure_said(one.figure)} against {figure_said(other.figure)}: {verdict.because}"
    return told + ("; both reports are of one origin, so this is a revision." if same_origin else ".")
