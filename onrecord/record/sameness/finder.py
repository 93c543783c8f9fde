"""Which events of a record are one.

Compared are only events that share a block: the kind of word that tells them and one particular thing (a participant,
the exact day, a place, a number). Of those, `likelihood` weighs the words, `Neighbours` what else is like them, and
`Judge` asks whether anything disagrees and whether what is shared is particular enough. Groups grow by average link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.excerpts import excerpts_of
from onrecord.memory import FORGETFUL, Kind, Memory
from onrecord.model import Event, Participants, Record, SameEvent
from onrecord.record.sameness.evidence import Judge
from onrecord.record.sameness.features import exact_day
from onrecord.record.sameness.grouping import grouped
from onrecord.record.sameness.lexicon import lexicon
from onrecord.record.sameness.neighbours import Neighbours
from onrecord.record.sameness.profiles import Profile, Profiler, with_meanings
from onrecord.record.sameness.scoring import likelihood, weights_for

Key = tuple[str, str, str]

_LATEST = 16
"""Events of a block, the latest before it, that an event is compared with: blocks grow with the story, costs do not."""
_MANY_DAYS = 3
"""Exact days given for what one actor does, from which on it is held to recur."""
_UNDATED = "9999-99-99"


def find_same_events(record: Record, memory: Memory = FORGETFUL) -> dict[str, SameEvent]:
    """By event that was told before: the first event of its group, in order of the reports' dates, and why.

    Args:
        record: with actors and places, and best with participants and referents.
        memory: may have the profiles of each report's events.
    """
    profiles = _profiles(record, memory)
    finder = _Finder(record, profiles)
    owner = grouped(len(profiles), finder.pairs(), finder.judged, finder.bar)
    members: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(owner):
        members[group].append(number)
    return {
        profiles[number].id: SameEvent(profiles[group[0]].id, finder.because(number, group))
        for group in members.values()
        for number in group[1:]
    }


_PROFILES: Kind[list[Profile]] = Kind("profiles", list[Profile])


def _profiles(record: Record, memory: Memory) -> list[Profile]:
    """Profiles of the events that may be one with another, in order of (date of the report, report, offset)."""
    out: list[Profile] = []
    for excerpt in excerpts_of(record):
        (one,) = excerpt.annotations
        known = {event.id: record.participants[event.id] for event in one.events if event.id in record.participants}
        out += with_meanings(one, memory.recall(_PROFILES, _profiles_in, excerpt, known))
    return sorted(out, key=lambda p: (p.told or _UNDATED, p.report, p.offset))


def _profiles_in(excerpt: Record, participants: dict[str, Participants]) -> list[Profile]:
    """The profiles of a report's events, without their meanings: those are the report's."""
    (annotations,) = excerpt.annotations
    record = replace(excerpt, participants=participants)
    profiler = Profiler(record, annotations)
    worth = [e for e in annotations.events if _is_particular(record, e) and not profiler.is_generic(e)]
    found = [profile for profile in map(profiler.of_event, worth) if profile is not None]
    return [replace(profile, meaning=None, sentence_meaning=None) for profile in found]


def _is_particular(record: Record, event: Event) -> bool:
    """Whether anything is known of the event by which it could be told from others."""
    return event.date is not None or event.id in record.participants


class _Finder:
    def __init__(self, record: Record, profiles: Sequence[Profile]) -> None:
        self._profiles = profiles
        self._judge = Judge(record)
        self._blocks: dict[Key, list[int]] = defaultdict(list)
        for number, profile in enumerate(profiles):
            for key in keys_of(profile):
                self._blocks[key].append(number)
        self._recurring = frozenset(_recurring(profiles, self._blocks))
        self._first: dict[tuple[int, int], float] = {}
        self._again: dict[tuple[int, int], float] = {}
        self._candidates = sorted(_candidates(self._blocks.values()))
        self._near = Neighbours((self._at_first(*pair), *pair) for pair in self._candidates)

    @property
    def bar(self) -> float:
        """What groups must reach on average."""
        return lexicon().bar

    def pairs(self) -> Iterator[tuple[float, int, int]]:
        """Likelihoods of pairs that share a block and suffice."""
        for one, other in self._candidates:
            likely = self.judged(one, other)
            if likely >= self._bar_of(one, other) and self._suffices(one, other):
                yield likely, one, other

    def judged(self, one: int, other: int) -> float:
        """How likely two are one, with what their neighbours say; -1 where something forbids it.

        Two without neighbours are often all that a story has of a happening, and what they share must suffice anyway.
        """
        pair = (min(one, other), max(one, other))
        if pair not in self._again:
            self._again[pair] = self._looked_at_again(*pair)
        return self._again[pair]

    def _looked_at_again(self, one: int, other: int) -> float:
        first = self._at_first(one, other)
        if first < 0 or self._near.are_alone(one, other):
            return first
        weights = weights_for(self._profiles[one], self._profiles[other])
        return self._near.again(weights.second, first, one, other)

    def _at_first(self, one: int, other: int) -> float:
        """How likely two are one by what tells them alone; -1 where something forbids it."""
        pair = (min(one, other), max(one, other))
        if pair not in self._first:
            a, b = self._profiles[pair[0]], self._profiles[pair[1]]
            self._first[pair] = -1.0 if self._judge.forbids(a, b) else likelihood(a, b)
        return self._first[pair]

    def because(self, number: int, group: Sequence[int]) -> str:
        """Why the event is one with those of its group, told of the earlier one it is most like."""
        earlier = [other for other in group if other < number]
        nearest = max(earlier, key=lambda other: (self.judged(number, other), -other))
        return self._judge.told(self._profiles[nearest], self._profiles[number])

    def _bar_of(self, one: int, other: int) -> float:
        return weights_for(self._profiles[one], self._profiles[other]).bar

    def _suffices(self, one: int, other: int) -> bool:
        a, b = self._profiles[one], self._profiles[other]
        again = {(kind, "with", actor) for kind in (kind_of(a), kind_of(b)) for actor in a.parties & b.parties}
        recurring = bool(again & self._recurring) or a.lemma in lexicon().recurring or b.lemma in lexicon().recurring
        return self._judge.suffices(a, b, recurring)


def _candidates(blocks: Iterable[Sequence[int]]) -> set[tuple[int, int]]:
    """Pairs that share a block."""
    found: set[tuple[int, int]] = set()
    for block in blocks:
        for place, number in enumerate(block):
            found.update((earlier, number) for earlier in block[max(0, place - _LATEST) : place])
    return found


def kind_of(profile: Profile) -> str:
    """What events have in common whose words mean nearly the same."""
    number = lexicon().kind.get(profile.lemma)
    return profile.lemma if number is None else f"={number}"


def keys_of(profile: Profile) -> Iterator[Key]:
    """The blocks that an event is in."""
    kind, day = kind_of(profile), exact_day(profile)
    yield from ((kind, "with", actor) for actor in sorted(profile.parties))
    yield from ((kind, "number", number) for number in sorted(profile.numbers))
    if day is not None:
        yield kind, "on", day
    if profile.place is not None:
        yield kind, "in", profile.place


def _recurring(profiles: Sequence[Profile], blocks: Mapping[Key, Sequence[int]]) -> Iterator[Key]:
    """What the reports themselves give several days for: it happens again and again."""
    for key, block in blocks.items():
        days = {exact_day(profiles[number]) for number in block} - {None}
        if key[1] == "with" and len(days) >= _MANY_DAYS:
            yield key
