"""What "it" is, where a deed or a state is told of it: the thing of the same deed told right before."""

from __future__ import annotations

from onrecord.record.commitments.facts import group_of, subject_in
from onrecord.record.commitments.objects import nouns_in, object_of
from onrecord.record.commitments.reading import RELATIVE, Reading

_BACK, _CLAUSE = 60, 14
_PRONOUNS = frozenset(("it", "they"))


def is_referring(reading: Reading, word: int | None) -> bool:
    """Whether the word is a pronoun that may mean a thing."""
    return word is not None and reading.form(word) in _PRONOUNS


def thing_before(reading: Reading, word: int, group: str) -> tuple[str, frozenset[str]] | None:
    """The noun, as compared, of what the same deed was last told of, in the sentence or the one before, and the nouns
    around it: of "the road to Doba could not be reopened. It will be open by" the road.
    """
    here = reading.syntax.words.sentence[word]
    for before in range(word - 1, max(-1, word - _BACK), -1):
        if reading.syntax.words.sentence[before] < here - 1:
            return None
        if not reading.is_verb(before) or group_of(reading, before) != group:
            continue
        thing = _thing(reading, before)
        if thing is not None and reading.tag(thing) == "NOUN":
            ends = (min(thing, before), max(thing, before) + _CLAUSE)
            last = min(ends[1], len(reading.syntax.words) - 1)
            last = next((w - 1 for w in range(max(thing, before) + 1, last) if _closes(reading, w)), last)
            return reading.kind(thing), nouns_in(reading, reading.syntax.span(ends[0], last))
    return None


def _closes(reading: Reading, word: int) -> bool:
    return reading.form(word) in RELATIVE or reading.form(word) in (",", ".", ";", ":", "”", '"')


def _thing(reading: Reading, verb: int) -> int | None:
    sentence = _sentence(reading, verb)
    if reading.syntax.is_passive(verb) and reading.form(verb - 1) != "to":
        return subject_in(reading, sentence, verb)
    found = object_of(reading, verb)
    return found if found is not None else subject_in(reading, sentence, verb)


def _sentence(reading: Reading, word: int) -> range:
    numbers = reading.syntax.words.sentence
    first = last = word
    while first > 0 and numbers[first - 1] == numbers[word]:
        first -= 1
    while last + 1 < len(numbers) and numbers[last + 1] == numbers[word]:
        last += 1
    return range(first, last + 1)
