"""What "it" is, where a deed or a state is told of it: the thing of the same deed told right before."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.record.commitments.facts import DEFINITE, group_of, subject_in
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.numbers import Number, numbers_in
from onrecord.record.commitments.objects import nouns_in, object_of
from onrecord.record.commitments.reading import RELATIVE, Reading

_BACK, _CLAUSE, _RELATIVE = 60, 14, 9
_SUMS = frozenset(("sum", "money", "amount", "payment"))
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


def thing_introduced(reading: Reading, word: int) -> tuple[str, frozenset[str]] | None:
    """The noun, as compared, that the sentence before brings up: "opened *an inquiry*. It will be finished by"; of a
    question what it asks about: "And the *letters*? They will be sent".
    """
    here = reading.syntax.sentence(word)
    if here.start == 0:
        return None
    before = reading.syntax.sentence(here.start - 1)
    if reading.form(before[-1]) == "?":
        thing = _asked_about(reading, before)
    else:
        thing = _brought_up(reading, before) if reading.form(word) == "it" else None
    if thing is None:
        return None
    return reading.kind(thing), nouns_in(reading, reading.syntax.noun_phrase(thing))


def _asked_about(reading: Reading, question: range) -> int | None:
    """What is asked about: the noun that a question without a verb is made of, or the subject of one with a verb."""
    relation = reading.syntax.words.relation
    root = next((w for w in question if relation[w] == "root"), question[0])
    nouns = [w for w in question if reading.tag(w) == "NOUN" and reading.form(w + 1) != ":"]
    if not nouns:
        return None
    told = [w for w in nouns if relation[w] == "nsubj" and reading.syntax.words.head[w] == root]
    return next(iter([*(w for w in nouns if w == root), *told]), nouns[0])


def _brought_up(reading: Reading, sentence: range) -> int | None:
    """The one noun behind "a" or "an" that the main verb has for its object, or for the subject of a passive."""
    relation, head = reading.syntax.words.relation, reading.syntax.words.head
    main = next((w for w in sentence if relation[w] == "root"), None)
    found = [
        w
        for w in sentence
        if reading.tag(w) == "NOUN" and relation[w] in ("obj", "nsubj") and head[w] == main and _is_new(reading, w)
    ]
    return found[0] if len(found) == 1 else None


def _is_new(reading: Reading, noun: int) -> bool:
    return reading.form(reading.syntax.noun_phrase_words(noun)[0]) in ("a", "an")


def thing_of_relative(reading: Reading, verb: int) -> int | None:
    """The noun that a relative clause is told of, if its verb lacks an object: "the *audit* that it was to publish"."""
    if not reading.is_verb(verb) or reading.syntax.is_passive(verb):
        return None
    if reading.syntax.child(verb, frozenset(("obj", "ccomp"))) not in (None, _relative_before(reading, verb)):
        return None
    pronoun = _relative_before(reading, verb)
    if pronoun is None or reading.tag(pronoun - 1) != "NOUN" or reading.tag(pronoun + 1) in ("VERB", "AUX"):
        return None
    return pronoun - 1


def _relative_before(reading: Reading, verb: int) -> int | None:
    for word in range(verb - 1, max(-1, verb - _RELATIVE), -1):
        if reading.form(word) in ("that", "which"):
            return word
        if reading.form(word) in (",", ";", ":", "“", '"') or (
            reading.is_verb(word) and reading.form(word + 1) != "to"
        ):
            return None
    return None


def owner_before(reading: Reading, noun: int) -> int | None:
    """Whose or of what it is, where that is told right before in the sentence: "an *audit* was ordered, and *its*"."""
    words = reading.syntax.noun_phrase_words(noun)
    if reading.form(words[0]) not in ("its", "their") or reading.form(words[0] - 1) != "and":
        return None
    for before in range(words[0] - 2, max(-1, words[0] - _BACK), -1):
        subject = reading.syntax.own_subject(before) if reading.is_verb(before) else None
        if subject is not None:
            return subject if reading.tag(subject) == "NOUN" and subject < before else None
        if reading.form(before) in (".", ";", "?"):
            return None
    return None


def numbers_meant(reading: Reading, noun: int | None) -> Iterator[Number]:
    """The sums of the sentence before, which "the sums" or "the money" means."""
    if noun is None or reading.tag(noun) != "NOUN" or reading.lemma(noun) not in _SUMS:
        return
    if reading.form(reading.syntax.noun_phrase_words(noun)[0]) not in DEFINITE:
        return
    here = reading.syntax.sentence(noun)
    if here.start > 0:
        before = reading.syntax.sentence(here.start - 1)
        told = numbers_in(reading, reading.syntax.span(before[0], before[-1]))
        yield from (number for number in told if number[1] in lexicon().money)


def _closes(reading: Reading, word: int) -> bool:
    return reading.form(word) in RELATIVE or reading.form(word) in (",", ".", ";", ":", "”", '"')


def _thing(reading: Reading, verb: int) -> int | None:
    sentence = reading.syntax.sentence(verb)
    if reading.syntax.is_passive(verb) and reading.form(verb - 1) != "to":
        return subject_in(reading, sentence, verb)
    found = object_of(reading, verb)
    return found if found is not None else subject_in(reading, sentence, verb)
