"""What a clause that tells of a promise says became of it."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.model import CommitmentStatus
from onrecord.record.commitments.kin import are_kin
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.promises import Promise, is_later, is_the_day, shared_number
from onrecord.record.commitments.result import Result

_PAIR = 2
_PUTTING_OFF = frozenset(("postpone", "defer", "adjourn", "reschedule"))
_HALTING = frozenset(("suspend", "freeze"))
"""Verbs of the group that are said of people and things too."""


def status_of(result: Result, promise: Promise, day: str | None) -> CommitmentStatus | None:
    """What the clause says became of the promise, on the day of its report; None where it says nothing.

    That not all is done is no word that the promise was broken until the day is over by which it was to be.
    """
    over = day is not None and promise.last_day is not None and promise.last_day < day
    for told, read in _STATUSES:
        if result.told == told:
            return read(result, promise, over)
    return None


def _of_done(result: Result, promise: Promise, over: bool) -> CommitmentStatus | None:
    turned = _otherwise(result, promise)
    if turned is not None:
        return turned
    if result.timely is not None:
        return _of_timely(result, promise)
    if result.part:
        return "missed" if over and result.short else "begun"
    asked = _asked(result, promise)
    if asked is not None:
        done, whole = asked
        if done >= whole:
            return "met"
        return "missed" if over and result.short else "begun"
    if promise.numbers and result.numbers and not shared_number(result, promise):
        fewer = max(value for value, _ in result.numbers) < max(value for value, _ in promise.numbers)
        return "begun" if fewer and promise.verbs & result.deeds else None
    if not promise.numbers and not result.whole and any(noun in promise.heads for _, noun in result.numbers):
        return "begun"  # "nine letters were sent": so many of those that were to be
    whole = result.whole or shared_number(result, promise) or _is_whole_thing(result, promise)
    return "met" if whole or _is_done_by_party(result, promise) or _is_done_on_the_day(result, promise) else None


def is_dropped(result: Result, promise: Promise) -> bool:
    """Whether the clause tells something given up, and that was not what was promised."""
    dropped = lexicon().dropped | {"cancel"}
    return bool(result.deeds & dropped) and not promise.verbs & (dropped | {"leave"})


def _otherwise(result: Result, promise: Promise) -> CommitmentStatus | None:
    """What else than the deed itself the clause tells of it: broken, contested, put off or given up."""
    if promise.negated:
        return "missed"  # what was not to be done is told as done by who promised it
    if is_contested(result, promise):
        return "contested"
    if is_delayed(result, promise):
        return "delayed"
    return "missed" if is_dropped(result, promise) else None  # "has scrapped the plant" that it was to open


def is_delayed(result: Result, promise: Promise) -> bool:
    """Whether the clause tells it put off: "postponed its verdict"."""
    put_off = result.deeds & _PUTTING_OFF or ("delay" in result.deeds and not result.deeds & _HALTING)
    return result.told == "done" and bool(put_off) and "delay" not in promise.verbs


def is_contested(result: Result, promise: Promise) -> bool:
    """Whether the clause tells somebody against it: "sued the state over the ban", "protested against the closure"."""
    against = result.deeds & lexicon().contesting or (result.deeds & lexicon().marching and "against" in result.forms)
    return result.told == "done" and bool(against) and not promise.verbs & result.deeds


def _of_timely(result: Result, promise: Promise) -> CommitmentStatus | None:
    """Of what is told as done together with how it is in time; at the end of the time a part of it is too little."""
    timely = result.timely
    partly = result.short or result.part or any(part < whole for part, whole in result.parts)
    if timely is not None and timely.manner == "over":
        return "missed" if partly else None
    asked = _asked(result, promise)
    return "begun" if partly or (asked is not None and asked[0] < asked[1]) else "met"


def _is_done_by_party(result: Result, promise: Promise) -> bool:
    """Whether the party is told to have done just that, and no number of things was promised."""
    done = (promise.verbs & result.deeds) - lexicon().recurring - lexicon().common
    things = (promise.heads | promise.nouns) & result.nouns
    return not promise.numbers and bool(done and things) and are_kin(promise.parties, result.doer)


def _is_done_on_the_day(result: Result, promise: Promise) -> bool:
    """Whether something is told to be done to one thing as known on just the day by which it was to be."""
    on_day = any(is_the_day(due, time) for due in promise.dues for time in result.own)
    one_thing = result.definite or len(promise.nouns & result.nouns) >= _PAIR
    return not promise.numbers and one_thing and on_day


def _asked(result: Result, promise: Promise) -> tuple[float, float] | None:
    """How many are done of how many: "11 of the 40", or "twenty" of the 50 that were promised."""
    wholes = {value for value, _ in promise.numbers}
    for part, whole in result.parts:
        if whole in wholes:
            return part, whole
    if shared_number(result, promise):
        return None  # as many as were promised
    for value, counted in sorted(result.numbers):
        same = [other for other, noun in promise.numbers if noun and noun == counted]
        if same:
            return value, max(same)
    return None


def _is_whole_thing(result: Result, promise: Promise) -> bool:
    """Whether it was one thing that was promised, no number of things, and the deed itself is told."""
    things = promise.heads & result.nouns or len(promise.nouns & result.nouns) >= _PAIR
    return not promise.numbers and bool(promise.verbs & result.deeds) and bool(things)


def _of_undone(result: Result, promise: Promise, over: bool) -> CommitmentStatus | None:
    return "missed" if over else None


def _of_later(result: Result, promise: Promise, over: bool) -> CommitmentStatus | None:
    return "delayed" if is_later(result, promise) else None


def _of_going_on(result: Result, promise: Promise, over: bool) -> CommitmentStatus | None:
    return "begun" if promise.verbs & result.deeds else None


_STATUSES: tuple[tuple[str, Callable[[Result, Promise, bool], CommitmentStatus | None]], ...] = (
    ("done", _of_done),
    ("later", _of_later),
    ("undone", _of_undone),
    ("was to be", _of_undone),
    ("going on", _of_going_on),
)
