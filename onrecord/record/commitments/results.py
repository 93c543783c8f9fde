"""What a report tells to be so, as it may tell what became of a promise that was told in other words.

A promise to "hand over 50 flats" is met where families "moved into" them, one of light where lamps "have been on". No
verb shows that: what shows it is that the same number of the same things is told, the same party, the day by which, or
words that point back ("a day sooner than the mayor had said"). Here every clause that tells something as done, or as
not done, is read for these; `fulfilment` holds it against what was promised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from onrecord.dates import Date
from onrecord.record.commitments.aspect import Told, how_told
from onrecord.record.commitments.facts import BREAKS, DEFINITE, group_of
from onrecord.record.commitments.kin import with_kin
from onrecord.record.commitments.lexicon import lexicon
from onrecord.record.commitments.numbers import Number, numbers_in, parts_in
from onrecord.record.commitments.objects import nouns_in
from onrecord.record.commitments.reading import Reading
from onrecord.record.commitments.turns import unknown_doer
from onrecord.spans import Span

_CLAUSE, _BACK = 24, 6
_ANAPHORS = frozenset("it them they their these those its".split())
_FEW_WORDS = 3
_STRONGEST: tuple[Told, ...] = ("was to be", "undone", "going on", "done")
_SUPPOSING = frozenset(("if", "unless", "whether", "lest"))


@dataclass(frozen=True, slots=True)
class Result:
    """A clause that tells how something is or was.

    Attributes:
        told: how its verb tells it; `deeds`: the groups of deeds that its verb says, and the verb; `loosely` those
            that it may be a result of.
        nouns, numbers, named, places, times: what it tells, with what "them" takes up; `near` who is named around it.
        doer: by whom its subject is known; empty where it is a thing.
        parts: pairs of a number and the whole it is of: "11 of the 40".
        short, whole: whether it says that only so much is done, or all; `back`: whether it points back to a promise;
        `definite`: whether its subject is one thing as known, and told by its noun alone: "the count".
    """

    told: Told
    span: Span
    word: int
    deeds: frozenset[str]
    loosely: frozenset[str]
    nouns: frozenset[str]
    numbers: frozenset[Number]
    parts: tuple[tuple[float, float], ...]
    named: frozenset[str]
    near: frozenset[str]
    doer: frozenset[str]
    places: frozenset[str]
    times: tuple[Date, ...]
    short: bool
    whole: bool
    back: bool
    backed: frozenset[str]
    definite: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The nouns and numbers of the promises that a report may tell the result of: other sentences are not read."""

    heads: frozenset[str]
    nouns: frozenset[str]
    values: frozenset[float]


def results_in(reading: Reading, kin: Mapping[str, frozenset[str]], vocabulary: Vocabulary) -> Iterator[Result]:
    """What a report tells as done or as not done of what the vocabulary names, clause by clause, in order."""
    if not reading.syntax.tagged:
        return
    known = _Known(reading, kin, vocabulary)
    before: range | None = None
    near = False
    for sentence in reading.sentences():
        here = bool(sentence) and _is_of(reading, sentence, vocabulary)
        if (here or (near and _takes_up(reading, sentence))) and reading.form(sentence[-1]) != "?":
            yield from _in_sentence(reading, sentence, before, known)
        before, near = sentence, here


class _Known:
    """Who is named in each sentence, found once, and what the promises name."""

    def __init__(self, reading: Reading, kin: Mapping[str, frozenset[str]], vocabulary: Vocabulary) -> None:
        self._reading, self.kin, self.vocabulary = reading, kin, vocabulary
        self._named: dict[int, frozenset[str]] = {}

    def named_in(self, sentence: range) -> frozenset[str]:
        """By whom those are known who are named in the sentence."""
        found = self._named.get(sentence.start)
        if found is None:
            reading = self._reading
            heads = (w for w in sentence if reading.tag(w) in ("PROPN", "NOUN", "PRON"))
            found = with_kin({actor for head in heads for actor in reading.actors_of(head)}, self.kin)
            self._named[sentence.start] = found
        return found


def _is_of(reading: Reading, sentence: range, vocabulary: Vocabulary) -> bool:
    span = reading.syntax.span(sentence[0], sentence[-1])
    if any(one.value in vocabulary.values for _, one in reading.quantities.touching(span)):
        return True
    met = 0
    for word in sentence:
        if reading.tag(word) in ("NOUN", "PROPN"):
            kind = reading.kind(word)
            met += 2 if kind in vocabulary.heads else kind in vocabulary.nouns
            if met > 1:
                return True
    return False


def _takes_up(reading: Reading, sentence: range) -> bool:
    return any(reading.form(w) in _ANAPHORS for w in sentence)


def _in_sentence(reading: Reading, sentence: range, before: range | None, known: _Known) -> Iterator[Result]:
    if any(reading.form(w) in _SUPPOSING for w in sentence):
        return
    clauses: dict[tuple[int, int], list[tuple[Told, int]]] = {}
    for word in sentence:
        told = None if _only_says(reading, word) else how_told(reading, sentence, word)
        if told is not None:
            clauses.setdefault(_clause(reading, sentence, word), []).append((told, word))
    for clause, found in clauses.items():
        words = range(clause[0], clause[1] + 1)
        if _is_of(reading, words, known.vocabulary) or _takes_up_things(reading, clause):
            yield _result(reading, sentence, before, clause, found, known)


def _only_says(reading: Reading, word: int) -> bool:
    """Whether the verb only says, promises or asks for what stands behind it."""
    if not reading.is_verb(word):
        return False
    known = lexicon()
    return reading.lemma(word, "VERB") in known.saying | known.back | known.guessing | {
        *known.undertaking,
        *known.asking,
    }


def _result(
    reading: Reading,
    sentence: range,
    before: range | None,
    clause: tuple[int, int],
    found: list[tuple[Told, int]],
    known: _Known,
) -> Result:
    told, word = min(found, key=lambda one: _STRONGEST.index(one[0]))
    verbs = [w for how, w in found if how == told]
    pointer = points_back(reading, sentence, word)
    span, whole = reading.syntax.span(*clause), reading.syntax.span(sentence[0], sentence[-1])
    taken = [span, *_taken_up(reading, before, clause)]
    subject = _subject(reading, sentence, word)
    return Result(
        told=told,
        span=span,
        word=word,
        deeds=frozenset(deed for w in verbs for deed in _deeds(reading, w)),
        loosely=frozenset(deed for w in verbs for deed in _loosely(reading, w)),
        nouns=frozenset(noun for one in taken for noun in nouns_in(reading, one)),
        numbers=frozenset(number for one in taken for number in numbers_in(reading, one)),
        parts=tuple(parts_in(reading, span)),
        named=known.named_in(sentence),
        near=frozenset(name for one in _around(reading, sentence, before) for name in known.named_in(one)),
        doer=_doer(reading, subject, known.kin),
        places=frozenset(reading.places_in(whole)),
        times=tuple(t.date for at in (whole, *taken[1:]) for _, t in reading.times.touching(at) if t.date is not None),
        short=_says([reading.form(w) for w in range(clause[0], clause[1] + 1)], lexicon().short),
        whole=_says_all(reading, *clause),
        back=told == "was to be" or pointer is not None,
        backed=_promised_by(reading, word, told, pointer, known.kin),
        definite=_is_definite(reading, subject),
    )


def _promised_by(
    reading: Reading, word: int, told: Told, pointer: int | None, kin: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """By whom those are known who had promised what the clause points back to."""
    if not pointer and told != "was to be":
        return frozenset()
    return _doer(reading, reading.syntax.own_subject(word if pointer is None else pointer), kin)


def _subject(reading: Reading, sentence: range, word: int) -> int | None:
    """The subject of what is told, where it stands in the sentence."""
    subject = reading.syntax.subject(word) if reading.is_verb(word) else reading.syntax.own_subject(word)
    return subject if subject is not None and subject in sentence else None


def _taken_up(reading: Reading, before: range | None, clause: tuple[int, int]) -> list[Span]:
    """The sentence before, where the clause tells of the things in it."""
    if before is None or not len(before) or not _takes_up_things(reading, clause):
        return []
    return [reading.syntax.span(before[0], before[-1])]


def _takes_up_things(reading: Reading, clause: tuple[int, int]) -> bool:
    """As in "eleven of them", "they have been": of what the sentence before tells."""
    first, last = clause
    return any(
        reading.form(w) in _ANAPHORS and (reading.form(w - 1) == "of" or reading.syntax.words.relation[w] == "nsubj")
        for w in range(first, last + 1)
    )


def _around(reading: Reading, sentence: range, before: range | None) -> list[range]:
    """The sentence with those before and behind it."""
    found = [sentence] if before is None or not len(before) else [sentence, before]
    numbers = reading.syntax.words.sentence
    if sentence.stop < len(numbers):
        last = sentence.stop
        while last < len(numbers) and numbers[last] == numbers[sentence.stop]:
            last += 1
        found.append(range(sentence.stop, last))
    return found


def points_back(reading: Reading, sentence: range, word: int) -> int | None:
    """The verb by which the sentence points back to what was promised: "than the mayor *had said*", "as *promised*"."""
    for verb in sentence:
        if not reading.is_verb(verb) or reading.lemma(verb) not in lexicon().back or verb == word:
            continue
        opening = [reading.form(w) for w in range(max(sentence.start, verb - _BACK), verb)]
        had = "had" in opening[-2:] and bool({"than", "as", "which", "that"} & set(opening))
        promised = reading.lemma(verb) in lexicon().undertaking and _is_participle(reading, verb)
        if had or promised or opening[-1:] in (["than"], ["as"]):
            return verb
    return None


def _is_participle(reading: Reading, verb: int) -> bool:
    return reading.syntax.words.relation[verb] in ("acl", "amod") and reading.form(verb).endswith(("ed", "en"))


def _deeds(reading: Reading, word: int) -> frozenset[str]:
    """The groups of deeds that the word says, or is the sure result of."""
    if not reading.is_verb(word):
        return _state(reading, word)
    base, own = reading.lemma(word, "VERB"), group_of(reading, word)
    sure = lexicon().sure_results
    told = (*sure.get(base, ()), *sure.get(f"{base}_{reading.form(word + 1)}", ()))
    return frozenset((*told, base, *([own] if own else ())))


def _loosely(reading: Reading, word: int) -> frozenset[str]:
    """The groups of deeds of which the verb may tell a result."""
    return frozenset(lexicon().results.get(reading.lemma(word, "VERB"), ())) if reading.is_verb(word) else frozenset()


def _state(reading: Reading, word: int) -> frozenset[str]:
    found = lexicon().done_states.get(reading.form(word))
    return frozenset((found,)) if found is not None else frozenset()


def _doer(reading: Reading, subject: int | None, kin: Mapping[str, frozenset[str]]) -> frozenset[str]:
    if subject is None:
        return frozenset()
    return with_kin(reading.actors_of(subject), kin) or unknown_doer(reading, subject)


def _is_definite(reading: Reading, subject: int | None) -> bool:
    if subject is None or reading.tag(subject) != "NOUN":
        return False
    words = reading.syntax.noun_phrase_words(subject)
    return reading.form(words[0]) in DEFINITE and len(words) <= _FEW_WORDS


def _says(forms: list[str], words: frozenset[str]) -> bool:
    joined = {f"{a}_{b}" for a, b in pairwise(forms)}
    return bool(words & ({*forms} | joined))


def _says_all(reading: Reading, first: int, last: int) -> bool:
    """As in "the last of", "all 14 suburbs"."""
    for word in range(first, last):
        form, following = reading.form(word), reading.form(word + 1)
        if form in ("last", "final") and following == "of":
            return True
        if form in ("all", "every") and (reading.tag(word + 1) in ("NUM", "NOUN") or following == "the"):
            return True
    return False


def _clause(reading: Reading, sentence: range, word: int) -> tuple[int, int]:
    """The words around, between punctuation; a comma before "the last", an aside, ends it too."""
    first = last = word
    while first > max(sentence.start, word - _CLAUSE) and reading.form(first - 1) not in BREAKS:
        first -= 1
    while last + 1 < min(sentence.stop, word + _CLAUSE) and reading.form(last + 1) not in BREAKS:
        last += 1
    return first, last
