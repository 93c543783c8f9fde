"""Whether two deeds are one: what speaks for it, and what against.

Two are one if they say the same deed of the same thing, and nothing speaks against it: other parties, another number.
A date never makes two one by itself, and another date does not part them: a deadline may have moved.
"""

from __future__ import annotations

from onrecord.dates import Date
from onrecord.record.commitments.deeds import Deed
from onrecord.record.commitments.kin import are_kin, only_described
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.objects import VAGUE

_FEW_THINGS = 5
"""So many things, or fewer, are promised too often to tell promises by their number."""
_PAIR, _MANY = 2, 4


def alike(one: Deed, other: Deed, common: frozenset[str], whole: bool = True) -> float:
    """How much speaks for the two being one; 0 where something speaks against it.

    Args:
        common: nouns that so many tellings share that they tell little apart ("troops" in the story of a war).
        whole: whether it counts that one names nothing that the other does not.
    """
    if one.negated != other.negated or at_odds(one, other):
        return 0.0
    if one.verb != other.verb and not _are_kin_deeds(one, other):
        return 0.0
    shared = one.nouns & other.nouns
    same_head = one.head is not None and one.head == other.head and one.head not in VAGUE
    told = one.bare is not None and _tells(one, other.due)
    in_place = (one.head is None or other.head is None) and bool(one.places & other.places)
    near = len(shared) >= _PAIR or in_place or (one.head is None and other.head is None)
    numbered = _same_count(one, other) and are_kin(one.parties, other.parties)
    crossed = _is_thing_of(one, other) and are_kin(one.parties, other.parties)
    if not same_head and not near and not told and not numbered and not crossed:
        return 0.0
    more = len(shared - common - {one.head}) if same_head else len(shared - common)
    telling = same_head and one.head not in common
    features = (
        (same_head, 1.0),
        (told, 2.0),
        (numbered and not same_head, 2.0),
        (crossed and not same_head, 1.0),
        (telling, 1.0),
        (more >= 1, 1.0),
        (more >= 2, 1.0),
        (len(shared) >= _MANY, 1.0),
        (other.bare in shared and not same_head and more >= _PAIR, 1.0),
        (in_place and _is_one_there(one, other, shared), 1.0),
        (are_kin(one.parties | one.named, other.parties | other.named), 1.0),
        (bool(one.places & other.places), 1.0),
        (_same_number(one, other), 1.0),
        (_same_day(one.due, other.due) or _tells(one, other.due), 1.0),
        (one.verb in lexicon().finished, 0.5),
        (one.verb == "appoint" and same_head, 0.5),
        (whole and telling and (one.nouns <= other.nouns or other.nouns <= one.nouns), 1.0),
        (one.head is None and other.head is None and are_kin(one.parties, other.parties), 1.0),
        (one.verb == other.verb == "resign" and are_kin(one.parties, other.parties), 1.0),
        (one.verb in lexicon().recurring and _apart(one.due, other.due) and not (one.moved or other.moved), -2.0),
    )
    return sum(weight for holds, weight in features if holds)


def at_odds(one: Deed, other: Deed) -> bool:
    """Whether something speaks against the two being one: other parties, another number, another year."""
    told_by = one.spoken or other.spoken
    if one.parties and other.parties and not told_by and not are_kin(one.parties, other.parties):
        # "The company" may be the one that another report names; that it is another one is not told.
        described = [only_described(parties) for parties in (one.parties, other.parties)]
        if all(described) or not any(described):
            return True
    if one.quantity is not None and other.quantity is not None and one.quantity.unit == other.quantity.unit:
        if one.quantity.value != other.quantity.value:
            return True
    return _far_apart(one.due, other.due) and not are_kin(one.parties, other.parties)


def is_one_by_day(one: Deed, other: Deed) -> bool:
    """Whether two reports tell one commitment in other words: by its deadline, or by its party and day."""
    return _may_be_retold(one, other) and (_is_its_deadline(one, other) or _is_due_alike(one, other))


def is_one_by_number(one: Deed, other: Deed) -> bool:
    """Whether two reports tell one commitment in other words: by how many it is of, its party and its day."""
    return _may_be_retold(one, other) and _is_same_count_by(one, other)


def _are_kin_deeds(one: Deed, other: Deed) -> bool:
    """Whether the same party may do the same of one thing: "deliver the findings", "publish the findings"."""
    kin = lexicon().kin
    if not kin.get(one.verb, frozenset()) & kin.get(other.verb, frozenset()):
        return False
    same = one.head is not None and one.head == other.head and one.due is not None and other.due is not None
    return same and (are_kin(one.parties, other.parties) or _same_number(one, other))


def _may_be_retold(one: Deed, other: Deed) -> bool:
    """Whether nothing speaks against the two being told of one commitment, by two reports and with a day each."""
    if one.report == other.report or one.negated != other.negated or one.due is None or other.due is None:
        return False
    return not at_odds(one, other)


def _is_its_deadline(one: Deed, other: Deed) -> bool:
    """Whether the first tells the deadline of what the other is to be done, as it was or later."""
    if not one.deadline or one.due is None or other.due is None or not (one.parties and other.parties):
        return False
    return (other.due.earliest or "9999") <= (one.due.earliest or "")


def _is_due_alike(one: Deed, other: Deed) -> bool:
    """Whether the same party is to do it by the same day, and the words name no other thing."""
    if one.due is None or other.due is None or not _ends_alike(one.due, other.due):
        return False
    if not (one.parties and other.parties):
        return bool({one.head} & other.nouns or {other.head} & one.nouns) and not _is_long(one.due)
    if not are_kin(one.parties, other.parties) or only_described(one.parties | other.parties):
        return False
    return one.head is None or other.head is None or one.head == other.head


def _ends_alike(one: Date, other: Date) -> bool:
    """Whether both are over on the same day: "by March 31", "by the end of March"."""
    return one.value == other.value or (one.latest == other.latest and not _is_long(one) and not _is_long(other))


def _is_same_count_by(one: Deed, other: Deed) -> bool:
    """Whether the same party, or who speaks for it, tells of as many of the same by the same day."""
    if not _same_day(one.due, other.due) or _is_long(one.due) or _is_long(other.due):
        return False
    shared = [
        value
        for value, noun in one.numbers
        for known, counted in other.numbers
        if value == known and value > _FEW_THINGS and (noun == counted or not noun or not counted)
    ]
    return bool(shared) and (are_kin(one.parties, other.parties) or one.spoken or other.spoken or not one.parties)


def _is_one_there(one: Deed, other: Deed, shared: frozenset[str]) -> bool:
    """Whether both tell what comes again at one place, and who does it but once: "the meeting in Velt"."""
    return bool(shared) and one.verb in lexicon().recurring and not (one.parties and other.parties)


def _is_thing_of(one: Deed, other: Deed) -> bool:
    """Whether what one is done to, the other tells too: "pay $2 million to families", "has not paid the families"."""
    return bool({one.head} & (other.nouns - VAGUE)) or bool({other.head} & (one.nouns - VAGUE))


def _same_number(one: Deed, other: Deed) -> bool:
    first, second = one.quantity, other.quantity
    return first is not None and second is not None and (first.value, first.unit) == (second.value, second.unit)


def _same_count(one: Deed, other: Deed) -> bool:
    """Whether both tell one number of things, whatever those are called: "60 prisoners", "60 jailed rebels"."""
    first, second = one.quantity, other.quantity
    if first is None or second is None or first.counted is None or second.counted is None:
        return False
    return first.value == second.value and first.value > _FEW_THINGS


def _tells(one: Deed, due: Date | None) -> bool:
    """Whether the words tell just the deadline of the other among their times."""
    return due is not None and any(time.value == due.value for time in one.times)


def _same_day(one: Date | None, other: Date | None) -> bool:
    """Whether the two may mean one day."""
    if one is None or other is None or not (one.earliest and one.latest and other.earliest and other.latest):
        return False
    return one.earliest <= other.latest and other.earliest <= one.latest


def _apart(one: Date | None, other: Date | None) -> bool:
    """Whether the two are told, and are not one day."""
    return one is not None and other is not None and not _same_day(one, other)


def _far_apart(one: Date | None, other: Date | None) -> bool:
    """Whether over a year lies between: the next election is not the last one."""
    if one is None or other is None or not (one.earliest and other.earliest):
        return False
    first, second = sorted((one.earliest, other.earliest))
    return int(second[:4]) - int(first[:4]) > 1 or (second[:4] > first[:4] and second[4:] > first[4:])


def _is_long(day: Date | None) -> bool:
    """Whether it is a whole year or more, in which much is done."""
    return day is None or len(day.value) <= len("2005")
