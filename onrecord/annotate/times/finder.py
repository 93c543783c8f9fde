"""From a report's text to its time expressions, left to right, each with a value."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onrecord.annotate.times.lexicon import DIGITS, TOKEN, Shape, expression, lexicon, needed, shapes_at, token_key
from onrecord.annotate.times.readings import READINGS
from onrecord.annotate.times.scene import JOINT, Found, Reading, Scene, Told, is_plausible
from onrecord.dates import Date, days_of
from onrecord.model import Report, Time, TimeType, Words, identify
from onrecord.spans import Span

Proposals = Sequence[tuple[Span, TimeType]]

_TELLING_DIGITS = re.compile(r"\d\d\d\d|\d{1,2}[:/.]\d|\d{1,2}['’]?s\b|\d{1,2}-\d\d-")
"""Digits that may be a time without any word beside them."""
_REACH = 8
"""How many words before a core word an expression may begin."""
_INSIDE_NUMBER = re.compile(r"(?:[\w$£€¥#][.,]?|\d[:/]|(?<!\d)[-+]|(?<!\d\d\d)\d-)\Z")
"""What stands before digits that are no number of their own. `2003-` is left out: a year may follow."""
_SLACK = 4
"""How many characters longer a proposal may be than the words of an ambiguous shape: `the` and a space."""
_NO_START = frozenset({"same-quarter-year-before", "same-quarter-of-year", "quarter-told"})
"""Rules whose dates are comparisons, from which nothing else in the report starts."""
_SHORT_WINDOW, _HALF_A_YEAR = 31, 150
"""Days of a window that a report may be of within which the nearest day of a name is one and the same."""
_WITHOUT_YEAR = frozenset({"day-nearest-by-tense", "day-nearest-to-report", "month-nearest-by-tense", "month-nearest"})
"""Rules for a day or a month that is named without its year."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    span: Span
    reading: Reading


def find_times(
    report: Report,
    sentences: Sequence[Span],
    words: Words,
    proposals: Proposals | None,
    anchor: Date | None,
) -> tuple[Time, ...]:
    """The time expressions of a report, in order, none overlapping.

    Args:
        sentences: its sentences, in order.
        words: its words; tags and heads, where there, decide the tense.
        proposals: the spans that the encoder holds to be times, in order, or None to go by the rules alone.
        anchor: the report's date, or None if it is not known: relative expressions then get values such as
            `XXXX-WXX-5`. Asking again with an anchor costs no more than the first time.
    """
    text = report.text.replace("\u0130", "I").lower()
    scene = Scene(report.id, report.text, text, words, anchor)
    out: list[Time] = []
    for index, (sentence, near) in enumerate(_with_proposals(sentences, proposals)):
        scene.sentence, scene.bounds = index, (sentence.start, sentence.end)
        for candidate in _candidates(scene, near):
            time = _time(report, candidate.span, _no_finer(candidate.reading, report, anchor))
            joined = _joined(report, text, out[-1], time) if out else None
            if joined:
                out[-1] = time = joined
            else:
                out.append(time)
            _tell(scene, time)
    return tuple(out)


def _no_finer(reading: Reading, report: Report, anchor: Date | None) -> Reading:
    """What was counted from a report whose day is not known is known no better than the report's own date."""
    if anchor is None or reading.anchor != report.id:
        return reading
    start, own = days_of(anchor.value), days_of(reading.value)
    if start is None or own is None or own[1] - own[0] >= start[1] - start[0]:
        return reading
    only = _only_within(reading, anchor)
    if only is not None:
        return Reading(reading.type, only, f"{reading.rule}, the one that the report's window holds", report.id)
    if _is_nearest(reading, anchor):
        return Reading(
            reading.type, reading.value, f"{reading.rule}, of whatever day of its window the report is", report.id
        )
    return Reading(reading.type, anchor.value, f"{reading.rule}, as far as the report's date is known", report.id)


def _is_nearest(reading: Reading, anchor: Date) -> bool:
    """Whether it is the nearest day or month of that name, whichever day of a short window the report is of."""
    if reading.rule not in _WITHOUT_YEAR or not anchor.earliest or not anchor.latest:
        return False
    window, own = (date.fromisoformat(anchor.earliest), date.fromisoformat(anchor.latest)), days_of(reading.value)
    if own is None or (window[1] - window[0]).days > _SHORT_WINDOW:
        return False
    return all(abs((day - end).days) < _HALF_A_YEAR for day in own for end in window)


def _only_within(reading: Reading, anchor: Date) -> str | None:
    """The day or month of that name, if there is but one between the first and the last day the report may be of.

    A day further off than that would have been told with its year.
    """
    if reading.rule not in _WITHOUT_YEAR or not anchor.earliest or not anchor.latest:
        return None
    years = range(int(anchor.earliest[:4]), int(anchor.latest[:4]) + 1)
    values = [f"{year:04}{reading.value[4:]}" for year in years]
    inside = [value for value in values if anchor.earliest[: len(value)] <= value <= anchor.latest[: len(value)]]
    return inside[0] if len(inside) == 1 and days_of(inside[0]) else None


def _with_proposals(sentences: Sequence[Span], proposals: Proposals | None) -> Iterator[tuple[Span, Proposals | None]]:
    """Each sentence with the proposals that begin in it."""
    first = 0
    for sentence in sentences:
        if proposals is None:
            yield sentence, None
            continue
        last = first
        while last < len(proposals) and proposals[last][0].start < sentence.end:
            last += 1
        yield sentence, proposals[first:last]
        first = last


def _time(report: Report, span: Span, reading: Reading) -> Time:
    dated = reading.type in ("DATE", "TIME")
    date = Date.of(reading.value, reading.rule, reading.anchor) if dated else None
    key = identify("t", report.id, span.start, span.end, "time")
    return Time(key, span, reading.type, reading.value, date, reading.rule, reading.anchor)


def _joined(report: Report, text: str, first: Time, second: Time) -> Time | None:
    """`9 a.m.` and `Tuesday` as one time of that day, where nothing but `on` or a comma stands between them."""
    if first.type != "TIME" or second.type != "DATE" or len(second.value) != 10 or "T" not in first.value:
        return None
    if not JOINT.fullmatch(text, first.span.end, second.span.start):
        return None
    clock = first.value[first.value.index("T") :]
    return _time(
        report,
        Span(first.span.start, second.span.end),
        Reading("TIME", second.value + clock, second.rule, second.anchor),
    )


def _tell(scene: Scene, time: Time) -> None:
    """Remember a date for those that start from it."""
    bounds = days_of(time.value) if time.date else None
    if bounds and is_plausible(bounds[0]) and time.rule not in _NO_START:
        whole = time.anchor is None and time.value[:4] in time.span.of(scene.original)
        scene.tell(Told(time.id, time.value[:10], bounds[0], scene.sentence, time.span.end, whole))


def _candidates(scene: Scene, proposals: Proposals | None) -> Iterator[_Candidate]:
    """The longest expressions of the sentence at hand, left to right."""
    tokens = [match.span() for match in TOKEN.finditer(scene.text, *scene.bounds)]
    near = _near_core(scene.text, tokens)
    present = _keys(scene.text, tokens) if near else frozenset()
    free = scene.bounds[0]
    for first, last, following in near:
        if first < free:
            continue
        tried = _tried_at(scene, first, last, following)
        candidate = _longest(scene, first, [one for one in tried if _may_stand(one, present)], proposals)
        if candidate:
            free = candidate.span.end
            scene.last = (candidate.span.start, free)
            yield candidate


def _near_core(text: str, tokens: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """The tokens that may begin a time, with a word that makes one there or soon after; each with the one behind it."""
    core, begins = lexicon().core, lexicon().begins
    near = []
    left = 0
    following = ""
    for first, last in reversed(tokens):
        word = text[first:last]
        digits = word[0].isdigit()
        if word in core or (digits and _TELLING_DIGITS.match(text, first)):
            left = _REACH
        if left > 0:
            if digits or word in begins:
                near.append((first, last, following))
            left -= 1
        following = word
    return near[::-1]


def _keys(text: str, tokens: Sequence[tuple[int, int]]) -> frozenset[str]:
    """The tokens of a sentence as shapes are looked up by them."""
    return frozenset(DIGITS if text[first].isdigit() else text[first:last] for first, last in tokens)


def _may_stand(shape: Shape, present: frozenset[str]) -> bool:
    """Whether a sentence with these tokens may hold an expression of the shape."""
    return not any(tokens.isdisjoint(present) for tokens in needed(shape.text))


def _tried_at(scene: Scene, first: int, last: int, following: str) -> Sequence[Shape]:
    """The shapes that may begin at a token."""
    digits = scene.text[first].isdigit()
    if digits and _INSIDE_NUMBER.search(scene.text, max(scene.bounds[0], first - 2), first):
        return ()
    word = DIGITS if digits else scene.text[first:last]
    return _tried(word, token_key(following)) if word in lexicon().begins else ()


def _longest(scene: Scene, first: int, tried: Sequence[Shape], proposals: Proposals | None) -> _Candidate | None:
    """The longest shape that begins at a token and has a reading there."""
    text, end = scene.text, scene.bounds[1]
    matches = [(match, shape) for shape in tried if (match := expression(shape.text).match(text, first, end))]
    for match, shape in sorted(matches, key=lambda pair: -pair[0].end()):
        span = Span(*match.span())
        allowed, proposed = _judged(shape, span, proposals)
        reading = READINGS[shape.reading](Found(scene, match, proposed)) if allowed else None
        if reading:
            return _Candidate(span, reading)
    return None


@lru_cache(maxsize=8192)
def _tried(word: str, following: str) -> tuple[Shape, ...]:
    """The shapes that may stand where a word does."""
    return shapes_at(word, following)


def _judged(shape: Shape, span: Span, proposals: Proposals | None) -> tuple[bool, TimeType | None]:
    """Whether a shape may be read at a span, and the type that the encoder proposes there."""
    if proposals is None:
        return shape.default or not shape.ambiguous, None
    index = bisect_right(proposals, span.start, key=lambda one: one[0].end)
    near = proposals[index] if index < len(proposals) else None
    if near is None or near[0].start >= span.end:
        return not shape.ambiguous, None
    fits = shape.default or len(near[0]) <= len(span) + _SLACK
    return fits or not shape.ambiguous, near[1]
