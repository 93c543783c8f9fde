"""What two events share that is particular enough to make them one, and what forbids it.

On one developing story the same words tell of hundreds of happenings. So two events are one only if nothing known of
them disagrees, and if they share something particular: the exact day, a named participant, a town, a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onrecord.model import Actor, Place, Record
from onrecord.record.sameness.features import cosine, exact_day
from onrecord.record.sameness.lexicon import lexicon
from onrecord.record.sameness.profiles import Profile

_PARTICULAR = frozenset(("person", "organization"))
_WIDE = frozenset(("country", "region", "unresolved"))
_REAL = "asserted"
_DENIED = "denied"
_NEAR_DAYS = 2
"""Days between two reports that tell the same news without a date."""
_LIKE_SENTENCES, _SHARED_WORDS = 0.78, 0.35
"""Cosine of the sentences, and share of their content words, from which on they are alike."""
_COPIED = 0.6
"""Share of content words from which on one sentence is taken to be the other again."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two events share.

    Attributes:
        actors, recipients: ids of those who take part in both, in the same role.
        crossed: ids of those who take part in both in another role.
        day: the exact day (ISO 8601) that both give.
        place: id of the place that both give.
        numbers: values with units.
        alike: whether the sentences are; copied: whether one is the other again.
    """

    actors: frozenset[str]
    recipients: frozenset[str]
    crossed: frozenset[str]
    day: str | None
    place: str | None
    numbers: frozenset[str]
    alike: bool
    copied: bool

    @property
    def parties(self) -> frozenset[str]:
        """Those who take part in both in the same role."""
        return self.actors | self.recipients


class Judge:
    """Knows who and where the ids of a record are.

    Args:
        record: with actors and places.
    """

    def __init__(self, record: Record) -> None:
        self.actors: Mapping[str, Actor] = {actor.id: actor for actor in record.actors}
        self.places: Mapping[str, Place] = {place.id: place for place in record.places}

    def evidence(self, one: Profile, other: Profile) -> Evidence:
        """What the two share."""
        shared = len(one.context & other.context) / max(1, len(one.context | other.context))
        near = cosine(one.sentence_meaning, other.sentence_meaning) >= _LIKE_SENTENCES
        actors, recipients = one.actors & other.actors, one.recipients & other.recipients
        same_day = exact_day(one) is not None and exact_day(one) == exact_day(other)
        return Evidence(
            actors=actors,
            recipients=recipients,
            crossed=(one.parties & other.parties) - actors - recipients,
            day=exact_day(one) if same_day else None,
            place=one.place if one.place == other.place else None,
            numbers=one.numbers & other.numbers,
            alike=near or shared >= _SHARED_WORDS,
            copied=shared >= _COPIED and one.form == other.form,
        )

    def forbids(self, one: Profile, other: Profile) -> bool:
        """Whether something known of the two disagrees."""
        return (
            _told_in_one_sentence(one, other)
            or not _days_meet(one, other)
            or not self._places_meet(one, other)
            or _differs(one.numbers, other.numbers)
            or self._others(one.actors, other.actors, other.recipients)
            or self._others(one.recipients, other.recipients, other.actors)
            or self._others(other.actors, one.actors, one.recipients)
            or not _of_one_factuality(one, other)
        )

    def suffices(self, one: Profile, other: Profile, recurring: bool) -> bool:
        """Whether what is shared is particular enough; more is asked where such things happen again and again."""
        found = self.evidence(one, other)
        points = sum(lexicon().points[name] * count for name, count in self._counted(found, one, other).items())
        if not recurring or found.copied or self._is_once(found, one) or self._is_name(found, one, other):
            return points >= lexicon().enough
        fresh = found.day is not None or _told_together(one, other)
        return fresh and points >= lexicon().enough_recurring

    def _counted(self, found: Evidence, one: Profile, other: Profile) -> dict[str, int]:
        """How often each kind of shared thing is shared, as `points` of the lexicon names them."""
        named = sum(self._is_named(actor) for actor in found.parties)
        return {
            "day": int(found.day is not None),
            "number": int(bool(found.numbers)),
            "named": min(named, 2),
            "country": min(len(found.parties) - named, 2),
            "crossed": int(any(self._is_named(actor) for actor in found.crossed)),
            "town": int(self._is_town(found.place)),
            "wide_place": int(found.place is not None and not self._is_town(found.place)),
            "alike": int(found.alike),
            "copied": int(found.copied),
            "once": int(self._is_once(found, one)),
            "name": int(self._is_name(found, one, other)),
            "together": int(_told_together(one, other)),
        }

    def _is_once(self, found: Evidence, one: Profile) -> bool:
        """Whether it is what happens once to the one it happens to, or where it happens."""
        to_person = one.lemma in lexicon().once and any(self._is_person(actor) for actor in found.recipients)
        taken = one.lemma in lexicon().once_in_place and (found.place is not None or bool(found.recipients))
        return to_person or taken

    def _is_name(self, found: Evidence, one: Profile, other: Profile) -> bool:
        """Whether both are told by the same words with the day, the town or the country in them, as if by a name."""
        if one.form != other.form or not (one.is_definite and other.is_definite):
            return False
        lasts = one.lemma in lexicon().lasting or one.lemma in lexicon().once_in_place
        shared = one.name & other.name
        return any(part[:1].isdigit() or lasts or self._is_town(part) for part in shared)

    def told(self, one: Profile, other: Profile) -> str:
        """What makes the two one, as a sentence."""
        found = self.evidence(one, other)
        words = f"“{one.form}”" if one.form == other.form else f"“{one.form}” and “{other.form}”"
        parts = [f"Both are told of as {words}"]
        named = [
            self.actors[a].name for a in sorted(found.actors | found.recipients | found.crossed) if a in self.actors
        ]
        if named:
            parts.append("with " + " and ".join(named))
        if found.day is not None:
            parts.append(f"on {found.day}")
        if found.place is not None and found.place in self.places:
            parts.append(f"in {self.places[found.place].name}")
        if found.numbers:
            parts.append("with the number " + " and ".join(sorted(found.numbers)))
        if found.day is None and one.report != other.report and one.told is not None and one.told == other.told:
            parts.append("by reports of one day")
        return ", ".join(parts) + "."

    def _is_town(self, place: str | None) -> bool:
        """Whether the place is no wider than a town."""
        return place is not None and place in self.places and self.places[place].precision not in _WIDE

    def _is_named(self, actor: str) -> bool:
        """Whether it is a person or an organisation, not a country or people known by what they do."""
        return actor in self.actors and self.actors[actor].type in _PARTICULAR

    def _is_person(self, actor: str) -> bool:
        return actor in self.actors and self.actors[actor].type == "person"

    def _others(self, mine: frozenset[str], theirs: frozenset[str], elsewhere: frozenset[str]) -> bool:
        """Whether both name who it is, and not the same; who speaks for another may stand in its place."""
        known, against = self._known(mine), self._known(theirs)
        if not known or not against:
            return False
        return not (known & against or self._with_owners(known) & self._with_owners(against) or known & elsewhere)

    def _known(self, actors: frozenset[str]) -> frozenset[str]:
        return frozenset(a for a in actors if a in self.actors and self.actors[a].type != "role")

    def _with_owners(self, actors: frozenset[str]) -> frozenset[str]:
        return actors | {owner for a in actors for owner in [self.actors[a].part_of] if owner is not None}

    def _places_meet(self, one: Profile, other: Profile) -> bool:
        """Whether any place of the one may lie in, or hold, one of the other; also where nothing is said of one."""
        if not one.all_places or not other.all_places:
            return True
        return any(self._may_meet(here, there) for here in one.all_places for there in other.all_places)

    def _may_meet(self, one: str, other: str) -> bool:
        if one == other:
            return True
        here, there = self.places.get(one), self.places.get(other)
        if here is None or there is None or "unresolved" in (here.precision, there.precision):
            return False
        wide = here.precision in _WIDE or there.precision in _WIDE
        return wide and here.precision != there.precision and here.country == there.country is not None


def _told_in_one_sentence(one: Profile, other: Profile) -> bool:
    return one.report == other.report and one.sentence == other.sentence


def _days_meet(one: Profile, other: Profile) -> bool:
    """Whether the two stretches of days share one; what lasts may be told of on any of its days."""
    if one.lemma in lexicon().lasting:
        return True
    if one.date is None or other.date is None:
        return not _differs(one.days_around, other.days_around)
    if None in (one.date.earliest, one.date.latest, other.date.earliest, other.date.latest):
        return True
    return str(one.date.earliest) <= str(other.date.latest) and str(other.date.earliest) <= str(one.date.latest)


def _differs(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both have numbers, none of them shared."""
    return bool(one) and bool(other) and not one & other


def _of_one_factuality(one: Profile, other: Profile) -> bool:
    """What is denied is not what is told; what was planned may be what came, if both give the day."""
    kinds = {one.factuality, other.factuality}
    if len(kinds) == 1 or not kinds & {_REAL, _DENIED}:
        return True
    return _DENIED not in kinds and exact_day(one) is not None and exact_day(one) == exact_day(other)


def _told_together(one: Profile, other: Profile) -> bool:
    """Whether the reports are of nearly the same day, and no date tells the events apart."""
    if one.told is None or other.told is None:
        return one.report == other.report
    apart = abs((date.fromisoformat(one.told) - date.fromisoformat(other.told)).days)
    return apart <= _NEAR_DAYS
