"""What speaks for and against two events being one: a table of features, each a number about two profiles.

The docstring of a feature is what a reader is told of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onrecord.record.sameness.lexicon import lexicon
from onrecord.record.sameness.profiles import Profile, Vector

_NEAR_IN_MEANING = 0.3
_CLOSE = 0.6
_EARLY = 2
"""Sentences that are the head of a report."""


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared members by those of the smaller set (Szymkiewicz–Simpson)."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared members by all (Jaccard)."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def _apart(one: frozenset[str], other: frozenset[str]) -> float:
    return float(bool(one) and bool(other) and not one & other)


def cosine(one: Vector | None, other: Vector | None) -> float:
    """The cosine of two vectors of length one; 0 where either is missing."""
    return 0.0 if one is None or other is None else float(one @ other)


def exact_day(profile: Profile) -> str | None:
    """The day of the event, where it is known to the day."""
    held = profile.date
    return held.earliest if held is not None and held.earliest == held.latest else None


def same_word(a: Profile, b: Profile) -> float:
    """The same word tells it."""
    return float(a.lemma == b.lemma)


def near_synonym(a: Profile, b: Profile) -> float:
    """Words of near meaning tell it."""
    kind = lexicon().kind.get(a.lemma)
    return float(a.lemma != b.lemma and kind is not None and kind == lexicon().kind.get(b.lemma))


def told_in_sentence(a: Profile, b: Profile) -> float:
    """The word that tells the one stands in the sentence of the other."""
    return float(a.lemma != b.lemma and (a.lemma in b.context or b.lemma in a.context))


def meaning(a: Profile, b: Profile) -> float:
    """The words that tell it mean nearly the same where they stand."""
    return cosine(a.meaning, b.meaning)


def same_word_meaning(a: Profile, b: Profile) -> float:
    """The same word tells it in the same sense."""
    return cosine(a.meaning, b.meaning) if a.lemma == b.lemma else 0.0


def close_meaning(a: Profile, b: Profile) -> float:
    """The words that tell it mean the same where they stand."""
    return max(0.0, cosine(a.meaning, b.meaning) - _CLOSE)


def other_word_around(a: Profile, b: Profile) -> float:
    """Different words tell it, with shared words by them."""
    return _likeness(a.words, b.words) if a.lemma != b.lemma else 0.0


def other_sayer(a: Profile, b: Profile) -> float:
    """Words of saying tell it, by others."""
    return other_actor(a, b) if a.lemma == b.lemma and a.lemma in lexicon().generic else 0.0


def sentence_meaning(a: Profile, b: Profile) -> float:
    """The sentences mean nearly the same."""
    return cosine(a.sentence_meaning, b.sentence_meaning)


def generic_meaning(a: Profile, b: Profile) -> float:
    """The words that tell it mean nearly the same, but one of them says little."""
    return meaning(a, b) if {a.lemma, b.lemma} & lexicon().generic else 0.0


def meaning_in_context(a: Profile, b: Profile) -> float:
    """The words that tell it mean nearly the same, in sentences that share their words."""
    return meaning(a, b) * same_context(a, b)


def meaning_in_sentence(a: Profile, b: Profile) -> float:
    """The words that tell it mean nearly the same, in sentences that do."""
    return meaning(a, b) * sentence_meaning(a, b)


def same_form(a: Profile, b: Profile) -> float:
    """It is told in the same form of a word."""
    return float(a.form == b.form)


def told_by_the_other(a: Profile, b: Profile) -> float:
    """The word that tells the one stands by the word that tells the other."""
    return float(a.lemma in b.words or b.lemma in a.words)


def same_report(a: Profile, b: Profile) -> float:
    """One report tells both."""
    return float(a.report == b.report)


def both_early(a: Profile, b: Profile) -> float:
    """Both stand at the head of their reports."""
    return float(max(a.sentence, b.sentence) < _EARLY)


def same_day(a: Profile, b: Profile) -> float:
    """It happens on the same day."""
    return float(exact_day(a) is not None and exact_day(a) == exact_day(b))


def other_day(a: Profile, b: Profile) -> float:
    """It happens on another day."""
    return float(None not in (exact_day(a), exact_day(b)) and exact_day(a) != exact_day(b))


def other_days_around(a: Profile, b: Profile) -> float:
    """The sentences name other days."""
    return _apart(a.days_around, b.days_around)


def other_factuality(a: Profile, b: Profile) -> float:
    """The one is told as more certain than the other."""
    return float(a.factuality != b.factuality)


def other_number(a: Profile, b: Profile) -> float:
    """Other numbers stand by it."""
    return _apart(a.numbers, b.numbers)


def same_parties(a: Profile, b: Profile) -> float:
    """The same take part in it, in whichever role."""
    return _overlap(a.parties, b.parties)


def same_actor(a: Profile, b: Profile) -> float:
    """The same actor does it."""
    return float(bool(a.actors & b.actors) or bool(a.doers & b.doers))


def same_recipient(a: Profile, b: Profile) -> float:
    """It is done to the same."""
    return float(bool(a.recipients & b.recipients) or bool(a.undergoers & b.undergoers))


def other_actor(a: Profile, b: Profile) -> float:
    """Others do it."""
    return _apart(a.doers, b.doers) if not a.actors & b.actors else 0.0


def other_recipient(a: Profile, b: Profile) -> float:
    """It is done to others."""
    return _apart(a.undergoers, b.undergoers) if not a.recipients & b.recipients else 0.0


def same_word_around(a: Profile, b: Profile) -> float:
    """The same word tells it, with the same words by it."""
    return _overlap(a.words, b.words) if a.lemma == b.lemma else 0.0


def same_place(a: Profile, b: Profile) -> float:
    """It happens in the same place."""
    return float(bool(a.places & b.places))


def same_number(a: Profile, b: Profile) -> float:
    """The same number stands by it."""
    return float(bool(a.numbers & b.numbers))


def same_context(a: Profile, b: Profile) -> float:
    """The sentences share their words."""
    return _likeness(a.context, b.context)


def same_word_context(a: Profile, b: Profile) -> float:
    """The same word tells it, in sentences that share their words."""
    return _likeness(a.context, b.context) if a.lemma == b.lemma else 0.0


def same_sentence(a: Profile, b: Profile) -> float:
    """One sentence tells both."""
    return float(a.report == b.report and a.sentence == b.sentence)


def generic_word(a: Profile, b: Profile) -> float:
    """The word that tells it says little."""
    return float(a.lemma == b.lemma and a.lemma in lexicon().generic)


def worth_comparing(a: Profile, b: Profile) -> bool:
    """Whether anything in the words that tell two events speaks for their being one."""
    return (
        a.lemma == b.lemma
        or near_synonym(a, b) > 0
        or told_in_sentence(a, b) > 0
        or cosine(a.meaning, b.meaning) > _NEAR_IN_MEANING
    )


Feature = Callable[[Profile, Profile], float]

FEATURES: Mapping[str, Feature] = {
    feature.__name__: feature
    for feature in (
        same_word,
        near_synonym,
        told_in_sentence,
        same_actor,
        same_recipient,
        other_actor,
        other_recipient,
        same_word_around,
        same_place,
        same_number,
        same_context,
        same_word_context,
        same_sentence,
        generic_word,
        other_sayer,
        other_word_around,
        meaning,
        close_meaning,
        same_word_meaning,
        sentence_meaning,
        generic_meaning,
        meaning_in_context,
        meaning_in_sentence,
        same_form,
        told_by_the_other,
        same_report,
        both_early,
        same_day,
        other_day,
        other_days_around,
        other_factuality,
        other_number,
        same_parties,
    )
}
OF_VECTORS = frozenset(name for name in FEATURES if "meaning" in name)
"""The features that need vectors."""
