"""Which promise a clause tells the result of, and what it says became of that promise.

A clause is held against every promise that shares a noun, a number or a day with it. What they share is weighed by one
table; the clause is of the promise that shares most, if that is enough, and clearly more than any other. That the verb
is another does not part them, that somebody else does it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.dates import Date
from onrecord.model import CommitmentStatus
from onrecord.record.commitments.deeds import Deed
from onrecord.record.commitments.kin import are_kin, only_described
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.objects import VAGUE
from onrecord.record.commitments.promises import Promise, is_later, is_the_day, shared_number
from onrecord.record.commitments.result import Result, Vocabulary
from onrecord.record.commitments.statuses import is_contested, is_delayed, is_dropped, status_of
from onrecord.record.commitments.timeliness import shifted

_ENOUGH, _ENOUGH_TIMELY, _CLEARLY = 3.5, 3.0, 0.5
"""What a clause must share with a promise; less where its words say that something had been promised."""


def _is_none(deeds: Sequence[Deed]) -> bool:
    """Whether nothing is to be done or left undone: only the time of something else is moved."""
    return all(deed.verb == "delay" for deed in deeds)


@dataclass(frozen=True, slots=True)
class Promises:
    """All promises of a story that name a day or a number; of others what is told can hardly be known to be theirs."""

    common: frozenset[str]
    all: tuple[Promise, ...]

    @classmethod
    def among(cls, told: Mapping[str, tuple[str | None, Sequence[Deed]]], common: frozenset[str]) -> Promises:
        """Those of the given first tellings, each with the day on which it was announced."""
        made = (Promise.of(first, day, deeds) for first, (day, deeds) in told.items() if not _is_none(deeds))
        return cls(common, tuple(one for one in made if one.dues or one.starts or one.numbers or one.negated))

    def active(self, day: str | None) -> Active:
        """Those that a report of this day may tell the result of; all where its day is not known."""
        return Active(self.common, [p for p in self.all if day is None or p.is_open(day)], day)

    def left_of(self, rest: Deed, nearest: Sequence[str]) -> str | None:
        """Of which promise something is the rest that is to follow later: of more, and due before.

        Args:
            nearest: first tellings of what its report tells before it, the nearest first.
        """
        if rest.due is None or rest.due.earliest is None:
            return None
        counts = [value for value, _ in rest.numbers]
        early = {p.first: p for p in self.all if (p.last_day or "9") < rest.due.earliest}
        own = [first for first, p in early.items() if are_kin(p.parties, rest.parties)]
        if not counts:  # "the others will be told before May": of those who were to be told
            own = [first for first in own if rest.verb in early[first].verbs and rest.head in {None, *VAGUE}]
            return own[0] if len(own) == 1 else None
        may_be = {first for first, p in early.items() if _is_more(p, max(counts))}
        here = next((first for first in nearest if first in may_be), None)
        own = [first for first in own if first in may_be]
        return here or (own[0] if len(own) == 1 else None)


@dataclass(slots=True)
class Active:
    """The promises that one report may tell the result of, to be found by what they tell."""

    common: frozenset[str]
    promises: Sequence[Promise]
    day: str | None
    _by_noun: dict[str, list[int]] = field(default_factory=dict)
    _by_value: dict[float, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at, promise in enumerate(self.promises):
            for noun in (promise.nouns | promise.heads) - self.common:
                self._by_noun.setdefault(noun, []).append(at)
            for value in {value for value, _ in promise.numbers}:
                self._by_value.setdefault(value, []).append(at)

    @property
    def vocabulary(self) -> Vocabulary:
        """By which sentences that may tell of one are found: of those long due only things and numbers."""
        due = [p for p in self.promises if self.day is None or p.is_due(self.day)]
        heads = frozenset(noun for p in self.promises for noun in p.heads) - self.common
        nouns = frozenset(noun for p in due for noun in p.nouns) - self.common
        days = frozenset(day.latest for p in due for day in p.dues if day.latest is not None)
        return Vocabulary(heads, nouns, frozenset(value for p in self.promises for value, _ in p.numbers), days)

    def met_by(self, result: Result) -> Promise | None:
        """The one promise that the clause tells the result of; None where none is clearly it."""
        near = {at for noun in result.nouns for at in self._by_noun.get(noun, ())}
        near |= {at for value, _ in result.numbers for at in self._by_value.get(value, ())}
        if result.timely is not None or result.told == "was to be":
            near |= {at for at, promise in enumerate(self.promises) if promise.dues or promise.starts}
        ranked = sorted(((self.likeness(result, self.promises[at]), at) for at in near), reverse=True)
        enough = _ENOUGH if result.timely is None else _ENOUGH_TIMELY
        if not ranked or ranked[0][0] < enough:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEARLY:
            return None
        return self.promises[ranked[0][1]]

    def likeness(self, result: Result, promise: Promise) -> float:
        """How much speaks for the clause's being about the promise; 0 where something speaks against it."""
        shared = (result.nouns & promise.nouns) - self.common
        heads = (promise.heads & result.nouns) - self.common
        number = shared_number(result, promise)
        fits = shifted(result.timely, result.times, promise.dues)
        act = bool((promise.verbs & result.acts) - lexicon().common)
        on_day = any(is_the_day(due, time) for due in (*promise.dues, *promise.starts) for time in _days_of(result))
        in_time = on_day and result.timely is not None and result.timely.manner == "in time"
        told = fits or in_time
        contested = is_contested(result, promise)
        if not (shared or heads or number or told or act) or (not contested and _by_another(result, promise)):
            return 0.0
        if promise.negated and not _breaks(result, promise):
            return 0.0
        common = _Common(
            deed=bool((promise.verbs & result.deeds) - lexicon().recurring - lexicon().common),
            loosely=bool(promise.verbs & result.loosely) or _are_kin_deeds(promise.verbs, result.deeds),
            act=act,
            doer=are_kin(promise.parties, result.doer),
            on_day=on_day,
            in_time=in_time,
            fits=fits,
            timely=result.timely is not None,
            awaited=result.awaited,
            later=result.told == "later" and is_later(result, promise),
            whole=result.whole,
            anyone=not promise.parties,
            head=bool(heads),
            nouns=len(shared - heads),
            number=number,
            party=are_kin(promise.parties, result.named),
            near=are_kin(promise.parties, result.near) or any(f"~{noun}" in promise.parties for noun in result.nouns),
            place=bool(promise.places & result.places),
            day=any(_same_day(due, time) for due in promise.dues for time in result.times),
            back=result.back and (not result.backed or are_kin(promise.parties, result.backed)),
            owed=result.told == "was to be",
            definite=result.definite,
            dropped=is_dropped(result, promise) or is_delayed(result, promise),
            contested=contested,
            broken=promise.negated,
            due=self.day is not None and (promise.is_due(self.day) or _is_told_due(result, promise)),
        )
        if not any(anchor(common) for anchor in _ANCHORS):
            return 0.0
        return sum(weight * float(value(common)) for value, weight in _FEATURES)


@dataclass(frozen=True, slots=True)
class _Common:
    """What a clause and a promise have in common."""

    deed: bool
    loosely: bool
    head: bool
    nouns: int
    number: float
    party: bool
    near: bool
    place: bool
    day: bool
    back: bool
    owed: bool
    definite: bool
    due: bool
    dropped: bool
    contested: bool
    broken: bool
    act: bool
    doer: bool
    on_day: bool
    in_time: bool
    fits: bool
    timely: bool
    awaited: bool
    later: bool
    whole: bool
    anyone: bool

    @property
    def thing(self) -> bool:
        """Whether it is clearly of the same thing: the one that it is done to, or two others."""
        return self.head or self.nouns > 1

    @property
    def things(self) -> bool:
        """Whether it is of two things at least that the promise names."""
        return self.head + self.nouns > 1

    @property
    def any_deed(self) -> bool:
        return self.deed or self.loosely or self.act


_ANCHORS: tuple[Callable[[_Common], bool], ...] = (
    lambda c: c.dropped and (c.head or (c.nouns > 1 and (c.doer or c.party or c.place))),
    lambda c: c.broken,
    lambda c: c.contested and (c.act or c.head) and (c.nouns > 0 or c.place or c.near),
    lambda c: c.contested and c.number > 0 and (c.head or c.nouns > 0 or c.near),
    lambda c: c.number > 1 and (c.deed or c.loosely or c.head or c.back) and (c.party or c.near or c.back or c.head),
    lambda c: (
        c.number > 0 and c.head and (c.deed or c.loosely or c.back) and (c.near or c.place or c.back or c.nouns > 0)
    ),
    lambda c: c.number > 1 and c.deed and c.due and c.anyone,
    lambda c: c.owed and c.party and (c.head or c.number > 0 or c.nouns > 1),
    lambda c: c.back and (c.party or c.near) and c.due and (c.head or c.nouns > 1 or c.number > 0),
    lambda c: c.deed and c.head and c.due and (c.near or c.definite),
    lambda c: c.deed and c.nouns > 1 and c.due and (c.place or c.day or c.party),
    # Words for how it is in time say that it was promised: the day they lead to, or the thing and who, say by whom.
    lambda c: (
        c.fits
        and ((c.doer and c.any_deed) or c.head or ((c.nouns > 0 or c.party) and (c.near or c.nouns > 0) and c.any_deed))
    ),
    lambda c: c.timely and c.thing and (c.near or c.things or c.on_day),
    lambda c: (c.fits or c.in_time) and (c.any_deed or c.nouns > 0 or c.number > 0),
    lambda c: c.timely and c.any_deed and (c.doer or c.nouns > 0),
    lambda c: c.timely and c.due and c.any_deed and c.nouns > 0 and c.near,
    lambda c: c.deed and c.doer and (c.head or c.nouns > 0) and c.due,
    lambda c: c.on_day and (c.head or c.nouns > 0) and c.any_deed,
    lambda c: c.whole and c.head and (c.deed or c.loosely) and c.near,
    lambda c: c.awaited and c.head and (c.deed or c.loosely),
    lambda c: c.later and c.head and (c.day or c.back or c.near or c.any_deed),
    lambda c: c.later and c.deed and c.nouns > 0,
    lambda c: c.owed and c.on_day and (c.any_deed or c.head or c.nouns > 0 or c.doer),
)
"""What a clause must share with a promise to be held against it, whatever else it shares."""

_FEATURES: tuple[tuple[Callable[[_Common], float], float], ...] = (
    (lambda c: c.deed, 1.5),
    (lambda c: c.dropped or c.contested, 1.5),
    (lambda c: c.broken, 2.0),
    (lambda c: c.loosely and not c.deed, 1.0),
    (lambda c: c.head, 1.5),
    (lambda c: min(2, c.nouns), 0.75),
    (lambda c: c.number, 1.0),
    (lambda c: c.party, 1.0),
    (lambda c: c.near and not c.party, 0.5),
    (lambda c: c.place, 0.75),
    (lambda c: c.day, 1.0),
    (lambda c: c.back, 1.0),
    (lambda c: c.deed and c.head and c.definite, 0.5),
    (lambda c: c.act and not c.deed and not c.loosely, 1.0),
    (lambda c: c.doer, 0.5),
    (lambda c: c.fits, 2.0),
    (lambda c: c.timely, 1.0),
    (lambda c: c.in_time, 1.0),
    (lambda c: c.on_day, 1.0),
    (lambda c: c.owed, 1.0),
    (lambda c: c.awaited or c.later, 1.0),
    (lambda c: c.later and c.deed, 0.5),
    (lambda c: c.whole and c.head, 0.75),
)
"""How much what they have in common weighs."""


def _is_more(promise: Promise, count: float) -> bool:
    return any(value > count for value, _ in promise.numbers)


def _by_another(result: Result, promise: Promise) -> bool:
    """Whether somebody by name does it who is not the party: neither pays it nor gets it."""
    if promise.spoken or not promise.parties or not result.doer or are_kin(promise.parties, result.doer):
        return False
    if only_described(result.doer) or only_described(promise.parties):
        return False
    return not result.back and not (are_kin(promise.parties, result.near) and shared_number(result, promise))


def _breaks(result: Result, promise: Promise) -> bool:
    """Whether the party is told to have done what it was not to do: "raised fuel prices"."""
    done = result.told == "done" and promise.verbs & result.deeds and promise.heads & result.nouns
    known = result.doer or result.near | {f"~{noun}" for noun in result.nouns}
    return bool(done) and are_kin(promise.parties, frozenset(known))


def _are_kin_deeds(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether the two may say the same of one thing: findings are given, delivered or published."""
    kin = lexicon().kin
    ours = {name for deed in some for name in kin.get(deed, ())}
    return any(ours & kin.get(deed, frozenset()) for deed in others)


def _days_of(result: Result) -> tuple[Date, ...]:
    """The days of what is told; what was to be done may have its day before it: "May 1, the day on which it was to"."""
    return result.times if result.told == "was to be" else result.own


def _is_told_due(result: Result, promise: Promise) -> bool:
    """Whether it is told of a day near that by which it was to be done, however late the report."""
    days = [time.earliest for time in result.own if time.earliest is not None and len(time.value) > len("2005")]
    return any(promise.is_open(day) and promise.is_due(day) for day in days)


def _same_day(one: Date, other: Date) -> bool:
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return False
    return one.earliest <= other.latest and other.earliest <= one.latest and len(other.value) > len("2005")


def outcomes_of(results: Iterable[Result], promises: Active) -> Iterator[tuple[str, CommitmentStatus, Result]]:
    """For each clause that tells what became of a promise: its first telling, what became of it, and the clause."""
    for result in results:
        promise = promises.met_by(result)
        status = status_of(result, promise, promises.day) if promise is not None else None
        if promise is not None and status is not None:
            yield promise.first, status, result
